"""The climbs of a course, found by themselves and ranked by how hard they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pacecalc.science.elevation import find_turns

if TYPE_CHECKING:
    from pacecalc.planning.course import Course

DIP_FRACTION = 0.12
"""A dip smaller than this share of the course's highest climb does not end a climb; a choice."""
LEAST_DIP_M, MOST_DIP_M = 8.0, 60.0
LEAST_CLIMB_FRACTION = 0.08
"""Smallest climb worth naming, as a share of the highest one; a choice."""
FLAT_GRADE = 0.02
"""Valley floor before and plateau after a climb do not belong to it; a choice."""
TRIM_M = 200.0
STEEP_STRETCH_M = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
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


def find_climbs(course: Course, *, most: int = 8) -> tuple[Climb, ...]:
    """The hardest climbs of a course, hardest first.

    Rises and falls are told apart by hysteresis: a climb goes on through dips that are small against the climbs of this
    course, so that one mountain is one climb and a flat course still names its bridges.
    """
    elevation = course.elevation_m
    span = float(np.ptp(elevation))
    dip_m = float(np.clip(DIP_FRACTION * span, LEAST_DIP_M, MOST_DIP_M))
    turns = find_turns(elevation, dip_m).tolist()
    legs = [(low, high) for low, high in pairwise(turns) if elevation[high] > elevation[low]]
    climbs = [_describe(course, *_trim(course, low, high)) for low, high in legs]
    worth = LEAST_CLIMB_FRACTION * max((climb.ascent_m for climb in climbs), default=0.0)
    kept = [climb for climb in climbs if climb.ascent_m >= worth]
    return tuple(sorted(kept, key=lambda climb: -climb.difficulty)[:most])


def _trim(course: Course, low: int, high: int) -> tuple[int, int]:
    """Cut the flat approach and the flat end, in steps of 200 m."""
    step = max(1, round(TRIM_M / course.cell_m))
    rise = FLAT_GRADE * step * course.cell_m
    elevation = course.elevation_m
    while high - low > 2 * step and elevation[low + step] - elevation[low] < rise:
        low += step
    while high - low > 2 * step and elevation[high] - elevation[high - step] < rise:
        high -= step
    return low, high


def _describe(course: Course, low: int, high: int) -> Climb:
    elevation, edge = course.elevation_m, course.edge_m
    part = elevation[low : high + 1]
    reach = min(high - low, max(1, round(STEEP_STRETCH_M / course.cell_m)))
    steepest = float((part[reach:] - part[:-reach]).max()) / (reach * course.cell_m)
    top = min(course.waypoints, key=lambda waypoint: abs(waypoint.distance_m - float(edge[high])))
    # dips of less than 5 m are noise here as everywhere
    turns = find_turns(part)
    rises = np.diff(part[turns]) if len(turns) else np.array([part[-1] - part[0]])
    return Climb(
        start_m=float(edge[low]),
        end_m=float(edge[high]),
        start_elevation_m=float(part[0]),
        end_elevation_m=float(part[-1]),
        ascent_m=float(rises[rises > 0.0].sum()),
        steepest_grade=steepest,
        top=top.name,
    )
