"""A course of one's own: from a track file to a course profile, in the units people write."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from pacecalc.errors import UsageError
from pacecalc.planning.from_track import ImportedCourse, import_track, name_file
from pacecalc.planning.records import Sport
from pacecalc.tracks.reading import read_track
from pacecalc.units import to_si

WAYPOINT_SOURCES = ("wpt", "none")


def import_course(
    track: str | os.PathLike[str],
    *,
    name: str | None = None,
    sport: Sport | None = None,
    distance: Any = None,
    ascent: Any = None,
    waypoints: str = "wpt",
    start: str | None = None,
    timezone: str | None = None,
) -> ImportedCourse:
    """Make a course profile from a GPX, TCX or FIT file.

    Parameters
    ----------
    track : path
        The file.
    name, sport : optional
        Of the course; else what the track says.
    distance, ascent : quantity or str, optional
        Official figures; the line is scaled to the distance [length].
    waypoints : str
        ``"wpt"`` for those in the track, ``"none"``, or the path of a CSV table.
    start : str, optional
        Local start time such as ``"2027-08-14 06:30"``.
    timezone : str, optional
        Its zone, such as ``"America/Denver"``.

    Raises
    ------
    TrackError, UnitError, UsageError
        With one clear line.
    """
    with name_file(Path(track)):
        return import_track(
            read_track(Path(track)),
            name=name,
            sport=sport,
            distance_m=None if distance is None else to_si(distance, "m", name="distance", minimum=100.0),
            ascent_m=None if ascent is None else to_si(ascent, "m", name="ascent", minimum=0.0),
            waypoints=None if waypoints == "none" else waypoints,
            start=_read_start(start),
            timezone=timezone,
        )


def _read_start(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f'start "{text}": expected date and local time such as "2027-08-14 06:30"') from None
