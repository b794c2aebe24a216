"""Where the press keeps texts between builds: as they were read and resolved, while all of it still holds."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.press import contents
from plugins.press.authorship import by_source
from plugins.press.closures import APART
from plugins.press.frozen import Unfit, freeze, thaw
from plugins.press.model import Text
from plugins.press.record import Record
from plugins.shared.around import AROUND
from plugins.shared.contents import articles_of, pages_of, path_of
from plugins.shared.files import digest
from plugins.shared.grounds import Grounds, grounds_of
from plugins.shared.store import Damaged, store_of


# Of the build rather than of the text; the source is on the disk.
_OF_BUILD = frozenset(
    "settings _context translations source_text source_path credits grounds remains digests around _rest _fetch "
    "_shelved _addresses _static_links".split()
)
_TEXT = frozenset({"_content", "body", "works_cited", "contents"})
# What Pelican, and whoever makes lists, asks of every article.
_FRONT = frozenset(
    "date slug lang in_default_lang _status template category tags authors author relative_source_path problem_path "
    "override_save_as override_url cited own_works pictures title plain_title series series_part featured aliases "
    "pull_quotes".split()
)
# A link that moves what it leads to: it works on the build, not only on its text.
_ATTACHED = re.compile(r"[{|]attach[}|]")


_ROOM = "texts"  # of the store


@contextlib.contextmanager
def _shaped() -> Iterator[None]:
    """Tell a value that was never put here."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError, ImportError) as error:
        raise Damaged from error


class Shelf:
    """The texts of earlier builds that this build can take as they are."""

    def __init__(self, record: Record, settings: dict[str, Any], key: str) -> None:
        self._record, self._settings, self._key = record, settings, key
        self._content = Path(settings["PATH"])
        self._grounds: Grounds = grounds_of(settings)
        self._store = store_of(settings)
        self.names: set[str] = set()

    def holds(self, name: str) -> bool:
        """Tell whether a text, named from the content folder, is here and its source is as it was."""
        text = self._record.text(name)
        if text is None or text.key != self._key or text.sha != self._record.known.sha(f"{self._content}/{name}"):
            return False
        return self._store.has(_ROOM, self._place(name), self._store.key(text.digests[1]))

    def _text(self, name: str) -> Text:
        text = self._record.text(name)
        assert text is not None, name
        return text

    def take(self, name: str, cls: type[Any], context: Mapping[str, Any]) -> Any:
        """Return a text of an earlier build. Whether what it rested on still holds is known once all are there."""
        text = self._text(name)
        self.names.add(name)
        with _shaped():
            front = thaw(text.front, self._settings)
        own = {"settings": self._settings, "_context": context, "source_path": str(self._content / name)}
        return cls.revive(
            {**front, **own, "digests": text.digests},
            frozenset(text.rest),
            lambda: self._fetch(name),
        )

    def remains_of(self, name: str) -> Any:
        return self._text(name).remains

    def stands(self, name: str) -> bool:
        """Tell whether all that a text rested on still holds."""
        nows = ((self._grounds.now((kind, ground)), then) for kind, ground, then in self._text(name).grounds)
        return all(now is not None and now == then for now, then in nows)

    def surround(self, text: Any) -> None:
        """Put back what a text's page shows of other texts."""
        if told := self._record.around(text.get_relative_source_path()):
            with _shaped():
                text.__dict__[AROUND] = dict(thaw(told, self._settings))

    def _fetch(self, name: str) -> dict[str, Any]:
        text = self._text(name)
        with _shaped():
            return self._whole(text, name)

    def _whole(self, text: Text, name: str) -> dict[str, Any]:
        shown, texts = self._store.get(_ROOM, self._place(name), self._store.key(text.digests[1]))
        found: dict[str, Any] = thaw({**shown, **texts}, self._settings)
        return self._completed(text, found)

    def _completed(self, text: Text, found: dict[str, Any]) -> dict[str, Any]:
        """Put those metadata back that are attributes as well."""
        whole = thaw(text.front, self._settings) | found
        alike = {name: whole[name] for name in found.pop("metadata_alike")}
        return {**found, "metadata": {**alike, **found["metadata"]}}

    def put(self, texts: Iterable[Any], unsound: frozenset[str], *, is_large: bool = False) -> None:
        """Take in texts that this build has read and resolved. Of those with problems only the digests are told.

        In a large build they are put away: ten thousand whole ones would fill the memory.
        """
        for text in texts:
            self._put(text, is_sound=path_of(text) not in unsound, is_large=is_large)
        contents.forget()

    def _put(self, text: Any, *, is_sound: bool, is_large: bool) -> None:
        # Asked for by every list; to work them out each time takes longer than to print the line.
        text.__dict__["_addresses"] = {"url": text.url, "save_as": text.save_as}
        is_of_itself = not _ATTACHED.search(text.__dict__["_content"])
        static_links = sorted(text.get_static_links())
        text.links_by_source = [list(link) for link in by_source(text)]
        text.__dict__["_content"] = str(text.content)  # from here on a text is the same whether it was kept or read
        try:
            front, rest = _frozen(text)
        except Unfit:
            return
        shown, texts = ({name: rest[name] for name in rest if (name in _TEXT) is is_text} for is_text in (False, True))
        told = json.dumps(shown), json.dumps(texts)
        of_lists = digest(f"{json.dumps({name: front[name] for name in front if name not in APART})}{told[0]}".encode())
        text.digests = of_lists, digest(f"{of_lists}{json.dumps(apart(front))}{told[1]}".encode())
        may_keep = text.status == "published" or self._store.is_private
        if not (is_sound and is_of_itself and self._record.is_kept and may_keep):
            return
        front |= {"_addresses": text.__dict__["_addresses"], "_static_links": static_links}
        name = text.get_relative_source_path()
        sha = self._record.known.sha(text.source_path)
        remains = text.__dict__.get("remains")
        if remains is None or remains["sha"] != sha:  # changed while it was read
            return
        grounds = [[*ground, self._grounds.now(ground)] for ground in sorted(text.__dict__.get("grounds", ()))]
        kept = Text(sha, self._key, text.digests, grounds, front, sorted(rest), remains)
        self._record.keep_text(name, kept)
        self._store.put_json(_ROOM, self._place(name), self._store.key(text.digests[1]), f"[{told[0]},{told[1]}]")
        self.names.add(name)
        if is_large:
            self._put_away(text, name, kept)

    def _place(self, name: str) -> str:
        """Return where a text is in the store: builds of other outputs have other versions of it."""
        return f"{self._record.name} {name}"

    def forget_others(self) -> None:
        """Forget the texts that are no longer of the site."""
        mine = {self._place(name) for name in self.names}
        known = (name for name in self._store.names(_ROOM) if name.startswith(f"{self._record.name} "))
        self._store.forget(_ROOM, [name for name in known if name not in mine])

    def _put_away(self, text: Any, name: str, kept: Text) -> None:
        """Have a text hold no more than its front."""
        held = {each: value for each, value in text.__dict__.items() if each in _FRONT or each in _OF_BUILD}
        text.__dict__ = {**held, "_rest": frozenset(kept.rest), "_fetch": lambda: self._fetch(name)}


def apart(front: Mapping[str, Any]) -> list[Any]:
    """Return what few lists show of a text."""
    return [front.get(name) for name in sorted(APART)]


def shown_around(generators: Iterable[Any]) -> dict[str, Any]:
    """Return what the page of each published text shows of other texts, by source, as JSON."""
    generators = list(generators)
    texts = (text for text in (*articles_of(generators), *pages_of(generators)) if text.status == "published")
    found = ((text, text.__dict__.get(AROUND)) for text in texts)
    return {text.get_relative_source_path(): freeze(shown) for text, shown in found if shown}


def _frozen(text: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the attributes of a text as JSON: those of its front, and the rest."""
    own = {name: value for name, value in text.__dict__.items() if name not in _OF_BUILD}
    metadata = {name: value for name, value in text.metadata.items() if name not in _OF_BUILD}
    # Most of the metadata are attributes as well, and need not be told twice.
    own["metadata"] = {name: value for name, value in metadata.items() if own.get(name) is not value}
    own["metadata_alike"] = [name for name in metadata if name not in own["metadata"]]
    frozen = {name: freeze(value) for name, value in own.items()}
    front = {name: value for name, value in frozen.items() if name in _FRONT}
    return front, {name: value for name, value in frozen.items() if name not in _FRONT}
