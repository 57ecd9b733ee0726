"""Course profiles: what they hold, and every way they can contradict themselves."""

from datetime import timedelta

import pytest

from documents.profile_text import PROFILE, spoiled
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.elevation import Points
from pacecalc.documents.library import bundled_folder
from pacecalc.documents.reading import load_document, parse_document
from pacecalc.errors import DocumentError
from shared_data import shared_path


def read(text: str = PROFILE) -> CourseProfile:
    return parse_document(CourseProfile, text, file="f.yaml")


def refusal(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(text)
    return str(caught.value).splitlines()


def test_a_profile_holds_si_numbers():
    profile = read()
    assert profile.distance_m == 20_000.0
    assert profile.waypoints[3].at == pytest.approx(20_000.0, abs=2.0)
    assert profile.waypoints[1].stop == 300.0
    assert profile.waypoints[1].cutoff.elapsed == 5400.0
    assert profile.waypoints[1].crew is True
    assert profile.waypoints[1].drop_bag is False
    assert profile.waypoints[2].crew is None
    assert profile.surfaces[1].surface == "singletrack"
    assert profile.elevation.distance_m == (0.0, 10_000.0, 20_000.0)
    assert profile.start.clock.utcoffset() == timedelta(hours=-6)
    assert profile.finish_cutoff_s == 18_000.0


def test_unquoted_times_are_times():
    profile = read(spoiled('"1:30"', "1:30").replace('elapsed: "5:00"', "elapsed: 5:00"))
    assert profile.waypoints[1].cutoff.elapsed == 5400.0
    assert profile.cutoff.elapsed == 18_000.0


def test_clock_cutoffs_count_from_the_gun_across_a_change_of_the_clocks():
    text = PROFILE.replace("2026-08-15 06:30", "2025-11-01 18:30").replace("2026-08-15 10:30", "2025-11-02 02:30")
    text = text.replace('elapsed: "5:00"', 'elapsed: "12:00"')
    profile = read(text)
    # the clocks go back that night: eight hours on the clock are nine on the course
    assert profile.waypoints[2].cutoff.elapsed_s(profile.start) == 9 * 3600.0


def test_feet_and_miles_are_columns_too():
    text = (
        spoiled("unit: [km, m]", "unit: [mi, ft]").replace("10.0 3300", "6.2 10827").replace("20.0 3094", "12.4 10151")
    )
    elevation = read(text.replace("0.0 3094\n", "0.0 10151\n")).elevation
    assert elevation.distance_m[1] == pytest.approx(9977.9, abs=0.1)
    assert elevation.elevation_m[1] == pytest.approx(3300.1, abs=0.1)


def test_points_may_carry_comments_and_empty_lines():
    text = spoiled("    10.0 3300\n", "\n    10.0 3300  # the summit\n    # down again\n")
    assert read(text).elevation.points == Points((0.0, 10.0, 20.0), (3094.0, 3300.0, 3094.0), (0, 2, 4))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    10.0 3300", "    10.0", "f.yaml:24: elevation.points: found '10.0'; expected two numbers"),
        ("    10.0 3300", "    10.0 3300 1", "f.yaml:24: elevation.points: found '10.0 3300 1'; expected two numbers"),
        ("    10.0 3300", "    10.0 nan", "found '10.0 nan'; expected two numbers"),
        ("    10.0 3300", "    1_0 3300", "found '1_0 3300'; expected two numbers"),
        (
            "    10.0 3300",
            "    20.0 3300",
            "f.yaml:25: elevation.points: the distance 20 km comes after 20 km; distances must",
        ),
        ("    10.0 3300", "    10.0 33000", "f.yaml:24: elevation.points: the elevation 33000 m is out of range"),
        ("    10.0 3300", "    0.1 3994", "900 m of climb or fall in 100 m; check this point"),
        ("    0.0 3094", "    -1.0 3094", "f.yaml:23: elevation.points: the distance -1 km is negative; start at 0"),
        ("    0.0 3094", "    5.0 3094", "the first point is at 5.00 km (3.11 mi); it must be at the start"),
        (
            "    20.0 3094",
            "    12.4 3094",
            "the last point is at 12.40 km (7.71 mi), the finish at 20.00 km (12.43 mi)",
        ),
        (
            "unit: [km, m]",
            "unit: [km, mm]",
            "found [km, mm]; expected the unit of distance (km, mi, m) and of elevation",
        ),
        ("unit: [km, m]", "unit: km", "found 'km'; expected the unit of distance"),
        ("    10.0 3300\n    20.0 3094\n", "", "fewer than two points"),
        (
            "points: |\n    0.0 3094\n    10.0 3300\n    20.0 3094\n",
            "points: [1, 2]\n",
            "found a list; expected 'points: |'",
        ),
    ],
)
def test_every_slip_in_the_elevation_names_its_line(old, new, said):
    lines = refusal(spoiled(old, new))
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "at: 5 km, kind",
            "at: 25 km, kind",
            "f.yaml:12:27: waypoints[1].at: 25.00 km (15.53 mi) is beyond the finish",
        ),
        (
            "at: 15 km",
            "at: 4 km",
            "4.00 km (2.49 mi) is not after 'Dam (out)' at 5.00 km (3.11 mi); list waypoints in passing",
        ),
        (
            "at: 0 km, kind",
            "at: 1 km, kind",
            "the first waypoint is at 1.00 km (0.62 mi); it must be the start, at 0 km",
        ),
        ("kind: start", "kind: aid", "the first waypoint is of kind 'aid'; it must be the start"),
        ("kind: finish", "kind: aid", "the last waypoint is of kind 'aid'; it must be the finish"),
        ("at: 5 km, kind: aid", "at: 5 km, kind: finish", "kind 'finish' in the middle of the course; write 'aid'"),
        (
            "at: 12.427 mi",
            "at: 12 mi",
            "the last waypoint is at 19.31 km (12.00 mi); it must be the finish, at 20.00 km",
        ),
        (
            "Dam (in)",
            "Dam (out)",
            "'Dam (out)' is already the name of waypoints[1]; a place passed twice is two waypoints",
        ),
        ("distance: 20 km", "distance: 20 m", '"20 m" is too small; it must be at least 100 m'),
        (
            '"1:30"',
            '"4:30"',
            "the cutoff of 'Dam (in)' (4:00 elapsed) is earlier than that of 'Dam (out)' (4:30) before it",
        ),
        (
            'elapsed: "5:00"',
            'elapsed: "3:50"',
            "the cutoff of 'the finish' (3:50 elapsed) is earlier than that of 'Dam (in)'",
        ),
        ("2026-08-15 10:30", "2026-08-14 10:30", "this cutoff is not after the start; check the time and the date"),
        ('elapsed: "1:30"', 'elapsed: "1:30", clock: 2026-08-15 08:00', "both 'elapsed' and 'clock' are given"),
        ('elapsed: "1:30"', "note: soon", "neither 'elapsed' nor 'clock' is given"),
        ("kind: finish", 'kind: finish, cutoff: {elapsed: "5:00"}', "the finish has a cutoff here and under 'cutoff'"),
        ("to: 5 km", "to: 0 km", "'to' 0.00 km (0.00 mi) is not after 'from' 0.00 km (0.00 mi)"),
        ("to: 20 km", "to: 21 km", "surfaces[1].to: 21.00 km (13.05 mi) is beyond the finish"),
        ("from: 5 km", "from: 4 km", "surfaces[1].from: 4.00 km (2.49 mi) lies inside a stretch that ends at 5.00 km"),
        ("surface: asphalt", "surface: ashpalt", "expected one of asphalt, gravel, rough_gravel"),
        (
            "America/Denver",
            "Amerika/Denver",
            "found 'Amerika/Denver', which is no time zone (did you mean 'America/Denver'?)",
        ),
        ("America/Denver", "../../etc/passwd", "which is no time zone; write one such as America/Denver"),
        ("America/Denver", "America", "which is no time zone"),
        (
            "2026-08-15 06:30",
            "2026-03-08 02:30",
            "2026-03-08 02:30 does not exist in America/Denver: the clocks go forward",
        ),
        ("2026-08-15 06:30", "2026-13-15 06:30", "'2026-13-15 06:30' is no date and time of the calendar"),
        ("2026-08-15 06:30", '"2026-08-15 06:30+02:00"', "write the local time, the zone stands in start.timezone"),
        (
            "longitude:",
            "waves: [{name: W, time: 05:00}], longitude:",
            "this wave starts at 5:00, before the gun at 6:30",
        ),
        ("id: short-ridge", "id: Short Ridge", "expected lower-case letters, digits and hyphens"),
        ("latitude: 39.24849", "latitude: 91", "91 is out of range; expected -90 to 90"),
        ("stop: 5 min", "stop: 5", '"5" has no unit; write "5 s" (or min, h)'),
        ("stop: 5 min", "stop: 50 h", '"50 h" is out of range; expected 0:00 to 24:00 (h:mm)'),
        ("elevation: 3094 m", "elevation: 3094 kg", '"3094 kg" is a mass, expected a length such as "3094 m"'),
    ],
)
def test_every_contradiction_is_one_clear_line(old, new, said):
    lines = refusal(spoiled(old, new))
    assert any(said in line for line in lines), lines


def test_cutoffs_of_gun_and_chip_are_not_held_against_each_other():
    text = spoiled('elapsed: "1:30"', 'elapsed: "4:10", measured: chip')
    assert read(text).waypoints[1].cutoff.measured == "chip"


def test_equal_cutoffs_are_in_order():
    assert read(spoiled('"1:30"', '"4:00"')).waypoints[1].cutoff.elapsed == 14_400.0


def test_a_profile_without_cutoff_has_none():
    assert read(spoiled('cutoff: {elapsed: "5:00", measured: gun}\n', "")).finish_cutoff_s is None


def test_terminal_escapes_never_get_into_a_name():
    assert "the control character U+001B stands in this text" in refusal(spoiled("Short Ridge", '"a\\e[31mb"'))[0]


def bundled():
    folder = bundled_folder()
    return sorted(folder.glob("*.yaml")) if folder else []


@pytest.mark.parametrize("path", bundled(), ids=lambda path: path.stem)
def test_every_bundled_profile_reads_and_is_named_after_its_file(path):
    assert load_document(CourseProfile, path).id == path.stem


def test_a_researched_draft_is_refused_with_its_unknown_keys():
    with pytest.raises(DocumentError) as caught:
        load_document(CourseProfile, shared_path("courses", "leadville-100-mtb.yaml"))
    assert "'distance' is missing; it must be given" in str(caught.value)
    assert "unknown key 'dropbag' (did you mean 'drop_bag'?)" in str(caught.value)
