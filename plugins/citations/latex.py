"""Text as BibTeX files hold it: values in their pieces, and words that keep their capitals."""

from __future__ import annotations

import re
from collections.abc import Mapping


#: The months that BibTeX knows without a @string.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: Characters that a value may come to.
MOST = 100_000
_NAME = re.compile(r"[^\s#,{}\"=()]+")
_SPACE = re.compile(r"\s*")
_SIGN = re.compile(r"(?<!\\)[{}\"]")

_LETTER = r"(?:ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|ng|NG|o|O|l|L|i|j)(?![A-Za-z])(?:\{\})?"
_ACCENT = (
    rf"\\(?:[`'^\"~=.](?:\{{\\?[A-Za-z]*\}}|\\?[A-Za-z])|[cvHukrdbt]\s*\{{[^{{}}]*\}}|[cvHukrdbt]\s+[A-Za-z]|{_LETTER})"
)
_WORD = re.compile(
    rf"""(?P<skip>\$[^$]*\$|\\(?:url|href|cite\w*|ref|input|include|foreignlanguage|textcolor|noop)\s*\{{[^{{}}]*\}})
    |(?P<word>(?:{_ACCENT}|\{{{_ACCENT}\}}|[^\W_]|['’])+)
    |\\(?:[A-Za-z@]+\*?|.)""",
    re.X | re.S,
)
_PAIR = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_SIMPLE = re.compile(r"(?:[\w+=()., -]|[_^]\{[\w+-]+\}|\^)*")
_SCRIPT = re.compile(r"([_^])(?:\{([\w+-]+)\}|([^\W_]))")
# In a field they set nothing, and of a few that are open the engine's time knows no end.
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\[\]]*\])?|\\item(?![A-Za-z])")
_BARE = re.compile(r"(?<!\\)%")
_DOLLAR = re.compile(r"(?<!\\)\$")
_COMMAND = re.compile(r"\\[A-Za-z@]+\*?\s*|\\(?=[^A-Za-z])|[{}$]")


class MalformedValueError(ValueError):
    """A value is not what BibTeX writes; `text` is the best to be made of it, `rest` what follows a sound beginning."""

    def __init__(self, message: str, text: str, rest: str = "") -> None:
        super().__init__(message)
        self.text, self.rest = text, rest


def resolved(value: str, strings: Mapping[str, str], unknown: list[str]) -> str:
    """Return the text of a value: `{braced}`, `"quoted"`, a number or the name of a @string, joined by `#`.

    A name that no @string has stands for itself, and is added to `unknown`.
    """
    text, position = "", 0
    while True:
        piece, position = _piece(value, _after_space(value, position), strings, unknown)
        text += piece
        if len(text) > MOST:  # each @string may hold the one before it twice
            raise MalformedValueError(f"comes to more than {MOST:,} characters with its @strings; write less", "")
        position = _after_space(value, position)
        if position == len(value):
            return text
        if value[position] != "#":
            if not re.search(r"[{}\"]", value):
                unknown.clear()
                raise MalformedValueError("stands in no braces; write {…}", value)
            raise MalformedValueError("goes on after it ends; write {…} around all of it", text, value[position:])
        position += 1


def _piece(value: str, start: int, strings: Mapping[str, str], unknown: list[str]) -> tuple[str, int]:
    if start == len(value):
        return "", start
    if value[start] in '{"':
        end = _closing(value, start)
        return value[start + 1 : end], end + 1
    name = _NAME.match(value, start)
    if name is None:
        raise MalformedValueError("cannot be read; write {…}", bare(value))
    word = name[0]
    if word.lower() not in strings and word.lower() not in MONTHS and not word.isdigit():
        unknown.append(word)
    return strings.get(word.lower(), word), name.end()


def _closing(value: str, start: int) -> int:
    """Return where the brace or the quotation mark that opens at `start` closes."""
    depth = 0
    for sign in _SIGN.finditer(value, start):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign.start() > start and depth == 0 and (value[start] == "{" or sign[0] == '"'):
            return sign.start()
    raise MalformedValueError("is not closed; write {…}", bare(value))


def _after_space(value: str, position: int) -> int:
    match = _SPACE.match(value, position)
    return match.end() if match else position


def bare(value: str) -> str:
    """Return a value without what encloses it, and without a brace that has no other."""
    inner = value.strip().strip('"')
    return inner if _balanced(inner) else re.sub(r"[{}]", "", inner)


def most_braces(text: str) -> int:
    """Return how many braces are open at once at most."""
    depth = most = 0
    for sign in re.finditer(r"(?<!\\)[{}]", text):
        depth = max(0, depth + (1 if sign[0] == "{" else -1))
        most = max(most, depth)
    return most


def outside_braces(text: str) -> str:
    """Return a text with an x for each group in braces."""
    kept, depth, position = "", 0, 0
    for sign in re.finditer(r"(?<!\\)[{}]", text):
        if depth == 0:
            kept += text[position : sign.start()] + ("x" if sign[0] == "{" else "")
        depth = max(0, depth + (1 if sign[0] == "{" else -1))
        position = sign.end()
    return kept + (text[position:] if depth == 0 else "")


def _balanced(text: str) -> bool:
    depth = 0
    for sign in _SIGN.finditer(text):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth < 0:
            return False
    return depth == 0


def tidied(text: str) -> str:
    """Return a text with what TeX would take for more than itself as it was meant: 50% and $5 are no commands."""
    text = _ENVIRONMENT.sub(" ", _BARE.sub(r"\\%", text))
    if "$" not in text:
        return text
    return _DOLLAR.sub(r"\\$", text) if len(_DOLLAR.findall(text)) % 2 else _PAIR.sub(_formula, text)


def _formula(match: re.Match[str]) -> str:
    """Write H$_2$O without mathematics, and "$5 and $6" as money; leave the rest."""
    inner = match[1]
    if re.search(r"[_^]", inner) and _SIMPLE.fullmatch(inner):
        return _SCRIPT.sub(_script, inner)
    if re.search(r"\s", inner) and not re.search(r"[\\_^]", inner):
        return rf"\${inner}\$"
    return match[0]


def _script(match: re.Match[str]) -> str:
    command = "subscript" if match[1] == "_" else "superscript"
    return rf"\text{command}{{{match[2] or match[3]}}}"


def protected(title: str) -> str:
    """Return a title whose words with a capital are in braces, so that the engine does not make them small."""

    def keep(match: re.Match[str]) -> str:
        word = match["word"]
        return f"{{{word}}}" if word and any(letter.isupper() for letter in word) else match[0]

    return _WORD.sub(keep, title)


def words(text: str) -> list[str]:
    """Return the plain words of a text: three letters and more, no commands, nothing with an accent."""
    kept = (match["word"] for match in _WORD.finditer(text) if match["word"])
    return [word for word in kept if re.fullmatch(r"[A-Za-z]{3,}", word)]


def plain(text: str) -> str:
    """Return a text without braces and commands, as well as can be: for where the engine makes nothing of it."""
    return " ".join(_COMMAND.sub("", text).split())
