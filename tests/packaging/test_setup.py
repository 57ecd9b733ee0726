"""Set-up is one line, and what CI runs is that line."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
CI = CHECKOUT / ".ci" / "run"
PLAN_LINE = (
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/pacecalc plan leadville-trail-100-mtb --goal 11:45"
)
TEST_LINE = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/python -m pytest"


@pytest.mark.parametrize("line", [PLAN_LINE, TEST_LINE], ids=["plan", "test"])
def test_the_readme_has_the_line_a_new_user_copies(line: str) -> None:
    lines = (CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()
    assert line in [one.strip() for one in lines]


def test_ci_takes_its_test_command_from_the_readme() -> None:
    script = CI.read_text(encoding="utf-8")
    assert os.access(CI, os.X_OK)
    assert TEST_LINE not in script
    assert "readme_line 'pytest" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_ci_script_is_sound_bash() -> None:
    assert subprocess.run(["bash", "-n", str(CI)], capture_output=True).returncode == 0


def test_every_extra_that_an_error_may_name_exists() -> None:
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    named = set()
    for path in (CHECKOUT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'MissingExtraError\([^()]*?,\s*(?:extra=)?"(\w+)"', text))
    assert named <= set(extras)
    assert set(extras) >= {"pdf", "calendar", "fit", "all", "test"}


def _imported_packages() -> dict[str, str]:
    """Top-level packages that our modules import, anywhere in them, with one module that does."""
    found: dict[str, str] = {}
    for path in (CHECKOUT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            found.update({name.partition(".")[0]: path.name for name in names})
    return {name: module for name, module in found.items() if name not in {*sys.stdlib_module_names, "pacecalc"}}


def _distribution(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def test_everything_we_import_is_a_declared_dependency() -> None:
    """What another package happens to bring along today may be gone tomorrow."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    required = [*project["dependencies"], *extras["pdf"], *extras["calendar"], *extras["fit"]]
    # pydantic pins pydantic-core to one version and documents its use
    declared = {_distribution(one) for one in required} | {"pydantic-core"}
    owners = packages_distributions()
    undeclared = {
        name: module
        for name, module in _imported_packages().items()
        if not declared & {owner.lower().replace("_", "-") for owner in owners.get(name, [name])}
    }
    assert undeclared == {}
