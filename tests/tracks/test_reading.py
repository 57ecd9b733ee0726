"""Tracks are read whatever wrote them, and files made to hurt end in one clear line."""

from __future__ import annotations

import struct
import time
import tracemalloc
from pathlib import Path

import gpxpy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pacecalc.errors import MissingExtraError, PacecalcError, TrackError
from pacecalc.tracks.reading import read_track
from pacecalc.tracks.track import MAXIMUM_BYTES
from shared_data import shared_path
from tracks.gpx_text import HEAD, gpx_text, place_text, points_text

LINE = [(45.0, 7.0, 100.0), (45.01, 7.0, 110.0), (45.02, 7.01, 120.5)]


def written(folder: Path, text: str | bytes, name: str = "track.gpx") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    "name", ["leadville-100-run", "leadville-100-run-plotaroute", "western-states-100", "utmb", "nyc-marathon"]
)
def test_points_are_those_gpxpy_reads(name: str) -> None:
    path = shared_path("data", "gpx", f"{name}.gpx")
    track = read_track(path)
    with path.open() as stream:
        oracle = [point for line in gpxpy.parse(stream).tracks for part in line.segments for point in part.points]
    np.testing.assert_array_equal(track.latitude_deg, [point.latitude for point in oracle])
    np.testing.assert_array_equal(track.longitude_deg, [point.longitude for point in oracle])
    np.testing.assert_array_equal(track.elevation_m, [point.elevation for point in oracle])


def test_a_track_with_prefixes_extensions_times_and_places(tmp_path: Path) -> None:
    text = """<?xml version='1.0'?><g:gpx xmlns:g='http://www.topografix.com/GPX/1/1' version='1.1' creator='x'>
    <g:metadata><g:name>Outer</g:name><g:time>2020-01-01T00:00:00Z</g:time></g:metadata>
    <g:wpt lat='45.01' lon='7'><g:ele>3</g:ele><g:name>Hut &amp; spring</g:name>
      <g:desc>soup</g:desc><g:sym>Food</g:sym></g:wpt>
    <g:trk><g:name>Ridge</g:name><g:type>mountain biking</g:type><g:trkseg>
      <g:trkpt lat='45' lon='7'><g:ele>1</g:ele><g:time>2025-08-09T12:30:00Z</g:time>
        <g:extensions><g:ele>999</g:ele><g:x><g:trkpt/></g:x></g:extensions></g:trkpt>
      <g:trkpt lat='45.1' lon='7'/></g:trkseg></g:trk></g:gpx>"""
    track = read_track(written(tmp_path, text))
    assert (track.name, track.sport, track.first_time) == ("Ridge", "mtb", "2025-08-09T12:30:00Z")
    assert track.elevation_m[0] == 1.0
    assert np.isnan(track.elevation_m[1])
    (place,) = track.places
    assert (place.name, place.kind, place.note, place.latitude_deg) == ("Hut & spring", "Food", "soup", 45.01)


def test_a_route_is_read_when_there_is_no_track_and_ignored_when_there_is(tmp_path: Path) -> None:
    route = f"<rte><name>Drawn</name>{points_text(LINE[:2], 'rtept')}</rte>"
    only = read_track(written(tmp_path, f"{HEAD}{route}</gpx>"))
    assert (only.name, len(only.latitude_deg)) == ("Drawn", 2)
    assert len(read_track(written(tmp_path, gpx_text(LINE, before=route))).latitude_deg) == 3


def test_splitting_in_segments_and_tracks_changes_nothing(tmp_path: Path) -> None:
    one = gpx_text(LINE)
    many = one.replace("\n<trkpt", "</trkseg><trkseg>\n<trkpt", 2).replace(
        "</trkseg><trkseg>", "</trkseg></trk><trk><trkseg>", 1
    )
    whole, split = read_track(written(tmp_path, one)), read_track(written(tmp_path, many, "many.gpx"))
    np.testing.assert_array_equal(whole.latitude_deg, split.latitude_deg)


TCX = """<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
<Courses><Course><Name>Loop</Name><Track>{points}</Track>
<CoursePoint><Name>Well</Name><Position><LatitudeDegrees>45.01</LatitudeDegrees><LongitudeDegrees>7.0</LongitudeDegrees></Position>
<PointType>Water</PointType></CoursePoint></Course></Courses></TrainingCenterDatabase>"""


def tcx_point(lat: float, lon: float, ele: float) -> str:
    return (
        f"<Trackpoint><Time>2025-01-01T07:00:00Z</Time><Position><LatitudeDegrees>{lat}</LatitudeDegrees>"
        f"<LongitudeDegrees>{lon}</LongitudeDegrees></Position><AltitudeMeters>{ele}</AltitudeMeters></Trackpoint>"
    )


def test_tcx_is_read_whatever_it_is_called_and_points_without_a_fix_are_left_out(tmp_path: Path) -> None:
    blind = "<Trackpoint><Time>2025-01-01T07:00:01Z</Time><HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
    text = TCX.format(points="".join([tcx_point(*LINE[0]), blind, *(tcx_point(*point) for point in LINE[1:])]))
    track = read_track(written(tmp_path, text, "wrong.gpx"))
    assert track.name == "Loop"
    assert track.elevation_m.tolist() == [100.0, 110.0, 120.5]
    assert [place.name for place in track.places] == ["Well"]
    activity = text.replace("<Courses><Course>", '<Activities><Activity Sport="Running">').replace(
        "</Course></Courses>", "</Activity></Activities>"
    )
    assert read_track(written(tmp_path, activity)).sport == "run"


@pytest.mark.parametrize(
    ("said", "sport"),
    [
        ("running", "run"),
        ("hiking", "run"),
        ("trail_running mountain", "run"),
        ("cycling", "ride"),
        ("road_biking", "ride"),
        ("mountain_biking", "mtb"),
        ("cycling mountain", "mtb"),
        ("MTB", "mtb"),
        ("sailing", None),
        ("", None),
    ],
)
def test_the_sport_is_taken_from_the_word_of_the_track(tmp_path: Path, said: str, sport: str | None) -> None:
    text = gpx_text(LINE).replace("<trkseg>", f"<type>{said}</type><trkseg>")
    assert read_track(written(tmp_path, text)).sport == sport


def fit_bytes() -> bytes:
    from fit_tool.fit_file_builder import FitFileBuilder
    from fit_tool.profile.messages.course_message import CourseMessage
    from fit_tool.profile.messages.course_point_message import CoursePointMessage
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.record_message import RecordMessage
    from fit_tool.profile.profile_type import FileType, Sport

    builder = FitFileBuilder(auto_define=True)
    head = FileIdMessage()
    head.type = FileType.COURSE
    course = CourseMessage()
    course.course_name = "Fit loop"
    course.sport = Sport.CYCLING
    builder.add_all([head, course])
    for index, (lat, lon, ele) in enumerate(LINE):
        record = RecordMessage()
        record.position_lat, record.position_long, record.altitude = lat, lon, ele
        record.timestamp = 1_755_000_000_000 + 1000 * index
        builder.add(record)
    blind = RecordMessage()
    blind.timestamp = 1_755_000_900_000
    builder.add(blind)
    point = CoursePointMessage()
    point.course_point_name = "Tap"
    point.position_lat, point.position_long = LINE[1][0], LINE[1][1]
    builder.add(point)
    return bytes(builder.build().to_bytes())


def test_fit_is_read_with_its_course_points(tmp_path: Path) -> None:
    track = read_track(written(tmp_path, fit_bytes(), "loop.fit"))
    np.testing.assert_allclose(track.latitude_deg, [point[0] for point in LINE], atol=1e-6)
    np.testing.assert_allclose(track.elevation_m, [point[2] for point in LINE], atol=0.2)
    assert (track.name, track.sport, [place.name for place in track.places]) == ("Fit loop", "ride", ["Tap"])
    assert track.first_time.startswith("2025-08-12")


def test_a_damaged_fit_file_is_refused(tmp_path: Path) -> None:
    data = fit_bytes()
    for broken in (data[:-20], data[:40], data[:60] + b"\xff" * 40 + data[100:]):
        with pytest.raises(TrackError, match=r"loop\.fit: "):
            read_track(written(tmp_path, broken, "loop.fit"))


def test_without_fitdecode_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fitdecode", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pacecalc\[fit\]'"):
        read_track(written(tmp_path, fit_bytes(), "loop.fit"))


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><gpx><trk><name>&i;</name></trk></gpx>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BOMB, "document type"),
        ("<?xml version='1.0'?>" + " " * 5000 + BOMB.partition("?>")[2], "neither GPX"),
        ("<gpx>" + "<!-- -->" * 2000 + "<trk>&bomb;</trk></gpx>", "not well-formed XML"),
        (gpx_text([]), "no points"),
        (gpx_text(LINE[:1]), "only one point"),
        (gpx_text([*LINE, (float("nan"), 7.0, 1.0)]), "point 4: the latitude nan"),
        (gpx_text([*LINE, (45.0, float("inf"), 1.0)]), "point 4: the longitude inf"),
        (gpx_text([(91.0, 7.0, 1.0), *LINE]), "point 1: the latitude 91"),
        (gpx_text(LINE)[:-60], "ends in the middle"),
        (gpx_text(LINE).replace('lat="45.01"', ""), "expected a number"),
        (gpx_text(LINE).replace('lat="45.01"', 'lat="forty"'), "line 4: found 'forty'; expected a number"),
        (gpx_text(LINE).replace("<ele>110.0", "<ele>high"), "found 'high'; expected a number"),
        (gpx_text(LINE, before='<wpt lat="x" lon="7"/>'), "found 'x'; expected a number"),
        (gpx_text(LINE, name="Grüße").encode("latin-1"), "save the file as UTF-8"),
        ("", "empty"),
        ("id: a-course\n", "neither GPX, TCX nor FIT"),
        ("<html><body/></html>", "starts with <html>"),
        ("<gpx><trk></gpx>", "not well-formed"),
        (b"\x00\x01\x02" * 400, "neither GPX"),
        (b"PK\x03\x04" + b"\x00" * 50, "neither GPX"),
        (b"<\xff\xfe<", "neither GPX"),
    ],
)
def test_a_file_made_to_hurt_ends_in_one_clear_line(tmp_path: Path, text: str | bytes, expected: str) -> None:
    path = written(tmp_path, text, "hostile.gpx")
    with pytest.raises(TrackError) as caught:
        read_track(path)
    assert expected in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_declared_latin_1_file_is_read(tmp_path: Path) -> None:
    text = gpx_text(LINE, name="Grüße").replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert read_track(written(tmp_path, text)).name == "Grüße"


def test_a_file_of_2_gb_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.gpx"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    with pytest.raises(TrackError, match=r"2000 MB, larger than 64 MB"):
        read_track(path)
    assert MAXIMUM_BYTES == 64_000_000


def test_too_many_points_and_places_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("gpx", "tcx", "fit"):
        monkeypatch.setattr(f"pacecalc.tracks.{module}.MAXIMUM_POINTS", 2)
    for text in (gpx_text(LINE), TCX.format(points="".join(tcx_point(*point) for point in LINE)), fit_bytes()):
        with pytest.raises(TrackError, match="more than 2 points"):
            read_track(written(tmp_path, text))
    monkeypatch.setattr("pacecalc.tracks.gpx.MAXIMUM_PLACES", 0)
    monkeypatch.setattr("pacecalc.tracks.tcx.MAXIMUM_PLACES", 0)
    with pytest.raises(TrackError, match="more than 0 waypoints"):
        read_track(written(tmp_path, gpx_text(LINE[:2], before=place_text("A", 45, 7))))
    with pytest.raises(TrackError, match="more than 0 course points"):
        read_track(written(tmp_path, TCX.format(points="")))


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="not a file"):
        read_track(tmp_path)
    with pytest.raises(TrackError, match="no such file"):
        read_track(tmp_path / "none.gpx")


def test_heights_no_place_has_are_taken_as_missing(tmp_path: Path) -> None:
    track = read_track(written(tmp_path, gpx_text([*LINE, (45.03, 7.0, -32768.0), (45.04, 7.0, float("nan"))])))
    assert np.isnan(track.elevation_m[-2:]).all()


def test_a_point_takes_about_the_memory_of_three_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, gpx_text([(45.0 + i * 1e-5, 7.0, 100.0) for i in range(20_000)]))
    read_track(path)
    tracemalloc.start()
    read_track(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 24 bytes kept, as much again while they are copied, and a buffer of the file's first megabyte
    assert peak < 20_000 * 24 * 4 + 3_000_000


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    position=st.integers(0, 10_000),
    length=st.integers(0, 30),
    junk=st.one_of(
        st.binary(max_size=20), st.sampled_from([b"<", b"&lt;", b"</trkpt>", b"\x00", b"]]>", b"<!--", b"<![CDATA["])
    ),
    source=st.sampled_from(["gpx", "tcx", "fit"]),
)
def test_a_spoiled_file_is_read_or_refused_in_one_line(
    tmp_path: Path, position: int, length: int, junk: bytes, source: str
) -> None:
    if source == "fit":
        data = fit_bytes()
    elif source == "tcx":
        data = TCX.format(points="".join(tcx_point(*point) for point in LINE)).encode()
    else:
        data = gpx_text(LINE, before=place_text("A", 45, 7)).encode()
    at = position % len(data)
    path = written(tmp_path, data[:at] + junk + data[at + length :], f"fuzz.{source}")
    begun = time.monotonic()
    try:
        track = read_track(path)
    except PacecalcError as error:
        assert "\n" not in str(error)  # noqa: PT017 - a spoiled file may also still be readable
    else:
        assert len(track.latitude_deg) >= 2
        assert np.isfinite(track.latitude_deg).all()
    assert time.monotonic() - begun < 10.0


def test_semicircles_of_fit_are_degrees() -> None:
    from pacecalc.tracks.fit import DEGREES_PER_SEMICIRCLE

    assert struct.unpack("<i", struct.pack("<i", 2**30))[0] * DEGREES_PER_SEMICIRCLE == 90.0
