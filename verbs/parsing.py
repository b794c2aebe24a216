"""Let invoke take what our verbs take: a number that may be left out, and words that are no tasks."""

from __future__ import annotations

from invoke.parser.parser import ParseMachine


_complete, _handle = ParseMachine.complete_context, ParseMachine.handle


def widen() -> None:
    """Have invoke's parser do both from now on."""
    ParseMachine.complete_context = _complete_without_steps  # type: ignore[assignment, method-assign]
    ParseMachine.handle = _handle_words  # type: ignore[assignment, method-assign]


def _complete_without_steps(machine: ParseMachine) -> None:
    """Let N be left out of `inv rollback N`: for invoke, what may be told by its place has to be told."""
    for argument in machine.context.positional_args:
        if argument.name == "steps" and argument.value is None:
            argument.value = "1"
    _complete(machine)


def _handle_words(machine: ParseMachine, word: str) -> None:
    """Let `inv cite` have all words that follow it: invoke would take them for tasks."""
    is_option = word.startswith("-") and word != "-"
    if machine.context and machine.context.name == "cite" and not is_option and not machine.waiting_for_flag_value:
        machine.context.args["words"].value = word
    else:
        _handle(machine, word)
