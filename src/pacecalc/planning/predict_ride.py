"""Finish time from threshold power, threshold power from a finish time, and the fastest anyone could go.

For a moving time the ride's watts, and with them its fatigue, are the same whoever rides it; threshold power only sets
what share of it they are. So the power a time needs has a closed form, and a finish time is where the power it needs
is the power there is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Course
from pacecalc.planning.demand import CellPace
from pacecalc.planning.finish_records import PowerNeed
from pacecalc.planning.ride_demand import (
    NO_EFFORT,
    Pacing,
    RideDemand,
    build_ride_demand,
    mean_effort,
    settle_fatigue,
    tire_by,
)
from pacecalc.planning.ride_strength import (
    LEVEL_SPREAD,
    effort_limit,
    local_threshold,
    sea_level_threshold,
)
from pacecalc.record import record
from pacecalc.science.air import standard_temperature
from pacecalc.science.durability import normalised_power
from pacecalc.science.ridepacing import COST_EXPONENT, LEVEL_BRACKET, find_level

WARM_DAY_C = 10.0
"""Air over that of the standard atmosphere when nobody says otherwise [degC]: a summer race day. A choice."""
HUMAN_W_PER_KG = 6.5
"""Sea-level threshold of the strongest climbers [W/kg]; a choice."""
HUMAN_LEVEL = 1.05
"""What the best hold for a duration over what the typical rider of the table holds, never tiring [1]; a choice."""
HUMAN_DRAG_FACTOR = 0.7
"""Riding in company the whole day [1]; a choice (0.60-0.75 behind one rider)."""
EASY_LEVEL = 0.6
"""Effort of the strongest rider that is worth a first look [1]; a choice: a goal it reaches needs no search."""
HUMAN_TOLERANCE = 1e-3
"""Of the level: a limit that only refuses the absurd needs no more."""
FIRST_LEVEL = 0.66
TOLERANCE = 2e-4
"""Of effort and fatigue: half a minute in ten hours."""
PASSES_MAX = 20


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


@record(kw_only=True)
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
    ride = _ride_with(fresh, 1.0)
    return RidePrediction(
        finish_s=ride.moving_s + stopped_s,
        fast_s=_ride_with(fresh, 1.0 + LEVEL_SPREAD, ride).moving_s + stopped_s,
        slow_s=_ride_with(fresh, 1.0 - LEVEL_SPREAD, ride).moving_s + stopped_s,
        mean_power_w=ride.mean_power_w,
        normalised_power_w=ride.normalised_power_w,
        effort=ride.effort,
    )


def fastest_possible_s(course: Course, athlete: Athlete, *, until: int | None = None, **day: Unpack[Day]) -> float:
    """Moving time no rider of this skill beats: the strongest climber's power at this mass, untiring, in company [s].

    ``until`` asks for the way to that edge of the grid alone.
    """
    untiring = _strongest(course, athlete, day)

    def strain(level: float) -> float:
        cost, moving_s = untiring.cost(level) if until is None else _cost_until(untiring, level, until)
        return max(cost, NO_EFFORT) / effort_limit(moving_s)

    try:
        level = find_level(strain, HUMAN_LEVEL, HUMAN_LEVEL, HUMAN_TOLERANCE)
    except ValueError:
        # Half a kilometre of snow or of descent is over before anybody's power counts.
        level = LEVEL_BRACKET[1]
    return float(untiring.cell_times_s(level)[:until].sum())


def is_within_reach(course: Course, athlete: Athlete, moving_s: float, **day: Unpack[Day]) -> bool:
    """Whether that rider reaches a moving time with ease; one ride answers for nearly all goals."""
    cost, easy_s = _strongest(course, athlete, day).cost(EASY_LEVEL)
    return easy_s <= moving_s and cost <= HUMAN_LEVEL * effort_limit(easy_s)


def _strongest(course: Course, athlete: Athlete, day: Day) -> RideDemand:
    rider = replace(athlete.rider, threshold_power_w=HUMAN_W_PER_KG * athlete.mass_kg, test_elevation_m=0.0)
    best = replace(athlete, rider=rider, home_elevation_m=max(0.0, athlete.home_elevation_m), altitude_days=60.0)
    company: Day = {**day, "draft_factor": HUMAN_DRAG_FACTOR, "delay_s": 0.0}
    return _fresh(course, best, company)


def _cost_until(demand: RideDemand, level: float, until: int) -> tuple[float, float]:
    """Mean effort and moving time of the first cells of a ride; see ``RideDemand.cost``."""
    pace = demand.pace(level)
    time_s, effort = pace.time_s[:until], pace.effort[:until]
    moving_s = float(time_s.sum())
    return float((effort**COST_EXPONENT * time_s).sum() / moving_s) ** (1.0 / COST_EXPONENT), moving_s


@record()
class _EvenRide:
    demand: RideDemand
    level: float
    pace: CellPace
    effort: float

    @property
    def moving_s(self) -> float:
        return float(self.pace.time_s.sum())

    @property
    def mean_power_w(self) -> float:
        return float(np.dot(self._power_w, self._riding_s) / self._riding_s.sum())

    @property
    def normalised_power_w(self) -> float:
        return normalised_power(self._power_w, self._riding_s)

    @property
    def _riding_s(self) -> FloatArray:
        return self.demand.riding_time_s(self.pace)

    @property
    def _power_w(self) -> FloatArray:
        return np.zeros_like(self.pace.time_s) if self.pace.power_w is None else self.pace.power_w


def _fresh(course: Course, athlete: Athlete, day: Day) -> RideDemand:
    middle_m = 0.5 * (course.elevation_m[1:] + course.elevation_m[:-1])
    known: Day = {"temperature_c": standard_temperature(middle_m) + WARM_DAY_C, **day}
    return build_ride_demand(course, athlete, **known)


def _ride_in(fresh: RideDemand, moving_s: float) -> _EvenRide:
    """The even ride of a moving time, and its mean effort."""
    if not moving_s > 0.0:
        raise GoalError("the stops alone take longer than the finish time asked for; shorten them or take a later goal")
    demand, level = settle_fatigue(fresh, moving_s)
    pace = demand.pace(level)
    return _EvenRide(demand, level, pace, mean_effort(demand, pace))


def _ride_with(fresh: RideDemand, strength: float, near: _EvenRide | None = None) -> _EvenRide:
    """The even ride of a rider who holds ``strength`` times the typical share; ``near`` is a ride close to it.

    Level, time and fatigue are settled together: the mean effort of a ride grows in proportion to its level.
    """
    demand, level = (fresh, FIRST_LEVEL * strength) if near is None else (near.demand, near.level)
    for _ in range(PASSES_MAX):
        pace = demand.pace(level)
        ride = _EvenRide(demand, level, pace, mean_effort(demand, pace))
        missing = strength * effort_limit(float(pace.time_s.sum())) / max(ride.effort, NO_EFFORT)
        tired = tire_by(fresh, demand.terrain.average(demand.work_before_j(pace)))
        moved = float(np.max(np.abs(tired.reference_w / demand.reference_w - 1.0)))
        if max(abs(missing - 1.0), moved) < TOLERANCE:
            break
        demand, level = tired, float(np.clip(level * missing, *LEVEL_BRACKET))
    return ride
