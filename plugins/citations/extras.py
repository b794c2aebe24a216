"""What an entry says beyond its style: the original of a translation, and the archived copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from plugins.citations.languages import Languages
from plugins.citations.model import Item
from plugins.citations.wording import Wording


_WEB = re.compile(r"https?://[^\s\"<>]+", re.I)
_MARKUP = re.compile(r"</?(?:i|b|sc|sub|sup|span)(?:\s[^<>]*)?>")  # CSL's, in titles
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def with_extras(entry: str, item: Item, languages: Languages, wording: Wording) -> str:
    """Return an entry with what our own fields say of the work, if it does not say so itself."""
    sentences = (*_original(entry, item, languages, wording), *_archived(entry, item, wording))
    return " ".join((_ended(entry) if sentences else entry, *sentences))


def _ended(entry: str) -> str:
    """Return an entry as a sentence; behind an address a full stop would seem to be of it."""
    said = _TAG.sub("", entry).rstrip()
    return entry if entry.endswith("</a>") or said.endswith((".", "?", "!", "”", "。")) else f"{entry}."


def _original(entry: str, item: Item, languages: Languages, wording: Wording) -> Iterator[str]:
    title, language = _titled(item.get("original"), languages.items)
    if not title or title in unescape(_TAG.sub("", entry)):
        return
    written = escape(title, quote=False)
    marked = (
        f'<span lang="{language}">{written}</span>'
        if _LANGUAGE.fullmatch(language)
        else languages.mark(written, [str(item["id"])])
    )
    yield f"{escape(wording.original)}: {marked}."


def _titled(original: object, items: Mapping[str, Item]) -> tuple[str, str]:
    """Return the title and language of an original, which is a title, an item, or the key of one."""
    work = items.get(original, original) if isinstance(original, str) else original
    if isinstance(work, Mapping):
        title = work.get("title")
        return (_MARKUP.sub("", title) if isinstance(title, str) else ""), str(work.get("language", ""))
    return (work if isinstance(work, str) else ""), ""


def _archived(entry: str, item: Item, wording: Wording) -> Iterator[str]:
    """Yield the link to the archived copy: ours, or an address where Zotero keeps the place in an archive."""
    address = str(item.get("archive-url") or item.get("archive_location") or "")
    if not _WEB.fullmatch(address) or address in unescape(entry):
        return
    link = f'<a href="{escape(address)}">{escape(wording.archived)}</a>'
    day = str(item.get("archive-date", ""))
    yield f'{link}, <time datetime="{day}">{day}</time>.' if _DAY.fullmatch(day) else f"{link}."
