"""Made-up races for the intake tests: an effort trace, waypoints, arrivals and the bundled larder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pacecalc.planning.athlete import Athlete, Fuelling
from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.needs import RaceNeeds, build_legs, build_problem
from pacecalc.planning.intake.records import IntakeProblem
from pacecalc.planning.larder import Larder, stock_larder
from pacecalc.planning.records import Sport


def make_trace(
    hours: float,
    *,
    mass_kg: float = 70.0,
    mean_c: float = 15.0,
    swing_c: float = 6.0,
    start_clock_h: float = 6.0,
    speed_m_per_s: float = 2.0,
    watts_per_kg: float = 8.5,
    work_w: float = 0.0,
    humidity: float = 0.5,
    sun_w_per_m2: float = 60.0,
    elevation_m: float = 500.0,
) -> EffortTrace:
    """A steady race, coolest at 05:00, dark from 21:00 to 05:30."""
    count = max(1, round(hours * 30))
    edges_s = np.linspace(0.0, hours * 3600.0, count + 1)
    clock_h = (start_clock_h + edges_s[:-1] / 3600.0) % 24.0
    dark = ((clock_h >= 21.0) | (clock_h < 5.5)).astype(float)
    full = np.ones(count)
    return EffortTrace(
        start_s=edges_s[:-1],
        duration_s=np.diff(edges_s),
        distance_m=speed_m_per_s * edges_s[:-1],
        metabolic_w=watts_per_kg * mass_kg * full,
        external_w=work_w * full,
        speed_m_per_s=speed_m_per_s * full,
        air_speed_m_per_s=speed_m_per_s * full,
        temperature_c=mean_c - swing_c * np.cos(2.0 * np.pi * (clock_h - 3.0) / 24.0),
        humidity_fraction=humidity * full,
        sun_w_per_m2=sun_w_per_m2 * (1.0 - dark),
        darkness=dark,
        elevation_m=elevation_m * full,
        hands_full=0.0 * full,
        start_clock_h=start_clock_h,
    )


def make_waypoints(
    hours: float, stations: int, speed_m_per_s: float = 2.0, bags: Sequence[int] = (), crews: Sequence[int] = ()
) -> tuple[list[Waypoint], list[float]]:
    """Start, evenly spread aid stations (some with a drop bag or crew), finish; and the arrivals."""
    arrive_s = np.linspace(0.0, hours * 3600.0, stations + 2).tolist()
    places = [
        Waypoint(
            name=f"Aid {i}",
            kind="aid",
            distance_m=speed_m_per_s * arrive_s[i],
            water=True,
            drop_bag=i in bags or None,
            crew=i in crews or None,
        )
        for i in range(1, stations + 1)
    ]
    start = Waypoint(name="Start", kind="start", distance_m=0.0)
    finish = Waypoint(name="Finish", kind="finish", distance_m=speed_m_per_s * arrive_s[-1])
    return [start, *places, finish], arrive_s


def make_athlete(mass_kg: float = 70.0, **fuelling: object) -> Athlete:
    height = {55.0: 1.62, 80.0: 1.82}.get(mass_kg, 1.75)
    return Athlete(mass_kg=mass_kg, height_m=height, fuelling=Fuelling(**fuelling))  # type: ignore[arg-type]


def make_needs(
    hours: float,
    stations: int,
    athlete: Athlete | None = None,
    sport: Sport = "run",
    *,
    bags: Sequence[int] = (),
    crews: Sequence[int] = (),
    **weather: float,
) -> RaceNeeds:
    athlete = make_athlete() if athlete is None else athlete
    waypoints, arrive_s = make_waypoints(hours, stations, bags=bags, crews=crews)
    trace = make_trace(hours, mass_kg=athlete.mass_kg, **weather)
    larder = larder_of(athlete)
    return build_legs(
        waypoints,
        arrive_s,
        trace,
        athlete,
        sport,
        typical_station=larder.typical_station,
        known=set(larder.products),
    )


def larder_of(athlete: Athlete) -> Larder:
    return stock_larder(None, athlete)


def make_problem(needs: RaceNeeds, athlete: Athlete | None = None) -> IntakeProblem:
    larder = larder_of(make_athlete() if athlete is None else athlete)
    return build_problem(needs, larder.products, larder.brought)
