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
    bags, crews = _find_places(course, "drop_bag", drop_bags), _find_places(course, "crew", crew)
    waypoints = tuple(
        replace(
            waypoint,
            drop_bag=waypoint.drop_bag if bags is None else index in bags,
            crew=waypoint.crew if crews is None else index in crews,
        )
        for index, waypoint in enumerate(course.waypoints)
    )
    return course if bags is crews is None else replace(course, waypoints=waypoints)


def _find_places(course: Course, field: str, names: Sequence[str] | None) -> set[int] | None:
    if names is None:
        return None
    chosen = {find_waypoint(course, name) for name in names}
    for index in sorted(chosen):
        if getattr(course.waypoints[index], field) is False:
            what = field.replace("_", " ")
            raise UsageError(f"{course.waypoints[index].name} allows no {what}, says the course profile")
    return chosen
