"""Pelican's generators in an order that does not depend on chance, each fault kept to its own page."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

import jinja2
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound, StaticGenerator
from pelican.plugins import signals
from pelican.readers import Readers as PelicanReaders

from plugins.press import site_fonts
from plugins.press.addresses import Origin
from plugins.press.contents import Article, Page
from plugins.press.replaced import KEY
from plugins.press.scan import Scan, closed, files_below
from plugins.press.shelf import Shelf
from plugins.press.templates import BrokenTemplate, MissingTemplate
from plugins.press.tokens import STYLESHEET, tokens_of
from plugins.press.writer import Writer
from plugins.shared.files import is_file_inside, site_path
from plugins.shared.problems import problems_of


class Orderly(Generator):  # type: ignore[misc]
    def get_files(self, paths: Any, exclude: list[str] | None = None, extensions: Any = None) -> Any:
        """List sources as Pelican does, but sorted, contained in the content folder, and regular files only."""
        excluded = frozenset(os.path.normpath(folder) for folder in exclude or ())
        files = self._scan(tuple([paths] if isinstance(paths, str) else paths), excluded)
        return dict.fromkeys(name for name in files if self._include_path(name, extensions))

    def _scan(self, paths: tuple[str, ...], excluded: frozenset[str]) -> list[str]:
        """List the files of folders once in a build, which is asked for them by many."""
        if (only := self.context.get("_only")) is not None:
            return [name for name in only if any(PurePath(name).is_relative_to(path) for path in paths)]
        scans = self.context.setdefault("_scans", {})
        if (paths, excluded) not in scans:
            scan = Scan(Path(self.path), tuple(self.settings["IGNORE_FILES"]), excluded)
            for path in paths:
                scan.take(path)
            problems_of(self.settings).extend(scan.problems)
            scans[paths, excluded] = scan.files
        return list(scans[paths, excluded])

    def get_template(self, name: str) -> Any:
        try:
            return super().get_template(name)
        except PelicanTemplateNotFound:
            return MissingTemplate(f"{name}.html")
        except (jinja2.TemplateSyntaxError, OSError, UnicodeDecodeError, RecursionError) as error:
            return BrokenTemplate(f"{name}.html", error)


class Shelved(Orderly):
    """A generator that takes from the press's shelf what need not be read again."""

    cls: type[Any]

    def __init__(self, *args: Any, shelf: Shelf | None = None, **kwargs: Any) -> None:
        self.shelf = shelf
        super().__init__(*args, **kwargs)
        if shelf:
            self.readers: Any = Readers(self.readers, shelf, self.cls)

    def again(self, context: dict[str, Any], shelf: Shelf | None, output_path: str) -> Any:
        """Return a generator like this one when it was new, with its templates, which need not be read again."""
        new = copy.copy(self)
        new.__dict__ |= {name: copy.copy(value) for name, value in vars(self).items() if value in ([], {})}
        new.__dict__.pop("standing", None)
        new.context, new.shelf, new.output_path = context, shelf, output_path
        new.readers = PelicanReaders(self.settings)
        new.announce()
        new.readers = Readers(new.readers, shelf, self.cls) if shelf else new.readers
        return new

    def announce(self) -> None:
        """Tell plugins of this generator, as Pelican does when it makes one."""

    @cached_property
    def standing(self) -> frozenset[str]:
        """The sources on the shelf; plugins that hear of this generator need not read them."""
        if self.shelf is None:
            return frozenset()
        kind = self.cls.__name__.upper()
        sources = self.get_files(self.settings[f"{kind}_PATHS"], self.settings[f"{kind}_EXCLUDES"])
        return frozenset(filter(self.shelf.holds, sources))

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: the build does it for the texts that it has read, and the others have been through it."""


class Readers:
    """Pelican's readers, which are asked only for what is not on the shelf."""

    def __init__(self, readers: Any, shelf: Shelf, cls: type[Any]) -> None:
        self._readers, self._shelf, self._cls = readers, shelf, cls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._readers, name)

    def read_anew(self, text: Any) -> Any:
        """Return a text as it is read from its source."""
        name = text.get_relative_source_path()
        return self._readers.read_file(
            base_path=text.settings["PATH"],
            path=name,
            content_class=self._cls,
            context=text._context,  # noqa: SLF001 - where Pelican keeps it
        )

    def read_file(self, base_path: str, path: str, **options: Any) -> Any:
        name = PurePath(path).as_posix()
        if options.get("content_class") is self._cls and self._shelf.holds(name) and self._is_free(base_path, name):
            return self._shelf.take(name, self._cls, options["context"])
        return self._readers.read_file(base_path=base_path, path=path, **options)

    def _is_free(self, base_path: str, name: str) -> bool:
        """Tell whether a source may have what its reader took for it: another one may have taken that before."""
        reader = self._readers.readers.get(PurePath(name).suffix[1:])
        stands = getattr(reader, "stands", None)
        return bool(stands and stands(self._shelf.remains_of(name), os.path.join(base_path, name)))  # noqa: PTH118


class Articles(Shelved, ArticlesGenerator):  # type: ignore[misc]
    cls = Article

    def announce(self) -> None:
        signals.article_generator_init.send(self)

    def generate_context(self) -> None:
        super().generate_context()
        self.context["tags"] = sorted(self.context["tags"], key=lambda pair: pair[0].slug)

    def _build_period_archives(self, sorted_articles: Any, articles: Any, settings: Any) -> Any:
        """Sort the articles into years, months and days in a time that grows with their number, not with its square."""
        found = super()._build_period_archives(sorted_articles, (), settings)
        for archive in chain.from_iterable(found.values()):
            own = set(map(id, archive["dates"]))
            archive["articles"] = [article for article in articles if id(article) in own]
        return found

    def generate_tags(self, write: Callable[..., None]) -> None:
        self._generate_lists(write, "tag", self.tags.items())

    def generate_categories(self, write: Callable[..., None]) -> None:
        self._generate_lists(write, "category", self.categories)

    def generate_authors(self, write: Callable[..., None]) -> None:
        self._generate_lists(write, "author", self.authors)

    def _generate_lists(self, write: Callable[..., None], name: str, lists: Iterable[tuple[Any, list[Any]]]) -> None:
        """Write the lists as Pelican does, which looks for each article of a list in the list of all of them."""
        template = self.get_template(name)
        places = {id(article): place for place, article in enumerate(self.dates)}
        for wrapper, articles in lists:
            dates = sorted(articles, key=lambda article: places[id(article)])
            given = {name: wrapper, "url": wrapper.url, "articles": articles, "dates": dates}
            named = {"template_name": name, "page_name": wrapper.page_name, "all_articles": self.articles}
            write(wrapper.save_as, template, self.context, blog=True, **given, **named)


class Pages(Shelved, PagesGenerator):  # type: ignore[misc]
    cls = Page

    def announce(self) -> None:
        signals.page_generator_init.send(self)


class Statics(Orderly, StaticGenerator):  # type: ignore[misc]
    def get_files(self, *args: Any, **kwargs: Any) -> Any:
        return set(super().get_files(*args, **kwargs))  # Pelican unites it with the set of linked files

    def generate_context(self) -> None:
        # A link that no longer finds its file here is reported where it is written.
        self.context["static_links"] = {name for name in self.context["static_links"] if self._is_source(name)}
        # What a file is called says nothing about its date, and may be no day at all.
        self.readers.settings = {**self.settings, "FILENAME_METADATA": "", "DEFAULT_DATE": None}
        super().generate_context()
        self.staticfiles.sort(key=lambda file: file.source_path)

    def generate_output(self, writer: Writer) -> None:
        fonts = site_fonts.read(Path(self.path))
        tokens = tokens_of(self.settings, fonts)
        problems_of(self.settings).extend((*fonts.problems, *tokens.problems))
        for path in self.settings["THEME_STATIC_PATHS"]:
            self._copy_theme(Path(self.theme) / path, writer, tokens.css)
        for source, below in fonts.copies() if tokens.css else ():
            writer.copy(source, f"{self.settings['THEME_STATIC_DIR']}/{below}", Origin(f'the font "{source.name}"'))
        replaced = self.context.get(KEY, ())
        self.copy((file for file in self.staticfiles if file.get_relative_source_path() not in replaced), writer)

    def copy(self, files: Iterable[Any], writer: Writer) -> None:
        """Copy static files into the output."""
        for file in files:
            source = Path(self.path) / file.source_path
            name = site_path(source, self.path)
            self._copy(source, file.save_as, Origin(f'"{name}"', name), writer)

    def _copy(self, source: Path, save_as: str, origin: Origin, writer: Writer) -> None:
        from plugins.press import photographs  # noqa: PLC0415 - an edit of texts copies nothing
        from plugins.press.drawings import DRAWINGS, cleaned  # noqa: PLC0415 - as above

        if fault := closed(source, origin.source):
            problems_of(self.settings).add(fault)
            return
        suffixes = {source.suffix.lower(), Path(save_as).suffix.lower()}
        if not suffixes & DRAWINGS:
            change = partial(photographs.plain, content=Path(self.path)) if suffixes & photographs.PHOTOGRAPHS else None
            writer.copy(source, save_as, origin, change=change, within=Path(self.path))
            return
        data, faults = cleaned(source, origin.source, Path(self.path))
        problems_of(self.settings).extend(faults)
        if data is not None:
            writer.write(save_as, data, origin)

    def _is_source(self, name: str) -> bool:
        path = Path(self.path) / name
        return is_file_inside(path, self.path)

    def _copy_theme(self, root: Path, writer: Writer, tokens: str) -> None:
        for source in files_below(root, self.settings["IGNORE_FILES"]):
            below = source.relative_to(root).as_posix() if root.is_dir() else source.name
            name = f"{self.settings['THEME_STATIC_DIR']}/{below}"
            origin = Origin(f'the theme\'s "{below}"')
            if tokens and below == STYLESHEET:
                writer.write(name, source.read_bytes() + tokens.encode(), origin)
            else:
                writer.copy(source, name, origin)


OURS = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Statics}
