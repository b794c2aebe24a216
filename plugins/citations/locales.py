"""Which of CSL's locales a page's language asks for."""

from __future__ import annotations

from plugins.citations.model import Style


#: The main dialect of a language, as in the CSL locales repository.
_MAIN = {
    "af": "af-ZA", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR",
    "en": "en-US", "es": "es-ES", "et": "et-EE", "eu": "eu", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
    "he": "he-IL", "hr": "hr-HR", "hu": "hu-HU", "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH",
    "ko": "ko-KR", "lt": "lt-LT", "lv": "lv-LV", "mn": "mn-MN", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO",
    "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-RS",
    "sv": "sv-SE", "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip


def locale_for(lang: str, style: Style) -> str:
    """Return the locale of a page in a language; a style's own dialect of that language wins."""
    language, _, region = lang.replace("_", "-").partition("-")
    language = language.lower()
    if region:
        return f"{language}-{region.upper()}" if len(region) == len("US") else f"{language}-{region}"
    if style.default_locale and style.default_locale.partition("-")[0] == language:
        return style.default_locale
    return _MAIN.get(language, "en-US")
