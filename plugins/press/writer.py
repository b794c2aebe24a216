"""Write the files of a build: each once, each inside the staging folder, each fault a problem of its own."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.writers import Writer as PelicanWriter

from plugins.press.addresses import Addresses, Origin
from plugins.press.faults import TemplateFault, template_fault, template_folders
from plugins.press.settings import PATH
from plugins.shared.files import site_path
from plugins.shared.problems import Problem, problems_of


_FAULT_OF_ONE_FILE = {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EILSEQ, errno.EACCES}
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


class Writer(PelicanWriter):  # type: ignore[misc]
    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self._folder = Path(output_path)
        self._content = Path(settings["PATH"])
        self._problems = problems_of(settings)
        self._addresses = Addresses(self._problems)
        self._faults: dict[TemplateFault, list[str]] = {}
        self.unwritten: set[str] = set()

    def write_file(
        self,
        name: str,
        template: Any,
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: ARG002
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Render a template, once for each page of a paginated list, and write what it makes."""
        if not name:
            return
        yields = template_name in self.settings["DIRECT_TEMPLATES"]
        origin = self._origin(template, kwargs, overrides=override_output, yields=yields)
        for save_as, values in self._sheets(name, url, template_name, paginated, kwargs):
            local = {**context, "output_file": save_as, **values}
            text = self._render(template, local, save_as, origin)
            if text is not None and self.write(save_as, text.encode(), origin):
                signals.content_written.send(str(self._folder / save_as), context=local)
            else:
                self.unwritten.add(save_as)

    def write_feed(
        self,
        elements: list[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Any:
        """Write a feed; a feed that cannot be made is a problem, and the others go on."""
        origin = Origin(f'the feed "{path}"', overrides=override_output)
        try:
            feed = super().write_feed(elements, context, None, url or path, feed_type, feed_title=feed_title)
            if not elements:  # the library would take the time of the build
                feed.latest_post_date = lambda: _NO_DATE
            data = feed.writeString("utf-8").encode() if path else b""
        except Exception as error:  # noqa: BLE001 - whatever it is, the pages are sound
            message = f'the feed "{path}" cannot be written: {type(error).__name__}: {error}'
            self._problems.add(Problem(PATH, 1, "feed-failed", message))
            return None
        if path and self.write(path, data, origin):
            signals.feed_written.send(str(self._folder / path), context=context, feed=feed)
        return feed

    def write(self, name: str, data: bytes, origin: Origin) -> bool:
        """Write one file of the output; return whether it was written."""
        return self._put(name, origin, lambda target: target.write_bytes(data))

    def copy(self, source: Path, name: str, origin: Origin) -> bool:
        return self._put(name, origin, lambda target: shutil.copyfile(source, target))

    def finish(self) -> None:
        """Report the faults of templates, each once for all the pages that it spoils."""
        for fault, pages in self._faults.items():
            more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
            message = f'{fault.message}; this spoils "{min(pages)}"{more}'
            self._problems.add(Problem(site_path(fault.path, self._content), fault.line, fault.code, message))

    def _put(self, name: str, origin: Origin, write: Callable[[Path], object]) -> bool:
        normal = self._addresses.claim(name, origin)
        if not normal:
            return False
        target = self._folder / normal
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target)
        except OSError as error:
            if error.errno not in _FAULT_OF_ONE_FILE:
                raise OSError(error.errno, error.strerror, str(target)) from error
            message = f'"{name}" cannot be written: {error.strerror}; mend {origin.words} or give it another address'
            self._problems.add(Problem(origin.source or PATH, origin.line, "address-unwritable", message))
            return False
        return True

    def _origin(self, template: Any, values: dict[str, Any], *, overrides: bool, yields: bool) -> Origin:
        content = values.get("page") or (values.get("article") if "articles" not in values else None)
        if content is None:
            return Origin(f'the template "{template.name}"', overrides=overrides, yields=yields)
        source = getattr(content, "problem_path", None) or site_path(content.source_path, self._content)
        line = _line_of_key(getattr(content, "source_text", ""), "save_as", "slug")
        return Origin(f'"{source}"', source, line, overrides)

    def _sheets(
        self,
        name: str,
        url: str | None,
        template_name: str | None,
        paginated: dict[str, Any] | None,
        values: dict[str, Any],
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the name and the values of each page of a list, or of the one page that it is."""
        lists = paginated or {key: values[key] for key in ("articles", "dates") if key in values}
        if not lists or template_name not in self.settings["PAGINATED_TEMPLATES"]:
            yield name, values
            return
        size = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
        paginators = {key: Paginator(name, url, items, self.settings, size) for key, items in lists.items()}
        for number in range(1, next(iter(paginators.values())).num_pages + 1):
            own = dict(values)
            for key, paginator in paginators.items():
                own |= _neighbours(key, paginator, number)
                save_as = own[f"{key}_page"].save_as
            yield save_as, own

    def _render(self, template: Any, context: dict[str, Any], name: str, origin: Origin) -> str | None:
        try:
            text: str = template.render(context)
        except Exception as error:  # noqa: BLE001 - a template may raise anything, and only its page is spoilt
            fault = template_fault(error, template_folders(self.settings), template.name)
            if origin.source and str(error) == template.name:  # the source asks for a template that is not there
                message = f"{fault.message}; name another, or leave the key out"
                line = _line_of_key(
                    getattr(context.get("article") or context.get("page"), "source_text", ""), "template"
                )
                self._problems.add(Problem(origin.source, line, fault.code, message))
            else:
                self._faults.setdefault(fault, []).append(name)
            return None
        return text


def _line_of_key(source: str, *keys: str) -> int:
    """Return the line of the first of these keys that stands in front matter, or 1."""
    for key in keys:
        if found := re.search(rf"^{key.replace('_', '[_-]')}[ \t]*:", source, re.M | re.I):
            return source.count("\n", 0, found.start()) + 1
    return 1


def _neighbours(key: str, paginator: Any, number: int) -> dict[str, Any]:
    return {
        f"{key}_paginator": paginator,
        f"{key}_page": paginator.page(number),
        f"{key}_previous_page": paginator.page(number - 1) if number > 1 else None,
        f"{key}_next_page": paginator.page(number + 1) if number < paginator.num_pages else None,
    }
