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


def print_case(course: str) -> dict[str, str]:
    """Printouts by file name: in miles, on the narrowest terminal with all there is, and in km as Markdown."""
    from pacecalc.planning.plan import plan_race
    from pacecalc.render.markdown import render_markdown
    from pacecalc.render.terminal import render_terminal

    plan = plan_race(course, **CASES[course])
    return {
        f"{course}.txt": render_terminal(plan, units="imperial"),
        f"{course}-80.txt": render_terminal(plan, units="imperial", width=80, plan_b=True, explain=True),
        f"{course}.md": render_markdown(plan),
    }


if __name__ == "__main__":
    for course in CASES:
        for name, text in print_case(course).items():
            (FOLDER / name).write_text(text, encoding="utf-8")
