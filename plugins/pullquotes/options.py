"""The options of a pull quote: what the attributes of a mark mean, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.pullquotes.attributes import Attributes
from plugins.pullquotes.model import SIDES, Fault, Mark, Side
from plugins.shared.suggest import did_you_mean


_NAMES = ("side", "text", "cite", "lang")
_NEAR = 0.85  # one letter too many or too few
_KEY = re.compile(r"-?@?(?:\{(?P<braced>.*)\}|(?P<bare>.*))", re.S)
_OTHER_NAMES = {"left": "start", "right": "end"}


def mark_of(attributes: Attributes, raw: str) -> tuple[Mark, tuple[Fault, ...]]:
    """Return the mark; an option that is wrong is left out and reported."""
    given = dict(reversed(attributes.pairs))
    faults = [Fault(raw, code, message) for code, message in _faults(attributes, given)]
    text = " ".join(given["text"].split()) if "text" in given else None
    return Mark(_side(given.get("side")), text or None, key_of(given.get("cite", "")) or None, raw), tuple(faults)


def misspelt(attributes: Attributes) -> str:
    """Return what is wrong with attributes of which one is nearly `.pull`, or nothing if none is."""
    hints = ((name, did_you_mean(name.lower(), ["pull"], before=".", cutoff=_NEAR)) for name in attributes.classes)
    return next((f'".{name}" makes no pull quote{hint}' for name, hint in hints if hint), "")


def key_of(cite: str) -> str:
    """Return the key in `@key`, `key` or `@{odd key}`."""
    match = _KEY.fullmatch(cite.strip())
    assert match is not None
    return (match["braced"] if match["braced"] is not None else match["bare"]).strip()


def _side(value: str | None) -> Side | None:
    return next((side for side in SIDES if side == value), None)


def _faults(attributes: Attributes, given: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in (
        *(f".{name}" for name in attributes.classes if name != "pull"),
        *(f"#{id_}" for id_ in attributes.ids),
    ):
        yield "pull-option", f'a pull quote takes side, text, cite and lang, not "{name}"'
    for word in attributes.words:
        yield "pull-option", f'"{word}" is no option of a pull quote{_meant(word)}'
    for name in given:
        if name not in _NAMES:
            yield (
                "pull-option",
                f'no option "{name}"{did_you_mean(name, _NAMES) or "; there are side, text, cite and lang"}',
            )
    for name in sorted({name for name, _ in attributes.pairs if [key for key, _ in attributes.pairs].count(name) > 1}):
        yield "pull-option", f'option "{name}" is given twice'
    if "side" in given and _side(given["side"]) is None:
        yield "pull-side", f'side is "{given["side"]}"; it can be "start" or "end"{_side_meant(given["side"])}'
    if "text" in given and not given["text"].strip():
        yield "pull-text", "text is empty; give words of the mark, or leave it out to show all of them"
    if "cite" in given and not key_of(given["cite"]):
        yield "pull-cite", "cite names no work; write cite=@key"


def _meant(word: str) -> str:
    if word in (*SIDES, *_OTHER_NAMES):
        return f'; did you mean "side={_OTHER_NAMES.get(word, word)}"?'
    return f'; did you mean "cite={word}"?' if word.startswith("@") else did_you_mean(word, _NAMES)


def _side_meant(value: str) -> str:
    other = _OTHER_NAMES.get(value.lower())
    return f'; did you mean "{other}"?' if other else did_you_mean(value, SIDES)
