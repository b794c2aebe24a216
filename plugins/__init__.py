"""Everything Broadside adds to Pelican: one folder for each concern, `shared` beneath them all.

`plugins.Press` is Pelican's `PELICAN_CLASS`. It is looked up lazily, so that reading the
configuration or importing a core module never imports Pelican.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if name != "Press":
        raise AttributeError(name)
    from plugins.press.run import Press

    return Press
