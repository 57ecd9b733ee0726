"""Set-up is one line, and what CI runs is that line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
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
