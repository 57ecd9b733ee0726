"""The odds of a paced race: its legs, stops and cutoffs handed to the simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
from pacecalc.planning.day_form import LearntForm
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.risk import (
    FORECAST_SPREAD_C,
    RiskResult,
    SpreadPreset,
    choose_spread,
    estimate_weather_spread,
    simulate,
)
from pacecalc.planning.run_demand import RunDemand
from pacecalc.science.heat import estimate_marathon_time


def weigh_odds(paced: PacedRace, athlete: Athlete, conditions: Conditions, *, runs: int, seed: int) -> RiskResult:
    """Simulate the plan on days like this one.

    The same seed gives the same odds; a plan is the median of its own days.
    """
    course = paced.course
    return simulate(
        moving_legs_s(paced),
        np.diff(paced.edges) * course.cell_m,
        paced.stops_s,
        [None if d is None else d.at_s for d in paced.deadlines],
        [None if d is None else d.applies for d in paced.deadlines],
        spread=spread_of(paced, athlete),
        awards=award_limits(course, conditions),
        high_c=conditions.high_c,
        weather_spread=_weather_spread(paced, athlete, conditions),
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
    raised_fraction: float = 0.0,
    runs: int,
    seed: int,
) -> RiskResult:
    """Simulate what lies ahead of waypoint ``begin``, on days of the form learnt so far.

    What lies behind is certain: bands of no width, nothing missed. ``raised_fraction`` is how much more effort the rest
    asks for than was planned: who hurries already has so much less left to hurry with.
    """
    course = paced.course
    spread = form.narrow(spread_of(paced, athlete), 0.5 * (1.0 + float(paced.leave_s[begin]) / paced.finish_s))
    spread = replace(spread, press=max(spread.press - max(raised_fraction, 0.0), 0.0))
    left_s = float(paced.leave_s[begin])
    stops_s = paced.stops_s[begin:].copy()
    stops_s[0] = 0.0
    ahead = [None, *paced.deadlines[begin + 1 :]]
    rest = simulate(
        moving_legs_s(paced)[begin:],
        np.diff(paced.edges[begin:]) * course.cell_m,
        stops_s,
        [None if d is None else d.at_s for d in ahead],
        [None if d is None else d.applies for d in ahead],
        spread=spread,
        awards=award_limits(course, conditions),
        high_c=conditions.high_c,
        weather_spread=_weather_spread(paced, athlete, conditions),
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


def moving_legs_s(paced: PacedRace) -> FloatArray:
    """Moving time from each waypoint to the next [s]."""
    return np.diff(np.concatenate([[0.0], np.cumsum(paced.pace.time_s)])[paced.edges])


def spread_of(paced: PacedRace, athlete: Athlete) -> SpreadPreset:
    """How this race scatters for this athlete."""
    course = paced.course
    return choose_spread(
        course.sport,
        course.distance_m,
        course.ascent_m,
        paced.finish_s,
        experience=athlete.experience,
        spread_fraction=athlete.spread_fraction,
    )


def _weather_spread(paced: PacedRace, athlete: Athlete, conditions: Conditions) -> float:
    """What the forecast's error adds for a runner; riders cool themselves, and thin air hardly changes by it."""
    if not isinstance(paced.demand, RunDemand):
        return 0.0
    course = paced.course
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    marathon_s = float(estimate_marathon_time(paced.demand.ground.flat_distance_m, float(paced.pace.time_s.sum())))
    cooler, warmer = (
        conditions.warmer_by(kelvin).heat_factor(
            paced.mid_s,
            middle_m,
            course.latitude_deg[:-1],
            course.longitude_deg[:-1],
            marathon_time_s=marathon_s,
            acclimatised=athlete.heat_acclimatised,
        )
        for kelvin in (-FORECAST_SPREAD_C, FORECAST_SPREAD_C)
    )
    return estimate_weather_spread(cooler, warmer, paced.pace.time_s)


def award_limits(course: Course, conditions: Conditions) -> list[tuple[str, float]]:
    """Awards with their limits on the athlete's own clock [s]."""
    delay = conditions.start_delay_s
    return [(a.name, a.under_s - (delay if a.measured == "gun" else 0.0)) for a in course.awards]
