"""Front matter that is not looked through for what hurts holds nothing of the kind."""

from __future__ import annotations

import contextlib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.essays import yaml_mapping


PIECES = [
    *("a: ", "b", "- ", "? ", ": ", "\n", "\n ", "\n  ", "\n   ", "\n    ", "\n     ", "[", "]", "{", "}", ", "),
    *("&x ", "*x", "!t ", "|\n", ">\n", '"', "'", "#", "<<: ", "key:\n- ", "- a: ", "- - ", "\t", "\u2028", "\x85"),
]


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatis_flat_hurts_nobody(text: str) -> None:
    """Anchors, aliases, tags and deep nesting are always found."""
    if yaml_mapping.is_flat(text):
        with contextlib.suppress(yaml.YAMLError):  # composing it says the same
            yaml_mapping.check_events(text)


@pytest.mark.parametrize("text", ["title: A\ndate: 2020-01-01\ntags: [a, b]\n", "image:\n  src: a.png\n  alt: words\n"])
def test_usual_front_matteris_flat(text: str) -> None:
    """Or nothing would be won."""
    assert yaml_mapping.is_flat(text)
