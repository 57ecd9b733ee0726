"""Time between two clocks, in one place: a night may hold a change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime


def seconds_since(start: datetime, clock: datetime) -> float:
    """Time gone by between two aware clocks [s].

    Python subtracts clocks of one zone by what their hands show, an hour wrong over a change of summer time.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> denver = ZoneInfo("America/Denver")
    >>> start, finish = (datetime(2026, 10, 31, 22, tzinfo=denver), datetime(2026, 11, 1, 4, tzinfo=denver))
    >>> seconds_since(start, finish) / 3600.0
    7.0
    """
    return (clock.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
