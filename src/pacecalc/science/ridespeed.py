"""Speed from power: the equation of Martin et al. 1998 turned round, for many places at once.

Forces are grouped once per place: a *resistance* that does not change with speed (slope, rolling, bearings) and a
*drag factor* (half of density times area). Speed then solves ``v Q(v) = efficiency * P`` with
``Q(v) = resistance + b v + drag * Va * (v + w)``.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.cycling import BEARING_FORCE_N, BEARING_SLOPE_N_S_PER_M, DRIVETRAIN_EFFICIENCY, GRAVITY_M_PER_S2
from pacecalc.science.roots import find_increasing_zeros

SMALLEST_POWER_W = 1e-9


def resisting_force(
    mass_kg: Annotated[ArrayLike, "kg"],
    grade: Annotated[ArrayLike, "1"],
    rolling_coefficient: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "N"]:
    """Force that does not change with speed: slope, rolling and bearing friction at rest.

    Parameters
    ----------
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    grade : array_like
        Rise over run [1].
    rolling_coefficient : array_like
        Crr of tyre and surface [1].

    Returns
    -------
    ndarray
        Force against travel; negative where the slope pulls harder than the ground holds [N].

    Notes
    -----
    ``m g (sin + Crr cos) + 0.091``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(resisting_force(85.0, 0.08, 0.018)), 1)
    81.5
    """
    slope = as_floats(grade)
    weight_n = as_floats(mass_kg) * GRAVITY_M_PER_S2
    return np.asarray(weight_n * (slope + np.asarray(rolling_coefficient)) / np.hypot(1.0, slope) + BEARING_FORCE_N)


def wheel_force(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
) -> tuple[Annotated[FloatArray, "N"], Annotated[FloatArray, "kg/s"], Annotated[FloatArray, "kg/m"]]:
    """Force needed to hold a speed, with its first and second derivative by speed.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed [m/s].
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
    force, slope, curvature : ndarray
        Q [N], dQ/dv [kg/s] and d2Q/dv2 [kg/m].

    Notes
    -----
    ``Q = F + b v + k Va a`` with ``a = v + w`` and ``Va = hypot(a, c)``; ``Q' = b + k (Va + a^2 / Va)``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> force, slope, curvature = wheel_force(8.0, 10.0, 0.2)
    >>> round(float(force), 2), round(float(slope), 3), round(float(curvature), 2)
    (22.87, 3.209, 0.4)
    """
    speed = as_floats(speed_m_per_s)
    drag = as_floats(drag_kg_per_m)
    along = speed + np.asarray(headwind_m_per_s)
    if np.ndim(crosswind_m_per_s) == 0 and crosswind_m_per_s == 0.0:
        air = np.abs(along)
        slope = 2.0 * drag * air + BEARING_SLOPE_N_S_PER_M
        curvature = 2.0 * drag * np.sign(along)
    else:
        air = np.hypot(along, crosswind_m_per_s)
        share = np.divide(along, air, out=np.zeros(np.shape(air)), where=air > 0.0)
        slope = drag * (air + along * share) + BEARING_SLOPE_N_S_PER_M
        curvature = drag * share * (3.0 - share**2)
    force = np.asarray(resistance_n) + BEARING_SLOPE_N_S_PER_M * speed + drag * air * along
    return np.asarray(force), np.asarray(slope), np.asarray(curvature)


def pedal_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    drivetrain_efficiency: Annotated[ArrayLike, "1"] = DRIVETRAIN_EFFICIENCY,
) -> Annotated[FloatArray, "W"]:
    """Power at the pedals that holds a speed.

    Parameters
    ----------
    speed_m_per_s : array_like
        Ground speed [m/s].
    resistance_n : array_like
        Force that does not change with speed [N].
    drag_kg_per_m : array_like
        Drag factor [kg/m].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].
    crosswind_m_per_s : array_like
        Wind across [m/s].
    drivetrain_efficiency : array_like
        Share of pedal power that reaches the wheel [1].

    Returns
    -------
    ndarray
        Power; negative where the brakes would have to take it [W].

    Notes
    -----
    ``v Q(v) / Ec``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(pedal_power(8.0, 10.0, 0.2)), 1)
    187.5
    """
    force, _, _ = wheel_force(speed_m_per_s, resistance_n, drag_kg_per_m, headwind_m_per_s, crosswind_m_per_s)
    return np.asarray(np.asarray(speed_m_per_s) * force / np.asarray(drivetrain_efficiency))


def speed_from_power(
    power_w: Annotated[ArrayLike, "W"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    crosswind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
    drivetrain_efficiency: Annotated[ArrayLike, "1"] = DRIVETRAIN_EFFICIENCY,
) -> Annotated[FloatArray, "m/s"]:
    """Steady speed that a pedal power holds.

    Parameters
    ----------
    power_w : array_like
        Pedal power, zero when coasting, never negative [W].
    resistance_n : array_like
        Force that does not change with speed [N].
    drag_kg_per_m : array_like
        Drag factor, above zero [kg/m].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].
    crosswind_m_per_s : array_like
        Wind across [m/s].
    drivetrain_efficiency : array_like
        Share of pedal power that reaches the wheel [1].

    Returns
    -------
    ndarray
        Ground speed, zero where nothing moves the bike [m/s].

    Raises
    ------
    ValueError
        For negative power or a drag factor that is not above zero.

    Notes
    -----
    Newton from an upper bound that is never below the root, ``max(-w, 0) + sqrt(max(-F, 0) / k) + cbrt(P / k)`` (and
    ``P / F`` where F > 0 and w >= 0), kept in a bracket and halved where it would leave it. The root is unique: Q rises
    with speed and P / v falls. Cardano's formula loses digits on slow climbs and solves another equation when the
    tailwind is faster than the rider.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(speed_from_power(187.49, 10.0, 0.2)), 2)
    8.0
    """
    power, resistance, drag, head, cross = np.broadcast_arrays(
        as_floats(power_w) * np.asarray(drivetrain_efficiency),
        as_floats(resistance_n),
        as_floats(drag_kg_per_m),
        as_floats(headwind_m_per_s),
        as_floats(crosswind_m_per_s),
    )
    if np.any(power < 0.0) or np.any(drag <= 0.0):
        raise ValueError("speed from power needs power of zero or more and a drag factor above zero")
    side: FloatArray | float = cross if np.any(cross) else 0.0
    # A hair of power keeps the root single where the bike coasts; without it, standing still is a second root.
    wheel = np.maximum(power, SMALLEST_POWER_W)
    upper = bound_speed(wheel, resistance, drag, head)

    def evaluate(speed: FloatArray) -> tuple[FloatArray, FloatArray]:
        force, slope, _ = wheel_force(speed, resistance, drag, head, side)
        return speed * force - wheel, force + speed * slope

    speed = find_increasing_zeros(evaluate, np.zeros_like(upper), upper, upper)
    return np.where((power == 0.0) & (speed < 1e-2), 0.0, speed)


def bound_speed(
    wheel_power_w: Annotated[ArrayLike, "W"],
    resistance_n: Annotated[ArrayLike, "N"],
    drag_kg_per_m: Annotated[ArrayLike, "kg/m"],
    headwind_m_per_s: Annotated[ArrayLike, "m/s"] = 0.0,
) -> Annotated[FloatArray, "m/s"]:
    """A speed that is never below the one a wheel power holds.

    Parameters
    ----------
    wheel_power_w : array_like
        Power at the wheel, above zero [W].
    resistance_n : array_like
        Force that does not change with speed [N].
    drag_kg_per_m : array_like
        Drag factor [kg/m].
    headwind_m_per_s : array_like
        Wind from ahead [m/s].

    Returns
    -------
    ndarray
        Upper bound of the speed [m/s].

    Notes
    -----
    ``max(-w, 0) + sqrt(max(-F, 0) / k) + cbrt(P / k)``; also ``P / F`` where F > 0 and w >= 0. A crosswind only lowers
    the speed where the bike is faster than the tailwind, so the bound holds with one.

    References
    ----------
    Derived here from the equation of Martin et al. (1998), doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> round(float(bound_speed(200.0, 50.0, 0.2)), 2)
    4.0
    """
    power, resistance, drag, head = np.broadcast_arrays(
        as_floats(wheel_power_w),
        as_floats(resistance_n),
        as_floats(drag_kg_per_m),
        as_floats(headwind_m_per_s),
    )
    bound = np.maximum(-head, 0.0) + np.sqrt(np.maximum(-resistance, 0.0) / drag) + np.cbrt(power / drag)
    climbs = (resistance > 0.0) & (head >= 0.0)
    by_climb = np.divide(power, resistance, out=np.full(bound.shape, np.inf), where=climbs)
    return np.asarray(np.minimum(bound, by_climb))
