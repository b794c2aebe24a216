"""Pelican's side of pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.images.names import ENDINGS
from plugins.images.originals import replaced
from plugins.images.settings import FORMATS, PREFIX, Settings
from plugins.shared import picture_files
from plugins.shared.contents import contents_of
from plugins.shared.files import digest, is_file_inside
from plugins.shared.grounds import grounds_of, rest
from plugins.shared.problems import Problem, problems_of
from plugins.shared.progress import counter_of
from plugins.shared.settings import load
from plugins.shared.store import store_of


if TYPE_CHECKING:
    from plugins.images.desk import Desk


SYNTAX = "plugins.images.syntax"
_DESK = "_images"  # where the settings of a build hold what its texts share
_MOST, _WIDEST = 10**12, 16_383  # pixels: the widest WebP


def register() -> None:
    signals.initialized.connect(begin)
    signals.get_generators.connect(generators)
    signals.all_generators_finalized.connect(show_all)


def begin(pelican: Any) -> None:
    """Check the settings and let Markdown know the syntax."""
    own, problems = load(Settings, PREFIX, pelican.settings)
    wrong = (Problem("pelicanconf.py", 1, "setting-value", message) for message in _wrong_values(own))
    problems_of(pelican.settings).extend((*problems, *wrong))
    pelican.settings["MARKDOWN"].setdefault("extension_configs", {}).setdefault(SYNTAX, {})


def _wrong_values(own: Settings) -> Iterator[str]:
    for name, value in (("MAX_BYTES", own.max_bytes), ("MAX_PIXELS", own.max_pixels)):
        if not 1 <= value <= _MOST:
            yield f'IMAGES_{name} is "{value}"; write a number from 1 on'
    if not 0 <= own.workers <= 64:  # noqa: PLR2004 - as many as a large machine has
        yield f'IMAGES_WORKERS is "{own.workers}"; write a number from 0 to 64'
    if not own.widths or not all(1 <= each <= _WIDEST for each in own.widths):
        yield f'IMAGES_WIDTHS is "{own.widths}"; write numbers of pixels from 1 to {_WIDEST:,}'
    for name in own.formats:
        if name not in FORMATS:
            yield f'IMAGES_FORMATS holds "{name}"; it can hold "avif" and "webp"'


def generators(_pelican: Any) -> type[Pictures]:
    return Pictures


class Pictures(Generator):  # type: ignore[misc]
    """Write what is made of pictures, and keep back the originals."""

    def generate_output(self, writer: Any) -> None:
        """Write the pictures of all texts that are written: a text of an earlier build knows its own."""
        texts = [text for text in self.context["generated_content"].values() if text is not None and text.save_as]
        found = [text.pictures for text in texts if getattr(text, "pictures", None)]
        if not found:
            return
        desk, shown = desk_of(self.settings), _united(each["shown"] for each in found)
        for source, files in shown.items():
            for name, sha in files.items():
                writer.add(name, digest(f"picture {sha}".encode()), source, _data(desk, source, sha))
        desk.forget_others(shown)
        linked = {name for each in found for name in each["linked"]}
        # The press publishes those of them that something else leads to: a drawing, a style, a template.
        self.context["replaced_files"] = replaced(shown, linked, load(Settings, PREFIX, self.settings)[0].originals)


def _united(shown: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """Return the files of several texts, by source and name."""
    found: dict[str, dict[str, str]] = {}
    for each in shown:
        for source, files in each.items():
            found.setdefault(source, {}).update(files)
    return dict(sorted(found.items()))


def _data(desk: Desk, source: str, sha: str) -> Callable[[], bytes]:
    return lambda: desk.data(source, sha)


def desk_of(settings: Any) -> Desk:
    """Return what the texts of a build share. It takes a while to import, and most edits do without."""
    from plugins.images.desk import Desk

    store = store_of(settings)
    if settings.get(_DESK, (None, None))[0] is not store:
        own, _ = load(Settings, PREFIX, settings)
        content, grounds = Path(settings["PATH"]), grounds_of(settings)

        def sha_of(name: str) -> str:
            known = grounds.now(("file", name))
            return _sha(content, name) if known is None else known

        settings[_DESK] = store, Desk(content, own, store, sha_of, _learn, maker=_maker(), counted=counter_of(settings))
    return settings[_DESK][1]  # type: ignore[no-any-return]


def _sha(content: Path, name: str) -> str:
    file = content / name
    return digest(file.read_bytes()) if is_file_inside(file, content) else ""


def _maker() -> str:
    """Return what decides about the files that are made of a picture, besides the settings."""
    from importlib.metadata import version

    code = (Path(__file__).with_name("develop.py"), Path(picture_files.__file__))
    return " ".join((*(digest(file.read_bytes()) for file in code), version("pillow")))


def _learn() -> Any:
    """Import what makes pictures: a site without new ones need not wait for it."""
    from plugins.images.develop import develop

    return develop


def show_all(generators: Iterable[Any]) -> None:
    """Show the pictures of every text that was read: all that are new are made at once."""
    concerned = [content for content in contents_of(generators) if concerns(content)]
    if not concerned:
        return
    from plugins.images.model import Sizes
    from plugins.images.texts import show, sources_of

    settings = concerned[0].settings
    desk, store, own = desk_of(settings), store_of(settings), load(Settings, PREFIX, settings)[0]
    texts = [(content, [*sources_of(content, desk)]) for content in concerned]
    public = {each for text, sources in texts if getattr(text, "status", "") == "published" for each in sources}
    shown = (each for _, sources in texts for each in sources)
    desk.prepare(shown, may_keep=lambda source: store.is_private or source in public)
    for text, sources in texts:
        rest(text, *(("file", source) for source in sources))
        show(text, desk, Sizes(own.sizes, own.sizes_wide, own.sizes_margin))


def concerns(content: Any) -> bool:
    """Tell whether a text may show a picture or link to one."""
    text = content._content  # noqa: SLF001 - Pelican has no other name for it
    return "<img" in text or bool(getattr(content, "image", None)) or any(ending in text for ending in ENDINGS)
