"""Margins as people write them: times, or shares of days, everywhere or at one place."""

from __future__ import annotations

from dataclasses import field

from pacecalc.errors import UsageError
from pacecalc.planning.choices import RaceChoices, Written
from pacecalc.planning.course import Course
from pacecalc.planning.stops import find_waypoint
from pacecalc.record import record
from pacecalc.units import to_si

SHARE_RANGE = (0.5, 0.999)
"""A plan is a median: half of all days are in time with no margin at all."""


@record(kw_only=True)
class Margins:
    """Times by waypoint index, and shares of days that the planner turns into times."""

    everywhere_s: float | None = None
    places_s: dict[int, float] = field(default_factory=dict)
    probabilities: dict[int, float] = field(default_factory=dict)


def read_margins(course: Course, choices: RaceChoices) -> Margins:
    """Margins for the cutoffs of a course.

    Raises
    ------
    UsageError
        When a place has no cutoff, or a share of days is out of range.
    """
    everywhere_s: float | None = None
    places_s: dict[int, float] = {}
    probabilities: dict[int, float] = {}
    plain = choices.get("margin")
    if is_share(plain):
        share = _read_share(plain, "margin")
        before_finish = list(enumerate(course.waypoints))[1:-1]
        probabilities = {i: share for i, w in before_finish if w.cutoff is not None}
    elif plain is not None:
        everywhere_s = to_si(plain, "s", name="margin", minimum=0.0, two_part="h:mm")
    for name, written in (choices.get("margins") or {}).items():
        index = find_waypoint(course, name)
        place = course.waypoints[index].name
        if course.waypoints[index].cutoff is None:
            raise UsageError(f"{place} has no cutoff, so there is none to keep a margin to")
        probabilities.pop(index, None)
        if is_share(written):
            probabilities[index] = _read_share(written, f"margin at {place}")
        else:
            places_s[index] = to_si(written, "s", name=f"margin at {place}", minimum=0.0, two_part="h:mm")
    return Margins(everywhere_s=everywhere_s, places_s=places_s, probabilities=probabilities)


def is_share(written: Written) -> bool:
    """Whether a margin is told in per cent of days."""
    return isinstance(written, str) and written.strip().endswith("%")


def _read_share(written: Written, name: str) -> float:
    share = to_si(written, "1", name=name)
    if not SHARE_RANGE[0] <= share <= SHARE_RANGE[1]:
        raise UsageError(f"{name} {written}: expected a share of days from 50% to 99.9%, or a time such as 10min")
    return share
