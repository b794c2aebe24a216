"""An image that is alone in its paragraph becomes a figure."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from markdown import Markdown

from plugins.essays.syntax import Converter
from plugins.images.syntax import ImageSyntax
from tests.fixtures import Case, read_fixture_file


CONVERTER = Converter({"extensions": [ImageSyntax(), "plugins.pullquotes.syntax", "plugins.citations.syntax"]})


@pytest.mark.parametrize("case", read_fixture_file(Path(__file__).parent / "figures.md"), ids=str)
def test_figures(case: Case) -> None:
    """A figure holds its image, and a caption of inline Markdown with the credit behind it."""
    html, problems = CONVERTER.convert(case.given)
    assert (html + "\n", problems) == (case.expected, ())


def test_notes_and_citations() -> None:
    """A caption may cite and have a note."""
    html, _ = CONVERTER.convert('![A](a.jpg "As [@roe, p. 2] says.[^1]")\n\n[^1]: A note.\n')
    caption = html.partition("<figcaption>")[2].partition("</figcaption>")[0]
    assert "data-citation=" in caption
    assert 'href="#fn:1"' in caption


@pytest.mark.parametrize(
    "part", ["![a](", "![a](x ", '![a](x "', "![[a]", "![a](x){credit=", "(", '" ', "\\", " ", "()", " a"]
)
def test_nothing_takes_for_ever(part: str) -> None:
    """However an image is spoilt, it is read in no time."""
    md = Markdown(extensions=[ImageSyntax()])
    md.treeprocessors.deregister("inline")
    began = time.perf_counter()
    for beginning in ("![a](x ", "![", '![a](x "'):
        md.convert(beginning + part * 5000)
    assert time.perf_counter() - began < 5
