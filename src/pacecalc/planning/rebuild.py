"""A saved plan back to what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import DocumentError, Problem
from pacecalc.planning.build import load_course
from pacecalc.planning.conditions import Conditions, build_conditions
from pacecalc.planning.course import Course
from pacecalc.planning.forecast import HourlyForecast
from pacecalc.planning.goal import predict_finish
from pacecalc.planning.ground import lay_ground
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.larder import stock_larder
from pacecalc.planning.records import HourlyWeather, RacePlan
from pacecalc.planning.stops import find_waypoint

SAME_PLACE_M = 50.0
"""A waypoint that moved less is still the same one."""


def rebuild_inputs(plan: RacePlan, *, course: Course | None = None) -> RaceInputs:
    """The inputs a plan was made from.

    Raises
    ------
    DocumentError
        When the course is not the one of the plan any more.
    PacecalcError
        When the course or the pantry cannot be found.
    """
    loaded = course if course is not None else load_course(plan.inputs.course, sport=plan.course.sport)
    _refuse_other_course(plan, loaded)
    loaded = _as_on_the_day(plan, loaded)
    conditions = _rebuild_conditions(plan, loaded)
    athlete = plan.inputs.athlete
    prediction = predict_finish(loaded, athlete, conditions)
    return RaceInputs(
        course=loaded,
        athlete=athlete,
        conditions=conditions,
        larder=stock_larder(plan.inputs.pantry or None, athlete),
        goal_s=plan.goal_s,
        margin_s=plan.day.margin_s,
        waypoint_margins_s={find_waypoint(loaded, name): s for name, s in plan.inputs.margins_s.items()},
        fade=plan.inputs.fade,
        pacing=plan.inputs.pacing,
        best_s=None if prediction is None else prediction.time_s,
        stops_s=dict(plan.inputs.stops_s),
        ignore_cutoffs=True,
        assume_water_only=plan.inputs.assume_water_only,
        seed=plan.inputs.seed,
        course_ref=plan.inputs.course,
        pantry_ref=plan.inputs.pantry,
    )


def _refuse_other_course(plan: RacePlan, course: Course) -> None:
    same = [w.name for w in plan.waypoints] == [w.name for w in course.waypoints]
    if not same or any(
        abs(old.distance_m - new.distance_m) > SAME_PLACE_M
        for old, new in zip(plan.waypoints, course.waypoints, strict=True)
    ):
        raise DocumentError(
            [Problem(f"the course {plan.inputs.course} has changed since this plan was made; make the plan again")]
        )


def _as_on_the_day(plan: RacePlan, course: Course) -> Course:
    """The course with the ground of the day, and with bags and crew only where the plan has them."""
    supplied = tuple(
        replace(place, drop_bag=planned.drop_bag, crew=planned.crew)
        for place, planned in zip(course.waypoints, plan.waypoints, strict=True)
    )
    # A course that was handed over may lie as it did already.
    laid = () if course.ground else plan.day.ground
    return lay_ground(replace(course, waypoints=supplied), laid)


def _rebuild_conditions(plan: RacePlan, course: Course) -> Conditions:
    day, kept = plan.day, plan.inputs
    hourly = None if kept.hourly is None else _restore_forecast(kept.hourly)
    return build_conditions(
        course,
        date=day.gun_clock.date(),
        start_delay_s=day.start_delay_s,
        crowd_s=day.crowd_s,
        low_c=day.low_c,
        high_c=day.high_c,
        humidity_fraction=day.humidity_fraction,
        wind_m_per_s=day.wind_m_per_s if kept.wind_known else None,
        wind_from_deg=day.wind_from_deg,
        cloud_fraction=day.cloud_fraction,
        at_elevation_m=kept.at_elevation_m,
        hourly=hourly,
    )


def _restore_forecast(kept: HourlyWeather) -> HourlyForecast:
    def restore(values: Sequence[float] | None) -> FloatArray | None:
        return None if values is None else np.array(values, dtype=np.float64)

    return HourlyForecast(
        unix_time_s=np.array(kept.unix_time_s, dtype=np.float64),
        temperature_c=np.array(kept.temperature_c, dtype=np.float64),
        humidity_fraction=restore(kept.humidity_fraction),
        wind_m_per_s=restore(kept.wind_m_per_s),
        wind_from_deg=restore(kept.wind_from_deg),
        cloud_fraction=restore(kept.cloud_fraction),
        radiation_w_per_m2=restore(kept.radiation_w_per_m2),
        elevation_m=kept.elevation_m,
        source=kept.source,
    )
