"""From resolved inputs to one RacePlan: pace, feed, weigh the odds, and write it all down."""

from __future__ import annotations

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.codec import settle
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.cutoffs import Deadline, resolve_cutoff, resolve_deadlines
from pacecalc.planning.demands import choose_demand, choose_power_targets, split_factors, summarise_ride
from pacecalc.planning.feed import FedRace, feed_race
from pacecalc.planning.forecast import HourlyForecast
from pacecalc.planning.goal import check_early_pace
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.notices import collect_cautions
from pacecalc.planning.odds import award_limits, weigh_odds
from pacecalc.planning.pacing import PacedRace, pace_race
from pacecalc.planning.records import (
    AthleteFacts,
    CourseFacts,
    DayFacts,
    EvenMiss,
    HourlyWeather,
    PlanInputs,
    PlannedSegment,
    PlannedWaypoint,
    ProfileTrace,
    RacePlan,
)
from pacecalc.planning.risk import RiskResult
from pacecalc.planning.spelling import spell_time
from pacecalc.planning.stops import default_stops_s, is_refill, override_stops
from pacecalc.planning.track_line import trace_track
from pacecalc.science.elevation import accumulate_ascent

TRACE_POINTS = 400
FINISH_TOLERANCE_S = 1.0


def compose_plan(inputs: RaceInputs) -> RacePlan:
    """Make the plan.

    Raises
    ------
    GoalError
        When the goal is later than the finish cutoff (unless that is ignored).
    IntakeError
        When no intake meets the hard bounds.
    """
    conditions = inputs.conditions
    paced = pace_inputs(inputs)
    fed = feed_race(paced, inputs.athlete, conditions, inputs.larder, water_only=inputs.assume_water_only)
    odds = weigh_odds(paced, inputs.athlete, conditions, runs=inputs.runs, seed=inputs.seed)
    return write_plan(inputs, paced, fed, odds)


def pace_inputs(inputs: RaceInputs) -> PacedRace:
    """The clock at every cell and place.

    Raises
    ------
    GoalError
        When the goal is later than the finish cutoff (unless that is ignored), or a cutoff asks for more on the way
        there than anybody can do.
    """
    course, conditions = inputs.course, inputs.conditions
    deadlines = resolve_deadlines(course, conditions)
    if not inputs.ignore_cutoffs:
        _refuse_late_goal(inputs.goal_s, deadlines[-1])
    stops = override_stops(course, default_stops_s(course, inputs.goal_s), inputs.stops_s)
    paced = pace_race(
        course,
        choose_demand(inputs, float(stops.sum())),
        goal_s=inputs.goal_s,
        stops_s=stops,
        deadlines=deadlines,
        margin_s=inputs.margin_s,
        waypoint_margins_s=inputs.waypoint_margins_s,
    )
    check_early_pace(paced, inputs.athlete, conditions)
    _refuse_other_finish(paced, inputs.goal_s)
    return paced


def write_plan(inputs: RaceInputs, paced: PacedRace, fed: FedRace, odds: RiskResult) -> RacePlan:
    """Put what was found into one record."""
    course, conditions = inputs.course, inputs.conditions
    waypoints = describe_waypoints(paced, conditions, odds)
    segments = _describe_segments(paced, inputs, fed)
    ride = summarise_ride(paced)
    plan = RacePlan(
        course=_course_facts(inputs),
        athlete=_athlete_facts(inputs),
        day=_day_facts(inputs),
        goal_s=inputs.goal_s,
        finish_s=paced.finish_s,
        moving_s=float(paced.pace.time_s.sum()),
        stopped_s=float(paced.stops_s.sum()),
        waypoints=waypoints,
        segments=segments,
        legs=fed.legs,
        schedule=fed.schedule,
        shopping=fed.shopping,
        temperature_card=fed.temperature_card,
        totals=fed.totals,
        binding=tuple(course.waypoints[i].name for i in paced.binding),
        even_effort_misses=find_even_misses(paced, inputs.margin_s, inputs.waypoint_margins_s),
        profile=_trace(paced, conditions),
        track=trace_track(course, paced.leaving_s, paced.edges),
        assumptions=(*inputs.assumed, *inputs.athlete.assumed, *conditions.assumed, *fed.assumed),
        warnings=collect_cautions(inputs, paced, fed, waypoints, ride),
        sources=course.sources,
        inputs=_plan_inputs(inputs),
        fuel=fed.fuel,
        intake_proof=fed.proof,
        ride=ride,
        risk=odds.summary(),
        estimates=course.estimates,
    )
    settled: RacePlan = settle(plan)
    return settled


def _refuse_late_goal(goal_s: float, finish: Deadline | None) -> None:
    if finish is not None and goal_s > finish.at_s + 0.5:
        hours = spell_time(finish.at_s)
        raise GoalError(
            f"the goal is {(goal_s - finish.at_s) / 60.0:.0f} min later than the finish cutoff ({hours} by your own"
            " clock); take an earlier goal, or add --ignore-cutoffs"
        )


def _refuse_other_finish(paced: PacedRace, goal_s: float) -> None:
    """Descents, bends and pushing take the time they take, whatever the effort."""
    if abs(paced.finish_s - goal_s) <= FINISH_TOLERANCE_S:
        return
    if paced.finish_s > goal_s:
        never = f"the goal of {spell_time(goal_s)} is out of reach: no effort finishes this course before "
        raise GoalError(f"{never}{spell_time(paced.finish_s, up=True)}, stops included; take a later goal")
    raise GoalError(
        f"the goal of {spell_time(goal_s)} is too late: at the least of efforts after the last cutoff this course is "
        f"done in {spell_time(paced.finish_s)}; take an earlier goal"
    )


def find_even_misses(paced: PacedRace, margin_s: float, waypoint_margins_s: dict[int, float]) -> tuple[EvenMiss, ...]:
    """Cutoffs that the steady plan would not meet with the margin asked for."""
    misses = []
    for index, deadline in enumerate(paced.deadlines[:-1]):
        if deadline is None or index == 0:
            continue
        latest = deadline.latest_arrival_s(float(paced.stops_s[index]))
        late = float(paced.even_arrive_s[index]) - latest
        if late > -waypoint_margins_s.get(index, margin_s) + 0.5:
            misses.append(EvenMiss(name=paced.course.waypoints[index].name, late_s=late))
    return tuple(misses)


def describe_waypoints(paced: PacedRace, conditions: Conditions, odds: RiskResult) -> tuple[PlannedWaypoint, ...]:
    """Every place with its clock, cutoff and odds."""
    course = paced.course
    elevation = course.elevation_m[paced.edges]
    latitude, longitude = course.latitude_deg[paced.edges], course.longitude_deg[paced.edges]
    temperature = conditions.temperature_c(paced.arrive_s, elevation, latitude, longitude)
    rows = []
    for i, waypoint in enumerate(course.waypoints):
        arrive, stop = float(paced.arrive_s[i]), float(paced.stops_s[i])
        deadline = paced.deadlines[i]
        margin = None if deadline is None else deadline.latest_arrival_s(stop) - arrive
        rows.append(
            PlannedWaypoint(
                name=waypoint.name,
                kind=waypoint.kind,
                distance_m=waypoint.distance_m,
                elevation_m=float(elevation[i]) if waypoint.elevation_m is None else waypoint.elevation_m,
                arrive_s=arrive,
                stop_s=stop,
                leave_s=arrive + stop,
                arrive_clock=conditions.clock(arrive),
                leave_clock=conditions.clock(arrive + stop),
                temperature_c=float(temperature[i]),
                daylight=conditions.daylight_word(arrive, float(latitude[i]), float(longitude[i])),
                cutoff_s=None if deadline is None else deadline.at_s,
                cutoff_clock=None if deadline is None else deadline.clock,
                cutoff_applies=None if deadline is None else deadline.applies,
                cutoff_measured=None if deadline is None else deadline.measured,
                margin_s=margin,
                crew=waypoint.crew,
                drop_bag=waypoint.drop_bag,
                refill=is_refill(waypoint) and i < len(course.waypoints) - 1,
                offers=waypoint.offers or (),
                services=waypoint.services,
                note=waypoint.note,
                latitude_deg=waypoint.latitude_deg,
                longitude_deg=waypoint.longitude_deg,
                arrive_p10_s=float(odds.arrive_p10_s[i]),
                arrive_p50_s=float(odds.arrive_p50_s[i]),
                arrive_p90_s=float(odds.arrive_p90_s[i]),
                miss_probability=None if deadline is None else float(odds.miss_probability[i]),
                out_probability=float(odds.out_probability[i]),
            )
        )
    return tuple(rows)


def _describe_segments(paced: PacedRace, inputs: RaceInputs, fed: FedRace) -> tuple[PlannedSegment, ...]:
    course, pace = paced.course, paced.pace
    factors = split_factors(paced)
    targets = choose_power_targets(paced)
    up_m, down_m = accumulate_ascent(course.elevation_m)
    unit_effort = _unit_effort(paced)
    here = fed.cells
    darkness, temperature = here.darkness, here.temperature_c
    rows = []
    for i in range(len(course.waypoints) - 1):
        cells = slice(int(paced.edges[i]), int(paced.edges[i + 1]))
        time = pace.time_s[cells]
        moving = float(time.sum())

        def mean(values: FloatArray, cells: slice = cells, time: FloatArray = time, moving: float = moving) -> float:
            return float(np.dot(values[cells], time) / moving)

        rows.append(
            PlannedSegment(
                start=course.waypoints[i].name,
                end=course.waypoints[i + 1].name,
                start_m=float(paced.edges[i]) * course.cell_m,
                end_m=float(paced.edges[i + 1]) * course.cell_m,
                ascent_m=float(up_m[cells.stop] - up_m[cells.start]),
                descent_m=float(down_m[cells.stop] - down_m[cells.start]),
                moving_s=moving,
                effort=mean(pace.effort) / unit_effort,
                energy_kj=float(np.dot(pace.metabolic_w[cells], time) / 1000.0),
                temperature_c=mean(temperature),
                dark_fraction=mean(darkness),
                sweat_l_per_h=mean(fed.sweat_l_per_h),
                intake=fed.segment_intake[i],
                leg=fed.segment_leg[i],
                power_w=None if pace.power_w is None else mean(pace.power_w),
                power_targets=None if targets is None else targets[i],
                pushing_s=None if pace.pushing is None else float(np.dot(pace.pushing[cells], time)),
                factors=None if factors is None else factors[i],
            )
        )
    return tuple(rows)


def _unit_effort(paced: PacedRace) -> float:
    """What effort 1.00 stands for: what the athlete can sustain or, when nobody knows that, the even plan's mean."""
    if paced.demand.best_level is not None:
        return 1.0
    even = paced.demand.pace(paced.even_level)
    return float(np.dot(even.effort, even.time_s) / even.time_s.sum())


def _trace(paced: PacedRace, conditions: Conditions) -> ProfileTrace:
    course = paced.course
    cells = len(course.grade)
    edges = np.unique(np.concatenate([np.linspace(0, cells, TRACE_POINTS).astype(np.intp), paced.edges]))
    cells_at = np.minimum(edges, cells - 1)
    elapsed = paced.mid_s[cells_at] + np.where(edges == cells, 0.5, -0.5) * paced.pace.time_s[cells_at]
    elevation = course.elevation_m[edges]
    latitude, longitude = course.latitude_deg[edges], course.longitude_deg[edges]
    return ProfileTrace(
        distance_m=edges * course.cell_m,
        elevation_m=elevation,
        elapsed_s=elapsed,
        temperature_c=conditions.temperature_c(elapsed, elevation, latitude, longitude),
        darkness=conditions.darkness(elapsed, elevation, latitude, longitude),
        effort=paced.pace.effort[cells_at] / _unit_effort(paced),
    )


def _course_facts(inputs: RaceInputs) -> CourseFacts:
    course, conditions = inputs.course, inputs.conditions
    finish = course.waypoints[-1].cutoff
    limit = None
    if finish is not None:
        limit = resolve_cutoff(finish, conditions.gun_clock, conditions.start_clock, conditions.shift_clock).at_s
    return CourseFacts(
        id=course.id,
        name=course.name,
        sport=course.sport,
        edition=course.edition,
        distance_m=course.distance_m,
        ascent_m=course.ascent_m,
        descent_m=course.descent_m,
        published_ascent_m=course.published_ascent_m,
        elevation_quality=course.elevation_quality,
        finish_cutoff_s=limit,
        awards=tuple(award_limits(course, conditions)),
    )


def _athlete_facts(inputs: RaceInputs) -> AthleteFacts:
    athlete, rides = inputs.athlete, inputs.course.sport != "run"
    return AthleteFacts(
        name=athlete.name,
        mass_kg=athlete.mass_kg,
        sex=athlete.sex,
        threshold_power_w=athlete.rider.threshold_power_w if rides else None,
        bike_mass_kg=athlete.rider.bike_mass_kg if rides else None,
    )


def _day_facts(inputs: RaceInputs) -> DayFacts:
    conditions = inputs.conditions
    return DayFacts(
        gun_clock=conditions.gun_clock,
        start_clock=conditions.start_clock,
        start_delay_s=conditions.start_delay_s,
        timezone=conditions.timezone,
        low_c=conditions.low_c,
        high_c=conditions.high_c,
        humidity_fraction=conditions.humidity_fraction,
        wind_m_per_s=conditions.wind_m_per_s,
        wind_from_deg=conditions.wind_from_deg,
        cloud_fraction=conditions.cloud_fraction,
        margin_s=inputs.margin_s,
        crowd_s=conditions.crowd_s,
        ground=inputs.course.ground,
    )


def _plan_inputs(inputs: RaceInputs) -> PlanInputs:
    return PlanInputs(
        course=inputs.course_ref or inputs.course.id,
        athlete=inputs.athlete,
        pantry=inputs.pantry_ref,
        stops_s=dict(inputs.stops_s),
        fade=inputs.fade,
        pacing=inputs.pacing,
        assume_water_only=inputs.assume_water_only,
        seed=inputs.seed,
        at_elevation_m=inputs.conditions.at_elevation_m,
        wind_known=inputs.conditions.wind_known,
        hourly=_keep_forecast(inputs.conditions.hourly),
        margins_s={inputs.course.waypoints[i].name: margin for i, margin in inputs.waypoint_margins_s.items()},
    )


def _keep_forecast(hourly: HourlyForecast | None) -> HourlyWeather | None:
    if hourly is None:
        return None

    def keep(values: FloatArray | None) -> tuple[float, ...] | None:
        return None if values is None else tuple(float(v) for v in values)

    return HourlyWeather(
        unix_time_s=tuple(float(t) for t in hourly.unix_time_s),
        temperature_c=tuple(float(t) for t in hourly.temperature_c),
        humidity_fraction=keep(hourly.humidity_fraction),
        wind_m_per_s=keep(hourly.wind_m_per_s),
        wind_from_deg=keep(hourly.wind_from_deg),
        cloud_fraction=keep(hourly.cloud_fraction),
        radiation_w_per_m2=keep(hourly.radiation_w_per_m2),
        elevation_m=hourly.elevation_m,
        source=hourly.source,
    )
