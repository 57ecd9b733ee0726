"""Goals: what fitness predicts, and what nobody can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
from pacecalc.planning.records import FloatArray
from pacecalc.planning.run_demand import assess_ground
from pacecalc.planning.spelling import spell_time
from pacecalc.planning.stops import default_stops_s
from pacecalc.science import limits

if TYPE_CHECKING:
    from pacecalc.planning.predict_ride import Day

STOP_PASSES = 2
"""Stops depend on the finish time and the finish on the stops; two rounds settle to the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPrediction:
    """A finish time with the band that eight of ten such athletes fall into."""

    time_s: float
    low_s: float
    high_s: float
    method: str
    notes: tuple[str, ...] = ()


def predict_finish(course: Course, athlete: Athlete, conditions: Conditions) -> FinishPrediction | None:
    """Finish time from run results or threshold power; None when neither is known."""
    if course.sport == "run":
        runner = athlete.runner
        if not runner.results and runner.utmb_index is None:
            return None
        from pacecalc.planning.predict_run import predict_run

        found = predict_run(course, athlete)
        return FinishPrediction(
            time_s=found.time_s, low_s=found.low_s, high_s=found.high_s, method=found.method, notes=tuple(found.notes)
        )
    if athlete.rider.threshold_power_w is None:
        return None
    from pacecalc.planning.predict_ride import predict_ride

    stopped_s = 0.0
    for _ in range(STOP_PASSES):
        ride = predict_ride(course, athlete, stopped_s=stopped_s, **describe_day(course, conditions))
        stopped_s = float(default_stops_s(course, ride.finish_s).sum())
    return FinishPrediction(time_s=ride.finish_s, low_s=ride.fast_s, high_s=ride.slow_s, method="threshold power")


def describe_day(course: Course, conditions: Conditions) -> Day:
    """Weather along the course for a ride whose clock is not known yet: that of the middle of the day."""
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    noon_s = np.full(len(middle_m), 4.0 * 3600.0)
    wind_m_per_s, wind_from_deg = conditions.wind(noon_s)
    return {
        "temperature_c": conditions.temperature_c(noon_s, middle_m),
        "humidity_fraction": conditions.humidity_fraction_at(noon_s, middle_m),
        "wind_m_per_s": wind_m_per_s,
        "wind_from_deg": wind_from_deg,
    }


def check_goal(course: Course, athlete: Athlete, conditions: Conditions, goal_s: float) -> None:
    """Refuse a goal that nobody can reach.

    Raises
    ------
    GoalError
        The text says what the best possible is.
    """
    best_s = find_best_possible(course, athlete, conditions)
    if goal_s < best_s:
        who = "runner" if course.sport == "run" else "rider of this mass"
        distance = f"{course.distance_m / 1000.0:.1f} km ({course.distance_m / 1609.344:.1f} mi)"
        raise GoalError(
            f"a goal of {spell_time(goal_s)} for {distance} with "
            f"{course.ascent_m:.0f} m of climbing is out of reach: the best possible, for the strongest {who} there "
            f"is, is about {spell_time(best_s, up=True)}"
        )


def find_best_possible(course: Course, athlete: Athlete, conditions: Conditions) -> float:
    """Time no athlete beats [s]: record pace over the flat equivalent, or the strongest threshold power known."""
    if course.sport != "run":
        from pacecalc.planning.predict_ride import fastest_possible_s

        return fastest_possible_s(course, athlete, **describe_day(course, conditions))
    flat_m: FloatArray = assess_ground(course, athlete).flat_cells_m
    return float(limits.fastest_possible_s(float(flat_m.sum())))
