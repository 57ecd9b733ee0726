"""The model of the package: its law for the time on the move, and the stops a plan makes by itself between.

The rows hold the stops of the field, so the constants of the slow-down are fitted with the plan's stops inside. Where
no shipped profile tells the stations, every timed place is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from split_data import SplitRace
from split_models import Constants, Model, build_moving

from pacecalc.planning.build import load_course
from pacecalc.planning.course import Waypoint
from pacecalc.planning.stops import LIFE_BASE, default_stops_s

FloatArray = NDArray[np.float64]

SAME_PLACE_M = 1500.0
"""A place of the profile no farther before a mat than this is the place of the mat."""


@dataclass(frozen=True)
class Stations:
    """As much of a course as the default stops ask for."""

    waypoints: tuple[Waypoint, ...]
    distance_m: float
    time_limit_s: float | None
    sport: str = "run"


def _stations_from_mats(race: SplitRace) -> Stations:
    length_m = float(race.cell_m.sum())
    between = [
        Waypoint(name=name, kind="aid", distance_m=at_m, services=LIFE_BASE if name in race.life_bases else "")
        for name, at_m in zip(race.stations, race.station_m.tolist(), strict=True)
    ]
    start, finish = (Waypoint(name=kind, kind=kind, distance_m=m) for kind, m in (("start", 0.0), ("finish", length_m)))
    return Stations((start, *between, finish), length_m, race.limit_s)


_planned: dict[tuple[str, bytes], tuple[FloatArray, FloatArray]] = {}


def _plan_stops(race: SplitRace, finish_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    """For every finish time, the stops in all and those before each mat [s]."""
    key = (race.name, finish_s.tobytes())
    if key not in _planned:
        course = load_course(race.profile) if race.profile is not None else _stations_from_mats(race)
        place_m = np.array([w.distance_m for w in course.waypoints]) * race.cell_m.sum() / course.distance_m
        same_place_m = SAME_PLACE_M if race.profile is not None else 0.0
        is_before = place_m[:, None] < race.station_m - same_place_m
        stops_s = np.stack([default_stops_s(course, float(time_s)) for time_s in finish_s])  # type: ignore[arg-type]
        _planned[key] = stops_s.sum(axis=1), stops_s @ is_before
    return _planned[key]


def build_pacecalc(constants: Constants | None = None) -> Model:
    """The model of the package, stops included, with other constants put in for refits."""
    moving = build_moving(constants)

    def pacecalc(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
        all_s, before_s = _plan_stops(race, finish_s)
        elapsed_s = moving(race, finish_s, womanhood) * (finish_s - all_s)[:, None] + before_s
        return np.asarray(elapsed_s / finish_s[:, None])

    return pacecalc
