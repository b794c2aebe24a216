"""Turn a page's markers into notes, citations in the text and a list of works: HTML in, HTML out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plugins.citations import notes, placing
from plugins.citations.clean import clean
from plugins.citations.items import formattable
from plugins.citations.marks import Marks, Note, collect, undefined
from plugins.citations.model import Citation, Item, Job, Result, Style, Work
from plugins.citations.pages import Page, set_citation, set_marks
from plugins.citations.settings import CitationSettings
from plugins.shared.html import Element, parse, replace, serialise


Format = Callable[[Job], Result]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A page after its citations.

    `unknown` are keys in no bibliography, `unused` footnotes that no mark leads to, `undefined` marks that lead
    to no footnote, `unprinted` cited works of which the style prints nothing; `cited` are all keys that are cited.
    """

    content: str
    body: str
    works: tuple[Work, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


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
    undefined_names = undefined(root)
    known = frozenset(items) if style else None
    page = Page(root, collect(root, known=known, in_notes=style is not None and style.in_notes))
    unknown = _show_unknown(page.marks, known)
    job = _job(page.marks, items, style, locale)
    result = format_job(job) if job else Result((), ())
    ids = work_ids(entry.key for entry in result.entries)
    for marker, formatted in zip(page.marks.markers, result.citations, strict=True):
        set_citation(page, marker, formatted, ids)
    set_marks(page)
    works = tuple(
        Work(entry.key, ids[entry.key], text, tuple(page.places.get(entry.key, ())))
        for entry in result.entries
        if (text := clean(entry.html))
    )
    return Resolved(
        content=_content(page, works, settings),
        body=_body(page),
        works=works,
        unknown=unknown,
        unused=tuple(page.marks.unused),
        undefined=undefined_names,
        unprinted=_unprinted(page.marks, result),
        cited=tuple(dict.fromkeys(item.id for marker in page.marks.markers for item in marker.citation)),
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


def _content(page: Page, works: tuple[Work, ...], settings: CitationSettings) -> str:
    """Return the page for any theme: its text, the notes, and the works cited."""
    root = copy.deepcopy(page.root)
    if page.marks.notes:
        root.append(notes.endnotes(page.marks.notes, settings.notes_title))
    if works:
        root.append(notes.bibliography(works, settings.bibliography_title))
    return serialise(root)


def _body(page: Page) -> str:
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
