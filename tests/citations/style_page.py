"""Write docs/citation-styles.md: the citations of one essay in several styles, as the build makes them.

.venv/bin/python -m tests.citations.style_page
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown import Markdown

from plugins.citations import styles
from plugins.citations.engine import Engine
from plugins.citations.locales import locale_for
from plugins.citations.resolve import Resolved, resolve
from plugins.citations.settings import CitationSettings
from plugins.citations.syntax import CitationSyntax
from plugins.shared.html import Element, parse, serialise
from tests.citations.test_sources import sources


PAGE = Path(__file__).resolve().parents[2] / "docs" / "citation-styles.md"
#: Name, what it is called, and the language of the page.
STYLES = (
    ("chicago-notes-bibliography-17th-edition", "Chicago, notes and bibliography (the default)", "en"),
    ("chicago-author-date-17th-edition", "Chicago, author and date", "en"),
    ("apa", "APA", "en"),
    ("modern-language-association", "MLA", "en"),
    ("ieee", "IEEE, numbers", "en"),
    ("nature", "Nature, raised numbers", "en"),
    ("din-1505-2-alphanumeric", "DIN 1505-2, labels, on a page in German", "de"),
    ("oscola", "OSCOLA, notes on law", "en-GB"),
)
ESSAY = """\
As @scott [p. 4] argues, a state sees what it can count. The plan of 2014 wants "the trustworthy"
to be seen everywhere [@plan, art. 3; see also @jacobs, pp. 158-60]. A court asked what a person
"seeks to preserve as private" [@katz, p. 351], and a ladder has eight rungs [@arnstein, p. 217].
Jacobs had said it before [-@jacobs, p. 161]. The plan says it again [@plan, art. 5].
"""
_KEYS = {
    "scott": "scott1998", "plan": "statecouncil2014en", "jacobs": "jacobs1958", "katz": "katz1967",
    "arnstein": "arnstein1969",
}  # fmt: skip
_HEAD = """\
# Citation styles

One text, its notes and its works cited in eight of the thousands of styles that `CITATIONS_STYLE` and `citation-style`
can name. It is written

{essay}

and the build makes of it what follows. This page is written by `.venv/bin/python -m tests.citations.style_page`, and a
test holds it to what the code makes; after a change there, run it again. How near that is to the
[official tests of CSL](https://github.com/citation-style-language/test-suite) stands in
[CONTRIBUTING.md](../CONTRIBUTING.md#measure).
"""


def page(engine: Engine) -> str:
    essay = "\n".join(f"    {line}" for line in ESSAY.splitlines())
    sections = (_section(engine, *style) for style in STYLES)
    return "\n".join((_HEAD.format(essay=essay), *sections))


def _section(engine: Engine, name: str, title: str, lang: str) -> str:
    style = styles.find(name, Path())
    done = resolve(
        Markdown(extensions=["smarty", CitationSyntax()]).convert(ESSAY),
        items={short: {**sources()[key], "id": short} for short, key in _KEYS.items()},
        style=style,
        locale=locale_for(lang, style),
        format_job=engine.format,
        settings=CitationSettings(),
    )
    return f"## {title}\n\n`{name}`\n\n{_shown(done)}"


def _shown(done: Resolved) -> str:
    """Return the text, its notes and its entries as HTML that stands well by itself."""
    root = parse(done.content)
    for element in root.iter("*"):
        _simplify(element)
    for link in root.xpath(".//a[@role='doc-backlink']"):
        link.drop_tree()
    for span in root.xpath(".//span[not(@*)]"):
        span.drop_tag()
    for heading in root.iterfind(".//h2"):
        heading.tag = "h3"
    return re.sub(r"[ \t]+(?=</(?:li|p)>|\n)", "", serialise(root)).strip() + "\n"


def _simplify(element: Element) -> None:
    """Keep links to the web and languages; ids would meet those of the other styles."""
    for name in set(element.attrib) - {"lang", "dir", "href", "datetime", "role"}:
        del element.attrib[name]
    if element.get("href", "").startswith("#") and element.get("role") != "doc-backlink":
        element.drop_tag()


def main() -> None:
    engine = Engine()
    PAGE.write_text(page(engine), encoding="utf-8")
    engine.close()


if __name__ == "__main__":
    main()
