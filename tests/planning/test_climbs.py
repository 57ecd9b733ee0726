"""Climbs found by themselves are those runners talk about."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pacecalc.planning.build import load_course


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
