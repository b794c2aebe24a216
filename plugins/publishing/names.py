"""Names of files: which may be published, and how one is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from plugins.publishing.model import Refused


#: Written by the press into every output.
MANIFEST = ".broadside.json"
#: Says to GitHub Pages that the site is finished.
NOJEKYLL = ".nojekyll"
#: What the host reads; a published one stays where the site has none of its own.
HOST_FILES = ("CNAME", ".domains", NOJEKYLL)

_DOTFILES = (MANIFEST, ".domains", NOJEKYLL, ".well-known")
# ghp-import writes names into git's import stream as they are: a line feed or a leading quote would end one.
# "git~1" is what Windows calls ".git".
_UNSAFE = re.compile(r'^"|[\x00-\x1f\x7f\ud800-\udfff]|(^|/)(\.git|git~1)(/|$)', re.I)


def check_names(names: Collection[str], dotfiles: Collection[str] = ()) -> None:
    """Refuse a name that git cannot take safely, and a hidden one that nobody listed."""
    for name in sorted(names):
        if _UNSAFE.search(name):
            raise Refused(f"the output holds {shown(name)}, a name that git cannot take safely; rename it")
        if (hidden := _hidden(name)) and not {hidden, name} & {*_DOTFILES, *(each.rstrip("/") for each in dotfiles)}:
            raise Refused(
                f"the output holds {shown(name)}, a hidden file; take it out, or publish it with --dotfile={hidden}"
            )


def _hidden(name: str) -> str:
    """Return a name up to its first part that starts with a dot, or an empty string."""
    return (re.match(r"(?:.*?/)??\.[^/]*", name, re.S) or [""])[0]


def pages_in(names: Collection[str]) -> int:
    return sum(name.lower().endswith((".html", ".htm")) for name in names)


def shown(name: str) -> str:
    """Return a name in quotes and on one line: what is not printable is escaped, as in JSON."""
    return f'"{name}"' if name.isprintable() else json.dumps(name)


def bare(name: str) -> str:
    """Return a name for a list, in quotes only if it needs them."""
    return name if name.isprintable() else json.dumps(name)


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
