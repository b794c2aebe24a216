from __future__ import annotations

from dataclasses import dataclass

from plugins.shared.settings import load


@dataclass(frozen=True, slots=True)
class Sample:
    style: str = "chicago"
    files: tuple[str, ...] = ()
    limit: int | None = None
    on: bool = True


def test_settings_are_read_by_prefix() -> None:
    """A setting of the prefix fills the field of its name; other settings are not looked at."""
    sample, problems = load(Sample, "DEMO", {"DEMO_STYLE": "apa", "DEMO_FILES": ["a"], "DEMO_LIMIT": 3, "OTHER": 1})

    assert sample == Sample(style="apa", files=("a",), limit=3)
    assert problems == ()


def test_every_fault_is_named() -> None:
    """A misspelt setting and a wrong type are problems, and the defaults stand."""
    sample, problems = load(Sample, "DEMO", {"DEMO_STILE": "apa", "DEMO_ON": 1, "DEMO_FILES": [1]})

    assert sample == Sample()
    assert [str(problem) for problem in problems] == [
        'pelicanconf.py:1: setting-type: DEMO_FILES must be a list of texts, not list ("[1]")',
        'pelicanconf.py:1: setting-type: DEMO_ON must be True or False, not int ("1")',
        'pelicanconf.py:1: setting-unknown: no setting "DEMO_STILE"; did you mean "DEMO_STYLE"?',
    ]
