"""Check the links of every source, once all sources are known, and report each fault at its line."""

from __future__ import annotations

from itertools import chain
from typing import Any

from markupsafe import Markup

from plugins.essays import links
from plugins.shared.lines import lines_of
from plugins.shared.problems import Problem, problems_of


def check_all(generators: list[Any]) -> None:
    """Check the links of every essay and page by what was read, the spoilt ones too."""
    context = generators[0].context
    contents = context["generated_content"]
    written = {path: _state(content) for path, content in contents.items()}
    sources = links.Sources(written, frozenset(context["static_content"]))
    spoilt = chain.from_iterable(getattr(generator, "spoilt", ()) for generator in generators)
    for content in chain(filter(None, contents.values()), spoilt):
        if hasattr(content, "problem_path"):
            _check(content, sources)


def _check(content: Any, sources: links.Sources) -> None:
    pattern = content._get_intrasite_link_regex()  # noqa: SLF001 - what Pelican itself will look for
    content._content, found = links.check(content._content, content.relative_dir, sources, pattern)  # noqa: SLF001
    for name in ("summary", "standfirst"):
        if name in content.metadata:
            html, more = links.check(str(content.metadata[name]), content.relative_dir, sources, pattern)
            found += more
            _set_summary(content, name, html)
    for fault in found:
        for line in lines_of(fault.needle, content.source_text):
            problem = Problem(content.problem_path, line, fault.code, fault.message, fault.severity)
            problems_of(content.settings).add(problem)


def _set_summary(content: Any, name: str, html: str) -> None:
    resolved = Markup(content._update_content(html, content.get_siteurl()))  # noqa: S704, SLF001 - it was safe before
    content.metadata[name] = resolved
    setattr(content, "_summary" if name == "summary" else name, resolved)


def _state(content: Any) -> links.State:
    if content is None:
        return "passed over"
    return "draft" if content.status == "draft" else "published"
