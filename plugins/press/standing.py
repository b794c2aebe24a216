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

from plugins.press import ground, spared, whole
from plugins.press.places import Written, run_as_written, written
from plugins.press.record import CACHE, Record, name_of
from plugins.press.report import Closing, Strictness, Tally, failed, say, say_all
from plugins.shared.files import digest, write_whole
from plugins.shared.problems import Problems, order
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
            if cache.is_symlink():
                return
            write_whole(cache / _COMMANDS, json.dumps({**rest, _key(words): values}).encode())


@dataclass(slots=True)
class Look:
    """What was found by looking whether the last build stands: a build that follows need not look again.

    `is_plain` says that a build of this site surely reads no reStructuredText.
    """

    record: Record
    sources: whole.Sources
    changed: list[str]
    is_sound: bool = True
    damaged: bool = False
    is_plain: bool = False


def report(words: Sequence[str]) -> int | Look | None:
    """Say again how the last build of this command ended and return its status, if nothing has changed since.

    Otherwise return what was seen, or None if it could not be seen.
    """
    began = time.perf_counter()
    try:
        settings = _settings_file(words)
        command = Command(*_commands(settings.parent / CACHE)[_key(words)])
        values = _written(settings, Path(command.content))
    except Exception:  # noqa: BLE001 - the settings are a program: a build says what is wrong
        return None
    content, output = Path(command.content), Path(command.output)
    damage: list[bool] = []
    record = Record(output, Store(content.parent / CACHE / name_of(output), damaged=lambda: damage.append(True)))
    look = _look(record, command, values) if values else None
    if look is None or values is None or damage:
        record.close(keep=False)
        return Look(record, whole.Sources((), ""), [], is_sound=False, damaged=bool(damage))
    look.is_plain = spared.reads_no_rst(values.values, words)
    if look.changed or not record.is_as_left():
        return look
    found = _told(record)
    if damage:
        return Look(record, look.sources, [], is_sound=False, damaged=True)
    record.keep_known()
    record.close()
    say_all(sorted(map(values.locate, found.sorted()), key=order), sys.stderr)
    essays, pages, files = record.facts.counts
    closing = Closing(Tally(essays, pages, files, reused=files), _UP_TO_DATE)
    say(closing.line(found, time.perf_counter() - began), sys.stdout)
    return int(failed(found, command.strictness))


def _look(record: Record, command: Command, values: Written) -> Look | None:
    """Return the sources that have changed, or None if what a site is made from as a whole has; the cheapest first."""
    facts, content = record.facts, Path(command.content)
    if not facts.written or facts.written != digest_of(ground.told(values.values)):
        return None
    code = ground.code(record.known, content.parent)
    if facts.ground != code or not whole.is_due(facts, whole.today(command.zone)):
        return None
    if facts.theme != whole.theme(record.known, Path(command.theme), command.templates):
        return None
    sources = whole.sources(content, command.ignored)
    if facts.listing != sources.listing:
        return None
    record.rest_on(code)
    return Look(record, sources, whole.changed(record.known, content, sources.names))


def _told(record: Record) -> Problems:
    found = Problems()
    found.extend(record.problems())
    for remark in record.facts.remarks:
        found.remark(remark)
    return found


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
    before, path = set(sys.modules), list(sys.path)
    sys.modules[name] = module
    try:
        with run_as_written():
            spec.loader.exec_module(module)
        return written(content)
    finally:  # Pelican runs it again, and all that it imports of the site's
        sys.path[:] = path
        for loaded in sys.modules.keys() - before:
            if "PELICAN_CLASS" in vars(sys.modules[loaded]):
                del sys.modules[loaded]


def _commands(cache: Path) -> dict[str, Any]:
    try:
        found = json.loads((cache / _COMMANDS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(words: Sequence[str]) -> str:
    return digest(json.dumps([os.getcwd(), *words]).encode(errors="surrogateescape"))  # noqa: PTH109 - as it is called
