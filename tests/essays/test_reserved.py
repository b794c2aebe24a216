"""What an author's HTML may not do: pass for the build's own, load from elsewhere, leave its attribute."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.essays.model import Reading
from plugins.essays.read import Desk, read
from plugins.essays.settings import Settings
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography
from plugins.shared.links import contained, replace_links
from tests.fixtures import Case, read_fixture_file


HEAD = "---\ntitle: A\ndate: 2016-12-20\n---\n"
SYNTAX = {"extensions": ["plugins.citations.syntax", "plugins.pullquotes.syntax"]}


@pytest.fixture(scope="module")
def read_all() -> Callable[..., Reading]:
    """Return `read_all(text, **settings) -> Reading`, with the syntax of every plugin."""
    converter = Converter(SYNTAX)

    def reading(text: str, **settings: Any) -> Reading:
        return read((HEAD + text).encode(), "a.md", "essay", Desk(Settings(**settings), converter, Typography()))

    return reading


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "reserved.md"), ids=str)
def test_problems(case: Case, read_all: Callable[..., Reading]) -> None:
    """Each name that is the build's, each foreign picture, each attribute that is left out, with its line."""
    found = {f"{each}{' [warning]' if each.severity == 'warning' else ''}\n" for each in read_all(case.given).problems}
    assert "".join(sorted(found)) == case.expected


def test_markers_of_the_syntax_stay(read_all: Callable[..., Reading]) -> None:
    """What the syntax of Markdown leaves for later passes is there, footnotes among it, and nothing is a problem."""
    reading = read_all("# Work in 1 part\n\nA[^n] [@key] and [words]{.pull}.\n\n[^n]: Note [@key].\n")

    assert reading.problems == ()
    assert reading.html.count('data-apparatus="" data-citation=') == 2
    for part in (
        '<span class="pull" data-pull="',
        'id="fnref:n"',
        '<div class="footnote">',
        'id="section-work-in-1-part"',
    ):
        assert part in reading.html


def test_a_texts_own_private_characters_are_no_placeholder(read_all: Callable[..., Reading]) -> None:
    """Words cannot have another element put into an attribute while type is set."""
    text = '<b title="&#xE000;0&#xE001;">x</b> <i class="a onmouseover=alert(1) b" lang="he">z</i>\n'
    assert re.search(r'<b title="&#xE000;0.">x</b>', read_all(text).html)


def test_trusted_html_keeps_its_elements_and_no_odd_address(read_all: Callable[..., Reading]) -> None:
    """A site that trusts its HTML keeps all of it but addresses that run something; names stay the build's."""
    text = (
        '<svg viewBox="0 0 1 1"><linearGradient id="a"/></svg>\n\n'
        '<form action="javascript:a()"><input name="b"></form>\n'
        '\n<p style="color: red" onclick="a()" id="note-1">B <a href="JavaScript:a()">c</a></p>\n'
    )
    reading = read_all(text, trusted_html=True)

    assert '<svg viewBox="0 0 1 1"><linearGradient id="a"></linearGradient></svg>' in reading.html
    assert '<form><input name="b"></form>' in reading.html
    assert '<p style="color: red" onclick="a()">B <a>c</a></p>' in reading.html
    assert [each.code for each in reading.problems] == ["html-removed", "html-removed", "html-reserved"]


def test_trust_is_said_aloud(build_site: Callable[..., Any]) -> None:
    """The last line of a build says that raw HTML is trusted, also under -q; that of another build does not."""
    files = {"content/essays/a.md": HEAD + '<p style="color: red">A</p>\n'}
    assert build_site(files, "-q", essay_trusted_html=True).stdout.endswith(
        "; output replaced; raw HTML is trusted (ESSAY_TRUSTED_HTML)\n"
    )
    assert build_site(files, "-q", essay_trusted_html=False).stdout.endswith("; output replaced\n")


LINK = re.compile(
    r"""(?P<markup><[^\>]+(?:href|src)\s*=\s*)(?P<quote>["\'])(?P<path>[{|](?P<what>.*?)[|}](?P<value>.*?))(?P=quote)"""
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a class="b" href="{static}a">c</a>', '<a class="b" LINK>c</a>'),
        ("<a href='{static}a\"b'>c</a>", "<a LINK>c</a>"),
        (
            """<a title="href='{index}x">t ' <b title=" onmouseover=alert(1) style=">z</b>""",
            """<a title="href='{index}x">t ' <b title=" onmouseover=alert(1) style=">z</b>""",
        ),
        ("<p>&lt;a href='{static}a'&gt;</p>", "<p>&lt;a href='{static}a'&gt;</p>"),
    ],
)
def test_links_are_addresses(html: str, expected: str) -> None:
    """A link by source is replaced in the attribute of a tag, and nowhere else."""
    assert replace_links(html, LINK, lambda match: match["markup"][: -len("href=")] + "LINK") == expected


def test_an_address_cannot_end_its_attribute(build_site: Callable[..., Any]) -> None:
    """A slug with a quote, put where quotes are of its kind, stays within the address."""
    other = "---\ntitle: B\ndate: 2016-12-20\nslug: b'onmouseover='alert(1)\n---\nB\n"
    site = build_site(
        {"content/essays/a.md": HEAD + '[b]({filename}b.md?")[^1]\n\n[^1]: c\n', "content/essays/b.md": other}
    )
    page = site.read("essays/a/index.html")

    assert contained("a'\"<>") == "a%27%22%3C%3E"
    assert "b%27onmouseover=%27alert" in page
    assert not re.search(r"'\s*onmouseover='", page)
