"""``pacecalc plan``: one command prints a plan one can race on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pacecalc.cli import options
from pacecalc.cli.output import (
    BAGS,
    CARDS,
    CREW,
    FORCE,
    FORMAT,
    OUTPUTS,
    PAPER,
    PLAIN,
    UNITS,
    Format,
    Paper,
    UnitChoice,
    Wanted,
    show_plan,
)
from pacecalc.cli.race_options import RACE, describes_race
from pacecalc.cli.waiting import waiting

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.records import RacePlan


@describes_race()
def plan(
    course: str = options.COURSE,
    race: RaceChoices = RACE,
    units: UnitChoice = UNITS,
    format: Format | None = FORMAT,
    output: list[Path] | None = OUTPUTS,
    force: bool = FORCE,
    strict: bool = options.STRICT,
    plain: bool = PLAIN,
    explain: bool = options.EXPLAIN,
    plan_b: bool = options.PLAN_B,
    cards: bool = CARDS,
    crew: bool = CREW,
    bags: bool = BAGS,
    paper: Paper = PAPER,
) -> int:
    """Plan a race: pacing, cutoffs, odds, and what to eat and drink where."""
    from pacecalc.planning.plan import plan_race

    with waiting("planning"):
        made: RacePlan = plan_race(course, **race)
    parts = tuple(name for name, chosen in (("cards", cards), ("crew", crew), ("bags", bags)) if chosen)
    show_plan(made, Wanted(format, units, tuple(output or ()), force, plain, explain, parts, paper, plan_b))
    return 4 if strict and not made.legal else 0
