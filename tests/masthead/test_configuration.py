"""pelicanconf.py is edited in place: these values, and not a byte beside them."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.masthead.configuration import rewritten
from plugins.masthead.model import Refused


_SOURCE = """# 天下
AUTHOR = SITENAME  # not a text
SITENAME = ('Broad'
            'side')  # the name
A = 1; SITEURL = "天"; AUTHORS = "SITEURL"
"""


def test_only_the_values_change() -> None:
    """Comments, other settings and their lines stay."""
    assert rewritten(_SOURCE, {"SITENAME": "It's", "SITEURL": 'a "b"'}) == (
        '# 天下\nAUTHOR = SITENAME  # not a text\nSITENAME = ("It\'s")  # the name\n'
        'A = 1; SITEURL = \'a "b"\'; AUTHORS = "SITEURL"\n'
    )


def test_line_ends_stay() -> None:
    """A file with line ends of Windows keeps them."""
    assert rewritten('SITENAME = "a"\r\nB = 1\r\n', {"SITENAME": "b"}) == 'SITENAME = "b"\r\nB = 1\r\n'


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_literal(name: str, author: str) -> None:
    """Whatever the text, what is written is that text and no code."""
    source = 'SITENAME = "x"\nAUTHOR = "y"\nB = 1\n'
    tree = ast.parse(rewritten(source, {"SITENAME": name, "AUTHOR": author}))
    values = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)]
    assert values == [name, author, 1]


@pytest.mark.parametrize(
    "source",
    ["", "SITENAME = name()", 'SITENAME = "a"\nSITENAME = "b"', 'if True:\n    SITENAME = "a"', "SITENAME = ", "\x00"],
)
def test_refused(source: str) -> None:
    """A file that does not say a setting once, plainly, is left alone."""
    with pytest.raises(Refused, match=r"pelicanconf\.py"):
        rewritten(source, {"SITENAME": "b"})
