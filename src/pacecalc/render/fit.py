"""FIT course: course points and a timeline for the virtual partner, for watches and bike computers."""

from __future__ import annotations

from typing import Any

from pacecalc.errors import MissingExtraError
from pacecalc.planning.records import RacePlan
from pacecalc.render.plain_text import cut_utf8
from pacecalc.render.positions import TimedTrack, require_track, second_of
from pacecalc.render.wording import say_elapsed

COURSE_NAME_BYTES, POINT_NAME_BYTES = 47, 31
"""Of UTF-8; a device shows about the first 15 letters, so the arrival goes first."""
POINT_TYPES = {"summit": "SUMMIT", "water": "WATER", "aid": "FOOD"}
"""The old types, which every device knows."""
MILLISECONDS = 1000
SERIAL_NUMBER = 0x70616365
"""Any but zero: it only has to stay the same, so that the same plan is the same file."""


def render_fit(plan: RacePlan) -> bytes:
    """FIT course file of the plan.

    Raises
    ------
    MissingExtraError
        When fit-tool is not installed.
    CourseError
        When the course came without a track.
    """
    try:
        from fit_tool.fit_file_builder import FitFileBuilder
    except ImportError:
        raise MissingExtraError("Writing FIT courses", "fit") from None

    track = require_track(plan, "FIT")
    builder = FitFileBuilder(auto_define=True)
    builder.add_all(
        [
            _file_id(plan),
            _course(plan),
            _lap(plan, track),
            _event(plan, track, 0, start=True),
            *_records(plan, track),
            *_course_points(plan, track),
            _event(plan, track, -1, start=False),
        ]
    )
    return bytes(builder.build_bytes())


def _stamp(plan: RacePlan, track: TimedTrack, at: int) -> int:
    return int(second_of(plan, int(track.elapsed_s[at])).timestamp()) * MILLISECONDS


def _file_id(plan: RacePlan) -> Any:
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.profile_type import FileType, Manufacturer

    message = FileIdMessage()
    message.type = FileType.COURSE
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    message.serial_number = SERIAL_NUMBER
    message.time_created = int(second_of(plan, 0).timestamp()) * MILLISECONDS
    return message


def _course(plan: RacePlan) -> Any:
    from fit_tool.profile.messages.course_message import CourseMessage
    from fit_tool.profile.profile_type import Sport

    message = CourseMessage()
    message.course_name = cut_utf8(plan.course.name, COURSE_NAME_BYTES) or "Race"
    message.sport = Sport.RUNNING if plan.course.sport == "run" else Sport.CYCLING
    return message


def _lap(plan: RacePlan, track: TimedTrack) -> Any:
    from fit_tool.profile.messages.lap_message import LapMessage

    message = LapMessage()
    message.timestamp = _stamp(plan, track, -1)
    message.start_time = _stamp(plan, track, 0)
    message.total_elapsed_time = float(track.elapsed_s[-1])
    message.total_timer_time = float(track.elapsed_s[-1])
    message.total_distance = float(track.distance_m[-1])
    message.start_position_lat = float(track.latitude_deg[0])
    message.start_position_long = float(track.longitude_deg[0])
    message.end_position_lat = float(track.latitude_deg[-1])
    message.end_position_long = float(track.longitude_deg[-1])
    return message


def _event(plan: RacePlan, track: TimedTrack, at: int, *, start: bool) -> Any:
    from fit_tool.profile.messages.event_message import EventMessage
    from fit_tool.profile.profile_type import Event, EventType

    message = EventMessage()
    message.event = Event.TIMER
    message.event_type = EventType.START if start else EventType.STOP_ALL
    message.timestamp = _stamp(plan, track, at)
    return message


def _records(plan: RacePlan, track: TimedTrack) -> list[Any]:
    from fit_tool.profile.messages.record_message import RecordMessage

    messages = []
    for at in range(len(track.elapsed_s)):
        message = RecordMessage()
        message.timestamp = _stamp(plan, track, at)
        message.position_lat = float(track.latitude_deg[at])
        message.position_long = float(track.longitude_deg[at])
        message.enhanced_altitude = float(track.elevation_m[at])
        message.distance = float(track.distance_m[at])
        messages.append(message)
    return messages


def _course_points(plan: RacePlan, track: TimedTrack) -> list[Any]:
    from fit_tool.profile.messages.course_point_message import CoursePointMessage
    from fit_tool.profile.profile_type import CoursePoint

    messages = []
    for index, waypoint in enumerate(plan.waypoints):
        at = track.nearest(waypoint)
        message = CoursePointMessage()
        message.message_index = index
        message.timestamp = _stamp(plan, track, at)
        message.position_lat = float(track.latitude_deg[at])
        message.position_long = float(track.longitude_deg[at])
        message.distance = float(track.distance_m[at])
        message.type = CoursePoint[POINT_TYPES.get(waypoint.kind, "GENERIC")]
        message.course_point_name = cut_utf8(f"{say_elapsed(waypoint.arrive_s)} {waypoint.name}", POINT_NAME_BYTES)
        messages.append(message)
    return messages
