"""A TCX course is valid, and importers keep every course point."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from pacecalc.errors import CourseError
from pacecalc.planning.records import RacePlan
from pacecalc.render.tcx import NAMESPACE, render_tcx
from pacecalc.tracks.tcx import read_tcx

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "tcx_course.xsd"))
SPACE = {"t": NAMESPACE}


def check_tcx(text: str) -> etree._Element:
    document = etree.fromstring(text.encode())
    SCHEMA.assertValid(document)
    return document


def times(document: etree._Element, element: str) -> list[datetime]:
    return [datetime.fromisoformat(e.text or "") for e in document.iterfind(f".//t:{element}/t:Time", SPACE)]


@pytest.mark.parametrize("name", ["tracked_plan", "hostile_plan"])
def test_it_is_a_valid_course(name: str, request: pytest.FixtureRequest) -> None:
    for units in ("metric", "imperial"):
        check_tcx(render_tcx(request.getfixturevalue(name), units=units))  # type: ignore[arg-type]


def test_every_course_point_stands_on_a_track_point_of_the_same_time(tracked_plan: RacePlan) -> None:
    # Garmin Connect drops course points whose time is not exactly one of the track's.
    document = check_tcx(render_tcx(tracked_plan))
    points = times(document, "CoursePoint")
    assert set(points) <= set(times(document, "Trackpoint"))
    assert len(set(points)) == len(points) == len(tracked_plan.waypoints)
    start = tracked_plan.day.start_clock.astimezone(UTC)
    for moment, w in zip(points, tracked_plan.waypoints, strict=True):
        assert (moment - start).total_seconds() == pytest.approx(w.arrive_s, abs=1.0)


def test_course_point_names_are_short_ascii_and_unique(hostile_plan: RacePlan) -> None:
    document = check_tcx(render_tcx(hostile_plan))
    names = [e.text or "" for e in document.iterfind(".//t:CoursePoint/t:Name", SPACE)]
    assert all(1 <= len(name) <= 10 and name.isascii() and name == name.strip() for name in names)
    assert len(set(names)) == len(names)


def test_totals_are_those_of_the_plan(tracked_plan: RacePlan) -> None:
    document = check_tcx(render_tcx(tracked_plan))
    assert float(document.findtext(".//t:TotalTimeSeconds", "", SPACE)) == pytest.approx(tracked_plan.finish_s, abs=1.0)
    distance = float(document.findtext(".//t:Lap/t:DistanceMeters", "", SPACE))
    assert distance == pytest.approx(tracked_plan.course.distance_m, abs=1.0)


def test_notes_tell_cutoff_and_food(tracked_plan: RacePlan) -> None:
    document = check_tcx(render_tcx(tracked_plan))
    notes = [e.text or "" for e in document.iterfind(".//t:CoursePoint/t:Notes", SPACE)]
    for text, w in zip(notes, tracked_plan.waypoints, strict=True):
        assert text.startswith(w.name)
        assert ("cutoff" in text) == (w.cutoff_s is not None)


def test_our_own_reader_takes_it_back(tracked_plan: RacePlan, tmp_path: Path) -> None:
    path = tmp_path / "plan.tcx"
    path.write_text(render_tcx(tracked_plan), encoding="utf-8")
    assert len(read_tcx(path).places) == len(tracked_plan.waypoints)


def test_a_course_without_a_track_says_what_to_do(run_plan: RacePlan) -> None:
    with pytest.raises(CourseError, match=r"a TCX course needs a track.*pacecalc plan TRACK\.gpx"):
        render_tcx(run_plan)
