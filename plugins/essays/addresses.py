"""Names that become addresses: slugs and paths inside the output."""

from __future__ import annotations

import re
import unicodedata


MAX_SLUG = 150
_MAX_BYTES = 200  # file systems take 255 bytes a name, and Chinese takes three a character
_UNFIT = re.compile(r"""[\s/\\?#%:*"<>|\0-\x1f]""")
# Nobody sees these, or they turn round what follows: an address with one looks like another.
_UNSEEN = re.compile("[\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9\xb9\xb2\xb3]) *(?:\.|\Z)", re.I)
_DATE_PREFIX = re.compile(r"\d{4}-\d\d-\d\d-(?=.)")


def slug_of(stem: str) -> str:
    """Return the slug of a file's name without its suffix: no date, lower case, hyphens."""
    name = _DATE_PREFIX.sub("", stem)
    return slugify(name)


def slugify(text: str) -> str:
    kept = (char if unicodedata.category(char)[0] in "LNM" or char in "_.-" else "-" for char in text.casefold())
    slug = unicodedata.normalize("NFC", re.sub("-{2,}", "-", "".join(kept))).strip("-.")
    while len(slug) > MAX_SLUG or len(slug.encode()) > _MAX_BYTES:
        slug = slug[:-1].rstrip("-.")
    return slug


def slug_fault(slug: str) -> str | None:
    """Return what is wrong with a slug that somebody wrote."""
    if not slug:
        return "a slug cannot be empty; leave the key out, or write a word"
    if len(slug) > MAX_SLUG or len(slug.encode()) > _MAX_BYTES:
        return f"the slug is too long; at most {MAX_SLUG} characters and {_MAX_BYTES} bytes"
    if _UNFIT.search(slug) or _UNSEEN.search(slug) or slug[0] == "." or slug[-1] == "." or not slugify(slug):
        return f'"{slug}" is not one segment of an address; write {_quoted(slugify(slug))}'
    return name_fault(slug)


def name_fault(part: str) -> str | None:
    """Return why Windows could have no file or folder of this name: some work there, or check a site out there."""
    if _DEVICE.match(part):
        return f'"{part}" is a name that Windows keeps for a device; add a word to it'
    if part.endswith((".", " ")):
        return f'"{part}" ends in "{part[-1]}", which Windows leaves out; leave it out'
    return None


def path_fault(path: str) -> str | None:
    """Return what is wrong with a path or address inside the output."""
    if "\\" in path:
        return f'"{path}" holds a backslash; write "/"'
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return f'"{path}" does not start at the root of the output; write it without scheme and first slash'
    if ".." in path.split("/"):
        return f'"{path}" may lead out of the output; write it without ".."'
    if any(part.startswith(".") for part in path.split("/")):
        return f'"{path}" has a part that begins with a dot, which is for hidden files; leave the dot out'
    if odd := re.search(r"""[<>"|*]""", path):
        return f'"{path}" holds {odd[0]}, which not every system can have in a name; leave it out'
    if any(ord(char) < ord(" ") for char in path):
        return f'"{path}" holds a control character; delete it'
    if unseen := _UNSEEN.search(path):
        return f'"{path}" holds U+{ord(unseen[0]):04X}, which nobody sees; delete it'
    if fault := next(filter(None, map(name_fault, path.split("/"))), None):
        return fault
    if any(len(part.encode()) > 255 for part in path.split("/")):  # noqa: PLR2004 - what file systems take
        return f'"{path[:40]}…" has a part longer than 255 bytes; shorten it'
    return None


def address_of(file: str) -> str:
    """Return the address at which a file of the output is served."""
    return file.removesuffix("index.html") if f"/{file}".endswith("/index.html") else file


def file_of(address: str) -> str:
    """Return the file of the output that is served at an address."""
    if not address or address.endswith("/"):
        return f"{address}index.html"
    return address if "." in address.rpartition("/")[2] else f"{address}.html"


def _quoted(slug: str) -> str:
    return f'"{slug}"' if slug else "letters, digits and hyphens"
