"""From a course profile, as people write it, to the uniform grid the planner works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import CourseError, UsageError
from pacecalc.planning.course import Award, Congestion, Course, Cutoff, Wave, Waypoint
from pacecalc.planning.line import Line as Line
from pacecalc.planning.records import Applies, Measured, Sport
from pacecalc.science.elevation import (
    accumulate_ascent,
    count_cells,
    grade_of_cells,
    interpolate_shape_preserving,
    smooth_elevation,
)
from pacecalc.science.geodesy import find_bend_radius, measure_geodesic
from pacecalc.science.surfaces import CODE

if TYPE_CHECKING:
    from pacecalc.documents.course_profile import CourseProfile, CutoffRule, WaypointFacts

SMOOTHING_WINDOW_M = {"surveyed": 50.0, "track": 100.0, "digitised": 200.0, "composite": 100.0, "sketch": 200.0}
"""Window by where the heights come from: the noise a recorder or a terrain model leaves. A choice (science 7.3)."""
UNKNOWN_SURFACE: dict[str, str] = {"run": "gravel", "mtb": "doubletrack", "ride": "gravel"}
"""Taken where the profile says nothing; firm and even for runners, the usual off-road for bikes. A choice."""
SHORTEST_COURSE_M = 100.0
DAY_S = 86400.0

Quality = Literal["surveyed", "track", "digitised", "composite", "sketch"]


def build_course(profile: CourseProfile, *, line: Line | None = None) -> Course:
    """Lay a uniform grid over a course profile.

    Parameters
    ----------
    profile : CourseProfile
        The profile as read; the documents have already refused what contradicts itself.
    line : Line, optional
        The track behind the profile, which gives positions, bearings and bends of every cell.

    Returns
    -------
    Course
        Cells of about 10 m that divide the official distance exactly, smoothed elevation and grade, the surface of
        every cell, and the waypoints with their rules.

    Raises
    ------
    CourseError
        When the profile is shorter than 100 m.
    """
    if profile.distance < SHORTEST_COURSE_M:
        raise CourseError(
            f"{profile.id}: the course is {profile.distance:.0f} m long; expected at least {SHORTEST_COURSE_M:.0f} m "
            "(is the unit of 'distance' right?)"
        )
    cells = count_cells(profile.distance)
    cell_m = profile.distance / cells
    edge_m = np.linspace(0.0, profile.distance, cells + 1)
    elevation_m = _smoothed_profile(profile, edge_m, cell_m)
    up_m, down_m = accumulate_ascent(elevation_m)
    surface, unknown_m = _surface_of_cells(profile, edge_m)
    estimates = tuple(profile.estimates)
    if unknown_m >= cell_m:
        taken = UNKNOWN_SURFACE[profile.sport]
        estimates += (f"the surface of {unknown_m / 1000.0:.1f} km is not known and taken as {taken}",)
    latitude, longitude = _positions(profile, edge_m, line)
    bearing = radius = None
    if line is not None:
        _, bearing = measure_geodesic(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
        radius = find_bend_radius(bearing, cell_m)
    return Course(
        id=profile.id,
        name=profile.name,
        sport=cast(Sport, profile.sport),
        edition=profile.edition or "",
        cell_m=cell_m,
        elevation_m=_read_only(elevation_m),
        grade=_read_only(grade_of_cells(elevation_m, cell_m)),
        surface=surface,
        waypoints=_waypoints(profile),
        ascent_m=float(up_m[-1]),
        descent_m=float(down_m[-1]),
        published_ascent_m=profile.ascent,
        start_clock=profile.start.clock,
        timezone=profile.start.timezone,
        latitude_deg=_read_only(latitude),
        longitude_deg=_read_only(longitude),
        bearing_deg=None if bearing is None else _read_only(bearing),
        radius_m=None if radius is None else _read_only(radius),
        elevation_quality=cast(Quality, profile.elevation.quality),
        draft_factor=_values_of_cells(profile, edge_m, "draft", 1.0),
        exposure=_values_of_cells(profile, edge_m, "exposure", np.nan),
        speed_limit_m_per_s=_values_of_cells(profile, edge_m, "speed_limit", np.inf),
        congestion=_congestion(profile),
        awards=tuple(
            Award(name=award.name, under_s=award.under, measured=cast(Measured, award.measured))
            for award in profile.awards
            if award.under is not None
        ),
        waves=_waves(profile),
        estimates=estimates,
        sources=tuple(profile.sources),
        notes=profile.notes or "",
    )


def _read_only(values: FloatArray) -> FloatArray:
    values.flags.writeable = False
    return values


def _smoothed_profile(profile: CourseProfile, edge_m: FloatArray, cell_m: float) -> FloatArray:
    along = as_floats(profile.elevation.distance_m)
    height = as_floats(profile.elevation.elevation_m)
    # the last point of a table in km and an official distance in miles differ by rounding: stretch one to the other
    along = along * (edge_m[-1] / along[-1])
    window_m = SMOOTHING_WINDOW_M[profile.elevation.quality]
    # The median; np.median would load numpy.ma, a twentieth of the start.
    sparse = float(np.quantile(np.diff(along), 0.5)) > 0.5 * window_m
    fine = interpolate_shape_preserving(along, height, edge_m) if sparse else np.interp(edge_m, along, height)
    return smooth_elevation(fine, cell_m, window_m)


def _surface_of_cells(profile: CourseProfile, edge_m: FloatArray) -> tuple[NDArray[np.uint8], float]:
    """Surface code of every cell, and the length nobody described."""
    middle = 0.5 * (edge_m[:-1] + edge_m[1:])
    unknown = len(CODE)
    codes = np.full(len(middle), unknown, dtype=np.uint8)
    for stretch in profile.surfaces:
        first, last = np.searchsorted(middle, (stretch.start, stretch.end))
        codes[first:last] = CODE[stretch.surface]
    missing = codes == unknown
    codes[missing] = CODE[UNKNOWN_SURFACE[profile.sport]]
    codes.flags.writeable = False
    return codes, float(np.count_nonzero(missing)) * float(edge_m[1] - edge_m[0])


def _values_of_cells(profile: CourseProfile, edge_m: FloatArray, key: str, elsewhere: float) -> FloatArray | None:
    """A value that stretches of the profile give to riders, for every cell; None when none gives it."""
    if all(getattr(stretch, key) is None for stretch in profile.stretches):
        return None
    middle = 0.5 * (edge_m[:-1] + edge_m[1:])
    values = np.full(len(middle), elsewhere)
    for stretch in profile.stretches:
        value = getattr(stretch, key)
        if value is not None:
            first, last = np.searchsorted(middle, (stretch.start, stretch.end))
            values[first:last] = value
    return _read_only(values)


def _congestion(profile: CourseProfile) -> Congestion | None:
    crowd = profile.congestion
    if crowd is None:
        return None
    return Congestion(start_m=crowd.start, end_m=crowd.end, lost_s=crowd.lost, last_start_s=crowd.last_start)


def _positions(profile: CourseProfile, edge_m: FloatArray, line: Line | None) -> tuple[FloatArray, FloatArray]:
    if line is None:
        line = _line_through_known_places(profile)
    along = line.distance_m * (edge_m[-1] / line.distance_m[-1])
    # unwrapped, so that a course across the antimeridian does not run round the earth between two points
    longitude = np.unwrap(line.longitude_deg, period=360.0)
    latitude_at_edge = np.interp(edge_m, along, line.latitude_deg)
    longitude_at_edge = np.interp(edge_m, along, longitude)
    return latitude_at_edge, (longitude_at_edge + 180.0) % 360.0 - 180.0


def _line_through_known_places(profile: CourseProfile) -> Line:
    places = {0.0: (profile.start.latitude, profile.start.longitude)}
    for waypoint in profile.waypoints[1:]:
        if waypoint.latitude is not None and waypoint.longitude is not None:
            places[min(waypoint.at, profile.distance)] = (waypoint.latitude, waypoint.longitude)
    if profile.finish is not None:
        places[profile.distance] = (profile.finish.latitude, profile.finish.longitude)
    elif profile.distance not in places:
        places[profile.distance] = places[max(places)]
    along = sorted(places)
    latitude, longitude = np.array([places[x] for x in along], dtype=np.float64).T
    return Line(np.array(along), latitude, longitude)


def _waypoints(profile: CourseProfile) -> tuple[Waypoint, ...]:
    last = len(profile.waypoints) - 1
    return tuple(
        _waypoint(facts, profile, profile.distance if index == last else facts.at)
        for index, facts in enumerate(profile.waypoints)
    )


def _waypoint(facts: WaypointFacts, profile: CourseProfile, distance_m: float) -> Waypoint:
    rule = facts.cutoff
    if facts.kind == "finish" and rule is None:
        rule = profile.cutoff
    return Waypoint(
        name=facts.name,
        kind=facts.kind,
        distance_m=distance_m,
        elevation_m=facts.elevation,
        cutoff=None if rule is None else _cutoff(rule, profile.start.timezone),
        crew=facts.crew,
        drop_bag=facts.drop_bag,
        stop_s=facts.stop,
        water=facts.kind == "water" if facts.water is None else facts.water,
        offers=None if facts.offers is None else tuple(facts.offers),
        services=facts.services or "",
        pacer=facts.pacer or "",
        note=facts.note or "",
        latitude_deg=facts.latitude,
        longitude_deg=facts.longitude,
    )


def _waves(profile: CourseProfile) -> tuple[Wave, ...]:
    clock = profile.start.clock
    gun_s = 3600.0 * clock.hour + 60.0 * clock.minute + clock.second
    return tuple(Wave(name=wave.name, delay_s=(wave.time - gun_s) % DAY_S) for wave in profile.start.waves)


def _cutoff(rule: CutoffRule, timezone: str) -> Cutoff:
    return Cutoff(
        elapsed_s=rule.elapsed,
        clock=None if rule.clock is None else rule.clock.replace(tzinfo=ZoneInfo(timezone)),
        applies=cast(Applies, rule.applies),
        measured=cast(Measured, rule.measured),
        note=rule.note or "",
    )


def load_course(name_or_path: str | Path, *, sport: Sport | None = None) -> Course:
    """Course of a bundled or user profile by its id, of a YAML profile, or straight from a GPX, TCX or FIT track.

    Parameters
    ----------
    name_or_path : str or Path
        An id such as ``leadville-trail-100-mtb``, or a path; one that ends in .gpx, .tcx or .fit is read as a track.
    sport : optional
        Sport of a track, before what the track says; a profile knows its own.

    Raises
    ------
    CourseError
        When there is no such course; the message suggests the nearest id.
    UsageError
        When a profile is of another sport than the one asked for.
    DocumentError, TrackError
        When the file cannot be used; all problems at once.
    """
    from pacecalc.documents.course_profile import CourseProfile
    from pacecalc.documents.library import find_profile
    from pacecalc.documents.reading import load_document
    from pacecalc.tracks import TRACK_SUFFIXES

    if str(name_or_path).lower().endswith(TRACK_SUFFIXES):
        from pacecalc.planning.from_track import load_track_course

        imported = load_track_course(Path(name_or_path), sport=sport)
        return build_course(imported.profile, line=imported.line)
    profile = load_document(CourseProfile, find_profile(name_or_path))
    if sport is not None and profile.sport != sport:
        raise UsageError(f"{profile.id} is a course for {profile.sport}, not {sport}; a sport can be chosen for tracks")
    return build_course(profile)
