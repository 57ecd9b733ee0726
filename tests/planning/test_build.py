"""From profile to grid: what the planner will run and ride on."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from documents.profile_text import PROFILE, spoiled
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import parse_document
from pacecalc.errors import CourseError, UnitError
from pacecalc.planning.build import Line, build_course, load_course
from pacecalc.planning.course import Course
from pacecalc.science.surfaces import CODE, SURFACES


def built(text: str = PROFILE) -> Course:
    return build_course(parse_document(CourseProfile, text))


def test_a_course_of_20_km_has_2000_cells_and_keeps_its_facts() -> None:
    course = built()
    assert (len(course.grade), course.cell_m, course.distance_m) == (2000, 10.0, 20000.0)
    assert course.name == "Short Ridge"
    assert course.published_ascent_m == 400.0
    assert course.start_clock.utcoffset() == timedelta(hours=-6)
    assert course.awards[0].under_s == 4 * 3600.0


def test_sparse_points_are_joined_without_overshoot() -> None:
    course = built()
    assert course.elevation_m.max() <= 3300.0 + 1e-6
    assert course.elevation_m.min() >= 3094.0 - 1e-6
    assert course.ascent_m == pytest.approx(206.0, abs=0.5)
    assert course.descent_m == pytest.approx(206.0, abs=0.5)


def test_arrays_cannot_be_changed() -> None:
    course = built()
    for values in (course.elevation_m, course.grade, course.surface, course.latitude_deg, course.longitude_deg):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1


def test_surfaces_change_where_the_profile_says() -> None:
    course = built()
    assert SURFACES[course.surface[499]].name == "asphalt"
    assert SURFACES[course.surface[500]].name == "singletrack"
    assert not any("surface" in line for line in course.estimates)


def test_ground_nobody_described_is_said_to_be_assumed() -> None:
    course = built(spoiled("  - {from: 5 km, to: 20 km, surface: singletrack}\n", ""))
    assert (course.surface[500:] == CODE["gravel"]).all()
    assert course.estimates == ("the surface of 15.0 km is not known and taken as gravel",)


def test_cutoffs_keep_how_they_are_measured_and_the_finish_takes_that_of_the_course() -> None:
    start, out, back, finish = built().waypoints
    assert start.cutoff is None
    assert out.cutoff is not None
    assert back.cutoff is not None
    assert finish.cutoff is not None
    assert (out.cutoff.elapsed_s, out.cutoff.applies, out.cutoff.measured) == (5400.0, "arrival", "gun")
    assert back.cutoff.clock == datetime.fromisoformat("2026-08-15T10:30-06:00")
    assert back.cutoff.applies == "leaving"
    assert finish.cutoff.elapsed_s == 5 * 3600.0
    assert finish.distance_m == 20000.0
    assert (out.crew, out.drop_bag, back.crew) == (True, False, None)
    assert (out.stop_s, out.offers, back.offers) == (300.0, ("water", "cola"), None)


def test_positions_without_a_track_are_the_start_and_places_known() -> None:
    course = built()
    assert course.latitude_deg[0] == course.latitude_deg[-1] == 39.24849
    assert course.bearing_deg is None
    assert course.radius_m is None


def test_a_course_across_the_antimeridian_does_not_run_round_the_earth() -> None:
    profile = parse_document(
        CourseProfile,
        spoiled("kind: finish}", "kind: finish, latitude: 39.3, longitude: 179.9}").replace("-106.29293", "-179.9"),
    )
    longitude = build_course(profile).longitude_deg
    assert (np.abs(longitude) >= 179.9 - 1e-9).all()


def test_a_track_gives_bearings_and_bends() -> None:
    along = np.linspace(0.0, 20000.0, 1001)
    line = Line(along, np.full(1001, 10.0), 20.0 + along / 109_640.0)
    course = build_course(parse_document(CourseProfile, PROFILE), line=line)
    assert course.bearing_deg is not None
    assert course.radius_m is not None
    np.testing.assert_allclose(course.bearing_deg, 90.0, atol=0.1)
    assert course.radius_m.min() > 10_000.0


def test_a_course_of_50_m_is_refused() -> None:
    profile = CourseProfile.model_construct(id="tiny", distance=50.0)
    with pytest.raises(CourseError, match="50 m long"):
        build_course(profile)


def test_segments_add_up_to_the_course_wherever_it_is_cut() -> None:
    course = load_course("leadville-trail-100-run")
    segments = course.segments()
    assert len(segments) == len(course.waypoints) - 1
    assert sum(segment.length_m for segment in segments) == pytest.approx(course.distance_m)
    assert sum(segment.ascent_m for segment in segments) == pytest.approx(course.ascent_m)
    assert sum(segment.descent_m for segment in segments) == pytest.approx(course.descent_m)
    assert segments[0].length.to("km").magnitude == pytest.approx(20.28, abs=0.01)
    assert segments[0].ascent.magnitude == pytest.approx(segments[0].ascent_m)
    assert segments[0].descent.magnitude == pytest.approx(segments[0].descent_m)


def test_hope_pass_is_as_high_as_the_track_says() -> None:
    course = load_course("leadville-trail-100-run")
    assert float(course.elevation_at(44.17 * 1609.344)) == pytest.approx(3823.0, abs=6.0)
    assert course.highest.to("ft").magnitude == pytest.approx(12_540, abs=20)
    assert course.lowest.magnitude == pytest.approx(2802, abs=3)
    assert float(course.grade_at(88_500.0)) > 0.1


def test_quantities_are_in_units_people_read() -> None:
    course = load_course("leadville-trail-100-mtb")
    assert course.distance.to("mi").magnitude == pytest.approx(104.0)
    assert course.ascent.magnitude == course.ascent_m
    assert course.descent.magnitude == course.descent_m
    assert course.published_ascent is not None
    assert course.published_ascent.to("ft").magnitude == pytest.approx(12_000.0)
    assert load_course("new-york-city-marathon").published_ascent is None


def test_cells_beyond_the_ends_are_the_first_and_the_last() -> None:
    course = built()
    assert course.cell_at([-5.0, 0.0, 9.99, 10.0, 19999.0, 20000.0, 1e9]).tolist() == [0, 0, 0, 1, 1999, 1999, 1999]


def test_an_unknown_course_suggests_the_nearest() -> None:
    with pytest.raises(CourseError, match="leadville-trail-100-mtb"):
        load_course("leadville-100-mtb")


def test_elevation_and_slope_are_asked_for_in_any_unit_of_length() -> None:
    course = load_course("leadville-trail-100-mtb")
    top = course.elevation("52 mi")
    assert str(top.units) == "meter"
    # the official high point of the course is 3,787 m
    assert top.magnitude == pytest.approx(3787.0, abs=5.0)
    assert course.elevation("0 m").magnitude == course.elevation_m[0]
    assert course.slope("50 mi").to("dimensionless").magnitude == pytest.approx(float(course.grade_at(80_467.2)))
    with pytest.raises(UnitError, match="no unit"):
        course.elevation(12.0)  # type: ignore[arg-type]
    with pytest.raises(UnitError, match="too large"):
        course.elevation("200 mi")
