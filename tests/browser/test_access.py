from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser


pytestmark = pytest.mark.browser

DEMO = ["", "essays/everywhere-under-heaven/", "about/", "tags/", "tags/china/", "archives/", "404.html"]
SPECIMENS = ["essays/everywhere/", "essays/pictured/", "essays/dense/"]
#: Best practices and WCAG 2.2 AA together; a rule that cannot decide ("incomplete") is a failure as well.
RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations", "incomplete"]});
  const places = (one) => one.nodes.map((node) => node.html.slice(0, 160)).join(" | ");
  const brief = (result) => result.map((one) => `${one.id}: ${places(one)}`);
  return {violations: brief(found.violations), incomplete: brief(found.incomplete), passes: found.passes.length};
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("site", ["demo", "specimens"])
def test_axe_finds_nothing(
    chromium: Browser, axe: str, request: pytest.FixtureRequest, *, site: str, width: int, scheme: Any
) -> None:
    """axe-core finds no violation and nothing undecided on any kind of page."""
    address = request.getfixturevalue(site)
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    faults = {}
    for path in DEMO if site == "demo" else SPECIMENS:
        response = page.goto(f"{address}/{path}")
        assert response is not None
        assert response.ok, path
        page.evaluate(axe)
        found = page.evaluate(RUN)
        assert found["passes"] > 10
        if found["violations"] or found["incomplete"]:
            faults[path] = found
    page.close()

    assert faults == {}
