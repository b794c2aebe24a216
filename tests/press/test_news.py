from __future__ import annotations

import pytest

from plugins.press.news import with_script


META = '<meta http-equiv="Content-Security-Policy" content="{}"><body></body>'


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        ("default-src 'none'", "script-src 'self'; connect-src 'self'; default-src 'none'"),
        ("connect-src 'self'", "script-src 'self'; connect-src 'self'"),
        ("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",) * 2,
    ],
)
def test_a_policy_is_given_what_it_lacks(policy: str, widened: str) -> None:
    """No directive stands twice: of two the first counts, and would take from the search what it may do."""
    page = with_script(META.format(policy).encode()).decode()

    assert page.startswith(META.format(widened).removesuffix("</body>"))
