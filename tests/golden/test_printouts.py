"""Printouts of three races, and what the other commands print, word by word."""

from __future__ import annotations

import json
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


def assert_alike(made, kept, where):
    """The same documents, numbers to one part in a million."""
    if isinstance(kept, dict):
        assert made.keys() == kept.keys(), where
        for key in kept:
            assert_alike(made[key], kept[key], f"{where}.{key}")
    elif isinstance(kept, list):
        assert len(made) == len(kept), where
        for k, pair in enumerate(zip(made, kept, strict=True)):
            assert_alike(*pair, f"{where}[{k}]")
    elif isinstance(kept, float):
        assert made == pytest.approx(kept, rel=1e-6, abs=2e-6), where
    else:
        assert made == kept, where


@pytest.mark.parametrize("session", commands.NUMBERS)
def test_no_number_moves_unseen(session):
    kept = json.loads((commands.FOLDER / f"{session}.json").read_text(encoding="utf-8"))
    assert_alike(commands.run_numbers(session), kept, session)
