"""The facts of a site, and what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 — it is an answer, not a failure
    """The site is left as it is. The message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Licence:
    """`address` says what the licence allows; both are empty where all rights are reserved."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    name: str
    address: str
    author: str
    licence: Licence

    def settings(self) -> dict[str, str]:
        """Return what pelicanconf.py says of them. The demo's subtitle is nobody else's."""
        return {
            "SITENAME": self.name,
            "SITESUBTITLE": "",
            "SITEURL": self.address,
            "AUTHOR": self.author,
            "LICENSE": self.licence.name,
            "LICENSE_URL": self.licence.address,
        }
