"""How long the texts of a .bib become once its `@string`s are put in: each may be made of others, twice and more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


#: Characters that a value may come to.
MAX_LENGTH = 100_000
# A value is pieces with "#" between them: texts in braces or quotation marks, numbers, names.
_NAME = re.compile(r"(?:^|#)\s*([A-Za-z][^\s{}\",=#%()']*)\s*(?=#|$)")


def too_long(blocks: Iterable[Any]) -> Iterator[Any]:
    """Yield the blocks whose values come to more than `MAX_LENGTH` characters."""
    lengths: dict[str, int] = {}
    for block in blocks:
        if type(block).__name__ == "String":
            values = [min(_length(str(block.value), lengths), MAX_LENGTH + 1)]
            lengths[block.key.lower()] = values[0]
        else:
            entry = getattr(block, "ignore_error_block", None) or block
            values = [_length(str(field.value), lengths) for field in getattr(entry, "fields", ())]
        if max(values, default=0) > MAX_LENGTH:
            yield block


def _length(value: str, lengths: Mapping[str, int]) -> int:
    return len(value) + sum(lengths.get(name.lower(), 0) for name in _NAME.findall(value))
