"""Pages to look at and to measure: the theme over essays made by hand, in the shapes of docs/design/house.md."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plugins.press.interface import Interface
from plugins.press.keys import subject_of
from plugins.press.languages import read
from plugins.shared.words import SETTING


ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "broadside"
LANGUAGES, _ = read(THEME, THEME / "content")

SITE: dict[str, Any] = {
    "BASE": "/",
    "SITEURL": "https://example.org",
    "SITENAME": "Broadside",
    "SITESUBTITLE": "Essays on public power, with their evidence",
    "DEFAULT_LANG": "en",
    "DEFAULT_CATEGORY": "Essays",
    "INDEX_SAVE_AS": "index.html",
    "DIRECT_TEMPLATES": ["index", "tags", "authors", "archives", "not_found"],
    "FEED_ALL_ATOM": "feeds/atom.xml",
    "LICENSE": "CC BY 4.0",
    "LICENSE_URL": "https://creativecommons.org/licenses/by/4.0/",
    "PRELOAD": ("fonts/serif.woff2",),
    "NAVIGATION": (("Essays", "archives/"), ("About", "about/")),
}


def environment(*, trim: bool = True) -> Environment:
    """Return Jinja as the site sets it up, but strict: a name that is not there is an error."""
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(THEME / "templates")]),
        autoescape=True,
        trim_blocks=trim,
        lstrip_blocks=trim,
        undefined=StrictUndefined,
    )


def render(template: str, save_as: str, **context: Any) -> str:
    words = Interface({**SITE, SETTING: LANGUAGES}).of(subject_of(context))
    return environment().get_template(template).render({**SITE, "output_file": save_as, **words, **context})


def exports(stem: str) -> tuple[SimpleNamespace, ...]:
    """Return the files of an essay, as templates link them."""
    formats = (
        ("BibTeX", "application/x-bibtex", "bib"),
        ("RIS", "application/x-research-info-systems", "ris"),
        ("CSL-JSON", "application/vnd.citationstyles.csl+json", "json"),
    )
    return tuple(
        SimpleNamespace(label=label, media_type=kind, address=f"essays/everywhere/{stem}.{ending}")
        for label, kind, ending in formats
    )


class Named:
    """A tag, an author or a category, as far as templates look at Pelican's."""

    def __init__(self, kind: str, name: str) -> None:
        self.name, self.slug = name, name.lower().replace(" ", "-")
        self.url = f"{kind}/{self.slug}/"

    def __str__(self) -> str:
        return self.name

    def __lt__(self, other: Named) -> bool:
        return self.name < other.name


def minimal(slug: str = "plain", **more: Any) -> SimpleNamespace:
    """Return an essay with what Pelican always sets, and no more."""
    day = datetime(2016, 12, 20, tzinfo=UTC)
    facts: dict[str, Any] = {
        "title": Markup("A plain essay"),
        "url": f"essays/{slug}/",
        "save_as": f"essays/{slug}/index.html",
        "slug": slug,
        "date": day,
        "locale_date": "20 December 2016",
        "category": Named("categories", "Essays"),
        "lang": "en",
        "status": "published",
        "content": "<p>One paragraph.</p>",
        "summary": "One paragraph.",
        "translations": [],
    }
    return SimpleNamespace(**{**facts, **more})


def full(slug: str = "everywhere", **more: Any) -> SimpleNamespace:
    """Return an essay with every attribute of the contract."""
    day = datetime(2017, 1, 4, tzinfo=UTC)
    facts: dict[str, Any] = {
        "title": Markup("Everywhere under&nbsp;heaven"),
        "plain_title": "Everywhere under heaven",
        "subtitle": Markup("Notes on a score"),
        "standfirst": Markup(
            "China proposes to give every citizen one number for being good. "
            "The trouble is not only who keeps the score, but that there is just&nbsp;one."
        ),
        "plain_summary": "China proposes to give every citizen one number for being good.",
        "category": Named("categories", "Surveillance"),
        "authors": [Named("authors", "Łucja Nowák"), Named("authors", "A. Writer")],
        "tags": [Named("tags", "China"), Named("tags", "credit scores")],
        "modified": day,
        "locale_modified": "4 January 2017",
        "reading_minutes": 9,
        "image": {
            "src": "images/scene.svg",
            "alt": "Two scores",
            "caption": "Two scores.",
            "credit": "Drawn for this page",
        },
        "body": BODY,
        "works_cited": (
            SimpleNamespace(
                id="work-economist2016",
                html="<i>The Economist</i>. Issue of 17–23 December 2016.",
                places=("ref-1", "ref-3"),
                coins="ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.title=The+Economist",
            ),
            SimpleNamespace(
                id="work-statecouncil2014",
                html="State Council of the People’s Republic of China. "
                "<i>Shèhuì xìnyòng tǐxì jiànshè guīhuà gāngyào</i> "
                '<span lang="zh-Hans">社会信用体系建设规划纲要</span> [Planning Outline for the Construction of a '
                "Social Credit System]. 14 June 2014. "
                "https://example.org/a/very/long/address/that/has/to/be/broken/somewhere.html",
                places=(),
            ),
        ),
        "reference_files": exports("references"),
        "citation_files": exports("cite"),
        "citation_coins": "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:dc&rft.type=blogPost&rft.title=Heaven",
        "citation_entry": Markup(
            "Nowák, Łucja. “Everywhere under Heaven.” <em>Broadside</em>, 20 December 2016. "
            '<a href="https://example.org/essays/everywhere/">https://example.org/essays/everywhere/</a>.'
        ),
        "pull_quotes": (
            SimpleNamespace(
                html=Markup("Allow the trustworthy to roam everywhere under heaven"),
                text="Allow the trustworthy to roam everywhere under heaven",
                credit="State Council of China",
                side="start",
                number=1,
                anchor="pull-1",
                cite="statecouncil2014",
            ),
        ),
        "page_metadata": (("name", "author", "A. Writer"), ("property", "og:title", 'Heaven & "earth"')),
        "license": "CC BY-SA 4.0",
        "translations": [minimal("everywhere/zh", lang="zh")],
    }
    return minimal(slug, **{**facts, **more})


def mark(number: int) -> str:
    return (
        f'<sup class="note-mark" data-apparatus="" id="ref-{number}">'
        f'<a href="#note-{number}" role="doc-noteref" aria-label="Note {number}">{number}</a></sup>'
    )


def note(number: int, words: str) -> str:
    return (
        f'<aside class="note" id="note-{number}" role="doc-footnote"><p><a class="note-number" href="#ref-{number}" '
        f'role="doc-backlink" aria-label="Back to note {number} in the text">{number}</a> {words}</p></aside>'
    )


def pull(words: str, credit: str = "", side: str = "start") -> str:
    footer = f"<footer>{credit}</footer>" if credit else ""
    return f'<aside class="pull-quote" aria-hidden="true" data-side="{side}"><p>{words}</p>{footer}</aside>'


_PARAGRAPH = (
    "Every government that ever kept a list of its citizens said that the honest had nothing to fear. The planning "
    "documents for the social-credit system say it more handsomely than most: the aim is to allow the trustworthy to "
    "roam everywhere under heaven, and to leave the rest standing where they are.{} It is a fine sentence. It is also "
    "a complete theory of punishment without a court in it."
)

BODY = Path(__file__).with_name("specimen.html").read_text(encoding="utf-8")


def dense_body() -> str:
    """Return text with fifteen notes and eight pull quotes: adjacent, very long, after a list, on both sides."""
    long_note = "A very long note. " + "It goes on about the register, the court and the queue, and then goes on. " * 14
    parts = []
    number = 0
    for block in range(10):
        if block in {0, 1, 2, 4, 5, 7, 9}:
            parts.append(pull("Nobody has to forbid anything. It is enough that each can guess.", "A source", "start"))
        if block in {1, 7}:
            parts.append(pull("Take the fence away and every part of a life answers for it.", "", "end"))
        marks, notes = "", []
        for _ in range((3, 1, 0, 2, 1, 4, 1, 0, 2, 1)[block]):
            number += 1
            marks += mark(number)
            notes.append(
                note(number, long_note if number == 5 else f"Note {number}, of a few words that take a line or two.")
            )
        if block == 6:
            parts.append(f"<ul><li>An item{marks} with a note.</li><li>An item without.</li></ul>")
        elif block in {3, 8}:
            parts.append(f"<p>A short one.{marks}</p>")
        else:
            parts.append(f"<p>{_PARAGRAPH.format(marks)}</p>")
        parts += notes
    return "\n".join(parts)


def dense() -> SimpleNamespace:
    return full("dense", body=dense_body(), works_cited=(), image=None)


def write_site(folder: Path) -> Path:
    """Write the specimens and the theme's files as a site; return its folder."""
    shutil.copytree(THEME / "static", folder / "theme", dirs_exist_ok=True)
    essays = [
        full(image=None),
        full("pictured", title=Markup("The most efficient policeman"), plain_title="The most efficient policeman"),
        minimal(plain_summary="The right to privacy was invented against the snapshot camera. Read it again."),
        full(
            "long-title",
            title=Markup(
                "An unusually long title, such as committees give to the reports they would rather nobody read"
            ),
            plain_title="An unusually long title",
        ),
        dense(),
    ]
    pages = {
        "index.html": ("index.html", {"articles": essays, "dates": essays}),
        "archives/index.html": ("archives.html", {"articles": essays, "dates": essays}),
        "tags/index.html": ("tags.html", {"tags": [(Named("tags", "China"), essays)], "articles": essays}),
        "authors/index.html": (
            "authors.html",
            {"authors": [(Named("authors", "A. Writer"), essays)], "articles": essays},
        ),
        "tags/china/index.html": ("tag.html", {"tag": Named("tags", "China"), "articles": essays}),
        "about/index.html": (
            "page.html",
            {"page": full("about", title=Markup("About"), plain_title="About", url="about/")},
        ),
        "404.html": ("not_found.html", {}),
    }
    for essay in essays:
        pages[essay.save_as] = ("article.html", {"article": essay})
    for save_as, (template, context) in pages.items():
        target = folder / save_as
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(template, save_as, **context), encoding="utf-8")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "scene.svg").write_text(_SCENE, encoding="utf-8")
    return folder


_SCENE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 80" width="1600" height="800">'
    '<path fill="#d3d9e1" d="M0 0h160v80H0z"/>'
    '<path fill="#121a2b" d="M0 60h160v20H0zM20 20h8v40h-8zM60 30h8v30h-8z"/></svg>'
)
