"""Files become documents, or every problem at once with file, line and column."""

import os

import pytest

from documents.profile_text import PROFILE, spoiled
from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import load_document, parse_document, read_text, read_yaml
from pacecalc.errors import DocumentError


def refusal(text: str, model=CourseProfile) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse_document(model, text, file="f.yaml")
    return str(caught.value).splitlines()


def test_five_errors_are_all_shown_with_their_lines_in_order():
    text = PROFILE
    for old, new in [
        ("sport: run", "sport: swim"),
        ("distance: 20 km", "distance: 20"),
        ("cutoff: {elapsed", "cuttoff: {elapsed"),
        ("crew: true", "crew: perhaps"),
        ("10.0 3300", "10.0 high"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
    lines = refusal(text)
    assert [int(line.split(":")[1]) for line in lines] == [3, 5, 8, 12, 24]
    assert lines[0] == "f.yaml:3:8: sport: found 'swim'; expected one of run, mtb, ride"
    assert '"20" has no unit; write "20 m" (or km, mi, ft)' in lines[1]
    assert lines[2] == "f.yaml:8:1: unknown key 'cuttoff' (did you mean 'cutoff'?)"
    assert lines[3].endswith("waypoints[1].crew: found 'perhaps'; expected yes or no")
    assert lines[4] == "f.yaml:24: elevation.points: found '10.0 high'; expected two numbers, distance and elevation"


def test_contradictions_are_found_beside_wrong_fields():
    text = spoiled("sport: run", "sport: swim").replace("at: 15 km", "at: 25 km").replace('"1:30"', '"9:30"')
    lines = refusal(text)
    assert [line.split(": ", 2)[1] for line in lines] == [
        "sport",
        "cutoff.elapsed",
        "waypoints[2].at",
        "waypoints[2].cutoff.clock",
    ]
    assert "25.00 km (15.53 mi) is beyond the finish at 20.00 km (12.43 mi)" in lines[2]
    assert "the cutoff of 'Dam (in)' (4:00 elapsed) is earlier than that of 'Dam (out)' (9:30) before it" in lines[3]


def test_a_missing_key_is_named_where_its_mapping_stands():
    assert refusal(spoiled("distance: 20 km\n", ""))[0] == "f.yaml:1:1: 'distance' is missing; it must be given"
    assert "f.yaml:5:1: 'distance' has no value; it must be given" in refusal(spoiled("distance: 20 km", "distance:"))
    assert "waypoints[1]: 'kind' is missing" in refusal(spoiled("at: 5 km, kind: aid", "at: 5 km"))[0]


def test_an_unknown_key_without_a_near_one_lists_those_known():
    line = refusal(spoiled("edition:", "xyzzy:"))[0]
    assert "unknown key 'xyzzy'; known here: ascent, ascent_estimates, awards" in line
    assert (
        "waypoints[0]: unknown key 'elevatoin' (did you mean 'elevation'?)"
        in refusal(spoiled("elevation: 3094 m", "elevatoin: 3094 m"))[0]
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("offers: [water, cola]", "offers: water", "found 'water'; a list is expected: write [first, second]"),
        ("start: {time", "start: soon #", "found 'soon'; 'key: value' pairs are expected"),
        ("name: Short Ridge", "name: [a]", "found a list; expected a text"),
        ("name: Short Ridge", "name: {a: b}", "found 'key: value' pairs; expected a text"),
        ("name: Short Ridge", "name: ''", "this text is empty"),
        ("[a page]", "[" + "a," * 300 + "]", "found too many entries; expected at most 200"),
    ],
)
def test_wrong_shapes_say_what_was_found_and_what_to_write(old, new, said):
    lines = refusal(spoiled(old, new))
    assert any(said in line for line in lines)
    assert not any("pydantic" in line or "Input should" in line for line in lines)


def test_a_thousand_problems_are_counted_not_shown():
    with pytest.raises(DocumentError) as caught:
        parse_document(CourseProfile, PROFILE + "".join(f"zz{i}: 1\n" for i in range(1000)), file="f.yaml")
    assert len(caught.value.problems) == 101
    assert str(caught.value.problems[-1]) == "f.yaml: and 900 more problems"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f.yaml: the file is empty; a course profile is expected"),
        ("# nothing\n", "the file is empty"),
        ("null\n", "the file is empty"),
        ("- a\n", "f.yaml:1:1: a course profile is expected, written as 'key: value' lines; found a list"),
        ("hello\n", "found a single text"),
    ],
)
def test_a_file_that_is_no_profile_says_what_is_expected(text, said):
    assert said in refusal(text)[0]


def test_an_empty_athlete_is_an_athlete():
    assert parse_document(AthleteDocument, "# nobody\n") == AthleteDocument()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a: caf\xe9\n", ":1:7: the byte 0xe9 is not UTF-8 (an accent in Latin-1?); save the file as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is a binary file, not YAML text"),
        (bytes(range(1, 32)) * 20 + b"\xff", "this is a binary file, not YAML text"),
        ("a: 1\n".encode("utf-16"), "this file is UTF-16; save it as UTF-8"),
        (b"a: " + b"x" * 10_000_000, "larger than 2 MB; thin the elevation points"),
    ],
)
def test_files_that_are_not_our_text_end_in_one_line(tmp_path, data, said):
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        load_document(CourseProfile, path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_missing_files_folders_and_devices_are_named(tmp_path):
    for path, said in [
        (tmp_path / "no.yaml", "there is no such file"),
        (tmp_path, "this is a folder; name a YAML file in it"),
        (tmp_path / "a\0b.yaml", "this file cannot be read"),
        (tmp_path / ("x" * 300), "this file cannot be read: file name too long"),
    ]:
        with pytest.raises(DocumentError, match=said):
            read_yaml(path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs /dev/zero")
def test_a_device_without_end_is_not_read():
    from pathlib import Path

    with pytest.raises(DocumentError, match="not a file that can be read"):
        read_text(Path("/dev/zero"))


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    path = tmp_path / "f.yaml"
    path.write_text("a: 1")

    def deny(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", deny)
    with pytest.raises(DocumentError, match="may not be read; check its permissions"):
        read_text(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("offers: [water, cola]", "offers: [water, [cola]]", "waypoints[1].offers[1]: found a list; expected an id"),
        ("surfaces:", "finish: {latitude: 39.2, longitud: 1}\nsurfaces:", "finish: unknown key 'longitud'"),
        ("{name: Start, at: 0 km, kind: start, elevation: 3094 m}", "Start", "waypoints[0]: found 'Start'; 'key"),
        ("sources: [a page]", "sources: {a: b}", "sources: found 'key: value' pairs; a list is expected"),
        ("time: 2026-08-15 06:30", "time: 9999-12-31 23:59", "is out of range; expected a year from 1900 to 2200"),
    ],
)  # fmt: skip
def test_wrong_shapes_deep_inside_are_placed(old, new, said):
    assert any(said in line for line in refusal(spoiled(old, new)))


def test_a_waypoint_list_of_one_is_too_short():
    head, rest = PROFILE.split("  - {name: Start")
    text = f"{head}  - {{name: Start, at: 0 km, kind: start}}\nsurfaces:{rest.partition('surfaces:')[2]}"
    assert refusal(text)[0] == "f.yaml:11:3: waypoints: found 1 entries; at least 2 are needed"


def test_what_was_found_is_repeated_without_its_terminal_escapes():
    line = refusal(spoiled('"1:30"', '"\\e[31m1:30"'))[0]
    assert "\x1b" not in line
    assert "[31m1:30" in line
