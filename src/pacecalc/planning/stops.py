"""How long the athlete stands still: defaults by station and race length, every one overridable by name.

The size of the defaults is a choice inside what races show: medians of 12 min at Hardrock's stations, about a minute on
road 100 km races. Longer days and larger stations mean longer stops, and stops grow over the second half. For days of
12 to 30 h they are half as long as was first chosen: laid over the slow-down, arrivals at Western States come closer.
The stop at a life base is measured: what finishers of UTMB 2015 took at Courmayeur (median 38 min; 10 min of those who
finished in 24 to 26 h, 46 min of those who finished in 40 to 42 h; 754 finishers of the open splits).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import UsageError
from pacecalc.planning.course import Course, Waypoint
from pacecalc.planning.records import Sport

HOURS = np.array([0.0, 3.0, 6.0, 12.0, 18.0, 24.0, 30.0, 46.0])
RUN_STATION_MIN = np.array([0.0, 0.0, 0.5, 1.0, 1.5, 1.5, 2.0, 4.0])
RUN_MAJOR_MIN = np.array([0.0, 0.0, 1.5, 3.0, 4.0, 4.0, 5.0, 14.0])
RIDE_STATION_MIN = np.array([0.0, 0.0, 0.5, 2.0, 3.0, 4.0, 5.0, 6.0])
RIDE_MAJOR_MIN = np.array([0.0, 0.5, 1.5, 4.0, 6.0, 8.0, 10.0, 12.0])
LATE_GROWTH = 1.25
"""Factor on stops after half the distance; running.md has 1.5 as an upper value. A choice."""
RUN_LIFE_BASE_MIN = np.array([0.0, 0.0, 1.5, 4.0, 6.0, 9.0, 21.0, 48.0])
"""Up to 18 h that of other large stations, then within 7 min of Courmayeur's medians by finish time."""
LIFE_BASE = "life base"
"""Word among a place's services: bag, hot meal, beds."""
SHARE_MAX = 0.06
"""Planned stops take at most this share of the finish time. A choice; Hardrock's finishers spend more."""
HURRY_FROM = 0.97
"""From this share of the finish cutoff on, defaults shrink: those near the barrier stop a fifth as long as others."""
HURRY_FACTOR = 0.6
STATION_KINDS = frozenset({"aid", "water", "crew", "turnaround"})


def is_refill(waypoint: Waypoint) -> bool:
    """Whether food or water can be had: a station, a crew, or a drop bag."""
    return waypoint.kind != "finish" and bool(
        waypoint.water or waypoint.offers or waypoint.kind in ("start", "aid", "water") or waypoint.drop_bag
    )


def default_stops_s(course: Course, finish_s: float) -> FloatArray:
    """Planned stop at each waypoint [s], whole half minutes; 0 at the start, the finish and bare landmarks."""
    hours = finish_s / 3600.0
    stops = np.zeros(len(course.waypoints))
    for index, waypoint in enumerate(course.waypoints[1:-1], start=1):
        if waypoint.stop_s is not None:
            stops[index] = waypoint.stop_s
        elif is_refill(waypoint):
            late = LATE_GROWTH if waypoint.distance_m > 0.5 * course.distance_m else 1.0
            stops[index] = 60.0 * late * float(np.interp(hours, HOURS, _table(course.sport, waypoint)))
    stops *= _hurry(course, finish_s) * min(1.0, SHARE_MAX * finish_s / max(stops.sum(), 1.0))
    return np.round(stops / 30.0) * 30.0


def _table(sport: Sport, waypoint: Waypoint) -> FloatArray:
    """Minutes by hours of the race, for a station of that size."""
    is_major = waypoint.drop_bag or (waypoint.crew and waypoint.kind == "aid")
    if sport != "run":
        return RIDE_MAJOR_MIN if is_major else RIDE_STATION_MIN
    if waypoint.drop_bag and LIFE_BASE in waypoint.services.casefold():
        return RUN_LIFE_BASE_MIN
    return RUN_MAJOR_MIN if is_major else RUN_STATION_MIN


def _hurry(course: Course, finish_s: float) -> float:
    cutoff = course.waypoints[-1].cutoff
    if cutoff is None or cutoff.elapsed_s is None:
        return 1.0
    return HURRY_FACTOR if finish_s > HURRY_FROM * cutoff.elapsed_s else 1.0


def override_stops(course: Course, stops_s: FloatArray, overrides: Mapping[str, float]) -> FloatArray:
    """Stops with the athlete's own in place of the defaults.

    Raises
    ------
    UsageError
        When a name is not on the course; the nearest one is suggested.
    """
    result = stops_s.copy()
    for name, stop_s in overrides.items():
        result[find_waypoint(course, name)] = stop_s
    return result


def find_waypoint(course: Course, name: str) -> int:
    """Index of the waypoint of that name; case does not matter, and words may be left out while one place fits."""
    names = [w.name for w in course.waypoints]
    folded = [n.casefold() for n in names]
    wanted = name.strip().casefold()
    if wanted in folded:
        return folded.index(wanted)
    words = wanted.split()
    fitting = [i for i, n in enumerate(folded) if words and set(words) <= set(n.split())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f'"{name}" fits several places: {", ".join(names[i] for i in fitting)}; write one in full')
    near = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.4)
    hint = f'; did you mean "{names[folded.index(near[0])]}"?' if near else f"; places are: {', '.join(names)}"
    raise UsageError(f'no place called "{name}" on this course{hint}')
