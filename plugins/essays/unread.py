"""Find files among the essays that look like texts and are none: nobody is to wonder where theirs has gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath


_TEXTS = frozenset(
    ".adoc .asciidoc .doc .docx .htm .html .ipynb .mdx .odt .org .qmd .rmd .rst .rtf .tex .text .textile .txt".split()
)


def unread(names: Iterable[str], read: Collection[str], taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each such file and what to do about it.

    `names` are those of the files among the sources, `read` the endings that are read, without their dots, and `taken`
    the files that something else makes use of.
    """
    for name in names:
        suffix = PurePosixPath(name).suffix
        if name in taken or suffix[1:] in read:
            continue
        if suffix[1:].lower() in read:
            yield name, f'this is not read, as it ends in "{suffix}"; let it end in "{suffix.lower()}"'
        elif suffix.lower() in _TEXTS:
            yield name, 'this is not read, as essays and pages are Markdown; write it in a ".md", or move it elsewhere'
