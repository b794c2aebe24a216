"""The markup of CSL's texts (`<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>`, spans), taken out or written as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any


_TAG = re.compile(r"<(?P<end>/?)(?P<name>i|b|sup|sub|sc|span)(?P<attributes>\s[^<>]*)?>")
_COMMANDS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "\u00a0": "~", **{sign: f"\\{sign}" for sign in "$&#_%"},
}  # fmt: skip
_ESCAPES = str.maketrans(_SPECIAL)
_PAIRED = str.maketrans({"{": r"\{", "}": r"\}"})
# The engine makes double quotation marks of single ones that it reads as a pair.
_SINGLE = str.maketrans({"‘": r"\textquoteleft{}", "’": r"\textquoteright{}"})


def plain(text: Any) -> str:
    """Return a text on one line without markup."""
    return " ".join(_TAG.sub("", str(text)).split())


def latex(text: Any) -> str:
    """Return a text as LaTeX: braces are balanced, also for BibTeX, which counts those behind a backslash."""
    folded = " ".join(str(text).split())
    escapes = {**_ESCAPES, **(_PAIRED if _is_balanced(folded) else {}), **(_SINGLE if "‘" in folded else {})}
    written = "".join(_pieces(folded, lambda part: part.translate(escapes)))
    return written.replace("--", "-{}-").replace("-{}--", "-{}-{}-").replace("''", "'{}'")


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall("[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _pieces(text: str, escape: Callable[[str], str]) -> Iterator[str]:
    position, opened = 0, list[str]()
    for tag in _TAG.finditer(text):
        yield escape(text[position : tag.start()])
        position = tag.end()
        if not tag["end"]:
            opened.append(tag["name"])
            yield _opening(tag)
        elif tag["name"] in opened:
            while opened.pop() != tag["name"]:
                yield "}"
            yield "}"
    yield escape(text[position:])
    yield "}" * len(opened)


def _opening(tag: re.Match[str]) -> str:
    if tag["name"] == "span":
        return r"\textsc{" if "small-caps" in (tag["attributes"] or "") else "{"
    return f"\\{_COMMANDS[tag['name']]}{{"
