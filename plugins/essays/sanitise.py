"""Keep what is on the allow list of HTML, and say what was not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3


_TAGS = frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div "
    "dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark ol p picture pre q rp "
    "rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul "
    "var video wbr".split()
)
_EVERYWHERE = frozenset(
    {"id", "class", "lang", "dir", "title", "role", "aria-label", "aria-hidden", "aria-describedby"}
)
_ATTRIBUTES: dict[str, str] = {
    "a": "href hreflang name rel",
    "audio": "controls loop muted preload src",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "del": "cite datetime",
    "details": "open",
    "img": "alt decoding height loading src width",
    "ins": "cite datetime",
    "li": "value",
    "ol": "reversed start type",
    "q": "cite",
    "source": "media src type",
    "td": "colspan headers rowspan",
    "th": "abbr colspan headers rowspan scope",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "controls height loop muted poster preload src width",
}
_SCHEMES = frozenset({"http", "https", "mailto"})
_URLS = frozenset(
    {"href", "src", "cite", "poster", "data", "action", "formaction", "background", "srcset", "xlink:href"}
)

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style"},
    attributes={"*": set(_EVERYWHERE), **{tag: set(names.split()) for tag, names in _ATTRIBUTES.items()}},
    generic_attribute_prefixes={"data-"},
    url_schemes=set(_SCHEMES),
    link_rel=None,
    strip_comments=True,
)
_NAMES = re.compile(r"<([a-z][^\s/>]*)", re.I)
# What may need a report: everything else that is dropped carries no content.
_SUSPECT = re.compile(r"""<[a-z][^>]*?[\s/"'](?:on\w+|style|srcdoc)\s*=""", re.I)
_URL = re.compile(r"""\b(?:href|src|cite|poster|srcset)\s*=\s*["']?\s*([^"'>\s]*)""", re.I)
_PLAIN_URL = re.compile(
    r"(?:https?://|mailto:|(?![^/?#]*:)(?!.*&(?!amp;)).)|&#109;&#97;&#105;&#108;&#116;&#111;|$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is not allowed, and raw texts to find its line by, the best first."""

    what: str
    needles: tuple[str, ...]


def clean(html: str) -> str:
    """Return HTML that is safe in any page: comments, scripts, handlers, styles and odd addresses are gone."""
    return _CLEANER.clean(html)


def removed(before: str, after: str) -> Iterator[Removed]:
    """Yield what `clean` took away of tags, handlers, styles and addresses. Cheap if there is nothing to find."""
    if _is_suspect(before):
        # A tag that is written in the text as code stays, as it is no tag.
        kept = Counter(_constructs(after))
        yield from Counter(_constructs(before)) - kept


def _is_suspect(html: str) -> bool:
    if not _TAGS.issuperset(name.lower() for name in set(_NAMES.findall(html))):
        return True
    return _SUSPECT.search(html) is not None or not all(map(_PLAIN_URL.match, _URL.findall(html)))


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Removed] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag not in _TAGS:
            self.found.append(Removed(f"<{tag}> is not allowed", (written, f"<{tag}")))
            return
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                what = f"the attribute {name} of <{tag}> is not allowed"
                self.found.append(Removed(what, (written, f"{name}=")))
            elif name in _URLS and _scheme(value or "") not in {"", *_SCHEMES}:
                self.found.append(Removed(f'the address "{value}" is not allowed', (written, value or "")))


def _constructs(html: str) -> list[Removed]:
    collector = _Collector()
    collector.feed(html)
    collector.close()
    return collector.found


def _scheme(url: str) -> str:
    match = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\0-\x20]", "", url), re.I)
    return match[1].lower() if match else ""
