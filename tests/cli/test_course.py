"""pacecalc course, line by line: what a user types, and what must come of it."""

from __future__ import annotations

import json
import re
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from pacecalc.documents.library import list_profiles
from tracks.gpx_text import HEAD, gpx_text, northward, place_text, points_text

ALONG = np.arange(0.0, 20_001.0, 20.0)
POINTS = northward(ALONG, 500.0 + 200.0 * np.sin(ALONG / 2500.0))
THERE_AND_BACK = POINTS + POINTS[::-1][1:]
PLACES = (
    place_text("Hut", *POINTS[500][:2])
    + place_text("Water point", *POINTS[900][:2])
    + place_text("Far away", 46.9, 8.9)
)
BUNDLED = sorted(list_profiles())
WANTED = re.split(
    r"\s+",
    "bighorn-100 iau-100k-2018 lake-saroma-100k leadville-10k leadville-heavy-half leadville-trail-100-mtb "
    "leadville-trail-100-run leadville-trail-100-run-2026 leadville-trail-marathon mt-fuji-100 new-york-city-marathon "
    "silver-rush-50-mtb silver-rush-50-run ultra-fiord-100k utmb utmb-classic vermont-100 wasatch-front-100 "
    "western-states-100",
)


@pytest.fixture
def track(tmp_path: Path) -> Path:
    file = tmp_path / "race.gpx"
    file.write_text(gpx_text(THERE_AND_BACK, before=PLACES, name="Out and back"))
    return file


def test_list_has_every_course_with_its_facts_within_the_width(pacecalc):
    done = pacecalc("course", "list", "--plain")
    assert done.code == 0
    for name in WANTED:
        assert f" {name} " in done.out
    heading, mtb = (
        next(line for line in done.out.splitlines() if line.split()[:1] == [word])
        for word in ("course", "leadville-trail-100-mtb")
    )
    assert heading.split() == ["course", "sport", "km", "up", "m", "cutoff", "elevation", "name"]
    assert mtb.split()[1:7] == ["mtb", "167.4", "3,056", "12:00", "chip", "composite"]
    assert max(map(len, done.out.splitlines())) <= 100
    assert done.out.isascii()


@pytest.mark.parametrize("width", [80, 100, 140])
def test_show_and_list_keep_to_the_width_of_the_terminal(width):
    from pacecalc.planning.build import load_course
    from pacecalc.render.course import render_course, render_course_list

    courses = [load_course(name) for name in ("leadville-trail-100-mtb", "mt-fuji-100", "leadville-10k")]
    for plain in (False, True):
        texts = [render_course(course, width=width, plain=plain) for course in courses]
        for text in (*texts, render_course_list(courses, width=width, plain=plain)):
            assert max(map(len, text.splitlines())) <= width
            assert text.isascii() or not plain


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_course_passes_its_check(pacecalc, name):
    done = pacecalc("course", "check", name)
    assert done.code == 0
    assert "no errors" in done.out


def test_show_has_facts_places_chart_and_climbs(pacecalc):
    done = pacecalc("course", "show", "leadville-trail-100-mtb")
    for words in ("167.4 km", "America/Denver", "composite", "Twin Lakes Dam (out)", "4:20 gun", "Hardest climbs"):
        assert words in done.out
    hardest = done.out.split("Hardest climbs")[1].splitlines()[2]
    assert "Columbine" in hardest
    assert done.out.count("█") > 200


def test_a_track_is_imported_scaled_named_and_checked(pacecalc, track, tmp_path):
    profile = tmp_path / "my-race.yaml"
    done = pacecalc(
        *("course", "import", track, "--name", "My Race", "--sport", "mtb", "--distance", "41.4 km"),
        *("--ascent", "1000 m", "--start", "2027-07-10 06:00", "--timezone", "Europe/Zurich", "-o", profile),
    )
    assert done.code == 0
    assert "scaled by 1.03" in done.err
    assert "'Far away' is" in done.err
    shown = pacecalc("course", "show", profile).out
    assert "My Race" in shown
    assert "mtb   41.4 km" in shown
    assert "Sat 10 Jul 2027 06:00 CEST" in shown
    order = [shown.index(name) for name in ("Hut (out)", "Water point (out)", "Water point (in)", "Hut (in)", "Finish")]
    assert order == sorted(order)
    assert pacecalc("course", "check", profile).code == 0
    assert pacecalc("course", "import", track, "-o", profile).code == 2
    again = pacecalc("course", "import", track, "-o", profile, "--force")
    assert again.code == 0
    assert "scaled" not in again.err


def test_a_table_of_waypoints_places_cutoffs(pacecalc, track, tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("name,at,kind,cutoff\nFirst,10 km,aid,2:00\nSecond,30 km,aid,\n")
    profile = tmp_path / "race.yaml"
    assert pacecalc("course", "import", track, "--waypoints", table, "-o", profile).code == 0
    shown = pacecalc("course", "show", profile).out
    assert "2:00 gun" in shown
    assert "Hut" not in shown
    table.write_text("name,km\nFirst,10\n")
    done = pacecalc("course", "import", track, "--waypoints", table, "-o", profile, "--force")
    assert done.code == 3
    assert "expected name, and at" in done.err


def test_a_route_and_a_training_centre_file_are_imported_too(pacecalc, tmp_path):
    route = tmp_path / "route.gpx"
    route.write_text(f"{HEAD}<rte><name>Ridge</name>{points_text(POINTS, 'rtept')}</rte></gpx>")
    assert "name: Ridge" in pacecalc("course", "import", route).out
    points = "".join(
        f"<Trackpoint><Position><LatitudeDegrees>{lat}</LatitudeDegrees><LongitudeDegrees>{lon}</LongitudeDegrees>"
        f"</Position><AltitudeMeters>{ele}</AltitudeMeters></Trackpoint>"
        for lat, lon, ele in POINTS
    )
    activity = tmp_path / "ride.tcx"
    activity.write_text(
        '<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Biking"><Lap><Track>'
        f"{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
    assert "sport: ride" in pacecalc("course", "import", activity).out


def test_what_is_exported_is_imported_again_as_the_same_course(pacecalc, track, tmp_path):
    out = tmp_path / "out.gpx"
    assert pacecalc("course", "export", track, "-o", out).code == 0
    one, other = (pacecalc("course", "show", file).out.splitlines()[1].split() for file in (track, out))
    assert one == other
    rows = pacecalc("course", "export", track, "--format", "csv").out.splitlines()
    assert rows[0].startswith("distance_m,elevation_m,grade,surface")
    assert 3999 <= len(rows) <= 4002
    profile = tmp_path / "p.yaml"
    pacecalc("course", "import", track, "--sport", "mtb", "-o", profile)
    exported = pacecalc("course", "export", profile).out
    assert "mountain_biking" in exported
    # a profile has no line of its own, and its export must not lead anybody
    assert "not for navigation" in exported


def test_the_schema_is_one(pacecalc):
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(pacecalc("course", "schema").data)


def test_own_profiles_are_found_in_a_folder_named_by_the_environment(pacecalc, track, tmp_path, monkeypatch):
    folder = tmp_path / "profiles"
    folder.mkdir()
    pacecalc("course", "import", track, "--name", "My Race", "-o", folder / "my-race.yaml")
    (folder / "broken.yaml").write_text("id: broken\n")
    monkeypatch.setenv("PACECALC_PROFILES", str(folder))
    listed = pacecalc("course", "list")
    assert " my-race " in listed.out
    assert " utmb " in listed.out
    assert "left out" in listed.err
    assert "broken.yaml" in listed.err
    assert pacecalc("plan", "my-race", "--goal", "5:00", "--format", "json").data["course"]["name"] == "My Race"


def test_a_plan_takes_a_track_and_its_sport(pacecalc, track):
    done = pacecalc("plan", track, "--sport", "mtb", "--ftp", "220W", "--goal", "2:30", "--format", "json")
    assert done.code == 0
    assert done.data["course"]["sport"] == "mtb"
    assert pacecalc("plan", "leadville-10k", "--sport", "mtb", "--goal", "1:00").err.count("\n") == 1


def test_the_plan_command_a_prediction_ends_with_works(pacecalc, track):
    done = pacecalc("predict", track, "--sport", "mtb", "--ftp", "220W")
    command = next(line for line in done.out.splitlines() if "pacecalc plan " in line).split("pacecalc ")[1]
    assert command.startswith(f"plan {track} --sport mtb --goal ")
    again = pacecalc(*command.split(), "--ftp", "220W", "--format", "json")
    assert again.code == 0
    assert again.data["course"]["sport"] == "mtb"


@pytest.mark.parametrize("name", ["iau-100k-2018", "bighorn-100"])
def test_a_plan_on_a_poor_profile_says_so(pacecalc, name):
    done = pacecalc("plan", name, "--goal", "11:30" if name.startswith("iau") else "33:00", "--format", "json")
    assert "elevation-quality" in [warning["code"] for warning in done.data["warnings"]]


def _bomb() -> str:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY e0 "lol">{entities}]><gpx><trk><name>&e10;</name></trk></gpx>'


HOSTILE = {
    "bomb.gpx": _bomb(),
    "zero.gpx": gpx_text([]),
    "one.gpx": gpx_text(POINTS[:1]),
    "same.gpx": gpx_text([POINTS[0]] * 50),
    "nan.gpx": gpx_text([(float("nan"), 7.0, 1.0), *POINTS[:5]]),
    "noele.gpx": gpx_text([(lat, lon, None) for lat, lon, _ in POINTS]),
    "cut.gpx": gpx_text(POINTS)[:9000],
    "yaml.gpx": "id: a\nname: b\n",
    "latin.gpx": gpx_text(POINTS, name="Tête").encode("latin-1"),
    "binary.gpx": b"\xff\xfe\x00\x01",
    "empty.gpx": "",
    "text.fit": "not a fit file",
    "gpx.yaml": gpx_text(POINTS[:5]),
    "alias.yaml": "a: &a [x, x]\n" + "".join(f"b{i}: [*a, *a]\n" for i in range(9)),
    "deep.yaml": "[" * 20_000,
    "latin.yaml": "name: Tête\n".encode("latin-1"),
    "empty.yaml": "",
    "long.yaml": "#" + "x" * 10_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_line_that_names_it(pacecalc, tmp_path, name):
    content = HOSTILE[name]
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    command = ["check"] if name.endswith("yaml") else ["import"]
    done = pacecalc("course", *command, file)
    assert done.code == 3
    assert done.err.startswith(f"error: {file}")
    assert done.err.count("\n") == 1
    assert pacecalc("plan", file, "--goal", "3:00").err.count("\n") == 1


@pytest.mark.parametrize("name", ["huge.gpx", "huge.tcx", "huge.fit", "huge.yaml", "huge.csv"])
def test_a_file_of_two_gigabytes_is_not_read(pacecalc, tmp_path, track, name):
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.truncate(2 * 2**30)
    command = {"huge.yaml": ("check", file), "huge.csv": ("import", track, "--waypoints", file)}
    tracemalloc.start()
    done = pacecalc("course", *command.get(name, ("import", file)))
    most_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.code == 3
    assert "larger than" in done.err
    assert done.err.count("\n") == 1
    assert most_bytes < 50e6


def test_a_spike_and_the_antimeridian_are_mended(pacecalc, tmp_path):
    spiked = [*POINTS]
    lat, lon, ele = spiked[700]
    spiked[700] = (lat, lon, ele + 2000.0)
    file = tmp_path / "spike.gpx"
    file.write_text(gpx_text(spiked))
    assert "1 spike of height removed" in pacecalc("course", "import", file).err
    file.write_text(gpx_text([(0.0, ((359.9 + i * 0.0005) % 360.0) - 180.0, 10.0 + i * 0.01) for i in range(400)]))
    out = pacecalc("course", "show", file).out
    assert "22.2 km" in out


def test_nothing_written_is_json_with_nan(pacecalc, track):
    text = pacecalc("plan", track, "--goal", "5:00", "--format", "json").out
    json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} in the plan"))
