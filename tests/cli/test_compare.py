"""``pacecalc compare``."""

from __future__ import annotations

import pytest

COURSE = "leadville-10k"


def test_goals_stand_side_by_side(pacecalc, tmp_path):
    outcome = pacecalc("compare", COURSE, "--goal", "0:50", "--goal", "1:00")
    assert outcome.code == 0
    assert "0:50" in outcome.out
    assert "1:00" in outcome.out
    data = pacecalc("compare", COURSE, "-g", "0:50", "-g", "1:00", "-f", "json").data
    assert [plan["goal_s"] for plan in data["plans"]] == [3000, 3600]
    output = tmp_path / "both.txt"
    assert pacecalc("compare", COURSE, "-g", "0:50", "-g", "1:00", "-o", output).code == 0
    assert output.read_text().startswith("Leadville")


@pytest.mark.parametrize("goals", [["0:50"], ["0:50", "0:50"], ["0:50", "soon"]])
def test_too_few_or_unreadable_goals_are_one_line(pacecalc, goals):
    outcome = pacecalc("compare", COURSE, *(word for goal in goals for word in ("--goal", goal)))
    assert outcome.code in (2, 3)
    assert outcome.err.count("\n") == 1
