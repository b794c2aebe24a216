"""What the HTML of notes and works says itself: in the words of the site, of the page's language, or in English."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.citations.settings import CitationSettings
from plugins.shared.words import Words


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one page. A title that the site's settings name has that name in each language."""

    settings: CitationSettings
    words: Words

    @property
    def notes(self) -> str:
        return self.settings.notes_title or self.words.text("notes", "Notes")

    @property
    def works(self) -> str:
        return self.settings.bibliography_title or self.words.text("works_cited", "Works cited")

    @property
    def original(self) -> str:
        return self.settings.original_title or self.words.text("original_title", "Original title")

    @property
    def archived(self) -> str:
        return self.settings.archived_title or self.words.text("archived_copy", "Archived copy")

    def paragraph(self, number: int) -> str:
        """Return the name of the link that is a paragraph's number."""
        return self.words.text("paragraph", "Paragraph {number}", number=number)

    def back(self, number: int, place: int) -> str:
        """Return the name of the link from a note to the place of its mark."""
        if place > 1:
            default = "back to the text, note {number}, place {place}"
            return self.words.text("note_back_place", default, number=number, place=place)
        return self.words.text("note_back", "back to the text, note {number}", number=number)

    def cited(self, kind: str, number: str) -> str:
        """Return the name of the link from a work to a place that cites it: a note (`ref`), or the text."""
        if kind != "ref":
            return self.words.text("cited_in_text", "cited in the text, place {number}", number=number)
        note, _, place = number.partition("-")
        if place:
            default = "cited in note {number}, place {place}"
            return self.words.text("cited_in_note_place", default, number=note, place=place)
        return self.words.text("cited_in_note", "cited in note {number}", number=note)
