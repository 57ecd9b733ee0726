"""Where the athlete really has a bag or a crew, out of the places where the race allows one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pacecalc.errors import UsageError
from pacecalc.planning.course import Course
from pacecalc.planning.stops import find_waypoint


def place_supplies(course: Course, drop_bags: Sequence[str] | None, crew: Sequence[str] | None) -> Course:
    """The course with own supply only at the places named; None leaves what the profile says.

    Raises
    ------
    UsageError
        When a name is not on the course, or its profile says that there can be no bag or crew.
    """
    waypoints = list(course.waypoints)
    for field, names, what in (("drop_bag", drop_bags, "drop bag"), ("crew", crew, "crew")):
        if names is None:
            continue
        chosen = {find_waypoint(course, name) for name in names}
        for index in sorted(chosen):
            if getattr(course.waypoints[index], field) is False:
                raise UsageError(f"{course.waypoints[index].name} takes no {what}, says the course profile")
        waypoints = [
            replace(w, **{field: index in chosen}) if index in chosen or getattr(w, field) else w
            for index, w in enumerate(waypoints)
        ]
    return course if tuple(waypoints) == tuple(course.waypoints) else replace(course, waypoints=tuple(waypoints))
