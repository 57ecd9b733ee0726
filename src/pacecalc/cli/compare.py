"""``pacecalc compare``: one race with several goals, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import (
    ReportFormat,
    UnitChoice,
    deliver,
    look_of,
)
from pacecalc.cli.race_options import RACE, describes_race
from pacecalc.cli.waiting import waiting

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices


@describes_race("goal", "target_probability")
def compare(
    course: str = options.COURSE,
    goal: list[str] = typer.Option(..., "--goal", "-g", help="A finish time, h:mm; give two to six of them."),
    race: RaceChoices = RACE,
    units: UnitChoice = printing.UNITS,
    format: ReportFormat = printing.REPORT_FORMAT,
    output: Path | None = printing.OUTPUT,
    force: bool = printing.FORCE,
    strict: bool = options.STRICT,
    plain: bool = printing.PLAIN,
) -> int:
    """Arrivals, margins, odds, effort and intake for several goals."""
    from pacecalc.planning.compare import compare_goals

    with waiting("planning every goal"):
        plans = compare_goals(course, goal, race)
    if format is ReportFormat.json:
        from pacecalc.planning.codec import json_text
        from pacecalc.render.plan_json import plan_to_dict

        data = {"schema": "pacecalc/compare/1", "plans": [plan_to_dict(plan) for plan in plans]}
        text = json_text(data)
    else:
        from pacecalc.render.compare_text import render_comparison

        text = render_comparison(
            plans,
            units=units.value,
            **look_of(output, plain=plain),
        )
    deliver(text, output=output, force=force)
    return 4 if strict and not all(plan.legal for plan in plans) else 0
