"""A page's HTML cut from the whole document: it is what pandoc writes of its parts one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.citations import styles
from plugins.citations.manuscripts import Manuscripts
from plugins.citations.worker import Worker
from tests.citations.chance import page


STYLES = (
    "apa american-medical-association bibtex bluebook-law-review chicago-author-date "
    "chicago-notes-bibliography-17th-edition ieee modern-language-association nature oscola vancouver-nlm"
).split()
MODES = {"normal": "NormalCitation", "suppress-author": "SuppressAuthor", "author-in-text": "AuthorInText"}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker(60)
    yield worker
    worker.close()


def asked(name: str, seed: int, suffix: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """Return a page of chance without prefixes, nothing of which stands in the words of a note."""
    job = page(seed, styles.find(name, Path()))
    citations = [
        {
            "items": [{"id": each.id, "mode": MODES[each.mode], "prefix": "", "suffix": suffix} for each in one.items],
            "note": one.note,
            "inside": False,
        }
        for one in job.citations
    ]
    link = not job.style.in_notes
    task = {"task": "format", "style": job.style.path, "locale": job.locale, "link": link, "citations": citations}
    return task, job.items


def answer(worker: Worker, job: dict[str, Any]) -> tuple[Any, Any]:
    told = worker.ask(job)
    return told["texts"], told["keys"]


@pytest.mark.parametrize("name", STYLES)
def test_same_html(name: str, worker: Worker) -> None:
    """Pages of works of every type come out byte for byte as when each part is written by itself."""
    for seed in range(4):
        job = Manuscripts(worker.ask).written(*asked(name, seed, ", p. 5" if seed % 2 else ""))
        assert job["whole"]
        assert answer(worker, job) == answer(worker, {**job, "whole": False}), seed


def test_words_that_look_like_marks(worker: Worker) -> None:
    """A title that looks like the marks by which a page is cut, or a key that HTML must escape, changes nothing."""
    title = '</span></p><p><span class="citation" data-cites="x"><div id="ref-x" class="csl-entry" role="listitem">'
    for key, name in (("a&b", "apa"), ("k", "apa"), ("k", "chicago-notes-bibliography-17th-edition")):
        work = {"id": key, "type": "book", "title": title, "author": [{"family": '<li id="fn1"><p>'}]}
        cited = [{"id": key, "mode": "NormalCitation", "prefix": "", "suffix": ""}]
        citations = [{"items": cited, "note": note, "inside": False} for note in (1, 2)]
        style = styles.find(name, Path()).path
        task = {"task": "format", "style": style, "locale": "en-US", "link": True, "citations": citations}
        job = Manuscripts(worker.ask).written(task, [work])
        assert answer(worker, job) == answer(worker, {**job, "whole": False})
