"""Check what a text's elements say of themselves where browsers would take anything: ids, languages."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from plugins.essays.faults import Faults
from plugins.essays.fields import is_language
from plugins.shared.lines import lines_of
from plugins.shared.scripts import direction


_ID = re.compile(r"""<[a-z][^<>]*?\sid="([^"]+)\"""")
_TAG_WITH_LANG = re.compile(
    r"""(<[a-z][a-z0-9]*\b(?![^<>]*\sdir=)(?:[^>"]|"[^"]*")*?\slang="([^"]*)")((?:[^>"]|"[^"]*")*>)"""
)
_LANG = re.compile(r"""<[a-z][^<>]*?\slang="([^"]+)\"""")


def check(html: str, source: str, faults: Faults) -> None:
    """Warn of ids that several elements have, of which links find the first, and of languages that are none."""
    for name, count in Counter(_ID.findall(html)).items():
        if count > 1:
            line = _last_line(source, f"#{name}", f'id="{name}"', f"id='{name}'")
            faults.add(line, "id-duplicate", f'the id "{name}" is given twice; give one of the two another', "warning")
    for written in dict.fromkeys(map(unescape, _LANG.findall(html))):
        if not is_language(written):
            line = _last_line(source, f"lang={written}", f'lang="{written}"', f"lang='{written}'")
            message = f'"{written}" is no language tag; write one such as "en", "de-CH" or "zh-Hans"'
            faults.add(line, "lang-invalid", message, "warning")


def directed(html: str, page: str) -> str:
    """Return the HTML of a text with directions where there are words of both: each language that is named has its own.

    A direction that the author wrote stays.
    """
    tags = {direction(unescape(written)) for written in _LANG.findall(html)} if ' lang="' in html else set()
    if not tags - {direction(page)}:
        return html
    return _TAG_WITH_LANG.sub(lambda tag: f'{tag[1]} dir="{direction(unescape(tag[2]))}"{tag[3]}', html)


def _last_line(source: str, *forms: str) -> int:
    return max(line for form in forms for line in lines_of(form, source))
