"""Tell the plugins of a build what holds now for what texts rest on: sources, files, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.press.known import Known
from plugins.shared.files import is_file_inside
from plugins.shared.grounds import grounds_of
from plugins.shared.themes import end_of, shows_body
from plugins.shared.words import languages_of


def provide(settings: dict[str, Any], context: Mapping[str, Any], known: Known) -> None:
    """Tell what is known of the sources and files of a site, whose addresses links by source lead to."""
    texts, files = context["generated_content"], context["static_content"]

    def source(name: str) -> str:
        text = texts.get(name)
        return "" if text is None else told(text.status, text.url, text.save_as, end_of(text, settings))

    def static(name: str) -> str:
        # Not its `url`: that would fix the address of a file that a text is about to attach.
        file = files.get(name)
        return told("published", *map(file.get_url_setting, ("url", "save_as"))) if file else ""

    content = Path(settings["PATH"])

    def file(name: str) -> str:
        path = content / name
        return known.sha(path) if is_file_inside(path, content) else ""

    def words(lang: str) -> str:
        return languages_of(settings).of(lang).digest

    grounds_of(settings).provide("theme", lambda _: str(shows_body(settings)))
    grounds_of(settings).provide("words", words)
    grounds_of(settings).provide("source", source)
    grounds_of(settings).provide("file", file)
    grounds_of(settings).provide("static", static)


def told(status: str, url: str, save_as: str, id_end: str = "") -> str:
    """Return what a link by source rests on; `id_end` is what the ids of a text end in."""
    return f"{status} {url}\n{save_as}\n{id_end}"


def read(ground: str) -> tuple[str, str, str, str]:
    """Return the status, address and file that a ground was told of, and what its ids end in."""
    status, _, rest = ground.partition(" ")
    url, _, rest = rest.partition("\n")
    save_as, _, id_end = rest.partition("\n")
    return status, url, save_as, id_end
