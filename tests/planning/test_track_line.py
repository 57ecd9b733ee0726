"""The line for devices: dense enough to lead the way, few enough points for any watch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.planning.build import load_course
from pacecalc.planning.course import Course
from pacecalc.planning.track_line import MOST_POINTS, trace_track


@pytest.fixture(scope="module")
def tracked() -> Course:
    course = load_course("leadville-trail-100-run")
    return replace(course, bearing_deg=np.zeros(len(course.grade)))


def test_a_hundred_miles_stay_within_what_a_watch_takes(tracked: Course) -> None:
    elapsed = np.linspace(0.0, 100_000.0, len(tracked.elevation_m))
    keep = np.array([0, 333, 4711, len(tracked.grade)])
    line = trace_track(tracked, elapsed, keep)
    assert line is not None
    assert 3000 < len(line.distance_m) <= MOST_POINTS
    assert np.diff(line.distance_m).max() <= 60.0
    assert set(keep * tracked.cell_m) <= set(line.distance_m)
    assert line.elapsed_s[0] == 0.0
    assert line.elapsed_s[-1] == 100_000.0
    at = np.round(line.distance_m / tracked.cell_m).astype(int)
    assert np.array_equal(line.latitude_deg, tracked.latitude_deg[at])
    assert np.array_equal(line.longitude_deg, tracked.longitude_deg[at])
    assert np.array_equal(line.elevation_m, tracked.elevation_m[at])


def test_a_course_without_a_track_has_no_line(tracked: Course) -> None:
    elapsed = np.linspace(0.0, 1.0, len(tracked.elevation_m))
    assert trace_track(replace(tracked, bearing_deg=None), elapsed, np.array([0])) is None
