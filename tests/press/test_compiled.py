"""Compiled templates are kept beside them, and taken for those that they were compiled from and no others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import jinja2
import pytest

from plugins.press.compiled import Compiled


@pytest.fixture(autouse=True)
def _keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def environment(folder: Path, **options: Any) -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(folder)
    return jinja2.Environment(loader=loader, bytecode_cache=Compiled(), autoescape=True, **options)


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "__pycache__").glob("*"))


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept prints the same, and nothing is compiled for it."""
    (tmp_path / "a.html").write_text("{{ 'a'|upper }} {{ b }}")
    assert environment(tmp_path).get_template("a.html").render(b="<") == "A &lt;"
    assert [file.name for file in kept(tmp_path)] == [f"a.html.{sys.implementation.cache_tag}"]
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_, **__: pytest.fail("compiled"))
    assert environment(tmp_path).get_template("a.html").render(b="<") == "A &lt;"


def test_what_is_another(tmp_path: Path) -> None:
    """Another text, other options and damage are no reason for another page."""
    file = tmp_path / "a.html"
    file.write_text("{% if 1 %}\none{% endif %}")
    assert environment(tmp_path).get_template("a.html").render() == "\none"
    assert environment(tmp_path, trim_blocks=True).get_template("a.html").render() == "one"
    file.write_text("{% if 1 %}\ntwo{% endif %}")
    assert environment(tmp_path).get_template("a.html").render() == "\ntwo"
    (sound,) = kept(tmp_path)
    for damaged in (b"", sound.read_bytes()[:-1], sound.read_bytes()[:120] + b"x" + sound.read_bytes()[121:]):
        sound.write_bytes(damaged)
        assert environment(tmp_path).get_template("a.html").render() == "\ntwo"


def test_filters_of_a_site(tmp_path: Path) -> None:
    """A template that names a filter of the site's, which may be another tomorrow, is compiled each time."""
    (tmp_path / "a.html").write_text("{{ 'a'|own }}")
    for value in ("one", "two"):
        made = environment(tmp_path)
        made.filters["own"] = lambda _, value=value: value
        assert made.get_template("a.html").render() == value
    assert not kept(tmp_path)


def test_where_nothing_may_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written to, and a Python that keeps nothing, are no faults."""
    (tmp_path / "a.html").write_text("a")
    (tmp_path / "__pycache__").write_text("a file")
    assert environment(tmp_path).get_template("a.html").render() == "a"
    (tmp_path / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert environment(tmp_path).get_template("a.html").render() == "a"
    assert not kept(tmp_path)
