"""What the edited texts of a site lead to, without the rest of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.press.model import Text
from plugins.press.provide import read
from plugins.press.record import Record


class Filed(dict[str, Any]):
    """The texts or files of a site by source: those that the edited texts led to before the edit are known."""

    def __init__(self, record: Record, before: Mapping[str, Text], kind: str) -> None:
        super().__init__()
        for text in before.values():
            for ground, name, then in text.grounds:
                if ground == kind and then and (kind == "static" or record.text(name) is not None):
                    self[name] = _Address(*read(then))


class _Address:
    """What a link by source needs of what it leads to."""

    def __init__(self, status: str, url: str, save_as: str, id_end: str) -> None:
        self.status, self.url, self.save_as, self.id_end = status, url, save_as, id_end

    def get_url_setting(self, key: str) -> str:
        return self.url if key == "url" else self.save_as
