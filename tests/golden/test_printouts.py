"""Printouts of three races, and what the other commands print, word by word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import commands
from printouts import CASES, FOLDER, print_case


@pytest.mark.parametrize("course", CASES)
def test_the_printout_is_the_one_that_was_reviewed(course):
    for name, text in print_case(course).items():
        kept = (FOLDER / name).read_text(encoding="utf-8")
        assert text == kept, f"look at the change of {name}, then  python tests/golden/printouts.py"


@pytest.mark.parametrize("session", commands.SESSIONS)
def test_a_command_prints_what_was_reviewed(session):
    kept = (commands.FOLDER / f"{session}.txt").read_text(encoding="utf-8")
    assert commands.run_session(session) == kept, f"look at what {session} prints, then  tests/golden/commands.py"
