"""What every style prints of a work, and an item does not say."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.citations.items import NAMES
from plugins.citations.model import Item


_LAW = frozenset("legal_case legislation bill regulation treaty hearing".split())
# Works without a title of their own: letters, posts and talks are often told by what they are.
_UNTITLED = frozenset("personal_communication interview post review review-book speech".split())
_NOBODY = _LAW | frozenset("periodical classic entry-dictionary entry-encyclopedia map standard".split())
_DATED = frozenset(
    "article article-journal article-magazine article-newspaper book chapter collection dataset hearing interview "
    "legal_case motion_picture pamphlet paper-conference patent personal_communication post post-weblog report review "
    "review-book song speech thesis".split()
)
_CONTAINED = frozenset(
    "article-journal article-magazine article-newspaper chapter entry-dictionary entry-encyclopedia".split()
)
_WHOSE = (NAMES - {"recipient", "reviewed-author"}) | {"publisher", "authority", "container-title"}
_NAMED = {"article-journal": "the journal", "article-magazine": "the magazine", "article-newspaper": "the newspaper"}


def lacks(item: Item) -> Iterator[str]:
    """Yield a message for each thing that is wanted."""
    for wanted in _wanted(item):
        yield f'item "{item["id"]}" ({item["type"]}) has no {wanted}'


def _wanted(item: Item) -> Iterator[str]:
    kind = str(item["type"])
    if kind not in _UNTITLED and not item.get("title") and not item.get("genre"):
        yield "title; write one"
    if kind not in _NOBODY and not any(item.get(name) for name in _WHOSE):
        yield "author, editor or publisher; write who is answerable for it"
    if kind in _DATED and not any(item.get(name) for name in ("issued", "status", "original-date", "event-date")):
        yield 'date; write when it was issued, or "n.d." if nobody knows'
    if kind in _CONTAINED and not item.get("container-title"):
        yield f"container-title; write {_NAMED.get(kind, 'the work')} that it is in"
    if kind == "webpage" and not item.get("URL"):
        yield "URL; write its address"
