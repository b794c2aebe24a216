"""Read what stands in braces behind a bracketed span: `{.class #id key=value key="some words"}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


# An apostrophe does not close a value: a single mark does so only where a value can end. Typographic marks nest.
_VALUE = r"""
    "(?P<straight>(?:\\.|[^"\\])*)"
  | [“„](?P<double>(?:[^“”„]|[“„][^“”]*[“”])*)[“”]
  | (?:'(?P<single>(?:\\.|[^\\])*?)' | [‘’‚](?P<curly>.*?)[‘’])(?=[\s}])
  | (?P<bare>@\{[^{}\n]*\} | [^\s{}"“”„]+)
"""
_TOKEN = re.compile(
    rf"""\s* (?: (?P<end>\}}) | \.(?P<class>[\w-]+) | \#(?P<id>[\w:.-]+)
           | (?P<key>[^\s=.\#{{}}"'“”][^\s={{}}]*)=(?:{_VALUE}) | (?P<word>[^\s{{}}]+) )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED_QUOTE = re.compile(r"\\([\"'])")


@dataclass(frozen=True, slots=True)
class Attributes:
    """`words` are the parts that are none of the others; `end` is the index behind the closing brace."""

    classes: tuple[str, ...]
    ids: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    end: int

    @property
    def names_span(self) -> bool:
        """Tell whether these are the attributes of a plain span: classes, one id, a language."""
        keys = [key for key, _ in self.pairs]
        some = bool(self.classes or self.ids or keys)
        return some and not self.words and len(self.ids) <= 1 and keys in ([], ["lang"])


def read(text: str, start: int, decode: Callable[[str], str] = str) -> Attributes | None:
    """Read the attributes that open with the brace at `start`; None if it is not closed.

    `decode` turns a value as it stands in `text` into what its author wrote.
    """
    classes: list[str] = []
    ids: list[str] = []
    pairs: list[tuple[str, str]] = []
    words: list[str] = []
    position = start + 1
    while match := _TOKEN.match(text, position):
        position = match.end()
        if match["end"]:
            return Attributes(tuple(classes), tuple(ids), tuple(pairs), tuple(words), position)
        if match["class"]:
            classes.append(match["class"])
        elif match["id"]:
            ids.append(match["id"])
        elif match["key"]:
            pairs.append((decode(match["key"]), decode(_value(match))))
        else:
            words.append(decode(match["word"]))
    return None


def _value(match: re.Match[str]) -> str:
    value = next(match[name] for name in ("straight", "single", "double", "curly", "bare") if match[name] is not None)
    return _ESCAPED_QUOTE.sub(r"\1", value)
