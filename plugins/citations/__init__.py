"""Citations in Pandoc's syntax, formatted by CSL.

In an essay: `[@key]`, `[@key, p. 20]`, `[see @a, chap. 3; @b and passim]`, `[-@key]`, `[@{odd key}]`,
`[@key{p. 3}]`, and in the sentence `@key`, `@key [p. 3; see also @b]`, `-@key`, `@{odd key}`. Keys are those of
the bibliography: `content/bibliography.json` (CSL-JSON), `.yaml` (CSL-YAML) or `.bib` (BibTeX, BibLaTeX), and
`references` in the essay's front matter. Citations and Markdown's own footnotes share one numbering.

Of what published texts cite, and of essays themselves, there are files (`references.json`, `cite.json`, and the same in
BibTeX and RIS). Paragraphs of essays have ids made of their first words.

Settings: `CITATIONS_STYLE` (a style's name, or the path of a `.csl` file of the site), `CITATIONS_LOCALE` (of pages
in the site's language), `CITATIONS_BIBLIOGRAPHY` (files below `content/`, instead of those above),
`CITATIONS_NOTES_TITLE`, `CITATIONS_BIBLIOGRAPHY_TITLE`, `CITATIONS_ORIGINAL_TITLE`, `CITATIONS_ARCHIVED_TITLE`,
`CITATIONS_ESSAY_TYPE` (what an essay is to who cites it),
`CITATIONS_TIMEOUT` (seconds for one page), `CITATIONS_DOI_SERVICE` and `CITATIONS_ISBN_SERVICE` (whom `inv cite add`
asks). An essay's `citation-style` overrides the site's style, its `lang` the locale.

The command: `python -m plugins.citations`, which is `inv cite`, lists and adds works.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.citations import plugin

    plugin.register()
