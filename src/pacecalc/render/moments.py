"""Clock times of the race day, right across a change to or from summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pacecalc.planning.records import PlannedWaypoint, RacePlan


def clock_at(plan: RacePlan, elapsed_s: float) -> datetime:
    """Local clock of the course after so much elapsed time."""
    # Added in UTC: elapsed time is physical time, only the clock on the wall jumps.
    moment = plan.day.start_clock.astimezone(UTC) + timedelta(seconds=float(elapsed_s))
    return moment.astimezone(ZoneInfo(plan.day.timezone))


def to_second(clock: datetime) -> datetime:
    """The nearest whole second in UTC, for formats that know no fractions."""
    return (clock.astimezone(UTC) + timedelta(microseconds=500_000)).replace(microsecond=0)


def arrival_window_s(waypoint: PlannedWaypoint) -> tuple[float, float]:
    """Early (P10) and late (P90) arrival; planned arrival and leaving where the odds were not weighed."""
    if waypoint.arrive_p10_s is None or waypoint.arrive_p90_s is None:
        return waypoint.arrive_s, waypoint.leave_s
    return waypoint.arrive_p10_s, waypoint.arrive_p90_s


def say_zone(first: datetime, last: datetime) -> str:
    """Name of the time zone between two moments: ``MDT``; of both when the clocks change between them."""
    names = [clock.tzname() or "" for clock in (first, last)]
    return names[0] if names[0] == names[1] else f"{names[0]}, {names[1]} once the clocks have changed"
