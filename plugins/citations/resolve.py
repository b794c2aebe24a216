"""Turn a page's markers into notes, citations in the text and a list of works: HTML in, HTML out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from plugins.citations import notes, placing
from plugins.citations.clean import clean
from plugins.citations.items import formattable
from plugins.citations.marks import Marker, Marks, Note, collect
from plugins.citations.model import Citation, Formatted, Item, Job, Result, Style, Work
from plugins.citations.settings import CitationSettings
from plugins.shared.html import Element, insert, parse, replace, serialise


Format = Callable[[Job], Result]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A page after its citations.

    `unknown` are keys in no bibliography, `unused` footnotes that no mark leads to, `unprinted` cited works of
    which the style prints nothing.
    """

    content: str
    body: str
    works: tuple[Work, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()


@dataclass(slots=True)
class _Page:
    """A page in work: its tree, its marks, and where each work is cited."""

    root: Element
    marks: Marks
    places: dict[str, list[str]] = field(default_factory=dict)
    raised: list[Element] = field(default_factory=list)  # what stands as a mark does, and moves behind punctuation

    def cite(self, citation: Citation, place: str) -> None:
        for item in citation:
            places = self.places.setdefault(item.id, [])
            if place not in places:
                places.append(place)


def concerns(html: str) -> bool:
    """Tell whether a page has anything to resolve."""
    return "data-citation=" in html or 'class="footnote"' in html


def resolve(
    html: str,
    *,
    items: Mapping[str, Item],
    style: Style | None,
    locale: str,
    format_job: Format,
    settings: CitationSettings,
) -> Resolved:
    """Resolve a page. Without a style every citation is shown as it was written."""
    root = parse(html)
    known = frozenset(items) if style else None
    page = _Page(root, collect(root, known=known, in_notes=style is not None and style.in_notes))
    unknown = _show_unknown(page.marks, known)
    job = _job(page.marks, items, style, locale)
    result = format_job(job) if job else Result((), ())
    ids = work_ids(entry.key for entry in result.entries)
    for marker, formatted in zip(page.marks.markers, result.citations, strict=True):
        _set_citation(page, marker, _linked(formatted, ids))
    _set_marks(page)
    works = tuple(
        Work(entry.key, text, tuple(page.places.get(entry.key, ())))
        for entry in result.entries
        if (text := clean(entry.html))
    )
    return Resolved(
        content=_content(page, works, ids, settings),
        body=_body(page),
        works=works,
        unknown=unknown,
        unused=tuple(page.marks.unused),
        unprinted=_unprinted(page.marks, result),
    )


def work_ids(keys: Iterable[str]) -> dict[str, str]:
    """Return an id for each key: letters, digits and `_.-` of it, told apart by a number where that is not enough."""
    ids: dict[str, str] = {}
    taken = set()
    for key in keys:
        base = name = "work-" + re.sub(r"[^A-Za-z0-9_.-]+", "-", key)
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        ids[key] = name
    return ids


def _show_unknown(marks: Marks, known: frozenset[str] | None) -> tuple[str, ...]:
    """Show citations that cannot be formatted as they were written; return the keys that are not known."""
    sound, unknown = [], []
    for marker in marks.markers:
        missing = [item.id for item in marker.citation if known is not None and item.id not in known]
        if missing or known is None:
            replace(marker.element, _as_written(marker.citation))
            unknown += missing
        else:
            sound.append(marker)
    marks.markers = sound
    return tuple(dict.fromkeys(unknown))


def _as_written(citation: Citation) -> Element:
    keys = "; ".join(("-" if item.mode == "suppress-author" else "") + f"@{item.id}" for item in citation)
    return notes.element("span", f"[{keys}]", class_="citation-unknown", data_apparatus="")


def _job(marks: Marks, items: Mapping[str, Item], style: Style | None, locale: str) -> Job | None:
    if style is None or not marks.markers:
        return None
    cited = {item.id: items[item.id] for marker in marks.markers for item in marker.citation}
    return Job(style, locale, marks.placed(), tuple(formattable(item) for item in cited.values()))


def _linked(formatted: Formatted, ids: Mapping[str, str]) -> Formatted:
    """Return a sound citation whose links lead to the works' entries."""

    def target(match: re.Match[str]) -> str:
        return f'href="#{ids.get(unquote(match[1]).replace("&amp;", "&"), "")}"'

    text = re.sub(r'href="#ref-([^"]*)"', target, clean(formatted.text))
    return Formatted(text, clean(formatted.note))


def _set_citation(page: _Page, marker: Marker, formatted: Formatted) -> None:
    if marker.inside:
        _set_inside(page, marker, formatted)
    elif marker.note:
        _set_note(page, marker, marker.note, formatted)
    else:
        _set_in_text(page, marker, formatted)


def _set_inside(page: _Page, marker: Marker, formatted: Formatted) -> None:
    assert marker.note is not None
    text = formatted.note if marker.own_sentence and formatted.note else formatted.text
    following = (marker.element.tail or "").lstrip()[:1]
    if text.endswith(".") and following and following in ".,;:!?":
        text = text.removesuffix(".")
    page.cite(marker.citation, marker.note.mark_id(1))
    replace(marker.element, *_parts(text))


def _set_note(page: _Page, marker: Marker, note: Note, formatted: Formatted) -> None:
    note.text = notes.paragraph(formatted.note)
    page.cite(marker.citation, note.mark_id(1))
    if formatted.text:
        _insert_before(marker.element, formatted.text)
    note.marks.append(marker.element)
    page.raised.append(marker.element)


def _set_in_text(page: _Page, marker: Marker, formatted: Formatted) -> None:
    place = f"cite-{sum(len(places) for places in page.places.values()) + 1}"
    made = parse(formatted.text)
    made.tag = "span"
    for name, value in (("class", "cited"), ("data-apparatus", ""), ("id", place)):
        made.set(name, value)
    page.cite(marker.citation, place)
    replace(marker.element, made)
    if formatted.text.startswith("<sup>"):
        page.raised.append(made)


def _parts(html: str) -> list[Element | str]:
    """Return the text and elements of a fragment."""
    root = parse(html)
    parts: list[Element | str] = [root.text or ""]
    for child in list(root):
        tail, child.tail = child.tail or "", None
        parts += [child, tail]
    return parts


def _insert_before(element: Element, html: str) -> None:
    parent = element.getparent()
    assert parent is not None
    index = parent.index(element)
    for part in _parts(html):
        index = insert(parent, index, part)


def _set_marks(page: _Page) -> None:
    """Put the marks of all notes in their places."""
    raised = {element: element for element in page.raised}
    for note in page.marks.notes:
        for place, element in enumerate(note.marks, start=1):
            mark = notes.mark(note, place)
            replace(element, mark)
            if element in raised:
                raised[element] = mark
    for mark in raised.values():
        placing.settle(mark)
    placing.separate(page.root)
    for note in page.marks.notes:
        if note.text is not None:
            placing.separate(note.text)


def _content(page: _Page, works: tuple[Work, ...], ids: dict[str, str], settings: CitationSettings) -> str:
    """Return the page for any theme: its text, the notes, and the works cited."""
    root = copy.deepcopy(page.root)
    if page.marks.notes:
        root.append(notes.endnotes(page.marks.notes, settings.notes_title))
    if works:
        root.append(notes.bibliography(works, ids, settings.bibliography_title))
    return serialise(root)


def _body(page: _Page) -> str:
    """Return the page with each note beside the block that holds its first mark."""
    root = page.root
    by_number = {f"#note-{note.number}": note for note in page.marks.notes}
    for block in list(root):
        place = block
        for note in _notes_of(block, by_number):
            aside = notes.aside(note)
            place.addnext(aside)
            aside.tail, place.tail = place.tail, "\n"
            place = aside
    return serialise(root)


def _notes_of(block: Element, waiting: dict[str, Note]) -> list[Note]:
    """Take the notes whose first mark is in a block, each followed by those of its own text."""
    found = []
    for mark in block.iter("sup"):
        link = mark.find("a") if placing.is_mark(mark) else None
        note = waiting.pop(link.get("href", ""), None) if link is not None else None
        if note is not None:
            found.append(note)
            found += _notes_of(note.text, waiting) if note.text is not None else []
    return found


def _unprinted(marks: Marks, result: Result) -> tuple[str, ...]:
    pairs = zip(marks.markers, result.citations, strict=True)
    empty = [marker.citation for marker, done in pairs if not clean(done.note + done.text).strip(". ")]
    return tuple(dict.fromkeys(item.id for citation in empty for item in citation))
