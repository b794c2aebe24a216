"""Pull quotes: words marked where they stand, lifted into a sidebar beside their paragraph.

    A sum has to have weights. [Whoever sets the rates governs.]{.pull side=end}

`[words]{.pull}` marks words in place; they may hold emphasis, links and citations. Options, in any order:

| option | holds |
|---|---|
| `side=start`, `side=end` | the margin the sidebar stands in |
| `text="shorter … form"` | the sidebar shows these of the marked words, in order, an ellipsis where any are left out |
| `cite=@key` | the work whose words these are; required inside a quotation, shown under the sidebar |
| `lang=zh-Hans` | the language of the words |

`[words]{.class #id lang=zh-Hans}` without `.pull` is a plain span.

Every article and page has `pull_quotes`, a tuple of `PullQuote`; `{{ quote }}` prints one in any theme.

Settings: `PULLQUOTES_SIDE` (`"start"` or `"end"`) for pull quotes that name no side.
"""

from __future__ import annotations


BY_TEXT = True  # each text is resolved by itself, and notes what it rests on (docs/design/house.md)


def register() -> None:
    from plugins.pullquotes import plugin

    plugin.register()
