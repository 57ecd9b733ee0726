"""How long the athlete stands still: defaults by station, race length and place, every one overridable by name.

No study gives the stops of whole fields, so the minutes are a choice inside what races show: medians of 12 min at
Hardrock's stations, about a minute on road 100 km races. They were chosen together with the size of the slow-down so
that arrivals at the stations of seven races are predicted well with the stops of the plan inside, and searched over
until the thirds of the fields of Western States and UTMB were near their plan (tests/benchmarks/splits.py). Three
things are measured. The stop at a life base is what finishers of UTMB 2015 took at Courmayeur (median 38 min; 10 min of
those who finished in 24 to 26 h, 46 min of those who finished in 40 to 42 h; 754 finishers of the open splits). Stops
grow along the day: Hardrock's mean stops, at 28, 43, 57 and 72 % of the course, were 14, 18, 24 and 22 min, and 8 km
before the finish hardly anybody stood (median 2 min; 39 finishers). And those who finish just inside the limit still
take their time: at Courmayeur only the last half hour before the closing of the finish shows a shorter stop (31 min
against 47).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.errors import UsageError
from pacecalc.planning.course import Course, Waypoint

HOURS = np.array([0.0, 3.0, 6.0, 12.0, 18.0, 24.0, 30.0, 46.0])
RUN_STATION_MIN = np.array([0.0, 0.0, 0.5, 0.75, 1.5, 2.0, 2.5, 6.0])
RUN_MAJOR_MIN = np.array([0.0, 0.0, 0.5, 2.0, 4.0, 5.0, 7.0, 14.0])
RUN_LIFE_BASE_MIN = np.array([0.0, 0.0, 0.5, 3.0, 6.0, 9.0, 21.0, 48.0])
"""From 24 h on within 7 min of Courmayeur's medians by finish time."""
RIDE_STATION_MIN = np.array([0.0, 0.0, 0.5, 2.0, 3.0, 4.0, 5.0, 6.0])
RIDE_MAJOR_MIN = np.array([0.0, 0.5, 1.5, 4.0, 6.0, 8.0, 10.0, 12.0])
ONLY_WATER = frozenset({"water", "water only"})
ONLY_WATER_FACTOR = 0.5
"""Where the services are nothing but water, stops are half as long as at a station with food. A choice."""
SIT_DOWN = ("hot meal", "hot food", "major")
LIFE_BASE = "life base"
"""Words among a place's services that make it a large station of runners, and one with bag, hot meal and beds."""
RUN_GROWTH_START = 0.6
RUN_GROWTH = 1.2
"""A runner's stop at a share x of the course is 0.6 + 1.2 x times the table: at 72 % 1.6 times as long as at 28 %, as
at Hardrock. Life bases stand outside of it."""
FINISH_NEAR = 0.9
"""From here on runners' stops shrink towards nothing at the finish."""
RIDE_LATE_FACTOR = 1.25
"""On riders' stops after half the distance; running.md has 1.5 as an upper value. A choice."""
SHARE_MAX = 0.08
"""Planned stops take at most this share of the finish time. A choice; Hardrock's finishers spend more."""
RUN_HURRY_FROM = 0.99
"""From this share of the finish cutoff on, runners' defaults shrink: at Courmayeur those of the last half hour do."""
RIDE_HURRY_FROM = 0.97
"""Riders' from here: half an hour's stops are what a rider at the limit can still give back. A choice."""
HURRY_FACTOR = 0.6


def is_refill(waypoint: Waypoint) -> bool:
    """Whether food or water can be had: a station, a crew, or a drop bag."""
    return waypoint.kind != "finish" and bool(
        waypoint.water or waypoint.offers or waypoint.kind in ("start", "aid", "water") or waypoint.drop_bag
    )


def default_stops_s(course: Course, finish_s: float) -> FloatArray:
    """Planned stop at each waypoint [s], whole half minutes; 0 at the start, the finish and bare landmarks."""
    stops = np.zeros(len(course.waypoints))
    for index, waypoint in enumerate(course.waypoints[1:-1], start=1):
        if waypoint.stop_s is not None:
            stops[index] = waypoint.stop_s
        elif is_refill(waypoint):
            stops[index] = _ordinary_stop_s(course, waypoint, finish_s / 3600.0)
    stops *= _hurry(course, finish_s) * min(1.0, SHARE_MAX * finish_s / max(stops.sum(), 1.0))
    return np.round(stops / 30.0) * 30.0


def _ordinary_stop_s(course: Course, waypoint: Waypoint, hours: float) -> float:
    """What a station of that size takes on a day of that length, at that place of the course."""
    services = waypoint.services.casefold()
    is_major = waypoint.drop_bag or (waypoint.crew and waypoint.kind == "aid")
    share = waypoint.distance_m / course.distance_m
    if course.sport != "run":
        late = RIDE_LATE_FACTOR if share > 0.5 else 1.0
        return 60.0 * late * float(np.interp(hours, HOURS, RIDE_MAJOR_MIN if is_major else RIDE_STATION_MIN))
    if LIFE_BASE in services:
        return 60.0 * float(np.interp(hours, HOURS, RUN_LIFE_BASE_MIN))
    growth = (RUN_GROWTH_START + RUN_GROWTH * share) * min(1.0, (1.0 - share) / (1.0 - FINISH_NEAR))
    if is_major or any(word in services for word in SIT_DOWN):
        return 60.0 * growth * float(np.interp(hours, HOURS, RUN_MAJOR_MIN))
    size = ONLY_WATER_FACTOR if services in ONLY_WATER else 1.0
    return 60.0 * growth * size * float(np.interp(hours, HOURS, RUN_STATION_MIN))


def _hurry(course: Course, finish_s: float) -> float:
    limit_s = course.time_limit_s
    hurry_from = RUN_HURRY_FROM if course.sport == "run" else RIDE_HURRY_FROM
    return HURRY_FACTOR if limit_s is not None and finish_s > hurry_from * limit_s else 1.0


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
