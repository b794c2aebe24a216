"""What a source takes for itself that no other source can have, and what it names that must be alike or there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.essays.model import Kind, Reading


_NAMED = ("tags", "authors", "category", "series")


@dataclass(frozen=True, slots=True)
class Claims:
    """`place` tells its address from those of others, `what` and `code` are for the one who comes second.

    `names` holds its tags, authors, category and series, `image` the file of its picture, `lines` those of the keys.
    """

    place: list[str]
    what: str
    code: str
    names: Mapping[str, list[str]]
    image: str
    lines: Mapping[str, int]

    @classmethod
    def of(cls, reading: Reading, kind: Kind, default_lang: str) -> Claims:
        """Return what a sound source claims."""
        found = reading.metadata
        names = {key: _listed(found[key]) for key in _NAMED if key in found}
        image = found["image"]["src"] if "image" in found else ""
        if "save_as" in found:
            place, what, code = ["save_as", found["save_as"]], f'the address "{found["save_as"]}"', "address-duplicate"
        else:
            drafts = "draft" if found.get("status") == "draft" else ""
            lang = found.get("lang", default_lang.lower())
            place, what, code = (
                ["slug", kind, drafts, lang, found["slug"]],
                f'the slug "{found["slug"]}"',
                "slug-duplicate",
            )
        return cls(place, what, code, names, image, found["lines"])

    @property
    def told(self) -> list[Any]:
        """The claims as JSON, of which they can be made again."""
        return [self.place, self.what, self.code, dict(self.names), self.image, dict(self.lines)]

    @property
    def line(self) -> int:
        """The line of the address, or the first."""
        return self.lines.get("save_as", self.lines.get("slug", 1))


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
