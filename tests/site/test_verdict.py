"""What a build says and how it ends: in author and strict mode, at any log level and width."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Site, names_in, run_pelican, write_site


SETTINGS = {
    "theme": "simple",
    "plugins": [],
    "direct_templates": ["index", "archives"],
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}
ESSAY = "Title: {0}\nDate: 2024-01-01\n\nSome *words* of {0}.\n"
SOUND = {"content/essays/a.md": ESSAY.format("A")}
BROKEN = {
    "content/essays/b.md": ESSAY.format("B") + "\n[link]({filename}gone.md)\n",
    "content/essays/c.md": "Title: C\nDate: no day at all\n\nwords\n",
}
PROBLEMS = [
    "content/essays/b.md:6: link-missing:",
    "content/essays/c.md:1: pelican-error:",
]


def starts(site: Site) -> list[str]:
    return [": ".join(line.split(": ")[:2]) + ":" for line in site.problems]


def test_author_mode_builds_what_is_sound(build_site: Callable[..., Site]) -> None:
    """Two bad essays are named, the sound one is built, the exit status is 1."""
    site = build_site(SOUND | BROKEN, **SETTINGS)
    assert starts(site) == PROBLEMS
    assert site.exit_code == 1
    assert "<em>words</em>" in site.read("essays/a/index.html")
    assert site.stdout.endswith("; output replaced\n")


def test_sound_site(build_site: Callable[..., Site]) -> None:
    """A sound site is built without a line on standard error, and says what was written."""
    site = build_site(SOUND, **SETTINGS)
    assert (site.exit_code, site.stderr) == (0, "")
    assert site.stdout.startswith("1 essay, 0 pages, ")


def test_strict_mode_leaves_the_output(build_site: Callable[..., Site]) -> None:
    """With --fatal the old output stays as it was, byte for byte, and nothing else is left beside it."""
    before = build_site(SOUND, **SETTINGS).files()
    site = build_site(BROKEN, "--fatal", "warnings", **SETTINGS)
    assert (site.exit_code, starts(site)) == (1, PROBLEMS)
    assert site.files() == before
    assert names_in(site.root) == [".cache", "content", "output", "pelicanconf.py"]


def test_a_warning_fails_only_strict_mode(build_site: Callable[..., Site]) -> None:
    """A warning is marked, and fails neither author mode nor --fatal errors, only --fatal warnings."""
    files = SOUND | {"content/essays/b.md": "Title: B\nSlug: b\nSlug: c\nDate: 2024-01-01\n\nwords\n"}
    for options, code in (((), 0), (("--fatal", "errors"), 0), (("--fatal", "warnings"), 1)):
        site = build_site(files, *options, **SETTINGS)
        assert [line[-10:] for line in site.problems] == [" [warning]"]
        assert site.exit_code == code


def test_setting_makes_strict(build_site: Callable[..., Site]) -> None:
    """PRESS_STRICT is --fatal warnings."""
    site = build_site(SOUND | BROKEN, press_strict=True, **SETTINGS)
    assert site.exit_code == 1
    assert not site.output.exists()


@pytest.mark.parametrize("options", [("-q",), ("-v",), ("--fatal", "errors"), ("-q", "--fatal", "warnings")], ids=str)
def test_log_level_changes_no_verdict(build_site: Callable[..., Site], options: tuple[str, ...]) -> None:
    """The same problems are found, in the same words, whatever Pelican was told to print."""
    plain = build_site(SOUND | BROKEN, **SETTINGS)
    other = build_site({}, *options, **SETTINGS)
    assert other.exit_code == plain.exit_code == 1
    assert set(plain.problems) <= set(other.problems)
    assert starts(other) == PROBLEMS


@pytest.mark.parametrize("environment", [{"COLUMNS": "40"}, {"COLUMNS": "40", "FORCE_COLOR": "1"}], ids=str)
def test_width_changes_no_line(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """Lines are neither wrapped nor coloured, by the real command in a narrow terminal."""
    write_site(tmp_path, SOUND | BROKEN, SETTINGS)
    site = run_pelican(tmp_path, environment=environment)
    assert starts(site) == PROBLEMS
    assert "\x1b" not in site.stderr + site.stdout


def test_terminal(tmp_path: Path) -> None:
    """On a terminal of 40 columns the lines are whole and plain too: Pelican's spinner does not get at them."""
    write_site(tmp_path, SOUND | BROKEN, SETTINGS)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    environment = {**os.environ, "COLUMNS": "40", "TERM": "xterm"}
    done = subprocess.run(command, cwd=tmp_path, stdout=theirs, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        lines = terminal.read1(65536).decode().split("\r\n")
    assert done.returncode == 1
    assert starts(Site(tmp_path, 1, "", "\n".join(lines[:2]))) == PROBLEMS
    assert lines[2].endswith("; output replaced")
    assert lines[3:] == [""]
