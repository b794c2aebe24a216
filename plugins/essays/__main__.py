"""The command `python -m plugins.essays schema`, which `inv cite schema` calls: front matter, for editors."""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from plugins.essays.schema import front_matter_schema
from plugins.essays.settings import PREFIX, Settings
from plugins.shared.files import write_whole
from plugins.shared.settings import load


_NAME = ".cache/editor/front-matter.schema.json"


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        found = runpy.run_path(given.settings)
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- settings are a program, which may raise anything
        print(f"schema: {given.settings} fails: {type(error).__name__}: {error}; mend it first", file=sys.stderr)
        return 1
    settings, _ = load(Settings, PREFIX, found)
    text = json.dumps(front_matter_schema(settings.extra_keys), ensure_ascii=False, indent=2) + "\n"
    write_whole(Path(given.settings).resolve().parent / _NAME, text.encode())
    print(_NAME)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("essays", description=f"Write a JSON Schema of front matter to {_NAME}.")
    parser.add_argument("verb", choices=["schema"])
    parser.add_argument("--settings", default="pelicanconf.py", help="the site's settings (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
