"""Spoil texts as slips, broken tools and hostile hands do; the same moves on the same text spoil it alike."""

# ruff: noqa: E501, Q003 - lists of marks are read across, and hold quotes of every kind

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.demo import DEMO
from tests.fixtures import read_fixture_file


ROOT = Path(__file__).resolve().parents[2]
_WINDOW = 1800  # bytes of an essay's text in one seed: all syntax occurs, and a mutant takes milliseconds
_FIXTURES = (
    "essays/faults.md",
    "essays/metadata.md",
    "citations/syntax.md",
    "citations/notes.md",
    "pullquotes/syntax.md",
)

# What Markdown, YAML, BibTeX, HTML and our own syntax take for more than a letter.
_MARKS = (
    "[", "]", "(", ")", "{", "}", "<", ">", "*", "_", "**", "`", "```\n", "~~~\n", "\n\n", "\n", "    ", "\t", "> ", "- ",
    "1. ", "# ", "\n===\n", "\n---\n", "---\n", "...\n", "|", "\n|-|-|\n", "\\", "&", "&#0;", "&#x1b;", "&lt;script&gt;",
    "&#xD800;", "![", "](", "](javascript:x)", "](//)", "](http://[)", "]({filename}x.md)", "]({static}%00)", "<b", "</p>",
    "<!--", "-->", "<![CDATA[", "<?x", "<svg/onload=x>", "<math><mi>", "<table><td>", "<a href='", 'style="', "<p markdown=1>",
    "[^", "[^1]", "[^1]: ", "\n[^1]:\n    ", "*[HTML]: x\n", "{: #a .b c=d }", "{: ", "{.pull}", "{.pull text=\"…\"}",
    "{.pull text=\"a … b\"}", "{.pull side=end cite=@x}", "{lang=zh-Hans}", "{.pull text='", "[@", "[@x]", "[@{", "@x [", "[-@x, p. 2]",
    "[@x{p. }; @y{", "[see @x, pp. 1-2 and *passim*; -@y]", "@", ";", "\"", "'", "“", "”", "…", "...", "--", "$", "=", ":", ": ", ",", "%",
)  # fmt: skip
_DATA_MARKS = (
    "!!python/object:x ", "&a ", "*a", "<<: ", "!x", "? ", "| \n", ">-\n", "%YAML 9\n", "null", "~", "2024-13-45", "0x10", "1e999", "-.inf",
    "date: 2024-02-30\n", "title:\n", "references: [{id: x}]\n", "references:\n- id: x\n  author: 7\n", "tags: [[]]\n", "image: {}\n",
    "image: {src: ../x, alt: y}\n", "slug: ../../x\n", "save_as: /etc/x\n", "lang: '\"'\n", "status: Draft\n", "corrections: [1]\n",
    "aliases: [a, /b/]\n", "template: ../x\n", "modified: 0000-00-00\n", "date: 9999-12-31T23:59:59+23:59\n", "date: 0001-01-01T00:00:00+14:00\n",
    "@book{", "@string{x = ", "@comment{", "@preamble{", "# \"", "{\\'e}", "\\alpha", "author = {", "and ", "date = {2020/..}", "crossref = {x},",
    "{{", "}}", "NaN", "Infinity", "\\u0000", "\\ud800", "\"id\": 7", "\"issued\": {\"date-parts\": [[]]}", "\"author\": [null]", "1e309", "[[[[",
)  # fmt: skip
_ODDITIES = (
    "\0", "\x01", "\x02", "\x03", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u200d", "\ufeff", "\ufffe", "\ufffd", "\u0301" * 9, "\r", "\r\n",
    "\v", "\f", "\U0010ffff", "\U000e0001", "天下", "ﬃ", "İ", "ß", "ſ", "\u1100\u1161", "👩‍👩‍👧", "\u00a0", "\u3000", "\u00ad", "ǅ", "١", "²",
    "\x02wzxhzdk:0\x03", "\x02amp\x03", "klzzwxh:0000", "STX", "xn--", "\u034f",
)  # fmt: skip
_BROKEN = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00")
TOKENS = (*(token.encode() for token in (*_MARKS, *_DATA_MARKS, *_ODDITIES)), *_BROKEN)
KINDS = ("insert", "replace", "run", "nest", "delete", "repeat", "flip", "move", "cut")


class Move(NamedTuple):
    kind: str
    at: int  # thousandths of the text
    size: int
    token: bytes


MOVES = st.lists(
    st.builds(Move, st.sampled_from(KINDS), st.integers(0, 1000), st.integers(1, 400), st.sampled_from(TOKENS)),
    min_size=1,
    max_size=6,
)


def mutate(data: bytes, moves: Sequence[Move]) -> bytes:
    for move in moves:
        data = _moved(data, move)
    return data


def _moved(data: bytes, move: Move) -> bytes:
    at = len(data) * move.at // 1000
    start, end, token, piece = data[:at], data[at:], move.token, data[at : at + move.size]
    match move.kind:
        case "insert":
            return start + token + end
        case "replace":
            return start + token + end[move.size :]
        case "run":
            return start + token * move.size + end
        case "nest":
            return start + (token + b" ") * (move.size // 4) + end
        case "delete":
            return start + end[move.size :]
        case "repeat":
            return start + piece * (2 + move.size % 7) + end
        case "flip":
            return start + bytes([(end or b"\0")[0] ^ (1 << move.size % 8)]) + end[1:]
        case "move":
            return piece + start + end[move.size :]
        case _:
            return start


def essays() -> tuple[bytes, ...]:
    """Return seeds: the demo's essays and the front matters and texts of the fixtures, in pieces."""
    whole = [path.read_bytes() for path in sorted(DEMO.glob("*s/*.md"))]
    given = [case.given for name in _FIXTURES for case in read_fixture_file(ROOT / "tests" / name)]
    headed = [text if text.startswith("---") else f"---\ntitle: A\ndate: 2024-01-01\n---\n{text}" for text in given]
    return (*(piece for data in whole for piece in _pieces(data)), *(text.encode() for text in headed))


def _pieces(data: bytes) -> Iterator[bytes]:
    head, body = data[: data.index(b"\n---\n") + 5], data[data.index(b"\n---\n") + 5 :]
    for start in range(0, len(body), _WINDOW):
        yield head + body[start : start + _WINDOW]


def bibliographies() -> tuple[tuple[str, bytes], ...]:
    """Return seeds: bibliographies with the names that tell their formats."""
    files = [*sorted(DEMO.glob("bibliography.*")), *sorted((ROOT / "tests/citations/data").glob("*s.*"))]
    found = [(f"b{path.suffix}", path.read_bytes()[: 2 * _WINDOW]) for path in files if path.suffix != ".md"]
    return (*found, *((name, text.encode()) for name, text in _SMALL))


_SMALL = (
    ("b.json", '[{"id": "x", "type": "book", "title": "T", "author": [{"family": "F"}], "issued": {"date-parts": [[1999, 2]]}}]'),
    ("b.json", '{"references": [{"id": "x", "type": "bill", "URL": "https://a.example/"}]}'),
    ("b.yaml", "- id: x\n  type: book\n  author:\n  - family: F\n    given: G\n  issued: 1999-02\n"),
    ("b.bib", "@book{x,\n  author = {F, G and {The O}},\n  title = {A {T}: \\emph{b}},\n  date = {1999-02}\n}\n@string{p = {P}}\n"),
    ("b.bib", "@article{y, author = \"F, G\", journal = p # { and}, year = 1999, pages = {1--2}}\n"),
)  # fmt: skip
