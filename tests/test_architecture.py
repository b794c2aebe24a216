"""Who may import whom, what a file may be called, and what a core module may touch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parents[1]
PLUGINS = ROOT / "plugins"
MODULES = sorted(PLUGINS.rglob("*.py"))

#: Modules that a name of which would tell nothing.
VAGUE = {"utils", "util", "helpers", "helper", "manager", "handler", "handlers", "common", "misc", "base", "core"}

#: The plugins that are adapters to the outside as a whole: the press drives Pelican, publishing drives git.
ADAPTERS = {"press", "publishing"}

#: What only an adapter may import.
OUTSIDE = {
    "logging": "return a Problem instead",
    "time": "a build does not depend on the clock",
    "random": "a build is reproducible",
    "socket": "a build needs no network",
    "urllib.request": "a build needs no network",
    "http": "a build needs no network",
    "requests": "a build needs no network",
    "pickle": "a cache is data, not code",
    "marshal": "a cache is data, not code",
}

#: What only an adapter may call or read, as written after its module is imported.
CLOCK_AND_ENVIRONMENT = {
    "os.environ",
    "os.getenv",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
}


@dataclass(frozen=True, slots=True)
class Module:
    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def plugin(self) -> str:
        """The plugin it belongs to; empty for plugins/__init__.py."""
        parts = self.path.relative_to(PLUGINS).parts
        return parts[0] if len(parts) > 1 else ""

    @property
    def is_adapter(self) -> bool:
        return self.plugin in ADAPTERS or self.path.name in {"plugin.py", "__init__.py", "__main__.py"}

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the full name of each import, at any depth."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self}:{node.lineno}: name the module in full"
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.fixture(params=[Module(path) for path in MODULES], ids=str)
def module(request: pytest.FixtureRequest) -> Module:
    found = request.param
    assert isinstance(found, Module)
    return found


def offences(module: Module, wrong: dict[str, str]) -> list[str]:
    return [
        f"{module}:{line}: imports {name}: {reason}"
        for line, name in module.imports()
        for banned, reason in wrong.items()
        if name == banned or name.startswith(f"{banned}.")
    ]


def test_plugins_never_import_each_other(module: Module) -> None:
    """A plugin imports itself and `shared`; `shared` imports no plugin; nobody imports the press."""
    allowed = {module.plugin, "shared"}
    if not module.plugin:  # plugins/__init__.py hands Pelican its class
        allowed.add("press")
    for line, name in module.imports():
        parts = name.split(".")
        if parts[0] == "plugins":
            assert parts[1] in allowed, f"{module}:{line}: imports {name}; plugins meet in docs/design/house.md"


def test_only_adapters_import_pelican(module: Module) -> None:
    """Pelican is imported in plugin.py and by the press, nowhere else."""
    if not (module.path.name == "plugin.py" or module.plugin == "press"):
        assert not offences(module, {"pelican": "only plugin.py and the press may"})


def test_only_syntax_imports_markdown(module: Module) -> None:
    """Python-Markdown is imported in syntax.py, nowhere else."""
    if module.path.name != "syntax.py":
        assert not offences(module, {"markdown": "only syntax.py may"})


def test_core_touches_nothing_outside(module: Module) -> None:
    """A core module imports no logging, clock, chance, network or pickle."""
    if not module.is_adapter:
        assert not offences(module, OUTSIDE)


def test_core_reads_no_clock_or_environment(module: Module) -> None:
    """A core module asks neither the clock nor the environment, and prints nothing."""
    if module.is_adapter:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in CLOCK_AND_ENVIRONMENT, f"{module}:{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) != "print", f"{module}:{node.lineno}: return a value or a Problem"


def test_names_say_something(module: Module) -> None:
    """No module is called after what it is not."""
    assert module.path.stem not in VAGUE
    assert module.path.parent.name not in VAGUE


def test_module_says_what_it_is_for(module: Module) -> None:
    """Every module postpones annotations, and the front door of each plugin has a docstring."""
    assert "annotations" in {name.split(".")[-1] for _, name in module.imports()} or not module.tree.body[1:]
    if module.path.name == "__init__.py":
        assert ast.get_docstring(module.tree)


def test_settings_and_models_are_frozen(module: Module) -> None:
    """The dataclasses of settings.py and model.py are frozen and have slots."""
    if module.path.name not in {"settings.py", "model.py"} or module.plugin == "shared":
        return
    for node in ast.walk(module.tree):
        for decorator in getattr(node, "decorator_list", []):
            if (text := ast.unparse(decorator)).startswith("dataclass"):
                assert "frozen=True" in text, f"{module}:{decorator.lineno}"
                assert "slots=True" in text, f"{module}:{decorator.lineno}"


def test_tests_mirror_plugins() -> None:
    """Each folder of tests is a plugin's, or one of the few that test the whole."""
    whole = {"site", "browser", "cache", "faults", "theme", "tasks", "benchmarks", "content"}
    plugins = {path.name for path in PLUGINS.iterdir() if path.is_dir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders <= plugins | whole
