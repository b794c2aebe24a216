"""Check the links of every source, once all sources are known, and report each fault at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from plugins.essays import links
from plugins.shared.contents import contents_of
from plugins.shared.files import is_file_inside
from plugins.shared.grounds import rest
from plugins.shared.lines import lines_of
from plugins.shared.links import may_hold_links
from plugins.shared.problems import Problem, problems_of
from plugins.shared.themes import end_of


def check_all(generators: list[Any]) -> None:
    """Check the links of every essay and page that was read, the spoilt ones too."""
    context = generators[0].context
    sources = links.Sources(
        lambda name: _state(context["generated_content"], name),
        context["static_content"].keys(),
        lambda: [*context["generated_content"]],
        end=lambda name: end_of(context["generated_content"][name], generators[0].settings),
    )
    spoilt = replace(sources, is_to_come=_is_file(generators[0].settings["PATH"]))
    for content in contents_of(generators):
        if hasattr(content, "problem_path"):
            _check(content, sources if content.metadata else spoilt)


def _is_file(content: str) -> Callable[[str], bool]:
    """Return what tells of a file below the content folder: it would be copied if what links to it were published."""
    return lambda name: is_file_inside(Path(content, name), content)


def _check(content: Any, sources: links.Sources) -> None:
    pattern = content._get_intrasite_link_regex()  # noqa: SLF001 - what Pelican itself will look for
    content._content, found = _checked(content, content._content, sources, pattern)  # noqa: SLF001
    for name in ("summary", "standfirst"):
        if name in content.metadata:
            html, more = _checked(content, str(content.metadata[name]), sources, pattern)
            found += more
            _set_summary(content, name, html)
    for fault in found:
        for line in lines_of(fault.needle, content.source_text):
            problem = Problem(content.problem_path, line, fault.code, fault.message, fault.severity)
            problems_of(content.settings).add(problem)


def _checked(
    content: Any, html: str, sources: links.Sources, pattern: re.Pattern[str]
) -> tuple[str, list[links.Fault]]:
    if not may_hold_links(html, pattern):
        return html, []
    checked, faults, targets = links.check(html, content.relative_dir, sources, pattern)
    rest(content, *targets)
    return checked, faults


def _set_summary(content: Any, name: str, html: str) -> None:
    resolved = Markup(content._update_content(html, content.get_siteurl()))  # noqa: S704, SLF001 - it was safe before
    content.metadata[name] = resolved
    setattr(content, "_summary" if name == "summary" else name, resolved)


def _state(contents: Mapping[str, Any], name: str) -> links.State | None:
    """Return what is known of a source: None if there is none of that name."""
    if name not in contents:
        return None
    if contents[name] is None:
        return "passed over"
    return "draft" if contents[name].status == "draft" else "published"
