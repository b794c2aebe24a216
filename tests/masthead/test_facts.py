"""What an owner types becomes facts, or a refusal that says what would be right."""

from __future__ import annotations

import pytest

from plugins.masthead.facts import LICENCES, address_of, facts_of, licence_of, text_of
from plugins.masthead.model import Licence, Refused


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org", "https://example.org"),
        (" https://example.org/ ", "https://example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://ada.github.io/essays/", "https://ada.github.io/essays"),
    ],
)
def test_address(typed: str, address: str) -> None:
    """An address is a whole one, and loses the slash at its end."""
    assert address_of(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://exa mple.org",
        "https://user:word@example.org",
        "https://example.org/?a=1",
        "https://example.org/#a",
        "https://example.org/a b",
        "https://[::1",
        'https://example.org"',
        "javascript:alert(1)",
        "https://example.org/\u202e",
    ],
)
def test_address_refused(typed: str) -> None:
    """What is no whole address is refused with an example of one."""
    with pytest.raises(Refused, match=r'write it like "https://example\.org"'):
        address_of(typed)


@pytest.mark.parametrize("typed", ["", "  ", "<b>Ada</b>", "A\x00b", "A\u202eb"])
def test_text_refused(typed: str) -> None:
    """A name is one printable line without markup."""
    with pytest.raises(Refused):
        text_of("name", typed)


def test_text_in_any_script() -> None:
    """A name may be in any script, and spaces within it are made one."""
    assert text_of("name", " Ada’s\n “notes” & 天下 ") == "Ada’s “notes” & 天下"


def test_licence() -> None:
    """A licence is a known one in any case, none at all, or one of the owner's with its address."""
    assert licence_of("cc by-sa  4.0") == LICENCES["CC BY-SA 4.0"]
    assert licence_of("none") == Licence()
    assert licence_of("My terms https://example.org/terms/") == Licence("My terms", "https://example.org/terms/")


def test_licence_unknown() -> None:
    """A licence that is unknown is refused, and the nearest named."""
    with pytest.raises(Refused, match=r'did you mean "CC BY 4\.0"'):
        licence_of("CC BY 4")


def test_settings() -> None:
    """The facts are settings of Pelican's; the demo's subtitle is dropped."""
    facts = facts_of("Essays", "https://example.org/", "Ada", "none")
    assert facts.settings() == {
        "SITENAME": "Essays",
        "SITESUBTITLE": "",
        "SITEURL": "https://example.org",
        "AUTHOR": "Ada",
        "LICENSE": "",
        "LICENSE_URL": "",
    }
