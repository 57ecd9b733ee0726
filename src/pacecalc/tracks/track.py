"""A track as read from a file: points in order, and the places marked beside them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import TrackError
from pacecalc.record import record

TrackSport = Literal["run", "mtb", "ride"]

MAXIMUM_BYTES = 64_000_000
"""A hundred miles at one point a second with all sensors is about 25 MB."""
MAXIMUM_POINTS = 2_000_000
MAXIMUM_PLACES = 2_000
LONGEST_NAME = 200
LONGEST_NOTE = 2_000
LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Heights outside are what a recorder writes when it has none (-32768 and the like)."""


@record()
class Place:
    """A marked place: a waypoint of GPX, a course point of TCX and FIT."""

    name: str
    latitude_deg: float
    longitude_deg: float
    kind: str = ""
    note: str = ""


@record(kw_only=True)
class Track:
    """Points of a line in passing order; all segments are joined."""

    name: str
    latitude_deg: FloatArray
    longitude_deg: FloatArray
    elevation_m: FloatArray
    """NaN where the file has none."""
    places: tuple[Place, ...] = ()
    first_time: str = ""
    """Time stamp of the first point as written, empty without."""
    sport: TrackSport | None = None


def make_track(
    *,
    name: str,
    latitude_deg: object,
    longitude_deg: object,
    elevation_m: object,
    places: list[Place],
    first_time: str = "",
    sport_text: str = "",
) -> Track:
    """Check what a reader collected and freeze it.

    Raises
    ------
    TrackError
        With fewer than two points, or with a coordinate that is no number or not on the earth.
    """
    latitude = np.array(latitude_deg, dtype=np.float64)
    longitude = np.array(longitude_deg, dtype=np.float64)
    elevation = np.array(elevation_m, dtype=np.float64)
    if len(latitude) < 2:
        found = "no points" if len(latitude) == 0 else "only one point"
        raise TrackError(f"the track has {found}; a course needs at least two, from start to finish")
    for what, values, limit in (("latitude", latitude, 90.0), ("longitude", longitude, 360.0)):
        wrong = np.flatnonzero(~(np.abs(values) <= limit))
        if len(wrong):
            raise TrackError(
                f"point {wrong[0] + 1}: the {what} {values[wrong[0]]:g} is not on the earth; "
                f"expected {-limit:.0f} to {limit:.0f} degrees"
            )
    with np.errstate(invalid="ignore"):
        elevation[~((elevation >= LOWEST_M) & (elevation <= HIGHEST_M))] = np.nan
    return Track(
        name=_readable(name, LONGEST_NAME),
        latitude_deg=latitude,
        longitude_deg=np.where(np.abs(longitude) <= 180.0, longitude, (longitude + 180.0) % 360.0 - 180.0),
        elevation_m=elevation,
        places=tuple(
            Place(
                _readable(place.name, LONGEST_NAME) or f"Waypoint {number}",
                place.latitude_deg,
                place.longitude_deg,
                _readable(place.kind, LONGEST_NAME),
                _readable(place.note, LONGEST_NOTE),
            )
            for number, place in enumerate(places, 1)
            if abs(place.latitude_deg) <= 90.0 and abs(place.longitude_deg) <= 360.0
        ),
        first_time=first_time.strip(),
        sport=_sport(sport_text),
    )


def _readable(text: str, longest: int) -> str:
    """One line without control characters, which could rewrite a terminal, cut to a length the format takes."""
    line = " ".join(text.split())
    return "".join(character for character in line if character.isprintable())[:longest].strip()


def _sport(text: str) -> TrackSport | None:
    words = text.lower()
    if any(word in words for word in ("run", "hik", "walk", "trek")):
        return "run"
    if "mtb" in words or "mountain" in words:
        return "mtb"
    return "ride" if any(word in words for word in ("bik", "cycl", "ride")) else None
