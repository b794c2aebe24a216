"""The plural category of a whole number in a language, as CLDR has it (UTS #35, Language Plural Rules)."""

from __future__ import annotations

from collections.abc import Callable, Mapping


#: The categories that a language may tell apart; each has `other`.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")

_TEENS = range(11, 15)
_FEW = range(2, 5)


def category(lang: str, number: int) -> str:
    """Return one of `CATEGORIES`; a language that is not listed tells one from many, as English does."""
    return _RULES.get(lang.replace("_", "-").lower().split("-")[0], _english)(abs(number))


def _english(number: int) -> str:
    return "one" if number == 1 else "other"


def _french(number: int) -> str:
    return "one" if number in {0, 1} else "other"


def _none(_number: int) -> str:
    return "other"


def _east_slavic(number: int) -> str:
    if number % 100 in _TEENS:
        return "many"
    return "one" if number % 10 == 1 else "few" if number % 10 in _FEW else "many"


def _polish(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if number % 10 in _FEW and number % 100 not in _TEENS else "many"


def _czech(number: int) -> str:
    return "one" if number == 1 else "few" if number in _FEW else "other"


def _south_slavic(number: int) -> str:
    found = _east_slavic(number)
    return "other" if found == "many" else found


def _slovene(number: int) -> str:
    return {1: "one", 2: "two", 3: "few", 4: "few"}.get(number % 100, "other")


def _lithuanian(number: int) -> str:
    if number % 100 in range(11, 20) or number % 10 == 0:
        return "other"
    return "one" if number % 10 == 1 else "few"


def _latvian(number: int) -> str:
    if number % 10 == 0 or number % 100 in range(11, 20):
        return "zero"
    return "one" if number % 10 == 1 else "other"


def _romanian(number: int) -> str:
    return "one" if number == 1 else "few" if number == 0 or number % 100 in range(1, 20) else "other"


def _arabic(number: int) -> str:
    if number in {0, 1, 2}:
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if rest in range(3, 11) else "many" if rest in range(11, 100) else "other"


def _hebrew(number: int) -> str:
    return {1: "one", 2: "two"}.get(number, "other")


def _welsh(number: int) -> str:
    return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(number, "other")


def _irish(number: int) -> str:
    if number in {1, 2}:
        return ("one", "two")[number - 1]
    return "few" if number in range(3, 7) else "many" if number in range(7, 11) else "other"


_LANGUAGES: Mapping[Callable[[int], str], str] = {
    _french: "am bn fa fr gu hi hy kn pt zu",
    _none: "id ja ko lo ms my th vi yue zh bo dz",
    _east_slavic: "be ru uk",
    _polish: "pl",
    _czech: "cs sk",
    _south_slavic: "bs hr sr sh",
    _slovene: "sl",
    _lithuanian: "lt",
    _latvian: "lv",
    _romanian: "mo ro",
    _arabic: "ar",
    _hebrew: "he iw",
    _welsh: "cy",
    _irish: "ga",
}
_RULES = {lang: rule for rule, langs in _LANGUAGES.items() for lang in langs.split()}
