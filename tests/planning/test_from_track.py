"""From the tracks people bring to a course one can plan on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import load_document, parse_document
from pacecalc.errors import DocumentError, TrackError
from pacecalc.planning.build import build_course, load_course
from pacecalc.planning.course_export import course_to_csv, course_to_gpx
from pacecalc.planning.from_track import course_from_track, import_track, slug
from pacecalc.planning.profile_text import profile_fields, profile_to_yaml
from pacecalc.tracks.reading import read_track
from pacecalc.tracks.track import Place, Track, make_track
from shared_data import shared_path
from tracks.gpx_text import METRES_PER_DEGREE, gpx_text, northward

ALONG = np.arange(0.0, 10_001.0, 10.0)
HILLS = 800.0 + 150.0 * np.sin(ALONG / 900.0) + 40.0 * np.sin(ALONG / 210.0)
PROFILES = Path(__file__).parents[2] / "profiles"


def track_of(along: np.ndarray, elevation: np.ndarray, **more: object) -> Track:
    lat, lon, ele = np.array(northward(along, elevation)).T
    facts: dict[str, object] = {"name": "Hills", "places": [], **more}
    return make_track(latitude_deg=lat, longitude_deg=lon, elevation_m=ele, **facts)  # type: ignore[arg-type]


def ascent_of(track: Track) -> float:
    return build_course(course_from_track(track)).ascent_m


@pytest.mark.parametrize(
    ("name", "sources_m", "tolerance_m"),
    [
        # ascent of the cleaned track as the SOURCES pages give it; flat courses are good to 40 m
        ("bighorn-100", 5193.0, 0.0),
        ("leadville-100-run", 4545.0, 0.0),
        ("leadville-100-run-plotaroute", 4695.0, 0.0),
        ("leadville-100-run-2026", 4332.0, 0.0),
        ("leadville-10k", 151.0, 0.0),
        ("nyc-marathon", 169.0, 40.0),
        ("utmb", 10_000.0, 0.0),
        ("utmb-classic-171", 10_300.0, 0.0),
        ("vermont-100", 4513.0, 0.0),
        ("western-states-100", 5364.0, 0.0),
    ],
)
def test_every_shared_track_imports_with_its_ascent_within_6_percent(
    name: str, sources_m: float, tolerance_m: float
) -> None:
    course = load_course(shared_path("data", "gpx", f"{name}.gpx"))
    assert course.ascent_m == pytest.approx(sources_m, rel=0.06, abs=tolerance_m)
    assert course.bearing_deg is not None
    assert course.radius_m is not None


def test_the_track_agrees_with_the_bundled_profile_made_from_it() -> None:
    track = load_course(shared_path("data", "gpx", "western-states-100.gpx"))
    bundled = load_course("western-states-100")
    assert track.elevation_m.max() == pytest.approx(bundled.elevation_m.max(), abs=5.0)
    assert track.distance_m == pytest.approx(159_980.0, rel=0.001)


@pytest.mark.parametrize("name", ["leadville-100-run", "utmb"])
def test_reversing_a_track_swaps_ascent_and_descent(name: str) -> None:
    track = read_track(shared_path("data", "gpx", f"{name}.gpx"))
    back = make_track(
        name="back",
        latitude_deg=track.latitude_deg[::-1],
        longitude_deg=track.longitude_deg[::-1],
        elevation_m=track.elevation_m[::-1],
        places=[],
    )
    there, again = build_course(course_from_track(track)), build_course(course_from_track(back))
    assert there.ascent_m == pytest.approx(again.descent_m, rel=1e-3)
    assert there.descent_m == pytest.approx(again.ascent_m, rel=1e-3)


@pytest.mark.parametrize("noise_m", [0.0, 0.5])
def test_one_point_a_second_and_one_every_50_m_climb_the_same_within_3_percent(noise_m: float) -> None:
    rng = np.random.default_rng(4)
    fine = np.arange(0.0, 10_000.5, 2.8)
    coarse = np.arange(0.0, 10_001.0, 50.0)

    def terrain(along: np.ndarray) -> np.ndarray:
        heights = 800.0 + 150.0 * np.sin(along / 900.0) + 40.0 * np.sin(along / 210.0)
        return heights + rng.normal(0.0, noise_m, len(along))

    assert ascent_of(track_of(fine, terrain(fine))) == pytest.approx(
        ascent_of(track_of(coarse, terrain(coarse))), rel=0.03
    )


def test_a_real_track_thinned_to_50_m_climbs_the_same_within_3_percent() -> None:
    track = read_track(shared_path("data", "gpx", "western-states-100.gpx"))
    from pacecalc.tracks.cleaning import clean_track

    line = clean_track(track)
    at = np.arange(0.0, line.distance_m[-1], 50.0)
    thin = make_track(
        name="thin",
        latitude_deg=np.interp(at, line.distance_m, line.latitude_deg),
        longitude_deg=np.interp(at, line.distance_m, line.longitude_deg),
        elevation_m=np.interp(at, line.distance_m, line.elevation_m),
        places=[],
    )
    assert ascent_of(thin) == pytest.approx(ascent_of(track), rel=0.03)


def test_white_noise_of_3_m_at_one_point_a_second_does_not_become_climbing() -> None:
    fine = np.arange(0.0, 10_000.5, 2.8)
    clean = np.interp(fine, ALONG, HILLS)
    noisy = clean + np.random.default_rng(8).normal(0.0, 3.0, len(fine))
    assert ascent_of(track_of(fine, noisy)) == pytest.approx(ascent_of(track_of(fine, clean)), rel=0.04)


def test_the_official_distance_stretches_the_line_and_says_so_over_3_percent() -> None:
    quiet = import_track(track_of(ALONG, HILLS), distance_m=10_200.0)
    loud = import_track(track_of(ALONG, HILLS), distance_m=10_500.0)
    assert quiet.profile.distance == pytest.approx(10_200.0)
    assert not any("scaled" in line for line in quiet.remarks)
    assert any("official distance 10.50 km: scaled by 1.05" in line for line in loud.remarks)
    assert build_course(loud.profile, line=loud.line).distance_m == pytest.approx(10_500.0)


def test_half_a_course_is_not_stretched_to_a_whole_one() -> None:
    with pytest.raises(TrackError, match="or half of it"):
        course_from_track(track_of(ALONG, HILLS), distance_m=20_000.0)


def test_what_the_track_does_not_say_is_assumed_aloud() -> None:
    imported = import_track(track_of(ALONG, HILLS))
    assert imported.profile.sport == "run"
    assert imported.profile.start.timezone == "UTC"
    assert [line.partition(";")[0] for line in imported.remarks] == [
        "the time zone is not known",
        "the start is not in the track",
        "the sport is not in the track",
    ]
    assert imported.profile.estimates == list(imported.remarks)


def test_what_the_track_or_the_user_says_is_taken() -> None:
    told = import_track(
        track_of(ALONG, HILLS, sport_text="cycling", first_time="2025-08-09T12:30:00Z"),
        name="Höhenweg №1",
        ascent_m=700.0,
        timezone="Europe/Rome",
    )
    assert told.remarks == ()
    assert (told.profile.name, told.profile.id, told.profile.sport) == ("Höhenweg №1", "h-henweg-1", "ride")
    assert told.profile.start.time == datetime(2025, 8, 9, 14, 30)
    assert told.profile.ascent == 700.0
    mine = import_track(track_of(ALONG, HILLS), sport="mtb", start=datetime(2026, 5, 1, 7, 0), timezone="Europe/Rome")
    assert (mine.profile.sport, mine.profile.start.time.hour, mine.remarks) == ("mtb", 7, ())


@pytest.mark.parametrize("stamp", ["yesterday", "2025-08-09T12:30:00", "0001-01-01T00:00:00Z"])
def test_a_time_stamp_that_says_nothing_is_not_used(stamp: str) -> None:
    track = track_of(ALONG, HILLS, first_time=stamp)
    assert import_track(track, timezone="America/Denver").profile.start.time == datetime(2027, 6, 19, 6, 0)


def test_zones_far_from_greenwich_come_from_the_longitude() -> None:
    track = track_of(ALONG, HILLS)
    for longitude, zone, hours in ((-106.3, "Etc/GMT+7", -7), (172.6, "Etc/GMT-12", 12), (143.6, "Etc/GMT-10", 10)):
        moved = make_track(
            name="x",
            latitude_deg=track.latitude_deg,
            longitude_deg=track.longitude_deg - 7.0 + longitude,
            elevation_m=HILLS,
            places=[],
        )
        start = import_track(moved).profile.start
        assert start.timezone == zone
        assert start.clock.utcoffset().total_seconds() == hours * 3600.0  # type: ignore[union-attr]


PLACES = [
    Place("Start arch", 45.0, 7.0),
    Place("Aid 1", 45.0 + 3000.0 / METRES_PER_DEGREE, 7.0, "Food", "soup: hot"),
    Place("Spring", 45.0 + 5000.0 / METRES_PER_DEGREE, 7.0, "Drinking Water"),
    Place("Bald Peak", 45.0 + 6000.0 / METRES_PER_DEGREE, 7.0),
    Place("Gate", 45.0 + 6000.0 / METRES_PER_DEGREE, 7.0),
    Place("Village", 45.0 + 10_000.0 / METRES_PER_DEGREE, 7.0),
]


def test_places_of_the_track_become_waypoints() -> None:
    waypoints = course_from_track(track_of(ALONG, HILLS, places=PLACES)).waypoints
    assert [(each.name, each.kind) for each in waypoints] == [
        ("Start arch", "start"),
        ("Aid 1", "aid"),
        ("Spring", "water"),
        ("Bald Peak", "summit"),
        ("Gate", "junction"),
        ("Finish - Village", "finish"),
    ]
    assert waypoints[1].note == "soup: hot"
    assert waypoints[1].water
    assert waypoints[4].at - waypoints[3].at == pytest.approx(1.0, abs=0.02)
    assert waypoints[1].elevation == pytest.approx(np.interp(3000.0, ALONG, HILLS), abs=1.0)


def test_without_waypoints_there_are_start_and_finish() -> None:
    waypoints = course_from_track(track_of(ALONG, HILLS, places=PLACES), waypoints=None).waypoints
    assert [each.name for each in waypoints] == ["Start", "Finish"]


def test_waypoints_of_a_table_stand_where_it_says(tmp_path: Path) -> None:
    table = tmp_path / "stations.csv"
    table.write_text(
        "name,at,latitude,longitude,kind,cutoff,crew,drop_bag,stop,note\n"
        'Dam,1.5 mi,,,aid,0:45,yes,no,5 min,"wet, feet"\n'
        f"Col,,{45.0 + 6000.0 / METRES_PER_DEGREE},7.0,summit,,,,,\n"
        "Dam,4 km,,,,,,,,\n"
    )
    waypoints = course_from_track(track_of(ALONG, HILLS), distance_m=10_200.0, waypoints=table).waypoints
    assert [each.name for each in waypoints] == ["Start", "Dam", "Dam (2)", "Col", "Finish"]
    dam, again, col = waypoints[1:4]
    assert (dam.at, dam.crew, dam.drop_bag, dam.stop, dam.note) == (
        pytest.approx(2414.0, abs=0.1),
        True,
        False,
        300.0,
        "wet, feet",
    )
    assert dam.cutoff is not None
    assert dam.cutoff.elapsed == 45 * 60.0
    assert (again.kind, again.crew) == ("aid", None)
    assert col.at == pytest.approx(6120.0, rel=0.003)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("place,at\nDam,3 km\n", "stations.csv:1: found the columns place, at; expected name"),
        ("", "found the columns nothing"),
        ("name,at\nDam,3\n", 'stations.csv:2: at: "3" has no unit'),
        ("name,at\nDam,30 km\n", "'Dam' at 30 km is beyond the finish"),
        ("name,at\n,3 km\n", "a waypoint without a name"),
        ("name,at\nDam,\n", "'Dam' has no place"),
        ("name,latitude,longitude\nDam,here,7\n", "found 'here' under latitude"),
        ("name,latitude,longitude\nDam,99,7\n", "latitude 99 is not on the earth"),
        ('name,at\n"Dam,3 km\n', "not a CSV table"),
    ],
)
def test_a_table_with_mistakes_is_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    table = tmp_path / "stations.csv"
    table.write_text(text)
    with pytest.raises(DocumentError) as caught:
        course_from_track(track_of(ALONG, HILLS), waypoints=table)
    assert message in str(caught.value)


def test_a_place_of_a_table_off_the_track_is_said(tmp_path: Path) -> None:
    table = tmp_path / "stations.csv"
    table.write_text("name,latitude,longitude\nMoon,46,9\n")
    assert any(line.startswith("'Moon' is") for line in import_track(track_of(ALONG, HILLS), waypoints=table).remarks)


def test_a_track_that_cannot_be_a_course_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "flat.gpx"
    path.write_text(gpx_text([(45.0, 7.0, 1.0)] * 5))
    with pytest.raises(TrackError, match=r"flat\.gpx: all points"):
        load_course(path)
    path.write_text("nothing")
    with pytest.raises(TrackError, match=r"flat\.gpx: this is neither"):
        load_course(str(path))


def test_a_profile_that_the_format_refuses_names_the_file_and_the_field(tmp_path: Path) -> None:
    path = tmp_path / "wall.gpx"
    path.write_text(gpx_text(northward(ALONG, HILLS + np.where(ALONG > 5000.0, 900.0, 0.0))))
    with pytest.raises(TrackError, match=r"wall\.gpx: elevation\.points: [0-9]+ m of climb or fall in 20 m") as caught:
        load_course(path)
    assert "\n" not in str(caught.value)


def test_names_nobody_could_print_are_made_readable() -> None:
    odd = [Place("\x1b[31m" + "a" * 900, 45.02, 7.0, note="x\ny" * 3000), Place("\u202e", 45.04, 7.0)]
    made = import_track(track_of(ALONG, HILLS, name="N" * 900, places=odd))
    assert made.profile.name == "N" * 200
    names = [each.name for each in made.profile.waypoints]
    assert names[1].startswith("[31maaa")
    assert names[2] == "Waypoint 2"


@pytest.mark.parametrize("title", ["", "???", "日本", "A  b--C"])
def test_every_title_gives_an_id(title: str) -> None:
    assert slug(title) in ("imported-course", "a-b-c")


@pytest.mark.parametrize("name", sorted(path.stem for path in PROFILES.glob("*.yaml")))
@pytest.mark.parametrize("miles", [False, True])
def test_a_profile_written_and_read_again_is_the_same_course(name: str, miles: bool) -> None:
    profile = load_document(CourseProfile, PROFILES / f"{name}.yaml")
    again = parse_document(CourseProfile, profile_to_yaml(profile, miles=miles))
    one, other = profile_fields(profile), profile_fields(again)
    for key in (
        "id",
        "name",
        "sport",
        "edition",
        "course_type",
        "start",
        "finish",
        "cutoff",
        "awards",
        "estimates",
        "sources",
    ):
        assert one[key] == other[key], key
    assert again.notes == profile.notes
    assert again.distance == pytest.approx(profile.distance, abs=0.02)
    for mine, theirs in zip(profile.waypoints, again.waypoints, strict=True):
        assert theirs.at == pytest.approx(mine.at, abs=0.02)
        assert (theirs.name, theirs.cutoff, theirs.crew, theirs.drop_bag, theirs.water) == (
            mine.name,
            mine.cutoff,
            mine.crew,
            mine.drop_bag,
            mine.water,
        )
        assert (theirs.note, theirs.services, theirs.offers) == (mine.note, mine.services, mine.offers)
    np.testing.assert_allclose(again.elevation.elevation_m, profile.elevation.elevation_m, atol=0.051)
    np.testing.assert_allclose(again.elevation.distance_m, profile.elevation.distance_m, atol=0.51)


@pytest.mark.parametrize(
    "name", ["yes", "a: b", "#1", 'say "so"', "back\\slash", "tab\there", "Zürich ✓", "- dash", "10:30", "{x}"]
)
def test_awkward_names_survive_the_yaml(name: str) -> None:
    profile = course_from_track(track_of(ALONG, HILLS), name=name)
    assert parse_document(CourseProfile, profile_to_yaml(profile)).name == " ".join(name.split())


def test_export_to_gpx_comes_back_as_the_same_course(tmp_path: Path) -> None:
    course = build_course(
        (made := import_track(track_of(ALONG, HILLS, places=PLACES, sport_text="run"))).profile, line=made.line
    )
    path = tmp_path / "out.gpx"
    path.write_text(course_to_gpx(course))
    again = load_course(path)
    assert again.distance_m == pytest.approx(course.distance_m, rel=1e-4)
    assert again.ascent_m == pytest.approx(course.ascent_m, rel=0.03)
    assert [each.name for each in again.waypoints] == [each.name for each in course.waypoints]
    assert again.sport == "run"


def test_export_of_a_course_without_a_track_says_it_is_no_route() -> None:
    text = course_to_gpx(load_course("leadville-trail-100-mtb"))
    assert "not for navigation" in text
    assert "<name>Start - 6th St &amp; Harrison Ave</name>" in text
    assert "mountain_biking" in text


def test_export_to_csv_has_a_row_for_every_edge() -> None:
    course = load_course("leadville-10k")
    rows = course_to_csv(course).splitlines()
    assert rows[0] == "distance_m,elevation_m,grade,surface,latitude_deg,longitude_deg"
    assert len(rows) == len(course.edge_m) + 1
    assert rows[1].split(",")[3] == "asphalt"
    assert float(rows[-1].split(",")[0]) == course.distance_m


steps = st.lists(
    st.tuples(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0), st.floats(-100.0, 100.0)), min_size=2, max_size=60
)


@settings(deadline=None)
@given(steps, st.floats(-89.5, 89.5), st.floats(-180.0, 180.0))
def test_any_line_on_earth_is_a_course_or_is_refused_in_one_line(
    moves: list[tuple[float, float, float]], latitude: float, longitude: float
) -> None:
    north, east, up = np.cumsum(np.array(moves), axis=0).T
    track = make_track(
        name="x",
        latitude_deg=np.clip(latitude + north / METRES_PER_DEGREE, -90.0, 90.0),
        longitude_deg=np.clip(longitude + east / METRES_PER_DEGREE, -360.0, 360.0),
        elevation_m=500.0 + np.clip(up, -900.0, 5000.0),
        places=[],
    )
    try:
        made = import_track(track)
    except (TrackError, DocumentError) as error:
        text = str(error)
        assert "\n" not in text
        return
    course = build_course(made.profile, line=made.line)
    assert course.ascent_m >= 0.0
    assert np.abs(course.grade).max() <= 0.6
    rise = course.elevation_m[-1] - course.elevation_m[0]
    assert course.ascent_m - course.descent_m == pytest.approx(rise, abs=10.0)
    assert course.distance_m == pytest.approx(made.line.distance_m[-1], abs=0.01)
    assert (np.abs(course.longitude_deg) <= 180.0).all()
