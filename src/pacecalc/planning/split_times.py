"""Splits as people give them: a place, and a clock or an elapsed time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pacecalc.clocks import seconds_since
from pacecalc.errors import UsageError
from pacecalc.planning.course import Course
from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.stops import find_waypoint
from pacecalc.units import to_si

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
DAY_S = 86400.0


def read_split(
    plan: RacePlan,
    course: Course,
    at: str,
    *,
    clock: str | None = None,
    elapsed: str | None = None,
    left: str | None = None,
) -> Split:
    """A split from its texts.

    ``left`` is told the way the arrival is: by the clock or elapsed. A clock without a date is the one nearest to the
    plan.

    Raises
    ------
    UsageError
        When the place is unknown, the time is missing, doubled or unreadable, or lies before the start.
    """
    index = find_waypoint(course, at)
    name = course.waypoints[index].name
    if (clock is None) == (elapsed is None):
        raise UsageError(f"{name}: give either --clock (10:12) or --elapsed (3:42)")
    if elapsed is not None:
        arrive_s = _read_elapsed(elapsed, name)
        leave_s = None if left is None else _read_elapsed(left, name)
    else:
        arrive_s = _read_clock(plan, clock or "", plan.waypoints[index].arrive_s, name)
        leave_s = None if left is None else _read_clock(plan, left, arrive_s, name)
    if leave_s is not None and leave_s < arrive_s:
        raise UsageError(f"{name}: left at {left} is before the arrival at {clock or elapsed}")
    return Split(name=name, arrive_s=arrive_s, leave_s=leave_s)


def _read_elapsed(text: str, name: str) -> float:
    elapsed_s = to_si(text, "s", name=f"elapsed time at {name}", minimum=0.0, two_part="h:mm")
    if elapsed_s <= 0.0:
        raise UsageError(f"{name}: an elapsed time of 0 is the start itself; give the time since the start")
    return elapsed_s


def _read_clock(plan: RacePlan, text: str, near_s: float, name: str) -> float:
    """Elapsed time at a clock time: of the given date, or of the day that puts it nearest to ``near_s``."""
    start = plan.day.start_clock.astimezone(UTC)
    zone = ZoneInfo(plan.day.timezone)
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        elapsed_s = seconds_since(start, _read_date_time(text, zone, name))
    else:
        hour, minute, second = (int(part or 0) for part in found.groups())
        expected = (start + timedelta(seconds=near_s)).astimezone(zone)
        clocks = [
            datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
            for day in (expected.date() + timedelta(days=shift) for shift in (-1, 0, 1))
        ]
        elapsed_s = min((seconds_since(start, c) for c in clocks), key=lambda s: abs(s - near_s))
    if elapsed_s <= 0.0:
        local = plan.day.start_clock
        raise UsageError(f"{name}: the clock {text} is before your start at {local:%H:%M} on {local:%Y-%m-%d}")
    return elapsed_s


def _read_date_time(text: str, zone: ZoneInfo, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f'{name}: clock "{text}": expected a time of day such as 10:12 or 02:14:30') from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
