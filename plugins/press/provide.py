"""Tell the plugins of a build what holds now for what texts rest on: sources, files, and their addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.press.known import Known
from plugins.shared.files import is_inside
from plugins.shared.grounds import grounds_of


def provide(settings: Mapping[str, Any], context: Mapping[str, Any], known: Known) -> None:
    """Tell what is known of the sources and files of a site, whose addresses links by source lead to."""
    texts, files = context["generated_content"], context["static_content"]

    def source(name: str) -> str:
        return "" if texts.get(name) is None else source_ground(texts[name].status, texts[name].url)

    def static(name: str) -> str:
        # Not its `url`: that would fix the address of a file that a text is about to attach.
        return files[name].get_url_setting("url") if files.get(name) else ""

    content = Path(settings["PATH"])

    def file(name: str) -> str:
        path = content / name
        is_file = os.path.isfile(path) and is_inside(path, content)  # noqa: PTH113 - which no name is too long for
        return known.sha(path) if is_file else ""

    grounds_of(settings).provide("source", source)
    grounds_of(settings).provide("file", file)
    grounds_of(settings).provide("static", static)


def source_ground(status: str, url: str) -> str:
    """Return what a link by source rests on."""
    return f"{status} {url}"
