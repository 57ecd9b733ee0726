"""Finish time from threshold power, threshold power from a finish time, and the fastest anyone could go.

For a moving time the ride's watts, and with them its fatigue, are the same whoever rides it; threshold power only sets
what share of it they are. So the power a time needs has a closed form, and a finish time is where the power it needs
is the power there is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Course
from pacecalc.planning.demand import CellPace
from pacecalc.planning.records import FloatArray
from pacecalc.planning.ride_demand import Pacing, RideDemand, build_ride_demand, mean_effort, settle_fatigue
from pacecalc.planning.ride_strength import (
    LEVEL_SPREAD,
    effort_limit,
    local_threshold,
    sea_level_threshold,
)
from pacecalc.science.air import standard_temperature
from pacecalc.science.durability import normalised_power
from pacecalc.science.ridepacing import find_level

WARM_DAY_C = 10.0
"""Air over that of the standard atmosphere when nobody says otherwise [degC]: a summer race day. A choice."""
HUMAN_W_PER_KG = 6.5
"""Sea-level threshold of the strongest climbers [W/kg]; a choice."""
HUMAN_LEVEL = 1.05
"""What the best hold for a duration over what the typical rider of the table holds, never tiring [1]; a choice."""
HUMAN_DRAG_FACTOR = 0.7
"""Riding in company the whole day [1]; a choice (0.60-0.75 behind one rider)."""
HUMAN_TOLERANCE = 1e-3
"""Of the level: a limit that only refuses the absurd needs no more."""
FIRST_LEVEL = 0.66
EFFORT_PER_TIME = -1.4
"""Exponent of the effort needed over the time on hilly courses, fatigue included; only a first guess."""
STEEPEST_EFFORT_PER_TIME = -4.0
EFFORT_TOLERANCE = 2e-4
TIME_PASSES_MAX = 12


class Day(TypedDict, total=False):
    """Conditions of ``build_ride_demand``; what is absent is a warm, still day."""

    temperature_c: ArrayLike
    humidity_fraction: ArrayLike
    sea_level_pressure_pa: ArrayLike
    wind_m_per_s: ArrayLike
    wind_from_deg: ArrayLike | None
    exposure: ArrayLike
    draft_factor: ArrayLike
    delay_s: ArrayLike
    pacing: Pacing


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerNeed:
    """What it takes to finish in a time."""

    finish_s: float
    threshold_power_w: float
    """As the athlete would measure it where they test."""
    threshold_low_w: float
    threshold_high_w: float
    """Band of riders: eight of ten need a threshold between these."""
    mean_power_w: float
    normalised_power_w: float
    effort: float
    """Fourth-power mean of power over what height and fatigue leave of threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RidePrediction:
    """The finish that a threshold power is good for."""

    finish_s: float
    fast_s: float
    slow_s: float
    """Band of riders of this threshold power: eight of ten finish between these."""
    mean_power_w: float
    normalised_power_w: float
    effort: float


def power_needed(
    course: Course, athlete: Athlete, finish_s: float, *, stopped_s: float = 0.0, **day: Unpack[Day]
) -> PowerNeed:
    """Threshold power, mean power and normalised power for a finish time.

    Parameters
    ----------
    course : Course
    athlete : Athlete
        Mass, bike, drag and durability; a threshold power of theirs plays no part.
    finish_s : float
        Finish time, stops included [s].
    stopped_s : float
        Time at a standstill [s].
    **day
        Conditions as in ``build_ride_demand``.

    Returns
    -------
    PowerNeed
    """
    ride = _ride_in(_fresh(course, athlete, day), finish_s - stopped_s)
    share = ride.effort / effort_limit(finish_s - stopped_s)
    threshold_w = local_threshold(sea_level_threshold(athlete) * share, athlete)
    return PowerNeed(
        finish_s=finish_s,
        threshold_power_w=threshold_w,
        threshold_low_w=threshold_w / (1.0 + LEVEL_SPREAD),
        threshold_high_w=threshold_w / (1.0 - LEVEL_SPREAD),
        mean_power_w=ride.mean_power_w,
        normalised_power_w=ride.normalised_power_w,
        effort=ride.effort / share,
    )


def predict_ride(course: Course, athlete: Athlete, *, stopped_s: float = 0.0, **day: Unpack[Day]) -> RidePrediction:
    """Finish time of an athlete whose threshold power is known, with the band of riders like them.

    Parameters
    ----------
    course : Course
    athlete : Athlete
        With a threshold power.
    stopped_s : float
        Time at a standstill [s].
    **day
        Conditions as in ``build_ride_demand``.

    Returns
    -------
    RidePrediction
    """
    if athlete.rider.threshold_power_w is None:
        raise GoalError("a ride without a goal needs your threshold power: write --ftp 210W, or give a --goal")
    fresh = _fresh(course, athlete, day)
    moving_s, ride = _find_time(fresh, 1.0)
    return RidePrediction(
        finish_s=moving_s + stopped_s,
        fast_s=_move_time(fresh, moving_s, ride, 1.0 + LEVEL_SPREAD) + stopped_s,
        slow_s=_move_time(fresh, moving_s, ride, 1.0 - LEVEL_SPREAD) + stopped_s,
        mean_power_w=ride.mean_power_w,
        normalised_power_w=ride.normalised_power_w,
        effort=ride.effort,
    )


def fastest_possible_s(course: Course, athlete: Athlete, **day: Unpack[Day]) -> float:
    """Moving time no rider beats: the strongest climber's power at this mass, untiring, in company [s]."""
    rider = replace(
        athlete.rider, threshold_power_w=HUMAN_W_PER_KG * athlete.mass_kg, test_elevation_m=0.0, skill="expert"
    )
    best = replace(athlete, rider=rider, home_elevation_m=max(0.0, athlete.home_elevation_m), altitude_days=60.0)
    company: Day = {**day, "draft_factor": HUMAN_DRAG_FACTOR, "delay_s": 0.0}
    untiring = _fresh(course, best, company)

    def strain(level: float) -> float:
        cost, moving_s = untiring.cost(level)
        return cost / effort_limit(moving_s)

    level = find_level(strain, HUMAN_LEVEL, HUMAN_LEVEL, HUMAN_TOLERANCE)
    return float(untiring.cell_times_s(level).sum())


@dataclass(frozen=True, slots=True)
class _EvenRide:
    demand: RideDemand
    level: float
    pace: CellPace
    effort: float

    @property
    def mean_power_w(self) -> float:
        return float(np.dot(self._power_w, self.pace.time_s) / self.pace.time_s.sum())

    @property
    def normalised_power_w(self) -> float:
        return normalised_power(self._power_w, self.pace.time_s)

    @property
    def _power_w(self) -> FloatArray:
        return np.zeros_like(self.pace.time_s) if self.pace.power_w is None else self.pace.power_w


def _fresh(course: Course, athlete: Athlete, day: Day) -> RideDemand:
    middle_m = 0.5 * (course.elevation_m[1:] + course.elevation_m[:-1])
    known: Day = {"temperature_c": standard_temperature(middle_m) + WARM_DAY_C, **day}
    return build_ride_demand(course, athlete, **known)


def _ride_in(fresh: RideDemand, moving_s: float, near: _EvenRide | None = None) -> _EvenRide:
    """The even ride of a moving time, and its mean effort; ``near`` is a ride of a time near by."""
    if not moving_s > 0.0:
        raise GoalError("the stops alone take longer than the finish time asked for; shorten them or take a later goal")
    demand, level = settle_fatigue(fresh, moving_s, None if near is None else (near.demand, near.level))
    pace = demand.pace(level)
    return _EvenRide(demand, level, pace, mean_effort(pace))


def _find_time(fresh: RideDemand, strength: float) -> tuple[float, _EvenRide]:
    """Moving time at which the power needed is ``strength`` times the athlete's [s], by the secant in logarithms."""
    moving_s = float(fresh.cell_times_s(FIRST_LEVEL * strength).sum())
    slope = EFFORT_PER_TIME
    before: tuple[float, float] | None = None
    ride = _ride_in(fresh, moving_s)
    for _ in range(TIME_PASSES_MAX):
        miss = math.log(ride.effort / (strength * effort_limit(moving_s)))
        if abs(miss) < EFFORT_TOLERANCE:
            break
        now = math.log(moving_s)
        if before is not None and now != before[0]:
            slope = min(max((miss - before[1]) / (now - before[0]), STEEPEST_EFFORT_PER_TIME), -0.5)
        before = (now, miss)
        moving_s = math.exp(now - miss / slope)
        ride = _ride_in(fresh, moving_s, ride)
    return moving_s, ride


def _move_time(fresh: RideDemand, moving_s: float, ride: _EvenRide, strength: float) -> float:
    """The moving time of a stronger or weaker rider: one ride at the time expected, then along the slope [s]."""
    expected_s = moving_s * strength ** (1.0 / EFFORT_PER_TIME)
    effort = _ride_in(fresh, expected_s, ride).effort / (strength * effort_limit(expected_s))
    return float(expected_s * effort ** (-1.0 / EFFORT_PER_TIME))
