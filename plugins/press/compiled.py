"""Templates as they were compiled once: beside them, in `__pycache__`, as Python keeps its own modules.

Whoever can write there can write templates, which are programs too. The cache of builds, which hosts share, holds none.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import types
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from plugins.shared.files import digest


_FOLDER = "__pycache__"
_DIGITS = len(digest(b""))
_OPTIONS = (
    "block_start_string block_end_string variable_start_string variable_end_string comment_start_string "
    "comment_end_string line_statement_prefix line_comment_prefix trim_blocks lstrip_blocks newline_sequence "
    "keep_trailing_newline autoescape optimized sandboxed is_async"
).split()


class Compiled(jinja2.BytecodeCache):
    """Keep what an environment compiles, but for templates that name filters or tests of Pelican's or the site's.

    Those may have worked on constants while compiling.
    """

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        if any(own in source for own in _own(environment)):
            return Bucket(environment, "", self.get_source_checksum(source))
        return super().get_bucket(environment, name, filename, source)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - as Jinja calls it
        """Return where a template is kept, or nothing for one that is in no file."""
        if filename is None:
            return ""
        file = Path(filename)
        return str(file.parent / _FOLDER / f"{file.name}.{sys.implementation.cache_tag}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is of this template, whole, and of this environment."""
        if not (head := _head(bucket)):
            return
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            found = Path(bucket.key).read_bytes()
            data = found[len(head) + _DIGITS :]
            if found == _whole(head, data):
                code = marshal.loads(data)  # noqa: S302 - as trusted as Python's own, see above
                bucket.code = code if isinstance(code, types.CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, unless Python is told to keep nothing either."""
        if sys.dont_write_bytecode or not (head := _head(bucket)):
            return
        target = Path(bucket.key)
        with contextlib.suppress(OSError):  # a theme that is not to be written to
            target.parent.mkdir(exist_ok=True)
            new = target.with_name(f".{target.name}.{os.getpid()}")
            new.write_bytes(_whole(head, marshal.dumps(bucket.code)))
            new.replace(target)


def _whole(head: bytes, data: bytes) -> bytes:
    return head + digest(data).encode() + data


def _head(bucket: Bucket) -> bytes:
    """Return what tells a compiled template from others, or nothing for one that is not to be kept."""
    environment = bucket.environment
    if not bucket.key or environment.finalize or not isinstance(environment.autoescape, bool):
        return b""
    options = [repr(getattr(environment, name)) for name in _OPTIONS]
    told = [jinja2.__version__, bucket.key, bucket.checksum, *options, *sorted(environment.extensions)]
    return MAGIC_NUMBER + digest("\n".join(told).encode(errors="surrogateescape")).encode()


def _own(environment: jinja2.Environment) -> Iterator[str]:
    """Yield the names of filters and tests that are not Jinja's."""
    for ours, usual in ((environment.filters, FILTERS), (environment.tests, TESTS)):
        yield from (name for name, each in ours.items() if usual.get(name) is not each)
