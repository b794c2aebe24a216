"""What a dry run lists, and when a site is too small to be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.publishing.__main__ import main
from plugins.publishing.model import Options, Refused
from plugins.publishing.publish import publish
from tests.publishing.site import Files, Site, git


PAGES: Files = {f"p{number:02}.html": "page" for number in range(10)}


def test_dry_run(site: Site) -> None:
    """--dry-run lists added, changed and removed files, sorted, with sizes and totals; the remote stays as it is."""
    publish(site.root, Options(), site.build({**PAGES, "old.html": "o" * 1234, "文.css": "字"}))
    before, local = site.frozen(), git(site.root, "for-each-ref")
    size = len(site.raw(".broadside.json"))
    files = {**PAGES, "p01.html": "longer", "b.html": "b", "a b.txt": "", "文.css": "字"}
    listed = publish(site.root, Options(dry_run=True), site.build(files)).splitlines()
    new = (site.root / "output" / ".broadside.json").stat().st_size
    assert [line.split() for line in listed] == [
        ["added", "0", "a", "b.txt"],
        ["added", "1", "b.html"],
        ["changed", f"{size:,}", "→", f"{new:,}", ".broadside.json"],
        ["changed", "4", "→", "6", "p01.html"],
        ["removed", "1,234", "old.html"],
        f"before: 11 pages, 14 files, {size + 40 + 1234 + 3:,} bytes".split(),
        f"after: 11 pages, 15 files, {new + 42 + 1 + 3:,} bytes".split(),
        'would publish to "gh-pages" of "origin": 2 added, 2 changed, 1 removed'.split(),
    ]
    assert (site.frozen(), git(site.root, "for-each-ref")) == (before, local)


def test_dry_run_of_the_first(site: Site) -> None:
    """A dry run before anything is published lists all of the site."""
    before = site.frozen()
    listed = publish(site.root, Options(dry_run=True), site.build(PAGES)).splitlines()
    assert listed[-3] == "before: 0 pages, 0 files, 0 bytes"
    assert len(listed) == 10 + 2 + 3
    assert site.frozen() == before


def test_odd_names_are_one_line_each(site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever somebody put on the branch, a line of the list is a line, and none of it reaches the terminal raw."""
    publish(site.root, Options(), site.build(PAGES))
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(site.remote), "other")
    for name in (b"a\nadded 1 b", b"\x1b[2J.html", b"\xff.html", "\u202etxt.html".encode()):
        Path(str(tmp_path / "other"), name.decode(errors="surrogateescape")).write_text("x")
    git(tmp_path / "other", "add", ".")
    git(tmp_path / "other", "commit", "-q", "-m", "theirs")
    git(tmp_path / "other", "push", "-q")
    lines = publish(site.root, Options(dry_run=True, shrink=True), site.build(PAGES)).splitlines()
    removed = [line for line in lines if line.startswith("removed")]
    names = [r'"\u001b[2J.html"', r'"a\nadded 1 b"', r'"\u202etxt.html"', r'"\udcff.html"']
    assert removed == [f"removed  1  {name}" for name in names]


@pytest.mark.parametrize(("left", "refused"), [(8, False), (7, True), (1, True)])
def test_shrink(site: Site, left: int, *, refused: bool) -> None:
    """A site with more than 20 % fewer pages is refused with the figures, unless --shrink."""
    publish(site.root, Options(), site.build({**PAGES, **{f"{number}.css": "" for number in range(20)}}))
    fewer = site.build(dict(list(PAGES.items())[:left]))
    if refused:
        before = site.frozen()
        with pytest.raises(Refused) as refusal:
            publish(site.root, Options(), fewer)
        figures = f"the site would shrink from 10 pages to {left}, {100 - 10 * left} % fewer"
        assert str(refusal.value) == f"{figures}; if that is right (--dry-run lists them), use --shrink"
        assert site.frozen() == before
    publish(site.root, Options(shrink=refused), fewer)
    assert len(site.published()) == left + 1


def test_dry_run_of_a_shrunken_site(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run lists the pages that go before it says that this would be refused."""
    publish(site.root, Options(), site.build(PAGES))
    few = site.build({"p01.html": "page"})
    monkeypatch.setattr("plugins.publishing.__main__.publish", lambda root, options: publish(root, options, few))
    monkeypatch.chdir(site.root)
    assert main(["--dry-run"]) == 1
    said = capsys.readouterr()
    assert said.out.count("\nremoved  ") == 9
    assert said.err.startswith("not published: the site would shrink from 10 pages to 1, 90 % fewer")
