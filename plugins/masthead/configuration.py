"""Write facts into pelicanconf.py: the values of these settings, and not a character beside them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping

from plugins.masthead.model import Refused


def rewritten(source: str, settings: Mapping[str, str]) -> str:
    """Return the source with each setting's value replaced by a literal of the new one."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise Refused(f"pelicanconf.py is not Python, line {error.lineno}; mend it first") from None
    places = {name: _value_of(tree, name) for name in settings}
    data = source.encode()  # positions in a tree count bytes
    starts = _starts(data)
    for name, node in sorted(places.items(), key=lambda place: (-place[1].lineno, -place[1].col_offset)):
        start, end = _span(node, starts)
        data = data[:start] + _literal(settings[name]).encode() + data[end:]
    text = data.decode()
    _confirm(text, settings)
    return text


def _value_of(tree: ast.Module, name: str) -> ast.Constant:
    found = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets)
    ]
    match found:
        case [ast.Constant(value=str()) as value]:
            return value
    raise Refused(f'pelicanconf.py does not say {name} once, as a plain text; write {name} = "" on a line of its own')


def _starts(data: bytes) -> list[int]:
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _span(node: ast.expr, starts: list[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset


def _literal(value: str) -> str:
    """Return a literal in the quotes that need fewer escapes; every escape of JSON is one of Python."""
    return json.dumps(value, ensure_ascii=False) if value.count('"') <= value.count("'") else repr(value)


def _confirm(text: str, settings: Mapping[str, str]) -> None:
    """Read back what was written: a wrong byte here would be code in the owner's hands."""
    tree = ast.parse(text)
    for name, value in settings.items():
        assert _value_of(tree, name).value == value
