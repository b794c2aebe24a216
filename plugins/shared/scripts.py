"""In which direction a language is written."""

from __future__ import annotations

from markupsafe import Markup


#: Languages written from right to left, unless their tag names another script, and the scripts that are.
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa glk he iw ks lrc mzn nqo pnb prs ps sd syr ug ur yi".split())
SCRIPTS_RIGHT_TO_LEFT = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
_SCRIPT = 4  # letters of a script's name in a language tag


def direction(lang: str) -> str:
    """Return `rtl` or `ltr` for a language tag; a script in it has the last word."""
    primary, *rest = lang.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT and part.isalpha()), "")
    is_rtl = script in SCRIPTS_RIGHT_TO_LEFT if script else primary in RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def attributes(lang: str) -> Markup:
    """Return the attributes of an element whose words are in a language."""
    return Markup('lang="{}" dir="{}"').format(lang, direction(lang))
