"""Pages whose sources are gone, renamed, taken back or moved are gone from the output."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Site


ESSAY = "---\ntitle: {0}\ndate: 2024-01-01\ntags: [of-{0}]\nslug: {0}\n{1}---\nSome words.\n"
FILES = {f"content/essays/{name}.md": ESSAY.format(name, "") for name in ("one", "two")}


def _delete(site: Site) -> dict[str, str]:
    (site.root / "content/essays/one.md").unlink()
    return {}


def _rename(site: Site) -> dict[str, str]:
    (site.root / "content/essays/one.md").unlink()
    return {"content/essays/other.md": ESSAY.format("other", "")}


def _take_back(_: Site) -> dict[str, str]:
    return {"content/essays/one.md": ESSAY.format("one", "status: draft\n")}


def _move(_: Site) -> dict[str, str]:
    return {"content/essays/one.md": ESSAY.format("other", "")}


@pytest.mark.parametrize("edit", [_delete, _rename, _take_back, _move], ids=["delete", "rename", "draft", "slug"])
def test_old_page_goes(build_site: Callable[..., Site], edit: Callable[[Site], dict[str, str]]) -> None:
    """The essay's old page and the page of its tag are gone after one build, and nothing names them."""
    site = build_site(FILES)
    assert {"essays/one/index.html", "tags/of-one/index.html"} <= site.files().keys()
    site = build_site(edit(site))
    assert site.problems == []
    left = {name: data for name, data in site.files().items() if name != ".broadside.json"}
    assert "essays/two/index.html" in left
    assert [name for name, data in left.items() if name.startswith("essays/one/") or b'"/essays/one/' in data] == []
    assert "tags/of-one/index.html" not in left
