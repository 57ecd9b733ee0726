"""GPX is valid 1.1, tells arrival, cutoff and intake, and its track runs at the pace of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import gpxpy
import numpy as np
import pytest
from lxml import etree

from pacecalc.errors import CourseError
from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.gpx import NOT_FOR_NAVIGATION, render_gpx
from pacecalc.render.plain_text import clean_text
from pacecalc.render.positions import position_of, track_with_times
from pacecalc.render.wording import say_elapsed
from pacecalc.tracks.gpx import read_gpx

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "gpx11.xsd"))


def check_gpx(text: str) -> etree._Element:
    document = etree.fromstring(text.encode())
    SCHEMA.assertValid(document)
    return document


def test_waypoints_tell_arrival_cutoff_and_intake(run_plan: RacePlan) -> None:
    gpx = gpxpy.parse(render_gpx(run_plan))
    assert len(gpx.waypoints) == len(run_plan.waypoints)
    for point, w in zip(gpx.waypoints, run_plan.waypoints, strict=True):
        assert point.name.startswith(f"{w.name} {say_elapsed(w.arrive_s)} ")
        assert (point.latitude, point.longitude) == pytest.approx((w.latitude_deg, w.longitude_deg), abs=1e-6)
        if w.cutoff_s is not None:
            assert f"cut {say_elapsed(w.cutoff_s)}" in point.name
            assert "cutoff" in point.description
    leg = run_plan.legs[0]
    assert f"{leg.pick_up[0].count} {leg.pick_up[0].name}" in gpx.waypoints[0].description


@pytest.mark.parametrize("name", ["run_plan", "tracked_plan", "hostile_plan"])
def test_it_is_valid_gpx_1_1(name: str, request: pytest.FixtureRequest) -> None:
    for units in ("metric", "imperial"):
        check_gpx(render_gpx(request.getfixturevalue(name), units=units))  # type: ignore[arg-type]


def test_the_schema_refuses_what_the_standard_refuses(tracked_plan: RacePlan) -> None:
    text = render_gpx(tracked_plan)
    for good, bad in (('version="1.1"', 'version="1.0"'), ("<ele>", "<height>"), ('lon="-', 'lon="-9')):
        with pytest.raises((etree.DocumentInvalid, etree.XMLSyntaxError)):
            check_gpx(text.replace(good, bad))


def test_the_virtual_partner_runs_the_plan(tracked_plan: RacePlan) -> None:
    gpx = gpxpy.parse(render_gpx(tracked_plan))
    points = gpx.tracks[0].segments[0].points
    start = tracked_plan.day.start_clock.astimezone(UTC)
    seconds = np.array([(p.time.astimezone(UTC) - start).total_seconds() for p in points])
    assert np.all(np.diff(seconds) > 0.0)
    assert seconds[0] == pytest.approx(0.0, abs=1.0)
    assert seconds[-1] == pytest.approx(tracked_plan.finish_s, abs=1.0)
    for w in tracked_plan.waypoints[1:-1]:
        assert np.abs(seconds - w.arrive_s).min() <= 1.0
        assert np.abs(seconds - w.leave_s).min() <= 1.0
        if w.stop_s > 60.0:
            here = int(np.abs(seconds - w.arrive_s).argmin())
            assert seconds[here + 1] - seconds[here] == pytest.approx(w.stop_s, abs=2.0)
            assert points[here].latitude == pytest.approx(points[here + 1].latitude, abs=1e-4)


def test_our_own_reader_takes_it_back(tracked_plan: RacePlan, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpx"
    path.write_text(render_gpx(tracked_plan), encoding="utf-8")
    track = read_gpx(path)
    assert track.name == tracked_plan.course.name
    assert len(track.places) == len(tracked_plan.waypoints)


def test_a_course_without_a_track_says_it_is_not_for_navigation(run_plan: RacePlan) -> None:
    document = check_gpx(render_gpx(run_plan))
    space = {"g": "http://www.topografix.com/GPX/1/1"}
    assert document.findall("g:trk", space) == []
    assert document.findtext("g:rte/g:desc", namespaces=space) == NOT_FOR_NAVIGATION
    assert NOT_FOR_NAVIGATION in (document.findtext("g:metadata/g:desc", namespaces=space) or "")


def test_one_known_place_is_no_route(run_plan: RacePlan) -> None:
    first, *others = run_plan.waypoints
    lonely = replace(run_plan, waypoints=(first, *(replace(w, latitude_deg=None, longitude_deg=None) for w in others)))
    gpx = gpxpy.parse(render_gpx(lonely))
    assert (len(gpx.waypoints), len(gpx.routes)) == (1, 0)


def test_a_course_without_any_position_says_what_to_do(run_plan: RacePlan) -> None:
    nowhere = replace(
        run_plan, waypoints=tuple(replace(w, latitude_deg=None, longitude_deg=None) for w in run_plan.waypoints)
    )
    with pytest.raises(CourseError, match="no place of this course has a position; plan on your own track"):
        render_gpx(nowhere)


def test_places_behind_are_told_as_passed_and_ask_for_nothing(run_plan: RacePlan) -> None:
    here = run_plan.waypoints[6]
    again = replan_race(run_plan, [Split(name=here.name, arrive_s=here.arrive_s + 900.0)])
    points = gpxpy.parse(render_gpx(again)).waypoints
    for point, w in zip(points[:6], again.waypoints[:6], strict=True):
        assert f"passed at {say_elapsed(w.arrive_s)}" in point.description
        assert " take " not in point.description
        assert "until" not in point.description
    assert "passed" not in points[6].description
    assert "until" in points[6].description
    assert all("passed at" not in point.description for point in points[6:])


def test_hostile_names_are_text(hostile_plan: RacePlan) -> None:
    gpx = gpxpy.parse(render_gpx(hostile_plan))
    assert gpx.name == clean_text(hostile_plan.course.name)
    for point, w in zip(gpx.waypoints, hostile_plan.waypoints, strict=True):
        assert clean_text(point.name).startswith(clean_text(w.name))


def test_places_take_their_position_from_the_track_across_the_date_line(tracked_plan: RacePlan) -> None:
    line = tracked_plan.track
    assert line is not None
    along = line.distance_m / line.distance_m[-1]
    fiji = replace(
        tracked_plan,
        track=replace(
            line,
            latitude_deg=np.full(len(along), -17.0),
            longitude_deg=(179.0 + 2.0 * along + 180.0) % 360.0 - 180.0,
        ),
        waypoints=tuple(replace(w, latitude_deg=None, longitude_deg=None) for w in tracked_plan.waypoints),
    )
    check_gpx(render_gpx(fiji))
    for w in fiji.waypoints:
        place = position_of(fiji, w)
        assert place is not None
        expected = 179.0 + 2.0 * w.distance_m / fiji.course.distance_m
        assert (place[1] % 360.0) == pytest.approx(expected, abs=0.01)
    track = track_with_times(fiji)
    assert track is not None
    assert np.all((track.longitude_deg >= -180.0) & (track.longitude_deg < 180.0))
