"""From a recorded or drawn track to a line with one height at every distance: no repeats, spikes or holes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray
from pacecalc.errors import TrackError
from pacecalc.record import record
from pacecalc.science.geodesy import measure_along, measure_geodesic
from pacecalc.tracks.track import Track

SAME_PLACE_M = 0.1
"""Points closer than this are one: a recorder at rest. A choice."""
STRAY_M = 500.0
"""A single point this far off both neighbours, which are close together, is a lost fix. A choice."""
SPIKE_M = 30.0
"""Smallest jump of height that can be a spike; a choice above any recorder's noise."""
SPIKE_GRADE = 1.0
"""A spike is also steeper than 45 degrees (science page 7.3)."""
SPIKE_LENGTH_M = 500.0
"""A spike comes back within this distance; a choice."""
HOLE_M = 2_000.0
"""Longest stretch whose missing heights may be drawn as a straight line; a choice."""
HOLES_FRACTION = 0.10
"""Most of a course that may be filled so; a choice."""
SHORTEST_M = 100.0
LONGEST_M = 5_000_000.0


@record(kw_only=True)
class CleanLine:
    """A line ready for a grid: distances strictly rise, every point has a height."""

    distance_m: FloatArray
    latitude_deg: FloatArray
    longitude_deg: FloatArray
    elevation_m: FloatArray
    remarks: tuple[str, ...]
    """What was repaired, for people."""


def clean_track(track: Track) -> CleanLine:
    """Drop repeated and stray points, remove spikes of height and fill short holes.

    Raises
    ------
    TrackError
        When all points are one place, the line is shorter than 100 m or longer than 5,000 km, or heights are missing
        over more than can be filled honestly.
    """
    remarks: list[str] = []
    keep = _drop_strays(track, _drop_repeats(track), remarks)
    latitude, longitude = track.latitude_deg[keep], track.longitude_deg[keep]
    distance = measure_along(latitude, longitude)
    _check_length(float(distance[-1]))
    elevation = track.elevation_m[keep].copy()
    missing = np.isnan(elevation)
    spikes = _find_spikes(distance, elevation)
    if len(spikes):
        elevation[spikes] = np.nan
        remarks.append(f"{_count(len(spikes), 'spike')} of height removed")
    filled = _fill_holes(distance, elevation, missing, remarks)
    return CleanLine(
        distance_m=distance,
        latitude_deg=latitude,
        longitude_deg=longitude,
        elevation_m=filled,
        remarks=tuple(remarks),
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _drop_repeats(track: Track) -> NDArray[np.int_]:
    """Points that move on; of a group at one place the first that has a height."""
    lat, lon = track.latitude_deg, track.longitude_deg
    length, _ = measure_geodesic(lat[:-1], lon[:-1], lat[1:], lon[1:])
    moved = np.concatenate(([True], length >= SAME_PLACE_M))
    if np.count_nonzero(moved) < 2:
        # slow crawls of a drawn line, every step below the limit, still lead somewhere
        moved[-1] = bool(length.sum() >= SAME_PLACE_M)
    group = np.cumsum(moved) - 1
    first = np.flatnonzero(moved)
    with_height = np.flatnonzero(~np.isnan(track.elevation_m))
    chosen = first.copy()
    # backwards, so that the first of a group is written last
    chosen[group[with_height[::-1]]] = with_height[::-1]
    return chosen


def _drop_strays(track: Track, keep: NDArray[np.int_], remarks: list[str]) -> NDArray[np.int_]:
    if len(keep) < 4:
        return keep
    lat, lon = track.latitude_deg[keep], track.longitude_deg[keep]
    leg, _ = measure_geodesic(lat[:-1], lon[:-1], lat[1:], lon[1:])
    far = leg > max(STRAY_M, 20.0 * float(np.median(leg)))
    suspects = np.flatnonzero(far[:-1] & far[1:]) + 1
    if len(suspects) == 0:
        return keep
    across, _ = measure_geodesic(lat[suspects - 1], lon[suspects - 1], lat[suspects + 1], lon[suspects + 1])
    strays = suspects[across < 0.3 * (leg[suspects - 1] + leg[suspects])]
    if len(strays):
        remarks.append(f"{_count(len(strays), 'stray point')} removed")
    return np.delete(keep, strays)


def _check_length(length_m: float) -> None:
    if length_m < SAME_PLACE_M:
        raise TrackError("all points of the track are the same place; a course needs a start and a finish apart")
    if length_m < SHORTEST_M:
        raise TrackError(f"the track is {length_m:.0f} m long; expected at least {SHORTEST_M:.0f} m")
    if length_m > LONGEST_M:
        raise TrackError(f"the track is {length_m / 1000:,.0f} km long; expected at most {LONGEST_M / 1000:,.0f} km")


def _find_spikes(distance: FloatArray, elevation: FloatArray) -> NDArray[np.int_]:
    """Points between an impossible step and the step that takes it back."""
    known = np.flatnonzero(~np.isnan(elevation))
    if len(known) < 3:
        return np.empty(0, dtype=np.int_)
    x, z = distance[known], elevation[known]
    rise, run = np.diff(z), np.diff(x)
    jumps = np.flatnonzero(np.abs(rise) > np.maximum(SPIKE_M, SPIKE_GRADE * run))
    bad = np.zeros(len(known), dtype=bool)
    index = 0
    while index < len(jumps):
        here = jumps[index]
        there = jumps[index + 1] if index + 1 < len(jumps) else None
        if there is not None and _is_return(rise[here], rise[there], x[there] - x[here + 1]):
            bad[here + 1 : there + 1] = True
            index += 2
            continue
        if x[here] - x[0] < SPIKE_LENGTH_M and here + 1 < len(x) // 2:
            bad[: here + 1] = True
        elif x[-1] - x[here + 1] < SPIKE_LENGTH_M and here + 1 > len(x) // 2:
            bad[here + 1 :] = True
        index += 1
    return known[bad]


def _is_return(first: float, second: float, length: float) -> bool:
    return first * second < 0.0 and length <= SPIKE_LENGTH_M and min(abs(first / second), abs(second / first)) > 0.5


def _fill_holes(
    distance: FloatArray, elevation: FloatArray, missing: NDArray[np.bool_], remarks: list[str]
) -> FloatArray:
    if missing.all():
        raise TrackError(
            "no point has an elevation, and a plan without climbs would be wrong; add heights first, "
            "for instance with the elevation tool of a route planner"
        )
    known = ~np.isnan(elevation)
    if missing.any():
        holes = _gaps_with_missing(distance, missing)
        longest, total = float(holes.max()), float(holes.sum())
        if longest > HOLE_M or total > HOLES_FRACTION * distance[-1]:
            raise TrackError(
                f"elevation is missing over {total / 1000:.1f} km (longest stretch {longest / 1000:.1f} km); up to "
                f"{HOLE_M / 1000:.0f} km at a time and {HOLES_FRACTION:.0%} in all can be filled; add heights first"
            )
        remarks.append(f"missing heights filled over {total / 1000:.2f} km")
    filled: FloatArray = np.interp(distance, distance[known], elevation[known])
    return filled


def _gaps_with_missing(distance: FloatArray, missing: NDArray[np.bool_]) -> FloatArray:
    """Length of every stretch without heights, from the last known point before it to the next one."""
    edge = np.diff(np.concatenate(([False], missing, [False])).astype(np.int8))
    first, last = np.flatnonzero(edge == 1), np.flatnonzero(edge == -1)
    return distance[np.minimum(last, len(distance) - 1)] - distance[np.maximum(first - 1, 0)]
