"""The stops a plan makes on its own, laid over a model that knows none.

The slow-down is fitted on elapsed times, which hold the stops of the field spread over the day; a plan adds stops of
its own at the stations. What the two together say is compared with the splits of the races that have a shipped profile.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from split_data import SplitRace
from split_models import Model

from pacecalc.planning.build import load_course
from pacecalc.planning.stops import default_stops_s

FloatArray = NDArray[np.float64]

SAME_PLACE_M = 1500.0
"""A place of the profile no farther before a mat than this is the place of the mat."""


def add_planned_stops(model: Model) -> Model:
    """The model for the time on the move, and the plan's default stops between."""

    def stopping(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
        moving = model(race, finish_s, womanhood)
        if race.profile is None:
            return moving
        course = load_course(race.profile)
        place_m = np.array([w.distance_m for w in course.waypoints]) * race.cell_m.sum() / course.distance_m
        is_before = place_m[:, None] < race.station_m - SAME_PLACE_M
        stops_s = np.stack([default_stops_s(course, float(time_s)) for time_s in finish_s])
        elapsed_s = moving * (finish_s - stops_s.sum(axis=1))[:, None] + stops_s @ is_before
        return np.asarray(elapsed_s / finish_s[:, None])

    return stopping
