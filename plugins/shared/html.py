"""The one HTML tree: lxml elements, made from sanitised fragments and written back as HTML.

Elements that are about the words rather than of them (citation marks, note marks, anchors) carry
`data-apparatus`; `plain_text` leaves them out, and the marks of footnotes as Python-Markdown makes them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, TypeAlias

from lxml import etree, html


#: What the ids of paragraphs begin with.
PARAGRAPH = "p-"

#: lxml's own element; it has no type stubs, so to the type checker it is anything.
Element: TypeAlias = Any

# lxml's own parser asks a function in Python for the class of each element it hands out, only to know forms.
_PARSER = html.HTMLParser()
_PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(html.HtmlElement, html.HtmlComment, html.HtmlProcessingInstruction, html.HtmlEntity)
)
# libxml2 takes these void elements for containers and would nest all that follows in them.
_VOID_START = re.compile(r"""<(wbr|source|track)\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_VOID_END = re.compile(r"</(?:wbr|source|track)>")
_LINKED, _ADDRESSES = ("a", "img", "source"), ("href", "src")
# What is left out takes the space before it along, where punctuation follows: "Words [1]." is "Words."
_LEFT_OUT = "\ufdd0"
_BEFORE_PUNCTUATION = re.compile(rf"(?:\s*{_LEFT_OUT})+(?=[.,;:!?…)\]”’»。，、；：！？」』])")
# The character references that sanitising writes, which every reader takes alike.
_REFERENCE = re.compile("&(?:amp|lt|gt|quot|nbsp);")
_BLOCKS = frozenset(
    "address article aside blockquote details div dl dd dt figure figcaption footer h1 h2 h3 h4 h5 h6 "
    "header hr li ol p pre section table td th tr ul".split()
)


def parse(fragment: str) -> Element:
    """Return a `div` that holds the fragment."""
    closed = _VOID_START.sub(r"<\1\2></\1>", str(fragment))  # of Markup, `re` would escape what it puts in
    root = make("div", {})
    parts = html.fragments_fromstring(closed, parser=_PARSER)
    if parts and isinstance(parts[0], str):
        root.text = parts.pop(0)
    root.extend(parts)
    return root


def make(tag: str, attributes: Mapping[str, str]) -> Element:
    """Return an element that stands in no tree yet."""
    return _PARSER.makeelement(tag, attributes)


def serialise(root: Element) -> str:
    """Return what `root` holds, without `root` itself."""
    if root.tag == "div" and not root.attrib and "\u00a0" not in (root.text or ""):  # as most are: it is quicker whole
        return _written(root, with_tail=False)[len("<div>") : -len("</div>")]
    return _escape_text(root.text or "") + "".join(_written(child) for child in root)


def outer(element: Element) -> str:
    """Return the element itself as HTML, without the text that follows it."""
    return _written(element, with_tail=False)


def _written(element: Element, *, with_tail: bool = True) -> str:
    """Return an element as HTML, with its addresses as they are: libxml2 would encode letters and spaces of them."""
    addresses = [
        (one, name, value)
        for one in element.iter(*_LINKED)
        for name in _ADDRESSES
        if (value := one.get(name)) and (" " in value or not value.isascii())
    ]
    if not addresses:
        return _VOID_END.sub("", etree.tostring(element, encoding="unicode", method="html", with_tail=with_tail))
    # Each gives way to a name that no text can foresee, as it is made of all of them.
    sign = hashlib.sha256("\n".join(value for _, _, value in addresses).encode()).hexdigest()
    for place, (one, name, _) in enumerate(addresses):
        one.set(name, f"{sign}.{place}")
    written: str = etree.tostring(element, encoding="unicode", method="html", with_tail=with_tail)
    for one, name, value in addresses:
        one.set(name, value)
    written = re.sub(rf"{sign}\.(\d+)", lambda match: _escape_value(addresses[int(match[1])][2]), written)
    return _VOID_END.sub("", written)


def with_class(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements below `root` with this class, in document order."""
    for element in root.iter(etree.Element):
        if name in element.get("class", "").split():
            yield element


def top_block(element: Element, root: Element) -> Element:
    """Return the child of `root` that holds the element (or is it)."""
    while (parent := element.getparent()) is not root:
        if parent is None:
            raise ValueError("the element is not below this root")
        element = parent
    return element


def replace(element: Element, *new: Element | str) -> None:
    """Put elements and text where `element` stands. The text after it stays."""
    parent = element.getparent()
    assert parent is not None
    # By neighbours, not by number: to count them takes longer with each that there is.
    tail, before = element.tail, element.getprevious()
    element.tail = None
    for part in (*new, tail or ""):
        if not isinstance(part, str):
            element.addprevious(part)
            before = part
        elif before is None:
            parent.text = (parent.text or "") + part
        else:
            before.tail = (before.tail or "") + part
    parent.remove(element)


def insert(parent: Element, index: int, part: Element | str) -> int:
    """Insert an element or text before child `index`; return the index behind it."""
    if not isinstance(part, str):
        parent.insert(index, part)
        return index + 1
    if index == 0:
        parent.text = (parent.text or "") + part
    else:
        before = parent[index - 1]
        before.tail = (before.tail or "") + part
    return index


def unwrap(element: Element) -> None:
    """Put the element's own contents in its place."""
    children = list(element)
    tails = [child.tail or "" for child in children]
    parts: list[Element | str] = [element.text or ""]
    for child, tail in zip(children, tails, strict=True):
        child.tail = None
        parts += [child, tail]
    replace(element, *parts)


def plain_text(element: Element) -> str:
    """Return the words of an element: no apparatus, white space folded, a space between blocks."""
    return _folded("".join(_words(element)))


def first_words(element: Element, signs: int) -> str:
    """Return the words that an element begins with: at least so many signs of its plain text, if it has them."""
    found, length = [], 0
    for part in _words(element):
        found.append(part)
        length += len(part)
        if length >= 2 * signs:  # white space is yet to be folded
            break
    return _folded("".join(found))


def _folded(words: str) -> str:
    if _LEFT_OUT in words:
        words = _BEFORE_PUNCTUATION.sub("", words).replace(_LEFT_OUT, "")
    return " ".join(words.split())


def words_of(fragment: str) -> str:
    """Return the `plain_text` of a sanitised fragment, without a tree if it has no tags."""
    if "<" not in fragment and fragment.count("&") == len(_REFERENCE.findall(fragment)):
        return " ".join(unescape(fragment).split())
    return plain_text(parse(fragment))


def _words(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.get("data-apparatus") is not None or element.get("id", "").startswith("fnref"):
        yield _LEFT_OUT
        return
    block = element.tag in _BLOCKS or element.tag == "br"
    if block:
        yield " "
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
    if block:
        yield " "


def _escape_value(text: str) -> str:
    return _escape_text(text).replace('"', "&quot;")


def _escape_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
