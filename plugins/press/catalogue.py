"""The names of all settings, and those that a site has misspelt."""

from __future__ import annotations

import dataclasses
import importlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from plugins.press.scan import files_below
from plugins.press.settings import PATH
from plugins.shared.problems import Problem


# Settings that Pelican or the themes made for it look at, and that have no default.
_WITHOUT_DEFAULT = frozenset(
    "ACCENT ANALYTICS AUTHOR AUTORELOAD_IGNORE_CACHE BASE CATEGORY_FEED_ATOM_URL "
    "CATEGORY_FEED_RSS CATEGORY_FEED_RSS_URL CLEAN_URLS DEBUG DEFAULT_DATE DISQUS_SITENAME FEED_ALL_ATOM_URL "
    "FEED_ALL_RSS FEED_ALL_RSS_URL FEED_ATOM FEED_ATOM_URL FEED_DOMAIN FEED_RSS FEED_RSS_URL GITHUB_POSITION "
    "GITHUB_URL GOOGLE_ANALYTICS LINKS LINKS_WIDGET_NAME MENUITEMS PROBLEMS SITESUBTITLE SOCIAL SOCIAL_WIDGET_NAME "
    "STYLESHEET_URL SUMMARY_MAX_PARAGRAPHS TAG_FEED_ATOM TAG_FEED_ATOM_URL TAG_FEED_RSS TAG_FEED_RSS_URL TIMEZONE "
    "ROOT SEARCH TRANSLATION_FEED_RSS TWITTER_USERNAME "
    "ARTICLE_DIR EXTRA_TEMPLATES_PATHS FILES_TO_COPY JINJA_EXTENSIONS PAGE_DIR PAGINATED_DIRECT_TEMPLATES PLUGIN_PATH "
    "SLUG_SUBSTITUTIONS TAG_SUBSTITUTIONS".split()
)
_NEAR = 0.85  # one or two letters of a name are wrong
_WORD = r"\b[A-Z][A-Z0-9_]+\b"
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.S)
_PLUGINS = Path(__file__).parents[1]


def misspelt(settings: Mapping[str, Any], *, theme: Path) -> Iterator[Problem]:
    """Yield a problem for each setting that is nearly one that exists.

    A name that the theme's templates use exists.
    """
    known = names(settings)
    strange = [name for name in settings if name not in known]
    if not strange or _are_asked_for(strange, theme):
        return
    known |= _words(theme)
    for name in strange:
        if name not in known and (near := _nearest(name, known)):
            yield Problem(PATH, 1, "setting-unknown", f'no setting "{name}"; did you mean "{near}"?')


def names(settings: Mapping[str, Any]) -> frozenset[str]:
    """Return the name of every setting there is: Pelican's, its themes', and those of this house's plugins."""
    asked = settings.get("DIRECT_TEMPLATES", ())
    lists = {*DEFAULT_CONFIG["DIRECT_TEMPLATES"], *(asked if isinstance(asked, list | tuple) else ())}
    addresses = {f"{str(name).upper()}_{ending}" for name in lists for ending in ("SAVE_AS", "URL")}
    return frozenset({*DEFAULT_CONFIG, *_WITHOUT_DEFAULT, *addresses, *_of_this_house()})


def _of_this_house() -> Iterator[str]:
    for path in sorted(_PLUGINS.glob("*/settings.py")):
        module = importlib.import_module(f"plugins.{path.parent.name}.settings")
        prefix = getattr(module, "PREFIX", path.parent.name.upper())
        for cls in vars(module).values():
            if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__:
                yield from (f"{prefix}_{each.name}".upper() for each in dataclasses.fields(cls))


def _nearest(name: str, known: Collection[str]) -> str:
    prefixes = {each.partition("_")[0] for each in _of_this_house()}
    if name.partition("_")[0] in prefixes:  # each plugin looks after its own
        return ""
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=_NEAR)), "")


def _are_asked_for(names: Iterable[str], theme: Path) -> bool:
    """Tell whether a theme's templates use all these settings, sooner than by looking for all that they use."""
    texts = list(_templates(theme))
    return all(any(_is_used(name, text) for text in texts if name in text) for name in names)


def _is_used(name: str, text: str) -> bool:
    return any(name in re.findall(_WORD, tag) for tag in _TAG.findall(text))


def _templates(theme: Path) -> Iterator[str]:
    files = (path for path in files_below(theme / "templates") if path.suffix in {".html", ".xml"})
    return (path.read_text("utf-8", "replace") for path in files)


def _words(theme: Path) -> frozenset[str]:
    """Return the names of settings that a theme's templates use."""
    tags = (tag for text in _templates(theme) for tag in _TAG.findall(text))
    return frozenset(word for tag in tags for word in re.findall(_WORD, tag))
