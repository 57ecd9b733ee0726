"""Planned stops: sensible by default, the athlete's own by name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.course import Waypoint
from pacecalc.planning.stops import SHARE_MAX, default_stops_s, find_waypoint, is_refill, override_stops

RUN = load_course("leadville-trail-100-run")
RIDE = load_course("leadville-trail-100-mtb")


def test_nobody_stops_at_the_start_the_finish_or_a_bare_summit():
    stops = default_stops_s(RUN, 29 * 3600.0)
    landmarks = [i for i, w in enumerate(RUN.waypoints) if not is_refill(w)]
    assert stops[0] == 0.0
    assert stops[-1] == 0.0
    assert all(stops[i] == 0.0 for i in landmarks)


def test_stations_with_drop_bags_take_longer_than_those_without():
    stops = dict(zip([w.name for w in RUN.waypoints], default_stops_s(RUN, 29 * 3600.0), strict=True))
    assert stops["Twin Lakes (in)"] > stops["Hopeless / Hope Pass aid (in)"] > 0.0


def test_at_courmayeur_the_bag_and_the_hot_meal_take_what_they_took_in_2015():
    """Median minutes between the two mats, by hours at the finish (open splits of UTMB 2015, 754 finishers)."""
    measured_min = {25.0: 10, 29.0: 17, 31.0: 26, 33.0: 32, 35.0: 31, 37.0: 32, 39.0: 38, 41.0: 46, 43.0: 45}
    course = load_course("utmb-classic")
    courmayeur = find_waypoint(course, "Courmayeur")
    for hours, minutes in measured_min.items():
        assert default_stops_s(course, hours * 3600.0)[courmayeur] / 60.0 == pytest.approx(minutes, abs=7.0)
        assert default_stops_s(course, hours * 3600.0).argmax() == courmayeur


@pytest.mark.parametrize("hours", [6.0, 9.0, 12.0, 20.0, 29.0, 40.0])
def test_standing_never_eats_more_than_its_share_of_the_day(hours):
    for course in (RUN, RIDE):
        # Rounding each stop to half a minute may add a quarter of one a station.
        slack = 15.0 * len(course.waypoints)
        assert default_stops_s(course, hours * 3600.0).sum() <= SHARE_MAX * hours * 3600.0 + slack


def test_longer_days_mean_longer_stops():
    totals = [default_stops_s(RUN, h * 3600.0).sum() for h in (16.0, 20.0, 24.0, 28.0)]
    assert np.all(np.diff(totals) >= 0.0)


def test_only_those_who_finish_with_the_closing_gate_hurry():
    """Courmayeur 2015: 31 min of those who finished in the last half hour, 43 to 53 of the hour before."""
    course = load_course("utmb-classic")
    courmayeur = find_waypoint(course, "Courmayeur")
    limit_s = course.time_limit_s
    last, before = (default_stops_s(course, limit_s - early_s)[courmayeur] / 60.0 for early_s in (900.0, 2700.0))
    assert last == pytest.approx(31.0, abs=3.0)
    assert before == pytest.approx(47.0, abs=3.0)


def station(**facts) -> Waypoint:
    return Waypoint(name="x", kind="aid", **facts)


def stops_along(*places: Waypoint, hours: float = 28.0, sport: str = "run") -> list[float]:
    """Minutes at places of a bare course of 100 km."""
    start, finish = (Waypoint(name=n, kind=n, distance_m=at_m) for n, at_m in (("start", 0.0), ("finish", 1e5)))
    course = replace(RUN, waypoints=(start, *places, finish), cell_m=1e5 / len(RUN.grade), sport=sport)
    return [float(s) / 60.0 for s in default_stops_s(course, hours * 3600.0)[1:-1]]


def test_stops_grow_along_the_day_as_at_hardrock_and_end_near_the_finish():
    """Mean minutes at 28, 43, 57 and 72 % of Hardrock: 13.5, 17.9, 23.9 and 22.4; 2 at the last, at 95 %."""
    along = stops_along(*(station(distance_m=at * 1000.0, crew=True) for at in (28, 43, 57, 72, 99)), hours=36.0)
    assert np.array(along[1:4]) / along[0] == pytest.approx([1.33, 1.77, 1.66], abs=0.4)
    assert along[-1] < 0.2 * along[0]


def test_only_water_takes_half_a_hot_meal_makes_a_large_station_and_beds_a_life_base():
    services = ("water", "food, drinks", "hot meal", "hot meal, life base")
    water, food, meal, base = stops_along(*(station(distance_m=5e4 + k, services=s) for k, s in enumerate(services)))
    assert water == pytest.approx(0.5 * food, abs=0.5)
    assert food < meal == stops_along(station(distance_m=5e4, drop_bag=True))[0] < base


def test_riders_stop_by_their_own_table_and_to_the_end():
    early, late, last = stops_along(*(station(distance_m=at * 1000.0) for at in (10, 60, 99)), hours=12.0, sport="mtb")
    assert (early, late, last) == (2.0, 2.5, 2.5)


def test_own_stops_replace_the_defaults_and_only_there():
    base = default_stops_s(RIDE, 11.75 * 3600.0)
    own = override_stops(RIDE, base, {"twin lakes dam (OUT) ": 480.0})
    index = find_waypoint(RIDE, "Twin Lakes Dam (out)")
    assert own[index] == 480.0
    assert np.array_equal(np.delete(own, index), np.delete(base, index))


def test_a_wrong_name_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match=r'did you mean "Twin Lakes Dam \(out\)"'):
        find_waypoint(RIDE, "Twin Laks Dam (out)")


def test_some_words_are_enough_when_they_fit_one_place_only():
    assert RUN.waypoints[find_waypoint(RUN, "winfield")].name == "Winfield (turnaround)"
    assert RIDE.waypoints[find_waypoint(RIDE, "Twin Lakes (out)")].name == "Twin Lakes Dam (out)"
    with pytest.raises(UsageError, match="fits several places"):
        find_waypoint(RUN, "Twin Lakes")
