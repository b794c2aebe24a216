"""Which of CSL's locales a page's language asks for."""

from __future__ import annotations

from plugins.citations.model import Style


#: The locales of CSL; of several for a language the first is its main one.
LOCALES = (
    "af-ZA ar bal-PK bg-BG brh-PK ca-AD cs-CZ cy-GB da-DK de-DE de-AT de-CH el-GR en-US en-GB es-ES es-CL es-MX "
    "et-EE eu fa-IR fi-FI fr-FR fr-CA gl-ES he-IL hi-IN hr-HR hu-HU hy-AM id-ID is-IS it-IT ja-JP km-KH ko-KR la "
    "lij-IT lt-LT lv-LV mn-MN ms-MY nb-NO nl-NL nn-NO pa-PK pl-PL pt-PT pt-BR ro-RO ru-RU sk-SK sl-SI sr-Cyrl-RS "
    "sr-Latn-RS sv-SE th-TH tr-TR uk-UA vi-VN zh-CN zh-TW"
).split()
_DEFAULT = "en-US"
_SAME = {"no": "nb", "nb-no": "nb", "zh-hant": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW", "sr-latn": "sr-Latn-RS"}


def locale_for(lang: str, style: Style, own: str = "") -> str:
    """Return the locale of a page in a language.

    `own` is what the site asks for; else a style's own dialect of the language wins, if the page names none.
    """
    if own:
        return own
    tags = lang.replace("_", "-").lower().split("-")
    for length in range(len(tags), 0, -1):
        name = "-".join(tags[:length])
        if length == 1 and (style.default_locale or "").lower().partition("-")[0] == name:
            return str(style.default_locale)
        if found := _named(_SAME.get(name, name)):
            return found
    return _DEFAULT


def _named(name: str) -> str | None:
    """Return a locale by its name, or the main one of a language."""
    lowered = name.lower()
    exact = next((locale for locale in LOCALES if locale.lower() == lowered), None)
    return exact or next((locale for locale in LOCALES if locale.lower().partition("-")[0] == lowered), None)
