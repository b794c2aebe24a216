"""Make a style leaner for the works of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plugins.citations.lean.conditions import decide
from plugins.citations.lean.facts import Facts, Types
from plugins.citations.lean.pieces import Does, Piece, as_one, lack, needed, one_of, written
from plugins.citations.lean.sheet import Node, Sheet, start


# Pandoc looks whether a style prints the suffix of a year anywhere, reached or not, and else puts it behind the date.
_ORDER = ("if", "else-if", "else")  # in which pandoc takes the branches of a choice, wherever they stand
_YEAR_SUFFIX = '<choose><if type="none"><text variable="year-suffix"/></if></choose>'


def lean(sheet: Sheet, facts: Facts, locale: str) -> bytes:
    """Return a style without what the works of a page have no use for."""
    writer = _Writer(sheet, facts)
    parts = [writer.part(part) for part in sheet.parts]
    macros = (f'<macro name="{name}">{content}</macro>' for name, content in writer.macros.items())
    content = (*_locales(sheet, locale), *macros, *parts)
    return f"{sheet.opened}>{''.join(content)}</style>".encode()


def _locales(sheet: Sheet, locale: str) -> Iterator[str]:
    """Yield what the style overrides, but in other languages than the page's."""
    language = locale.partition("-")[0].casefold()
    for name, content in sheet.locales:
        if not locale or not name or name.partition("-")[0].casefold() == language:
            yield content


@dataclass(frozen=True, slots=True)
class _Macro:
    """A macro: what its elements come to, and the name under which they are called. Equal macros are one."""

    name: str
    content: str
    piece: Piece


@dataclass(slots=True)
class _Writer:
    sheet: Sheet
    facts: Facts
    macros: dict[str, str] = field(default_factory=dict)  # those that are called, as written
    known: dict[str, _Macro] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of the first macro of a content

    def part(self, part: Node) -> str:
        content = (self._sort(child) if child.tag == "sort" else self._layout(child) for child in part.children)
        return part.with_content("".join(content))

    def _sort(self, sort: Node) -> str:
        for key in sort.children:
            if key.macro:
                self.macros[key.macro] = self._macro(key.macro).content
        return sort.whole

    def _layout(self, layout: Node) -> str:
        """Write a layout. Nothing is left out of it by itself: its first element may get a column of its own."""
        content = written(self._elements(layout.children, self.facts.types, is_layout=True))
        return layout.with_content(content + (_YEAR_SUFFIX if self.sheet.suffixes_years else ""))

    def _macro(self, name: str) -> _Macro:
        if name not in self.known:
            pieces = self._elements(self.sheet.macros[name].children, self.facts.types)
            content = written(pieces)
            is_call = len(pieces) == 1 and pieces[0].calls
            called = pieces[0].calls if is_call else self.names.setdefault(content, name)
            self.known[name] = _Macro(called, content, as_one(content, pieces))
        return self.known[name]

    def _elements(self, nodes: Sequence[Node], types: Types, *, is_layout: bool = False) -> list[Piece]:
        """Return what elements are to works of some types, with those of a branch that is always taken in its place."""
        pieces: list[Piece] = []
        for node in nodes:
            if node.tag == "choose":
                pieces += self._choose(node, types, is_layout=is_layout)
            else:
                pieces.append(self._element(node, types))
        return pieces if is_layout else needed(pieces)

    def _element(self, node: Node, types: Types) -> Piece:
        if node.tag == "group":
            pieces = self._elements(node.children, types)
            return as_one(node.with_content(written(pieces)), pieces)
        if node.tag == "names":
            return self._names(node, types)
        if node.macro:
            return self._call(node)
        return self._leaf(node, types)

    def _leaf(self, node: Node, types: Types) -> Piece:
        """Return a text, number, date or label."""
        variable = node.attributes.get("variable", "" if node.tag == "label" else None)
        if variable is None:  # pandoc puts the suffix of a year behind "no date", and remembers it
            does = Does.PRINT if node.attributes.get("term") == "no date" else Does.WORDS
            return Piece(node.whole, does, asks=False)
        form = "-short" if node.tag == "text" and node.attributes.get("form") == "short" else ""
        if self.facts.lacks(variable + form, types):
            return Piece(node.whole, Does.NOTHING, asks=False) if node.tag == "label" else lack(variable)
        asks = node.tag != "label" and variable.casefold() != "year-suffix"
        return Piece(node.whole, Does.PRINT, asks=asks)

    def _call(self, node: Node) -> Piece:
        macro = self._macro(node.macro)
        if macro.piece.does is Does.LACK:
            return macro.piece
        self.macros[macro.name] = self.known[macro.name].content
        call = f"{start('text', {**node.attributes, 'macro': macro.name})}/>"
        # Even if it is empty, its group takes it for something.
        return Piece(call, Does.PRINT, asks=True, calls=macro.name if len(node.attributes) == 1 else "")

    def _names(self, node: Node, types: Types) -> Piece:
        variables = node.attributes["variable"].split()
        substitutes = any(child.tag == "substitute" and child.children for child in node.children)
        if variables and not substitutes and all(self.facts.lacks(name, types) for name in variables):
            return lack(variables[0])
        content = (
            self._substitute(child, types) if child.tag == "substitute" else child.whole for child in node.children
        )
        return Piece(node.with_content("".join(content)), Does.PRINT, asks=bool(variables))

    def _substitute(self, node: Node, types: Types) -> str:
        """Write what stands in for names: the first that prints. It must not be empty, which would leave no trace."""
        pieces: list[Piece] = []
        for child in node.children:
            if child.tag == "choose":
                pieces += self._choose(child, types, is_one=True)
            else:
                pieces.append(self._element(child, types))
        left = [piece for piece in pieces if piece.does in (Does.PRINT, Does.WORDS)]
        return node.with_content(written(left or pieces[:1]))

    def _choose(self, node: Node, types: Types, *, is_layout: bool = False, is_one: bool = False) -> list[Piece]:
        """Return what is left of a choice: the elements of a branch that is always taken, or the choice among the rest.

        Elements that must stay one are not spliced.
        """
        bodies: list[tuple[Mapping[str, str] | None, list[Piece]]] = []
        for branch in sorted(node.children, key=lambda branch: _ORDER.index(branch.tag)):
            decided = decide(branch, self.facts, types)
            if decided.is_taken is False:
                continue
            pieces = self._elements(branch.children, decided.inside, is_layout=is_layout)
            bodies.append((None if decided.is_taken else decided.asked, pieces))
            types = decided.behind
            if decided.is_taken or not types:
                break
        while bodies and not bodies[-1][1]:
            bodies.pop()
        if bodies and bodies[0][0] is None and not (is_one and len(bodies[0][1]) > 1):
            return bodies[0][1]
        return [_choice(bodies)] if bodies else []


def _choice(bodies: Sequence[tuple[Mapping[str, str] | None, list[Piece]]]) -> Piece:
    """Return a choice among branches, by what each asks; the last may ask nothing."""
    content = ""
    for number, (asked, pieces) in enumerate(bodies):
        tag = start("else-if" if number else "if", asked) if asked is not None else "<else"
        content += f"{tag}>{written(pieces)}</{tag[1:].split()[0]}>"
    return one_of(f"<choose>{content}</choose>", [pieces for _, pieces in bodies], is_sure=bodies[-1][0] is None)
