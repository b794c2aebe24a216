"""Read a style once, so that it can be made leaner for each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree


_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PRINTED = frozenset("choose date group label names number text".split())
#: What may stand in an element.
_CHILDREN: Mapping[str, frozenset[str]] = {
    "choose": frozenset(("if", "else-if", "else")),
    "date": frozenset(("date-part",)),
    "name": frozenset(("name-part",)),
    "names": frozenset(("name", "et-al", "label", "substitute")),
    "citation": frozenset(("sort", "layout")),
    "bibliography": frozenset(("sort", "layout")),
    "sort": frozenset(("key",)),
    **dict.fromkeys(("if", "else-if", "else", "group", "layout", "macro", "substitute"), _PRINTED),
}
#: One of these attributes an element must have.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "text": ("variable", "macro", "term", "value"),
    "key": ("variable", "macro"),
    **dict.fromkeys(("date", "names", "number"), ("variable",)),
    "macro": ("name",),
}
_ASKING = ("variable", "is-numeric", "is-uncertain-date")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
_DEEPEST = 60


class StrangeError(ValueError):
    """A style of which not all is understood: it is best left as it is."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element of a style; `opened` is its start tag without the end of it."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]
    opened: str

    @property
    def whole(self) -> str:
        return self.with_content("".join(child.whole for child in self.children))

    @property
    def macro(self) -> str:
        """The macro that is called here, or nothing."""
        is_call = self.tag in ("text", "key") and (self.tag == "key" or "variable" not in self.attributes)
        return self.attributes.get("macro", "") if is_call else ""

    def with_content(self, content: str) -> str:
        return f"{self.opened}>{content}</{self.tag}>" if content else f"{self.opened}/>"

    def everything(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.everything()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style by its parts.

    `locales` are languages and what is overridden in them, `macros` stand before those that they call, `parts` are what
    prints citations and the bibliography;
    `variables` are all that it asks for, in lower case, and `suffixes_years` tells whether it says itself where the
    letter goes that tells the works of a year apart.
    """

    opened: str
    locales: tuple[tuple[str, str], ...]
    macros: Mapping[str, Node]
    parts: tuple[Node, ...]
    variables: frozenset[str]
    suffixes_years: bool


def read(source: bytes) -> Sheet:
    """Return a style by its parts; raises StrangeError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise StrangeError(error.msg) from None
    if root.tag != f"{_CSL}style" or root.find(f".//{_CSL}link[@rel='independent-parent']") is not None:
        raise StrangeError("it is none that stands by itself")
    _shorten_names(root)
    macros = {node.attributes["name"]: node for node in map(_node, root.iterfind(f"{_CSL}macro"))}
    parts = tuple(_node(child) for name in ("citation", "bibliography") for child in root.iterfind(f"{_CSL}{name}"))
    macros = {name: macros[name] for name in _in_order(parts, macros)}
    locales = tuple((one.get(_LANG, ""), _written(one)) for one in root.iterfind(f"{_CSL}locale"))
    root_tag = start("style", {"xmlns": _CSL.strip("{}"), **_attributes(root)})
    return Sheet(root_tag, locales, macros, parts, _variables(macros, parts), _suffixes_years(parts, macros))


def _written(locale: etree._Element) -> str:
    """Return a locale as written, without white space between elements."""
    for parent in locale.iter():
        for child in parent:
            child.tail = None
        if len(parent):
            parent.text = None
    return str(etree.tostring(locale, encoding="unicode", with_tail=False))


def _shorten_names(root: etree._Element) -> None:
    """Call macros by numbers: their names are a third of what is left of some styles."""
    macros = root.findall(f"{_CSL}macro")
    numbers = {macro.get("name"): str(number) for number, macro in enumerate(macros)}
    for macro in macros:
        macro.set("name", numbers[macro.get("name")])
    for call in root.iter(f"{_CSL}text", f"{_CSL}key"):
        if call.get("macro") in numbers:
            call.set("macro", numbers[call.get("macro")])


def _node(element: etree._Element, depth: int = 0) -> Node:
    tag = etree.QName(element).localname
    attributes = _attributes(element)
    allowed = _CHILDREN.get(tag, frozenset())
    if depth > _DEEPEST or (tag in _NEEDED and attributes.keys().isdisjoint(_NEEDED[tag])):
        raise StrangeError(f"<{tag}> is nested too deeply, or lacks an attribute")
    children = tuple(_node(child, depth + 1) for child in element)
    if any(child.tag not in allowed for child in children) or not element.tag.startswith(_CSL):
        raise StrangeError(f"<{tag}> holds what is not of CSL")
    return Node(tag, attributes, children, start(tag, attributes))


def _attributes(element: etree._Element) -> dict[str, str]:
    if any(str(name).startswith("{") for name in element.attrib):
        raise StrangeError(f"<{element.tag}> has an attribute that is not of CSL")
    return {str(name): str(value) for name, value in element.attrib.items()}


def start(tag: str, attributes: Mapping[str, str]) -> str:
    """Return a start tag without the end of it."""
    return " ".join((f"<{tag}", *(f'{name}="{value.translate(_ESCAPES)}"' for name, value in attributes.items())))


def _in_order(parts: tuple[Node, ...], macros: Mapping[str, Node]) -> list[str]:
    """Return the names of macros so that each stands before those that it calls; raises StrangeError."""
    if sorted(part.tag for part in parts) not in (["citation"], ["bibliography", "citation"]):
        raise StrangeError("it has no <citation>, or two")
    if any([child.tag for child in part.children].count("layout") != 1 for part in parts):
        raise StrangeError("a part has no <layout>, or two")
    calls = {name: {node.macro for node in macro.everything() if node.macro} for name, macro in macros.items()}
    called = {node.macro for part in parts for node in part.everything() if node.macro}
    if not called.union(*calls.values()) <= macros.keys():
        raise StrangeError("it calls a macro that is not there")
    ordered: list[str] = []
    while ready := [name for name, waiting in calls.items() if not waiting]:
        ordered = ready + ordered
        for name in ready:
            del calls[name]
        for waiting in calls.values():
            waiting.difference_update(ready)
    if calls:
        raise StrangeError("a macro calls itself")
    return ordered


def _variables(macros: Mapping[str, Node], parts: tuple[Node, ...]) -> frozenset[str]:
    nodes = (node for part in (*macros.values(), *parts) for node in part.everything())
    said = {word.casefold() for node in nodes for name in _ASKING for word in node.attributes.get(name, "").split()}
    return frozenset(said | {word.removesuffix("-short") for word in said} | {f"{word}-short" for word in said})


def _suffixes_years(parts: tuple[Node, ...], macros: Mapping[str, Node]) -> bool:
    """Look where pandoc looks: not at names and their substitutes, but also at what never prints."""
    waiting, seen = list(parts), set[str]()
    while waiting:
        node = waiting.pop()
        if node.tag == "text" and node.attributes.get("variable", "").casefold() == "year-suffix":
            return True
        if node.macro and node.tag == "text" and node.macro not in seen:
            seen.add(node.macro)
            waiting += macros[node.macro].children
        if node.tag not in ("names", "sort"):
            waiting += node.children
    return False
