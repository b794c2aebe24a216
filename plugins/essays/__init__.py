"""Front matter and the Markdown set-up: text -> essay.

An essay is a Markdown file below `ARTICLE_PATHS`, a page one below `PAGE_PATHS`. It begins with front matter:
YAML between lines of `---` (the last may be `...`), or Pelican's `Key: value` lines up to a blank line.

    ---
    title: Everywhere under heaven
    date: 2016-12-20
    tags: [China, Privacy]
    summary: The standfirst, one paragraph of *inline* Markdown.
    ---

| key | value |
|---|---|
| `title` | plain text; required |
| `date`, `modified` | `2016-12-20` or `2016-12-20T09:30:00+08:00`; `date` is required in an essay |
| `subtitle`, `category`, `series`, `license` | plain text |
| `slug` | one path segment; default: the file's name without its date |
| `author` or `authors`, `tags` | a list, or text with commas (semicolons if a name holds a comma) |
| `summary` | the standfirst: inline Markdown |
| `status` | `published`, `draft` or `hidden` |
| `lang`, `translation` | a language tag; `true` for a translation |
| `image` | `src` (a file below `content/`), `alt` (required), `caption`, `credit` |
| `references` | a list of CSL items |
| `citation-style` | name of a CSL style |
| `corrections` | a list of `date`, `text`, `was`, `now` |
| `aliases` | a list of old addresses |
| `template`, `save_as`, `url` | as in Pelican; inside the output |

Keys are case-insensitive, and `_` is as good as `-`. An unknown key is an error. An essay of a later day is passed
over until then.

Settings: `ESSAY_EXTRA_KEYS` (keys of the site's own), `ESSAY_TYPOGRIFY` (default True), `ESSAY_FUTURE` (publish essays
of later days, default False), `ESSAY_HIDDEN` (write hidden essays, default True), `ESSAY_MAX_BYTES` (largest source,
default 2,000,000). Pelican's `MARKDOWN` adds extensions and their options, `TYPOGRIFY_DASHES`,
`TYPOGRIFY_IGNORE_TAGS` and `TYPOGRIFY_OMIT_FILTERS` do as in Pelican.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.essays import plugin

    plugin.register()
