"""The odds of a paced race: its legs, stops and cutoffs handed to the simulation."""

from __future__ import annotations

import numpy as np

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
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


def award_limits(course: Course, conditions: Conditions) -> list[tuple[str, float]]:
    """Awards with their limits on the athlete's own clock [s]."""
    delay = conditions.start_delay_s
    return [(a.name, a.under_s - (delay if a.measured == "gun" else 0.0)) for a in course.awards]
