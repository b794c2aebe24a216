"""What the settings of a site make of the tools that essays are read with, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plugins.essays import people
from plugins.essays.settings import PREFIX, Settings
from plugins.essays.syntax import Converter
from plugins.essays.typography import Typography
from plugins.shared.problems import Problem, problems_of
from plugins.shared.settings import load


_CONVERTER = "_essays"  # where the settings of a build hold its converter
_ANY, _MOST_WORKERS = 10**12, 64


def check(settings: Any, taken: frozenset[str]) -> None:
    """Report what nobody can have meant by the settings `ESSAY_…` and `MARKDOWN`.

    `taken` are the names that no key of front matter may have, as a template knows them as something else.
    """
    own, faults = load(Settings, PREFIX, settings)
    problems = problems_of(settings)
    if own.trusted_html:
        problems.remark("raw HTML is trusted (ESSAY_TRUSTED_HTML)")
    problems.extend(faults)
    problems.extend(Problem("pelicanconf.py", 1, "setting-value", message) for message in _wrong_values(own, taken))
    try:
        converter_of(settings)
    except Exception as error:  # noqa: BLE001 - it imports what the setting names, which may raise anything
        message = f"MARKDOWN cannot be used: {type(error).__name__}: {error}; mend its extensions"
        problems.add(Problem("pelicanconf.py", 1, "setting-value", message))


def _wrong_values(own: Settings, taken: frozenset[str]) -> Iterator[str]:
    for name, value, least, most in (
        ("ESSAY_MAX_BYTES", own.max_bytes, 1, _ANY),
        ("ESSAY_TIMEOUT", own.timeout, 0, _ANY),
        ("ESSAY_WORKERS", own.workers, 0, _MOST_WORKERS),
    ):
        if not least <= value <= most:
            yield f'{name} is "{value}"; write a number from {least}' + ("" if most == _ANY else f" to {most}")
    yield from people.faults(own.authors or {})
    for key in own.extra_keys:
        if key.startswith("_") or key.replace("-", "_") in taken:
            yield f'ESSAY_EXTRA_KEYS holds "{key}", which a template knows as something else; choose another name'


def converter_of(settings: Any) -> Converter:
    """Return the one converter of a build: to make one takes as long as to read a few essays."""
    given = settings["MARKDOWN"]
    told = repr(given)  # plugins add their syntax to the setting as they start
    if settings.get(_CONVERTER, (None, None))[0] != told:
        settings[_CONVERTER] = told, Converter(given)
    return settings[_CONVERTER][1]  # type: ignore[no-any-return]


def typography_of(own: Settings, settings: Mapping[str, Any]) -> Typography:
    """Return what sets type as the site's settings for typogrify say."""
    return Typography(
        own.typogrify,
        settings["TYPOGRIFY_DASHES"],
        tuple(settings["TYPOGRIFY_IGNORE_TAGS"]),
        tuple(settings["TYPOGRIFY_OMIT_FILTERS"]),
    )
