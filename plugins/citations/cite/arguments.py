"""The words of the command."""

from __future__ import annotations

import argparse


_LIST = """\
Without a verb, list the works whose key, authors, title, publisher or year hold all of the WORDS: key and credit, the
file and line, and how often essays cite it.
"""
_ADD = """\
Add a work to the bibliography. WHAT is a DOI (10.1080/01944366908977225), an ISBN, a web address, or an entry in
BibTeX, RIS, CSL-JSON or CSL-YAML: the text itself, a file that holds it, or "-" for what comes on standard input.

A DOI is looked up at doi.org, an ISBN at openlibrary.org (CITATIONS_DOI_SERVICE and CITATIONS_ISBN_SERVICE name
others), an address is asked for the page, of which the work's own metadata is taken. Only https is spoken. Without a
network, pasted entries work as ever.

The item goes to the end of the bibliography that is there, in its format; all else in the file stays as it is, byte
for byte. Its key is made of author and year (scott1998, scott1998a) and never another's.
"""
_SCHEMA = """\
Write, for editors, JSON Schemas of the bibliography and of front matter, a list of all keys, and the whole
bibliography as CSL-JSON, to .cache/editor/.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of `cite [WORDS]`, with what can be said to it."""
    listing = _parser("cite", _LIST)
    listing.add_argument("words", nargs="*", metavar="WORDS", help="list only works that hold all of these")
    listing.add_argument("--unused", action="store_true", help="list the works that no essay or page cites")
    listing.add_argument("--remark", action="store_true", help="of unused works, say what they are; of none, nothing")
    listing.epilog = "cite add WHAT adds a work; cite schema writes what editors complete from: each has its own --help"
    return listing


def add_parser() -> argparse.ArgumentParser:
    adding = _parser("cite add", _ADD)
    adding.add_argument("what", nargs="+", metavar="WHAT", help="a DOI, an ISBN, an address, an entry, a file, or -")
    adding.add_argument("--key", default="", help="the key to give it, instead of one made of author and year")
    adding.add_argument("--keep-keys", action="store_true", help="keep the keys that pasted entries have")
    adding.add_argument("--to", default="", metavar="FILE", help="the bibliography to add to, a file below content/")
    return adding


def schema_parser() -> argparse.ArgumentParser:
    return _parser("cite schema", _SCHEMA)


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(name, description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--settings", default="pelicanconf.py", help="the site's settings (%(default)s)")
    return made
