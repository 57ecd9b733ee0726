"""From a track somebody recorded or drew to a course profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import DocumentError, TrackError
from pacecalc.planning.line import Line
from pacecalc.planning.profile_text import elevation_table, write_fields
from pacecalc.planning.records import Sport
from pacecalc.planning.waypoint_table import read_waypoint_table
from pacecalc.record import record
from pacecalc.science.elevation import count_cells, smooth_elevation
from pacecalc.tracks.cleaning import CleanLine, clean_track
from pacecalc.tracks.snapping import NEAR_M, Pass, snap_places
from pacecalc.tracks.track import Track

if TYPE_CHECKING:
    from pacecalc.documents.course_profile import CourseProfile

WORTH_A_REMARK = 0.03
"""Difference between track and official distance worth a warning (science page 7.3)."""
IMPLAUSIBLE = 0.30
"""Difference that means it is another course; a choice."""
POINT_SPACING_M = 20.0
MOST_POINTS = 6_000
NOISY_M = 1.0
"""Noise of single heights above which they are averaged before points are taken; a choice."""
NOISE_WINDOW_M = 60.0
DENSE_M = 30.0
"""Points farther apart show terrain, not noise, between neighbours."""
DEFAULT_START = datetime(2027, 6, 19, 6, 0)
"""Taken when a track has no time stamp: a June Saturday at six; a choice, always said."""

_KINDS = (
    ("aid", re.compile(r"aid|food|ravit|verpfleg|station|feed|restaurant", re.IGNORECASE)),
    ("water", re.compile(r"water|drink|fountain", re.IGNORECASE)),
    ("summit", re.compile(r"summit|peak|pass\b|col\b", re.IGNORECASE)),
    ("turnaround", re.compile(r"turn ?around", re.IGNORECASE)),
)


@record()
class ImportedCourse:
    """A profile made of a track, the line it runs along, and what was repaired or assumed."""

    profile: CourseProfile
    line: Line
    remarks: tuple[str, ...]


def course_from_track(
    track: Track,
    *,
    name: str | None = None,
    sport: Sport | None = None,
    distance_m: float | None = None,
    ascent_m: float | None = None,
    waypoints: str | Path | None = "wpt",
    start: datetime | None = None,
    timezone: str | None = None,
) -> CourseProfile:
    """Course profile of a track; see `import_track`, which also gives the line and the remarks."""
    return import_track(
        track,
        name=name,
        sport=sport,
        distance_m=distance_m,
        ascent_m=ascent_m,
        waypoints=waypoints,
        start=start,
        timezone=timezone,
    ).profile


def import_track(
    track: Track,
    *,
    name: str | None = None,
    sport: Sport | None = None,
    distance_m: float | None = None,
    ascent_m: float | None = None,
    waypoints: str | Path | None = "wpt",
    start: datetime | None = None,
    timezone: str | None = None,
) -> ImportedCourse:
    """Clean a track, stretch it to the official distance, place the waypoints and write it as a profile.

    Parameters
    ----------
    track : Track
        As read by ``read_track``.
    name, sport : optional
        Of the course; else what the track says, else its file name and ``run``.
    distance_m, ascent_m : float, optional
        Official figures. The line is scaled to the distance, with a remark over 3 %; the ascent is only recorded.
    waypoints : "wpt", path of a CSV file, or None
        Take the places marked in the track, those of a table, or only start and finish.
    start, timezone : optional
        Local start time and its zone; else from the time stamps and the longitude, which is said in the remarks.

    Raises
    ------
    TrackError
        When the track cannot make a course; see ``clean_track``.
    DocumentError
        When a table of waypoints has errors.
    """
    clean = clean_track(track)
    remarks = list(clean.remarks)
    scale = _official_scale(clean, distance_m, remarks)
    length_m = float(clean.distance_m[-1]) * scale
    along = clean.distance_m * scale
    facts = _start_facts(track, clean, start, timezone, remarks)
    places = _waypoint_fields(track, clean, along, scale, waypoints, remarks)
    sport = sport or _sport_of(track, remarks)
    point_m, height_m = _profile_points(along, clean.elevation_m, clean.distance_m)
    title = name or track.name or "Imported course"
    fields: dict[str, object] = {
        "id": slug(title),
        "name": title,
        "sport": sport,
        "distance": f"{length_m / 1000.0:.5f} km",
        "ascent": None if ascent_m is None else f"{ascent_m:.1f} m",
        "start": facts,
        "finish": {"latitude": f"{clean.latitude_deg[-1]:.6f}", "longitude": f"{clean.longitude_deg[-1]:.6f}"},
        "waypoints": places,
        "elevation": {
            "quality": "track",
            "source": "imported track",
            "unit": ["km", "m"],
            "points": elevation_table(point_m.tolist(), height_m.tolist()),
        },
        "estimates": remarks,
    }
    return ImportedCourse(_read_back(fields), Line(along, clean.latitude_deg, clean.longitude_deg), tuple(remarks))


def _read_back(fields: dict[str, object]) -> CourseProfile:
    from pacecalc.documents.course_profile import CourseProfile
    from pacecalc.documents.reading import parse_document

    try:
        return parse_document(CourseProfile, write_fields(fields))
    except DocumentError as error:
        # lines of a text nobody has seen would mislead
        raise DocumentError(replace(problem, file="", line=None, column=None) for problem in error.problems) from None


def slug(title: str) -> str:
    """Lower-case words with hyphens, fit for a file name and an id."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:80].strip("-") or "imported-course"


def _official_scale(clean: CleanLine, distance_m: float | None, remarks: list[str]) -> float:
    measured = float(clean.distance_m[-1])
    if distance_m is None:
        return 1.0
    scale = distance_m / measured
    lengths = f"the track is {measured / 1000:.2f} km long, the official distance {distance_m / 1000:.2f} km"
    if abs(scale - 1.0) > IMPLAUSIBLE:
        raise TrackError(f"{lengths}; is this the track of that course (or half of it)?")
    if abs(scale - 1.0) > WORTH_A_REMARK:
        remarks.append(f"{lengths}: scaled by {scale:.3f}")
    return scale


def _sport_of(track: Track, remarks: list[str]) -> Sport:
    if track.sport is None:
        remarks.append("the sport is not in the track; taken as run")
        return "run"
    return track.sport


def _start_facts(
    track: Track, clean: CleanLine, start: datetime | None, timezone: str | None, remarks: list[str]
) -> dict[str, object]:
    latitude, longitude = float(clean.latitude_deg[0]), float(clean.longitude_deg[0])
    if timezone is None:
        # signs of the Etc zones are those of POSIX: west is positive
        hours = round(longitude / 15.0)
        timezone = "UTC" if hours == 0 else f"Etc/GMT{-hours:+d}"
        remarks.append(f"the time zone is not known; {timezone} taken from the longitude, without summer time")
    if start is None:
        start = _first_time(track, timezone)
        if start is None:
            start = DEFAULT_START
            remarks.append(f"the start is not in the track; {start:%Y-%m-%d %H:%M} taken")
    return {
        "time": f"{start:%Y-%m-%d %H:%M:%S}",
        "timezone": timezone,
        "latitude": f"{latitude:.6f}",
        "longitude": f"{longitude:.6f}",
    }


def _first_time(track: Track, timezone: str) -> datetime | None:
    try:
        stamp = datetime.fromisoformat(track.first_time)
        return (
            None if stamp.tzinfo is None else stamp.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, microsecond=0)
        )
    except (ValueError, OverflowError, KeyError, OSError):
        return None


def _waypoint_fields(
    track: Track,
    clean: CleanLine,
    along: FloatArray,
    scale: float,
    waypoints: str | Path | None,
    remarks: list[str],
) -> list[object]:
    length_m = float(along[-1])
    if waypoints is None:
        found: list[tuple[float, dict[str, object]]] = []
    elif waypoints == "wpt":
        passes, lost = snap_places(track.places, clean)
        remarks += lost
        found = [(each.distance_m * scale, _fields_of_pass(each)) for each in passes]
    else:
        found, missed = read_waypoint_table(Path(waypoints), clean, scale)
        remarks += missed
    start: dict[str, object] = {"name": "Start", "kind": "start"}
    finish: dict[str, object] = {"name": "Finish", "kind": "finish"}
    between: list[tuple[float, dict[str, object]]] = []
    for distance, fields in found:
        if distance < NEAR_M:
            start = {**fields, "name": _end_name("Start", fields["name"]), "kind": "start"}
        elif distance > length_m - NEAR_M:
            finish = {**fields, "name": _end_name("Finish", fields["name"]), "kind": "finish"}
        else:
            between.append((distance, fields))
    all_fields = [(0.0, start), *_spread(between), (length_m, finish)]
    return [_with_place(fields, distance, along, clean) for distance, fields in all_fields]


def _end_name(end: str, name: object) -> str:
    bare = re.sub(r"\s*\((out|in|\d+)\)$", "", str(name))
    return bare if end.lower() in bare.lower() else f"{end} - {bare}"


def _spread(places: list[tuple[float, dict[str, object]]]) -> list[tuple[float, dict[str, object]]]:
    """Two places snapped to one distance stand a metre apart: the format wants them in passing order."""
    spread: list[tuple[float, dict[str, object]]] = []
    names: dict[str, int] = {}
    for distance, fields in sorted(places, key=lambda each: each[0]):
        if spread and distance < spread[-1][0] + 1.0:
            distance = spread[-1][0] + 1.0
        name = str(fields["name"])
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:
            fields = {**fields, "name": f"{name} ({names[name]})"}
        spread.append((distance, fields))
    return spread


def _with_place(fields: dict[str, object], distance: float, along: FloatArray, clean: CleanLine) -> dict[str, object]:
    elevation = float(np.interp(distance, along, clean.elevation_m))
    latitude = float(np.interp(distance, along, clean.latitude_deg))
    longitude = float(np.interp(distance, along, np.unwrap(clean.longitude_deg, period=360.0)))
    longitude = (longitude + 180.0) % 360.0 - 180.0
    return {
        "name": fields["name"],
        "at": f"{distance / 1000.0:.5f} km",
        "elevation": f"{elevation:.1f} m",
        "elevation_basis": "track",
        "latitude": f"{latitude:.6f}",
        "longitude": f"{longitude:.6f}",
        **{key: value for key, value in fields.items() if key != "name"},
    }


def _fields_of_pass(each: Pass) -> dict[str, object]:
    text = f"{each.place.kind} {each.place.name}"
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), "junction")
    return {
        "name": each.name,
        "kind": kind,
        "water": True if kind in ("aid", "water") else None,
        "note": each.place.note,
    }


def _profile_points(along: FloatArray, elevation: FloatArray, measured: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Points every 20 m, or 6,000 of them, of heights that are averaged first when they are noisy."""
    length_m = float(along[-1])
    if _noise_of_heights(measured, elevation) > NOISY_M:
        cells = count_cells(length_m)
        grid = np.linspace(0.0, length_m, cells + 1)
        fine = smooth_elevation(np.interp(grid, along, elevation), length_m / cells, NOISE_WINDOW_M)
    else:
        grid, fine = along, elevation
    points = min(MOST_POINTS, count_cells(length_m, POINT_SPACING_M))
    at = np.linspace(0.0, length_m, points + 1)
    return at, np.interp(at, grid, fine)


def _noise_of_heights(distance: FloatArray, elevation: FloatArray) -> float:
    """Robust scatter of heights about the line through their neighbours [m]."""
    if len(distance) < 10 or float(np.median(np.diff(distance))) > DENSE_M:
        return 0.0
    before, after = distance[1:-1] - distance[:-2], distance[2:] - distance[1:-1]
    line = (elevation[:-2] * after + elevation[2:] * before) / (before + after)
    # variance of a height minus the mean of its two neighbours is 1.5 times that of a height
    return float(np.median(np.abs(elevation[1:-1] - line)) * 1.4826 / np.sqrt(1.5))


def load_track_course(path: Path, *, sport: Sport | None = None) -> ImportedCourse:
    """Import a track file as it is; errors name the file."""
    from pacecalc.tracks.reading import read_track

    with name_file(path):
        return import_track(read_track(path), sport=sport)


@contextmanager
def name_file(path: Path) -> Iterator[None]:
    """Put the file's name before what is wrong with a track."""
    try:
        yield
    except TrackError as error:
        text = str(error)
        raise TrackError(text if text.startswith(str(path)) else f"{path}: {text}") from None
    except DocumentError as error:
        if any(problem.file for problem in error.problems):
            raise  # a table of waypoints, which names itself
        raise TrackError(f"{path}: {error}") from None
