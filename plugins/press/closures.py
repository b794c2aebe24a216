"""What a template's page can depend on: read off the template and all that it includes, extends and imports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import meta, nodes

from plugins.shared.files import digest


#: Attributes of an article that lists rarely show: an edit of a text mostly changes nothing else.
HEAVY = frozenset({"body", "content", "_content", "get_content", "works_cited", "source_text", "contents", "around"})
#: Attributes that few lists show, each of which is in the key of just those.
APART = frozenset({"pull_quotes"})

_STANDARD = jinja2.Environment(autoescape=True)
_PELICANS = frozenset({"strftime", "plugin_enabled"})


@dataclass(frozen=True, slots=True)
class Closure:
    """A template with all that belongs to it.

    `names` are the variables that it asks for. `is_wide` says that it may look at the text of any article that it
    gets hold of, `is_open` that nobody can say what it depends on. `apart` are those of `APART` that it may look at.
    """

    digest: str
    names: frozenset[str]
    is_wide: bool
    is_open: bool
    apart: frozenset[str] = frozenset()

    @classmethod
    def of(cls, told: list[Any]) -> Closure:
        """Return the closure that `told` was made of."""
        return cls(told[0], frozenset(told[1]), told[2], told[3], frozenset(told[4]))

    @property
    def told(self) -> list[Any]:
        """The closure as JSON."""
        return [self.digest, sorted(self.names), self.is_wide, self.is_open, sorted(self.apart)]


class Snapshot(jinja2.BaseLoader):
    """Load each template once in a build, so that what is rendered is what was looked at."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        self.loader = loader
        self._sources: dict[str, tuple[str, str | None]] = {}

    @property
    def loaders(self) -> Any:
        """Where Pelican puts the content folder first, for the pages of TEMPLATE_PAGES."""
        return self.loader.loaders  # type: ignore[attr-defined]

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template not in self._sources:
            source, path, _ = self.loader.get_source(environment, template)
            self._sources[template] = source, path
        return *self._sources[template], lambda: True

    def list_templates(self) -> list[str]:
        return self.loader.list_templates()


@dataclass(frozen=True, slots=True)
class _Part:
    """One template: its text, the templates and variables it names, and what it may look at."""

    source: str
    needed: tuple[str | None, ...]
    names: frozenset[str]
    is_wide: bool
    is_pure: bool
    apart: frozenset[str]


class Analyst:
    """Read templates, each once, though many pages include the same."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._parts: dict[str, _Part | None] = {}

    def closure_of(self, name: str) -> Closure:
        """Return what belongs to a template; one that cannot be read is open."""
        parts: dict[str, _Part | None] = {}
        waiting: list[str | None] = [name]
        while waiting:
            if (name := waiting.pop() or "") not in parts:
                parts[name] = part = self._part(name)
                waiting += part.needed if part else ()
        known = {name: part for name, part in parts.items() if part}
        written = json.dumps(sorted((name, part.source) for name, part in known.items()))
        names = frozenset().union(*(part.names for part in known.values()))
        is_open = len(known) < len(parts) or not all(part.is_pure for part in known.values())
        is_wide = any(part.is_wide for part in known.values())
        apart = frozenset().union(*(part.apart for part in known.values()))
        return Closure(digest(written.encode()), names, is_wide, is_open, apart)

    def _part(self, name: str) -> _Part | None:
        if name not in self._parts:
            self._parts[name] = self._read(name) if name else None  # a name that is worked out may be any
        return self._parts[name]

    def _read(self, name: str) -> _Part | None:
        loader = self._environment.loader
        assert loader is not None
        try:
            source = loader.get_source(self._environment, name)[0]
            return self._examined(source, self._environment.parse(source, name))
        except (jinja2.TemplateError, UnicodeDecodeError, OSError, RecursionError):  # whoever renders it says so
            return None

    def _examined(self, source: str, tree: nodes.Template) -> _Part:
        attributes = frozenset(_attributes(tree))
        return _Part(
            source,
            tuple(meta.find_referenced_templates(tree)),
            frozenset(meta.find_undeclared_variables(tree)),
            not HEAVY.isdisjoint(attributes),
            _is_pure(tree, self._environment),
            APART & attributes,
        )


def _attributes(tree: nodes.Template) -> Iterator[str]:
    """Yield whatever may name an attribute: after a dot, in brackets, or in words given to a filter."""
    yield from (node.attr for node in tree.find_all(nodes.Getattr))
    for node in tree.find_all(nodes.Const):
        if isinstance(node.value, str):
            yield from node.value.split(".")
    # A computed name may be any.
    if any(_is_computed(node.arg) for node in tree.find_all(nodes.Getitem)):
        yield from HEAVY
    for applied in tree.find_all(nodes.Filter):
        if applied.name in {"attr", "map", "groupby", "sort"} and any(map(_is_computed, applied.args)):
            yield from HEAVY


def _is_computed(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Neg):
        node = node.node
    return not isinstance(node, nodes.Const | nodes.Slice)


def _is_pure(tree: nodes.Template, environment: jinja2.Environment) -> bool:
    """Tell whether a template uses nothing of the site's own programming, which may look at anything."""
    used: tuple[tuple[type[Any], Mapping[str, Any], Mapping[str, Any]], ...] = (
        (nodes.Filter, environment.filters, _STANDARD.filters),
        (nodes.Test, environment.tests, _STANDARD.tests),
        (nodes.Name, environment.globals, _STANDARD.globals),
    )
    return all(
        _is_standard(node.name, theirs, standard) for kind, theirs, standard in used for node in tree.find_all(kind)
    )


def _is_standard(name: str, theirs: Mapping[str, Any], standard: Mapping[str, Any]) -> bool:
    if name not in theirs or name in _PELICANS:
        return True
    own = theirs[name]
    return name in standard and (own is standard[name] or type(own) is type(standard[name]) is not _FUNCTION)


_FUNCTION = type(_attributes)
