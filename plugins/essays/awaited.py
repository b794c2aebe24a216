"""The file that an essay would have in the output, if it were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.essays import dates
from plugins.essays.model import Kind


_PREFIX: dict[Kind, str] = {"essay": "ARTICLE", "page": "PAGE"}


def save_as(found: Mapping[str, Any], settings: Mapping[str, Any], kind: Kind) -> str:
    """Return the file by a source's metadata and Pelican's settings, or an empty string if it cannot be told."""
    if "save_as" in found or "slug" not in found:
        return str(found.get("save_as", ""))
    lang = found.get("lang", settings["DEFAULT_LANG"])
    values = {"slug": found["slug"], "lang": lang, "date": dates.parse(found.get("date", ""))}
    setting = f"{_PREFIX[kind]}_SAVE_AS" if lang == settings["DEFAULT_LANG"] else f"{_PREFIX[kind]}_LANG_SAVE_AS"
    try:
        return str(settings[setting]).format(**values)
    except (LookupError, TypeError, ValueError):  # a pattern of the site's own may want what is not known
        return ""
