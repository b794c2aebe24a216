from __future__ import annotations

from dataclasses import dataclass


PREFIX = "CITATIONS"
#: The bibliographies that a site has which names none, below content/.
BIBLIOGRAPHIES = ("bibliography.json", "bibliography.yaml", "bibliography.yml", "bibliography.bib")


@dataclass(frozen=True, slots=True)
class CitationSettings:
    """What a site may set; each field is the setting `CITATIONS_…`."""

    style: str = "chicago-notes-bibliography-17th-edition"
    locale: str = ""  # of pages in the site's language; empty: that which goes with the language
    bibliography: tuple[str, ...] = ()  # files below content/; empty: every bibliography.{json,yaml,yml,bib} there
    notes_title: str = ""  # empty, as the titles below: in the language of the page
    bibliography_title: str = ""
    original_title: str = ""  # of a translation, in its entry
    archived_title: str = ""  # the link to it, in an entry
    essay_type: str = "post-weblog"  # what an essay is to who cites it, a type of CSL
    max_bytes: int = 5_000_000  # of a bibliography
    timeout: int = 60  # seconds that one page's citations may take
    doi_service: str = "https://doi.org"  # where `inv cite add` asks for a DOI, and for an ISBN
    isbn_service: str = "https://openlibrary.org"
