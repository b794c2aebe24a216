"""The output folder: whole at every moment, replaced only if it is ours, the same bytes for the same sources."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import Site, run_pelican, write_site


SETTINGS = {
    "theme": "simple",
    "plugins": [],
    "direct_templates": ["index", "archives", "tags"],
    "paginated_templates": {"index": 10, "tag": 30, "author": 30},
}


def essays(word: str, count: int = 3) -> dict[str, str]:
    text = "Title: Essay {0}\nDate: 2024-01-0{1}\nTags: one, two, t{0}\nCategory: C{0}\n\n{2} {0}\n"
    return {f"content/essays/{number}.md": text.format(number, 1 + number % 3, word) for number in range(count)}


def test_manifest_names_every_file(build_site: Callable[..., Site]) -> None:
    """The manifest holds the name, size and digest of each file, and nothing that depends on the day."""
    files = build_site(essays("word"), **SETTINGS).files()
    manifest = json.loads(files.pop(".broadside.json"))
    assert manifest == {
        "format": 1,
        "files": [
            {"name": name, "size": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }


def test_old_pages_go(build_site: Callable[..., Site]) -> None:
    """A page whose source is gone is gone from the output."""
    site = build_site(essays("word"), **SETTINGS)
    (site.root / "content/essays/0.md").unlink()
    assert "essays/essay-0/index.html" in site.files()
    assert "essays/essay-0/index.html" not in build_site({}, **SETTINGS).files()


def test_foreign_output(build_site: Callable[..., Site]) -> None:
    """A folder with files that no build wrote is refused before the build, and stays as it is."""
    site = build_site(essays("word") | {"output/precious.txt": "mine"}, **SETTINGS)
    assert site.problems == [
        (
            "output:1: output-foreign: the output folder holds files that no build wrote; "
            "move them away or name another folder; nothing was built or deleted"
        )
    ]
    assert (site.exit_code, site.files()) == (1, {"precious.txt": b"mine"})


def test_foreign_files_in_our_output(build_site: Callable[..., Site]) -> None:
    """Files put beside ours are named, at most five of them, and not deleted."""
    build_site(essays("word"), **SETTINGS)
    site = build_site({f"output/new/{number}.txt": "mine" for number in range(7)}, **SETTINGS)
    named = ", ".join(f'"new/{number}.txt"' for number in range(5))
    assert f"no build wrote: {named} and 2 more; move them away" in site.problems[0]
    assert site.read("new/6.txt") == "mine"


@pytest.mark.parametrize("place", ["content/output", ".", "theme/output", ".git/output"])
def test_misplaced_output(build_site: Callable[..., Site], tmp_path: Path, place: str) -> None:
    """An output that holds sources, or lies among them or in a repository, is refused."""
    files = essays("word") | {"theme/templates/article.html": "", ".git/HEAD": ""}
    site = build_site(files, **{**SETTINGS, "theme": "theme", "output_path": str(tmp_path / place)})
    assert [line.split(": ")[1] for line in site.problems] == ["output-foreign"]
    assert (site.root / "content/essays/0.md").exists()


def test_linked_output(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """An output that is a link or a file is refused."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "elsewhere")
    assert "symbolic link" in build_site(essays("word"), **SETTINGS).problems[0]
    (tmp_path / "output").unlink()
    (tmp_path / "output").write_text("mine")
    assert "is a file" in build_site({}, **SETTINGS).problems[0]


def test_empty_output(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """An empty folder is fine."""
    (tmp_path / "output").mkdir()
    assert build_site(essays("word"), **SETTINGS).exit_code == 0


def test_interrupt(build_site: Callable[..., Site]) -> None:
    """Ctrl-C during a build leaves the output and nothing beside it, without a traceback."""
    before = build_site(essays("word"), **SETTINGS).files()
    plugin = (
        "from pelican import signals\n"
        "def stop(_):\n    raise KeyboardInterrupt\n"
        "def register():\n    signals.finalized.connect(stop)\n"
    )
    settings = {**SETTINGS, "plugins": ["stopping"], "plugin_paths": ["extensions"]}
    site = build_site({"extensions/stopping.py": plugin}, **settings)
    assert (site.exit_code, site.stderr) == (130, "interrupted; output left as it was\n")
    assert site.files() == before
    assert not list(site.root.glob(".output*"))


def test_full_disk(tmp_path: Path) -> None:
    """A file that cannot be written in whole ends the build in one line, and the output stays as it was."""
    write_site(tmp_path, essays("word"), SETTINGS)
    before = run_pelican(tmp_path).files()
    limit = "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
    command = [sys.executable, "-Bc", f"{limit}runpy.run_module('pelican', run_name='__main__')", "content"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("the build cannot go on: File too large (")
    assert Site(tmp_path, 1, "", "").files() == before


def test_lost_output_is_put_back(build_site: Callable[..., Site], tmp_path: Path) -> None:
    """Where a swap takes two renames, an output lost between them is put back by the next run."""
    before = build_site(essays("word"), **SETTINGS).files()
    (tmp_path / "output").rename(tmp_path / ".output.old-site")
    site = build_site(essays("other") | {"content/essays/x.md": "Title: X\n"}, "--fatal", "errors", **SETTINGS)
    assert (site.exit_code, site.files()) == (1, before)


def test_two_builds_at_once(tmp_path: Path) -> None:
    """A build waits for another of the same output, and says so."""
    write_site(tmp_path, essays("word"), SETTINGS)
    lock = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        assert build.stderr
        assert build.stderr.readline() == "another build of this output is under way; waiting for it\n"
        os.close(lock)
        assert build.wait() == 0
    assert (tmp_path / "output/essays/essay-0/index.html").exists()


def test_same_sources_same_bytes(tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder and the order of files on disk do not change a byte."""
    written = essays("word", 12)
    outputs = []
    for number, environment in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "COLUMNS": "20"},
        )
    ):
        files = dict(reversed(written.items())) if number else written
        write_site(tmp_path / str(number), files, SETTINGS)
        outputs.append(run_pelican(tmp_path / str(number), environment=environment).files())
    assert len(outputs[0]) > len(written)
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("siteurl", "base"), [("https://a.example", "/"), ("https://a.example/p/q", "/p/q/"), ("", "/")]
)
def test_addresses(build_site: Callable[..., Site], siteurl: str, base: str) -> None:
    """Pages link from the root of the host, under a prefix too; feeds name the site in full."""
    files = {
        "content/essays/a.md": "Title: A\nDate: 2024-01-01\n\n[b]({filename}b.md)\n",
        "content/essays/b.md": "Title: B\nDate: 2024-01-02\n\nwords\n",
        "theme/templates/article.html": "{{ BASE }}{{ article.url }} {{ SITEURL }} {{ article.content }}",
    }
    site = build_site(files, **{**SETTINGS, "theme": "theme", "siteurl": siteurl})
    page = f'{base}essays/a/ {siteurl} <p><a href="{base}essays/b/">b</a></p>'
    assert site.read("essays/a/index.html") == page
    if siteurl:
        assert f'href="{siteurl}/essays/a/"' in site.read("feeds/atom.xml")
        assert f'href="{siteurl}/essays/b/"' in site.read("feeds/atom.xml").replace("&quot;", '"')
