"""What a rider reads off a ride plan: watts by terrain to hold on each segment, and the whole ride in a few numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pacecalc.arrays import FloatArray
from pacecalc.planning.demand import CellPace
from pacecalc.planning.records import PowerTargets, RideSummary
from pacecalc.planning.ride_demand import NO_EFFORT, RideDemand, mean_effort
from pacecalc.science.durability import normalised_power, w_prime_balance
from pacecalc.science.ridepacing import find_level

ROLLING_GRADE = 0.02
"""Steeper than this is a climb or a descent [1]; a choice."""
SHORTEST_S = 90.0
"""Terrain ridden for less than this on a segment gets no target of its own [s]; a choice."""
ROUNDING_W = 5.0
COASTING_BELOW_W = 20.0
"""Less than this is coasting with a few turns of the pedals; the target then reads 0 [W]; a choice."""
STEADY_TOLERANCE = 1e-6
FLOOR_SHARE = 0.10
CEILING_SHARE = 0.95
"""Shares of pedalling time below the floor and below the ceiling; a choice."""


def summarise_ride(demand: RideDemand, pace: CellPace, *, stopped_s: float = 0.0) -> RideSummary:
    """The whole ride in numbers a head unit would show, and what steady effort at the same cost would give."""
    power_w, pushing, _ = _cut(pace, 0, len(pace.time_s))
    time_s = demand.riding_time_s(pace)
    work_j = float(np.dot(power_w, time_s))
    normalised_w = normalised_power(power_w, time_s)
    threshold_w = demand.athlete.rider.threshold_power_w
    return RideSummary(
        mean_power_w=work_j / float(time_s.sum()),
        normalised_power_w=normalised_w,
        intensity=None if threshold_w is None else normalised_w / threshold_w,
        work_kj=work_j / 1000.0,
        pushing_s=float(np.dot(pushing, time_s)),
        steady_finish_s=stopped_s + find_steady_time(demand, pace),
        w_prime_minimum_j=None if threshold_w is None else _lowest_w_prime(demand, pace),
    )


def find_steady_time(demand: RideDemand, pace: CellPace) -> float:
    """Moving time of a ride at one effort everywhere that costs as much as this one [s]."""
    cost = max(mean_effort(demand, pace), NO_EFFORT)
    steady = demand.with_pacing("steady")
    try:
        level = find_level(lambda level: max(steady.cost(level)[0], NO_EFFORT), cost, cost, STEADY_TOLERANCE)
    except ValueError:
        # Where one rolls, or holds the brakes, all the way, every effort takes the same time.
        return float(pace.time_s.sum())
    return steady.cost(level)[1]


def _lowest_w_prime(demand: RideDemand, pace: CellPace) -> float:
    """Lowest balance of W', threshold power at the place and the hour taken as critical power [J]."""
    critical_w = demand.terrain.copy(demand.reference_w)
    balance = w_prime_balance(pace.effort * critical_w, pace.time_s, critical_w, demand.athlete.rider.w_prime_j)
    return float(balance.min())


def target_powers(grade: FloatArray, pace: CellPace, edges: ArrayLike) -> tuple[PowerTargets, ...]:
    """Watts to hold on each segment, by terrain, rounded to 5 W.

    Parameters
    ----------
    grade : array
        Grade of each cell of the course.
    pace : CellPace
        The ride.
    edges : array_like
        Grid edge of each waypoint, start and finish included.

    Returns
    -------
    tuple of PowerTargets
        One a segment. Pushed cells and coasting are left out; terrain ridden for less than 90 s has no target.
    """
    bounds = np.asarray(edges, dtype=np.intp)
    return tuple(
        _target_segment(grade[first:last], _cut(pace, first, last)) for first, last in pairwise(bounds.tolist())
    )


def _cut(pace: CellPace, first: int, last: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    if pace.power_w is None or pace.pushing is None:
        raise ValueError("only rides have power; this pace is of a run")
    return pace.power_w[first:last], pace.pushing[first:last], pace.time_s[first:last]


def _target_segment(grade: FloatArray, cells: tuple[FloatArray, FloatArray, FloatArray]) -> PowerTargets:
    power_w, pushing, time_s = cells
    ridden = pushing < 0.5
    uphill, downhill = grade > ROLLING_GRADE, grade < -ROLLING_GRADE

    def hold(where: NDArray[np.bool_]) -> float | None:
        time = np.where(where & ridden, time_s, 0.0)
        if time.sum() < SHORTEST_S:
            return None
        mean_w = float(np.dot(power_w, time) / time.sum())
        return 0.0 if mean_w < COASTING_BELOW_W else ROUNDING_W * round(mean_w / ROUNDING_W)

    low_w, high_w = _range_of_pedalling(power_w, np.where(ridden & (power_w >= COASTING_BELOW_W), time_s, 0.0))
    return PowerTargets(
        climb_w=hold(uphill),
        flat_w=hold(~uphill & ~downhill),
        descent_w=hold(downhill),
        floor_w=ROUNDING_W * math.floor(low_w / ROUNDING_W),
        ceiling_w=ROUNDING_W * math.ceil(high_w / ROUNDING_W),
    )


def _range_of_pedalling(power_w: FloatArray, time_s: FloatArray) -> tuple[float, float]:
    """Power that all but a little of the pedalling time lies between."""
    if time_s.sum() <= 0.0:
        return 0.0, 0.0
    order = np.argsort(power_w)
    share = np.cumsum(time_s[order]) / time_s.sum()
    low, high = np.searchsorted(share, [FLOOR_SHARE, CEILING_SHARE])
    ordered = power_w[order]
    return float(ordered[low]), float(ordered[min(high, len(ordered) - 1)])
