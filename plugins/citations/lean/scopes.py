"""Find out for which works each macro of a style is called: it need not do for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from plugins.citations.lean.conditions import branches
from plugins.citations.lean.facts import Facts, Scope
from plugins.citations.lean.sheet import Node, Sheet


def scopes_of(sheet: Sheet, facts: Facts) -> dict[str, Scope]:
    """Return the scope of each macro that is called at all."""
    walk = _Walk(facts)
    for part in sheet.parts:
        for child in part.children:
            walk.visit(child.children, Scope(facts.types, part.tag == "citation" and child.tag == "layout"))
    for name, macro in sheet.macros.items():  # who calls comes before who is called
        if name in walk.found:
            walk.visit(macro.children, walk.found[name])
    return walk.found


@dataclass(slots=True)
class _Walk:
    facts: Facts
    found: dict[str, Scope] = field(default_factory=dict)

    def visit(self, nodes: Iterable[Node], scope: Scope) -> None:
        for node in nodes:
            if node.tag == "choose":
                for branch, decided in branches(node, self.facts, scope):
                    self.visit(branch.children, decided.inside)
            elif node.macro:
                self.found[node.macro] = scope.joined(self.found.get(node.macro, scope))
            else:
                self.visit(node.children, scope)
