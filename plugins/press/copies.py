"""Files of the output that are copies of sources."""

from __future__ import annotations

import hashlib
from pathlib import Path

from plugins.press.model import Leaf
from plugins.shared.files import digest


def key_of_copy(sha: str) -> str:
    return digest(f"copy {sha}".encode()) if sha else ""


def copied(file: Path) -> Leaf:
    """Describe a file by what was copied, whatever its source has become."""
    with file.open("rb") as data:
        sha = hashlib.file_digest(data, "sha256").hexdigest()
    return Leaf(key_of_copy(sha), file.stat().st_size, sha)
