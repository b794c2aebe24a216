"""Sites whose every word is an attack: each vector in every place where an author, a tag or a work is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


CITED_TOGETHER = 4  # most of the time that citations take is the page's
FILE = Path(__file__).with_name("xss_vectors.txt")
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
#: Set by whoever keeps the site, and shown on every page.
SETTINGS = {
    "SITENAME": '"><img src=x onerror=alert(1)>',
    "SITESUBTITLE": "</title><script>alert(1)</script>",
    "LICENSE": "<svg onload=alert(1)>",
    "NAVIGATION": (("'><script>alert(1)</script>", 'archives/"onmouseover="alert(1)'),),
    "SOCIAL": (("'><script>alert(1)</script>", "https://a.example/#'onmouseover='alert(1)"),),
    "FEED_MAX_ITEMS": 1000,
}


def vectors() -> list[str]:
    r"""Return the vectors; `\n` in the file is a line feed."""
    return [line.replace("\\n", "\n") for line in FILE.read_text(encoding="utf-8").splitlines()]


def files() -> dict[str, str | bytes]:
    """Return essays and works: each vector in the text, in citations, and where front matter must refuse it."""
    found: dict[str, str | bytes] = {"content/images/x.gif": PIXEL}
    listed = list(enumerate(vectors()))
    for number, vector in listed:
        found[f"content/essays/text-{number}.md"] = _essay(number, vector)
        for key in ("slug", "lang", "url", "aliases"):
            front = _front({"title": "A", "date": "2016-12-20", key: vector})
            found[f"content/essays/{key}-{number}.md"] = f'{front}A [link]({{filename}}slug-{number}.md?")\n'
    words = ("skip", "navigation", "feed", "elsewhere", "notes", "works_cited", "commonplace_book", "moved", "contents")
    found["languages/en.yaml"] = "".join(f"{word}: {json.dumps(listed[0][1] + word)}\n" for word in words)
    for start in range(0, len(listed), CITED_TOGETHER):
        found[f"content/essays/cited-{start}.md"] = _cited(listed[start : start + CITED_TOGETHER])
    found["content/bibliography.json"] = json.dumps([_item(f"json-{number}", vector) for number, vector in listed])
    found["content/bibliography.bib"] = "\n".join(_bibtex(f"bib-{number}", vector) for number, vector in listed)
    return found


def _front(values: dict[str, Any]) -> str:
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\n"


def _essay(number: int, vector: str) -> str:
    front = {
        "title": f"T {vector}",
        "subtitle": vector,
        "date": "2016-12-20",
        "authors": [f"W{number} {vector}"],
        "tags": [f"T{number} {vector}"],
        "category": f"C{number} {vector}",
        "series": {"name": f"S{number} {vector}", "part": 1},
        "license": vector,
        "summary": vector,
        "image": {"src": "images/x.gif", "alt": vector, "caption": vector, "credit": vector},
        "corrections": [{"date": "2016-12-21", "text": vector, "was": vector, "now": vector}],
    }
    return _front(front) + _text(vector)


def _text(vector: str) -> str:
    line = " ".join(vector.split())
    return f"""{vector}

Words {line} and [{line}](x) and [x]({line}) and [y](<{line}> "{line}") and [z][ref] and <{line}>.
And ![{line}](/images/x.gif).

![{line}](/images/x.gif "{line}"){{credit="{line}" .wide}}

![x](/images/x.gif '{line}'){{credit='{line}' {line}}}

![x]({line}) ![z](/images/x.gif "{line}")

# Head {line}

[ref]: {line} "{line}"

<div title="{line}">{line}</div>

<p><b class='{line}' lang='{line}'>inline</b> <img src="{line}" alt="{line}"></p>

A paragraph with *attributes*{{ title="{line}" {line} }}.
{{: #x{line} .{line} }}

| a | {line} |
|---|---|
| b | {line} |

``` {line}
{line}
```

    {line}

> A quotation: {line}

{line}
: {line}

A note.[^n] [words {line}]{{.pull}} [天下]{{lang="{line}"}}

[^n]: {line}
"""


def _cited(listed: list[tuple[int, str]]) -> str:
    own = [_item(f"own-{number}", vector) for number, vector in listed]
    front = {"title": "Cited", "date": "2016-12-20", "references": own}
    return _front(front) + "\n".join(_citations(number, " ".join(vector.split())) for number, vector in listed)


def _citations(number: int, line: str) -> str:
    bare = line.translate(dict.fromkeys(map(ord, "[]@;{}\\`*_")))
    return f"""Cited [{bare} @json-{number}, p. 3{bare}; @bib-{number} {bare}] and @own-{number} [{bare}].

[A quotation by others]{{.pull cite=@json-{number}}} [by them]{{.pull cite=@own-{number}}}
and [of another]{{.pull cite=@bib-{number}}}.

A note.[^n{number}]

[^n{number}]: {line} [@json-{number}, chap. {bare}]
"""


def _item(key: str, vector: str) -> dict[str, Any]:
    return {
        "id": key,
        "type": "article-magazine",
        "title": f"Of {vector}",
        "author": [{"family": vector, "given": vector}, {"literal": vector}],
        "container-title": vector,
        "publisher": vector,
        "publisher-place": vector,
        "volume": vector,
        "note": vector,
        "issued": {"literal": vector},
        "URL": vector,
        "DOI": vector,
    }


def _bibtex(key: str, vector: str) -> str:
    bare = " ".join(vector.split()).translate(dict.fromkeys(map(ord, "{}\\%@")))
    fields = "".join(f"  {name} = {{{bare}}},\n" for name in "author publisher url doi note howpublished".split())
    return f"@book{{{key},\n  title = {{Of {bare}}},\n{fields}  year = {{2016}},\n}}\n"
