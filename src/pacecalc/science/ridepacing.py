"""The fastest way to spend a rider's strength: harder where the road resists, easier where the air does.

Cost of a ride is the time mean of relative effort to the power n (4 is normalised power). Least time for a cost asks
for ``x = (mu eps / (n - eps))^(1/n)`` everywhere, with one number mu for the course; eps says how far a little more
power goes there: 1 on a steep climb, 1/3 in pure air drag, 0 where the brakes decide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.cycling import DRIVETRAIN_EFFICIENCY
from pacecalc.science.ridespeed import SMALLEST_POWER_W, bound_speed, speed_from_power, wheel_force
from pacecalc.science.roots import find_increasing_zeros

COST_EXPONENT = 4.0
"""Power of the relative effort in the cost of a ride [1]; a choice: 4 is normalised power, 1 the impossible."""
LEVEL_BRACKET = (1e-3, 1e3)
LEVEL_STEPS_MAX = 100


def elasticity(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """Per cent of speed that one per cent of power buys.

    Parameters
    ----------
    speed_m_per_s : array_like
        Steady ground speed, above zero [m/s].
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
        Elasticity, 0 (coasting) to 1 (steep climb) [1].

    Notes
    -----
    ``eps = P / (v dP/dv) = Q / (Q + v Q')``.

    References
    ----------
    Derived from Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(elasticity(10.0, 0.0, 0.2)), 2)
    0.33
    """
    speed = as_floats(speed_m_per_s)
    force, slope, _ = wheel_force(speed, resistance_n, drag_kg_per_m, headwind_m_per_s, crosswind_m_per_s)
    held = np.maximum(force, 0.0)
    total = held + speed * slope
    return np.divide(held, total, out=np.zeros(np.shape(total)), where=total > 0.0)


def best_effort(
    elasticity_of_speed: Annotated[ArrayLike, "1"],
    multiplier: Annotated[ArrayLike, "1"],
    exponent: Annotated[float, "1"] = COST_EXPONENT,
) -> Annotated[FloatArray, "1"]:
    """Relative effort of the fastest ride where power buys so much speed.

    Parameters
    ----------
    elasticity_of_speed : array_like
        Elasticity eps, 0 to 1 [1].
    multiplier : array_like
        The one number mu of the course, zero or more [1].
    exponent : float
        Power n of the effort in the cost, above 1 [1].

    Returns
    -------
    ndarray
        Effort over what is sustainable there [1].

    Notes
    -----
    ``x = (mu eps / (n - eps))^(1/n)``.

    References
    ----------
    Stationarity of ``sum t`` under ``sum t x^n = T X^n``; compare Swain (1997), Med Sci Sports Exerc 29, 1104-1108.

    Examples
    --------
    >>> best_effort([1.0, 0.8, 0.5, 1 / 3], 3.0).round(3).tolist()
    [1.0, 0.931, 0.809, 0.723]
    """
    eps = as_floats(elasticity_of_speed)
    return np.asarray((np.asarray(multiplier) * eps / (exponent - eps)) ** (1.0 / exponent))


def best_speed(
    level: Annotated[ArrayLike, "1"],
    reference_power_w: Annotated[ArrayLike, "W"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    coasting_m_per_s: Annotated[ArrayLike | None, "m/s"] = None,
    drivetrain_efficiency: Annotated[ArrayLike, "1"] = DRIVETRAIN_EFFICIENCY,
    exponent: Annotated[float, "1"] = COST_EXPONENT,
) -> Annotated[FloatArray, "m/s"]:
    """Steady speed of the fastest ride at a level: the effort on a steep climb.

    Parameters
    ----------
    level : array_like
        Effort where power buys speed one for one; mu = (n - 1) level^n [1].
    reference_power_w : array_like
        Pedal power that is sustainable at the place [W].
    resistance_n : array_like
        Force that does not change with speed [N].
    drag_kg_per_m : array_like
        Drag factor [kg/m].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].
    crosswind_m_per_s : array_like
        Wind across [m/s].
    coasting_m_per_s : array_like, optional
        Speed without power, when it is already known [m/s].
    drivetrain_efficiency : array_like
        Share of pedal power that reaches the wheel [1].
    exponent : float
        Power n of the effort in the cost [1].

    Returns
    -------
    ndarray
        Ground speed [m/s].

    Notes
    -----
    With eps = A / (v A') and wheel power A = v Q the condition ``x^n (n - eps) / eps = mu`` reads
    ``A^(n-1) (n v A' - A) = (n - 1) (level Ec R)^n``, increasing in v: one root per place, no inner loop over speed.

    References
    ----------
    Derived from Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(best_speed(1.0, 200.0, 80.0, 0.2)), 2)
    2.38
    """
    target, resistance, drag, head, cross = np.broadcast_arrays(
        as_floats(level) * np.asarray(reference_power_w) * np.asarray(drivetrain_efficiency),
        as_floats(resistance_n),
        as_floats(drag_kg_per_m),
        as_floats(headwind_m_per_s),
        as_floats(crosswind_m_per_s),
    )
    side: FloatArray | float = cross if np.any(cross) else 0.0
    if coasting_m_per_s is None:
        coasting_m_per_s = speed_from_power(0.0, resistance, drag, head, cross)
    lower = np.broadcast_to(as_floats(coasting_m_per_s), target.shape)
    upper = np.maximum(bound_speed(np.maximum(target, SMALLEST_POWER_W), resistance, drag, head), lower)
    share = 1.0 / exponent
    goal = (exponent - 1.0) ** share * target

    def evaluate(speed: FloatArray) -> tuple[FloatArray, FloatArray]:
        force, slope, curve = wheel_force(speed, resistance, drag, head, side)
        power = speed * force
        rise = np.maximum(force + speed * slope, 1e-9)
        bend = 2.0 * slope + speed * curve
        excess = np.maximum(exponent * speed * rise - power, 1e-12)
        positive = np.maximum(power, 1e-12)
        value = positive ** (1.0 - share) * excess**share
        growth = (1.0 - share) * rise / positive
        growth += share * ((exponent - 1.0) * rise + exponent * speed * bend) / excess
        return value - goal, value * growth

    return find_increasing_zeros(evaluate, lower, upper, upper)


def find_level(
    measure: Callable[[float], float],
    target: Annotated[float, "1"],
    start: Annotated[float, "1"] = 0.7,
    tolerance: Annotated[float, "1"] = 1e-9,
) -> Annotated[float, "1"]:
    """Level at which something that rises with the level reaches a target.

    Parameters
    ----------
    measure : callable
        Level to the positive, increasing quantity, in the unit of the target [1].
    target : float
        Value wanted, above zero [1].
    start : float
        First guess, above zero [1].
    tolerance : float
        Relative precision of the level [1].

    Returns
    -------
    float
        The level [1].

    Raises
    ------
    ValueError
        When no level between 0.001 and 1000 reaches the target.

    Notes
    -----
    The bracket doubles from the guess, then shrinks by the Illinois form of the false position in logarithms; the
    logarithm of time or effort is close to a straight line in that of the level. It is the search for ``log mu``.

    References
    ----------
    Dowell, Jarratt (1971), BIT 11, 168-174, doi:10.1007/BF01934364.

    Examples
    --------
    >>> round(find_level(lambda level: 3.0 * level**2, 12.0), 9)
    2.0
    """

    def miss(log_level: float) -> float:
        return float(np.log(measure(float(np.exp(log_level))) / target))

    lowest, highest = np.log(LEVEL_BRACKET)
    a = float(np.log(start))
    miss_a = miss(a)
    if miss_a == 0.0:
        return start
    stride = -0.25 if miss_a > 0.0 else 0.25
    b, miss_b = a, miss_a
    while miss_b * miss_a > 0.0:
        if not lowest <= b <= highest:
            raise ValueError("no level of effort reaches the target")
        a, miss_a = b, miss_b
        b = b + stride
        stride *= 2.0
        miss_b = miss(b)
    return _illinois(miss, (a, miss_a), (b, miss_b), tolerance)


def _illinois(
    miss: Callable[[float], float], near: tuple[float, float], far: tuple[float, float], tolerance: float
) -> float:
    (a, miss_a), (b, miss_b) = near, far
    for _ in range(LEVEL_STEPS_MAX):
        if abs(b - a) <= tolerance or miss_b == 0.0:
            break
        c = b - miss_b * (b - a) / (miss_b - miss_a)
        miss_c = miss(c)
        if abs(miss_c) <= 0.1 * tolerance:
            return float(np.exp(c))
        if miss_c * miss_b <= 0.0:
            a, miss_a = b, miss_b
        else:
            miss_a *= 0.5
        b, miss_b = c, miss_c
    return float(np.exp(b))
