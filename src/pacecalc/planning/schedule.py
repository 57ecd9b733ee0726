"""The deadline schedule: the gentlest effort that meets every cutoff, never rising along the course.

For a convex cost of effort and a common start this is speed scaling with deadlines: from the current point find the
gate whose deadline needs the highest level, hold that level to it, repeat. Runners and riders share it, because it only
asks how long a stretch takes at a level.

References
----------
.. [1] Yao, Demers, Shenker, "A scheduling model for reduced CPU energy", FOCS 1995. doi:10.1109/SFCS.1995.492493
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.record import record

LevelTimes = Callable[[float], FloatArray]
"""Level -> moving time of every stretch between gates [s]; decreasing in the level."""

Deadlines = Sequence[float] | FloatArray

LEVEL_RANGE = (0.02, 50.0)
"""No athlete paces outside this range of levels; a deadline that needs more cannot be met."""
TABLE_RATIO = 1.25
"""Step of the table of levels; between its entries log time is linear in log level."""
LEVEL_TOLERANCE = 1e-10
RISE_TOLERANCE = 1e-6
"""Levels this much above the one before count as equal to it."""
DAMPING_PASSES = 25
STEP_MAX = 3.0
"""Of the logarithm of a level in one pass."""
FINISH_TOLERANCE_S = 0.02


@record()
class Block:
    """A run of stretches held at one level: ``first`` .. ``last - 1``, ending at the gate ``last - 1``."""

    first: int
    last: int
    level: float


class StretchTable:
    """Times of all stretches over a growing table of levels, so that an expensive model is asked rarely."""

    def __init__(self, times: LevelTimes, rows: Mapping[int, FloatArray] | None = None) -> None:
        """``rows`` are those already known, by step."""
        self._times = times
        self._rows: dict[int, FloatArray] = dict(rows or {})

    def row(self, step: int) -> FloatArray:
        """Times at level ``TABLE_RATIO ** step``."""
        if step not in self._rows:
            self._rows[step] = as_floats(self._times(TABLE_RATIO**step))
        return self._rows[step]

    def times_at(self, level: float) -> FloatArray:
        """Times of all stretches at any level: between its rows log time is linear in log level."""
        step = np.log(level) / np.log(TABLE_RATIO)
        below = int(np.floor(step))
        share = step - below
        return as_floats(self.row(below) ** (1.0 - share) * self.row(below + 1) ** share)

    def level_for(self, first: int, last: int, available_s: float) -> float:
        """Level at which stretches ``first`` .. ``last - 1`` take ``available_s`` together; inf when none does."""
        if available_s <= 0.0:
            return float("inf")
        lowest, highest = (int(np.ceil(np.log(bound) / np.log(TABLE_RATIO))) for bound in LEVEL_RANGE)

        def time(step: int) -> float:
            return float(self.row(step)[first:last].sum())

        step = 0
        while time(step) > available_s:
            step += 1
            if step > highest:
                return float("inf")
        while time(step - 1) <= available_s:
            step -= 1
            if step < lowest:
                return TABLE_RATIO**step
        slow, fast = time(step - 1), time(step)
        share = np.log(slow / available_s) / np.log(slow / fast) if slow > fast else 1.0
        return float(TABLE_RATIO ** (step - 1 + share))


def find_blocks(table: StretchTable, deadlines_s: Deadlines, limit: float = float("inf")) -> list[Block]:
    """Blocks of constant level that meet every deadline with the least effort.

    Parameters
    ----------
    table : StretchTable
        Times of the stretches; stretch ``k`` ends at gate ``k``.
    deadlines_s : sequence of float
        Moving time by which gate ``k`` must be reached, inf where there is none; the last one is the goal [s].
    limit : float
        Highest level the athlete may be asked for [1].

    Returns
    -------
    list of Block
        Levels never rise from one block to the next unless ``limit`` was hit before.
    """
    blocks: list[Block] = []
    first, time_s = 0, 0.0
    count = len(deadlines_s)
    while first < count:
        levels = np.array(
            [
                table.level_for(first, gate + 1, deadlines_s[gate] - time_s) if np.isfinite(deadlines_s[gate]) else 0.0
                for gate in range(first, count)
            ]
        )
        highest = levels.max()
        # Of equally demanding gates the farthest one: fewer, longer blocks.
        gate = first + int(np.nonzero(levels >= highest * (1.0 - LEVEL_TOLERANCE))[0][-1])
        level = float(min(highest, limit))
        if not np.isfinite(level):
            level = LEVEL_RANGE[1]
        blocks.append(Block(first, gate + 1, level))
        reached = highest <= limit and np.isfinite(highest)
        time_s = deadlines_s[gate] if reached else time_s + _block_time(table, blocks[-1])
        first = gate + 1
    return blocks


def _block_time(table: StretchTable, block: Block) -> float:
    step = np.log(block.level) / np.log(TABLE_RATIO)
    below = int(np.floor(step))
    slow, fast = (float(table.row(s)[block.first : block.last].sum()) for s in (below, below + 1))
    return float(slow ** (1.0 - (step - below)) * fast ** (step - below))


def is_gentlest(
    blocks: Sequence[Block], stretch_s: FloatArray, deadlines_s: Deadlines, limit: float, slack_s: float
) -> bool:
    """Whether blocks that end on their deadlines are the gentlest schedule: no gate late, effort never rising.

    These are the conditions of optimality of a convex cost, so a schedule found for a slightly different day need not
    be searched for again. Blocks at the limit are not judged.
    """
    levels = np.array([block.level for block in blocks])
    late_s = np.cumsum(stretch_s) - as_floats(deadlines_s)
    falling = bool(np.all(levels[1:] <= levels[:-1] * (1.0 + RISE_TOLERANCE)))
    ends_s = late_s[[block.last - 1 for block in blocks]]
    return falling and bool(levels[0] < limit) and bool(np.all(late_s <= slack_s) and np.all(ends_s >= -slack_s))


def refine_levels(
    times: Callable[[FloatArray], FloatArray],
    blocks: Sequence[Block],
    deadlines_s: Deadlines,
    limit: float,
) -> list[Block]:
    """Turn table levels into exact ones: every block ends on its gate's deadline.

    ``times`` takes one level per stretch and returns the stretches' times, with all that couples them (fatigue by work
    done, momentum). Blocks held at ``limit`` keep it.
    """
    levels = np.array([block.level for block in blocks])
    free = levels < min(limit, LEVEL_RANGE[1]) * (1.0 - 1e-12)
    if not free.any():
        return list(blocks)
    counts = [block.last - block.first for block in blocks]
    starts = [block.first for block in blocks]
    before_levels: FloatArray | None = None
    before_times: FloatArray | None = None
    power = np.full(len(levels), -1.0)
    for _ in range(DAMPING_PASSES):
        block_times = np.add.reduceat(times(np.repeat(levels, counts)), starts)
        targets = _targets(block_times, blocks, deadlines_s, free)
        if np.all(np.abs(block_times - targets)[free] < FINISH_TOLERANCE_S / len(blocks)):
            break
        if before_levels is not None and before_times is not None:
            moved = np.abs(np.log(levels / before_levels)) > 1e-9
            slope = np.log(block_times / before_times) / np.where(moved, np.log(levels / before_levels), 1.0)
            # Elasticity of time to level lies between a third (pure air drag) and one (steep climbs, running).
            power = np.where(moved, np.clip(slope, -1.5, -0.15), power)
        before_levels, before_times = levels, block_times
        # In logarithms, for where coasting decides no level is enough and a wild step must not overflow.
        steps = np.clip(np.log(targets / block_times) / power, -STEP_MAX, STEP_MAX)
        levels = np.where(free, np.clip(levels * np.exp(steps), *LEVEL_RANGE), levels)
        levels = np.minimum(levels, limit)
    return [Block(b.first, b.last, float(level)) for b, level in zip(blocks, levels, strict=True)]


def refine_blocks(
    times: Callable[[FloatArray], FloatArray],
    blocks: Sequence[Block],
    deadlines_s: Deadlines,
    limit: float,
) -> list[Block]:
    """Exact levels, and neighbours joined at a gate that binds in the table only: where the level would rise after it.

    The level of the joined blocks lies between theirs, so the gate between is reached before its deadline.
    """
    refined = refine_levels(times, blocks, deadlines_s, limit)
    while True:
        rising = [
            k
            for k, (block, following) in enumerate(pairwise(refined))
            if block.level < limit * (1.0 - 1e-9) and following.level > block.level * (1.0 + RISE_TOLERANCE)
        ]
        if not rising:
            return refined
        k = rising[0]
        joined = Block(refined[k].first, refined[k + 1].last, refined[k + 1].level)
        refined = refine_levels(times, [*refined[:k], joined, *refined[k + 2 :]], deadlines_s, limit)


def _targets(
    block_times: FloatArray, blocks: Sequence[Block], deadlines_s: Deadlines, free: NDArray[np.bool_]
) -> FloatArray:
    """Time each free block has: from the (actual) end of the one before to its own deadline."""
    targets = block_times.copy()
    end_s = 0.0
    for index, block in enumerate(blocks):
        if free[index]:
            targets[index] = max(deadlines_s[block.last - 1] - end_s, 1.0)
        end_s += targets[index]
    return targets
