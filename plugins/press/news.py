"""Tell the pages that are open in browsers what has been built, so that they reload themselves or say what is wrong.

Only the preview has a script, and none is in a published page.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any


SCRIPT_ADDRESS = "/.broadside/live.js"
NEWS_ADDRESS = "/.broadside/news"
_WAIT = 15  # seconds after which a listener is sent a sign of life, and found out to be gone
_POLICY = re.compile(rb"""(<meta http-equiv="Content-Security-Policy" content=")([^"]*")""")
_NEEDED = (b"script-src", b"connect-src")
_TAG = f'<script src="{SCRIPT_ADDRESS}" defer></script>'.encode()

SCRIPT = """
const news = new EventSource("/.broadside/news");
news.onmessage = (event) => {
  const told = JSON.parse(event.data);
  const here = decodeURI(location.pathname).replace(/\\/$/, "/index.html").slice(1);
  if (!told.pages || told.pages.some((page) => here.endsWith(page))) location.reload();
  else say(told.problems);
};
function say(problems) {
  document.querySelector("#broadside-problems")?.remove();
  if (!problems.length) return;
  const box = document.createElement("pre");
  box.id = "broadside-problems";
  box.setAttribute("role", "alert");
  box.textContent = problems.join("\\n");
  box.title = "click to hide";
  box.onclick = () => box.remove();
  Object.assign(box.style, {
    position: "fixed", inset: "auto 0 0 0", margin: 0, padding: "1rem", zIndex: 9, maxHeight: "50vh", overflow: "auto",
    whiteSpace: "pre-wrap", font: "14px/1.4 monospace", background: "#7a1f1f", color: "#fff",
  });
  document.body.append(box);
}
"""


class News:
    """The last thing that happened, for whoever listens."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._last: dict[str, Any] = {"pages": [], "problems": []}

    def tell(self, done: Any) -> None:
        with self._changed:
            self._number += 1
            self._last = {"pages": done.pages, "problems": list(done.problems)}
            self._changed.notify_all()

    def _is_after(self, seen: int) -> bool:
        return self._number > seen

    def listen(self) -> Iterator[bytes]:
        """Yield what is sent to a page that listens: what is wrong now, then what each build brings."""
        with self._changed:
            seen, last = self._number, self._last
        yield _message({**last, "pages": []})
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._is_after, seen), _WAIT)
                is_new, seen, last = self._number > seen, self._number, self._last
            yield _message(last) if is_new else b": here\n\n"


def _message(told: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(told)}\n\n".encode()


def _widening(policy: bytes) -> bytes:
    """Return what a policy lacks. Of a directive that stands twice the first counts, so what it has is left to it."""
    return b"".join(name + b" 'self'; " for name in _NEEDED if name not in policy)


def with_script(page: bytes) -> bytes:
    """Return a page that listens for news; its policy is widened by just that."""
    page = _POLICY.sub(lambda found: found[1] + _widening(found[2]) + found[2], page, count=1)
    head, body, rest = page.rpartition(b"</body>")
    return head + _TAG + body + rest if body else page + _TAG
