"""How often essays cite a work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugins.citations.parse import BARE_KEY
from plugins.citations.yaml_documents import read_yaml
from plugins.shared.lines import mask_code


# As in an essay's text, and in `cite=@key` of a pull quote.
_CITED = re.compile(rf"(?<![\w\\/])@(?:\{{\s*(?P<braced>[^{{}}\n]*?)\s*\}}|(?P<bare>{BARE_KEY}))")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Use:
    """How often a work is cited, and in how many essays and pages."""

    times: int = 0
    sources: int = 0


def cited_in(source: str) -> Counter[str]:
    """Return how often each key is cited in an essay's source, but for works of its own `references`."""
    matter = _FRONT_MATTER.match(source)
    own = set(_own_keys(matter[1])) if matter and "references" in matter[1] else set()
    keys = (match["bare"] or match["braced"] for match in _CITED.finditer(mask_code(source)))
    return Counter(key for key in keys if key and key not in own)


def _own_keys(front_matter: str) -> Iterable[str]:
    found = read_yaml(front_matter, lambda *_: None)
    return [str(item["id"]) for item, _ in found if isinstance(item, dict) and item.get("id")]


def uses(sources: Iterable[str]) -> Mapping[str, Use]:
    """Return the use of each key that the sources cite."""
    times: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for source in sources:
        found = cited_in(source)
        times.update(found)
        places.update(found.keys())
    return {key: Use(times[key], places[key]) for key in times}
