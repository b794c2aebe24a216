"""Settings of the press, and those of Pelican's that it rules out."""

from __future__ import annotations

import pytest

from plugins.press.settings import base_path, unsupported


@pytest.mark.parametrize(
    ("siteurl", "path"),
    [("", ""), ("https://a.example", ""), ("https://a.example/", ""), ("https://a.example/p/q/", "/p/q"), ("/p", "/p")],
)
def test_base_path(siteurl: str, path: str) -> None:
    """The base is the path part of the site's address, without a slash at its end."""
    assert base_path(siteurl) == path


def test_unsupported() -> None:
    """A setting that is off is no problem; one that is on says why it cannot be used."""
    found = list(unsupported({"RELATIVE_URLS": True, "CACHE_CONTENT": False, "OUTPUT_RETENTION": []}))
    assert [problem.message.split(":")[0] for problem in found] == ["RELATIVE_URLS cannot be used"]
