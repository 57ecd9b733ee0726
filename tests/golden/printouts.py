"""Whole printouts kept for review: what changes in them is looked at by eye.

``python tests/golden/printouts.py`` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
CASES = {
    "leadville-trail-100-mtb": {"goal": "11:45", "mass": "62 kg", "low": "4 degC", "high": "24 degC"},
    "leadville-trail-100-run": {"goal": "29:00", "mass": "62 kg", "low": "4 degC", "high": "24 degC"},
    "new-york-city-marathon": {"goal": "3:45", "mass": "62 kg", "low": "6 degC", "high": "14 degC"},
}


def print_case(course: str) -> str:
    from pacecalc.planning.plan import plan_race
    from pacecalc.render.terminal import render_terminal

    return render_terminal(plan_race(course, **CASES[course]), units="imperial")


if __name__ == "__main__":
    for course in CASES:
        (FOLDER / f"{course}.txt").write_text(print_case(course), encoding="utf-8")
