"""Pictures between builds: nothing is made twice, and what comes out is what a clean build makes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cache.sites import build, like_clean, work
from tests.conftest import Site, write_site
from tests.nursery import Nursery
from tests.pictures import PNG, drawing, jpeg


Again = Callable[..., Site]
SETTINGS = {"SITEURL": "https://a.example/p", "IMAGES_WIDTHS": (100, 200)}
SHOWN = "![A]({static}/images/a.jpg)"


def essay(name: str, text: str, status: str = "published", **keys: str) -> str:
    lines = {"title": name, "date": "2016-12-20", "slug": name, "summary": "S", "status": status, **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


@pytest.fixture
def root(tmp_path: Path, nursery: Nursery) -> Path:
    folder = tmp_path / "site"
    files = {
        "content/essays/one.md": essay("one", f"Words.\n\n{SHOWN}"),
        "content/essays/two.md": essay("two", "Words.", image="{src: images/b.png, alt: B}"),
        "content/essays/three.md": essay("three", "Words."),
        "content/images/a.jpg": jpeg(300, 200),
        "content/images/b.png": drawing(300, 200),
        "content/images/c.png": PNG,
    }
    write_site(folder, files, SETTINGS)
    assert build(nursery, folder).stderr == ""
    return folder


@pytest.fixture
def again(root: Path, nursery: Nursery) -> Again:
    """Return a function that builds the site again, and checks it against a clean build."""
    return partial(like_clean, nursery, root)


def kept(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (root / ".cache/images").iterdir()}


def write(root: Path, name: str, text: str | bytes) -> None:
    path = root / "content" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_words(root: Path, again: Again) -> None:
    """An edit of words makes no picture, and prints its page alone."""
    before = kept(root)
    write(root, "essays/one.md", essay("one", f"Other words.\n\n{SHOWN}"))
    site = again()
    assert work(site)[0] == 1
    assert site.stdout.rstrip().endswith("output brought up to date")
    assert kept(root) == before


def test_picture(root: Path, again: Again) -> None:
    """Another picture of the same name is shown by the texts that show it, and by no other is anything made anew."""
    old = {name for name in again().files() if name.startswith("images/a-")}
    write(root, "images/a.jpg", jpeg(250, 100))
    site = again()
    new = {name for name in site.files() if name.startswith("images/a-")}
    assert new
    assert not new & old
    assert work(site)[0] == 1


def test_shown_and_no_more(root: Path, again: Again) -> None:
    """A text that shows one more picture, links to an original, or does so no more."""
    for text in (
        f"Words.\n\n{SHOWN}\n\n![C]({{static}}/images/c.png)",
        f"Words.\n\n{SHOWN}\n\n[C]({{static}}/images/c.png)",
        f"Words.\n\n{SHOWN}\n\n[A](/p/images/a.jpg)",
        "Words.",
        "![B](/p/images/b.png) and ![A](../../images/a.jpg)",
        "![G]({static}/images/gone.jpg)",
        f"Words.\n\n{SHOWN}",
    ):
        write(root, "essays/one.md", essay("one", text))
        site = again()
        assert ("images/a.jpg" in site.files()) == ("a.jpg" not in text or "[A](/p" in text)


def test_gone_and_back(root: Path, again: Again) -> None:
    """A picture that is taken away is missed, and one that comes back is shown."""
    data = (root / "content/images/a.jpg").read_bytes()
    (root / "content/images/a.jpg").unlink()
    assert "link-missing" in again().stderr
    write(root, "images/a.jpg", b"x")
    assert "image-broken" in again().stderr
    write(root, "images/a.jpg", data)
    assert again().stderr == ""


def test_lost(root: Path, again: Again) -> None:
    """Whatever is lost of the cache or spoilt in it is made again."""
    files = sorted((root / ".cache/images").iterdir())
    files[0].write_bytes(b"x")
    files[1].unlink()
    shutil.rmtree(root / "output")
    again()
    shutil.rmtree(root / ".cache/images")
    shutil.rmtree(root / "output")
    again()
    shutil.rmtree(root / ".cache")
    again()


def test_settings(root: Path, again: Again) -> None:
    """Other widths are other files."""
    conf = root / "pelicanconf.py"
    conf.write_text(conf.read_text().replace("(100, 200)", "(50,)"))
    assert {name for name in again().files() if re.match(r"images/a-(?!50\.)", name)} == set()


def test_nothing_private_is_kept(root: Path, again: Again) -> None:
    """A strict build keeps nothing of a picture that only a draft shows."""
    shutil.rmtree(root / ".cache")
    write(root, "images/secret.jpg", jpeg(280, 190))
    write(root, "essays/d.md", essay("d", "![S]({static}/images/secret.jpg)", status="draft"))
    site = again("--fatal", "warnings")
    shown = {name for name in site.files() if name.startswith("images/secret-")}
    assert shown  # a preview shows drafts
    digests = {name.split(".")[1] for name in shown}
    assert not {name[:10] for name in kept(root)} & digests
    (root / "pelicanconf.py").write_text((root / "pelicanconf.py").read_text() + 'DRAFT_SAVE_AS = ""\n')
    assert not {name for name in again("--fatal", "warnings").files() if "secret" in name}


def test_old_pictures_are_forgotten(root: Path, nursery: Nursery) -> None:
    """The cache does not grow for ever."""
    for number in range(4):
        write(root, "images/a.jpg", jpeg(200 + number, 100))
        build(nursery, root)
    assert len(kept(root)) < 60
