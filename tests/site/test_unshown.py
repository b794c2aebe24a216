"""A file that only sources mention which are not published is not published either, and no other file is withheld."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Site
from tests.pictures import PNG


PUBLISHING = {"essay_hidden": False, "draft_save_as": "", "draft_page_save_as": ""}
SECRET = "![x]({static}/images/a/map.png)"
FIGURE, TO_FIGURE = '<img src="a/map.png" alt="">', "[x]({static}/images/fig.html)"


def essay(title: str, text: str = "Words.", **keys: str) -> str:
    lines = {"title": title, "date": "2016-12-20", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


DRAFT = {"content/essays/d.md": essay("D", SECRET, status="draft"), "content/images/a/map.png": PNG}
SOUND = {"content/essays/a.md": essay("A")}


def has_map(site: Site) -> bool:
    """Tell whether the picture is published: itself, or what is made of it."""
    return any(name.startswith("images/a/map") for name in site.files() if not name.endswith(".svg"))


def is_published(build_site: Callable[..., Site], files: Mapping[str, str | bytes], **settings: Any) -> bool:
    site = build_site({**SOUND, **DRAFT, **files}, **{**PUBLISHING, **settings})
    assert (site.exit_code, site.problems) == (0, [])
    is_there = has_map(site)
    assert is_there != (" withheld that only unpublished sources mention" in site.stdout)
    return is_there


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"content/images/b/map.png": PNG, "content/essays/b.md": essay("B", "![x]({static}/images/b/map.png)")},
        {"content/essays/b.md": essay("B", "See map.png.")},
        {"content/images/a/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="other.png"/></svg>'},
        {"content/images/fig.html": FIGURE, "content/essays/e.md": essay("E", TO_FIGURE, status="draft")},
    ],
    ids=["alone", "another folder", "in passing", "another drawing", "by a file that is withheld"],
)
def test_withheld(build_site: Callable[..., Site], files: Mapping[str, str | bytes]) -> None:
    """A draft's picture stays at home if nothing that is published mentions it."""
    assert not is_published(build_site, files)


@pytest.mark.parametrize(
    "files",
    [
        {"content/essays/b.md": essay("B", SECRET)},
        {"content/essays/b.md": essay("B", '<img src="/images/a/map.png" alt="x">')},
        {"content/essays/b.md": essay("B", image="{src: images/a/map.png, alt: x}")},
        {"content/essays/b.md": essay("B", summary="'See [the map](/images/a/map.png).'")},
        {"content/pages/b.md": essay("B", SECRET, status="hidden")},
        {"content/images/a/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="map.png"/></svg>'},
        {"content/extra/list.json": '["map.png"]'},
        {"content/images/fig.html": FIGURE, "content/essays/b.md": essay("B", TO_FIGURE)},
        {"templates/not_found.html": '<img src="{{ BASE }}images/{{ \'a\' }}/map.png" alt="">'},
    ],
    ids=["essay", "address", "image", "standfirst", "hidden page", "drawing", "data", "by a file", "template"],
)
def test_published(build_site: Callable[..., Site], tmp_path: Path, files: Mapping[str, str | bytes]) -> None:
    """Whatever is published may use a picture that a draft uses, too."""
    assert is_published(build_site, files, theme_templates_overrides=[str(tmp_path / "templates")])


def test_settings(build_site: Callable[..., Site]) -> None:
    """A file that the settings name is published."""
    assert is_published(build_site, {}, extra_path_metadata={"images/a/map.png": {"license": "CC0-1.0"}})


def test_nobody_mentions(build_site: Callable[..., Site]) -> None:
    """A file that no source mentions is published, as others may link to it."""
    assert "images/a/map.png" in build_site({**SOUND, "content/images/a/map.png": PNG}, **PUBLISHING).files()


def test_mentioned_by_what_is_withheld(build_site: Callable[..., Site]) -> None:
    """What only a file mentions that is withheld goes with it."""
    draft = {"content/essays/d.md": essay("D", TO_FIGURE, status="draft"), "content/images/a/map.png": PNG}
    site = build_site({**SOUND, **draft, "content/images/fig.html": FIGURE}, **PUBLISHING)
    assert not [name for name in site.files() if name.startswith("images")]


def test_attached(build_site: Callable[..., Site]) -> None:
    """A picture beside a draft that takes it along is withheld, wherever it would have gone."""
    files = {**SOUND, "content/essays/d.md": essay("D", "![x]({attach}map.png)", status="draft")}
    site = build_site({**files, "content/essays/map.png": PNG}, **PUBLISHING)
    assert not [name for name in site.files() if "map" in name and name != "sitemap.xml"]


@pytest.mark.parametrize("keys", [{"date": "2999-01-01"}, {"status": "hidden"}, {"staus": "x"}], ids=str)
def test_passed_over(build_site: Callable[..., Site], keys: dict[str, str]) -> None:
    """What an essay mentions that is hidden, of a later day or spoilt is withheld as well."""
    site = build_site({**SOUND, **DRAFT, "content/essays/d.md": essay("D", SECRET, **keys)}, **PUBLISHING)
    assert not has_map(site)


PICTURE = '<img src="/images/a/map.png" alt="x">'
EDITS = ["Words.", SECRET, "Other words.", PICTURE, "More words.", "See images/a/map.png.", "Words.", "Words, again."]


def test_edits(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """What an edit mentions is published with it, and withheld again once no more is said of it."""
    build_site({**SOUND, **DRAFT}, **PUBLISHING)
    for text in EDITS:
        site = build_site({"content/essays/a.md": essay("A", text, summary="S")}, **PUBLISHING)
        assert (site.exit_code, site.problems) == (0, [])
        assert has_map(site) == ("map.png" in text)
        assert (" withheld " in site.stdout) == ("map.png" not in text)
    assert "; output brought up to date; 1 file withheld" in site.stdout
    shutil.rmtree(tmp_path / ".cache")
    before = site.files()
    assert build_site({}, **PUBLISHING).files() == before


def test_sources_among_the_files(build_site: Callable[..., Site]) -> None:
    """Where sources are copied, those that are not published are not."""
    files = {**SOUND, "content/essays/d.md": essay("D", status="draft")}
    site = build_site(files, **PUBLISHING, static_paths=["essays"], static_exclude_sources=False)
    assert [name for name in site.files() if name.endswith(".md")] == ["essays/a.md"]
