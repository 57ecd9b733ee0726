"""Repairs of a track: what is wrong goes, what is terrain stays, and what cannot be known is refused."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.errors import TrackError
from pacecalc.tracks.cleaning import CleanLine, clean_track
from pacecalc.tracks.snapping import find_passes, snap_places
from pacecalc.tracks.track import Place, Track, make_track
from tracks.gpx_text import METRES_PER_DEGREE, northward

ALONG = np.arange(0.0, 5001.0, 20.0)
HILL = 500.0 + 200.0 * np.sin(ALONG / 5000.0 * np.pi)


def track_of(points: object, places: list[Place] | None = None) -> Track:
    lat, lon, ele = np.array(points, dtype=float).T
    return make_track(name="T", latitude_deg=lat, longitude_deg=lon, elevation_m=ele, places=places or [])


def cleaned(elevation: np.ndarray = HILL) -> CleanLine:
    return clean_track(track_of(northward(ALONG, elevation)))


def test_a_clean_track_stays_as_it_is() -> None:
    line = cleaned()
    assert line.remarks == ()
    np.testing.assert_array_equal(line.elevation_m, HILL)
    assert line.distance_m[-1] == pytest.approx(5000.0, rel=0.002)


@pytest.mark.parametrize(
    "where", [slice(100, 101), slice(100, 104), slice(0, 1), slice(0, 5), slice(-1, None), slice(-4, None)]
)
@pytest.mark.parametrize("size_m", [2000.0, -400.0, 60.0])
def test_a_spike_of_height_goes_wherever_it_is(where: slice, size_m: float) -> None:
    spoiled = HILL.copy()
    spoiled[where] += size_m
    line = cleaned(spoiled)
    assert "of height removed" in line.remarks[0]
    np.testing.assert_allclose(line.elevation_m, HILL, atol=13.0)


def test_a_cliff_that_does_not_come_back_is_terrain() -> None:
    step = HILL + np.where(ALONG > 2500.0, 80.0, 0.0)
    np.testing.assert_array_equal(cleaned(step).elevation_m, step)


def test_repeated_points_are_one_and_keep_the_height_they_have() -> None:
    points = northward(ALONG, HILL)
    rest = [(points[50][0], points[50][1], float("nan"))] * 30
    line = clean_track(track_of([*points[:50], *rest, *points[50:]]))
    assert len(line.distance_m) == len(points)
    assert (np.diff(line.distance_m) > 0.0).all()
    np.testing.assert_array_equal(line.elevation_m, HILL)


def test_a_lost_fix_at_the_equator_is_dropped() -> None:
    points = northward(ALONG, HILL)
    line = clean_track(track_of([*points[:50], (0.0, 0.0, 500.0), *points[50:]]))
    assert line.remarks == ("1 stray point removed",)
    assert line.distance_m[-1] == pytest.approx(5000.0, rel=0.002)


def test_a_short_hole_is_filled_and_said() -> None:
    holed = HILL.copy()
    holed[100:115] = np.nan
    line = cleaned(holed)
    assert line.remarks == ("missing heights filled over 0.32 km",)
    np.testing.assert_allclose(line.elevation_m, HILL, atol=5.0)


@pytest.mark.parametrize("first", [0, 100, 200])
def test_a_long_hole_is_refused_with_its_length(first: int) -> None:
    holed = HILL.copy()
    holed[first : first + 51] = np.nan
    with pytest.raises(TrackError, match=r"missing over 1\.0 km"):
        cleaned(holed)


def test_a_track_without_any_height_is_refused() -> None:
    with pytest.raises(TrackError, match="no point has an elevation"):
        cleaned(np.full(len(ALONG), np.nan))


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([(45.0, 7.0, 1.0)] * 9, "all points of the track are the same place"),
        ([(45.0, 7.0, 1.0), (45.0005, 7.0, 1.0)], "56 m long"),
        ([(0.0, 7.0 + 40.0 * i, 1.0) for i in range(4)], "at most 5,000 km"),
    ],
)
def test_a_line_that_is_no_course_is_refused(points: object, message: str) -> None:
    with pytest.raises(TrackError, match=message):
        clean_track(track_of(points))


def test_a_drawn_line_of_tiny_steps_still_leads_somewhere() -> None:
    points = [(45.0 + i * 5e-7, 7.0, 10.0) for i in range(4000)]
    assert clean_track(track_of(points)).distance_m[-1] == pytest.approx(222.2, abs=0.5)


def test_a_track_of_two_points_and_one_over_the_pole_are_lines() -> None:
    assert len(clean_track(track_of([(45.0, 7.0, 1.0), (45.01, 7.0, 2.0)])).distance_m) == 2
    pole = [(89.99, 0.0, 1.0), (90.0, 123.0, 2.0), (89.99, 180.0, 3.0)]
    assert clean_track(track_of(pole)).distance_m[-1] == pytest.approx(2233.9, abs=1.0)


def out_and_back() -> CleanLine:
    there = northward(ALONG, HILL)
    return clean_track(track_of([*there, *there[-2::-1]]))


def place_at(along_m: float, name: str = "Hut", east_deg: float = 0.0) -> Place:
    return Place(name, 45.0 + along_m / METRES_PER_DEGREE, 7.0 + east_deg)


def test_a_place_passed_twice_is_two_waypoints_in_passing_order() -> None:
    passes, remarks = snap_places((place_at(3000.0, "Hut"), place_at(1000.0, "Dam")), out_and_back())
    assert [each.name for each in passes] == ["Dam (out)", "Hut (out)", "Hut (in)", "Dam (in)"]
    assert [each.distance_m for each in passes] == pytest.approx([1000.0, 3000.0, 7000.0, 9000.0], rel=0.002)
    assert remarks == ()


def test_the_turnaround_is_one_waypoint() -> None:
    passes, _ = snap_places((place_at(5000.0, "Top"),), out_and_back())
    assert [each.name for each in passes] == ["Top"]


def test_names_that_already_say_which_pass_take_that_pass() -> None:
    passes, _ = snap_places((place_at(3000.0, "Hut (in)"), place_at(3000.0, "Hut (out)")), out_and_back())
    assert [(each.name, round(each.distance_m, -2)) for each in passes] == [("Hut (out)", 3000.0), ("Hut (in)", 7000.0)]


def test_a_place_marked_twice_by_the_planner_is_one_place_and_namesakes_are_two() -> None:
    passes, _ = snap_places((place_at(3000.0), place_at(3010.0)), out_and_back())
    assert [each.name for each in passes] == ["Hut (out)", "Hut (in)"]
    passes, _ = snap_places((place_at(3000.0), place_at(1000.0)), cleaned())
    assert [each.name for each in passes] == ["Hut 2", "Hut"]


def test_laps_are_numbered() -> None:
    angle = np.radians(np.arange(0, 3 * 360, 2))
    lat, lon = 45.0 + 0.01 * np.cos(angle), 7.0 + 0.014 * np.sin(angle)
    line = clean_track(track_of(np.stack((lat, lon, np.full(len(angle), 5.0)), axis=1)))
    passes, _ = snap_places((Place("Tent", 45.0, 7.014),), line)
    assert [each.name for each in passes] == ["Tent (1)", "Tent (2)", "Tent (3)"]


def test_a_place_off_the_track_is_left_out_and_said() -> None:
    passes, remarks = snap_places((place_at(1000.0, "Far", 0.05), place_at(1000.0, "Near", 0.004)), cleaned())
    assert passes == ()
    assert remarks == ("'Far' is 3.9 km off the track and left out", "'Near' is 315 m off the track and left out")


def test_a_place_between_two_far_points_is_found_on_the_leg() -> None:
    line = clean_track(track_of([(45.0, 7.0, 1.0), (45.1, 7.0, 1.0)]))
    (along,), (off,), nearest = find_passes(45.03, 7.0005, line)
    assert along == pytest.approx(0.3 * line.distance_m[-1], rel=0.001)
    assert off == nearest == pytest.approx(39.5, abs=0.5)
