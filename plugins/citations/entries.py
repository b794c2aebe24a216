"""Entries of BibTeX and BibLaTeX files: bibtexparser finds them, and what is wrong with them and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.citations.documents import Report
from plugins.citations.latex import MalformedValueError, bare, most_braces, resolved
from plugins.shared.suggest import did_you_mean


#: Entry types of BibTeX and BibLaTeX; the engine takes any other for @misc.
KINDS = frozenset(
    "article artwork audio bibnote book bookinbook booklet collection conference customa customb customc "
    "customd custome customf dataset electronic image inbook incollection inproceedings inreference jurisdiction "
    "legal legislation letter manual mastersthesis misc movie music mvbook mvcollection mvproceedings mvreference "
    "online patent performance periodical phdthesis proceedings reference report review set software standard "
    "suppbook suppcollection suppperiodical techreport thesis unpublished video www xdata".split()
)
CODE = "bibliography-bibtex"
_WORDS = re.compile(r"^\s*[^%\s]", re.M)
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(.*)\Z", re.S)
_MOST_BRACES = 50  # in each other; the engine's time grows with the square of them
_MOST_COMMAS = 100  # that an entry may lack
_NAME = re.compile(r"[A-Za-z][\w+:.-]*")
_OUTSIDE = re.compile(r"^[ \t]*(?:,\s*)?(?:[A-Za-z][\w-]*\s*=\s*[{\"]|[A-Za-z]+\s*\{\s*[^\s,{}=]+\s*,)", re.M)


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry whose values are LaTeX without what enclosed them; `lines` are those of its fields."""

    key: str
    kind: str
    line: int
    fields: Mapping[str, str]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BibFile:
    entries: tuple[BibEntry, ...]
    preamble: str


def read_entries(text: str, report: Report) -> BibFile:
    """Return the sound entries of a file, each key once, and report what is wrong."""
    blocks = _blocks(text)
    strings: dict[str, str] = {}
    entries, preamble = [], ""
    for block in blocks:
        if fault := _fault(block):
            report(block.start_line + 1, *fault)
        kind = type(block).__name__
        if kind == "String":
            strings.setdefault(block.key.lower(), _value(block.key, str(block.value or ""), block, strings, report))
        elif kind == "Preamble":
            preamble += f"@preamble{{{block.value}}}\n"
        elif kind in {"Entry", "DuplicateFieldKeyBlock"} and (entry := _entry(block, strings, report)):
            entries.append(entry)
    if not entries and all(type(block).__name__ == "ImplicitComment" for block in blocks) and _WORDS.search(text):
        report(1, CODE, 'there is no entry; write one as "@book{smith2020, title = {…}, …}"')
    return BibFile(tuple(entries), preamble)


def _blocks(text: str) -> list[Any]:
    import bibtexparser  # noqa: PLC0415 -- slow to import, and few sites have a .bib

    return list(bibtexparser.parse_string(text, parse_stack=[]).blocks)


def _fault(block: Any) -> tuple[str, str] | None:
    """Return code and message of what is wrong with a block. Its class names tell the kinds apart."""
    kind = type(block).__name__
    if kind == "DuplicateBlockKeyBlock":
        first = block.previous_block.start_line + 1
        return "item-duplicate", f'"{block.key}" stands in line {first} already, which is used; keep one'
    if kind == "DuplicateFieldKeyBlock":
        fields = ", ".join(f'"{name}"' for name in sorted(block.duplicate_keys))
        return CODE, f"the entry has the field {fields} twice; keep one"
    if kind == "ParsingFailedBlock":
        return CODE, f'left out from "{_start(block)}": {_reason(block)}'
    if kind == "Entry" and not block.key:
        return "item-id", "the entry has no key; write it after the opening brace"
    if kind == "ExplicitComment" and str(block.raw).lower().startswith("@commentary"):
        return "item-type", f'not read: "{_start(block)}": no entry type "@commentary"; write "@book"'
    if kind == "ImplicitComment" and (outside := _OUTSIDE.search(str(block.comment))):
        hint = "this stands outside of any entry; check the braces of the entry above, and the @ of this one"
        return CODE, f'not read: "{_start(outside[0])}…": {hint}'
    return None


def _reason(block: Any) -> str:
    """Say in other words than a parser's why a block is broken."""
    reason = " ".join(str(getattr(block.error, "abort_reason", "")).split())
    if reason.startswith("Unexpected block start") or "end of file" in reason.lower():
        names = re.findall(r"^\s*([A-Za-z][\w-]*)\s*=", str(block.raw), re.M)
        where = f' after "{names[-1]}"' if names else ""
        return f"a brace or a quotation mark is not closed{where}; close it"
    if reason.startswith("Expected comma after entry key"):
        return "write the key after the opening brace, and a comma after the key"
    return f"{reason[:1].lower()}{reason[1:].rstrip('.')}"


def _start(block: Any) -> str:
    return " ".join(str(getattr(block, "raw", block)).split())[:40]


def _entry(block: Any, strings: Mapping[str, str], report: Report) -> BibEntry | None:
    block = getattr(block, "ignore_error_block", None) or block
    key, kind, line = str(block.key).strip(), str(block.entry_type).lower(), block.start_line + 1
    if not key:
        return None
    if kind not in KINDS:
        report(line, "item-type", f'item "{key}": no entry type "@{kind}"{did_you_mean(kind, KINDS)}')
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for name, value, where in _fields(block, strings, report):
        if most_braces(value) > _MOST_BRACES:
            report(where, CODE, f'item "{key}": "{name}" nests more than {_MOST_BRACES} braces; flatten it')
        elif value.strip():
            fields[name], lines[name] = value, where
    return BibEntry(key, kind, line, fields, lines)


def _fields(block: Any, strings: Mapping[str, str], report: Report) -> Iterator[tuple[str, str, int]]:
    for field in block.fields:
        name = str(field.key).rpartition("\n")[2].strip().lower()  # a comment may stand before it
        if not name.startswith("%") and _is_name(name, block.key, field.start_line + 1, report):
            yield from _values(name, str(field.value or ""), field.start_line + 1, (block.key, strings, report))


def _is_name(name: str, key: str, line: int, report: Report) -> bool:
    if _NAME.fullmatch(name):
        return True
    report(line, CODE, f'item "{key}": "{" ".join(name.split())[:40]}" is no name of a field; write one word')
    return False


def _values(
    name: str, value: str, line: int, context: tuple[str, Mapping[str, str], Report]
) -> Iterator[tuple[str, str, int]]:
    """Yield a field, and those that a missing comma has made a part of its value."""
    key, strings, report = context
    unknown: list[str] = []
    for _ in range(_MOST_COMMAS):
        try:
            yield name, resolved(value, strings, unknown), line
        except MalformedValueError as fault:
            following = _FIELD.match(fault.rest)
            yield name, fault.text if following else bare(value), line
            if following:
                report(line, CODE, f'item "{key}": no comma stands between "{name}" and "{following[1]}"; put one')
                name, value = following[1].lower(), following[2]
                continue
            report(line, CODE, f'item "{key}": the value of "{name}" {fault}')
        break
    for word in unknown:
        hint = did_you_mean(word, strings) or "; put the words in braces, or define it"
        report(line, CODE, f'item "{key}": "{name}" names the @string "{word}", which is not in this file{hint}')


def _value(name: str, value: str, block: Any, strings: Mapping[str, str], report: Report) -> str:
    """Return the text of a @string."""
    unknown: list[str] = []
    try:
        text = resolved(value, strings, unknown)
    except MalformedValueError as fault:
        report(block.start_line + 1, CODE, f'the @string "{name}" {fault}')
        return fault.text
    for word in unknown:
        report(block.start_line + 1, CODE, f'the @string "{name}" names "{word}", which is not defined before it')
    return text


def parents_of(entry: BibEntry) -> Iterable[str]:
    """Yield the keys of the entries that an entry takes fields from."""
    for name in ("crossref", "xdata"):
        yield from filter(None, (key.strip() for key in entry.fields.get(name, "").split(",")))
