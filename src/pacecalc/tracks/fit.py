"""FIT in: the records of an activity or course file, and course points."""

from __future__ import annotations

import warnings
from math import nan
from pathlib import Path
from typing import Any

from pacecalc.errors import MissingExtraError, TrackError
from pacecalc.tracks.track import MAXIMUM_PLACES, MAXIMUM_POINTS, Place, Track, make_track

DEGREES_PER_SEMICIRCLE = 180.0 / 2**31
"""FIT stores angles as 32-bit parts of half a turn (FIT protocol)."""


def read_fit(path: Path) -> Track:
    """Read a FIT file.

    Raises
    ------
    MissingExtraError
        When fitdecode is not installed.
    TrackError
        When the file is damaged.
    """
    try:
        import fitdecode
    except ImportError:
        raise MissingExtraError("Reading FIT files", "fit") from None

    latitude: list[float] = []
    longitude: list[float] = []
    elevation: list[float] = []
    places: list[Place] = []
    facts = {"time": "", "name": "", "sport": "", "sub_sport": ""}
    try:
        with warnings.catch_warnings(), fitdecode.FitReader(str(path)) as reader:
            # damage that fitdecode only warns about shows in the points, or not at all
            warnings.simplefilter("ignore")
            for frame in reader:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if frame.name == "record":
                    _add_record(frame, latitude, longitude, elevation, facts)
                elif frame.name == "course_point" and len(places) < MAXIMUM_PLACES:
                    _add_place(frame, places)
                elif frame.name in ("course", "session", "sport"):
                    facts["name"] = facts["name"] or str(_value(frame, "name") or "")
                    for key in ("sport", "sub_sport"):
                        facts[key] = facts[key] or str(_value(frame, key) or "")
    except TrackError:
        raise
    except Exception as error:  # fitdecode meets damage with struct, key and value errors besides its own
        raise TrackError(f"a damaged FIT file ({' '.join(str(error).split())[:100]}); export it again") from None
    return make_track(
        name=facts["name"] or path.stem,
        latitude_deg=latitude,
        longitude_deg=longitude,
        elevation_m=elevation,
        places=places,
        first_time=facts["time"],
        sport_text=f"{facts['sport']} {facts['sub_sport']}".strip(),
    )


def _value(frame: Any, field: str) -> Any:
    return frame.get_value(field, fallback=None)


def _position(frame: Any) -> tuple[float, float] | None:
    latitude, longitude = _value(frame, "position_lat"), _value(frame, "position_long")
    if latitude is None or longitude is None:
        return None
    return latitude * DEGREES_PER_SEMICIRCLE, longitude * DEGREES_PER_SEMICIRCLE


def _add_record(
    frame: Any, latitude: list[float], longitude: list[float], elevation: list[float], facts: dict[str, str]
) -> None:
    position = _position(frame)
    if position is None:
        return
    if len(latitude) >= MAXIMUM_POINTS:
        raise TrackError(f"more than {MAXIMUM_POINTS:,} points; thin the track (one every 5 m is enough)")
    height = _value(frame, "enhanced_altitude")
    height = _value(frame, "altitude") if height is None else height
    latitude.append(position[0])
    longitude.append(position[1])
    elevation.append(nan if height is None else float(height))
    stamp = _value(frame, "timestamp")
    if not facts["time"] and hasattr(stamp, "isoformat"):
        facts["time"] = stamp.isoformat()


def _add_place(frame: Any, places: list[Place]) -> None:
    position = _position(frame)
    if position is not None:
        name = str(_value(frame, "name") or f"Waypoint {len(places) + 1}")
        places.append(Place(name, *position, kind=str(_value(frame, "type") or "")))
