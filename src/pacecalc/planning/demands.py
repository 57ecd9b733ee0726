"""Which demand a course puts on this athlete, and what that demand says about each segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import UsageError
from pacecalc.planning.demand import Demand
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.pacing import DemandBuilder, PacedRace
from pacecalc.planning.records import FactorMinutes, PowerTargets, RideSummary
from pacecalc.planning.run_demand import Fade, RunDemand, assess_ground, build_run_demand
from pacecalc.science.heat import estimate_marathon_time

if TYPE_CHECKING:
    from pacecalc.planning.ride_demand import Pacing

FADE_RANGE = (0.0, 2.0)


def choose_demand(inputs: RaceInputs, stops_s: float) -> DemandBuilder:
    """Demand builder for the course's sport; what does not depend on the clock is worked out once."""
    return _run_builder(inputs, stops_s) if inputs.course.sport == "run" else _ride_builder(inputs, stops_s)


def read_fade(text: str) -> Fade:
    """``auto``, ``none`` or a percentage as the run demand wants it."""
    word = text.strip().lower()
    if word in ("auto", ""):
        return None
    if word == "none":
        return "none"
    try:
        fade = float(word.rstrip("% ").strip()) / 100.0
    except ValueError:
        fade = np.nan
    if not word.endswith("%") or not FADE_RANGE[0] <= fade <= FADE_RANGE[1]:
        raise UsageError(f'--fade "{text}": expected none, auto, or a slow-down from 0% to 200% such as 15%')
    return fade


def _run_builder(inputs: RaceInputs, stops_s: float) -> DemandBuilder:
    course, athlete, conditions = inputs.course, inputs.athlete, inputs.conditions
    ground = assess_ground(course, athlete)
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    latitude, longitude = course.latitude_deg[:-1], course.longitude_deg[:-1]
    marathon_s = float(estimate_marathon_time(float(ground.flat_cells_m.sum()), inputs.goal_s - stops_s))
    fade = read_fade(inputs.fade)

    def build(mid_s: FloatArray) -> Demand:
        heat = conditions.heat_factor(
            mid_s, middle_m, latitude, longitude, marathon_time_s=marathon_s, acclimatised=athlete.heat_acclimatised
        )
        return build_run_demand(
            course,
            athlete,
            finish_s=inputs.goal_s,
            stops_s=stops_s,
            fade=fade,
            heat_factor=heat,
            darkness=conditions.darkness(mid_s, middle_m, latitude, longitude),
            best_s=inputs.best_s,
            ground=ground,
        )

    return build


def _ride_builder(inputs: RaceInputs, stops_s: float) -> DemandBuilder:
    from pacecalc.planning.ride_demand import RideDemand, build_ride_demand
    from pacecalc.planning.ride_terrain import crowd_first_climb

    course, athlete, conditions = inputs.course, inputs.athlete, inputs.conditions
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    latitude, longitude = course.latitude_deg[:-1], course.longitude_deg[:-1]
    crowd_s = crowd_first_climb(course, conditions.crowd_s)
    pacing: Pacing = "steady" if inputs.pacing == "steady" else "optimal"
    earlier: RideDemand | None = None

    def build(mid_s: FloatArray) -> Demand:
        nonlocal earlier
        wind_m_per_s, wind_from_deg = conditions.wind(mid_s)
        earlier = build_ride_demand(
            course,
            athlete,
            temperature_c=conditions.temperature_c(mid_s, middle_m, latitude, longitude),
            humidity_fraction=conditions.humidity_fraction_at(mid_s, middle_m, latitude, longitude),
            wind_m_per_s=wind_m_per_s,
            wind_from_deg=wind_from_deg,
            delay_s=crowd_s,
            moving_s=inputs.goal_s - stops_s,
            pacing=pacing,
            earlier=earlier,
        )
        return earlier

    return build


def split_factors(paced: PacedRace) -> tuple[FactorMinutes, ...] | None:
    """What grade, surface, altitude, heat, night and fade cost on each segment; None for rides."""
    if not isinstance(paced.demand, RunDemand):
        return None
    return paced.demand.factor_minutes(paced.pace.time_s, paced.course.edge_m[paced.edges])


def choose_power_targets(paced: PacedRace) -> tuple[PowerTargets, ...] | None:
    """Watts by terrain for each segment; None for runs."""
    if isinstance(paced.demand, RunDemand):
        return None
    from pacecalc.planning.ride_summary import target_powers

    return target_powers(paced.course.grade, paced.pace, paced.edges)


def summarise_ride(paced: PacedRace) -> RideSummary | None:
    """The whole ride in numbers; None for runs."""
    from pacecalc.planning import ride_summary
    from pacecalc.planning.ride_demand import RideDemand

    if not isinstance(paced.demand, RideDemand):
        return None
    return ride_summary.summarise_ride(paced.demand, paced.pace, stopped_s=float(paced.stops_s.sum()))
