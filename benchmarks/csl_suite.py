"""Run the official CSL test suite through the engine as the site uses it, and print the share that passes.

    python -m benchmarks.csl_suite path/to/test-suite/processor-tests/humans [--failures]

The suite is `citation-style-language/test-suite` on GitHub; it is not part of this repository. A test passes if what
`Engine` and `clean` make of it is what the suite expects, markup and all. In a note pandoc sets a capital first and
a full stop last, by design; with these two allowed for, notes are counted apart.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.citations import labels, styles
from plugins.citations.adapting import adapted
from plugins.citations.clean import clean
from plugins.citations.engine import Engine, EngineError
from plugins.citations.items import formattable, normalised
from plugins.citations.model import Citation, CitationItem, Job, PlacedCitation


_SECTION = re.compile(r">>=+ ([A-Z-]+) =+>>(.*?)<<=+ \1 =+<<", re.S)
_SPECIAL = re.compile(r"([\\`*_{}\[\]#+!<>@^~|$])")
_BARE = re.compile(r"<span>((?:(?!</?span[ >]).)*)</span>", re.S)
_TAGS = {"em": "i", "strong": "b"}


@dataclass(frozen=True, slots=True)
class Test:
    """A test of the suite, by the names of its sections."""

    name: str
    sections: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> Test:
        text = path.read_text(encoding="utf-8-sig")
        return cls(path.stem, {match[1]: match[2].strip("\n") for match in _SECTION.finditer(text)})

    @property
    def is_bibliography(self) -> bool:
        return self.sections["MODE"].strip().startswith("bibliography")

    def expected(self) -> str:
        """Return what is printed: the citations in turn, or the entries, with a space between."""
        result = self.sections["RESULT"].strip()
        if self.is_bibliography:
            return _joined(_entries(result))
        return _joined(re.sub(r"^(?:>>|\.\.)\[\d+\] ", "", line.strip()) for line in result.split("\n"))

    def citations(self, items: list[dict[str, Any]], *, in_notes: bool) -> Iterator[PlacedCitation]:
        """Yield the citations in the order of the document."""
        if "CITATIONS" in self.sections:
            for citation in _in_order(json.loads(self.sections["CITATIONS"])):
                note = citation.get("properties", {}).get("noteIndex", 0)
                yield PlacedCitation(_citation(citation["citationItems"]), note if in_notes else 0)
            return
        groups = json.loads(self.sections.get("CITATION-ITEMS", "null")) or [[{"id": item["id"]} for item in items]]
        for number, group in enumerate(groups, start=1):
            yield PlacedCitation(_citation(group), number if in_notes else 0)


def _in_order(steps: list[Any]) -> list[dict[str, Any]]:
    """Return the citations as they stand after the last step, which tells what is before and behind its own."""
    by_id = {step[0].get("citationID", str(number)): step[0] for number, step in enumerate(steps)}
    last, before, behind = steps[-1]
    ids = [*(one[0] for one in before), last.get("citationID", str(len(steps) - 1)), *(one[0] for one in behind)]
    return [by_id[one] for one in ids]


def _citation(items: list[dict[str, Any]]) -> Citation:
    return tuple(
        CitationItem(
            str(item["id"]),
            _as_markdown(item.get("prefix", "")),
            f"{_place(item)}{_as_markdown(item.get('suffix', ''))}",
            "suppress-author" if item.get("suppress-author") else "normal",
        )
        for item in items
    )


def _place(item: dict[str, Any]) -> str:
    if item.get("locator") in (None, ""):
        return "{}" if item.get("suffix") else ""
    label = str(item.get("label", "page")).replace("sub verbo", "sub-verbo")
    return f"{{{labels.WORDS.get(label, ('page',))[0]} {item['locator']}}}"


def _as_markdown(text: str) -> str:
    """Return a prefix or suffix as an author would have to write it: its tags stay, all else is plain."""
    marked = re.sub(r"</?i>", "*", text)
    return "".join(part if part == "*" else _SPECIAL.sub(r"\\\1", part) for part in re.split(r"(\*)", marked))


def _entries(result: str) -> Iterator[str]:
    found = re.findall(r'<div class="csl-entry">(.*?)</div>\s*(?=<div class="csl-entry">|</div>\s*\Z)', result, re.S)
    yield from found


def _plain(markup: str) -> str:
    """Return markup in one form, whichever of its many it was in."""
    text = re.sub(r"<(/?)(em|strong)>", lambda tag: f"<{tag[1]}{_TAGS[tag[2]]}>", markup)
    text = re.sub(r'<span (?:style="font-variant:\s*small-caps;"|class="smallcaps")>', "<span sc>", text)
    text = re.sub(r'</?a\b[^>]*>|(?<=<span) class="[^"]*"', "", text)
    text = re.sub(r"\s*<div\b[^>]*>\s*|\s*</div>\s*", " ", text)
    while (shorter := _BARE.sub(r"\1", text)) != text:
        text = shorter
    return " ".join(html.unescape(text).split())


@dataclass(slots=True)
class Share:
    """How many tests pass: as they stand, and with a note's first capital and last full stop allowed for."""

    passed: int = 0
    passed_as_note: int = 0
    failed: list[str] = field(default_factory=list)


def printed(engine: Engine, test: Test, folder: Path, *, tolerant: bool = False) -> tuple[str, bool]:
    """Return what is printed for a test, and whether its citations are notes."""
    (folder / f"{test.name}.csl").write_text(test.sections["CSL"].strip(), encoding="utf-8")
    style = styles.find(f"{test.name}.csl", folder)
    found = json.loads(test.sections["INPUT"])
    items = [adapted(formattable(normalised({"id": f"ITEM-{n}", **item}))) for n, item in enumerate(found, start=1)]
    placed = tuple(test.citations(items, in_notes=style.in_notes))
    done = engine.format(Job(style, style.default_locale or "en-US", placed, tuple(items)))
    if test.is_bibliography:
        return _joined(clean(entry.html) for entry in done.entries), False
    lines = (one.note.removesuffix(".") if tolerant and one.note else one.note or one.text for one in done.citations)
    return _joined(map(clean, lines)), style.in_notes


def _joined(lines: Iterable[str]) -> str:
    return " ".join(" ".join(map(_plain, lines)).split())


def _as_note(text: str) -> str:
    return text.lower().rstrip(".")


def measure(folder: Path) -> Share:
    share, engine = Share(), Engine(timeout=30)
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(folder.glob("*.txt")):
            test = Test.read(path)
            expected = test.expected()
            try:
                found, in_notes = printed(engine, test, Path(scratch))
            except (EngineError, styles.StyleError, ValueError, KeyError, TypeError, AttributeError) as error:
                share.failed.append(f"{test.name}\n  {type(error).__name__}: {error}")
                continue
            if found == expected:
                share.passed += 1
            elif in_notes and _as_note(printed(engine, test, Path(scratch), tolerant=True)[0]) == _as_note(expected):
                share.passed_as_note += 1
            else:
                share.failed.append(f"{test.name}\n  - {expected}\n  + {found}")
    engine.close()
    return share


def main() -> None:
    parser = argparse.ArgumentParser(description="Print our share of the official CSL test suite.")
    parser.add_argument("folder", type=Path, help="processor-tests/humans of the suite")
    parser.add_argument("--failures", action="store_true", help="print what differs")
    options = parser.parse_args()
    share = measure(options.folder)
    total = share.passed + share.passed_as_note + len(share.failed)
    if not total:
        parser.error(f'"{options.folder}" holds no test (*.txt)')
    if options.failures:
        print("\n\n".join(share.failed))
    passed = share.passed + share.passed_as_note
    print(f"{passed} of {total} pass ({passed / total:.1%}), {share.passed_as_note} of them but for a note's ends")


if __name__ == "__main__":
    main()
