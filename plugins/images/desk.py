"""The pictures of a build: each is made once, on all cores, and not at all while what was made of it still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from plugins.images import drawings
from plugins.images.model import Developed, Drawing, Fault, Picture, Recipe
from plugins.images.names import RASTERS
from plugins.images.settings import Settings
from plugins.shared.crew import in_order
from plugins.shared.files import digest, write_whole
from plugins.shared.sources import Unreadable, read_bytes
from plugins.shared.store import Damaged, Store


Develop: TypeAlias = Callable[[bytes, Recipe], Developed | Fault]
Shown: TypeAlias = Picture | Drawing | Fault | None

_ROOM = "pictures"
_FOLDER = "images"
_LIMIT = "IMAGES_MAX_BYTES; make it smaller"
_SPARE = 100  # pictures that are kept although nothing shows them, beside as many as are shown


class Desk:
    """The pictures below a content folder, named from there.

    `maker` names all that decides what is made of a picture: code, and the version of the library. `learn` returns what
    they are made with, which takes a while to import; `sha_of` the digest of a file, empty if there is none. `counted`
    is called for each picture that is made, with the number of all.
    """

    def __init__(
        self,
        content: Path,
        own: Settings,
        store: Store,
        sha_of: Callable[[str], str],
        learn: Callable[[], Develop],
        *,
        maker: str,
        counted: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._content, self._own, self._store, self._sha_of = content, own, store, sha_of
        self._learn, self._counted = learn, counted
        self._recipe = Recipe(tuple(sorted(set(own.widths))), own.formats, own.max_pixels)
        # Not the ground of the store: what changes elsewhere in the house makes no picture anew.
        self._ground = repr((maker, self._recipe))
        self._found: dict[str, Shown] = {}
        self._held: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def has(self, name: str) -> bool:
        """Tell whether the content folder has a file of this name."""
        return bool(self._sha_of(name))

    def find(self, name: str) -> Shown:
        """Return what an image of this name shows; None if there is no such file, or if it is of no kind known here."""
        if name not in self._found:
            self.prepare([name])
        return self._found[name]

    def prepare(self, names: Iterable[str], *, may_keep: Callable[[str], bool] = lambda _: False) -> None:
        """Find out about pictures, and make those that are new. What `may_keep` says no to is not kept."""
        new = []
        for name in dict.fromkeys(names):
            if name not in self._found:
                self._found[name] = self._look(name)
                new += [name] if self._found[name] is _NEW else []
        for name, (sha, made) in zip(new, self._made(new), strict=True):
            self._found[name] = self._take(sha, made, is_kept=may_keep(name))
            self._counted(len(new))
        if new:
            self._store.commit()  # it took long, and holds whatever becomes of this build

    def _look(self, name: str) -> Shown:
        suffix, sha = Path(name).suffix.lower(), self._sha_of(name)
        if not sha or suffix not in {drawings.SUFFIX, *RASTERS}:
            return None
        if suffix == drawings.SUFFIX:
            return self._measured(name)
        return self._kept(sha) or _NEW

    def _measured(self, name: str) -> Drawing | None:
        try:
            return drawings.measure(self._read(name))
        except Unreadable:  # whoever publishes it says so
            return None

    def _kept(self, sha: str) -> Picture | None:
        self._asked.add(sha)
        told = self._store.get(_ROOM, sha, self._key(sha))
        if told is None:
            return None
        try:
            return Picture.of_told(told)
        except (TypeError, ValueError):
            self._store.is_damaged()
            return None

    def _key(self, sha: str) -> str:
        return digest(f"{self._ground} {sha}".encode())

    def _made(self, names: list[str]) -> Iterator[tuple[str, Developed | Fault]]:
        if not names:
            return iter(())
        develop = self._learn()  # before there are workers, to inherit it
        return in_order(lambda name: self._develop(name, develop), names, self._own.workers, is_heavy=True)

    def _develop(self, name: str, develop: Develop) -> tuple[str, Developed | Fault]:
        try:
            data = self._read(name)
        except Unreadable as error:
            return "", Fault("image-unreadable", str(error))
        return digest(data), develop(data, self._recipe)

    def _read(self, name: str) -> bytes:
        return read_bytes(self._content / name, self._content, self._own.max_bytes, _LIMIT)

    def _take(self, sha: str, made: Developed | Fault, *, is_kept: bool) -> Picture | Fault:
        if isinstance(made, Fault):
            return made
        if not (is_kept and self._put_away(made)):
            self._held |= made.files
        elif is_kept:
            self._store.put(_ROOM, sha, self._key(sha), made.picture.told)
        return made.picture

    def _put_away(self, made: Developed) -> bool:
        folder = self._store.folder
        if folder is None or (folder / _FOLDER).is_symlink():  # which may lead to anybody's files
            return False
        try:
            for name, data in made.files.items():
                write_whole(folder / _FOLDER / name, data)
        except OSError:  # a full disk costs time in the next build, and nothing else
            return False
        return True

    def data(self, source: str, wanted: str) -> bytes:
        """Return the bytes of this digest that are made of a picture."""
        if wanted in self._held:
            return self._held[wanted]
        try:
            data = self._folder_of_files.joinpath(wanted).read_bytes()
        except OSError:
            data = b""
        return data if digest(data) == wanted else self._made_again(source, wanted)

    @property
    def _folder_of_files(self) -> Path:
        return (self._store.folder or Path()) / _FOLDER

    def _made_again(self, source: str, wanted: str) -> bytes:
        """Return bytes that the cache has lost."""
        _, made = self._develop(source, self._learn())
        if isinstance(made, Fault) or wanted not in made.files:
            raise Damaged
        self._put_away(made)
        return made.files[wanted]

    def forget_others(self, shown: Iterable[str]) -> None:
        """Forget what nothing has shown for long; `shown` are the pictures of the whole site."""
        known, used = self._store.names(_ROOM), {*self._asked, *map(self._sha_of, shown)}
        others = known - used
        if len(others) <= len(used) + _SPARE or self._folder_of_files.is_symlink():
            return
        self._store.forget(_ROOM, others)
        kept = {each.digest for told in self._store.all(_ROOM).values() for each in Picture.of_told(told).all}
        for file in self._folder_of_files.iterdir() if self._folder_of_files.is_dir() else ():
            if file.name not in kept:
                file.unlink(missing_ok=True)


_NEW = Fault("", "")  # stands for a picture until it is made
