"""Turn a page's markers into notes, citations in the text and a list of works: HTML in, HTML out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plugins.citations import notes, placing
from plugins.citations.adapting import Adapted
from plugins.citations.clean import clean
from plugins.citations.extras import with_extras
from plugins.citations.footnotes import undefined
from plugins.citations.html import element
from plugins.citations.ids import Ids
from plugins.citations.languages import Languages
from plugins.citations.marks import Marker, Marks, Note, collect
from plugins.citations.model import Item, Job, Name, Result, Style, Work
from plugins.citations.narrative import Names
from plugins.citations.pages import Page, set_citation, set_contents, set_marks
from plugins.citations.paragraphs import add_links, give_ids
from plugins.citations.settings import CitationSettings
from plugins.citations.summary import Summary, plain_names
from plugins.citations.wording import Wording
from plugins.citations.written import as_written
from plugins.shared.html import Element, parse, replace, serialise
from plugins.shared.words import NO_WORDS, Words


Format = Callable[[Job], Result]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A page after its citations.

    `summary` is the standfirst, if it cited anything; `names` are plain names of the authors that sentences
    name by key. `unknown` are keys in no bibliography, `loose` the same in a sentence, as written, where they may be
    handles, `unused` footnotes that no mark leads to, `undefined` marks that lead to no footnote, `unprinted` cited
    works of which the style prints nothing; `cited` are all keys that are cited.
    """

    content: str
    body: str
    works: tuple[Work, ...] = ()
    summary: str = ""
    names: tuple[Name, ...] = ()
    unknown: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
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
    words: Words = NO_WORDS,
    summary: str = "",
    end: str = "",
    numbers: bool = False,
    adapted: Adapted | None = None,
) -> Resolved:
    """Resolve a page and its summary. Without a style every citation is shown as it was written.

    The page's ids end in `end`: with one that is its own, several pages' may stand on one. With `numbers`, paragraphs
    have ids, and their numbers in `body`. `adapted` is shared by pages that cite the same works.
    """
    adapted = adapted or Adapted()
    root, short, wording, ids = parse(html), Summary.read(summary), Wording(settings, words), Ids(end)
    if numbers:  # before there are names of authors, which depend on what stands before them
        give_ids(root)
    ids.extend(root)
    undefined_names = undefined(root)
    known = frozenset(items) if style else None
    in_notes = style is not None and style.in_notes
    languages = Languages(items, locale)
    page = Page(root, collect(root, known=known, in_notes=in_notes, ids=ids), languages, in_notes, ids)
    unknown = _show_unknown(page.marks, known)
    named = [key for key in short.named() if key in items]
    job = _job(page.marks, named, style, locale, lambda key: adapted(items[key]))
    result = format_job(job) if job else Result((), ())
    entries = {one.key: languages.mark(text, [one.key]) for one in result.entries if (text := clean(one.html))}
    page.entries = ids.works(entries)
    names = {one.key: _sound(one, languages) for one in result.names}
    page.names = Names(names, in_notes)
    for marker, formatted in zip(page.marks.markers, result.citations, strict=True):
        set_citation(page, marker, formatted)
    set_marks(page)
    set_contents(page)
    works = tuple(_work(one, page, items[one[0]], wording, adapted) for one in entries.items())
    return Resolved(
        content=_content(page, works, wording),
        body=_body(page, wording, numbers=numbers),
        works=works,
        summary=short.settled(Names(names, in_notes)) if short.cited else "",
        names=plain_names(names.values(), in_full=in_notes),
        unknown=_distinct(*unknown, *(key for key in short.cited_keys() if style and key not in items)),
        loose=_distinct(*page.marks.loose, *short.loose(items)),
        unused=tuple(page.marks.unused),
        undefined=undefined_names,
        unprinted=_unprinted(page.marks, result),
        cited=_cited(page.marks, short, items),
    )


def _work(entry: tuple[str, str], page: Page, item: Item, wording: Wording, adapted: Adapted) -> Work:
    key, text = entry
    shown = with_extras(text, item, page.languages, wording)
    return Work(key, page.entries[key], shown, tuple(page.places.get(key, ())), adapted.coins(item))


def _cited(marks: Marks, short: Summary, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Return the works that a page and its summary cite."""
    return _distinct(
        *(item.id for marker in marks.markers for item in marker.citation),
        *(key for key in (*short.named(), *short.cited_keys()) if key in items),
    )


def _sound(name: Name, languages: Languages) -> Name:
    return Name(name.key, *(languages.mark(clean(html), [name.key]) for html in (name.full, name.short)))


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _show_unknown(marks: Marks, known: frozenset[str] | None) -> tuple[str, ...]:
    """Show citations that cannot be formatted as they were written; return the keys that are not known."""
    sound, unknown = [], []
    for marker in marks.markers:
        missing = [item.id for item in marker.citation if known is not None and item.id not in known]
        if missing or known is None:
            _show(marker)
            unknown += missing
        else:
            sound.append(marker)
    marks.markers = sound
    return tuple(dict.fromkeys(unknown))


def _show(marker: Marker) -> None:
    words = marker.element.text_content() if marker.bare else as_written(marker.citation)
    replace(marker.element, element("span", words, class_="citation-unknown", data_apparatus=""))


def _job(
    marks: Marks, named: Iterable[str], style: Style | None, locale: str, item_of: Callable[[str], Item]
) -> Job | None:
    """Return what is to be formatted; `named` are keys of works named in the summary."""
    narrative = [marker.citation[0].id for marker in marks.markers if marker.bare]
    names = tuple(dict.fromkeys((*narrative, *named)))
    if style is None or not (marks.markers or names):
        return None
    cited = dict.fromkeys((*(item.id for marker in marks.markers for item in marker.citation), *names))
    return Job(style, locale, marks.placed(), tuple(map(item_of, cited)), names)


def _content(page: Page, works: tuple[Work, ...], wording: Wording) -> str:
    """Return the page for any theme: its text, the notes, and the works cited."""
    root = copy.deepcopy(page.root)
    if page.marks.notes:
        root.append(notes.endnotes(page.marks.notes, wording))
    if works:
        root.append(notes.bibliography(works, wording))
    return serialise(root)


def _body(page: Page, wording: Wording, *, numbers: bool) -> str:
    """Return the page with each note beside the block that holds its first mark."""
    root = page.root
    if numbers:
        add_links(root, wording.paragraph)
    by_number = {f"#{note.id}": note for note in page.marks.notes}
    for block in list(root):
        place = block
        for note in _notes_of(block, by_number):
            aside = notes.aside(note, wording)
            place.addnext(aside)
            aside.tail, place.tail = place.tail, "\n"
            place = aside
    return serialise(root)


def _notes_of(block: Element, waiting: dict[str, Note]) -> list[Note]:
    """Take the notes whose first mark is in a block, each followed by those of its own text."""
    found = []
    for mark in block.iter("sup"):
        link = mark.find("a") if placing.is_note_mark(mark) else None
        note = waiting.pop(link.get("href", ""), None) if link is not None else None
        if note is not None:
            found.append(note)
            found += _notes_of(note.text, waiting) if note.text is not None else []
    return found


def _unprinted(marks: Marks, result: Result) -> tuple[str, ...]:
    """Return the works that were meant to be seen and are not: a suppressed author may be all that there was."""
    pairs = zip(marks.markers, result.citations, strict=True)
    empty = [marker.citation for marker, done in pairs if not clean(done.note + done.text).strip(". ")]
    return _distinct(*(item.id for citation in empty for item in citation if item.mode == "normal"))
