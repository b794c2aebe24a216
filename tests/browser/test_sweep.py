"""The kinds that have most in their margins, at every width there is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds_site import Kinds
from tests.browser.test_kinds_layout import LAYOUT, faults


pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHOSEN = ("", "essays/dense/", "essays/arabic/ar/", "essays/chinese/zh-hans/", "archives/", "tags/")


def test_no_width_is_bad(chromium: Browser, kinds: Kinds) -> None:
    """From 320 to 2400 pixels, in steps of 16, nothing scrolls sideways, is cut off or overlaps."""
    found = []
    for _, page in kinds.of(*CHOSEN).visits(chromium):
        for width in range(320, 2401, 16):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width}: {fault}" for fault in faults(page, *LAYOUT)]

    assert found == []
