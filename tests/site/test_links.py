"""Links within the site: each leads to something that is written, or is named where it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from tests.conftest import Site
from tests.pictures import PNG


Build = Callable[..., Site]
TEXT = "content/essays/a.md"


def essay(title: str, text: str = "Words.", **keys: str) -> str:
    lines = {"title": title, "date": "2016-12-20", **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in lines.items()) + f"---\n{text}\n"


def problems(build_site: Build, text: str, files: dict[str, str | bytes] | None = None, **settings: Any) -> list[str]:
    """Return the problems of a site of an essay, at lines from 5 on, and another, "b", with a heading "Part"."""
    given = {TEXT: essay("A", text), "content/essays/b.md": essay("B", "## Part\n\nWords."), **(files or {})}
    return build_site({**given, "content/images/map.png": PNG}, **settings).problems


SOUND = [
    "[b](/essays/b/) [b](/essays/b) [b](../b/) [b](https://broadside.example/essays/b/#part) [a](#) [a](#top)",
    "[b]({filename}b.md#part) [b](/essays/b/#:~:text=Words) [b](/essays/b/?q=1#part)",
    "![m](/images/map.png) ![m](../../images/map.png) ![m]({static}/images/map.png)",
    '`<a href="/gone/">`\n\n    [x](/gone/)\n\n<https://other.example/gone/> a@b.example',
    "[x]: /gone/\n\nNobody refers to it. See /gone/ or [y](https://other.example/essays/gone/).",
]
BROKEN = [
    ("[b](/essays/c/)", ':5: link-broken: no page "/essays/c/"; link to an address that the site has'),
    ("\n\n[b](/essay/b/)", ':7: link-broken: no page "/essay/b/"; did you mean "/essays/b/"?'),
    ("[b](../bb)", ':5: link-broken: no page "/essays/bb" (written "../bb")'),
    ("x\n<a\nhref='/gone.pdf'>b</a>", ':7: link-broken: no file "/gone.pdf"'),
    ("[b][]\n\n[b]: /gone/", ':7: link-broken: no page "/gone/"'),
    ("[b](https://broadside.example/gone/?a=1&b=2)", ':5: link-broken: no page "/gone/"'),
    ("[b](</gone place/>)", ':5: link-broken: no page "/gone place/"'),
    (f"[b](/{'x' * 5000}/)", f':5: link-broken: no page "/{"x" * 199}…"; link to an address that the site has'),
    ("[b](/gone%20place/)", ':5: link-broken: no page "/gone%20place/"'),
    ("[b](b.md)", ':5: link-broken: no file "/essays/HERE/b.md" (written "b.md"); write "{filename}b.md"'),
    ("[b](/essays/b/#prt)", ':5: fragment-missing: no id "prt" on "/essays/b/"; did you mean "part"?'),
    ("[b]({filename}b.md#prt)", ':5: fragment-missing: no id "prt" on "/essays/b/"; did you mean "part"?'),
    ("\n[b](#gone)", ':6: fragment-missing: no id "gone" on this page; link to the id of a heading or a note'),
    ("![x](/images/mpa.png)", ':5: image-missing: no image "/images/mpa.png"; did you mean "/images/map.png"?'),
    ("![x](gone.png)", ':5: image-missing: no image "/essays/HERE/gone.png" (written "gone.png"); put it below'),
    (
        "![x](beside.png)",
        ':5: image-missing: no image "/essays/HERE/beside.png" (written "beside.png"); write "{static}bes',
    ),
    ("![x](/essays/beside.png)", ':5: image-missing: no image "/essays/beside.png"; write "{static}/essays/bes'),
    ('<video poster="/gone.png"></video>', ':5: image-missing: no image "/gone.png"'),
    ('<audio src="/gone.mp3"></audio>', ':5: link-broken: no file "/gone.mp3"'),
]


def test_sound_links(build_site: Build) -> None:
    """Addresses of pages, files and places that are there are no problem in any form, nor is code."""
    many = {f"content/essays/{number}.md": essay(str(number), text) for number, text in enumerate(SOUND)}
    assert problems(build_site, "Words.", many) == []


NAMES = ("a b.txt", "a%20b.txt", "50%.txt", "a#b.txt", "a?b.txt", "a;b.txt", "a&b.txt", "a'b.txt", "天下.txt")


@pytest.mark.parametrize("name", NAMES)
def test_names_as_they_are_or_encoded(build_site: Build, name: str) -> None:
    """A file may be written as it is called or as addresses have it, beside the text too; the address is sound."""
    links = f"[x](<{{static}}{name}>) [x](<{{static}}{quote(name)}?v=1#part>) [x](<{{filename}}/essays/{name}>)"
    site = build_site({TEXT: essay("A", links), f"content/essays/{name}": "words"})
    addresses = re.findall(r'href="(/essays/[^"]*)">x<', site.read("essays/a/index.html"))
    assert (site.problems, len(addresses)) == ([], 3)
    assert [unquote(unescape(address).split("?")[0]) for address in addresses] == [f"/essays/{name}"] * 3
    assert not [address for address in addresses if re.search(r"\s|%(?![0-9A-F]{2})", address)]
    assert site.read(f"essays/{name}") == "words"


def test_a_name_as_it_stands_goes_first(build_site: Build) -> None:
    """Of two files that a link may mean it is the one of that very name, as in Pelican."""
    files = {f"content/images/{name}": name for name in ("a b.txt", "a%20b.txt", "b.txt#c")}
    text = "[x]({static}/images/a%20b.txt) [y](<{static}/images/a b.txt>) [z]({static}/images/b.txt#c)"
    site = build_site({TEXT: essay("A", text), **files})
    found = re.findall(r'href="(/images/[^"]*)"', site.read("essays/a/index.html"))
    assert (site.problems, found) == ([], ["/images/a%2520b.txt", "/images/a%20b.txt", "/images/b.txt%23c"])


def test_broken_links(build_site: Build) -> None:
    """A link that leads nowhere is an error in the line where its author wrote it, with the nearest that is there."""
    many = {f"content/essays/{number}x.md": essay(f"{number} x", text) for number, (text, _) in enumerate(BROKEN)}
    found = problems(build_site, "Words.", many | {"content/essays/beside.png": "x"})
    by_essay = {number: [line for line in found if f"/{number}x.md" in line] for number in range(len(BROKEN))}
    for number, (text, expected) in enumerate(BROKEN):
        assert len(by_essay[number]) == 1, (text, by_essay[number])
        start = f"content/essays/{number}x.md{expected.replace('HERE', f'{number}x')}"
        assert by_essay[number][0].startswith(start), text
    assert len(found) == len(BROKEN)


def test_each_line_once(build_site: Build) -> None:
    """An address written in several lines is named in each, once, though lists and feeds repeat it."""
    found = problems(build_site, "[x](/gone/)\n\n[x](/gone/) [y](/gone/)\n\nnot /gone/ or [z](/gone/too/)\n", {})
    assert [line.split(": no")[0] for line in found] == [f"{TEXT}:{line}: link-broken" for line in (5, 7, 9)]


def test_the_site_is_built(build_site: Build) -> None:
    """Author mode writes the page with its broken link; strict mode writes nothing."""
    site = build_site({TEXT: essay("A", "[x](/gone/)")})
    assert site.exit_code == 1
    assert 'href="/gone/"' in site.read("essays/a/index.html")
    before = site.files()
    assert build_site({TEXT: essay("A", "[y](/gone/)")}, "--fatal", "warnings").files() == before


def test_standfirst(build_site: Build) -> None:
    """A link in a standfirst is found in the front matter, and where a list reads it from another address."""
    keys = {"summary": "'See [b](../b/), [c](/essays/c/).'"}
    site = build_site({TEXT: essay("A", **keys), "content/essays/b.md": essay("B")})
    author = "authors/the-editor-of-broadside/index.html"
    assert [line.split("; ")[0] for line in site.problems] == [
        f'{TEXT}:4: link-broken: "../b/" leads nowhere from "{author}", which shows it too',
        f'{TEXT}:4: link-broken: no page "/essays/c/"',
    ]


def test_prefix(build_site: Build) -> None:
    """Below a path of the host, an address from the root of the host leads out of the site."""
    url = "https://x.example/pre"
    assert problems(build_site, "[b](/pre/essays/b/) [b](../b/) [o](https://x.example/other/)", siteurl=url) == []
    (found,) = problems(build_site, "[b](/essays/b/)", siteurl=url)
    assert found == f'{TEXT}:5: link-broken: no page "/essays/b/"; did you mean "/pre/essays/b/"?'
    assert problems(build_site, "[b](/wiki/x)", press_elsewhere=["/wiki/"]) == []


@pytest.mark.parametrize(
    ("address", "keys", "message"),
    [
        ("/drafts/c/", {"status": "draft"}, 'is the address of a draft, "content/essays/c.md"; publish it, or'),
        ("/essays/c/", {"status": "draft"}, 'is the address of a draft, "content/essays/c.md"; publish it, or'),
        ("/essays/c/#part", {"status": "hidden"}, 'is the address of a hidden essay, "content/essays/c.md"; publish'),
        ("{filename}c.md", {"status": "hidden"}, 'is the address of a hidden essay, "content/essays/c.md"; publish'),
        (
            "/essays/c/",
            {"date": "2999-01-01"},
            'is the address of an essay of a later day, "content/essays/c.md"; take',
        ),
    ],
)
@pytest.mark.parametrize("drafts", ["drafts/{slug}/index.html", ""])
def test_not_public(build_site: Build, address: str, keys: dict[str, str], message: str, drafts: str) -> None:
    """A link to what is not public is a warning that says why, whether or not its page is written."""
    files = {"content/essays/c.md": essay("C", "## Part", **keys)}
    found = problems(build_site, f"[c]({address})", files, draft_save_as=drafts)
    assert len(found) == 1
    assert found[0].startswith(f"{TEXT}:5: link-draft: ")
    assert message in found[0]
    assert found[0].endswith(" [warning]")


def test_drafts_may_link_to_drafts(build_site: Build) -> None:
    """What is not published may link to what is not; a link by source to a draft is one problem."""
    files = {"content/essays/c.md": essay("C", "[d](/drafts/d/)", status="draft")}
    files["content/essays/d.md"] = essay("D", "Words.", status="draft")
    assert problems(build_site, "Words.", files) == []
    (found,) = problems(build_site, "[c]({filename}c.md)", files)
    assert found == f'{TEXT}:5: link-draft: "c.md" is a draft; publish it, or take the link out [warning]'


def test_spoilt(build_site: Build) -> None:
    """A link to an essay that has an error of its own says that, and nobody looks for a misspelt address."""
    found = problems(build_site, "[c](/essays/c/)", {"content/essays/c.md": essay("C", "Words.", sumary="C")})
    assert found[0] == (
        f'{TEXT}:5: link-unpublished: "/essays/c/" is the address of a source that has a problem, '
        '"content/essays/c.md"; see its own problem'
    )


def test_hidden_pages_are_for_links(build_site: Build) -> None:
    """A hidden page is one that is in no menu: a text may lead to it."""
    assert (
        problems(build_site, "[t](/thanks/)", {"content/pages/thanks.md": "Title: Thanks\nStatus: hidden\n\nX\n"}) == []
    )


def test_templates(build_site: Build, tmp_path: Path) -> None:
    """A broken link of the theme is one problem for all its pages, and names the template's line."""
    theme = {
        "theme/templates/base.html": '<a href="{{ BASE }}gone/">x</a>\n<a href="#mian">y</a><p id="main"></p>',
        "theme/templates/article.html": "{% include 'base.html' %}{{ article.content }}<a href=\"{{ 'na' }}me/\">z</a>",
        "theme/static/x.css": "",
    }
    no_lists = {"direct_templates": [], "tag_save_as": "", "author_save_as": "", "year_archive_save_as": ""}
    settings = {"theme": str(tmp_path / "theme"), **no_lists}
    found = problems(build_site, "[x](/gone/)", theme, feed_all_atom=None, **settings)
    remedy = "link to an address that the site has, or write the whole address of another site"
    of_theme = 'in the template of "essays/a/index.html" and 1 more'
    of_b = 'in the template of "essays/b/index.html"'
    assert found == [
        f'{TEXT}:5: link-broken: no page "/gone/"; {remedy}',
        f'output/essays/a/index.html:1: link-broken: no page "/essays/a/name/" (written "name/"); {remedy}; {of_theme}',
        f'theme/templates/base.html:1: link-broken: no page "/gone/"; {remedy}; {of_b}',
        f'theme/templates/base.html:2: fragment-missing: no id "mian" on this page; did you mean "main"?; {of_theme}',
    ]


def test_navigation(build_site: Build) -> None:
    """A broken link of the navigation is found in the settings."""
    site = build_site({TEXT: essay("A")}, navigation=[("About", "abuot/"), ("Essays", "archives/")])
    (found,) = site.problems
    assert found.startswith("pelicanconf.py:")
    assert 'link-broken: no page "/abuot/"' in found


def test_copied_page(build_site: Build) -> None:
    """A page that is copied into the output is held to the same, in its own lines."""
    files = {TEXT: essay("A"), "content/extra/x.html": '<p>\n<a href="/gone/">x</a>\n<a href="../essays/a/">y</a>'}
    (found,) = build_site(files).problems
    assert found.startswith('content/extra/x.html:2: link-broken: no page "/gone/"')
