"""Essays that have an error of their own, kept out of the site but searched for more."""

from __future__ import annotations

from typing import Any

from pelican.contents import Article

from plugins.essays.model import Reading
from plugins.shared.files import site_path


def is_legible(reading: Reading) -> bool:
    """Tell whether the text of a spoilt essay can be searched for more faults: it was read, and so were its works."""
    return bool(reading.html and reading.metadata) and all(
        found.code != "references-invalid" for found in reading.problems
    )


def spoilt(source_path: str, reading: Reading, generator: Any) -> Article:
    """Return an essay that is in none of Pelican's lists, so that what else is wrong in its text is found as well."""
    essay = Article.__new__(Article)  # its __init__ would announce it to every plugin
    found = reading.metadata
    essay.__dict__ |= {
        "settings": generator.settings,
        "metadata": {},
        "_content": reading.html,
        "_context": generator.context,
        "source_path": source_path,
        "lang": found.get("lang", generator.settings["DEFAULT_LANG"]),
        "references_inline": found.get("references", ()),
        "source_text": reading.source,
        "problem_path": site_path(source_path, generator.settings["PATH"]),
    }
    return essay
