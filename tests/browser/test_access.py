from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds_site import SCHEMES, Kinds


pytestmark = pytest.mark.browser

#: Best practices and WCAG 2.2 AA together; a rule that cannot decide ("incomplete") is a failure as well.
RUN = """async () => {
  const rules = {"target-size": {enabled: true}};  // not among axe's defaults, as all of WCAG 2.2
  const found = await axe.run(document, {rules, resultTypes: ["violations", "incomplete"]});
  const places = (one) => one.nodes.map((node) => node.html.slice(0, 160)).join(" | ");
  const brief = (result) => result.map((one) => `${one.id}: ${places(one)}`);
  const [violations, incomplete] = [brief(found.violations), brief(found.incomplete)];
  return {violations, incomplete, passes: found.passes.map((one) => one.id)};
}"""
#: A colour that is scrolled out of sight is undecided to axe, and so would be any table that is moved within itself.
OPENED = "table { overflow: visible !important }"


@pytest.mark.parametrize("width", [360, 1400])
def test_axe_finds_nothing(chromium: Browser, axe: str, kinds: Kinds, width: int) -> None:
    """axe-core finds no violation and nothing undecided on any kind of page, in the light and in the dark."""
    faults, passes = {}, set()
    for name, page in kinds.visits(chromium, viewport={"width": width, "height": 900}):
        page.evaluate(axe)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(RUN)
            if found["incomplete"]:
                opened = page.add_style_tag(content=OPENED)
                found["incomplete"] = page.evaluate(RUN)["incomplete"]
                opened.evaluate("(style) => style.remove()")
            assert len(found["passes"]) > 10
            passes.update(found.pop("passes"))
            if any(found.values()):
                faults[name, scheme] = found

    assert faults == {}
    assert {"color-contrast", "heading-order", "target-size"} <= passes


def test_a_wide_table_is_moved_by_the_keyboard(chromium: Browser, kinds: Kinds) -> None:
    """On a telephone a table of many columns moves sideways by the arrow keys, in letters of at least 14 pixels.

    The Tab key comes to it, or to a link in it if it has any.
    """
    _, page = next(kinds.of("essays/dense/").visits(chromium, viewport={"width": 360, "height": 900}))
    table = "(window.table = document.activeElement.closest('table'))"
    wide = f"{table} !== null && table.scrollWidth > table.clientWidth"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(wide):
            break
    before = page.evaluate("table.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft" if before else "ArrowRight")
    page.wait_for_function("(before) => table.scrollLeft !== before", arg=before, timeout=5_000)

    assert page.evaluate("parseFloat(getComputedStyle(table).fontSize)") >= 14
