"""The same race with several goals, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pacecalc.errors import UsageError
from pacecalc.planning.choices import FilePath, RaceChoices, Written
from pacecalc.planning.compose import compose_plan
from pacecalc.planning.course import Course
from pacecalc.planning.goal import check_goal
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.records import RacePlan
from pacecalc.planning.spelling import spell_time
from pacecalc.units import to_si

GOALS_MAX = 6
"""More columns than this fit no screen."""


def compare_goals(
    course: Course | FilePath, goals: Sequence[Written], choices: RaceChoices | None = None
) -> tuple[RacePlan, ...]:
    """One plan a goal; course, athlete, weather and larder are read once, and all meet the same simulated days.

    Parameters
    ----------
    course : Course, str or path
        A course, the name of a bundled one, or a profile or track file.
    goals : sequence of quantity or str
        Two to six finish times, ``"11:30"`` [time].
    choices : RaceChoices, optional
        Whatever else ``plan_race`` takes.

    Raises
    ------
    UsageError
        For fewer than two goals, more than six, or the same one twice.
    PacecalcError
        As ``plan_race`` does, for the first goal that cannot be planned.
    """
    if not 2 <= len(goals) <= GOALS_MAX:
        raise UsageError(f"{len(goals)} goals to compare: expected 2 to {GOALS_MAX}, such as --goal 11:00 --goal 11:30")
    goals_s = [to_si(goal, "s", name="goal", minimum=60.0, two_part="h:mm") for goal in goals]
    for goal_s in goals_s:
        if goals_s.count(goal_s) > 1:
            raise UsageError(f"the goal {spell_time(goal_s)} is given twice; leave one out")
    wanted = RaceChoices(**{**(choices or {}), "goal": goals[0], "target_probability": None})
    inputs = resolve_race(course, wanted)
    plans = []
    for goal_s in goals_s:
        check_goal(inputs.course, inputs.athlete, inputs.conditions, goal_s)
        plans.append(compose_plan(replace(inputs, goal_s=goal_s)))
    return tuple(plans)
