"""The command `python -m plugins.publishing [rollback]`, which `inv publish` and `inv rollback` call."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from plugins.publishing.arguments import options_of
from plugins.publishing.model import Options, Refused
from plugins.publishing.publish import publish
from plugins.publishing.rollback import rollback


def main(arguments: Sequence[str] | None = None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a page's name may be more than the terminal can write
    options = options_of(sys.argv[1:] if arguments is None else arguments)
    doing = "published" if isinstance(options, Options) else "rolled back"
    try:
        print(publish(Path.cwd(), options) if isinstance(options, Options) else rollback(Path.cwd(), options))
    except Refused as refusal:
        if refusal.listing:
            print("\n".join(refusal.listing))
        print(f"not {doing}: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
