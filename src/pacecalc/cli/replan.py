"""``pacecalc replan``: the rest of the plan again, from the splits so far."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pacecalc.cli.output import FORCE, FORMAT, OUTPUTS, PLAIN, UNITS, Format, UnitChoice, Wanted, show_plan
from pacecalc.cli.waiting import waiting

if TYPE_CHECKING:
    from pacecalc.planning.records import Split


def replan(
    plan: Path = typer.Argument(help="A plan saved as JSON: pacecalc plan ... -o plan.json."),
    at: str | None = typer.Option(None, "--at", help="Where you are, e.g. 'Twin Lakes (out)'."),
    clock: str | None = typer.Option(None, "--clock", help="When you got there, by the clock, e.g. 10:12."),
    elapsed: str | None = typer.Option(None, "--elapsed", help="When you got there, since your own start, e.g. 3:42."),
    left: str | None = typer.Option(None, "--left", help="When you left, told as the arrival is; else as planned."),
    eaten: list[str] | None = typer.Option(
        None, "--eaten", help="What was eaten so far: a share such as 0.8, or ID=COUNT; repeatable."
    ),
    feeling: str | None = typer.Option(None, "--feeling", help="Your own word: 1 as planned, 0.9 a tenth weaker."),
    goal: str | None = typer.Option(None, "--goal", "-g", help="Finish wanted now, h:mm; else what the day gives."),
    log: Path | None = typer.Option(None, "--log", help="Splits so far, CSV or YAML; the split of --at is added."),
    units: UnitChoice = UNITS,
    format: Format | None = FORMAT,
    output: list[Path] | None = OUTPUTS,
    force: bool = FORCE,
    strict: bool = typer.Option(False, "--strict", help="Exit with code 4 when a cutoff is missed."),
    plain: bool = PLAIN,
) -> int:
    """Plan the rest of a race from the real splits so far."""
    from pacecalc.documents.reading import read_text
    from pacecalc.errors import UsageError
    from pacecalc.planning.build import load_course
    from pacecalc.planning.eaten import read_eaten
    from pacecalc.planning.replan import order_splits, replan_race
    from pacecalc.planning.split_times import read_split
    from pacecalc.planning.splits_log import append_split, read_log
    from pacecalc.render.plan_json import parse_plan
    from pacecalc.units import to_si

    made = parse_plan(read_text(plan), file=str(plan))
    course = load_course(made.inputs.course, sport=made.course.sport)
    if at is None and (clock is not None or elapsed is not None or left is not None):
        raise UsageError("--clock, --elapsed and --left need --at, the place they belong to")
    goal_s = None if goal is None else to_si(goal, "s", name="goal", minimum=60.0, two_part="h:mm")
    share = None if feeling is None else to_si(_as_ratio(feeling), "1", name="feeling")
    had = read_eaten(made, eaten or [])
    splits: list[Split] = []
    if log is not None:
        logged = read_log(log, made, course)
        splits += logged.splits
        for remark in logged.remarks:
            typer.echo(f"note: {remark}", err=True)
    if at is not None:
        split = read_split(made, course, at, clock=clock, elapsed=elapsed, left=left)
        order_splits(course, [*made.inputs.splits, *splits, split])
        splits.append(split)
        if log is not None:
            # Before anything else can fail: a split is worth more than the plan made from it.
            append_split(log, split)
    with waiting("planning the rest"):
        rest = replan_race(made, splits, eaten=had, feeling_fraction=share, goal_s=goal_s, course=course)
    show_plan(rest, Wanted(format, units, tuple(output or ()), force, plain))
    return 4 if strict and not rest.legal else 0


def _as_ratio(text: str) -> object:
    """A bare number as a number: a share has no unit."""
    try:
        return float(text)
    except ValueError:
        return text
