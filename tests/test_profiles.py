"""Every bundled race: it loads, it builds, and it says what was researched about it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import load_document
from pacecalc.documents.schema import course_schema
from pacecalc.documents.series import SeriesDocument
from pacecalc.planning.build import build_course
from pacecalc.planning.course import Course
from pacecalc.planning.doubts import find_doubts
from shared_data import shared_path

PROFILES = Path(__file__).parents[1] / "profiles"
MILE_M = 1609.344

PUBLISHED_M = {
    "bighorn-100": 100 * MILE_M,
    "iau-100k-2018": 100_000.0,
    "lake-saroma-100k": 100_000.0,
    "leadville-10k": 10_000.0,
    "leadville-heavy-half": 15.5 * MILE_M,
    "leadville-trail-100-mtb": 104.0 * MILE_M,
    "leadville-trail-100-run": 100 * MILE_M,
    "leadville-trail-100-run-2026": 100 * MILE_M,
    "leadville-trail-marathon": 26.2 * MILE_M,
    "mt-fuji-100": 166_600.0,
    "new-york-city-marathon": 42_195.0,
    "silver-rush-50-mtb": 49.8 * MILE_M,
    "silver-rush-50-run": 49.8 * MILE_M,
    "ultra-fiord-100k": 100_000.0,
    "utmb": 174_000.0,
    "utmb-classic": 171_500.0,
    "vermont-100": 100 * MILE_M,
    "wasatch-front-100": 100 * MILE_M,
    "western-states-100": 100.2 * MILE_M,
}
DRAFTS = {
    "leadville-trail-100-mtb": "leadville-100-mtb",
    "leadville-trail-100-run": "leadville-100-run",
    "leadville-trail-100-run-2026": "leadville-100-run-2026",
    "new-york-city-marathon": "nyc-marathon",
    "utmb-classic": "utmb-classic-171",
}
LEAVING = {"western-states-100", "utmb", "utmb-classic"}


@cache
def profile(name: str) -> CourseProfile:
    return load_document(CourseProfile, PROFILES / f"{name}.yaml")


@cache
def course(name: str) -> Course:
    return build_course(profile(name))


@cache
def draft(name: str) -> dict[str, Any]:
    text = shared_path("courses", f"{DRAFTS.get(name, name)}.yaml").read_text()
    facts: dict[str, Any] = yaml.safe_load(text)
    return facts


every_profile = pytest.mark.parametrize("name", sorted(PUBLISHED_M))


def test_the_races_people_asked_for_are_all_here() -> None:
    assert {path.stem for path in PROFILES.glob("*.yaml")} == set(PUBLISHED_M)


@every_profile
def test_it_has_the_published_length_on_a_grid_that_divides_it(name: str) -> None:
    built = course(name)
    assert profile(name).id == name
    assert built.distance_m == pytest.approx(PUBLISHED_M[name], abs=1e-6)
    assert built.cell_m == pytest.approx(10.0, rel=0.001)
    assert len(built.elevation_m) == len(built.grade) + 1 == len(built.surface) + 1


@every_profile
def test_waypoints_go_from_start_to_finish(name: str) -> None:
    waypoints = course(name).waypoints
    at = [waypoint.distance_m for waypoint in waypoints]
    assert at[0] == 0.0
    assert at[-1] == pytest.approx(PUBLISHED_M[name], abs=1e-6)
    assert (np.diff(at) > 0.0).all()
    assert (waypoints[0].kind, waypoints[-1].kind) == ("start", "finish")


@every_profile
def test_grade_and_elevation_are_of_this_earth(name: str) -> None:
    built = course(name)
    assert np.abs(built.grade).max() < 0.5
    assert np.isfinite(built.elevation_m).all()
    rise = float(built.grade.sum()) * built.cell_m
    assert rise == pytest.approx(built.elevation_m[-1] - built.elevation_m[0], abs=0.01)


@every_profile
def test_it_says_edition_sources_and_what_is_an_estimate(name: str) -> None:
    facts = profile(name)
    assert facts.edition
    assert facts.sources
    assert facts.estimates
    assert facts.elevation.source


@every_profile
def test_its_doubts_are_about_figures_the_file_itself_calls_uncertain(name: str) -> None:
    doubts = find_doubts(profile(name), course(name))
    assert all(doubt.doubt for doubt in doubts)
    assert {doubt.path.rpartition(".")[2] for doubt in doubts} <= {"ascent", "elevation"}
    for doubt in doubts:
        if doubt.path == "ascent":
            text = " ".join(facts for facts in (*profile(name).estimates, profile(name).notes or ""))
            known = (profile(name).ascent_estimates, "ascent" in text or "climbing" in text)
            assert any(known)


@every_profile
def test_editors_find_the_schema(name: str) -> None:
    head = (PROFILES / f"{name}.yaml").read_text().splitlines()[:3]
    reference = next(line for line in head if "yaml-language-server" in line).partition("$schema=")[2]
    assert (PROFILES / reference).is_file()


def test_the_schema_beside_the_profiles_is_that_of_the_format() -> None:
    """To write it anew: pacecalc course schema > profiles/course-profile.schema.json"""
    assert json.loads((PROFILES / "course-profile.schema.json").read_text()) == course_schema()


@every_profile
def test_waypoints_are_the_researched_ones(name: str) -> None:
    researched = draft(name)["waypoints"]
    ours = profile(name).waypoints
    assert [waypoint.name for waypoint in ours] == [place["name"] for place in researched]
    for waypoint, place in zip(ours, researched, strict=True):
        metric = name in ("leadville-10k",) or name not in PUBLISHED_M
        expected_m = place["km"] * 1000.0 if metric else place["mi"] * MILE_M
        assert waypoint.at == pytest.approx(expected_m, abs=12.0)
        if place.get("ele_m") is not None:
            assert waypoint.elevation == pytest.approx(place["ele_m"], abs=0.6)
        else:
            assert waypoint.elevation is None


@every_profile
def test_crew_and_drop_bags_are_the_researched_ones_and_unknown_stays_unknown(name: str) -> None:
    for waypoint, place in zip(profile(name).waypoints, draft(name)["waypoints"], strict=True):
        assert waypoint.crew == place.get("crew"), waypoint.name
        assert waypoint.drop_bag == place.get("dropbag"), waypoint.name
        assert (waypoint.pacer or None) == place.get("pacer"), waypoint.name


def seconds(text: str) -> float:
    hours, minutes = text.split(":")
    return int(hours) * 3600.0 + int(minutes) * 60.0


@every_profile
def test_cutoffs_are_the_researched_ones(name: str) -> None:
    researched = draft(name)["waypoints"]
    for waypoint, place in zip(course(name).waypoints[:-1], researched[:-1], strict=True):
        if place.get("cutoff_elapsed"):
            assert waypoint.cutoff is not None
            assert waypoint.cutoff.elapsed_s == seconds(place["cutoff_elapsed"]), waypoint.name
            assert waypoint.cutoff.measured == "gun"
            expected = "leaving" if name in LEAVING or name == "mt-fuji-100" else "arrival"
            assert waypoint.cutoff.applies == expected
        else:
            assert waypoint.cutoff is None
    limit = draft(name)["cutoff_finish"].get("elapsed")
    finish = course(name).waypoints[-1].cutoff
    assert (None if finish is None else finish.elapsed_s) == (seconds(limit) if limit else None)
    if finish is not None:
        assert finish.applies == "arrival"


@every_profile
def test_start_official_figures_and_sources_are_the_researched_ones(name: str) -> None:
    facts, researched = profile(name), draft(name)
    start, official = researched["start"], researched["official"]
    assert f"{facts.start.time:%Y-%m-%d %H:%M}" == f"{start['date']} {start['time']}"
    assert facts.start.timezone == start["timezone"]
    assert (facts.start.latitude, facts.start.longitude) == (start["lat"], start["lon"])
    assert facts.distance == pytest.approx(official["distance_km"] * 1000.0, abs=30.0)
    if official.get("ascent_m") is not None:
        assert facts.ascent == pytest.approx(official["ascent_m"], abs=3.0)
    else:
        assert facts.ascent is None
    # a profile may name more than the research did
    stated = [" ".join(source.split()) for source in researched["sources"]]
    assert [source for source in facts.sources if source in stated] == stated


@every_profile
def test_the_elevation_points_are_the_researched_ones(name: str) -> None:
    points = np.array(draft(name)["elevation_points"], dtype=float)
    ours = np.column_stack([profile(name).elevation.distance_m, profile(name).elevation.elevation_m])
    if name == "leadville-trail-100-mtb":
        points, ours = points[~on_columbine(1000.0 * points[:, 0])], ours[~on_columbine(ours[:, 0])]
    np.testing.assert_allclose(ours[:, 0], points[:, 0] * 1000.0, atol=0.51)
    np.testing.assert_allclose(ours[:, 1], points[:, 1], atol=0.051)


def on_columbine(distance_m: np.ndarray) -> np.ndarray:
    """The hand-drawn way from Lost Canyon to the mine and back, which is drawn anew to the published figures."""
    return (distance_m > 68_150.0) & (distance_m < 99_250.0)


COLUMBINE_M = 52.0 * MILE_M


def test_columbine_has_its_published_length_height_mean_and_maximum() -> None:
    """7.4 to 7.8 mi, 950 m, mean 8.0 to 8.2 %, at most 16 %; the mine at 12,424 ft."""
    built = course("leadville-trail-100-mtb")
    foot_m = COLUMBINE_M - 7.4 * MILE_M
    rise = float(built.elevation_at(COLUMBINE_M) - built.elevation_at(foot_m))
    assert rise == pytest.approx(950.0, abs=3.0)
    assert rise / (7.4 * MILE_M) == pytest.approx(0.0805, abs=0.0010)
    assert float(built.elevation_at(COLUMBINE_M)) == pytest.approx(12_424 * 0.3048, abs=1.0)
    climb = built.grade[built.cell_at(foot_m) : built.cell_at(COLUMBINE_M)]
    assert climb.max() == pytest.approx(0.16, abs=0.002)
    assert built.grade[built.cell_at(40.8 * MILE_M) : built.cell_at(foot_m - 100.0)].max() < 0.02


def test_columbines_steep_pitches_lie_on_the_rocky_part_and_come_back_as_steep() -> None:
    built = course("leadville-trail-100-mtb")
    steep_m = built.edge_m[:-1][(np.abs(built.grade) > 0.12) & on_columbine(built.edge_m[:-1])]
    rocky_m = 2.7 * MILE_M
    assert np.abs(steep_m - COLUMBINE_M).max() < rocky_m
    away_m = np.linspace(0.0, 9.5 * MILE_M, 500)
    there, back = (built.elevation_at(COLUMBINE_M + sign * away_m) for sign in (-1.0, 1.0))
    np.testing.assert_allclose(there, back, atol=2.0)


@every_profile
def test_ascent_of_the_grid_is_that_of_the_points(name: str) -> None:
    """Smoothing takes the wiggles below 5 m away and nothing else: on a hundred miles 2 to 5 %."""
    rises = np.diff(profile(name).elevation.elevation_m)
    assert course(name).ascent_m == pytest.approx(rises[rises > 0.0].sum(), rel=0.06, abs=17.0)


def test_only_the_leadville_mtb_finish_is_by_the_chip() -> None:
    chip = {name for name in PUBLISHED_M if (rule := profile(name).cutoff) is not None and rule.measured == "chip"}
    assert chip == {"leadville-trail-100-mtb"}


def test_new_york_and_mt_fuji_start_in_waves() -> None:
    assert [wave.name for wave in profile("new-york-city-marathon").start.waves] == [f"Wave {i}" for i in range(1, 6)]
    assert len(profile("mt-fuji-100").start.waves) == 4


def test_the_series_name_courses_that_exist() -> None:
    for name in ("leadwoman", "grand-slam"):
        series = load_document(SeriesDocument, PROFILES / "series" / f"{name}.yaml")
        assert {each for event in series.events for each in event.courses} <= set(PUBLISHED_M)


def test_the_leadwoman_has_five_events_of_282_miles() -> None:
    series = load_document(SeriesDocument, PROFILES / "series" / "leadwoman.yaml")
    assert len(series.events) == 5
    total_m = sum(PUBLISHED_M[event.courses[0]] for event in series.events)
    # the challenge counts Silver Rush as 50 and the MTB race as 100 miles
    assert total_m / MILE_M == pytest.approx(282.4, abs=4.1)
