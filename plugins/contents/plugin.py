"""Pelican's side of tables of contents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.contents.settings import Settings
from plugins.shared.contents import articles_of, pages_of
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load


_DEPTHS = range(2, 7)


def register() -> None:
    signals.initialized.connect(check)
    signals.all_generators_finalized.connect(outline)


def check(pelican: Any) -> None:
    own, problems = load(Settings, "CONTENTS", pelican.settings)
    problems_of(pelican.settings).extend(problems)
    if own.depth not in _DEPTHS:
        message = f'CONTENTS_DEPTH is "{own.depth}"; write a level of headings, from 2 to 6'
        problems_of(pelican.settings).add(Problem("pelicanconf.py", 1, "setting-value", message))


def outline(generators: Iterable[Any]) -> None:
    """Give every article and page its table of contents."""
    from plugins.contents.outline import contents

    generators = list(generators)
    for content in (*articles_of(generators), *pages_of(generators)):
        own, _ = load(Settings, "CONTENTS", content.settings)
        content.contents = contents(content._content, own.headings, own.depth)  # noqa: SLF001 -- Pelican has no other name for it
