"""The climbs of a course, found by themselves and ranked by how hard they are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.record import record
from pacecalc.science.elevation import find_turns

DIP_FRACTION = 0.12
"""A dip smaller than this share of the course's highest climb does not end a climb; a choice."""
LEAST_DIP_M, MOST_DIP_M = 8.0, 60.0
LEAST_CLIMB_FRACTION = 0.08
"""Smallest climb worth naming, as a share of the highest one; a choice."""
FLAT_GRADE = 0.02
"""Valley floor before and plateau after a climb do not belong to it; a choice."""
TRIM_M = 200.0
STEEP_STRETCH_M = 500.0


@record(kw_only=True)
class Climb:
    """One climb from its foot to its top."""

    start_m: float
    end_m: float
    start_elevation_m: float
    end_elevation_m: float
    ascent_m: float
    """Height gained on the way, dips climbed back included."""
    steepest_grade: float
    """Mean grade of the steepest 500 m, or of all when shorter."""
    top: str
    """Waypoint at the top or the next one before or after it."""

    @property
    def length_m(self) -> float:
        return self.end_m - self.start_m

    @property
    def grade(self) -> float:
        """Mean grade from foot to top."""
        return (self.end_elevation_m - self.start_elevation_m) / self.length_m

    @property
    def difficulty(self) -> float:
        """Height gained times the square root of the mean grade in percent; ranks, means nothing by itself."""
        return self.ascent_m * math.sqrt(max(100.0 * self.grade, 0.0))


def find_climbs(
    elevation_m: FloatArray, cell_m: float, places_m: Mapping[str, float], *, most: int = 8
) -> tuple[Climb, ...]:
    """The hardest climbs of a course, hardest first; ``places_m`` are the waypoints' distances by name.

    Rises and falls are told apart by hysteresis: a climb goes on through dips that are small against the climbs of this
    course, so that one mountain is one climb and a flat course still names its bridges.
    """
    span = float(np.ptp(elevation_m))
    dip_m = float(np.clip(DIP_FRACTION * span, LEAST_DIP_M, MOST_DIP_M))
    turns = find_turns(elevation_m, dip_m).tolist()
    legs = [(low, high) for low, high in pairwise(turns) if elevation_m[high] > elevation_m[low]]
    climbs = [_describe(elevation_m, cell_m, places_m, *_trim(elevation_m, cell_m, low, high)) for low, high in legs]
    worth = LEAST_CLIMB_FRACTION * max((climb.ascent_m for climb in climbs), default=0.0)
    kept = [climb for climb in climbs if climb.ascent_m >= worth]
    return tuple(sorted(kept, key=lambda climb: -climb.difficulty)[:most])


def _trim(elevation_m: FloatArray, cell_m: float, low: int, high: int) -> tuple[int, int]:
    """Cut the flat approach and the flat end, in steps of 200 m."""
    step = max(1, round(TRIM_M / cell_m))
    rise = FLAT_GRADE * step * cell_m
    while high - low > 2 * step and elevation_m[low + step] - elevation_m[low] < rise:
        low += step
    while high - low > 2 * step and elevation_m[high] - elevation_m[high - step] < rise:
        high -= step
    return low, high


def _describe(elevation_m: FloatArray, cell_m: float, places_m: Mapping[str, float], low: int, high: int) -> Climb:
    part = elevation_m[low : high + 1]
    reach = min(high - low, max(1, round(STEEP_STRETCH_M / cell_m)))
    steepest = float((part[reach:] - part[:-reach]).max()) / (reach * cell_m)
    top = min(places_m, key=lambda name: abs(places_m[name] - high * cell_m))
    # dips of less than 5 m are noise here as everywhere
    turns = find_turns(part)
    rises = np.diff(part[turns]) if len(turns) else np.array([part[-1] - part[0]])
    return Climb(
        start_m=low * cell_m,
        end_m=high * cell_m,
        start_elevation_m=float(part[0]),
        end_elevation_m=float(part[-1]),
        ascent_m=float(rises[rises > 0.0].sum()),
        steepest_grade=steepest,
        top=top,
    )
