"""From a goal and the cutoffs to a clock at every cell: demand, deadline schedule, and the fixed point between them.

Heat, darkness, wind and fatigue depend on the hour and on what was done before; the hour depends on the pace. A few
passes settle both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pacecalc.errors import GoalError
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import Deadline, moving_deadlines_s
from pacecalc.planning.demand import CellPace, Demand
from pacecalc.planning.records import FloatArray
from pacecalc.planning.schedule import Block, StretchTable, find_blocks, refine_levels

IntArray = NDArray[np.intp]

PASSES_MAX = 6
SETTLED_S = 0.5
"""The fixed point has settled when no cell's clock moves more than this."""
GATE_SLACK_S = 0.5
EARLY_EFFORT_ALLOWANCE = 1.10
"""Highest effort a plan may ask for before an early cutoff, over the best held to the finish. A choice."""

DemandBuilder = Callable[[FloatArray], Demand]
"""Elapsed time at mid-cell [s] -> what the course demands at those hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacedRace:
    """A course with a clock on it."""

    course: Course
    edges: IntArray
    """Grid edge of each waypoint."""
    stops_s: FloatArray
    deadlines: tuple[Deadline | None, ...]
    demand: Demand
    pace: CellPace
    level: FloatArray
    """Level held in each cell."""
    even_level: float
    even_arrive_s: FloatArray
    """Arrival of the steady plan at each waypoint."""
    arrive_s: FloatArray
    """Arrival at each waypoint, own clock."""
    mid_s: FloatArray
    """Elapsed time at the middle of each cell."""
    blocks: tuple[Block, ...]
    gates: IntArray
    """Waypoints at which blocks may end: those with a deadline, and the finish."""

    @property
    def leave_s(self) -> FloatArray:
        return self.arrive_s + self.stops_s

    @property
    def finish_s(self) -> float:
        return float(self.arrive_s[-1])

    @property
    def binding(self) -> tuple[int, ...]:
        """Waypoints whose cutoffs bend the plan."""
        ends = [int(self.gates[block.last - 1]) for block in self.blocks[:-1]]
        return tuple(w for w in ends if w != len(self.arrive_s) - 1)


def snap_waypoints(course: Course) -> IntArray:
    """Grid edge nearest to each waypoint; the start is edge 0, the finish the last."""
    edges = np.rint(np.array([w.distance_m for w in course.waypoints]) / course.cell_m).astype(np.intp)
    edges[0], edges[-1] = 0, len(course.grade)
    return edges


def pace_race(
    course: Course,
    build_demand: DemandBuilder,
    *,
    goal_s: float,
    stops_s: FloatArray,
    deadlines: Sequence[Deadline | None],
    margin_s: float,
    waypoint_margins_s: Mapping[int, float] | None = None,
    level_limit: float | None = None,
) -> PacedRace:
    """Spread a goal over the course so that every cutoff is met with the least effort.

    Parameters
    ----------
    course : Course
    build_demand : callable
        Gives the demand for an assumed clock; called a few times.
    goal_s : float
        Finish time wanted, by the athlete's own clock [s].
    stops_s : array
        Planned stop at each waypoint [s].
    deadlines : sequence of Deadline or None
        One for each waypoint.
    margin_s : float
        Kept in hand at every cutoff before the finish [s].
    waypoint_margins_s : mapping, optional
        Waypoint index to its own margin [s].
    level_limit : float, optional
        Highest level allowed; by default what the demand says the athlete can do, with an allowance for a harder start.

    Returns
    -------
    PacedRace
        Its finish equals the goal to a few hundredths of a second, unless the level limit forbids.
    """
    edges = snap_waypoints(course)
    targets = moving_deadlines_s(
        deadlines, stops_s, margin_s=margin_s, goal_s=goal_s, waypoint_margins_s=waypoint_margins_s
    )
    if targets[-1] <= 0.0:
        raise GoalError("the planned stops alone take longer than the goal; shorten them (--stop) or take a later goal")
    gates = np.nonzero(np.isfinite(targets))[0] + 1
    mid_s = _even_clock(course, edges, stops_s, goal_s)
    for _ in range(PASSES_MAX):
        demand = build_demand(mid_s)
        blocks, cell_level = _schedule(demand, edges[gates], targets[gates - 1], level_limit)
        pace = demand.pace(cell_level)
        before, mid_s = mid_s, _mid_clock(pace.time_s, edges, stops_s)
        if np.max(np.abs(mid_s - before)) < SETTLED_S:
            break
    even_level, even_time_s = _even_plan(demand, targets[-1], len(course.grade))
    return PacedRace(
        course=course,
        edges=edges,
        stops_s=stops_s,
        deadlines=tuple(deadlines),
        demand=demand,
        pace=pace,
        level=cell_level,
        even_level=even_level,
        even_arrive_s=arrivals_s(even_time_s, edges, stops_s),
        arrive_s=arrivals_s(pace.time_s, edges, stops_s),
        mid_s=mid_s,
        blocks=tuple(blocks),
        gates=gates,
    )


def arrivals_s(cell_time_s: FloatArray, edges: IntArray, stops_s: FloatArray) -> FloatArray:
    """Arrival at each waypoint, stops before it included [s]."""
    moving = np.concatenate([[0.0], np.cumsum(cell_time_s)])[edges]
    return np.asarray(moving + np.concatenate([[0.0], np.cumsum(stops_s)])[:-1], dtype=np.float64)


def _mid_clock(cell_time_s: FloatArray, edges: IntArray, stops_s: FloatArray) -> FloatArray:
    stopped = np.zeros(len(cell_time_s) + 1)
    np.add.at(stopped, edges, stops_s)
    return np.asarray(np.cumsum(cell_time_s) - 0.5 * cell_time_s + np.cumsum(stopped)[:-1], dtype=np.float64)


def _even_clock(course: Course, edges: IntArray, stops_s: FloatArray, goal_s: float) -> FloatArray:
    cells = len(course.grade)
    return _mid_clock(np.full(cells, max(goal_s - stops_s.sum(), 1.0) / cells), edges, stops_s)


def _even_plan(demand: Demand, moving_s: float, cells: int) -> tuple[float, FloatArray]:
    """Level that covers the whole course in ``moving_s`` without any cutoff, and its cell times."""
    deadlines = np.array([moving_s])
    table = StretchTable(lambda level: np.array([demand.cell_times_s(level).sum()]))
    blocks = refine_levels(
        lambda levels: np.array([demand.cell_times_s(float(levels[0])).sum()]),
        find_blocks(table, deadlines),
        deadlines,
        float("inf"),
    )
    return blocks[0].level, demand.cell_times_s(blocks[0].level)


def _schedule(
    demand: Demand, gate_edges: IntArray, targets_s: FloatArray, level_limit: float | None
) -> tuple[list[Block], FloatArray]:
    """Blocks between gates and the level of each cell, exact for all that couples the stretches."""
    ends = np.concatenate([[0], gate_edges])
    counts = np.diff(ends)

    def stretch_times(level: float | FloatArray) -> FloatArray:
        if isinstance(level, np.ndarray):
            level = np.repeat(level, counts)
        covered = np.concatenate([[0.0], np.cumsum(demand.cell_times_s(level))])
        return np.diff(covered[ends])

    table = StretchTable(stretch_times)
    limit = level_limit if level_limit is not None else _default_limit(demand, table, targets_s)
    targets = targets_s.copy()
    for _ in range(len(targets_s) + 1):
        blocks = refine_levels(stretch_times, find_blocks(table, targets, limit), targets, limit)
        levels = np.repeat([b.level for b in blocks], [b.last - b.first for b in blocks])
        late = np.cumsum(stretch_times(levels)) - targets_s
        # The table interpolates; a gate inside a block may then be missed by seconds. Ask it for that much more.
        missed = (late > GATE_SLACK_S) & (levels < limit * (1.0 - 1e-9))
        missed[-1] = False
        if not missed.any():
            break
        targets[missed] -= late[missed] + GATE_SLACK_S
    return blocks, np.repeat(levels, counts)


def _default_limit(demand: Demand, table: StretchTable, targets_s: FloatArray) -> float:
    if demand.best_level is None:
        return float("inf")
    goal_level = table.level_for(0, len(targets_s), float(targets_s[-1]))
    return EARLY_EFFORT_ALLOWANCE * max(demand.best_level, goal_level)
