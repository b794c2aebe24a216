"""Write Markdown's tree as HTML, as Python-Markdown does, in half of the time.

A tree that holds anything else than elements and strings is left to Python-Markdown's own serialiser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import serializers as theirs


serializers: Any = theirs
# They are not public: should a release name them otherwise, its own serialiser is taken, and all that is lost is time.
_NEEDED = ("HTML_EMPTY", "BOOLEAN_ATTRIBUTES", "RE_AMP", "_escape_attrib_html")
_IS_KNOWN = all(hasattr(serializers, name) for name in _NEEDED)
_OPAQUE = frozenset({"script", "style"})


class _Unusual(Exception):  # noqa: N818 - no error: another serialiser is taken
    pass


def to_html(element: Element) -> str:
    """Return an element as HTML; it stands for `markdown.serializers.to_html_string`."""
    if _IS_KNOWN:
        parts: list[str] = []
        try:
            _write(element, parts.append)
            return "".join(parts)
        except (_Unusual, RecursionError):
            pass
    return theirs.to_html_string(element)


def _write(element: Element, write: Callable[[str], None]) -> None:
    start, end, is_opaque = _tags(element.tag)
    attributes = element.attrib
    write(f"{start}{_attributes(attributes)}>" if attributes else f"{start}>")
    if text := element.text:
        write(text if is_opaque else _escaped(text))
    for child in element:
        _write(child, write)
    if end:
        write(end)
    if tail := element.tail:
        write(_escaped(tail))


@cache
def _tags(tag: object) -> tuple[str, str, bool]:
    if type(tag) is not str:  # a comment, an instruction, a qualified name
        raise _Unusual
    end = "" if tag.lower() in serializers.HTML_EMPTY else f"</{tag}>"
    return f"<{tag}", end, tag.lower() in _OPAQUE


def _attributes(attributes: dict[str, str]) -> str:
    written = ""
    for name, value in sorted(attributes.items()):
        if type(name) is not str or not isinstance(value, str):
            raise _Unusual
        escaped = serializers._escape_attrib_html(value)  # noqa: SLF001 - see above
        is_bare = name == escaped and name in serializers.BOOLEAN_ATTRIBUTES["html"]
        written += f" {name}" if is_bare else f' {name}="{escaped}"'
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = serializers.RE_AMP.sub("&amp;", text)
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text
