"""GPX 1.1: places with arrival, cutoff and intake, and a timed track that a watch's virtual partner follows."""

from __future__ import annotations

from datetime import datetime

from pacecalc.errors import CourseError
from pacecalc.planning.records import PlannedWaypoint, RacePlan
from pacecalc.render.moments import to_second
from pacecalc.render.plain_text import clean_xml
from pacecalc.render.positions import TimedTrack, position_of, second_of, track_with_times
from pacecalc.render.waypoint_words import describe_waypoint, name_with_times
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_date, say_elapsed

NOT_FOR_NAVIGATION = "Straight lines between known places, not the course: not for navigation."
SYMBOLS = {
    "start": "Flag, Green",
    "finish": "Flag, Red",
    "summit": "Summit",
    "water": "Drinking Water",
    "aid": "Restaurant",
}
"""Names Garmin devices have pictures for; others show a flag."""


def render_gpx(plan: RacePlan, *, units: System = "metric") -> str:
    """GPX 1.1 of the plan; on a course without a track, its known places and a route marked as no navigation.

    Raises
    ------
    CourseError
        When neither the course nor any of its places has a position.
    """
    system = IMPERIAL if units == "imperial" else METRIC
    track = track_with_times(plan)
    placed = [(w, place) for w in plan.waypoints if (place := position_of(plan, w)) is not None]
    if track is None and not placed:
        raise CourseError(
            f"{plan.course.name}: no place of this course has a position; plan on your own track (pacecalc plan"
            " TRACK.gpx), or add latitude and longitude to the waypoints of the profile"
        )
    line = _route(plan, placed) if track is None else _track(plan, track)
    return (
        "\n".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>',
                '<gpx version="1.1" creator="pacecalc" xmlns="http://www.topografix.com/GPX/1/1">',
                _metadata(plan, track is None),
                *(_waypoint(plan, w, place, system) for w, place in placed),
                *line,
                "</gpx>",
            ]
        )
        + "\n"
    )


def _metadata(plan: RacePlan, sketch: bool) -> str:
    about = f"Plan for {say_elapsed(plan.goal_s)} on {say_date(plan.day.gun_clock)}."
    if sketch:
        about += f" {NOT_FOR_NAVIGATION}"
    moment = _utc(to_second(plan.day.start_clock))
    return (
        f"<metadata><name>{clean_xml(plan.course.name)}</name><desc>{clean_xml(about)}</desc>"
        f"<time>{moment}</time></metadata>"
    )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _waypoint(plan: RacePlan, waypoint: PlannedWaypoint, place: tuple[float, float], units: Units) -> str:
    about = "; ".join(describe_waypoint(plan, waypoint, units))
    symbol = SYMBOLS.get(waypoint.kind, "Flag, Blue")
    return (
        f'<wpt lat="{place[0]:.6f}" lon="{_longitude(place[1])}"><ele>{waypoint.elevation_m:.1f}</ele>'
        f"<name>{clean_xml(name_with_times(plan, waypoint))}</name><desc>{clean_xml(about)}</desc>"
        f"<sym>{symbol}</sym><type>{clean_xml(waypoint.kind)}</type></wpt>"
    )


def _longitude(longitude_deg: float) -> str:
    # GPX 1.1 counts longitude from -180 up to, not including, 180.
    text = f"{longitude_deg:.6f}"
    return "-180.000000" if text == "180.000000" else text


def _track(plan: RacePlan, track: TimedTrack) -> list[str]:
    kind = "running" if plan.course.sport == "run" else "cycling"
    points = zip(
        track.latitude_deg.tolist(),
        track.longitude_deg.tolist(),
        track.elevation_m.tolist(),
        track.elapsed_s.tolist(),
        strict=True,
    )
    return [
        f"<trk><name>{clean_xml(plan.course.name)}</name><type>{kind}</type><trkseg>",
        *(
            f'<trkpt lat="{lat:.6f}" lon="{_longitude(lon)}"><ele>{ele:.1f}</ele>'
            f"<time>{_utc(second_of(plan, at))}</time></trkpt>"
            for lat, lon, ele, at in points
        ),
        "</trkseg></trk>",
    ]


def _route(plan: RacePlan, placed: list[tuple[PlannedWaypoint, tuple[float, float]]]) -> list[str]:
    if len(placed) < 2:
        return []
    return [
        f"<rte><name>{clean_xml(plan.course.name)}</name><desc>{NOT_FOR_NAVIGATION}</desc>",
        *(
            f'<rtept lat="{lat:.6f}" lon="{_longitude(lon)}"><ele>{w.elevation_m:.1f}</ele>'
            f"<name>{clean_xml(w.name)}</name></rtept>"
            for w, (lat, lon) in placed
        ),
        "</rte>",
    ]
