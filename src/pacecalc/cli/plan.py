"""``pacecalc plan``: one command prints a plan one can race on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pacecalc.cli import options
from pacecalc.cli import output as printing
from pacecalc.cli.output import Format, Paper, UnitChoice, Wanted, show_plan
from pacecalc.cli.race_options import RACE, describes_race
from pacecalc.cli.waiting import waiting

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices
    from pacecalc.planning.records import RacePlan


@describes_race()
def plan(
    course: str = options.COURSE,
    race: RaceChoices = RACE,
    units: UnitChoice = printing.UNITS,
    format: Format | None = printing.FORMAT,
    output: list[Path] | None = printing.OUTPUTS,
    force: bool = printing.FORCE,
    strict: bool = options.STRICT,
    plain: bool = printing.PLAIN,
    explain: bool = options.EXPLAIN,
    plan_b: bool = options.PLAN_B,
    cards: bool = printing.CARDS,
    crew: bool = printing.CREW,
    bags: bool = printing.BAGS,
    paper: Paper = printing.PAPER,
) -> int:
    """Plan a race: pacing, cutoffs, odds, and what to eat and drink where."""
    from pacecalc.planning.plan import plan_race

    with waiting("planning"):
        made: RacePlan = plan_race(course, **race)
    parts = tuple(name for name, chosen in (("cards", cards), ("crew", crew), ("bags", bags)) if chosen)
    show_plan(made, Wanted(format, units, tuple(output or ()), force, plain, explain, parts, paper, plan_b))
    return 4 if strict and not made.legal else 0
