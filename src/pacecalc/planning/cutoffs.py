"""Cutoffs on the athlete's own clock: elapsed or by the wall clock, from the gun or the chip, on arrival or leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.clocks import seconds_since
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.course import Course, Cutoff
from pacecalc.planning.records import Applies, Measured
from pacecalc.record import record

DEFAULT_MARGIN_S = 300.0
"""Kept in hand at every intermediate cutoff when nothing is asked for; a choice."""


@record(kw_only=True)
class Deadline:
    """One cutoff in seconds after the athlete's own start, with the wall-clock time it stands for."""

    at_s: float
    clock: datetime
    applies: Applies
    measured: Measured

    def latest_arrival_s(self, stop_s: float) -> float:
        """Latest legal arrival when a stop of ``stop_s`` is planned here [s]."""
        return self.at_s - (stop_s if self.applies == "leaving" else 0.0)


def resolve_cutoff(
    cutoff: Cutoff, gun_clock: datetime, start_clock: datetime, shift_clock: Callable[[datetime], datetime]
) -> Deadline:
    """Put one cutoff on the athlete's own clock.

    A gun cutoff comes ``start_clock - gun_clock`` sooner for whoever crosses the start line later; a chip cutoff moves
    with the athlete. ``shift_clock`` moves wall-clock cutoffs to another year's date.
    """
    if cutoff.clock is not None:
        clock = shift_clock(cutoff.clock)
    else:
        origin = start_clock if cutoff.measured == "chip" else gun_clock
        # Elapsed time is physical, so the sum is taken in UTC: a night may hold a change of clocks.
        utc = origin.astimezone(UTC) + timedelta(seconds=float(cutoff.elapsed_s or 0.0))
        clock = utc.astimezone(origin.tzinfo)
    at_s = seconds_since(start_clock, clock)
    return Deadline(at_s=at_s, clock=clock, applies=cutoff.applies, measured=cutoff.measured)


def resolve_deadlines(course: Course, conditions: Conditions) -> list[Deadline | None]:
    """Deadline of every waypoint, None where there is none."""
    return [
        None
        if waypoint.cutoff is None
        else resolve_cutoff(waypoint.cutoff, conditions.gun_clock, conditions.start_clock, conditions.shift_clock)
        for waypoint in course.waypoints
    ]


def moving_deadlines_s(
    deadlines: Sequence[Deadline | None],
    stops_s: FloatArray,
    *,
    margin_s: float,
    goal_s: float,
    waypoint_margins_s: Mapping[int, float] | None = None,
) -> FloatArray:
    """Moving time by which each waypoint after the start must be reached [s]; the finish has the goal.

    Stops made before a waypoint are taken off its deadline, and its own stop too where the cutoff is on leaving. The
    margin is not asked of the finish: there the goal says what the athlete wants.
    """
    margins = waypoint_margins_s or {}
    moving = np.full(len(deadlines) - 1, np.inf)
    stopped_before = np.concatenate([[0.0], np.cumsum(stops_s)])[:-1]
    for index, deadline in enumerate(deadlines):
        if index == 0 or deadline is None or index == len(deadlines) - 1:
            continue
        latest = deadline.latest_arrival_s(float(stops_s[index])) - margins.get(index, margin_s)
        moving[index - 1] = latest - stopped_before[index]
    moving[-1] = goal_s - stopped_before[-1]
    return moving
