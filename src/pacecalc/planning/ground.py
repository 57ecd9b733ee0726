"""The ground of the day: snow, mud and the like where a course is usually something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from pacecalc.errors import UsageError
from pacecalc.planning.course import Course
from pacecalc.planning.records import GroundStretch
from pacecalc.planning.stops import find_waypoint
from pacecalc.science.surfaces import CODE
from pacecalc.units import to_si

EXAMPLE = '"snow 3.6 mi to 10.3 mi"'
LIKE = "expected SURFACE FROM to TO, as distances or places of the course"


def read_ground(course: Course, written: str | Sequence[str]) -> tuple[GroundStretch, ...]:
    """Stretches from texts such as ``"snow 3.6 mi to 10.3 mi"`` or ``"mud Sally's Footbridge to Jaws"``.

    Raises
    ------
    UsageError, UnitError
        When a text does not say a surface and two places in the order of the course.
    """
    texts = [written] if isinstance(written, str) else written
    return tuple(_read_stretch(course, text) for text in texts)


def lay_ground(course: Course, stretches: Iterable[GroundStretch]) -> Course:
    """The course with other ground on some stretches; what comes later lies on top.

    Raises
    ------
    UsageError
        When a stretch ends before it begins or beyond the finish, or its surface is unknown.
    """
    laid = tuple(stretches)
    if not laid:
        return course
    middle_m = course.edge_m[:-1] + 0.5 * course.cell_m
    surface = course.surface.copy()
    for stretch in laid:
        _refuse_unknown(stretch.surface)
        _refuse_misplaced(course, stretch)
        first, last = np.searchsorted(middle_m, (stretch.start_m, stretch.end_m))
        surface[first:last] = CODE[stretch.surface]
    surface.flags.writeable = False
    return replace(course, surface=surface, ground=(*course.ground, *laid))


def _read_stretch(course: Course, text: str) -> GroundStretch:
    surface, _, places = text.strip().partition(" ")
    first, sign, last = places.partition(" to ")
    if not sign or not first.strip() or not last.strip():
        raise UsageError(f'ground "{text}": {LIKE}, such as {EXAMPLE}')
    name = surface.casefold().rstrip(":")
    _refuse_unknown(name)
    return GroundStretch(start_m=_read_place(course, first), end_m=_read_place(course, last), surface=name)


def _read_place(course: Course, text: str) -> float:
    """A distance from the start, or a place of the course [m]."""
    if text.strip()[:1].isdigit():
        return to_si(text, "m", name="ground", minimum=0.0)
    return course.waypoints[find_waypoint(course, text)].distance_m


def _refuse_unknown(surface: str) -> None:
    if surface not in CODE:
        raise UsageError(f'ground "{surface}" is unknown; it can be {", ".join(CODE)}')


def _refuse_misplaced(course: Course, stretch: GroundStretch) -> None:
    start_km, end_km, far_km = (m / 1000.0 for m in (stretch.start_m, stretch.end_m, course.distance_m))
    if end_km <= start_km:
        raise UsageError(f"ground {stretch.surface}: {end_km:.1f} km is not after {start_km:.1f} km; exchange them")
    if end_km > far_km + 0.5 * course.cell_m / 1000.0:
        raise UsageError(f"ground {stretch.surface}: {end_km:.1f} km is beyond the finish at {far_km:.1f} km")
