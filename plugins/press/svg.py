"""Clean a drawing: an SVG opened by its own address is a page, and may hold all that a page may.

What stays is what draws. The policy that a page carries does not reach a file beside it, so that nothing here may run
or ask another host for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from plugins.press import svg_limits, svg_style


_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset "
    "fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask "
    "metadata mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath "
    "title tspan use view".split()
)
# What drawing programs keep beside the drawing; browsers do nothing with it.
_INERT = re.compile(
    r"http://www\.inkscape\.org/|http://sodipodi\.sourceforge\.net/|http://www\.w3\.org/1999/02/22-rdf|"
    r"http://creativecommons\.org/ns|http://web\.resource\.org/cc/|http://purl\.org/dc/|http://www\.bohemiancoding\.com/"
    r"|http://www\.serif\.com/|http://ns\.adobe\.com/"
)
_MOVING = frozenset({"animate", "animateMotion", "animateTransform", "set"})
_WORDS = frozenset({"alt", "class", "d", "id", "points"})  # attributes that are no style
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.I)
_LINK = re.compile(r"(?:https?|mailto):", re.I)
_UNSEEN = re.compile(r"[\0-\x20]")
_DECLARATION = re.compile(r"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)|<!DOCTYPE[^>\[]*\[", re.I)


class InvalidDrawing(ValueError):  # noqa: N818 - it is a message to the author, no error of the program
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class TooMuch(InvalidDrawing):
    """It is a drawing, but one that would take a browser minutes."""


@dataclass(frozen=True, slots=True)
class Removed:
    line: int
    what: str


def clean(data: bytes) -> tuple[bytes, tuple[Removed, ...]]:
    """Return a drawing without what runs or loads, and what was removed; the same bytes if that is nothing.

    Raise `InvalidDrawing` for what is no SVG, or `TooMuch`.
    """
    root = _parse(data)
    if fault := svg_limits.fault(root):
        raise TooMuch(*fault)
    removed = tuple(_clean_tree(root))
    if not removed:
        return data, ()
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), removed


def _parse(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidDrawing(line, "the drawing is not UTF-8; save it as UTF-8") from None
    if declared := _DECLARATION.search(text):
        line = text.count("\n", 0, declared.start()) + 1
        raise InvalidDrawing(line, f'the drawing declares its own grammar ("{declared[0][:20]}"); save it as plain SVG')
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _explained(error) from None
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in {"UTF-8", "ASCII", "US-ASCII"}:
        raise InvalidDrawing(1, "the drawing names another encoding than UTF-8; save it as UTF-8")
    if root.tag != f"{{{_SVG}}}svg":
        raise InvalidDrawing(root.sourceline or 1, f'the drawing is no <svg xmlns="{_SVG}">; save it as SVG')
    return root


def _explained(error: etree.XMLSyntaxError) -> InvalidDrawing:
    line, reason = error.lineno or 1, error.msg or "it cannot be read"
    if reason.startswith("Excessive depth"):
        return TooMuch(line, svg_limits.TOO_DEEP)
    message = f"the drawing is not XML: {reason.partition(', line ')[0]}; mend it or save it anew as SVG"
    return InvalidDrawing(line, message)


def _clean_tree(root: Any) -> Iterator[Removed]:
    # What stands beside the root, where a style sheet may be named, is not written anew.
    gone = set()
    for node in [*root.itersiblings(preceding=True), *root.itersiblings(), *root.iter()]:
        if node.getparent() in gone:
            gone.add(node)
        elif what := _unfit(node):
            yield Removed(node.sourceline or 1, what)
            _drop(node)
            gone.add(node)
        elif isinstance(node.tag, str):
            yield from _clean_attributes(node)


def _unfit(node: Any) -> str:
    """Return what an element or other node is called that must go, or an empty string."""
    if node.tag is etree.Comment:
        return ""
    if node.tag is etree.PI:
        return f"<?{node.target}?>"
    if node.tag is etree.Entity:
        return f"the entity {node.text}"
    name = etree.QName(node)
    if name.namespace != _SVG:
        return "" if _INERT.match(name.namespace or "") else f"<{name.localname}> of another namespace"
    if name.localname not in _ELEMENTS:
        return f"<{name.localname}>"
    if name.localname in _MOVING and not _moves_harmlessly(node):
        return f'<{name.localname}> of "{node.get("attributeName")}"'
    if name.localname == "style":
        return _clean_style(node)
    return ""


def _moves_harmlessly(node: Any) -> bool:
    target = _UNSEEN.sub("", node.get("attributeName", "")).rpartition(":")[2].lower()
    return target not in {"href", "style"} and not target.startswith("on")


def _clean_style(node: Any) -> str:
    text = "".join((node.text or "", *(child.tail or "" for child in node)))
    return "" if svg_style.is_harmless(text) else "<style> that loads another file"


def _clean_attributes(node: Any) -> Iterator[Removed]:
    for name, value in list(node.attrib.items()):
        parts = etree.QName(name)
        if not _is_fit(node, parts, value):
            yield Removed(node.sourceline or 1, f'{parts.localname} of <{etree.QName(node).localname}>, "{value[:40]}"')
            del node.attrib[name]


def _is_fit(node: Any, name: Any, value: str) -> bool:
    if name.localname.lower() == "href" and name.namespace in {None, _XLINK}:
        return _may_lead(etree.QName(node).localname, value)
    if name.namespace == _XML:
        return name.localname in {"lang", "space", "id"}
    if name.namespace is not None:
        return name.namespace == _XLINK or bool(_INERT.match(name.namespace))
    if name.localname.lower().startswith("on") or name.localname.lower() in {"src", "srcset", "ping", "xmlns"}:
        return False
    return name.localname in _WORDS or name.localname.startswith(("aria-", "data-")) or svg_style.is_harmless(value)


def _may_lead(element: str, value: str) -> bool:
    """Tell whether an address is one that this element may have: links lead anywhere, pictures stay in the site."""
    address = _UNSEEN.sub("", value)
    if address.startswith("#") or not address:
        return True
    if element == "a":
        return bool(_LINK.match(address)) or not _SCHEME.match(address)
    if element == "image":
        return bool(_PICTURE.match(address)) or not _SCHEME.match(address)
    return False


def _drop(node: Any) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (node.tail or "")
    else:
        before.tail = (before.tail or "") + (node.tail or "")
    parent.remove(node)
