"""Where water comes from when the course says nothing about it, and when it says something."""

from __future__ import annotations

import pytest

from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.refills import WATER_EVERY_S, describe_way_point, knows_stations, span_legs

START = Waypoint(name="Start", kind="start", distance_m=0.0)
FINISH = Waypoint(name="Finish", kind="finish", distance_m=100_000.0)
SUMMIT = Waypoint(name="Col", kind="summit", distance_m=40_000.0)
WELL = Waypoint(name="Well", kind="water", distance_m=40_000.0, water=True)
EMPTY = Waypoint(name="Hut", kind="aid", distance_m=40_000.0, offers=())
HOUR_S = 3600.0


@pytest.mark.parametrize("hours", [2.5, 6.0, 11.75, 29.0])
def test_a_course_that_knows_no_station_has_water_about_every_ninety_minutes(hours: float) -> None:
    spans = span_legs([START, FINISH], [0.0, hours * HOUR_S])
    assert all(0.7 * WATER_EVERY_S < span.end_s - span.start_s < 1.4 * WATER_EVERY_S for span in spans)
    assert [span.water_assumed for span in spans] == [False] + [True] * (len(spans) - 1)
    assert spans[-1].end_s == hours * HOUR_S
    assert all(describe_way_point(span, "Finish").water for span in spans[1:])
    names = [describe_way_point(span, "Finish").name for span in spans[1:]]
    assert len(set(names)) == len(names)


def test_a_short_race_without_a_station_carries_its_water() -> None:
    (span,) = span_legs([START, FINISH], [0.0, 1.4 * HOUR_S])
    assert not span.water_assumed


def test_summits_and_junctions_are_no_stations_but_are_passed_in_their_leg() -> None:
    spans = span_legs([START, SUMMIT, FINISH], [0.0, 3.5 * HOUR_S, 9.0 * HOUR_S])
    assert len(spans) == 6
    assert spans[1].water_assumed
    assert [span.inside for span in spans].count((1,)) == 1


@pytest.mark.parametrize("known", [WELL, EMPTY])
def test_one_known_place_is_believed_even_when_it_has_nothing(known: Waypoint) -> None:
    assert knows_stations([START, known, FINISH])
    spans = span_legs([START, known, FINISH], [0.0, 9.0 * HOUR_S, 29.0 * HOUR_S])
    assert not any(span.water_assumed for span in spans)
    assert all(not describe_way_point(span, "Finish").water for span in spans if span.virtual)
