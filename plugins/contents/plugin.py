"""Pelican's side of tables of contents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pelican import signals

from plugins.contents.length import is_long
from plugins.contents.model import Heading
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
    generators = list(generators)
    texts = [*articles_of(generators), *pages_of(generators)]
    own = load(Settings, "CONTENTS", texts[0].settings)[0] if texts else Settings()
    for text in texts:
        words = text._content  # noqa: SLF001 -- Pelican has no other name for it
        text.contents = _contents(words, own) if is_long(words, own.headings, own.depth) else ()


def _contents(words: str, own: Settings) -> tuple[Heading, ...]:
    from plugins.contents.outline import contents

    return contents(words, own.headings, own.depth)
