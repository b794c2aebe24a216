"""What a text's page shows of other texts, such as the one that was written before it.

A generator says it in `generate_context`, when every text of the site is known. Templates find it in `article.around`.
The press keeps it, as in an edit of single texts nobody knows the others. So a value is data: texts, numbers, lists,
and the classes of a plugin's `model.py`.
"""

from __future__ import annotations

from typing import Any


#: The attribute of a text.
AROUND = "around"


def show(content: Any, name: str, value: Any) -> None:
    """Have a text's page show something of others under a name."""
    content.__dict__.setdefault(AROUND, {})[name] = value
