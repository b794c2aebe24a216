"""Which sources are published on a day, and from which day on others are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from plugins.essays import dates
from plugins.essays.model import Kind
from plugins.essays.settings import Settings


class Days:
    """The days of the sources that were asked about: those that have come and those that have not, as ISO 8601."""

    def __init__(self, own: Settings, zone: str, now: Callable[[ZoneInfo], dt.datetime]) -> None:
        self._own, self._zone, self._now = own, ZoneInfo(zone), now
        self.come: list[str] = []
        self.to_come: list[str] = []

    def reason_to_wait(self, found: Mapping[str, Any], kind: Kind) -> str:
        """Return why a sound source with these metadata is not built now, or an empty string."""
        if not self._is_due(found):
            return "later"
        is_hidden = kind == "essay" and found.get("status") == "hidden"
        return "hidden" if is_hidden and not self._own.hidden else ""

    def is_public(self, found: Mapping[str, Any], kind: Kind) -> bool:
        """Tell whether a sound source is published now."""
        return found.get("status", "published") == "published" and not self.reason_to_wait(found, kind)

    def _is_due(self, found: Mapping[str, Any]) -> bool:
        moment = dates.parse(found.get("date", ""))
        if moment is None or self._own.future or found.get("status") == "draft":
            return True
        day = moment.astimezone(self._zone).date() if moment.tzinfo else moment.date()
        is_due = day <= self._now(self._zone).date()
        (self.come if is_due else self.to_come).append(day.isoformat())
        return is_due
