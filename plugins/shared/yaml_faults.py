"""What libyaml says of a broken text, and what would be right."""

from __future__ import annotations

from typing import Any

import yaml


# What libyaml says, by a part of it.
_HINTS = {
    "mapping values are not allowed": 'put a value that holds ": " in quotes',
    "cannot start any token": "put a value that begins with a special character (such as @, % or a tab) in quotes",
    "alphabetic or numeric character": 'put a value that holds "&", "*" or more after its quotes in quotes as a whole',
    "did not find expected key": "check the quotes and the indentation of this line and the one above",
    "could not find expected ':'": 'write "key: value"',
    "unexpected end of stream": "close the quotes or brackets that are open",
    "did not find expected ',' or": "close the bracket that is open",
    "found another document": 'leave out the line "---" that begins another',
    "incompatible YAML document": 'leave out the line that begins with "%"',
}


def mark_of(error: yaml.MarkedYAMLError) -> Any:
    """Return where to mend it: what is never closed is not where libyaml gives up."""
    unclosed = str(error.context).startswith(("while parsing a flow", "while scanning a quoted"))
    return (unclosed and error.context_mark) or error.problem_mark or error.context_mark


def explain(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or "this is not YAML")
    if problem.startswith("but "):
        problem = f"{error.context} {problem}"
    hint = next((hint for part, hint in _HINTS.items() if part in problem), "check the quotes and the indentation")
    return f"{problem}; {hint}"
