"""The table of contents of a long text, made of its headings.

Every article and page has `contents`, a tuple of `Heading`; it is empty where the text has few headings. The words of a
heading are there as phrasing HTML with nothing to click, without notes and citations.

Settings: `CONTENTS_HEADINGS`, the least number of headings that make a table; `CONTENTS_DEPTH`, the level of the last
headings that are in it, 2 or more.

Name this plugin after those that resolve what stands in headings.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.contents import plugin

    plugin.register()
