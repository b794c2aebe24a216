"""Whatever is edited, in whatever order: what comes out is what a clean build of the same sources makes."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from plugins.shared.files import digest
from tests.cache.programs import PROGRAMS, edit_program, set_version
from tests.cache.sites import SETTINGS, TAGS, WORDS, begin, build, clean_copy, essay, keeping_times, state_of
from tests.conftest import Site, configuration, write_site
from tests.nursery import Nursery
from tests.pictures import drawing


SHOWN, LINKED = "![photo]({static}/images/photo.png)", "[original](/p/images/photo.png)"
NAMES = ("one", "two", "three", "four", "five", "six")
QUICK, SLOW, SHARES = 4, 1000, 50  # sequences; the slow ones are shared out, and a line is printed for each share
# One of notes, one of citations in the text; small ones, as a style's size is most of what formatting takes.
STYLES = ("history-and-theory", "elsevier-harvard")
ENVIRONMENTS = ({}, {"LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}, {"LC_ALL": "POSIX", "TZ": "America/New_York"})


Clean = tuple[int, list[str], dict[str, str]]  # exit code, problems, files of the output and their digests


class Edits(RuleBasedStateMachine):
    """A site that is edited and built again; after each build a clean one is compared with it."""

    nursery: Nursery
    known: ClassVar[dict[str, Clean]] = {}  # clean builds, by their sources

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "site"
        self.root.mkdir()
        begin(self.root)
        self.settings: dict[str, Any] = {**SETTINGS, "THEME": "theme", "CITATIONS_STYLE": STYLES[0]}
        write_site(self.root, PROGRAMS, self.settings)
        self._write_settings()
        self.number, self.waiting = 0, 0
        self.environment: Mapping[str, str] = {}
        self.built: Site | None = None

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(name=st.sampled_from(NAMES), words=st.sampled_from(WORDS))
    def words(self, name: str, words: str) -> None:
        """Add words to a text."""
        path = self._essay(name)
        if path.exists():
            path.write_text(f"{path.read_text()}\n{words} {self._next()}\n")

    @rule(name=st.sampled_from(NAMES))
    def take_back(self, name: str) -> None:
        """Write a text as it may have been before."""
        self._essay(name).write_text(essay(name, NAMES.index(name)))

    @rule(name=st.sampled_from(NAMES), key=st.sampled_from(["title", "summary", "date", "tags", "slug"]))
    def metadata(self, name: str, key: str) -> None:
        """Change what lists show of an essay."""
        values = {
            "title": f"Title {self._next()}",
            "summary": f"Summary {self._next()}",
            "date": f"2019-02-{1 + self._next() % 28:02d}",
            "tags": TAGS[self._next() % 3],
            "slug": f"{name}-{self._next()}",
        }
        self._replace(
            name, rf"(?m)^{key}: .*$", f"{key}: [{values[key]}]" if key == "tags" else f"{key}: {values[key]}"
        )

    @rule(name=st.sampled_from(NAMES), status=st.sampled_from(["published", "draft", "hidden"]))
    def status(self, name: str, status: str) -> None:
        """Publish an essay, or take it back."""
        self._replace(name, r"(?m)^status: .*$", f"status: {status}")

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        """Delete an essay."""
        self._essay(name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename(self, name: str, other: str) -> None:
        """Give a source another name; the slug stays, and may be another's."""
        if self._essay(name).exists():
            self._essay(name).replace(self._essay(other))

    @rule(name=st.sampled_from(NAMES))
    def spoil(self, name: str) -> None:
        """Break an essay."""
        self._replace(name, r"(?m)^date: .*$", "date: no day")

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def link(self, name: str, other: str) -> None:
        """Lead to another essay, or to what is not there; to a place in it; and cite, or cite what is unknown."""
        key = ("poe", "roe", "nobody")[self._next() % 3]
        self._append(name, f"[to]({{filename}}{other}.md#a-heading) and [there](/p/essays/{other}/), [@{key}].\n")

    @rule(name=st.sampled_from(NAMES))
    def kept_time(self, name: str) -> None:
        """Change a text in place, to one of the same length and with its time of modification kept."""
        path = self._essay(name)
        if path.exists():
            keeping_times(path, lambda: path.write_text(path.read_text().swapcase().replace("FILENAME", "filename")))

    @rule(name=st.sampled_from(NAMES))
    def back_dated(self, name: str) -> None:
        """Give an essay an earlier day, and its file the time that it had."""
        if self._essay(name).exists():
            keeping_times(self._essay(name), lambda: self._replace(name, r"(?m)^date: .*$", "date: 2018-03-04"))

    @rule(name=st.sampled_from(NAMES))
    def touched(self, name: str) -> None:
        """Save a text without a change."""
        if self._essay(name).exists():
            os.utime(self._essay(name))

    @rule(
        file=st.sampled_from(["article.html", "list.html", "partials/listing.html", "macros/dates.html", "index.html"])
    )
    def template(self, file: str) -> None:
        """Edit a template, an include, or a macro."""
        path = self.root / "theme" / "templates" / file
        path.write_text(path.read_text() + f"{{# {self._next()} #}}\n" if self.number % 2 else path.read_text() + " ")

    @rule(words=st.sampled_from(WORDS))
    def shown_by_template(self, words: str) -> None:
        """Have every page show something else."""
        path = self.root / "theme" / "templates" / "partials" / "footer.html"
        path.write_text(path.read_text() + f"<!-- {words} {self._next()} -->\n")

    @rule()
    def override(self) -> None:
        """Put a template of the site in the place of the theme's, or take it away."""
        path = self.root / "templates" / "partials" / "pagination.html"
        if path.exists():
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("<!-- ours -->\n")
            self._set("THEME_TEMPLATES_OVERRIDES", [str(self.root / "templates")])

    @rule(key=st.sampled_from(["roe", "poe"]))
    def work(self, key: str) -> None:
        """Change an item of the bibliography."""
        path = self.root / "content" / "bibliography.yaml"
        number = self._next()
        path.write_text(re.sub(rf"(id: {key}, type: book, title: )\w+", rf"\g<1>T{number}", path.read_text()))

    @rule(
        change=st.sampled_from(
            [
                ("SITENAME", ["A", "B"]),
                ("FEED_MAX_ITEMS", [1, 3]),
                ("PAGINATED_TEMPLATES", [{"tag": 1, "author": 2}, {"tag": 30, "author": 30}]),
                ("ARTICLE_URL", ["essays/{slug}/", "e/{slug}/"]),
                ("PULLQUOTES_SIDE", ["start", "end"]),
                ("CITATIONS_STYLE", STYLES),
                ("DEFAULT_LANG", ["en", "de"]),
                ("DEFAULT_DATE_FORMAT", ["%Y", "%-d %B %Y"]),
                ("LOCALE", [["C"], ["C.UTF-8", "en_US.UTF-8"]]),
                ("TYPOGRIFY_DASHES", ["default", "oldschool"]),
                ("ESSAY_TYPOGRIFY", [True, False]),
            ]
        ),
        place=st.integers(0, 1),
    )
    def setting(self, change: tuple[str, Sequence[Any]], place: int) -> None:
        """Change a setting: of pages, of lists, of feeds, of addresses, of a plugin, of language."""
        self._set(change[0], change[1][place])
        if change[0] == "ARTICLE_URL":
            self._set("ARTICLE_SAVE_AS", f"{change[1][place]}index.html")

    @rule(environment=st.sampled_from(ENVIRONMENTS))
    def elsewhere(self, environment: Mapping[str, str]) -> None:
        """Build in another locale and zone; the clean build stays in its own."""
        self.environment = environment

    @rule(file=st.sampled_from(["mark.py", "at_once.py", "at_work.py"]))
    def program(self, file: str) -> None:
        """Edit a plugin of the site, a module that it imports, or one that it imports only when it is at work."""
        edit_program(self.root, file, self._next())

    @rule()
    def library(self) -> None:
        """Install another version of a library that a plugin uses."""
        set_version(self.root, f"1.{self._next()}")

    @rule()
    def together(self) -> None:
        """Make the next two edits before the site is built."""
        self.waiting = 2

    @rule(name=st.sampled_from(["map.svg", "table.csv", "new.txt"]))
    def picture(self, name: str) -> None:
        """Change a drawing or another file, or add one."""
        text = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{self._next()}</title></svg>'
        (self.root / "content" / "images" / name).write_text(text)

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from([SHOWN, LINKED, f"{SHOWN}{{.wide}}"]))
    def shows(self, name: str, text: str) -> None:
        """Show a photograph in a text, or lead to its original."""
        self._append(name, f"{text}\n\n")

    @rule()
    def photograph(self) -> None:
        """Change a photograph, spoil it, or take it away."""
        path, number = self.root / "content" / "images" / "photo.png", self._next()
        if number % 4 == 0:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(b"x" if number % 4 == 1 else drawing(20 + number % 3, 10))

    @precondition(lambda self: self.built is not None)
    @rule()
    def lost_page(self) -> None:
        """Lose a page of the output."""
        pages = sorted((self.root / "output").rglob("*.html"))
        if pages:
            pages[self._next() % len(pages)].unlink()

    @precondition(lambda self: self.built is not None)
    @rule()
    def spoilt_cache(self) -> None:
        """Flip a bit of the cache, cut it off, or lose it."""
        files = sorted((self.root / ".cache").glob("*.db"))
        if files:
            file, number = files[self._next() % len(files)], self._next()
            data = bytearray(file.read_bytes())
            if number % 3 and data:
                data[(number * 7919) % len(data)] ^= 1 << number % 8
                file.write_bytes(bytes(data[: len(data) // 2] if number % 3 == 1 else data))
            else:
                file.unlink()

    @invariant()
    def is_as_clean(self) -> None:
        """Hold a build after the edit to a clean one: the same bytes, the same problems."""
        if not hasattr(self, "root"):
            return
        if self.waiting:
            self.waiting -= 1
            return
        self.built = build(self.nursery, self.root, environment=self.environment)
        again = build(self.nursery, self.root, environment=self.environment)
        exit_code, problems, files = self._clean()
        assert "internal error" not in self.built.stderr
        assert (self.built.exit_code, self.built.problems) == (exit_code, problems)
        assert (again.exit_code, again.problems) == (exit_code, problems)
        assert digests(self.built) == files

    def _clean(self) -> Clean:
        """Return what a clean build of the sources says and makes; the same sources are built once."""
        state = state_of(self.root)
        if state not in self.known:
            copy = clean_copy(self.root, self.folder / "clean" / "site")
            clean = build(self.nursery, copy)
            said = [line.replace(str(copy), "ROOT") for line in clean.problems]
            self.known[state] = clean.exit_code, said, digests(clean)
        exit_code, problems, files = self.known[state]
        return exit_code, [line.replace("ROOT", str(self.root)) for line in problems], files

    def _essay(self, name: str) -> Path:
        return self.root / "content" / "essays" / f"{name}.md"

    def _append(self, name: str, words: str) -> None:
        if self._essay(name).exists():
            self._essay(name).write_text(f"{self._essay(name).read_text()}\n{words}")

    def _replace(self, name: str, pattern: str, new: str) -> None:
        path = self._essay(name)
        if path.exists():
            path.write_text(re.sub(pattern, new, path.read_text(), count=1))

    def _set(self, name: str, value: Any) -> None:
        self.settings[name] = value
        self._write_settings()

    def _write_settings(self) -> None:
        own = 'sys.path.insert(0, str(ROOT / "own"))\nPLUGINS = [PLUGINS[0], "mark", *PLUGINS[1:]]\n'
        (self.root / "pelicanconf.py").write_text(configuration(self.settings) + own)

    def _next(self) -> int:
        self.number += 1
        return self.number


def digests(site: Site) -> dict[str, str]:
    return {name: digest(data) for name, data in site.files().items()}


def _run(nursery: Nursery, sequences: int, edits: int, *, seed: int | None = None) -> None:
    Edits.nursery = nursery
    machine = Edits if seed is None else hypothesis.seed(seed)(Edits)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=edits,
            deadline=None,
            database=None,
            derandomize=seed is None,
            phases=[Phase.generate],  # a sequence that fails is short, and each try at a shorter one takes seconds
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_edits(nursery: Nursery) -> None:
    """A few sequences of edits, always the same."""
    _run(nursery, QUICK, 5)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_many_edits(nursery: Nursery, share: int) -> None:
    """A thousand sequences in all."""
    _run(nursery, SLOW // SHARES, 3, seed=share)
