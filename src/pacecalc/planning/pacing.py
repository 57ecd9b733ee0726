"""From a goal and the cutoffs to a clock at every cell: demand, deadline schedule, and the fixed point between them.

Heat, darkness, wind and fatigue depend on the hour and on what was done before; the hour depends on the pace. A few
passes settle both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import GoalError
from pacecalc.planning.course import Course
from pacecalc.planning.cutoffs import Deadline, moving_deadlines_s
from pacecalc.planning.demand import CellPace, Demand
from pacecalc.planning.schedule import (
    TABLE_RATIO,
    Block,
    StretchTable,
    find_blocks,
    is_gentlest,
    refine_blocks,
    refine_levels,
)
from pacecalc.record import record

IntArray = NDArray[np.intp]

PASSES_MAX = 6
SETTLED_S = 0.5
"""The fixed point has settled when no cell's clock moves more than this."""
GATE_SLACK_S = 0.5
TABLE_STEPS = range(-4, 2)
"""Rows of the table of levels that nearly every goal needs; riders have them in one go."""
EFFORT_GUESS_MAX = 2.0
"""Effort of what is over is told from its times, within this factor of the plan."""
EARLY_EFFORT_ALLOWANCE = 1.10
"""Highest effort a plan may ask for before an early cutoff, over the best held to the finish. A choice."""

DemandBuilder = Callable[[FloatArray], Demand]
"""Elapsed time at mid-cell [s] -> what the course demands at those hours."""


@record(kw_only=True)
class BegunRace:
    """The part of a race that is over: what cannot be planned any more."""

    waypoint: int
    """Where the rest begins."""
    cell_time_s: FloatArray
    """Real moving time of every cell before it."""
    level: FloatArray
    """Level that was planned there."""

    @property
    def moving_s(self) -> float:
        return float(self.cell_time_s.sum())


@record(kw_only=True)
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
    def leaving_s(self) -> FloatArray:
        """Time at each of the n + 1 cell edges; at a stop, that of leaving."""
        half_s = 0.5 * self.pace.time_s
        return np.append(self.mid_s - half_s, self.mid_s[-1] + half_s[-1])

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
    return course.waypoint_edges


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
    begun: BegunRace | None = None,
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
        Planned stop at each waypoint, the real one where it is over [s].
    deadlines : sequence of Deadline or None
        One for each waypoint.
    margin_s : float
        Kept in hand at every cutoff before the finish [s].
    waypoint_margins_s : mapping, optional
        Waypoint index to its own margin [s].
    level_limit : float, optional
        Highest level allowed; by default what the demand says the athlete can do, with an allowance for a harder start.
    begun : BegunRace, optional
        What is over already; only the rest is spread.

    Returns
    -------
    PacedRace
        Its finish equals the goal to a few hundredths of a second, unless the level limit forbids.
    """
    edges = snap_waypoints(course)
    first = 0 if begun is None else begun.waypoint
    targets = moving_deadlines_s(
        deadlines, stops_s, margin_s=margin_s, goal_s=goal_s, waypoint_margins_s=waypoint_margins_s
    )
    targets[:first] = np.inf
    if begun is not None:
        targets -= begun.moving_s
    if targets[-1] <= 0.0:
        raise GoalError("the planned stops alone take longer than the goal; shorten them (--stop) or take a later goal")
    gates = np.nonzero(np.isfinite(targets))[0] + 1
    mid_s = _first_clock(course, edges, stops_s, goal_s, begun)
    blocks: list[Block] = []
    for _ in range(PASSES_MAX):
        stretches = _Stretches(build_demand(mid_s), np.concatenate([[edges[first]], edges[gates]]), begun)
        blocks = _schedule(stretches, targets[gates - 1], level_limit, blocks)
        before, mid_s = mid_s, _mid_clock(stretches.cell_times_s(blocks), edges, stops_s)
        if np.max(np.abs(mid_s - before)) < SETTLED_S:
            break
    even_level, even_time_s = _even_plan(stretches, blocks, float(targets[-1]))
    pace = stretches.pace(blocks)
    return PacedRace(
        course=course,
        edges=edges,
        stops_s=stops_s,
        deadlines=tuple(deadlines),
        demand=stretches.demand,
        pace=pace,
        level=stretches.cell_levels(blocks),
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
    return as_floats(moving + np.concatenate([[0.0], np.cumsum(stops_s)])[:-1])


def _mid_clock(cell_time_s: FloatArray, edges: IntArray, stops_s: FloatArray) -> FloatArray:
    stopped = np.zeros(len(cell_time_s) + 1)
    np.add.at(stopped, edges, stops_s)
    return as_floats(np.cumsum(cell_time_s) - 0.5 * cell_time_s + np.cumsum(stopped)[:-1])


def _first_clock(
    course: Course, edges: IntArray, stops_s: FloatArray, goal_s: float, begun: BegunRace | None
) -> FloatArray:
    """Clock to begin the fixed point with: the rest at one speed."""
    done_s = begun.cell_time_s if begun is not None else np.zeros(0)
    left = len(course.grade) - len(done_s)
    rest_s = max(goal_s - float(stops_s.sum()) - float(done_s.sum()), 1.0)
    return _mid_clock(np.concatenate([done_s, np.full(left, rest_s / max(left, 1))]), edges, stops_s)


class _Stretches:
    """The stretches between gates under one demand, after what is over; keeps the last answer of an expensive model."""

    def __init__(self, demand: Demand, ends: IntArray, begun: BegunRace | None) -> None:
        self.demand, self._ends, self._begun = demand, ends, begun
        self._counts = np.diff(ends)
        self._known: tuple[FloatArray, FloatArray] | None = None
        self.table: StretchTable | None = None

    @property
    def count(self) -> int:
        return len(self._counts)

    def times_s(self, level: float | FloatArray) -> FloatArray:
        """Moving time of every stretch, at one level or one a stretch [s]."""
        if isinstance(level, np.ndarray):
            cells = np.repeat(level, self._counts)
        else:
            cells = np.full(int(self._counts.sum()), float(level))
        covered = np.concatenate([[0.0], np.cumsum(self._times_of(self._with_begun(cells)))])
        return np.diff(covered[self._ends])

    def lay_table(self) -> StretchTable:
        """Table of the stretches' times over levels."""
        if self.table is None:
            in_one_go = getattr(self.demand, "leg_times_table", None)
            rows = {}
            if in_one_go is not None:
                edges = np.concatenate([self._ends] if self._begun is None else [[0], self._ends])
                found = in_one_go([TABLE_RATIO**step for step in TABLE_STEPS], edges)[:, -self.count :]
                rows = dict(zip(TABLE_STEPS, found, strict=True))
            self.table = StretchTable(self.times_s, rows)
        return self.table

    def cell_levels(self, blocks: Sequence[Block]) -> FloatArray:
        """Level of every cell of the course."""
        levels = np.repeat([b.level for b in blocks], [b.last - b.first for b in blocks])
        return self._with_begun(np.repeat(levels, self._counts))

    def cell_times_s(self, blocks: Sequence[Block]) -> FloatArray:
        """Moving time of every cell of the course; real where the race is over [s]."""
        return self._real(self._times_of(self.cell_levels(blocks)))

    def even_times_s(self, level: float) -> FloatArray:
        """Moving time of every cell with the rest at one level [s]."""
        return self.cell_times_s([Block(0, self.count, level)])

    def pace(self, blocks: Sequence[Block]) -> CellPace:
        """The course covered at these levels; real times, and the effort they took, where the race is over."""
        levels = self.cell_levels(blocks)
        if self._begun is not None:
            done = len(self._begun.cell_time_s)
            # Time falls about as effort rises; the real times stand in any case.
            share = self._times_of(levels)[:done] / np.maximum(self._begun.cell_time_s, 1e-9)
            levels[:done] *= np.clip(share, 1.0 / EFFORT_GUESS_MAX, EFFORT_GUESS_MAX)
        pace = self.demand.pace(levels)
        return replace(pace, time_s=self._real(pace.time_s))

    def _with_begun(self, cells: FloatArray) -> FloatArray:
        return cells if self._begun is None else np.concatenate([self._begun.level, cells])

    def _real(self, time_s: FloatArray) -> FloatArray:
        if self._begun is None:
            return time_s
        done = len(self._begun.cell_time_s)
        return np.concatenate([self._begun.cell_time_s, time_s[done:]])

    def _times_of(self, levels: FloatArray) -> FloatArray:
        if self._known is None or not np.array_equal(self._known[0], levels):
            self._known = (levels.copy(), self.demand.cell_times_s(levels))
        return self._known[1]


def _even_plan(stretches: _Stretches, blocks: Sequence[Block], moving_s: float) -> tuple[float, FloatArray]:
    """Level that covers the rest in ``moving_s`` without any cutoff, and the cell times with it."""
    if len(blocks) == 1 and abs(float(stretches.times_s(blocks[0].level).sum()) - moving_s) < GATE_SLACK_S:
        return blocks[0].level, stretches.cell_times_s(blocks)
    time_s = np.array([float(t) for t in stretches.times_s(_stretch_levels(blocks))])
    guess = float(np.dot(_stretch_levels(blocks), time_s) / max(moving_s, 1.0))
    (even,) = refine_levels(
        lambda levels: np.array([stretches.times_s(float(levels[0])).sum()]),
        [Block(0, 1, guess)],
        np.array([moving_s]),
        float("inf"),
    )
    return even.level, stretches.even_times_s(even.level)


def _stretch_levels(blocks: Sequence[Block]) -> FloatArray:
    return np.repeat([b.level for b in blocks], [b.last - b.first for b in blocks])


def _schedule(
    stretches: _Stretches, targets_s: FloatArray, level_limit: float | None, before: Sequence[Block]
) -> list[Block]:
    """Blocks between gates, exact for all that couples the stretches; ``before`` are those of the last pass."""
    unlimited = float("inf") if level_limit is None else level_limit
    if before:
        blocks = refine_levels(stretches.times_s, before, targets_s, unlimited)
        stretch_s = stretches.times_s(_stretch_levels(blocks))
        goal_level = float(np.dot(_stretch_levels(blocks), stretch_s) / stretch_s.sum())
        bound = unlimited if level_limit is not None else EARLY_EFFORT_ALLOWANCE * goal_level
        if is_gentlest(blocks, stretch_s, targets_s, bound, GATE_SLACK_S):
            return blocks
    table = stretches.lay_table()
    blocks = find_blocks(table, targets_s, unlimited)
    limit = unlimited
    if level_limit is None:
        goal_level = table.level_for(0, len(targets_s), float(targets_s[-1]))
        # What the athlete can do is dear to find out, and only asked when the plan goes beyond the goal's own effort.
        if blocks[0].level > EARLY_EFFORT_ALLOWANCE * goal_level and stretches.demand.best_level is not None:
            limit = EARLY_EFFORT_ALLOWANCE * max(stretches.demand.best_level, goal_level)
    targets = targets_s.copy()
    for _ in range(len(targets_s) + 1):
        blocks = refine_blocks(stretches.times_s, find_blocks(table, targets, limit), targets, limit)
        levels = _stretch_levels(blocks)
        late = np.cumsum(stretches.times_s(levels)) - targets_s
        # The table interpolates; a gate inside a block may then be missed by seconds. Ask it for that much more.
        missed = (late > GATE_SLACK_S) & (levels < limit * (1.0 - 1e-9))
        missed[-1] = False
        if not missed.any():
            break
        targets[missed] -= late[missed] + GATE_SLACK_S
    return blocks
