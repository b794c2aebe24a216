"""Make pull quotes of the marks of a page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from plugins.pullquotes.marks import Identity, identity, marks_in
from plugins.pullquotes.model import Fault, Mark, PullQuote
from plugins.pullquotes.passages import find_passages
from plugins.pullquotes.words import Words
from plugins.shared import html
from plugins.shared.suggest import did_you_mean


Collected = tuple[tuple[Identity, PullQuote], ...]


def collect(
    root: html.Element,
    credits: Mapping[str, str],  # noqa: A002 -- the field's word
    end: str = "",
) -> tuple[Collected, tuple[Fault, ...]]:
    """Return the pull quotes in the order of the text, their ids ending in `end`. A mark with a fault gives none."""
    taken = {element.get("id") for element in root.iter("*") if element.get("id")}
    collected: list[tuple[Identity, PullQuote]] = []
    faults: list[Fault] = []
    for element, mark in marks_in(root):
        words = Words(element)
        wrong = [*_faults_of_words(words, mark), *_faults_of_credit(element, mark, credits)]
        faults += wrong
        if not wrong:
            number = len(collected) + 1
            quote = PullQuote(
                number=number,
                anchor=_anchor(number, taken, end),
                text=words.plain(),
                html=Markup(_in_language(words.html(), element)),  # noqa: S704 -- made of the page's sanitised tree
                side=mark.side,
                cite=mark.cite,
                credit=credits.get(mark.cite) if mark.cite else None,
            )
            collected.append((identity(element), quote))
    return tuple(collected), tuple(faults)


def _faults_of_words(words: Words, mark: Mark) -> list[Fault]:
    """Cut the words to the shorter form, if there is one; return what is wrong with it."""
    if not words.plain():
        return [Fault(mark.raw, "pull-empty", "the mark holds no words; write them in the brackets")]
    if mark.text is None:
        return []
    found = find_passages(mark.text, words.text)
    if isinstance(found, str):
        return [Fault(mark.raw, "pull-text", found)]
    words.cut(*found)
    return []


def _faults_of_credit(element: html.Element, mark: Mark, credits: Mapping[str, str]) -> list[Fault]:  # noqa: A002
    if mark.cite is None:
        message = "words of a source need their source: add cite=@key"
        return [Fault(mark.raw, "pull-cite-missing", message)] if _in_quotation(element) else []
    if mark.cite in credits:
        return []
    message = f'no work "{mark.cite}" to credit{did_you_mean(mark.cite, credits)}'
    return [Fault(mark.raw, "pull-cite", message)]


def _in_quotation(element: html.Element) -> bool:
    return any(
        parent.tag == "blockquote" or "quote" in parent.get("class", "").split() for parent in element.iterancestors()
    )


def _in_language(inner: str, element: html.Element) -> str:
    """Keep the language that the words have where they stand."""
    around = (place.get("lang") for place in (element, *element.iterancestors()))
    language = next((lang for lang in around if lang), None)
    return str(Markup('<span lang="{}">{}</span>').format(language, Markup(inner))) if language else inner  # noqa: S704


def _anchor(number: int, taken: set[str], end: str) -> str:
    anchor = f"pull-{number}"
    while f"{anchor}{end}" in taken:
        anchor += "-words"
    return f"{anchor}{end}"
