"""The output as a tree of git's, made by ghp-import and compared with the manifest, byte for byte."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from plugins.publishing.git import Git
from plugins.publishing.model import Refused
from plugins.publishing.names import HOST_FILES, NOJEKYLL, shown
from plugins.publishing.output import git_id
from plugins.publishing.trees import Entry, files_in, with_files


# Only the tree of ghp-import's commit is used. Without a name of git's, it would take an empty one.
_IDENTITY = {"GIT_COMMITTER_NAME": "Broadside", "GIT_COMMITTER_EMAIL": "broadside@localhost"}


def imported(git: Git, output: Path, work: str, ids: Mapping[str, str]) -> str:
    """Return the tree of an output with these files (name -> git's id of the content), and `.nojekyll`."""
    algorithm = algorithm_of(git)
    nojekyll = [] if NOJEKYLL in ids else ["--no-jekyll"]
    words = [*nojekyll, f"--branch={work}", "--message=output", str(output)]
    done = git.run(sys.executable, "-m", "ghp_import", *words, **_IDENTITY)
    if done.returncode:
        raise Refused(f"ghp-import: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
    _check(git, work, {NOJEKYLL: git_id(b"", algorithm), **ids})
    return git("rev-parse", f"refs/heads/{work}^{{tree}}").strip()


def with_host_files(git: Git, tree: str, published: Mapping[str, Entry], ours: Collection[str] = ()) -> str:
    """Return the tree with what the host reads, as it is published, where the output has none of its own."""
    kept = {name: published[name] for name in HOST_FILES if name in published and name not in ours}
    return with_files(git, tree, {name: entry for name, entry in kept.items() if entry.is_file})


def algorithm_of(git: Git) -> str:
    return git("rev-parse", "--show-object-format").strip()


def _check(git: Git, work: str, expected: Mapping[str, str]) -> None:
    """Refuse a commit that is not what the manifest says: the output changed while it was read."""
    found = {name: entry.id for name, entry in files_in(git, git.sha(f"refs/heads/{work}")).items()}
    if wrong := dict(found.items() ^ expected.items()):
        raise Refused(f"{shown(min(wrong))} changed while the output was read; end what builds into it, publish again")
