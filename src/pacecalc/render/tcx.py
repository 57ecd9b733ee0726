"""TCX course: a timed track with course points, for devices that read Training Center files."""

from __future__ import annotations

from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.render.plain_text import clean_xml, to_ascii_letters
from pacecalc.render.positions import TimedTrack, require_track, second_of
from pacecalc.render.waypoint_words import describe_waypoint, name_with_times
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_elapsed

NAMESPACE = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
COURSE_NAME_LENGTH, POINT_NAME_LENGTH = 15, 10
"""The schema's own limits (RestrictedToken_t, CoursePointName_t)."""
POINT_TYPES = {"summit": "Summit", "water": "Water", "aid": "Food"}


def render_tcx(plan: RacePlan, *, units: System = "metric") -> str:
    """TCX course of the plan.

    Raises
    ------
    CourseError
        When the course came without a track.
    """
    system = IMPERIAL if units == "imperial" else METRIC
    track = require_track(plan, "TCX")
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<TrainingCenterDatabase xmlns="{NAMESPACE}"><Courses><Course>',
        f"<Name>{clean_xml(to_ascii_letters(plan.course.name, COURSE_NAME_LENGTH) or 'Race')}</Name>",
        _lap(plan, track),
        "<Track>",
        *_track_points(plan, track),
        "</Track>",
        f"<Notes>{clean_xml(plan.course.name)}, goal {say_elapsed(plan.goal_s)}</Notes>",
        *(_course_point(plan, track, w, system) for w in plan.waypoints),
        "</Course></Courses></TrainingCenterDatabase>",
    ]
    return "\n".join(parts) + "\n"


def _place(track: TimedTrack, at: int) -> str:
    return (
        f"<LatitudeDegrees>{track.latitude_deg[at]:.6f}</LatitudeDegrees>"
        f"<LongitudeDegrees>{track.longitude_deg[at]:.6f}</LongitudeDegrees>"
    )


def _lap(plan: RacePlan, track: TimedTrack) -> str:
    return (
        f"<Lap><TotalTimeSeconds>{int(track.elapsed_s[-1])}</TotalTimeSeconds>"
        f"<DistanceMeters>{track.distance_m[-1]:.1f}</DistanceMeters>"
        f"<BeginPosition>{_place(track, 0)}</BeginPosition><EndPosition>{_place(track, -1)}</EndPosition>"
        "<Intensity>Active</Intensity></Lap>"
    )


def _moment(plan: RacePlan, track: TimedTrack, at: int) -> str:
    return f"{second_of(plan, int(track.elapsed_s[at])):%Y-%m-%dT%H:%M:%SZ}"


def _track_points(plan: RacePlan, track: TimedTrack) -> list[str]:
    return [
        f"<Trackpoint><Time>{_moment(plan, track, at)}</Time><Position>{_place(track, at)}</Position>"
        f"<AltitudeMeters>{track.elevation_m[at]:.1f}</AltitudeMeters>"
        f"<DistanceMeters>{track.distance_m[at]:.1f}</DistanceMeters></Trackpoint>"
        for at in range(len(track.elapsed_s))
    ]


def _course_point(plan: RacePlan, track: TimedTrack, waypoint: PlannedWaypoint, units: Units) -> str:
    # Importers drop a course point whose time is not exactly that of a track point, so both come from the track.
    at = track.nearest(waypoint)
    about = "; ".join((name_with_times(plan, waypoint), *describe_waypoint(plan, waypoint, units)))
    return (
        f"<CoursePoint><Name>{clean_xml(short_name(waypoint))}</Name><Time>{_moment(plan, track, at)}</Time>"
        f"<Position>{_place(track, at)}</Position><AltitudeMeters>{track.elevation_m[at]:.1f}</AltitudeMeters>"
        f"<PointType>{POINT_TYPES.get(waypoint.kind, 'Generic')}</PointType><Notes>{clean_xml(about)}</Notes>"
        "</CoursePoint>"
    )


def short_name(waypoint: PlannedWaypoint) -> str:
    """Ten characters: arrival, which no two places share, and the letters that fit: ``3:42 TwinL``."""
    arrival = say_elapsed(waypoint.arrive_s)
    letters = to_ascii_letters(waypoint.name.title().replace(" ", ""), POINT_NAME_LENGTH - len(arrival) - 1)
    return f"{arrival} {letters}".strip()
