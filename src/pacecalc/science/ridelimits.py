"""What keeps a rider from the speed the watts would give: bends, brakes, and ramps too steep to ride."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.cycling import GRAVITY_M_PER_S2
from pacecalc.science.gradient import walking_cost

CORNER_G_DIRT = 0.35
CORNER_G_ASPHALT = 0.55
"""Sideways acceleration riders take in bends, over g [1]; a choice inside 0.3-0.4 on dirt and 0.5-0.6 on asphalt."""
BRAKING_DIRT_M_PER_S2 = 2.0
BRAKING_ASPHALT_M_PER_S2 = 3.0
"""Braking riders plan with [m/s^2]; a choice."""
PUSHING_PENALTY = 1.31
"""Cost of pushing a bike over walking with the same mass [1]; set so that riding and pushing are equal at the measured
20 % grade (Ardigo 2003)."""
PUSHING_SPEED_LIMIT_M_PER_S = 1.5
"""Nobody pushes a bike uphill faster for long [m/s]; a choice."""
CADENCE_MIN_RPM = 45.0
CHAINRING_TEETH = 32.0
LARGEST_COG_TEETH = 51.0
WHEEL_ROLLOUT_M = 2.30
"""Slowest cadence and lowest gear of a 29 inch mountain bike; a choice."""


def corner_speed(
    radius_m: Annotated[ArrayLike, "m"], lateral_g: Annotated[ArrayLike, "1"] = CORNER_G_DIRT
) -> Annotated[FloatArray, "m/s"]:
    """Highest speed in a bend.

    Parameters
    ----------
    radius_m : array_like
        Radius of the bend; inf on a straight [m].
    lateral_g : array_like
        Sideways acceleration taken, over g [1].

    Returns
    -------
    ndarray
        Speed [m/s].

    Notes
    -----
    ``sqrt(a R)``; the radius must come from a smoothed track (25 m chord), else noise makes hairpins.

    References
    ----------
    Circular motion; the accelerations are a choice of ours.

    Examples
    --------
    >>> round(float(corner_speed(10.0, 0.3)), 2)
    5.42
    """
    return np.asarray(np.sqrt(np.asarray(lateral_g) * GRAVITY_M_PER_S2 * as_floats(radius_m)))


def limit_by_brakes(
    cap_m_per_s: Annotated[ArrayLike, "m/s"],
    length_m: Annotated[ArrayLike, "m"],
    braking_m_per_s2: Annotated[ArrayLike, "m/s^2"],
) -> Annotated[FloatArray, "m/s"]:
    """Speed caps along the way, lowered so that every later cap can still be braked to.

    Parameters
    ----------
    cap_m_per_s : array_like
        Highest speed allowed in each cell [m/s].
    length_m : array_like
        Length of each cell [m].
    braking_m_per_s2 : array_like
        Deceleration in each cell, above zero [m/s^2].

    Returns
    -------
    ndarray
        Cap of each cell, never above the one given [m/s].

    Notes
    -----
    ``v_i <= sqrt(v_j^2 + 2 sum a d)`` for every later cell j, summed over the cells i to j - 1: the backward pass
    ``v_i <= sqrt(v_(i+1)^2 + 2 a d)`` in closed form.

    References
    ----------
    Nee, Herterich (2022), Sports Engineering 25, 12 (riders brake before the bend, as a backward pass does).

    Examples
    --------
    >>> limit_by_brakes([20.0, 20.0, 5.0], [10.0, 10.0, 10.0], 2.0).round(3).tolist()
    [10.247, 8.062, 5.0]
    """
    cap = as_floats(cap_m_per_s)
    work = 2.0 * np.broadcast_to(as_floats(braking_m_per_s2), cap.shape) * np.asarray(length_m)
    spent = np.concatenate([[0.0], np.cumsum(work)[:-1]])
    reach = np.minimum.accumulate((cap**2 + spent)[::-1])[::-1]
    return np.asarray(np.minimum(cap, np.sqrt(np.maximum(reach - spent, 0.0))))


def pushing_speed(
    power_w: Annotated[ArrayLike, "W"],
    mass_kg: Annotated[ArrayLike, "kg"],
    grade: Annotated[ArrayLike, "1"],
    gross_efficiency: Annotated[ArrayLike, "1"] = 0.21,
) -> Annotated[FloatArray, "m/s"]:
    """Walking speed of a rider who pushes the bike at the energy cost of a pedal power.

    Parameters
    ----------
    power_w : array_like
        Pedal power the rider would hold there [W].
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    grade : array_like
        Rise over run [1].
    gross_efficiency : array_like
        Pedal power over energy turned over [1].

    Returns
    -------
    ndarray
        Speed, at most 1.5 m/s [m/s].

    Notes
    -----
    ``min(1.5, (P / GE) / (1.31 m Cw(i)))`` with Minetti's cost of walking. Riding and pushing are equal near 20 %.

    References
    ----------
    Minetti et al. (2002), J Appl Physiol 93, 1039-1046, doi:10.1152/japplphysiol.01177.2001. Ardigo, Saibene, Minetti
    (2003), Eur J Appl Physiol 90, 365-371, doi:10.1007/s00421-003-0909-4.

    Examples
    --------
    >>> round(float(pushing_speed(200.0, 87.0, 0.20)), 2)
    1.06
    """
    cost = PUSHING_PENALTY * np.asarray(mass_kg) * walking_cost(grade)
    energy_w = as_floats(power_w) / np.asarray(gross_efficiency)
    return np.asarray(np.minimum(PUSHING_SPEED_LIMIT_M_PER_S, energy_w / cost))


def pushing_power(
    speed_m_per_s: Annotated[ArrayLike, "m/s"],
    mass_kg: Annotated[ArrayLike, "kg"],
    grade: Annotated[ArrayLike, "1"],
    gross_efficiency: Annotated[ArrayLike, "1"] = 0.21,
) -> Annotated[FloatArray, "W"]:
    """Pedal power that costs the same energy as pushing the bike at a speed.

    Parameters
    ----------
    speed_m_per_s : array_like
        Walking speed [m/s].
    mass_kg : array_like
        Rider, bike and everything carried [kg].
    grade : array_like
        Rise over run [1].
    gross_efficiency : array_like
        Pedal power over energy turned over [1].

    Returns
    -------
    ndarray
        Power of equal energy cost [W].

    Notes
    -----
    The inverse of `pushing_speed` below its limit.

    References
    ----------
    Minetti et al. (2002), J Appl Physiol 93, 1039-1046, doi:10.1152/japplphysiol.01177.2001.

    Examples
    --------
    >>> round(float(pushing_power(1.0, 87.0, 0.20)))
    189
    """
    cost = PUSHING_PENALTY * np.asarray(mass_kg) * walking_cost(grade)
    return np.asarray(np.asarray(speed_m_per_s) * cost * np.asarray(gross_efficiency))


def slowest_riding_speed(
    cadence_rpm: Annotated[ArrayLike, "rpm"] = CADENCE_MIN_RPM,
    chainring_teeth: Annotated[ArrayLike, "1"] = CHAINRING_TEETH,
    cog_teeth: Annotated[ArrayLike, "1"] = LARGEST_COG_TEETH,
    rollout_m: Annotated[ArrayLike, "m"] = WHEEL_ROLLOUT_M,
) -> Annotated[FloatArray, "m/s"]:
    """Speed of the slowest cadence in the lowest gear; below it people get off.

    Parameters
    ----------
    cadence_rpm : array_like
        Slowest cadence [rpm].
    chainring_teeth : array_like
        Teeth of the smallest chainring [1].
    cog_teeth : array_like
        Teeth of the largest cog [1].
    rollout_m : array_like
        Way of one wheel turn [m].

    Returns
    -------
    ndarray
        Speed [m/s].

    Notes
    -----
    ``cadence / 60 * chainring / cog * rollout``.

    References
    ----------
    Gear arithmetic; the defaults are a choice of ours.

    Examples
    --------
    >>> round(float(slowest_riding_speed()), 2)
    1.08
    """
    gear = as_floats(chainring_teeth) / np.asarray(cog_teeth) * np.asarray(rollout_m)
    return np.asarray(np.asarray(cadence_rpm) / 60.0 * gear)
