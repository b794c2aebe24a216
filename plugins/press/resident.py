"""A press that stays in memory, and prints an edit of texts within a blink.

    python -m plugins.press.resident --settings pelicanconf.py

Reads a line of JSON for each burst of changes, a list of paths, and answers with one: what came of it. Whatever may be
more than an edit of texts it leaves to a whole build, after which another resident has to be started. Its parent is
`plugins.press.serve`.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plugins.press import configuration, contents, output, report, whole
from plugins.press.record import Record
from plugins.press.run import LIVE, Press
from plugins.shared.problems import SETTING, Problems


class Resident:
    """The press of one site. `Wider` says that an edit is not for it."""

    def __init__(self, settings: dict[str, Any], problems: Problems) -> None:
        self._press = Press(settings | {SETTING: problems, LIVE: True})
        self._content = Path(settings["PATH"])
        self._problems, self._start = problems, problems.mark()
        self._record: Record | None = None

    def edit(self, paths: Iterable[str]) -> dict[str, Any]:
        """Print what a burst of changes to these files asks for, and tell what was printed and what is wrong."""
        self._press.works.start_again(self._start)
        contents.forget()
        names = [self._name(path) for path in paths]
        with output.staging(self._press.target, lambda: None) as folder:
            record = self._current_record()
            changed = whole.changed(record.known, self._content, names)
            if not changed:
                return {"end": "same"}
            facts = record.facts
            if not facts.settings or not whole.is_due(facts, whole.today(self._press.settings["TIMEZONE"])):
                raise whole.Wider
            closing = self._press.works.amend(record, folder, changed, facts)
        return self._told(closing)

    def _name(self, path: str) -> str:
        if not Path(path).is_relative_to(self._content) or not Path(path).is_file():
            raise whole.Wider
        return Path(path).relative_to(self._content).as_posix()

    def _current_record(self) -> Record:
        """Return the record of the last build, be it ours or another's."""
        if self._record is None or not self._record.is_current():
            self._record = self._press.works.archive.open_record()
        return self._record

    def _told(self, closing: report.Closing) -> dict[str, Any]:
        aside = self._problems.aside
        return {
            "end": "done",
            "pages": sorted(self._press.works.amended),
            "problems": [
                *map(report.line_of, self._press.located()),
                *([f"and {aside} more in other files"] if aside else []),
            ],
            "closing": self._press.closing_line(closing),
            "sound": not report.failed(self._problems, "author"),
        }


def main() -> int:
    settings_path = sys.argv[sys.argv.index("--settings") + 1]
    problems = Problems()
    settings = configuration.read(settings_path, {}, problems)
    if settings is None:
        return 1
    resident = Resident(settings, problems)
    gc.freeze()  # what is there now stays; only what an edit makes is looked through
    _say({"end": "ready"})
    for line in sys.stdin:
        try:
            answer = resident.edit(json.loads(line))
        except (Exception, SystemExit):  # noqa: BLE001 - a whole build says what is wrong
            answer = {"end": "wider"}
        _say(answer)
    return 0


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
