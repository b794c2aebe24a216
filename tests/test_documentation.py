"""The documentation is equal to the code: what there is, is documented, and nothing else is."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from invoke.tasks import Task

import tasks
from plugins.essays.metadata import KEYS, REQUIRED
from tests.demo import DEMO


ROOT = Path(__file__).resolve().parents[1]
AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
DOCS = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
PROBLEMS = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")

_CODE = re.compile(r"[a-z]+(-[a-z]+)+")
# What stands before the endings of codes that are put together.
_NOUNS = {
    "-missing": sorted({key for keys in REQUIRED.values() for key in keys}),
    "-slug": ["author", "category", "series", "tag"],
    "-spelling": ["author", "category", "series", "tag"],
}
# Calls that take a hyphenated name and a text, and report nothing: they make HTML.
_NO_REPORTS = {"element", "set", "get", "_backlink"}


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def first_cells(text: str) -> dict[str, str]:
    """Return the code in the first cell of each table row, with the rest of the row."""
    return dict(re.findall(r"^\| `([^`]+)` \|(.*)\|$", text, re.M))


def test_front_matter_keys() -> None:
    """Every key of the front matter is in the authors' table."""
    assert first_cells(section(AUTHORS, "Front matter")).keys() == KEYS.keys()


def test_settings() -> None:
    """Every setting of every plugin is in the operators' table, with its default."""
    rows = first_cells(section(OPERATORS, "Settings"))
    documented = {name: row.split("|")[0].strip().strip("`") for name, row in rows.items()}
    assert documented == dict(settings())


def settings() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "plugins").glob("*/settings.py")):
        if path.parent.name == "shared":
            continue
        module = importlib.import_module(f"plugins.{path.parent.name}.settings")
        prefix = getattr(module, "PREFIX", path.parent.name.upper())
        for cls in vars(module).values():
            if dataclasses.is_dataclass(cls) and isinstance(cls, type) and cls.__module__ == module.__name__:
                yield from ((f"{prefix}_{each.name}".upper(), repr(each.default)) for each in dataclasses.fields(cls))


def test_commands() -> None:
    """Every make target and every task is in the operators' table, and `make help` knows each target."""
    rows = re.findall(r"^\| `make (\w+)` \| (?:`inv (\S+)`)?", section(OPERATORS, "Commands"), re.M)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    helped = set(re.findall(r"^([a-z]+):.* ## \S", makefile, re.M))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    assert {target for target, _ in rows} == set(phony.split()) == helped
    assert {task for _, task in rows if task} == {"--list", *task_names()}


def task_names() -> set[str]:
    return {name for name, value in vars(tasks).items() if isinstance(value, Task)}


def test_publish_options() -> None:
    """Every option of publishing is in its table."""
    documented = first_cells(section(OPERATORS, "Publishing"))
    options = {argument.name.replace("_", "-") for argument in tasks.publish.get_arguments()}
    assert documented.keys() == {f"--{option}" for option in options}


def test_problem_codes() -> None:
    """Every code that a plugin reports is in a table of docs/problems.md, and only once."""
    rows = re.findall(r"^\| `([^`]+)` \|", PROBLEMS, re.M)
    documented, reported = set(rows), codes()
    assert (sorted(reported - documented), sorted(documented - reported)) == ([], []), "(undocumented, unused)"
    assert len(rows) == len(documented)


def test_problem_examples() -> None:
    """Below each table stands one line for each of its codes, as a build prints it, in the order of the rows."""
    for part in PROBLEMS.split("\n## ")[1:]:
        lines = re.findall(r"^    (.*)$", part, re.M)
        examples = [re.fullmatch(r"[\w./-]+:[1-9]\d*: ([a-z-]+): \S.*", line) for line in lines]
        assert [match and match[1] for match in examples] == re.findall(r"^\| `([^`]+)` \|", part, re.M)


def codes() -> set[str]:
    files = (path for path in (ROOT / "plugins").rglob("*.py") if path.parent.name != "publishing")
    found = {code for path in files for code in codes_of(ast.parse(path.read_text(encoding="utf-8")))}
    return {whole for code in found for whole in ([code] if code[0] != "-" else filled(code))}


def filled(ending: str) -> list[str]:
    return [noun + ending for noun in _NOUNS[ending]]


def codes_of(tree: ast.AST) -> Iterator[str]:
    """Yield each hyphenated name that stands beside a message, or is given to a name for codes."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name not in _NO_REPORTS:
                yield from beside_message([*node.args, *(keyword.value for keyword in node.keywords)])
            case ast.Tuple():
                yield from beside_message(node.elts)
            case ast.Assign(targets=[ast.Name(id="code" | "CODE")]):
                yield from filter(None, map(code_in, ast.walk(node.value)))


def beside_message(parts: list[ast.expr]) -> list[str]:
    found = {part: codes for part in parts if (codes := codes_in(part))}
    told = any(is_message(part) for part in parts if part not in found)
    return [code for codes in found.values() for code in codes] if told else []


def codes_in(node: ast.AST) -> list[str]:
    """Return the code in a literal, or those that a condition chooses between."""
    branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [code for branch in branches if (code := code_in(branch))]


def code_in(node: ast.AST) -> str | None:
    """Return the code in a literal; of a code that is put together, its ending."""
    match node:
        case ast.Constant(value=str(text)) if _CODE.fullmatch(text):
            return text
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(text))]) if _CODE.fullmatch(f"a{text}"):
            return text
    return None


def is_message(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str(text)):
            return " " in text
        case ast.Name(id="message" | "reason" | "fault" | "hint") | ast.JoinedStr() | ast.Call(func=ast.Name()):
            return True
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return is_message(left) or is_message(right)
    return False


def test_example_of_the_readme(build_site: Callable[..., Any]) -> None:
    """The essay in the README builds as it stands there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = section(readme, "Your first essay").split("\n\n    ---\n")[1].split("\n\n- ")[0]
    essay = "---\n" + re.sub(r"^    ", "", example, flags=re.M) + "\n"
    bibliography = (DEMO / "bibliography.bib").read_bytes()
    site = build_site({"content/essays/meeting.md": essay, "content/bibliography.bib": bibliography}, essay_future=True)
    assert site.problems == []
    assert "Broadside" in site.read("index.html")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", *DOCS])
def test_links(name: str) -> None:
    """Every link from one file of the repository to another leads somewhere."""
    text = (ROOT / name).read_text(encoding="utf-8")
    prose = re.sub(r"^    .*$|`[^`]*`", "", text, flags=re.M)
    targets = [target for target in re.findall(r"\]\(([^)#]+)", prose) if "://" not in target]
    assert [target for target in targets if not ((ROOT / name).parent / target).exists()] == []
