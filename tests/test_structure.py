"""The shape of the package: no circle between modules, no long module, nothing undocumented."""

from __future__ import annotations

import ast
import importlib
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import pacecalc

sys.path.insert(0, str(Path(__file__).parent / "docs"))

from references import walk_commands

PACKAGE = Path(pacecalc.__file__).parent
LONGEST_MODULE = 400
MOST_SHARED_LINES = 12
LAYERS = (
    "arrays",
    "clocks",
    "record",
    "errors",
    "science",
    "units",
    "documents",
    "tracks",
    "planning",
    "render",
    "cli",
)
"""Lowest first; a module imports from its own layer and from those before it."""
FREE = {("documents", "tracks"), ("tracks", "documents"), ("science", "units"), ("units", "science")}
"""Neighbours of one level, which must not know each other."""


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def is_for_types(node: ast.AST) -> bool:
    """Whether a block is read by type checkers only."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def find_imports(tree: ast.AST, *, anywhere: bool) -> set[str]:
    """Modules of the package that are imported, on loading or, with ``anywhere``, inside functions too."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if is_for_types(node) or (not anywhere and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # what is imported from a package may be a module of it
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & MODULES.keys()) or {node.module}
        waiting += ast.iter_child_nodes(node)
    return found & MODULES.keys()


TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_long(name: str) -> None:
    lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{lines} lines: give one of its ideas a module of its own"


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(TREES[name])


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count: a circle that is only put off is still one."""
    graph = {name: find_imports(tree, anywhere=True) - {name} for name, tree in TREES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def layer_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def test_imports_go_one_way() -> None:
    backwards = [
        f"{name} -> {imported}"
        for name, tree in TREES.items()
        for imported in find_imports(tree, anywhere=True)
        if (layer := layer_of(name)) in LAYERS
        and (other := layer_of(imported)) in LAYERS
        and (LAYERS.index(other) > LAYERS.index(layer) or (layer, other) in FREE)
    ]
    assert not backwards


def test_the_public_face_is_small_and_every_name_resolves() -> None:
    assert 25 <= len(pacecalc.__all__) <= 45
    for name in pacecalc.__all__:
        assert getattr(pacecalc, name) is not None


def test_every_command_and_option_explains_itself() -> None:
    from references import find_parameters

    for command, function in walk_commands():
        assert function.__doc__, command
        for parameter in find_parameters(function):
            assert parameter.help, f"{command} {parameter.name}"


def test_every_module_is_loadable_on_its_own() -> None:
    for name in MODULES:
        if name != "pacecalc.__main__":
            importlib.import_module(name)


def test_clocks_are_subtracted_in_one_place_only():
    """Two clocks of one zone differ by what their hands show: an hour wrong over a change of summer time."""
    found = [name for name, path in MODULES.items() if "total_seconds()" in path.read_text(encoding="utf-8")]
    assert found == ["pacecalc.clocks"]


def test_nothing_stands_twice() -> None:
    """No two places share more than twelve lines with text in them, tables of parameters and imports included."""
    size = MOST_SHARED_LINES + 1
    places: dict[tuple[str, ...], list[str]] = {}
    for path in MODULES.values():
        lines = [(k, line.strip()) for k, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
        said = [(k, line) for k, line in lines if line]
        for first in range(len(said) - size + 1):
            run = tuple(line for _, line in said[first : first + size])
            places.setdefault(run, []).append(f"{path.relative_to(PACKAGE)}:{said[first][0]}")
    assert [found for found in places.values() if len(found) > 1] == []
