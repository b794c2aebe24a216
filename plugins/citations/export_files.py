"""The files of references of a site: of each text what it cites, of each essay itself, and of all texts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from plugins.citations.desk import Desk
from plugins.citations.exports import FORMATS, OWN_ITEM, REFERENCES, merged, name_beside
from plugins.citations.model import Item
from plugins.citations.self_citation import item_of
from plugins.shared.made import Made


Works = Callable[[], Sequence[Item]]
Write = Callable[[str, Sequence[Item]], str]


def of_text(text: Any, desk: Desk) -> Iterator[Made]:
    """Yield the files of what a text cites."""
    cited, own = _cited(text), _own_works(text)
    if cited or own:

        def works() -> list[Item]:
            return merged(desk.items(cited), (("", item) for item in own))

        yield from _files(
            partial(name_beside, text.save_as, REFERENCES), works, (desk.told_of(cited), own), desk.shelf.written
        )


def of_essay(essay: Any, desk: Desk) -> Iterator[Made]:
    """Yield the files of an essay as a work itself."""
    kind = desk.settings.essay_type
    made_of = (essay, essay.settings["SITEURL"], essay.settings["SITENAME"], kind)
    named = partial(name_beside, essay.save_as, OWN_ITEM)
    works = cache(lambda: [item_of(essay, kind)])  # of one process, which mostly writes all of them
    yield from _files(named, works, made_of, lambda ending, works: FORMATS[ending](works))


def of_site(texts: Iterable[Any], desk: Desk) -> Iterator[Made]:
    """Yield the files of what these texts cite, all together."""
    ordered = sorted(texts, key=lambda text: str(text.save_as))
    cited = sorted({key for text in ordered for key in _cited(text)})
    own = [(str(text.slug), item) for text in ordered for item in _own_works(text)]
    if cited or own:

        def works() -> list[Item]:
            return merged(desk.items(cited), own)

        yield from _files(
            lambda ending: f"{REFERENCES}.{ending}", works, (desk.told_of(cited), own), desk.shelf.written
        )


def _files(named: Callable[[str], str], works: Works, made_of: tuple[Any, ...], write: Write) -> Iterator[Made]:
    def text(ending: str) -> str:
        return write(ending, works())

    for ending in FORMATS:
        yield Made(named(ending), partial(text, ending), made_of)


# What the front of a text holds: to ask for more would fetch all of it.


def _cited(text: Any) -> list[str]:
    return sorted(text.__dict__.get("cited", ()))


def _own_works(text: Any) -> list[Item]:
    return list(text.__dict__.get("own_works", ()))
