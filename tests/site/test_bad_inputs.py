"""Whatever is wrong with an essay is a line that says where, what and what would be right, all of them in one run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, Site, names_in, write_site
from tests.nursery import Nursery
from tests.site.bad_inputs import ESSAYS, FILES, SOUND


LINE = re.compile(r"[^:\n]+:\d+: [a-z]+(-[a-z]+)+: \S.*")
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Site:
    """Return the one build of a site that holds every bad input at once, and two sound essays."""
    root = tmp_path_factory.mktemp("bad")
    write_site(root, {**FILES, **sources()}, {})
    return build(root, nursery)


def sources() -> Mapping[str, str | bytes]:
    return {f"content/essays/{name}.md": source for name, (source, _) in ESSAYS.items()}


def build(root: Path, nursery: Nursery, *options: str) -> Site:
    end = nursery.run(root, "content", "-s", "pelicanconf.py", *options)
    return Site(root, end.exit_code, end.stdout, end.stderr)


def found(site: Site, path: str) -> list[str]:
    """Return the line and code of each problem of a file."""
    own = (line.removeprefix(f"{path}:") for line in site.problems if line.startswith(f"{path}:"))
    return [" ".join(line.split(": ")[:2]) for line in own]


@pytest.mark.parametrize("name", ESSAYS)
def test_bad_essay(site: Site, name: str) -> None:
    """Each fault is named by its line and code, whatever else is wrong with the site."""
    assert found(site, f"content/essays/{name}.md") == ESSAYS[name][1].split(", ")


def test_every_line_has_its_form(site: Site) -> None:
    """Every line of standard error is `path:line: code: message`, and none is part of a traceback."""
    assert [line for line in site.problems if not LINE.fullmatch(line)] == []
    assert "Traceback" not in site.stdout + site.stderr


def test_a_bad_essay_takes_nothing_down(site: Site) -> None:
    """What is sound is built beside them, and nothing is written outside."""
    assert site.exit_code == 1
    for name in SOUND:
        assert "Sound words." in site.read(f"essays/{name}/index.html")
    assert site.read("theme/css/site.css")
    assert site.read("feeds/atom.xml").startswith("<?xml")
    assert "map" in site.read("images/map.svg")
    assert names_in(site.root) == [".cache", "content", "output", "pelicanconf.py"]
    assert not [name for name in site.files() if name.startswith(".git")]


@pytest.mark.parametrize(
    "options", [("-q",), ("-v",), ("--fatal", "errors"), ("-q", "--fatal", "warnings")], ids=" ".join
)
def test_the_list_is_the_same(site: Site, nursery: Nursery, options: tuple[str, ...]) -> None:
    """Neither what Pelican was told to print nor how strict the build is changes a line."""
    again = build(site.root, nursery, *options)
    assert again.problems == site.problems
    assert again.exit_code == 1


def test_strict_replaces_nothing(tmp_path: Path, nursery: Nursery) -> None:
    """The site stays byte for byte as it was before the bad inputs came."""
    write_site(tmp_path, FILES, {})
    before = build(tmp_path, nursery)
    assert (before.exit_code, before.problems) == (0, [])
    whole = before.files()
    write_site(tmp_path, sources(), {})
    after = build(tmp_path, nursery, "--fatal", "warnings")
    assert after.exit_code == 1
    assert after.files() == whole


def test_documented_examples(site: Site) -> None:
    """The examples in the documentation are lines that builds print, but for the values in quotes and the numbers."""
    printed = {shape(line) for line in site.problems}
    codes = {line.split(": ")[1] for line in site.problems}
    examples = re.findall(r"^    (\S+:\d+: (\S+): .*)$", PROBLEMS, re.M)
    assert [line for line, code in examples if code in codes and shape(line) not in printed] == []


def shape(line: str) -> str:
    """Return a line without its path, the values in quotes, numbers, and what it takes the author to have meant."""
    said = re.sub(r"; (?:did you mean|add it to) .*", "", line.split(": ", maxsplit=1)[1])
    return re.sub(r"\d[\d,]*", "0", re.sub(r'"[^"]*"', '""', said))


def test_emptied_content(build_site: Callable[..., Site]) -> None:
    """A site without an essay is an error: a folder that was lost looks like it. Strictly built, the old site stays."""
    before = build_site(FILES).files()
    root = build_site({}).root
    for path in (root / "content" / "essays").iterdir():
        path.unlink()
    site = build_site({}, "--fatal", "warnings")
    assert [line.split(": ")[1] for line in site.problems if "missing" in line] == ["essays-missing"]
    assert (site.exit_code, site.files()) == (1, before)


PLUGIN = (
    "from pelican import signals\n"
    "def fail(_):\n    {0}\n"
    "def register():\n    signals.article_generator_finalized.connect(fail)\n"
)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("gone", "NameError: "),
    ],
)
def test_plugin_that_fails_in_a_handler(build_site: Callable[..., Site], fault: str, said: str) -> None:
    """A plugin that raises or wants to exit at leisure ends the build with its line, and not with success."""
    settings = {"plugins": ["plugins.essays", "late"], "plugin_paths": ["extensions"]}
    site = build_site({**FILES, "extensions/late.py": PLUGIN.format(fault)}, **settings)
    assert [line.startswith(f"extensions/late.py:3: plugin-failed: {said}") for line in site.problems] == [True]
    assert (site.exit_code, site.output.exists()) == (1, False)


CLOSED = (
    "content/bibliography.json", "content/essays/closed.md", "content/extra/robots.txt", "content/images/a.svg",
    "content/images/b.png", "templates/article.html",
)  # fmt: skip


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    """Built by a user who may not read some of it, a site names each file and folder that it is to be built from."""
    own = {"theme_templates_overrides": [str(tmp_path / "templates")], "citations_style": "content/own.csl"}
    write_site(
        tmp_path, {**FILES, **dict.fromkeys((*CLOSED, "content/essays/folder/in.md", "content/own.csl"), "x")}, own
    )
    for name in (*CLOSED, "content/essays/folder", "content/own.csl"):
        (tmp_path / name).chmod(0)
    done = as_somebody(tmp_path, "content", "-s", "pelicanconf.py")
    (tmp_path / "content/essays/folder").chmod(0o755)
    lines = [line.split(": ")[:2] for line in done.stderr.splitlines()]
    assert [path for path, code in lines if code == "source-unreadable"] == [
        f"{name}:1" for name in sorted((*CLOSED, "content/essays/folder"))
    ]
    assert [code for _, code in lines if code != "source-unreadable"] == ["citation-style", "template-failed"]
    assert done.returncode == 1
    assert "Sound words." in (tmp_path / "output/about/index.html").read_text(encoding="utf-8")


def as_somebody(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the press as a user whom permissions hold back. The superuser is one without these two powers."""
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if without and shutil.which(without[0]) is None:
        pytest.skip("nothing is unreadable to the superuser, and setpriv is not installed")
    command = [*without, sys.executable, "-m", "plugins.press", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_template_that_never_ends(tmp_path: Path) -> None:
    """Nothing but Ctrl-C ends a template that loops for ever; it says so, and leaves the output as it was."""
    endless = "{% for x in range(10 ** 15) %}{% endfor %}"
    write_site(tmp_path, {**FILES, "theme/templates/article.html": endless}, {"theme": "theme"})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "plugins.press", "content", "-v"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - the test has one thread
    ) as press:
        try:
            wait_until(lambda: any(tmp_path.glob(".output.new-*")))
            press.send_signal(signal.SIGINT)
            _, said = press.communicate(timeout=20)
        finally:
            press.kill()
    assert said == "interrupted; output left as it was\n"
    # Python may end itself by the signal after all, for which a shell shows 130 as well.
    assert press.returncode in {130, -signal.SIGINT}
    assert names_in(tmp_path) == [".cache", "content", "pelicanconf.py", "theme"]


def heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background, which pass it on: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
