"""The odds of a paced race: its legs, stops and cutoffs handed to the simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
from pacecalc.planning.day_form import LearntForm
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.risk import RiskResult, choose_spread, simulate


def weigh_odds(paced: PacedRace, athlete: Athlete, conditions: Conditions, *, runs: int, seed: int) -> RiskResult:
    """Simulate the plan on days like this one.

    The same seed gives the same odds; a plan is the median of its own days.
    """
    course = paced.course
    covered_s = np.concatenate([[0.0], np.cumsum(paced.pace.time_s)])[paced.edges]
    spread = choose_spread(
        course.sport,
        course.distance_m,
        course.ascent_m,
        paced.finish_s,
        experience=athlete.experience,
        spread_fraction=athlete.spread_fraction,
    )
    return simulate(
        np.diff(covered_s),
        np.diff(paced.edges) * course.cell_m,
        paced.stops_s,
        [None if d is None else d.at_s for d in paced.deadlines],
        [None if d is None else d.applies for d in paced.deadlines],
        spread=spread,
        awards=award_limits(course, conditions),
        high_c=conditions.high_c,
        runs=runs,
        seed=seed,
    )


def weigh_rest(
    paced: PacedRace,
    athlete: Athlete,
    conditions: Conditions,
    begin: int,
    form: LearntForm,
    *,
    runs: int,
    seed: int,
) -> RiskResult:
    """Simulate what lies ahead of waypoint ``begin``, on days of the form learnt so far.

    What lies behind is certain: bands of no width, nothing missed.
    """
    course = paced.course
    covered_s = np.concatenate([[0.0], np.cumsum(paced.pace.time_s)])[paced.edges]
    spread = choose_spread(
        course.sport,
        course.distance_m,
        course.ascent_m,
        paced.finish_s,
        experience=athlete.experience,
        spread_fraction=athlete.spread_fraction,
    )
    left_s = float(paced.leave_s[begin])
    stops_s = paced.stops_s[begin:].copy()
    stops_s[0] = 0.0
    ahead = [None, *paced.deadlines[begin + 1 :]]
    rest = simulate(
        np.diff(covered_s[begin:]),
        np.diff(paced.edges[begin:]) * course.cell_m,
        stops_s,
        [None if d is None else d.at_s for d in ahead],
        [None if d is None else d.applies for d in ahead],
        spread=form.narrow(spread, 0.5 * (1.0 + left_s / paced.finish_s)),
        awards=award_limits(course, conditions),
        high_c=conditions.high_c,
        begun_s=left_s,
        runs=runs,
        seed=seed,
    )
    nothing = np.zeros(begin + 1)
    behind_s = paced.arrive_s[: begin + 1]
    return replace(
        rest,
        arrive_p10_s=np.concatenate([behind_s, rest.arrive_p10_s[1:]]),
        arrive_p50_s=np.concatenate([behind_s, rest.arrive_p50_s[1:]]),
        arrive_p90_s=np.concatenate([behind_s, rest.arrive_p90_s[1:]]),
        miss_probability=np.concatenate([nothing, rest.miss_probability[1:]]),
        out_probability=np.concatenate([nothing, rest.out_probability[1:]]),
        retire_probability=np.concatenate([nothing, rest.retire_probability[1:]]),
    )


def award_limits(course: Course, conditions: Conditions) -> list[tuple[str, float]]:
    """Awards with their limits on the athlete's own clock [s]."""
    delay = conditions.start_delay_s
    return [(a.name, a.under_s - (delay if a.measured == "gun" else 0.0)) for a in course.awards]
