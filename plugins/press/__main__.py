"""Build a site as Pelican does, but tell what is wrong with the settings themselves in a line each, too.

    python -m plugins.press content --settings pelicanconf.py --strict

Takes every option of Pelican's; `--strict` is `--fatal warnings`, and `--profile` says where the time went.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from plugins.press import spared, standing
from plugins.shared.problems import SETTING, Problems


_UNHEARD = 120  # what Python's own end gives where its last words cannot be written
HELP = """Broadside's own options, beside all of Pelican's below:
  --strict    warnings fail the build as errors do (--fatal warnings)
  --profile   say where the time of the build went
"""


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    words = ["--fatal=warnings" if word == "--strict" else word for word in words]
    profile, words = "--profile" in words, [word for word in words if word != "--profile"]
    # What a build makes lives until its end; to look through all of it for what does not takes a tenth of the time.
    gc.set_threshold(200_000, 50, 100)
    found = standing.report(words)
    return found if isinstance(found, int) else _build(words, found, profile=profile)


def _build(words: list[str], look: standing.Look | None, *, profile: bool) -> int:
    # Only now: to import Pelican takes longer than to see that there is nothing to do.
    with spared.sparing() if look and look.is_plain else contextlib.nullcontext():
        import pelican  # noqa: PLC0415

    from plugins.press import configuration  # noqa: PLC0415
    from plugins.press.archive import COMMAND, LOOK  # noqa: PLC0415
    from plugins.press.run import PROFILE, Press  # noqa: PLC0415

    if not {"-h", "--help"}.isdisjoint(words):
        print(HELP)
    options = pelican.parse_arguments(words)
    if options.autoreload or options.listen:
        pelican.main(words)
        return 0
    problems = Problems()
    path = options.settings or pelican.DEFAULT_CONFIG_NAME
    settings = configuration.read(path, pelican.get_config(options), problems)
    if settings is None:
        return _refuse(problems)
    # Only now: a warning of Pelican's about the settings would end the run, in as many lines as it liked.
    level = getattr(logging, options.logs_dedup_min_level)
    handler = pelican.LOG_HANDLERS[options.log_handler]
    pelican.init_logging(options.verbosity, options.fatal, handler, "pelican", level)
    Press(settings | {SETTING: problems, COMMAND: words, LOOK: look, PROFILE: profile}).run()
    return 0


def _refuse(problems: Problems) -> int:
    from plugins.press import report  # noqa: PLC0415

    for problem in problems.sorted():
        report.say(report.line_of(problem), sys.stderr)
    report.say("nothing was built; output left as it was", sys.stdout)
    return 1


def leave(status: int) -> NoReturn:
    """End at once: to take apart all that a build made would take a tenth of its time, and more of an edit's."""
    atexit._run_exitfuncs()  # noqa: SLF001 - what Python does first; it has no other name
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # whoever read it is gone, or the disk is full
            status = status or _UNHEARD
    os._exit(status)


if __name__ == "__main__":
    try:
        code: object = main()
    except SystemExit as ended:
        code = ended.code
    leave(code if isinstance(code, int) else int(code is not None))
