"""Lend a label's name to another.

Pandoc knows the locator labels of CSL 1.0.1 and takes "article 12" for a page. So a label that it does not know
gets the name of one that it knows and that neither the page nor the style needs, in a copy of the style made for
it: the conditions there are renamed, and the terms are the label's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from plugins.citations.terms import FORMS, Terms


_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KNOWN = frozenset(
    "book chapter column figure folio issue line note opus page paragraph part section sub-verbo verse volume".split()
)
#: Those that can be lent, the ones that styles look at least first.
_LENDERS = tuple("opus folio column figure note line verse paragraph section part book chapter issue volume".split())


def is_known(label: str, terms: Terms) -> bool:
    """Tell whether pandoc knows a label by the term it has in this locale, and takes it for no other label's."""
    name = terms.name(label)
    others = (terms.forms[other] for other in _KNOWN - {label})
    return label in _KNOWN and bool(name) and not any(name in pair for forms in others for pair in forms)


def lend(source: bytes, used: Collection[str], terms: Terms, locale: str) -> tuple[bytes, dict[str, str]]:
    """Return a style for a page that uses these labels, and the name by which pandoc knows each of them there.

    A label for which there is nothing left to lend has no name.
    """
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    strangers = sorted(label for label in used if not is_known(label, terms))
    lenders = [label for label in _LENDERS if label not in used and not _is_needed(root, label)]
    lent = dict(zip(strangers, lenders, strict=False))
    _rename(root, {**{lender: f"no-{lender}" for lender in lent.values()}, **lent})
    _set_terms(root, lent, terms, locale)
    plain = {label: terms.name(label) for label in used if is_known(label, terms)}
    return etree.tostring(root), {**plain, **{label: _sign(lender) for label, lender in lent.items()}}


def _sign(lender: str) -> str:
    """Return the word by which pandoc knows that a name was lent. Nothing prints it."""
    return f"lent{lender}"


def _is_needed(root: etree._Element, label: str) -> bool:
    """Tell whether the style prints the term of a label for something other than a locator."""
    return any(
        element.get("term") == label or (element.tag == f"{_CSL}label" and element.get("variable") == label)
        for element in root.iter(f"{_CSL}text", f"{_CSL}label")
    )


def _rename(root: etree._Element, names: Mapping[str, str]) -> None:
    for element in root.iter(etree.Element):
        if conditions := element.get("locator"):
            element.set("locator", " ".join(names.get(name, name) for name in conditions.split()))


def _set_terms(root: etree._Element, lent: Mapping[str, str], terms: Terms, locale: str) -> None:
    for term in list(root.iterfind(f"{_CSL}locale/{_CSL}terms/{_CSL}term")):
        if term.get("name") in lent.values():
            term.getparent().remove(term)
    for label, lender in lent.items():
        _terms_of(root, locale).extend(_own_terms(lender, terms.forms[label]))


def _terms_of(root: etree._Element, locale: str) -> etree._Element:
    """Return the terms of the style's most particular locale, made if need be."""
    found = next((one for one in root.iterfind(f"{_CSL}locale") if one.get(_LANG) == locale), None)
    if found is None:
        found = etree.Element(f"{_CSL}locale", {_LANG: locale})
        root.insert(1, found)  # behind the info
    terms = found.find(f"{_CSL}terms")
    return terms if terms is not None else etree.SubElement(found, f"{_CSL}terms")


def _own_terms(lender: str, forms: tuple[tuple[str, str], ...]) -> Iterator[etree._Element]:
    for form, pair in (*zip(FORMS, forms, strict=True), ("verb", (_sign(lender),) * 2)):
        term = etree.Element(f"{_CSL}term", name=lender, form=form)
        for tag, word in zip(("single", "multiple"), pair, strict=True):
            etree.SubElement(term, f"{_CSL}{tag}").text = word
        yield term
