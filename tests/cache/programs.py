"""Programs that a site brings along: a plugin that marks each text with what its modules and a library say."""

from __future__ import annotations

from pathlib import Path


_PLUGIN = """from importlib.metadata import version

from pelican import signals

import at_once


BY_TEXT = True
WORD = "mark"


def mark(generators):
    import at_work
    for generator in generators:
        for text in (*getattr(generator, "articles", ()), *getattr(generator, "pages", ())):
            words = " ".join((WORD, at_once.WORD, at_work.WORD, version("leaflet")))
            text._content += f"<p>{words}</p>"


def register():
    signals.all_generators_finalized.connect(mark)
"""
_VERSION = "own/leaflet-{}.dist-info"
PROGRAMS = {
    "own/mark.py": _PLUGIN,
    "own/at_once.py": 'WORD = "once"\n',
    "own/at_work.py": 'WORD = "work"\n',
    f"{_VERSION.format('1.0')}/METADATA": "Metadata-Version: 2.1\nName: leaflet\nVersion: 1.0\n",
}


def edit_program(root: Path, name: str, number: int) -> None:
    """Change what a program says. It grows: Python takes a file of the same second and size for the same."""
    path = root / "own" / name
    path.write_text(f'{path.read_text()}WORD = "{name} {number}"\n')


def set_version(root: Path, version: str) -> None:
    """Give the library another version."""
    folder = next((root / "own").glob("*.dist-info"))
    metadata = f"Metadata-Version: 2.1\nName: leaflet\nVersion: {version}\n"
    (folder / "METADATA").write_text(metadata)
    folder.rename(root / _VERSION.format(version))
