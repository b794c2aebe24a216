"""The steps of the workflows, read from their files and run here in order, each job in a clean clone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import clones
from tests.workflows.steps import filled, jobs, run_steps


pytestmark = pytest.mark.slow

JOBS = [
    (name, job)
    for name in ("check", "publish")
    for job, facts in jobs(name).items()
    if any("run" in step for step in facts["steps"])
]


class Machine:
    """A machine of the host's: a checkout, a bare Python, and the files that steps write to."""

    def __init__(self, folder: Path, remote: Path) -> None:
        self.root, self.temporary = folder / "checkout", folder / "temporary"
        self.summary, self.outputs = folder / "summary.md", folder / "outputs.txt"
        self.temporary.mkdir()
        self.summary.touch()
        self.outputs.touch()
        clones.done(folder, "git", "clone", "-q", "--depth=2", remote.as_uri(), self.root)
        programs = folder / "bin"
        programs.mkdir()
        for name in ("python", "python3"):
            (programs / name).symlink_to(Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}"))
        self.path = programs
        self.values = {"vars.SITEURL": "", "github.token": "token", "runner.temp": str(self.temporary)}

    def environment(self) -> dict[str, str]:
        known = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.outputs),
            "RUNNER_TEMP": str(self.temporary),
        }
        environment = clones.environment(**known)
        own = str(Path(sys.prefix, "bin"))
        kept = [part for part in environment["PATH"].split(":") if part != own]
        return {**environment, "PATH": ":".join([str(self.path), *kept])}

    def run(self, name: str, job: str) -> str:
        """Run a job's steps as the host does: each in a shell of its own, until one fails."""
        said = ""
        for step in run_steps(name, job, self.values):
            shell = {"bash": "bash --noprofile --norc -eo pipefail".split(), "bash -e": ["bash", "-e"]}[step.shell]
            environment = {**self.environment(), **step.environment}
            end = subprocess.run(
                [*shell, "-c", step.run],
                cwd=self.root,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            said += end.stdout
            assert end.returncode == 0, f"{step.name}\n{end.stdout[-6000:]}\n{end.stderr[-6000:]}"
        return said

    def kept(self, name: str, job: str) -> list[Path]:
        """Return what the job hands to the host, which must be there."""
        uploads = [step for step in jobs(name)[job]["steps"] if "upload" in step.get("uses", "")]
        return [Path(filled(step["with"]["path"], self.values)) for step in uploads]


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Push the work tree, and a change of one page, to a bare repository."""
    folder = tmp_path_factory.mktemp("remote")
    work = clones.upstream(folder / "work")
    name = next(iter(sorted((work / "content" / "pages").glob("*.md"))))
    name.write_text(f"{name.read_text(encoding='utf-8')}\nOne sentence more.\n", encoding="utf-8")
    clones.commit(work, "Say more")
    clones.done(folder, "git", "clone", "-q", "--bare", work, "origin.git")
    return folder / "origin.git"


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_job(name: str, job: str, tmp_path: Path, remote: Path) -> None:
    """Each job's steps end well on a clean machine, and what they hand on is there."""
    machine = Machine(tmp_path, remote)
    machine.run(name, job)
    assert all(path.exists() for path in machine.kept(name, job))
    if (name, job) == ("check", "site"):
        assert "### Changed: 1 page" in machine.summary.read_text()
    if (name, job) == ("publish", "build"):
        digest = clones.done(tmp_path, "sha256sum", machine.temporary / "site.tar").split()[0]
        assert machine.outputs.read_text() == f"digest=sha256:{digest}\n"
    if (name, job) == ("publish", "branch"):
        assert "index.html" in clones.done(remote, "git", "ls-tree", "--name-only", "gh-pages").splitlines()
    shutil.rmtree(machine.root)


def test_fault_becomes_an_annotation(tmp_path: Path, remote: Path) -> None:
    """A fault in a pull request fails the build, and is told to GitHub with its file and line."""
    machine = Machine(tmp_path, remote)
    (machine.root / "content" / "essays" / "a.md").write_text(
        "---\ntitle: A\ndate: 2020-01-01\ntag: b\n---\n\nWords.\n"
    )
    with pytest.raises(AssertionError, match=r"::error file=content/essays/a\.md,line=4,title=key-unknown::"):
        machine.run("check", "site")
