"""The allow list of HTML: what an author's own may hold."""

from __future__ import annotations

import re


TAGS = frozenset(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div "
    "dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark ol p picture pre q rp "
    "rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul "
    "var video wbr".split()
)
EVERYWHERE = frozenset("id class lang dir title role aria-label aria-hidden aria-describedby".split())
ATTRIBUTES: dict[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
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
    }.items()
}
PREFIX = "data-"
SCHEMES = frozenset({"http", "https", "mailto"})
#: Attributes that hold an address, on whatever element.
ADDRESSES = frozenset(
    "href src cite poster data action formaction background srcset xlink:href ping manifest longdesc".split()
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_UNSEEN = re.compile(r"[\0-\x20]")


def attributes_of(tag: str) -> frozenset[str]:
    return EVERYWHERE | ATTRIBUTES.get(tag, frozenset())


def is_attribute(tag: str, name: str) -> bool:
    return name.startswith(PREFIX) or name in attributes_of(tag)


def is_address(url: str) -> bool:
    """Tell whether an address may be followed: it has an allowed scheme, or none."""
    match = _SCHEME.match(_UNSEEN.sub("", url))  # which browsers do not see either
    return match is None or match[1].lower() in SCHEMES
