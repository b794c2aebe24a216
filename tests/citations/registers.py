"""A server that answers as doi.org with Crossref, Open Library and web pages do, and as none of them should."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


PAGES = Path(__file__).parent / "data" / "pages"
CSL = "application/vnd.citationstyles.csl+json"

#: As Crossref says it, with what is its own business.
CROSSREF: dict[str, Any] = {
    "indexed": {"date-parts": [[2024, 4, 1]], "timestamp": 1711929600000},
    "reference-count": 0,
    "publisher": "Informa UK Limited",
    "issue": "4",
    "content-domain": {"domain": [], "crossmark-restriction": False},
    "DOI": "10.1080/01944366908977225",
    "type": "journal-article",
    "created": {"date-parts": [[2007, 11, 27]]},
    "page": "216-224",
    "source": "Crossref",
    "is-referenced-by-count": 1,
    "title": "A Ladder Of Citizen Participation",
    "prefix": "10.1080",
    "volume": "35",
    "author": [{"given": "Sherry R.", "family": "Arnstein", "sequence": "first", "affiliation": []}],
    "container-title": "Journal of the American Institute of Planners",
    "abstract": "<jats:p>Words of the publisher's.</jats:p>",
    "language": "en",
    "issued": {"date-parts": [[1969, 7]]},
    "ISSN": ["0002-8991"],
    "URL": "http://dx.doi.org/10.1080/01944366908977225",
    "subject": ["Planning"],
}
HOSTILE: dict[str, Any] = {
    "type": ["bok"],
    "title": ["A\u0000 <b>bold</b> <script>alert(1)</script>&lt;img src=x&gt; title\u202e", "another"],
    "author": [{"family": "Roe\u001b[31m", "given": "Ann"}, {"name": "City"}, 7, {"family": ["x"]}],
    "issued": {"date-parts": [[2023, 2, 30]]},
    "id": "../../etc/passwd",
    "URL": "javascript:alert(1)",
    "volume": {"x": 1},
    "note": "x" * 100_000,
    "publisher": "P" * 100_000,
}
BOOK = {
    "ISBN:9780300078152": {
        "title": "Seeing Like a State",
        "subtitle": "How Certain Schemes to Improve the Human Condition Have Failed",
        "authors": [{"url": "https://openlibrary.org/authors/x", "name": "James C. Scott"}],
        "publishers": [{"name": "Yale University Press"}],
        "publish_places": [{"name": "New Haven"}],
        "publish_date": "1998",
        "number_of_pages": 445,
    }
}


_LEADS = {
    "10.1080/01944366908977225": "/crossref/works/x",
    "10.1000/file": "file:///etc/passwd",
    "10.1000/loop": "/10.1000/loop",
}
_SAYS = {
    "10.1000/hostile": (json.dumps(HOSTILE).encode(), CSL),
    "10.1000/broken": (b"<html>Sorry.</html>", "text/html"),
    "10.1000/endless": (b" " * 3_000_000, CSL),
    "document.pdf": (b"%PDF-1.4", "application/pdf"),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.removeprefix("/")
        page = PAGES / path.removeprefix("page/")
        if path in _LEADS:
            self._to(_LEADS[path])
        elif path == "crossref/works/x":
            self._json(CROSSREF if self.headers["Accept"] == CSL else {"wrong": "Accept"})
        elif path in _SAYS:
            self._say(*_SAYS[path])
        elif path == "10.1000/busy":
            self.send_error(503, "Slow down")
        elif path.startswith("api/books"):
            self._json(BOOK if "ISBN:9780300078152&format=json&jscmd=data" in path else {})
        elif path.startswith("page/") and page.is_file():
            self._say(page.read_bytes(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, data: Any) -> None:
        self._say(json.dumps(data).encode(), f"{CSL}; charset=utf-8")

    def _say(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:  # whoever asked has heard enough
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- its own signature
        """Say nothing in the tests' output."""


@contextmanager
def registers() -> Iterator[str]:
    """Serve, and yield the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
