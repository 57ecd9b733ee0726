"""What `course check` wonders about although nothing contradicts itself."""

from __future__ import annotations

import pytest

from documents.profile_text import PROFILE, spoiled
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import parse_document
from pacecalc.planning.doubts import find_doubts

SOUND = PROFILE.replace("ascent: 400 m", "ascent: 206 m")


def doubts_of(text: str) -> list[str]:
    return [str(doubt) for doubt in find_doubts(parse_document(CourseProfile, text))]


def test_a_sound_profile_raises_no_doubt() -> None:
    assert doubts_of(SOUND) == []


def test_an_ascent_far_off_the_published_figure() -> None:
    (doubt,) = doubts_of(PROFILE)
    assert doubt == "ascent: the profile climbs 206 m, 49% less than the published 400 m; pacing uses the profile"


def test_a_flat_course_may_differ_by_60_m() -> None:
    assert doubts_of(PROFILE.replace("ascent: 400 m", "ascent: 150 m")) == []
    assert "more than the published 0 m" in doubts_of(PROFILE.replace("ascent: 400 m", "ascent: 0 m"))[0]


def test_a_waypoint_61_m_above_the_profile() -> None:
    (doubt,) = doubts_of(SOUND.replace("kind: start, elevation: 3094 m", "kind: start, elevation: 3156 m"))
    assert doubt.startswith("waypoints[0].elevation: 'Start' is given at 3156 m, the profile has 3094 m")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('cutoff: {elapsed: "1:30"}', 'cutoff: {elapsed: "0:10"}', "waypoints[1].cutoff"),
        ('cutoff: {elapsed: "5:00", measured: gun}', 'cutoff: {clock: "2026-08-15 10:45", measured: gun}', None),
        ('clock: "2026-08-15 10:30"', 'clock: "2026-08-15 07:12"', "waypoints[2].cutoff"),
    ],
)
def test_a_cutoff_no_one_can_make(old: str, new: str, place: str | None) -> None:
    doubts = doubts_of(
        spoiled(old, new).replace("ascent: 400 m", "ascent: 206 m").replace('elapsed: "1:30"', 'elapsed: "0:40"')
    )
    if place is None:
        assert doubts == []
    else:
        assert [doubt.partition(":")[0] for doubt in doubts] == [place]
        assert "no one can make the cutoff" in doubts[0]


def test_a_finish_cutoff_no_one_can_make_stands_under_the_course_cutoff() -> None:
    text = SOUND.replace('cutoff: {elapsed: "1:30"}, ', "").replace(
        'cutoff: {clock: "2026-08-15 10:30", applies: leaving}', "crew: no"
    )
    (doubt,) = doubts_of(text.replace('cutoff: {elapsed: "5:00"', 'cutoff: {elapsed: "0:40"'))
    assert doubt.startswith("cutoff: no one can make the cutoff of 'Finish': 0:40 after the start")


def test_a_start_in_the_wrong_zone_or_with_the_sign_of_the_longitude_lost() -> None:
    (east,) = doubts_of(SOUND.replace("longitude: -106.29293", "longitude: 106.29293"))
    assert "check the zone and the sign of the longitude" in east
    (zone,) = doubts_of(SOUND.replace("America/Denver", "Europe/Paris"))
    assert zone.startswith("start.timezone: Europe/Paris is")


def test_the_sun_of_western_china_and_of_galicia_is_no_doubt() -> None:
    paris = SOUND.replace("America/Denver", "Europe/Madrid").replace("longitude: -106.29293", "longitude: -9.2")
    assert doubts_of(paris) == []


def test_elevation_points_that_end_well_before_the_finish() -> None:
    (doubt,) = doubts_of(SOUND.replace("    20.0 3094", "    19.3 3094"))
    assert doubt.startswith("elevation.points: the elevation points end at 19.30 km")
