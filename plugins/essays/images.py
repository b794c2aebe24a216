"""Find images without an alternative text that are not marked as decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape


_IMAGE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*+>""", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_ATTRIBUTE = re.compile(r"""[\s"']([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""", re.I)
_DECORATIVE = "decorative"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """An image that says nothing to who cannot see it, and raw texts to find its line by, the best first."""

    message: str
    needles: tuple[str, ...]


def without_alt(html: str, source: str) -> Iterator[Unnamed]:
    """Yield the images of a text that lack words. `source` is the Markdown that it was written in.

    In HTML of the author's own, `alt=""` is the mark of decoration; Markdown writes it where words are left out.
    """
    for tag in dict.fromkeys(_IMAGE.findall(_COMMENT.sub("", html))):
        found = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(tag)
        }
        if found.get("alt", "").strip():
            continue
        src, is_own = found.get("src", ""), tag in source
        if not is_own and _DECORATIVE not in found.get("class", "").split():
            message = f'the image "{src}" has no text; say what it shows, or mark it {{.{_DECORATIVE}}}'
            yield Unnamed(message, (f"![]({src}", f"![](<{src}", f"[]({src}", src))
        elif is_own and "alt" not in found:
            yield Unnamed(
                f'the image "{src}" has no alt; say what it shows, or write alt="" for decoration', (tag, src)
            )
