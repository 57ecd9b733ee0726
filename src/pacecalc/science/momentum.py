"""Speed along the way with momentum: rollers are cheaper, and ramps are entered faster, than steady speed says.

Speed squared relaxes towards its steady value within some tens (climbing) to hundreds of metres (descending). Because
that memory is short, the course is cut into blocks that are marched side by side, each warmed up on the way before it.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.cycling import BEARING_SLOPE_N_S_PER_M
from pacecalc.science.ridespeed import wheel_force

WARM_UP_M = 1000.0
"""Way before a block that is marched to forget its first speed [m]: four to five of the longest relaxation lengths, m /
(rho CdA) = 220 m, leave 1 % of what the first speed was off, a hundredth of a second a block. A choice of ours."""
STANDING_START_M_PER_S = 2.0
"""Speed credited on leaving the line [m/s]; a choice."""
SHORTEST_BLOCK = 16
SMALLEST_RATE_PER_M = 1e-6
SLOWEST_M_PER_S = 0.05


def ride_with_momentum(
    length_m: Annotated[ArrayLike, "m"],
    mass_kg: Annotated[float, "kg"],
    steady_m_per_s: Annotated[ArrayLike, "m/s"],
    cap_m_per_s: Annotated[ArrayLike, "m/s"],
    pushing_share: Annotated[ArrayLike, "1"],
    pushing_m_per_s: Annotated[ArrayLike, "m/s"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
) -> Annotated[FloatArray, "s"]:
    """Time of each cell when bike and rider keep their momentum.

    Parameters
    ----------
    length_m : array_like
        Length of each of the n cells [m].
    mass_kg : float
        Rider, bike and load, wheels' rotation included [kg].
    steady_m_per_s : array_like
        Steady speed at the power held, last axis n; leading axes are independent rides [m/s].
    cap_m_per_s : array_like
        Highest speed in each cell [m/s].
    pushing_share : array_like
        Share of the cell that is walked [1].
    pushing_m_per_s : array_like
        Walking speed there [m/s].
    resistance_n : array_like
        Force that does not change with speed [N].
    drag_kg_per_m : array_like
        Drag factor [kg/m].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].
    crosswind_m_per_s : array_like
        Wind across [m/s].

    Returns
    -------
    ndarray
        Time of each cell, shaped like the steady speed [s].

    Notes
    -----
    With u = v^2 the equation of motion is ``du/dx = 2 (A_s / v - Q(v)) / m``, A_s the wheel power of the steady speed.
    In each cell it is written ``du/dx = -lambda (u - u_s)`` with lambda the mean of its ends (second order); then u
    stays between its start and u_s whatever the cell's length, and the time has a closed form:
    ``h / v_s + 2 / (lambda v_s) ln((v_1 + v_s) / (v_0 + v_s))``. A cap reached inside the cell holds for the rest. In
    50 m cells a course of rollers of 5 % takes within 0.1 % (1 km long) or 0.3 % (400 m) of its time in small steps.

    References
    ----------
    Equation of motion: Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276. Scheme: ours.

    Examples
    --------
    >>> times = ride_with_momentum([50.0] * 4, 85.0, [8.0] * 4, 20.0, 0.0, 1.0, 10.0, 0.2)
    >>> [round(time, 2) for time in times.tolist()]
    [10.77, 7.29, 6.82, 6.59]
    """
    steady = np.atleast_2d(as_floats(steady_m_per_s))
    rides, cells = steady.shape
    fields = [
        np.broadcast_to(as_floats(f), steady.shape)
        for f in (
            length_m,
            steady,
            cap_m_per_s,
            pushing_share,
            pushing_m_per_s,
            resistance_n,
            drag_kg_per_m,
            headwind_m_per_s,
            crosswind_m_per_s,
        )
    ]
    block, warm_up = _choose_blocks(as_floats(length_m), cells)
    count = -(-cells // block)
    # Row r, column b: the cell that block b rides in its r-th step; before the start the first cell is repeated.
    place = np.arange(-warm_up, block)[:, None] + block * np.arange(count)[None, :]
    inside = np.clip(place, 0, cells - 1)
    stacked = [np.ascontiguousarray(np.moveaxis(f[:, inside], 0, 1)) for f in fields]
    times = _march(stacked, place, float(mass_kg))
    kept = np.moveaxis(times[warm_up:], 0, 2).reshape(rides, count * block)[:, :cells]
    return np.asarray(kept.reshape(np.shape(steady_m_per_s)))


def _choose_blocks(length_m: FloatArray, cells: int) -> tuple[int, int]:
    """Cells of a block, and of the warm-up before it; short courses are one block."""
    typical_m = float(np.mean(length_m))
    warm_up = int(np.ceil(WARM_UP_M / typical_m))
    block = max(warm_up, SHORTEST_BLOCK)
    return (cells, 0) if cells <= 2 * block else (block, warm_up)


def _march(stacked: list[FloatArray], place: NDArray[np.int_], mass_kg: float) -> FloatArray:
    length, steady, cap, walked, walk, resistance, drag, head, cross = stacked
    side_wind = bool(np.any(cross))
    force, slope, _ = wheel_force(steady, resistance, drag, head, cross if side_wind else 0.0)
    steady_speed = np.maximum(steady, SLOWEST_M_PER_S)
    steady_u = steady_speed**2
    wheel_power = steady_speed * force
    near_rate = np.maximum((force + steady_speed * slope) / (mass_kg * steady_u), SMALLEST_RATE_PER_M)
    times = np.empty_like(steady)
    speed = np.minimum(steady_speed[0], cap[0])
    for row in range(len(steady)):
        begins = place[row] == 0
        if begins.any():
            speed = np.where(begins, STANDING_START_M_PER_S, speed)
        start = np.minimum(speed, cap[row])
        wind = (head[row], cross[row] if side_wind else 0.0)
        forces = (wheel_power[row], resistance[row], drag[row], *wind)
        ridden, speed = _cross_cell(
            start, steady_speed[row], steady_u[row], near_rate[row], forces, length[row], cap[row], mass_kg
        )
        share = walked[row]
        if share.any():
            ridden = (1.0 - share) * ridden + share * length[row] / walk[row]
            speed = (1.0 - share) * speed + share * walk[row]
        times[row] = ridden
    return times


def _cross_cell(
    start: FloatArray,
    steady: FloatArray,
    steady_u: FloatArray,
    near_rate: FloatArray,
    forces: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray | float],
    length: FloatArray,
    cap: FloatArray,
    mass_kg: float,
) -> tuple[FloatArray, FloatArray]:
    """Time across one cell and speed at its end."""
    gap = steady_u - start * start
    rate = _relaxation_rate(start, gap, steady_u, near_rate, forces, mass_kg)
    end = np.sqrt(steady_u - gap * np.exp(-rate * length))
    rate = 0.5 * (rate + _relaxation_rate(end, steady_u - end * end, steady_u, near_rate, forces, mass_kg))
    cap_u = cap * cap
    reaches = (steady_u > cap_u * (1.0 + 1e-9)) & (gap > 0.0)
    way = length
    if reaches.any():
        ratio = np.where(reaches, gap / np.where(reaches, steady_u - cap_u, 1.0), 1.0)
        way = np.where(reaches, np.minimum(length, np.log(np.maximum(ratio, 1.0)) / rate), length)
    end = np.minimum(np.sqrt(steady_u - gap * np.exp(-rate * way)), cap)
    time = way / steady + 2.0 / (rate * steady) * np.log((end + steady) / (start + steady))
    return np.where(way < length, time + (length - way) / cap, time), end


def _relaxation_rate(
    speed: FloatArray,
    gap: FloatArray,
    steady_u: FloatArray,
    near_rate: FloatArray,
    forces: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray | float],
    mass_kg: float,
) -> FloatArray:
    power, resistance, drag, head, cross = forces
    slow = np.maximum(speed, SLOWEST_M_PER_S)
    along = slow + head
    air = np.abs(along) if isinstance(cross, float) else np.hypot(along, cross)
    force = resistance + BEARING_SLOPE_N_S_PER_M * slow + drag * air * along
    far = np.abs(gap) >= 1e-5 * steady_u
    rate = near_rate.copy()
    np.divide((2.0 / mass_kg) * (power / slow - force), gap, out=rate, where=far)
    return np.maximum(rate, SMALLEST_RATE_PER_M)
