"""Goals: what fitness predicts, and what nobody can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course
from pacecalc.planning.finish_records import Estimate, FinishPrediction, FlatWorth, PowerNeed
from pacecalc.planning.pacing import EARLY_EFFORT_ALLOWANCE, PacedRace
from pacecalc.planning.run_demand import assess_ground
from pacecalc.planning.spelling import spell_time
from pacecalc.planning.stops import default_stops_s
from pacecalc.science import limits
from pacecalc.science.heat import estimate_marathon_time

if TYPE_CHECKING:
    from pacecalc.planning.predict_ride import Day
    from pacecalc.planning.predict_run import DayFactors

BAND_SIGMA = 1.2816
"""Eight of ten fall within this many standard deviations."""
COOL_PASSES = 3
DAY_NODES = 2000
"""Places along the course at which a prediction looks at the weather and the sun."""
EXPECTED_RIDE_M_PER_S, FASTEST_RIDE_M_PER_S = 5.0, 8.0
"""Speeds that say at what hour a ride passes while nothing better is known; a choice."""
CLIMB_AS_WAY = 20.0
"""Metres of way that take as long as one of climb, for that; a choice."""
STOP_PASSES = 2
"""Stops depend on the finish time and the finish on the stops; two rounds settle to the minute."""


def predict_finish(course: Course, athlete: Athlete, conditions: Conditions) -> FinishPrediction | None:
    """Finish time from run results or threshold power; None when neither is known."""
    if course.sport == "run":
        runner = athlete.runner
        known = runner.results or runner.utmb_index is not None
        return _predict_run(course, athlete, conditions) if known else None
    if athlete.rider.threshold_power_w is None:
        return None
    return _predict_ride(course, athlete, conditions)


def _predict_run(course: Course, athlete: Athlete, conditions: Conditions) -> FinishPrediction:
    from pacecalc.planning.predict_run import predict_run

    cool = predict_run(course, athlete)
    found = predict_run(course, athlete, day=meet_conditions(course, athlete, conditions, cool.time_s))
    return FinishPrediction(
        time_s=found.time_s,
        low_s=found.low_s,
        high_s=found.high_s,
        method=found.method,
        estimates=found.estimates,
        notes=found.notes,
    )


def _predict_ride(course: Course, athlete: Athlete, conditions: Conditions) -> FinishPrediction:
    from pacecalc.planning.predict_ride import predict_ride
    from pacecalc.planning.ride_strength import LEVEL_SPREAD

    stopped_s, expected_s = 0.0, course.distance_m / EXPECTED_RIDE_M_PER_S
    for _ in range(STOP_PASSES):
        ride = predict_ride(course, athlete, stopped_s=stopped_s, **describe_day(course, conditions, expected_s))
        expected_s = ride.finish_s
        stopped_s = float(default_stops_s(course, ride.finish_s).sum())
    method = "threshold power"
    tested = f"{athlete.rider.threshold_power_w:.0f} W tested at {athlete.rider.test_elevation_m:.0f} m"
    only = Estimate(
        method=method,
        source=f"{tested}, {athlete.mass_kg:g} kg",
        time_s=ride.finish_s,
        # eight riders of ten, as a standard deviation
        spread_fraction=float(np.log(ride.slow_s / ride.fast_s)) / (2.0 * BAND_SIGMA),
        age_d=0.0,
        distance_ratio=1.0,
    )
    return FinishPrediction(
        time_s=ride.finish_s,
        low_s=ride.fast_s,
        high_s=ride.slow_s,
        method=method,
        estimates=(only,),
        mean_power_w=ride.mean_power_w,
        normalised_power_w=ride.normalised_power_w,
        notes=(f"eight riders of ten hold within {100.0 * LEVEL_SPREAD:.0f} % of the share of threshold assumed here",),
    )


def meet_conditions(course: Course, athlete: Athlete, conditions: Conditions, expected_s: float) -> DayFactors:
    """Heat and darkness along the course by the hour, for a runner expected in about a time."""
    cells = np.arange(len(course.grade))
    nodes = cells[:: max(1, len(cells) // DAY_NODES)]
    middle_m = 0.5 * (course.elevation_m[nodes] + course.elevation_m[nodes + 1])
    latitude, longitude = course.latitude_deg[nodes], course.longitude_deg[nodes]
    flat_m = assess_ground(course, athlete).flat_distance_m
    marathon_s = float(estimate_marathon_time(flat_m, expected_s))

    def look_up(elapsed_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        node_s = elapsed_s[nodes]
        heat = conditions.heat_factor(
            node_s, middle_m, latitude, longitude, marathon_time_s=marathon_s, acclimatised=athlete.heat_acclimatised
        )
        dark = conditions.darkness(node_s, middle_m, latitude, longitude)
        return np.interp(cells, nodes, heat), np.interp(cells, nodes, dark)

    return look_up


def assess_finish(course: Course, athlete: Athlete, conditions: Conditions, finish_s: float) -> FlatWorth | PowerNeed:
    """What a finish time asks: a runner's flat marathon and 10 km, a rider's power."""
    check_goal(course, athlete, conditions, finish_s)
    if course.sport == "run":
        return _assess_run(course, athlete, conditions, finish_s)
    from pacecalc.planning.predict_ride import power_needed

    stopped_s = float(default_stops_s(course, finish_s).sum())
    return power_needed(course, athlete, finish_s, stopped_s=stopped_s, **describe_day(course, conditions, finish_s))


def _assess_run(course: Course, athlete: Athlete, conditions: Conditions, finish_s: float) -> FlatWorth:
    from pacecalc.planning.predict_run import assess_flat_worth

    any_day = assess_flat_worth(course, athlete, finish_s)
    worth, cool_s = any_day, finish_s
    for _ in range(COOL_PASSES):
        worth = assess_flat_worth(course, athlete, finish_s, day=meet_conditions(course, athlete, conditions, cool_s))
        # ability is what a cool day would show, as when a finish is predicted
        cool_s = finish_s * worth.flat_time_s / any_day.flat_time_s
    return worth


def describe_day(course: Course, conditions: Conditions, expected_s: float) -> Day:
    """Weather and wind along the course at the hour a ride of about that finish time passes."""
    from pacecalc.planning.ride_terrain import crowd_first_climb

    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    # what a cell takes of the day, roughly: only the hour of its weather hangs on it
    share = 1.0 + CLIMB_AS_WAY * np.maximum(course.grade, 0.0)
    passed_s = expected_s * (np.cumsum(share) - 0.5 * share) / share.sum()
    wind_m_per_s, wind_from_deg = conditions.wind(passed_s)
    return {
        "temperature_c": conditions.temperature_c(passed_s, middle_m),
        "humidity_fraction": conditions.humidity_fraction_at(passed_s, middle_m),
        "wind_m_per_s": wind_m_per_s,
        "wind_from_deg": wind_from_deg,
        "delay_s": crowd_first_climb(course, conditions.crowd_s),
    }


def check_goal(course: Course, athlete: Athlete, conditions: Conditions, goal_s: float) -> None:
    """Refuse a goal that nobody can reach.

    Raises
    ------
    GoalError
        The text says what the best possible is.
    """
    if course.sport != "run" and _is_surely_possible(course, athlete, conditions, goal_s):
        return
    best_s = find_best_possible(course, athlete, conditions)
    if goal_s < best_s:
        who = "runner" if course.sport == "run" else f"rider of this mass ({athlete.rider.skill} skill downhill)"
        distance = f"{course.distance_m / 1000.0:.1f} km ({course.distance_m / 1609.344:.1f} mi)"
        raise GoalError(
            f"a goal of {spell_time(goal_s)} for {distance} with "
            f"{course.ascent_m:.0f} m of climbing is out of reach: the best possible, for the strongest {who} there "
            f"is, is about {spell_time(best_s, up=True)}"
        )


def find_best_possible(course: Course, athlete: Athlete, conditions: Conditions, until: int | None = None) -> float:
    """Time no athlete beats [s]: record pace over the flat equivalent, or the strongest threshold power known.

    ``until`` asks for the way to that edge of the grid alone.
    """
    if course.sport != "run":
        from pacecalc.planning.predict_ride import fastest_possible_s

        return fastest_possible_s(course, athlete, until=until, **_fastest_day(course, conditions))
    flat_m: FloatArray = assess_ground(course, athlete).flat_cells_m[:until]
    return float(limits.fastest_possible_s(float(flat_m.sum())))


def _is_surely_possible(course: Course, athlete: Athlete, conditions: Conditions, goal_s: float) -> bool:
    from pacecalc.planning.predict_ride import is_within_reach

    return is_within_reach(course, athlete, goal_s, **_fastest_day(course, conditions))


def _fastest_day(course: Course, conditions: Conditions) -> Day:
    return describe_day(course, conditions, course.distance_m / FASTEST_RIDE_M_PER_S)


def check_early_pace(paced: PacedRace, athlete: Athlete, conditions: Conditions) -> None:
    """Refuse cutoffs, with their margins, that ask for more on the way there than anybody can do.

    Raises
    ------
    GoalError
        The text names the place and says what the best possible is.
    """
    if paced.level[0] <= EARLY_EFFORT_ALLOWANCE * paced.even_level:
        return
    moving_s = paced.arrive_s - np.concatenate([[0.0], np.cumsum(paced.stops_s)])[:-1]
    for index in paced.binding:
        best_s = find_best_possible(paced.course, athlete, conditions, int(paced.edges[index]))
        if moving_s[index] < best_s:
            place, deadline = paced.course.waypoints[index], paced.deadlines[index]
            limit = "" if deadline is None else f" ({spell_time(deadline.at_s)} by your own clock)"
            raise GoalError(
                f"the cutoff at {place.name}{limit}, less the margin and the stops before it, leaves "
                f"{spell_time(max(moving_s[index], 0.0))} for {place.distance_m / 1000.0:.1f} km; the best possible is "
                f"about {spell_time(best_s, up=True)}: ask for a smaller --margin, or shorten the stops (--stop)"
            )
