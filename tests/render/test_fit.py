"""A FIT course is read whole by an independent decoder, check sums and all."""

from __future__ import annotations

import io
import sys
from datetime import UTC
from pathlib import Path
from typing import Any

import fitdecode
import numpy as np
import pytest

from pacecalc.errors import CourseError, MissingExtraError
from pacecalc.planning.records import RacePlan
from pacecalc.render.fit import POINT_NAME_BYTES, render_fit
from pacecalc.render.wording import say_elapsed
from pacecalc.tracks.fit import read_fit

SEMICIRCLES = 2**31 / 180.0


def decode_fit(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Every message by name; anything odd raises."""
    messages: dict[str, list[dict[str, Any]]] = {}
    reader = fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    )
    with reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                assert not frame.name.startswith("unknown"), frame.name
                messages.setdefault(frame.name, []).append({f.name: f.value for f in frame.fields})
    return messages


@pytest.fixture(scope="module")
def messages(tracked_plan: RacePlan) -> dict[str, list[dict[str, Any]]]:
    return decode_fit(render_fit(tracked_plan))


def test_it_is_a_course_with_everything_a_device_asks_for(messages: dict[str, list[dict[str, Any]]]) -> None:
    assert messages["file_id"][0]["type"] == "course"
    assert len(messages["course"]) == len(messages["lap"]) == 1
    assert [e["event_type"] for e in messages["event"]] == ["start", "stop_all"]
    assert messages["course"][0]["sport"] == "running"


def test_the_timeline_is_that_of_the_plan(messages: dict[str, list[dict[str, Any]]], tracked_plan: RacePlan) -> None:
    start = tracked_plan.day.start_clock.astimezone(UTC)
    records = messages["record"]
    seconds = np.array([(r["timestamp"].astimezone(UTC) - start).total_seconds() for r in records])
    distance = np.array([r["distance"] for r in records])
    assert np.all(np.diff(seconds) > 0.0)
    assert np.all(np.diff(distance) >= 0.0)
    assert seconds[-1] == pytest.approx(tracked_plan.finish_s, abs=1.0)
    assert distance[-1] == pytest.approx(tracked_plan.course.distance_m, abs=0.1)
    planned = np.interp(distance, tracked_plan.profile.distance_m, tracked_plan.profile.elevation_m)
    heights = np.array([r["enhanced_altitude"] for r in records])
    assert np.abs(heights - planned).max() <= 0.2


def test_course_points_are_the_waypoints(messages: dict[str, list[dict[str, Any]]], tracked_plan: RacePlan) -> None:
    points = messages["course_point"]
    stamps = {r["timestamp"] for r in messages["record"]}
    assert [p["message_index"] for p in points] == list(range(len(tracked_plan.waypoints)))
    for point, w in zip(points, tracked_plan.waypoints, strict=True):
        assert point["name"] == f"{say_elapsed(w.arrive_s)} {w.name}"[:POINT_NAME_BYTES].strip()
        assert point["timestamp"] in stamps
        assert point["distance"] == pytest.approx(w.distance_m, abs=30.0)
        assert -90.0 * SEMICIRCLES <= point["position_lat"] <= 90.0 * SEMICIRCLES
    kinds = {w.kind: point["type"] for point, w in zip(points, tracked_plan.waypoints, strict=True)}
    assert kinds["aid"] == "food"
    assert kinds["summit"] == "summit"


def test_the_lap_sums_it_up(messages: dict[str, list[dict[str, Any]]], tracked_plan: RacePlan) -> None:
    lap = messages["lap"][0]
    assert lap["total_elapsed_time"] == pytest.approx(tracked_plan.finish_s, abs=1.0)
    assert lap["total_distance"] == pytest.approx(tracked_plan.course.distance_m, abs=0.1)


def test_the_same_plan_is_the_same_file(tracked_plan: RacePlan) -> None:
    assert render_fit(tracked_plan) == render_fit(tracked_plan)


def test_hostile_names_are_cut_between_characters(hostile_plan: RacePlan) -> None:
    decoded = decode_fit(render_fit(hostile_plan))
    for point in decoded["course_point"]:
        assert len(point["name"].encode()) <= POINT_NAME_BYTES
        assert "\ufffd" not in point["name"]


def test_our_own_reader_takes_it_back(tracked_plan: RacePlan, tmp_path: Path) -> None:
    path = tmp_path / "plan.fit"
    path.write_bytes(render_fit(tracked_plan))
    assert len(read_fit(path).places) == len(tracked_plan.waypoints)


def test_a_course_without_a_track_says_what_to_do(run_plan: RacePlan) -> None:
    with pytest.raises(CourseError, match="a FIT course needs a track"):
        render_fit(run_plan)


def test_a_missing_extra_is_named_with_the_line_that_installs_it(
    tracked_plan: RacePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fit_tool.fit_file_builder", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'pacecalc\[fit\]'"):
        render_fit(tracked_plan)
