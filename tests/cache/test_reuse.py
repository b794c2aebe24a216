"""An edit costs the edit: what is read and printed again is what depends on it, and nothing else."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.conftest import Made
from tests.cache.programs import PROGRAMS, edit_program
from tests.cache.sites import SETTINGS, build, edit, essay, work
from tests.conftest import ROOT, Site, run_pelican, write_site
from tests.nursery import Nursery


OWN_PLUGIN = """from pelican import signals
def look(generators):
    pass
def register():
    signals.all_generators_finalized.connect(look)
"""


def stamps(site: Site) -> dict[str, int]:
    return {path.relative_to(site.output).as_posix(): path.stat().st_ino for path in site.output.rglob("*.html")}


def test_nothing(root: Path, again: Made) -> None:
    """Where nothing has changed nothing is read or printed, and no file is written."""
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}
    site = again()
    assert work(site) == (0, 0)
    assert site.stdout.rstrip().endswith("output is up to date")
    assert {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")} == before


def test_words(root: Path, again: Made) -> None:
    """The words of an old essay are on its page alone; those of a new one in the feeds, too."""
    edit(root / "content/essays/one.md", "More.", "Fewer.")
    before = stamps(again("-q"))
    edit(root / "content/essays/one.md", "Fewer.", "Many.")
    site = again("-q")
    assert [name for name, stamp in stamps(site).items() if before[name] != stamp] == ["essays/one/index.html"]
    assert work(site) == (1, 2)  # its tag has a feed


def test_title(root: Path, again: Made) -> None:
    """A title is on the page and on every list."""
    edit(root / "content/essays/one.md", 'title: "Essay one"', "title: Another")
    site = again()
    assert work(site)[0] == 1
    assert "Another" in site.read("archives/index.html")
    assert "Another" in site.read("tags/china/index.html")


def test_template(root: Path, again: Made) -> None:
    """A template makes its own pages anew, an include those of all templates that include it."""
    edit(root / "theme/templates/tags.html", "{{ essays|length }}", "({{ essays|length }})")
    assert work(again()) == (0, 1)
    edit(root / "theme/templates/partials/colophon.html", "<p>{{ words.filed_under", "<p>– {{ words.filed_under")
    assert work(again()) == (0, 5)


def test_bibliography(root: Path, again: Made) -> None:
    """A work makes the essays anew that cite it, and not one that does not."""
    edit(root / "content/bibliography.yaml", "title: RIVERS", "title: STREAMS")
    assert work(again()) == (0, 0)
    edit(root / "content/bibliography.yaml", "title: ROADS", "title: STREETS")
    site = again()
    assert work(site)[0] == 4
    assert "Streets" in site.read("essays/one/index.html") or "STREETS" in site.read("essays/one/index.html")


@pytest.mark.parametrize(
    ("name", "value", "reads"),
    [("NAVIGATION", (("A", "archives/"),), 0), ("FEED_MAX_ITEMS", 1, 0), ("TYPOGRIFY_DASHES", "oldschool", 6)],
)
def test_setting(root: Path, again: Made, name: str, value: object, reads: int) -> None:
    """A setting of pages reads nothing anew, one of feeds prints no page, one of reading reads all."""
    before = stamps(again())
    write_site(root, {}, {**SETTINGS, "THEME": "theme", name: value})
    site = again()
    assert work(site)[0] == reads
    if name == "FEED_MAX_ITEMS":
        assert stamps(site) == before


def test_strict_after_a_refusal(root: Path, again: Made, nursery: Nursery) -> None:
    """A strict build that is refused leaves nothing that a later one could take for its own."""
    edit(root / "content/essays/one.md", 'title: "Essay one"', "title: Another")
    edit(root / "content/essays/two.md", "date: ", "date: x")
    assert build(nursery, root, "--fatal", "warnings").exit_code == 1
    edit(root / "content/essays/two.md", "date: x", "date: ")
    assert "Another" in again("--fatal", "warnings").read("archives/index.html")


def test_pelican_builds_the_same(root: Path) -> None:
    """The command `pelican` prints the same bytes, and what it has made is reused."""
    before = Site(root, 0, "", "").files()
    site = run_pelican(root)
    assert (site.files(), work(site)) == (before, (0, 0))


def test_a_foreign_plugin_sees_everything(root: Path, nursery: Nursery) -> None:
    """With a plugin that may look at any article all is made anew, which is said once, and the bytes are the same."""
    before = Site(root, 0, "", "").files()
    plugins = [*runpy.run_path(str(ROOT / "pelicanconf.py"))["PLUGINS"], "own"]
    settings = {**SETTINGS, "THEME": "theme", "PLUGINS": plugins, "PLUGIN_PATHS": [str(root / "own")]}
    write_site(root, {"own/own.py": OWN_PLUGIN}, settings)
    site = build(nursery, root)
    assert (site.exit_code, site.problems) == (0, [])
    assert site.files() == before
    assert site.stdout.count('everything was made anew, as "own" may look at any page') == 1
    assert work(site)[1] == len(before) - 1
    assert work(build(nursery, root))[1] == len(before) - 1


def test_a_program_that_is_imported_at_work(root: Path, again: Made) -> None:
    """What a plugin of the site imports once it is at work is a part of it, and an edit of that makes pages anew."""
    plugins = {"PLUGINS": ["plugins.essays", "mark"], "PLUGIN_PATHS": [str(root / "own")]}
    write_site(root, PROGRAMS, {**SETTINGS, "THEME": "theme", **plugins})
    with (root / "pelicanconf.py").open("a") as file:
        file.write('sys.path.insert(0, str(ROOT / "own"))\n')
    again("--fatal", "errors")
    edit_program(root, "at_work.py", 1)
    assert "at_work.py 1" in again("--fatal", "errors").read("essays/one/index.html")
    assert work(again("--fatal", "errors")) == (0, 0)


def test_a_day_that_comes(root: Path, again: Made, nursery: Nursery) -> None:
    """An essay of a later day is published on it, though no source has changed."""
    (root / "content/essays/later.md").write_text(essay("later", 0, date="2999-01-01"))
    site = again()
    assert "essays/later/index.html" not in site.files()
    site = run_pelican(root, environment={"SOURCE_DATE_EPOCH": "32503680000"})
    assert "essays/later/index.html" in site.files()
    assert "essays/later/index.html" not in again().files()


def test_settings_that_import_others(root: Path) -> None:
    """Settings in two files, as those of publishing are, are seen to be as they were, edit after edit."""
    (root / "publishconf.py").write_text("from pelicanconf import *\nSITENAME = 'Published'\n")
    command = [sys.executable, "-m", "plugins.press", "content", "-s", "publishconf.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def press() -> str:
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True).stdout

    press()
    for number in range(2):
        edit(root / "content/essays/one.md", "More.", f"More. {number}")
        assert "1 read" in press()
        assert press().rstrip().endswith("output is up to date")


def test_a_file_of_the_very_name_comes(root: Path, again: Made) -> None:
    """A link that meant another file by its encoded name means the new one, and the other again when that goes."""
    (root / "content/images/a b.csv").write_text("1\n")
    edit(root / "content/essays/two.md", "More.", "A [table]({static}/images/a%20b.csv).")
    assert '"/p/images/a%20b.csv"' in again().read("essays/two/index.html")
    (root / "content/images/a%20b.csv").write_text("2\n")
    assert '"/p/images/a%2520b.csv"' in again().read("essays/two/index.html")
    (root / "content/images/a%20b.csv").unlink()
    assert '"/p/images/a%20b.csv"' in again().read("essays/two/index.html")


def test_a_place_comes_that_a_link_missed(root: Path, again: Made) -> None:
    """The link is whole again, be it of a page or of an essay that has none; so is what the nearest place is."""
    edit(root / "content/essays/two.md", "More.", "[To](/p/essays/one/#missing).")
    spoilt = essay("six", 6, text="[To](/p/essays/one/#missing).").replace("status:", "staus:")
    (root / "content/essays/six.md").write_text(spoilt)
    assert [line.split(": ")[1] for line in again().problems].count("fragment-missing") == 2
    edit(root / "content/essays/one.md", "More.", "More.\n\n## Misling\n")
    assert [line.endswith('did you mean "misling"?') for line in again().problems if "fragment" in line] == [True, True]
    edit(root / "content/essays/one.md", "## Misling", "## Missing")
    assert [line.split(": ")[1] for line in again().problems] == ["key-unknown"]
