"""The line of a course with times, thinned for devices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray
from pacecalc.planning.course import Course
from pacecalc.planning.records import TrackTrace

SPACING_M = 10.0
MOST_POINTS = 4000
"""Devices take at least 5,000 points of a course; a choice below that. 100 miles come to one every 40 m."""


def trace_track(course: Course, elapsed_s: FloatArray, keep: NDArray[np.intp]) -> TrackTrace | None:
    """The course line with times; None when the course came without a track.

    Parameters
    ----------
    course : Course
        The course.
    elapsed_s : ndarray
        Time at each of the n + 1 cell edges; at a stop, that of leaving.
    keep : ndarray
        Edges that stay whatever the spacing: those of the waypoints.
    """
    if course.bearing_deg is None:
        return None
    cells = len(course.grade)
    spacing_m = max(SPACING_M, course.distance_m / (MOST_POINTS - 1 - len(keep)))
    count = int(course.distance_m / spacing_m) + 1
    edges = np.unique(np.concatenate([np.linspace(0, cells, count).round().astype(np.intp), keep]))
    return TrackTrace(
        distance_m=edges * course.cell_m,
        elevation_m=course.elevation_m[edges],
        elapsed_s=elapsed_s[edges],
        latitude_deg=course.latitude_deg[edges],
        longitude_deg=course.longitude_deg[edges],
    )
