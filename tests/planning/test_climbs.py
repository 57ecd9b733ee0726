"""Climbs found by themselves are those runners talk about."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from pacecalc.planning.build import load_course
from pacecalc.planning.climbs import find_climbs


@pytest.mark.parametrize(
    ("course", "tops"),
    [
        ("leadville-trail-100-run", ["Hope Pass (out)", "Hope Pass (in)", "Sugarloaf Pass (in)"]),
        ("leadville-trail-100-mtb", ["Columbine Mine (turnaround)", "Sugarloaf Pass (in)"]),
        ("western-states-100", ["Emigrant Pass (Escarpment)", "Devil's Thumb", "Michigan Bluff"]),
        (
            "new-york-city-marathon",
            ["Verrazzano-Narrows Bridge high point (upper deck)", "Queensboro Bridge high point"],
        ),
        ("ultra-fiord-100k", ['Chacabuco pass ("Fortress": glacier, crevasses, class 3 scramble)']),
    ],
)
def test_the_hardest_climbs_are_the_famous_ones(course: str, tops: list[str]) -> None:
    assert [climb.top for climb in load_course(course).climbs()][: len(tops)] == tops


def test_columbine_is_a_climb_of_more_than_900_m_over_12_km() -> None:
    climb = load_course("leadville-trail-100-mtb").climbs()[0]
    assert climb.ascent_m == pytest.approx(950.0, abs=10.0)
    assert climb.length_m == pytest.approx(12_000.0, abs=500.0)
    assert climb.grade == pytest.approx(climb.ascent_m / climb.length_m, rel=0.05)
    assert climb.steepest_grade > climb.grade


def test_climbs_do_not_overlap_and_are_ranked() -> None:
    climbs = load_course("utmb").climbs()
    assert [climb.difficulty for climb in climbs] == sorted((climb.difficulty for climb in climbs), reverse=True)
    in_order = sorted(climbs, key=lambda climb: climb.start_m)
    assert all(one.end_m <= other.start_m for one, other in pairwise(in_order))


def test_a_climb_is_told_from_its_own_heights() -> None:
    """A ramp of 600 m over 6 km between level stretches, with one dip of 20 m and ripples of 2 m."""
    x_m = np.arange(0.0, 12_001.0, 10.0)
    height_m = np.interp(x_m, [0, 3000, 6000, 6400, 9000, 12_000], [100, 100, 420, 400, 700, 700])
    height_m = height_m + np.where((x_m > 3000) & (x_m < 9000), 1.0 - np.cos(2 * np.pi * x_m / 500.0), 0.0)
    (climb,) = find_climbs(height_m, 10.0, {"Foot": 3000.0, "Hut": 6000.0, "Top": 9000.0})
    assert climb.top == "Top"
    assert climb.start_m == pytest.approx(3000.0, abs=250.0)
    assert climb.end_m == pytest.approx(9000.0, abs=250.0)
    assert (climb.start_elevation_m, climb.end_elevation_m) == pytest.approx((100.0, 700.0), abs=25.0)
    assert climb.end_elevation_m == height_m[round(climb.end_m / 10.0)]
    assert climb.ascent_m == pytest.approx(620.0, abs=12.0)
    assert climb.steepest_grade == pytest.approx(300.0 / 2600.0, rel=0.05)


def test_a_climb_up_to_the_last_metre_ends_there() -> None:
    height_m = np.interp(np.arange(0.0, 5001.0, 10.0), [0, 1000, 5000], [300, 300, 700])
    (climb,) = find_climbs(height_m, 10.0, {"Start": 0.0, "Finish": 5000.0})
    assert (climb.end_m, climb.end_elevation_m, climb.top) == (5000.0, 700.0, "Finish")
    assert climb.ascent_m == pytest.approx(400.0, abs=1e-9)
