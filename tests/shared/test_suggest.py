from __future__ import annotations

import unicodedata

from plugins.shared.suggest import did_you_mean


def test_words_that_look_alike() -> None:
    """Where a word differs from the nearest by its encoding alone, the hint says so: nobody could see it."""
    written = unicodedata.normalize("NFD", "café")

    assert did_you_mean(written, ["café"]).endswith("encoded differently; copy the one that is known)")
    assert did_you_mean("cafe", ["café"]) == '; did you mean "café"?'
