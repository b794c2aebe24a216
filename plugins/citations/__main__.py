"""The command `python -m plugins.citations`, which `inv cite` calls: the network, the clock and the terminal."""

from __future__ import annotations

import datetime as dt
import io
import logging
import ssl
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError

from plugins.citations.cite.adding import added, pasted_item
from plugins.citations.cite.addresses import host_of, is_local, may_lead_to
from plugins.citations.cite.arguments import add_parser, parser, schema_parser
from plugins.citations.cite.editors import editor_files
from plugins.citations.cite.listing import listed, nothing_found, unused
from plugins.citations.cite.lookup import Services, looked_up
from plugins.citations.cite.model import Answer, NotFoundError, Refused, Request
from plugins.citations.cite.pasted import identifier_of, items_in
from plugins.citations.cite.site import Site
from plugins.citations.cite.usage import uses
from plugins.citations.engine import Engine, EngineError
from plugins.shared.files import write_whole


_ENDINGS = (".bib", ".ris", ".json", ".yaml", ".yml", ".txt", ".enw")
_SECONDS = 20  # without a word from the network; a whole answer may take three times as many
_CHUNK = 65_536
_MOST_PASTED = 20_000_000  # bytes
_LONGEST_NAME = 4_096


def main(arguments: Sequence[str] | None = None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a title may be more than the terminal can write
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log, the library says
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = words[0] if words and words[0] in {"add", "schema"} else ""
    try:
        return {"add": _add, "schema": _schema, "": _list}[verb](words[1:] if verb else words)
    except Refused as refusal:
        print(f"{'not added' if verb == 'add' else 'cite'}: {refusal}", file=sys.stderr)
    except (EngineError, OSError) as error:
        print(f"cite: {error}", file=sys.stderr)
    return 1


def _list(words: Sequence[str]) -> int:
    given = parser().parse_args(words)
    site = Site.of(given.settings)
    with _engine(site) as engine:
        library = site.library(engine.read_biblatex)
    used = uses(site.sources())
    lines = list(unused(library, used) if given.unused else listed(library, given.words, used))
    if given.unused and given.remark:
        print("".join(f"{line}\n" for line in _remarked(lines)), end="")
        return 0
    print("\n".join(lines) if lines else nothing_found(library, given.words, unused_only=given.unused))
    return 0 if lines or given.unused else 1


def _remarked(lines: Sequence[str]) -> list[str]:
    """Return unused works under a line that says what they are."""
    return [f"works that nothing cites: {len(lines)}", *lines] if lines else []


def _add(words: Sequence[str]) -> int:
    given = add_parser().parse_args(words)
    site, text = Site.of(given.settings), _text_of(given.what)
    with _engine(site) as engine:
        items = _items_of(text, site, engine)
        target = site.target(given.to)
        data = target.read_bytes() if target.is_file() else b""
        known = site.library(engine.read_biblatex)
        addition = added(items, known, site.shown(target), data, key=given.key, keep_keys=given.keep_keys)
    if addition.data != data:
        write_whole(target.resolve(), addition.data)
    print("\n".join(addition.said))
    return 0


def _items_of(text: str, site: Site, engine: Engine) -> list[dict[str, Any]]:
    """Return the items that a text names or holds."""
    identifier = identifier_of(text)
    if identifier is None:
        return [pasted_item(raw) for raw in items_in(text, engine.read_biblatex)]
    found = looked_up(identifier, Services(site.settings.doi_service, site.settings.isbn_service), fetch)
    if identifier.kind == "url":
        today = dt.datetime.now().astimezone().date()
        found["accessed"] = {"date-parts": [[today.year, today.month, today.day]]}
    return [found]


def _text_of(words: Sequence[str]) -> str:
    """Return what is to be added: the words, or what a file or standard input holds."""
    name = " ".join(words)
    if name == "-":
        return _decoded(sys.stdin.buffer.read(_MOST_PASTED), "standard input")
    path = Path(name if len(name) < _LONGEST_NAME and "\n" not in name and "\0" not in name else ".")
    if path.is_file():
        with path.open("rb") as file:
            return _decoded(file.read(_MOST_PASTED), name)
    if path.suffix.lower() in _ENDINGS and "://" not in name and len(words) == 1:
        raise Refused(f'there is no file "{name}"')
    return name


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{name} is not UTF-8; save it as UTF-8") from None


def _schema(words: Sequence[str]) -> int:
    site = Site.of(schema_parser().parse_args(words).settings)
    with _engine(site) as engine:
        library = site.library(engine.read_biblatex)
    for name, text in editor_files(library).items():
        write_whole(site.root / ".cache" / "editor" / name, text.encode())
        print(f".cache/editor/{name}")
    return 0


@contextmanager
def _engine(site: Site) -> Iterator[Engine]:
    engine = Engine(timeout=site.settings.timeout)
    try:
        yield engine
    finally:
        engine.close()


def fetch(request: Request) -> Answer:
    """Ask the network over https, and no longer or more than is said. Raise `Refused` or `NotFoundError`."""
    host = host_of(request.url)
    headers = {"Accept": request.accept, "User-Agent": "Broadside (inv cite)"}
    asked = urllib.request.Request(request.url, headers=headers)  # noqa: S310 -- host_of lets through https alone
    try:
        with _opener(from_local=is_local(host)).open(asked, timeout=_SECONDS) as response:
            sent: HTTPMessage = response.headers
            data = _read(response.read1, request.most, host)
            return Answer(response.url, data, sent.get_content_type(), sent.get_content_charset() or "")
    except HTTPError as error:
        if error.code in {404, 410}:
            raise NotFoundError from None
        said = " ".join(f"{error.code} {error.reason}".split())
        raise Refused(f"{host} answered {said}; try again later, or paste the entry") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        shown = " ".join(str(getattr(reason, "strerror", None) or reason).split()) or type(error).__name__
        hint = "without a network, paste the entry itself, or name a file that holds it"
        raise Refused(f"{host} cannot be reached ({shown}); {hint}") from None


def _read(read: Callable[[int], bytes], most: int, host: str) -> bytes:
    data, end = b"", time.monotonic() + 3 * _SECONDS
    while chunk := read(_CHUNK):
        data += chunk
        if len(data) > most:
            raise Refused(f"{host} answered with more than {most:,} bytes; paste the entry")
        if time.monotonic() > end:
            raise Refused(f"{host} takes too long; try again later, or paste the entry")
    return data


def _opener(*, from_local: bool) -> urllib.request.OpenerDirector:
    """Return an opener that knows http and https, and no other scheme."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({} if from_local else None),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(from_local=from_local),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow to the web alone, and no more than a few times."""

    max_redirections = 5

    def __init__(self, *, from_local: bool) -> None:
        self._from_local = from_local

    def redirect_request(  # noqa: PLR0917 -- urllib calls it so
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if not may_lead_to(newurl, from_local=self._from_local):
            raise URLError(f"it leads on to {newurl}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


if __name__ == "__main__":
    sys.exit(main())
