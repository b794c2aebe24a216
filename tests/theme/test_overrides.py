"""A site overrides any template of the theme with a file of the same name, and takes it back by deleting that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.theme.specimens import THEME


TEMPLATES = sorted(path.relative_to(THEME / "templates").as_posix() for path in (THEME / "templates").rglob("*.html"))
#: A macro is overridden by a whole file; what it prints stands in places where no comment can.
MACROS = {name for name in TEMPLATES if name.startswith("macros/")}
MARK = b"<!-- ours -->"
ESSAY = """---
title: {0}
date: 2017-03-1{1}
author: Roe
tags: [one]
series: Roads
aliases: [old/{1}/]
image: {{src: images/a.svg, alt: A}}
---
Words, [marked]{{.pull}}, and a note [@roe].
{2}
"""
HEADINGS = "".join(f"\n## Heading {number}\n\nWords.\n" for number in range(8))
#: A site with a page of each kind, and on them everything that the theme has a partial for.
SITE = {
    **{f"content/essays/{name}.md": ESSAY.format(name, day, HEADINGS) for day, name in enumerate("abcdefg")},
    "content/pages/about.md": "---\ntitle: About\n---\nWords.\n",
    "content/bibliography.yaml": "- {id: roe, type: book, title: T, author: [{family: R}], issued: 1999, publisher: P}",
    "content/images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>',
}
SETTINGS: dict[str, Any] = {
    "theme_templates_overrides": ["templates"],
    "paginated_templates": {"tag": 1},
    "search": True,
    "essay_authors": {"Roe": {"about": "Writes."}},
    "social": [("E-mail", "mailto:a@b.example")],
    "category_save_as": "columns/{slug}/index.html",
    "category_url": "columns/{slug}/",
    "year_archive_save_as": "archives/{date:%Y}/index.html",
    "year_archive_url": "archives/{date:%Y}/",
}


def override(template: str) -> str:
    """Return a template that is the theme's and a mark: behind a partial, or at the foot of a page."""
    if template.startswith("partials/"):
        return f'{{% include "!theme/{template}" %}}{MARK.decode()}'
    text = (THEME / "templates" / template).read_text("utf-8")
    if "</body>" in text:
        return text.replace("</body>", f"{MARK.decode()}</body>")
    foot = f"{{% block footer %}}{{{{ super() }}}}{MARK.decode()}{{% endblock footer %}}"
    return f'{{% extends "!theme/{template}" %}}{foot}'


def pages(site: Any) -> dict[str, bytes]:
    return {name: data for name, data in site.files().items() if name.endswith(".html")}


def test_every_template_can_be_overridden(build_site: Callable[..., Any]) -> None:
    """An override prints what includes it anew, and nothing else; once it is gone, all is as it was."""
    site = build_site(SITE, **SETTINGS)
    assert site.problems == []
    first, folder, unshown = pages(site), site.root / "templates", []
    for template in TEMPLATES:
        if template in MACROS:
            continue
        shutil.rmtree(folder, ignore_errors=True)  # that of the template before
        overridden = pages(build_site({f"templates/{template}": override(template)}, **SETTINGS))
        shown = {name for name, data in overridden.items() if MARK in data}
        assert {name for name in first if overridden[name] != first[name]} == shown, template
        unshown += [] if shown else [template]
    shutil.rmtree(folder)

    assert unshown == [], "no page of SITE shows these"
    assert pages(build_site({}, **SETTINGS)) == first


@pytest.mark.parametrize("template", ["partials/byline.html", "headed.html", "macros/dates.html"])
def test_an_override_is_as_in_a_clean_build(build_site: Callable[..., Any], template: str) -> None:
    """A site that gets an override, which includes one that changes, is what a clean build makes."""
    build_site(SITE, **SETTINGS)
    text = (THEME / "templates" / template).read_text("utf-8")
    changed = re.sub(r"<(p|time|ul)\b", r'<\1 data-x=""', text)
    own = {f"templates/{template}": f'{changed}{{% include "own.html" ignore missing %}}', "templates/own.html": "One"}
    for files in (own, {"templates/own.html": "Two"}):
        kept = build_site(files, **SETTINGS).files()
    site = build_site({}, **SETTINGS)
    shutil.rmtree(site.output)
    shutil.rmtree(site.root / ".cache")

    assert kept == build_site({}, **SETTINGS).files()
    assert any(b"data-x" in data for data in kept.values())
