from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.essays.model import Reading
from tests.fixtures import Case, read_fixture_file


HERE = Path(__file__).parent
MADE = {"lines", "reading_minutes", "title_html", "summary_html", "standfirst_html", "plain_summary"}
Read = Callable[..., Reading]


@pytest.mark.parametrize("case", read_fixture_file(HERE / "faults.md"), ids=str)
def test_faults(case: Case, read_text: Read) -> None:
    """Each fault of a source is one line with the right number and the fix."""
    problems = read_text(case.given).problems
    lines = [f"{problem}{' [warning]' * (problem.severity == 'warning')}\n" for problem in problems]
    assert "".join(lines) == case.expected


@pytest.mark.parametrize("case", read_fixture_file(HERE / "metadata.md"), ids=str)
def test_metadata(case: Case, read_text: Read) -> None:
    """Front matter in either form becomes plain data."""
    reading = read_text(case.given, "content/essays/2016-12-20-file-name.md")
    assert reading.problems == ()
    found = {key: value for key, value in reading.metadata.items() if key not in MADE}
    assert json.dumps(found, ensure_ascii=False, sort_keys=True) == case.expected.strip()


SOURCE = "---\ntitle: 天下 مرحبا 🙂\ndate: 2016-12-20\n---\nزمن 天下 🙂\n\nSecond.\n"


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.encode(),
        SOURCE.encode("utf-8-sig"),
        SOURCE.replace("\n", "\r\n").encode(),
        SOURCE.replace("\n", "\r").encode(),
    ],
    ids=["plain", "byte order mark", "CRLF", "CR"],
)
def test_encodings(data: bytes, read_text: Read) -> None:
    """Line ends and a byte order mark change nothing, and other scripts pass unharmed."""
    reading = read_text(data)
    assert reading.problems == ()
    assert reading.metadata["title"] == "天下 مرحبا 🙂"
    assert reading.html == "<p>زمن 天下&nbsp;🙂</p>\n<p>Second.</p>"
    assert reading.source == SOURCE


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SOURCE.encode() + b"\xff", "a.md:8: text-encoding: byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"a\r\nb\rc\n\xe9t\xe9", "a.md:4: text-encoding: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (SOURCE.encode() + b"a\n\x00", "a.md:9: text-control: control character U+0000; delete it"),
        (SOURCE.encode() + b"a&#x1b;", "a.md:8: text-control: a character reference stands for U+001B; delete it"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, expected: str, read_text: Read) -> None:
    """The line of the first bad byte is named."""
    assert [str(problem) for problem in read_text(data).problems] == [expected]
