"""The workflows as files: their jobs, and the steps that run on a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.clones import ROOT


WORKFLOWS = ROOT / ".github" / "workflows"


def workflow(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    loaded["on"] = loaded.pop(True)  # YAML 1.1 reads the word as a truth value
    return loaded


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    run: str
    shell: str
    environment: Mapping[str, str]


def jobs(name: str) -> dict[str, Any]:
    found = workflow(name)["jobs"]
    assert isinstance(found, dict)
    return found


def run_steps(name: str, job: str, values: Mapping[str, str]) -> Iterator[Step]:
    """Yield the steps that run something, expressions filled in from `values`."""
    for step in jobs(name)[job]["steps"]:
        if "run" in step:
            given = {key: filled(str(text), values) for key, text in step.get("env", {}).items()}
            assert "${{" not in step["run"], "an expression in a script would be code"
            yield Step(step["name"], step["run"], step.get("shell", "bash -e"), given)


def filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ *(.+?) *\}\}", lambda match: values[match[1]], text)


def actions() -> Iterator[tuple[str, str]]:
    """Yield each line that uses an action, with the file it stands in."""
    for path in sorted(WORKFLOWS.glob("*.yml")):
        yield from ((path.name, line) for line in re.findall(r"uses: (.*)$", path.read_text(encoding="utf-8"), re.M))
