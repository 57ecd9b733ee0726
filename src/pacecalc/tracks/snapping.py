"""Where along a line a marked place lies: every pass, in passing order."""

from __future__ import annotations

import re

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.record import record
from pacecalc.science.geodesy import project_locally
from pacecalc.tracks.cleaning import CleanLine
from pacecalc.tracks.track import Place

NEAR_M = 150.0
"""A place farther from the line is not on the course; a choice (published coordinates are that coarse)."""
SEPARATE_M = 400.0
"""Two passes closer together along the line are one: a bend, a car park, a turnaround. A choice."""

_FIRST_PASS = re.compile(r"\((out|1st|1)\)\s*$", re.IGNORECASE)
_LAST_PASS = re.compile(r"\((in|2nd|2)\)\s*$", re.IGNORECASE)


@record()
class Pass:
    """One time the line goes by a place."""

    place: Place
    name: str
    distance_m: float
    off_m: float


def snap_places(places: tuple[Place, ...], line: CleanLine) -> tuple[tuple[Pass, ...], tuple[str, ...]]:
    """Passes of all places sorted by distance, and remarks on places that are not on the line.

    A place passed twice becomes "name (out)" and "name (in)", one passed more often "name (1)", "name (2)" and so on.
    """
    passes: list[Pass] = []
    remarks: list[str] = []
    for place in _without_repeats(places):
        along, off, nearest = find_passes(place.latitude_deg, place.longitude_deg, line)
        if len(along) == 0:
            remarks.append(f"'{place.name}' is {_spell(nearest)} off the track and left out")
            continue
        if _FIRST_PASS.search(place.name):
            along, off = along[:1], off[:1]
        elif _LAST_PASS.search(place.name):
            along, off = along[-1:], off[-1:]
        names = _names_of_passes(place.name, len(along))
        passes += [Pass(place, *facts) for facts in zip(names, along, off, strict=True)]
    return tuple(sorted(passes, key=lambda each: each.distance_m)), tuple(remarks)


def _spell(length_m: float) -> str:
    return f"{length_m:.0f} m" if length_m < 1000.0 else f"{length_m / 1000.0:.1f} km"


def _names_of_passes(name: str, count: int) -> list[str]:
    if count == 1:
        return [name]
    if count == 2:
        return [f"{name} (out)", f"{name} (in)"]
    return [f"{name} ({number})" for number in range(1, count + 1)]


def _without_repeats(places: tuple[Place, ...]) -> list[Place]:
    """Planners mark a place passed twice with two waypoints of one name; they are one place."""
    kept: dict[str, Place] = {}
    for place in places:
        name, number = place.name, 1
        while name in kept and not _is_near(kept[name], place):
            number += 1
            name = f"{place.name} {number}"
        if name not in kept:
            kept[name] = Place(name, place.latitude_deg, place.longitude_deg, place.kind, place.note)
    return list(kept.values())


def _is_near(one: Place, other: Place) -> bool:
    east, north = project_locally(other.latitude_deg, other.longitude_deg, one.latitude_deg, one.longitude_deg)
    return float(np.hypot(east, north)) < NEAR_M


def find_passes(
    latitude_deg: float, longitude_deg: float, line: CleanLine, *, near_m: float = NEAR_M
) -> tuple[list[float], list[float], float]:
    """Distances along the line where it goes by a position, how far off it then is, and the nearest distance at all."""
    east, north = project_locally(line.latitude_deg, line.longitude_deg, latitude_deg, longitude_deg)
    off, along = _nearest_on_legs(east, north, line.distance_m)
    near = np.flatnonzero(off <= near_m)
    if len(near) == 0:
        return [], [], float(off.min())
    # a new pass begins where the line has been out of reach for long enough
    breaks = np.flatnonzero(np.diff(along[near]) > SEPARATE_M) + 1
    at: list[float] = []
    how_far: list[float] = []
    for group in np.split(near, breaks):
        best = group[np.argmin(off[group])]
        at.append(float(along[best]))
        how_far.append(float(off[best]))
    return at, how_far, float(off.min())


def _nearest_on_legs(east: FloatArray, north: FloatArray, distance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """For every leg the distance of the origin to it, and where along the line its nearest point is."""
    de, dn = np.diff(east), np.diff(north)
    square = de * de + dn * dn
    share = -(east[:-1] * de + north[:-1] * dn) / np.where(square > 0.0, square, 1.0)
    share = np.clip(share, 0.0, 1.0)
    off = np.hypot(east[:-1] + share * de, north[:-1] + share * dn)
    return off, distance[:-1] + share * np.diff(distance)
