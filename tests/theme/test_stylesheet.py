from __future__ import annotations

import gzip
import re

import pytest

from tests.theme.specimens import THEME


def rules_of(stylesheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", stylesheet, flags=re.S)


def layers_of(rules: str) -> list[tuple[str, str]]:
    """Return each layer of a stylesheet with its rules, in order."""
    return re.findall(r"^@layer (\w+) \{\n(.*?)^\}$", rules, flags=re.S | re.M)


def read(name: str) -> str:
    return (THEME / "static" / "css" / name).read_text(encoding="utf-8")


STYLESHEET, LISTS = read("site.css"), read("lists.css")
RULES = rules_of(STYLESHEET + LISTS)
LAYERS = [*layers_of(rules_of(STYLESHEET)), *layers_of(rules_of(LISTS))]
ORDER = ["reset", "tokens", "base", "layout", "components", "print"]
#: The classes of docs/design/house.md that stand for something to see.
EMITTED = "note-mark note note-number pull-quote notes bibliography csl-bib-body csl-entry".split()


def test_it_is_small() -> None:
    """The stylesheet is at most 4 KiB compressed, comments and all; what lists have more, at most 2 KiB."""
    assert len(gzip.compress(STYLESHEET.encode(), 9)) <= 4096
    assert len(gzip.compress(LISTS.encode(), 9)) <= 2048


def test_every_rule_is_in_a_layer() -> None:
    """The layers come in the order of the house, and no rule stands outside them."""
    stated = f"@layer {', '.join(ORDER)};"
    assert [name for name, _ in layers_of(rules_of(STYLESHEET))] == ORDER
    assert [name for name, _ in layers_of(rules_of(LISTS))] == ["layout", "components"]
    assert rules_of(STYLESHEET).startswith(f"\n{stated}")
    outside = re.sub(r"^@layer \w+ \{\n.*?^\}$", "", RULES, flags=re.S | re.M)
    assert outside.strip() == stated


def test_custom_properties_are_declared_and_used() -> None:
    """Every custom property that is used is declared, and none is declared for nothing."""
    declared = set(re.findall(r"(--[\w-]+):", RULES))
    used = set(re.findall(r"var\((--[\w-]+)", RULES))

    assert used == declared


def test_colours_are_tokens() -> None:
    """A raw colour stands in the tokens alone."""
    raw = re.compile(
        r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch|color-mix|light-dark)\(|\b(?:white|black|red)\b(?!-)"
    )
    for name, rules in LAYERS:
        if name != "tokens":
            assert not raw.findall(re.sub(r"var\([^)]*\)", "", rules)), name


@pytest.mark.parametrize(
    "forbidden", [r"!important", r"^\s*#[a-z]", r"\b(?:margin|padding|border)-(?:left|right|top|bottom)\b"]
)
def test_house_style(forbidden: str) -> None:
    """No important rules, no ids, logical properties only."""
    assert not re.search(forbidden, RULES, flags=re.M)
    assert not re.search(
        r"[ {](?:left|right|top|bottom|width|height|max-width|min-width|float: (?:left|right))[:;]",
        re.sub(r"@media[^{]*", "", RULES),
    )


@pytest.mark.parametrize("name", EMITTED)
def test_what_plugins_emit_is_styled(name: str) -> None:
    """Every class of the contract between the plugins has a rule."""
    assert re.search(rf"\.{name}(?![\w-])", RULES)


def test_fonts_are_there() -> None:
    """Every font that the stylesheet names is a file of the theme, with its licence beside it."""
    for address in re.findall(r"url\(([^)]+)\)", RULES):
        assert (THEME / "static" / "css" / address).resolve().is_file(), address
    assert len(list((THEME / "static" / "fonts").glob("OFL-*.txt"))) == 3
