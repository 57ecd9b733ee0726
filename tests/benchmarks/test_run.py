"""The benchmark script runs; what it measures is for people to judge, never for a test."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from timing import Section, fit_exponent, ratio_in_turn

RUN = Path(__file__).with_name("run.py")


@pytest.mark.slow
def test_the_script_prints_every_section():
    done = subprocess.run([sys.executable, RUN, "--tiny"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    titles = [line.removeprefix("## ") for line in done.stdout.splitlines() if line.startswith("## ")]
    assert titles == [
        "Cold start",
        "Stages of a plan",
        "Odds",
        "Import of a track",
        "Growth",
        "Many athletes",
    ]
    assert "nan" not in done.stdout


def test_a_power_law_is_found():
    assert math.isclose(fit_exponent([10, 100, 1000], [2.0, 20.0, 200.0]), 1.0)
    assert math.isclose(fit_exponent([10, 100], [3.0, 300.0]), 2.0)


def test_ratios_are_taken_in_turn():
    order = []
    ratio_in_turn(lambda: order.append("ours"), lambda: order.append("yardstick"), 3)
    assert order == ["ours", "yardstick"] * 3


def test_a_section_is_a_table():
    section = Section("Cold start", "About it.", ("a", "b"), (("1", "2"),))
    assert section.markdown() == "## Cold start\n\nAbout it.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
