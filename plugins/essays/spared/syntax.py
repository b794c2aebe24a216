"""Have single steps of Python-Markdown do less: what each makes stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import inlinepatterns as inline
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX


Lines: TypeAlias = list[str]

# The address of a link that is nothing else: no title, nothing that may end it elsewhere.
_PLAIN_ADDRESS = re.compile(rf"\(([^()<>'\"\s\\{STX}{ETX}]+)\)")


def put(step: Any, name: str, method: Callable[..., Any]) -> None:
    """Have one object do otherwise than its class: extensions and other steps hold on to it."""
    setattr(step, name, method)


def if_in_source(run: Callable[[Lines], Lines], signs: tuple[str, ...], added: Lines) -> Callable[[Lines], Lines]:
    def run_if_needed(lines: Lines) -> Lines:
        source = "\n".join(lines)
        return run(lines) if any(sign in source for sign in signs) else [*lines, *added]

    return run_if_needed


def spare(step: Treeprocessor) -> None:
    if type(step) is AttrListTreeprocessor:
        put(step, "run", _if_in_words(step.run, "{"))
    elif type(step) is TocTreeprocessor:
        put(step, "run", _without_contents(step))
    elif type(step) is UnescapeTreeprocessor:
        unescape = step.unescape
        put(step, "unescape", lambda text: unescape(text) if STX in text else text)


def spare_characters(pattern: Any) -> None:
    """Have links found by searching where there is no doubt; Python-Markdown looks at each character."""
    cls = type(pattern)
    if getattr(cls, "getText", None) is not inline.LinkInlineProcessor.getText:
        return
    in_brackets, in_parentheses = pattern.getText, pattern.getLink

    def get_text(data: str, index: int) -> Any:
        end = data.find("]", index)
        is_plain = end >= 0 and data.find("[", index, end) < 0
        return (data[index:end], end + 1, True) if is_plain else in_brackets(data, index)

    def get_link(data: str, index: int) -> Any:
        found = _PLAIN_ADDRESS.match(data, index)
        return (found[1], None, found.end(), True) if found else in_parentheses(data, index)

    put(pattern, "getText", get_text)
    if cls.getLink is inline.LinkInlineProcessor.getLink:
        put(pattern, "getLink", get_link)


def _without_contents(step: Any) -> Callable[[Element], None]:
    """Have headings get their ids, and the table of contents be made only where a text shows it."""
    run, made = step.run, step.build_toc_div

    def run_spared(root: Element) -> None:
        if not step.marker or step.marker in "".join(root.itertext()):
            run(root)
            return
        put(step, "build_toc_div", lambda _tokens: Element("div"))
        put(step, "replace_marker", lambda _root, _element: None)
        try:
            run(root)
        finally:
            put(step, "build_toc_div", made)
            del step.replace_marker
        step.md.toc = None

    return run_spared


def _if_in_words(run: Callable[..., None], sign: str) -> Callable[..., None]:
    return lambda root, *rest: run(root, *rest) if sign in "".join(root.itertext()) else None
