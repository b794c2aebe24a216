"""The workflows give away nothing they need not, and call what people call."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clones import ROOT
from tests.workflows.steps import WORKFLOWS, actions, jobs, run_steps, workflow


NAMES = ["check", "publish"]
VALUES = {"vars.SITEURL": "", "github.token": "t"}


def every_job() -> list[tuple[str, str, dict[str, Any]]]:
    return [(name, key, job) for name in NAMES for key, job in jobs(name).items()]


def test_all_workflows_are_looked_at() -> None:
    """There is no workflow besides those that are tested here."""
    assert {path.stem for path in WORKFLOWS.iterdir()} == set(NAMES)


def test_actions_are_pinned() -> None:
    """Every action is named by the hash of a commit, and its version stands beside it."""
    found = list(actions())
    assert found
    for name, line in found:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), f"{name}: {line}"


def test_one_version_of_an_action() -> None:
    """An action is used in one version everywhere."""
    lines = {line for _, line in actions()}
    assert len({line.partition("@")[0] for line in lines}) == len(lines)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_permitted_at_the_top(name: str) -> None:
    """Each job says what it needs; the workflow as a whole may nothing, and runs of one kind do not cross."""
    loaded = workflow(name)
    assert loaded["permissions"] == {}
    assert loaded["concurrency"]["group"]


def test_permissions() -> None:
    """A job has what it needs and no more."""
    assert {(name, key): job["permissions"] for name, key, job in every_job()} == {
        ("check", "site"): {"contents": "read"},
        ("check", "tests"): {"contents": "read"},
        ("publish", "build"): {"contents": "read"},
        ("publish", "attest"): {"attestations": "write", "id-token": "write"},
        ("publish", "pages"): {"pages": "write", "id-token": "write"},
        ("publish", "branch"): {"contents": "write"},
    }
    assert all(job["timeout-minutes"] for _, _, job in every_job())


def test_pull_requests_are_strangers() -> None:
    """A pull request's checks run on `pull_request`, use no secret and no token, and touch no cache."""
    text = (WORKFLOWS / "check.yml").read_text(encoding="utf-8")
    assert workflow("check")["on"] == {"pull_request": None}
    assert not re.search(r"secrets\.|github\.token|actions/cache|cache:", text)


def test_no_credentials_are_kept() -> None:
    """A checkout leaves no token behind; the token is in the environment of the step that pushes, and of no other."""
    steps = [(key, step) for _, key, job in every_job() for step in job["steps"]]
    checkouts = [step for _, step in steps if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert [(key, step["name"]) for key, step in steps if "github.token" in str(step)] == [("branch", "Publish")]


def test_one_variable_chooses_the_deployment() -> None:
    """Either Pages or the branch is deployed to, never both."""
    found = jobs("publish")
    assert (found["pages"]["if"], found["branch"]["if"]) == ("vars.DEPLOY != 'branch'", "vars.DEPLOY == 'branch'")


def test_steps_call_what_people_call() -> None:
    """Every target that a step makes is in the Makefile, and every program is in the repository."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    scripts = [step.run for name, key, _ in every_job() for step in run_steps(name, key, VALUES)]
    targets = {target for script in scripts for target in re.findall(r"\bmake ([a-z]+)", script)}
    assert targets == {"check", "changes", "audit", "publish"}
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in targets)
    assert any(script == ".ci/run" for script in scripts)


def test_zizmor_reports_nothing() -> None:
    """Zizmor finds nothing, not even what only its strictest reader minds."""
    words = [
        Path(sys.executable).with_name("zizmor"),
        "--offline",
        "--no-progress",
        "--color=never",
        "--persona=auditor",
        ".github",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "No findings to report. Good job!")


def test_dependabot() -> None:
    """Actions and packages are both looked after, and nothing is proposed on its first day."""
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert [update["package-ecosystem"] for update in updates] == ["github-actions", "pip"]
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)
