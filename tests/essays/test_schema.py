"""The schema of front matter is that of the keys which are checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from plugins.essays.__main__ import main
from plugins.essays.metadata import KEYS
from plugins.essays.schema import SHAPES, front_matter_schema
from tests.demo import DEMO
from tests.schemas import load_yaml, unfit


SOUND = {"title": "T", "date": "2020-01-01"}


def test_every_key_has_a_shape() -> None:
    """Every key of front matter is in the schema, and nothing else but the site's own keys."""
    assert set(KEYS.values()) == SHAPES.keys()
    assert front_matter_schema(["mood"])["properties"].keys() == KEYS.keys() | {"mood"}


@pytest.mark.parametrize("path", sorted(DEMO.glob("essays/*.md")), ids=lambda path: path.name)
def test_the_demo_fits(path: Path) -> None:
    """The front matter of each essay of the demo fits."""
    matter = re.match(r"---\n(.*?)^---$", path.read_text(encoding="utf-8"), re.M | re.S)
    assert matter
    assert list(unfit(load_yaml(matter[1]), front_matter_schema())) == []


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ({"staus": "draft"}, "/staus"),
        ({"status": "drafts"}, "/status"),
        ({"date": "May 2020"}, "/date"),
        ({"tags": {"a": 1}}, "/tags"),
        ({"image": {"src": "a.png"}}, "/image/alt"),
        ({"translation": "maybe"}, "/translation"),
        ({"references": [{"type": "book"}]}, "/references/0/id"),
        ({"corrections": [{"date": "2020-01-01"}]}, "/corrections/0/text"),
        ({"lang": "de_DE"}, "/lang"),
    ],
)
def test_what_does_not_fit(entry: dict[str, Any], place: str) -> None:
    """What a build refuses, an editor can mark."""
    assert [found.partition(": ")[0] for found in unfit({**SOUND, **entry}, front_matter_schema())] == [place]


def test_what_must_be_there() -> None:
    """An essay has a title and a date."""
    assert sorted(unfit({}, front_matter_schema())) == ["/date: required", "/title: required"]


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the schema, with the site's own keys, or says in a line why not."""
    monkeypatch.chdir(tmp_path)
    conf = tmp_path / "pelicanconf.py"
    conf.write_text("ESSAY_EXTRA_KEYS = ('mood',)\n")
    assert main(["schema"]) == 0
    written = json.loads((tmp_path / ".cache" / "editor" / "front-matter.schema.json").read_text())
    assert written == front_matter_schema(["mood"])
    conf.write_text("1 / 0\n")
    assert main(["schema"]) == 1
    assert capsys.readouterr().err.startswith("schema: pelicanconf.py fails: ZeroDivisionError")
