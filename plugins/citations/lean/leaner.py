"""Make a style leaner for the works of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plugins.citations.lean.conditions import branches
from plugins.citations.lean.facts import Facts, Scope
from plugins.citations.lean.pieces import Does, Piece, as_one, lack, needed, one_of, written
from plugins.citations.lean.scopes import scopes_of
from plugins.citations.lean.sheet import Node, Sheet, start


# Pandoc looks whether a style prints the suffix of a year anywhere, reached or not, and else puts it behind the date.
_YEAR_SUFFIX = '<choose><if type="none"><text variable="year-suffix"/></if></choose>'


def lean(sheet: Sheet, facts: Facts, locale: str) -> bytes:
    """Return a style without what the works of a page have no use for."""
    writer = _Writer(sheet, facts, scopes_of(sheet, facts))
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
    scopes: Mapping[str, Scope]
    macros: dict[str, str] = field(default_factory=dict)  # those that are called, as written
    known: dict[str, _Macro] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of the first macro of a content

    def part(self, part: Node) -> str:
        scope = Scope(self.facts.types, part.tag == "citation")
        content = (self._sort(child) if child.tag == "sort" else self._layout(child, scope) for child in part.children)
        return part.with_content("".join(content))

    def _sort(self, sort: Node) -> str:
        for key in sort.children:
            if key.macro:
                self.macros[key.macro] = self._macro(key.macro).content
        return sort.whole

    def _layout(self, layout: Node, scope: Scope) -> str:
        """Write a layout. Nothing is left out of it by itself: its first element may get a column of its own."""
        content = written(self._elements(layout.children, scope, is_layout=True))
        return layout.with_content(content + (_YEAR_SUFFIX if self.sheet.suffixes_years else ""))

    def _macro(self, name: str) -> _Macro:
        if name not in self.known:
            pieces = self._elements(self.sheet.macros[name].children, self.scopes[name])
            content = written(pieces)
            is_call = len(pieces) == 1 and pieces[0].calls
            called = pieces[0].calls if is_call else self.names.setdefault(content, name)
            self.known[name] = _Macro(called, content, as_one(content, pieces))
        return self.known[name]

    def _elements(self, nodes: Sequence[Node], scope: Scope, *, is_layout: bool = False) -> list[Piece]:
        """Return what elements are where they stand, with those of a branch that is always taken in its place."""
        pieces: list[Piece] = []
        for node in nodes:
            if node.tag == "choose":
                pieces += self._choose(node, scope, is_layout=is_layout)
            else:
                pieces.append(self._element(node, scope))
        return pieces if is_layout else needed(pieces)

    def _element(self, node: Node, scope: Scope) -> Piece:
        if node.tag == "group":
            pieces = self._elements(node.children, scope)
            return as_one(node.with_content(written(pieces)), pieces)
        if node.tag == "names":
            return self._names(node, scope)
        if node.macro:
            return self._call(node)
        return self._leaf(node, scope)

    def _leaf(self, node: Node, scope: Scope) -> Piece:
        """Return a text, number, date or label."""
        variable = node.attributes.get("variable", "" if node.tag == "label" else None)
        if variable is None:  # pandoc puts the suffix of a year behind "no date", and remembers it
            does = Does.PRINT if node.attributes.get("term") == "no date" else Does.WORDS
            return Piece(node.whole, does, asks=False)
        form = "-short" if node.tag == "text" and node.attributes.get("form") == "short" else ""
        if self.facts.lacks(variable + form, scope):
            return Piece(node.whole, Does.NOTHING, asks=False) if node.tag == "label" else lack(variable)
        asks = node.tag != "label" and variable.casefold() != "year-suffix"
        return Piece(node.whole, Does.PRINT, asks=asks)

    def _call(self, node: Node) -> Piece:
        macro = self._macro(node.macro)
        if macro.piece.does is Does.LACK and macro.piece.asks:
            return macro.piece
        self.macros[macro.name] = self.known[macro.name].content
        call = f"{start('text', {**node.attributes, 'macro': macro.name})}/>"
        # Even if it is empty, its group takes it for something.
        return Piece(call, Does.PRINT, asks=True, calls=macro.name if len(node.attributes) == 1 else "")

    def _names(self, node: Node, scope: Scope) -> Piece:
        variables = node.attributes["variable"].split()
        substitutes = any(child.tag == "substitute" and child.children for child in node.children)
        if variables and not substitutes and all(self.facts.lacks(name, scope) for name in variables):
            return lack(variables[0])
        content = (
            self._substitute(child, scope) if child.tag == "substitute" else child.whole for child in node.children
        )
        return Piece(node.with_content("".join(content)), Does.PRINT, asks=bool(variables))

    def _substitute(self, node: Node, scope: Scope) -> str:
        """Write what stands in for names: the first that prints. It must not be empty, which would leave no trace."""
        pieces: list[Piece] = []
        for child in node.children:
            if child.tag == "choose":
                pieces += self._choose(child, scope, is_one=True)
            else:
                pieces.append(self._element(child, scope))
        left = [piece for piece in pieces if piece.does in (Does.PRINT, Does.WORDS)]
        return node.with_content(written(left or pieces[:1]))

    def _choose(self, node: Node, scope: Scope, *, is_layout: bool = False, is_one: bool = False) -> list[Piece]:
        """Return what is left of a choice: the elements of a branch that is always taken, or the choice among the rest.

        Elements that must stay one are not spliced.
        """
        bodies: list[tuple[Mapping[str, str] | None, list[Piece]]] = []
        for branch, decided in branches(node, self.facts, scope):
            pieces = self._elements(branch.children, decided.inside, is_layout=is_layout)
            bodies.append((None if decided.is_taken else decided.asked, pieces))
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
        content += f"{tag}>{written(pieces)}</{tag[1:].split()[0]}>" if pieces else f"{tag}/>"
    return one_of(f"<choose>{content}</choose>", [pieces for _, pieces in bodies], is_sure=bodies[-1][0] is None)
