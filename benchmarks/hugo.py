"""The same essays as a minimal site of Hugo's: a page each, lists paged by ten, tags, one feed."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.essays import Essay
from benchmarks.live import Server
from benchmarks.site import put_aside


_CONFIGURATION = """\
baseURL = "https://essays.example/"
title = "Essays"
[pagination]
pagerSize = 10
[services.rss]
limit = 20
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[taxonomies]
tag = "tags"
[markup.goldmark.renderer]
unsafe = true
"""
_BASE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><p><a href="/">{{ site.Title }}</a></p>{{ block "main" . }}{{ end }}</body></html>
"""
_ESSAY = """\
{{ define "main" }}<article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>
{{ .Content }}
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></article>
{{ end }}
"""
_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ $all := .Pages }}{{ if .IsHome }}{{ $all = site.RegularPages }}{{ end }}
{{ with .Paginate $all }}<ol>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2006-01-02" }}</time> {{ .Summary }}</li>
{{ end }}</ol>{{ with .Next }}<a href="{{ .URL }}">Next</a>{{ end }}{{ end }}{{ end }}
"""
_FILES = {
    "hugo.toml": _CONFIGURATION,
    "layouts/_default/baseof.html": _BASE,
    "layouts/_default/single.html": _ESSAY,
    "layouts/_default/list.html": _LIST,
}
_KEYS = ("title", "date", "slug", "tags", "summary")


@dataclass(slots=True)
class HugoSite:
    binary: str
    root: Path
    middle: Essay

    @classmethod
    def of(cls, binary: str, root: Path, chosen: list[Essay]) -> HugoSite:
        for name, text in _FILES.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        (root / "content/essays").mkdir(parents=True)
        site = cls(binary, root, chosen[len(chosen) // 2])
        for essay in chosen:
            site.write(essay)
        return site

    def write(self, essay: Essay) -> None:
        lower = {key.lower(): value for key, value in essay.metadata.items()}
        known = replace(essay, metadata={key: lower[key] for key in _KEYS if lower.get(key)})
        (self.root / "content/essays" / f"{essay.name}.md").write_text(known.for_broadside(), encoding="utf-8")

    def clean(self) -> None:
        put_aside(self.root, "output", "resources")

    def build(self) -> float:
        began = time.perf_counter()
        command = [self.binary, "--destination", "output", "--quiet"]
        subprocess.run(command, cwd=self.root, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began

    def edit_words(self, mark: str) -> None:
        self.middle = replace(self.middle, body=f"{self.middle.body}\n\nA sentence with {mark} in it.\n")
        self.write(self.middle)

    def server(self) -> Server:
        command = (self.binary, "server", "--port", "{port}", "--disableLiveReload")
        return Server(command, self.root, dict(os.environ), f"/essays/{self.middle.slug}/")
