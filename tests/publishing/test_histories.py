"""Whatever happens to a published branch, nothing that was published is lost."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from plugins.publishing.model import Options, Refused, RollbackOptions
from plugins.publishing.publish import publish
from plugins.publishing.rollback import rollback
from tests.publishing.site import Files, Site, git


FIRST: Files = {f"essays/{number}.html": f"essay {number}" for number in range(12)}


@dataclass
class History:
    """A site that lives through random steps. `seen` are all the commits that the branch was ever at."""

    site: Site
    chance: random.Random
    files: Files = field(default_factory=lambda: dict(FIRST))
    domain: bytes = b""
    seen: list[str] = field(default_factory=list)

    def publish(self) -> None:
        """Publish the site as it is now; the branch then holds it, and the domain that was set."""
        closing = publish(self.site.root, Options(shrink=True), self.site.build(self.files))
        assert closing
        assert {name: text for name, text in self.published().items() if name != "CNAME"} == self.files
        self.check_domain()

    def edit(self) -> None:
        self.files[self.chance.choice([*self.files])] = f"edited {self.chance.random()}"
        self.publish()

    def add(self) -> None:
        self.files[f"new/{self.chance.randrange(10**6)} 字.html"] = "new"
        self.publish()

    def delete(self) -> None:
        if len(self.files) > 1:
            del self.files[self.chance.choice([*self.files])]
        self.publish()

    def rename(self) -> None:
        name = self.chance.choice([*self.files])
        self.files[f"renamed/{self.chance.randrange(10**6)}.html"] = self.files.pop(name)
        self.publish()

    def roll_back(self) -> None:
        """Roll back by some commits: the tree is the earlier one, but for the domain."""
        steps = self.chance.randint(1, 4)
        commits = git(self.site.remote, "rev-list", "--first-parent", "gh-pages").split()
        if steps >= len(commits):
            with pytest.raises(Refused):
                rollback(self.site.root, RollbackOptions(steps=steps))
            return
        wanted = self.published(commits[steps])
        rollback(self.site.root, RollbackOptions(steps=steps))
        assert self.without_domain(self.published()) == self.without_domain(wanted)
        self.check_domain()

    def somebody_commits(self) -> None:
        """Let another clone push a commit to the branch."""
        with self.clone() as other:
            (other / f"theirs{self.chance.randrange(10**6)}.html").write_text("theirs")
            git(other, "add", "-A")
            git(other, "commit", "-q", "-m", "theirs")
            git(other, "push", "-q")

    def somebody_sets_the_domain(self) -> None:
        self.domain = f"essays{self.chance.randrange(100)}.example.org\n".encode()
        with self.clone() as other:
            (other / "CNAME").write_bytes(self.domain)
            git(other, "add", "-A")
            git(other, "commit", "-q", "--allow-empty", "-m", "Set the domain")
            git(other, "push", "-q")

    def somebody_publishes(self) -> None:
        """Publish the same sources from a fresh clone, shallow or not."""
        options = self.chance.choice([[], ["--depth=1"], ["--depth=1", "--no-single-branch"]])
        folder = self.site.root.parent / f"fresh{self.chance.randrange(10**9)}"
        git(folder.parent, "clone", "-q", *options, self.site.remote.as_uri(), folder.name)
        (folder / "output").mkdir()
        publish(folder, Options(shrink=True), self.site.build({**self.files, "fresh.html": folder.name}))

    def fail_in_a_hook(self) -> None:
        hook = self.site.remote / "hooks" / "pre-receive"
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
        with pytest.raises(Refused, match="rejected the push"):
            publish(self.site.root, Options(shrink=True), self.site.build({"index.html": str(self.chance.random())}))
        hook.unlink()

    def fail_in_the_build(self) -> None:
        def build(root: Path) -> Path:
            output = self.site.build(self.files)(root)
            (output / "half.html").write_text("half")
            return output

        with pytest.raises(Refused, match="which no build wrote"):
            publish(self.site.root, Options(), build)

    def lose_a_race(self) -> None:
        """Let somebody push between fetch and push."""
        hook = self.site.root / ".git" / "hooks" / "pre-push"
        with self.clone() as other:
            git(other, "commit", "-q", "--allow-empty", "-m", "faster")
            hook.write_text(f"#!/bin/sh\nunset GIT_DIR\ngit -C '{other}' push -q\n")
            hook.chmod(0o755)
            with pytest.raises(Refused, match="changed meanwhile"):
                publish(
                    self.site.root, Options(shrink=True), self.site.build({"index.html": str(self.chance.random())})
                )
        hook.unlink()

    def look(self) -> None:
        """Ask what would be; nothing changes."""
        before = self.site.frozen()
        publish(self.site.root, Options(dry_run=True, shrink=True), self.site.build({"index.html": "dry"}))
        rollback(self.site.root, RollbackOptions(listed=True))
        assert self.site.frozen() == before

    def live(self, steps: int) -> None:
        """Take so many steps; after each, all that was ever published is reachable from the branch."""
        self.publish()
        for _ in range(steps):
            self.chance.choice(STEPS)(self)
            now = git(self.site.remote, "rev-parse", "gh-pages").strip()
            self.seen.append(now)
            reachable = set(git(self.site.remote, "rev-list", now).split())
            assert set(self.seen) <= reachable
        git(self.site.remote, "fsck", "--strict", "--no-dangling")
        assert git(self.site.root, "for-each-ref", "--format=%(refname:short)", "refs/heads").split() == ["trunk"]

    def published(self, commit: str = "gh-pages") -> Files:
        files = self.site.published(commit)
        return {name: text for name, text in files.items() if name != ".nojekyll"}

    def without_domain(self, files: Files) -> Files:
        return {name: text for name, text in files.items() if name != "CNAME"}

    def check_domain(self) -> None:
        if self.domain:
            assert self.site.raw("CNAME") == self.domain

    @contextlib.contextmanager
    def clone(self) -> Iterator[Path]:
        folder = self.site.root.parent / f"other{self.chance.randrange(10**9)}"
        git(folder.parent, "clone", "-q", "-b", "gh-pages", str(self.site.remote), folder.name)
        yield folder


STEPS: list[Callable[[History], None]] = [
    History.edit,
    History.add,
    History.delete,
    History.rename,
    History.roll_back,
    History.somebody_commits,
    History.somebody_sets_the_domain,
    History.somebody_publishes,
    History.fail_in_a_hook,
    History.fail_in_the_build,
    History.lose_a_race,
    History.look,
]


@pytest.mark.parametrize("seed", [1, 2])
def test_histories(site: Site, seed: int) -> None:
    """After each step of a random history every commit that was ever published is reachable."""
    History(site, random.Random(seed)).live(8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_fifty_histories(site: Site, seed: int) -> None:
    """The same, for fifty longer ones."""
    History(site, random.Random(1000 + seed)).live(14)
