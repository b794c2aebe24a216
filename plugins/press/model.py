"""What the press keeps of a build: files of the output, texts, and what is true of the site as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plugins.shared.files import digest


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses and ids as written, character references resolved; `undrawn` are characters that no font draws."""

    addresses: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    undrawn: frozenset[str] = frozenset()

    def parts(self) -> tuple[frozenset[str], ...]:
        return self.addresses, self.images, self.ids, self.undrawn


NO_LINKS = Links()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of the output. Without a key it is made anew each time."""

    key: str
    size: int
    sha256: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """An essay or page as it was read and resolved.

    `sha` is the source's, `key` the digest of code and settings, `digests` those of what lists show and of all,
    `grounds` what it rested on and what held then. `front` is what Pelican asks of every article, `rest` the names
    of its other attributes; `remains` is what the reader left for a build that does not read.
    """

    sha: str
    key: str
    digests: tuple[str, str]
    grounds: list[list[str]]
    front: Any
    rest: list[str]
    remains: Any


@dataclass(frozen=True, slots=True)
class Feed:
    """How a feed was asked for, and the sources of the texts that it shows."""

    path: str
    url: str | None
    kind: str
    title: str | None
    shows: list[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a site that was built as a whole.

    `ground` is the digest of code and versions, `settings` that of all settings as Pelican read them, `written` that
    of the settings as they are written, `theme` that of the theme's files, `listing` that of the names of all sources.

    `concludes` says that a generator makes something of all pages, which any edit may change.

    `last_day` is that of the last text that is published, `next_day` that of the first which waits; without
    `knows_days` another reader than ours may have looked at the clock. `is_wide` says that a list may show all of any
    text. `withheld` are the files that are not public, as `hidden_name` has them, `doubtful` the suffixes of those
    that are public only while something mentions them, `translated` the texts that have
    translations, `closures` what is known of templates, `sections` those of the site. `counts` are those of the
    closing line.

    An edit of a text can mend the problems of its source, but for the sources that `told_elsewhere` names; `unplaced`
    are the pages with a wrong link that no author wrote, `wanting` those that lack a place which another leads to;
    `aimed` are the paragraphs that links of other pages lead to, and the places that they miss.
    """

    ground: str = ""
    settings: str | None = None
    written: str | None = None
    theme: str = ""
    listing: str = ""
    last_day: str = ""
    next_day: str = ""
    knows_days: bool = False
    is_wide: bool = True
    concludes: bool = False
    counts: list[int] = field(default_factory=list)
    feeds: list[list[Any]] = field(default_factory=list)
    told_elsewhere: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    wanting: list[str] = field(default_factory=list)
    aimed: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    closures: dict[str, list[Any]] = field(default_factory=dict)
    sections: list[list[str]] = field(default_factory=list)


def hidden_name(name: str) -> str:
    """Return what the record says of a file that is not published instead of its name."""
    return digest(name.encode(errors="surrogateescape"))[:32]
