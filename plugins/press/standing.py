"""Whether the last build of a command stands as it is: then there is nothing to do, and Pelican need not be imported.

Everything is looked at that a build depends on; whatever is not as it was is left to a build.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.press import ground, whole
from plugins.press.places import Written, written
from plugins.press.record import CACHE, Record, name_of
from plugins.press.report import Closing, Strictness, Tally, failed, line_of, say
from plugins.shared.files import digest, write_whole
from plugins.shared.problems import Problems
from plugins.shared.store import Store
from plugins.shared.values import digest_of


_COMMANDS = "commands.json"
_KEPT = 20  # commands of which the last build is remembered
_UP_TO_DATE = "output is up to date"


@dataclass(frozen=True, slots=True)
class Command:
    """What a command line came to when it was last run: where things are, and how strict it is."""

    content: str
    output: str
    theme: str
    templates: list[str]
    ignored: list[str]
    zone: str
    strictness: Strictness


def keep(words: Sequence[str], command: Command, cache: Path) -> None:
    """Remember what a command line, run in this folder, comes to."""
    known = _commands(cache)
    values = [getattr(command, name) for name in Command.__slots__]
    if known.get(_key(words)) != values:
        rest = {key: value for key, value in list(known.items())[-_KEPT:] if key != _key(words)}
        with contextlib.suppress(OSError):
            write_whole(cache / _COMMANDS, json.dumps({**rest, _key(words): values}).encode())


def report(words: Sequence[str]) -> int | None:
    """Say again how the last build of this command ended and return its status, if nothing has changed since."""
    began = time.perf_counter()
    try:
        settings = _settings_file(words)
        command = Command(*_commands(settings.parent / CACHE)[_key(words)])
        values = _written(settings, Path(command.content))
    except Exception:  # noqa: BLE001 - the settings are a program: a build says what is wrong
        return None
    problems = _standing(command, values) if values else None
    if problems is None or values is None:
        return None
    found, counts = problems
    for problem in sorted(map(values.locate, found.sorted())):
        say(line_of(problem), sys.stderr)
    closing = Closing(Tally(*counts, reused=counts[-1]), _UP_TO_DATE)
    say(closing.line(found, time.perf_counter() - began), sys.stdout)
    return int(failed(found, command.strictness))


def _standing(command: Command, values: Written) -> tuple[Problems, list[int]] | None:
    content, output = Path(command.content), Path(command.output)
    record = Record(output, Store(content.parent / CACHE / name_of(output)))
    try:
        if not _holds(record, command, values):
            return None
        record.keep_known()
        found = Problems()
        found.extend(record.problems())
    finally:
        record.close()
    for remark in record.facts.remarks:
        found.remark(remark)
    return found, record.facts.counts


def _holds(record: Record, command: Command, values: Written) -> bool:
    """Tell whether all that a build would look at is as it was; the cheapest first."""
    facts, content = record.facts, Path(command.content)
    if not facts.written or facts.written != digest_of(ground.told(values.values)):
        return False
    if facts.ground != ground.code(record.known, content.parent) or not whole.is_due(facts, whole.today(command.zone)):
        return False
    sources = whole.sources(content, command.ignored)
    return (
        facts.listing == sources.listing
        and facts.theme == whole.theme(record.known, Path(command.theme), command.templates)
        and not whole.changed(record.known, content, sources.names)
        and record.is_as_left()
    )


def _settings_file(words: Sequence[str]) -> Path:
    """Return the settings file that a command line names, as Pelican's parser would find it."""
    for place, word in enumerate(words):
        if word in {"-s", "--settings"}:
            return Path(words[place + 1]).absolute()
        if word.startswith("--settings="):
            return Path(word.partition("=")[2]).absolute()
    return Path("pelicanconf.py").absolute()


def _written(settings: Path, content: Path) -> Written | None:
    """Run the settings file, which is a program, and return what it says."""
    name = settings.stem
    spec = importlib.util.spec_from_file_location(name, settings)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        return written(content)
    finally:
        del sys.modules[name]  # Pelican runs it again


def _commands(cache: Path) -> dict[str, Any]:
    try:
        found = json.loads((cache / _COMMANDS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(words: Sequence[str]) -> str:
    return digest(json.dumps([os.getcwd(), *words]).encode(errors="surrogateescape"))  # noqa: PTH109 - as it is called
