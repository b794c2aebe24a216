"""Whether a page has anything to do with citations: most edits are to pages that need no more of this plugin."""

from __future__ import annotations

from typing import Any


def concerns(html: str) -> bool:
    """Tell whether a page, or a summary, has anything to resolve."""
    return "data-citation=" in html or 'class="footnote"' in html or "[^" in html


def summary_of(content: Any) -> str:
    """Return the HTML of the summary that a text's author wrote, or an empty string."""
    return str(content.metadata.get("standfirst", ""))


def own_style(content: Any) -> Any:
    """Return the name of the style that a text asks for itself, or nothing."""
    return content.metadata.get("citation_style") or content.metadata.get("citation-style")
