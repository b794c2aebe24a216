"""Put pull quotes into a page: an anchor at the words, and in `body` a sidebar before their block."""

from __future__ import annotations

from markupsafe import Markup

from plugins.pullquotes.marks import identity, marks_in, remove_marks
from plugins.pullquotes.model import ATTRIBUTE, PullQuote, Side
from plugins.pullquotes.quotes import Collected
from plugins.shared import html


_ASIDE = Markup(
    '<aside class="pull-quote" aria-hidden="true" data-side="{}" data-pagefind-ignore=""><p>{}</p>{}</aside>'
)
_CREDIT = Markup("<footer>{}</footer>")


def place(root: html.Element, collected: Collected, *, asides: bool, side: Side = "start") -> None:
    """Make every marker the words of its pull quote, or plain words if it has none."""
    left = list(collected)
    for element, _ in list(marks_in(root)):
        found = next((one for one in left if one[0] == identity(element)), None)
        if found:
            left.remove(found)
            if asides:
                block = html.top_block(element, root)
                block.addprevious(aside(found[1], side))
            _anchor(element, found[1])
    remove_marks(root)


def aside(quote: PullQuote, side: Side) -> html.Element:
    """Return the sidebar. Assistive technology passes over it: its words stand in the text."""
    footer = _CREDIT.format(quote.credit) if quote.credit else ""
    element = html.parse(_ASIDE.format(quote.side or side, quote.html, footer))[0]
    element.tail = "\n"
    return element


def _anchor(element: html.Element, quote: PullQuote) -> None:
    del element.attrib[ATTRIBUTE]
    element.set("class", "pulled")
    element.set("id", quote.anchor)
