"""A runner's speed against duration in two numbers: speed at maximal aerobic power, and how fast it decays."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

AEROBIC_LIMIT_S = 360.0
"""Time for which the speed at maximal aerobic power can be held (Emig and Peltonen 2020) [s]; measured."""
DECAY_RANGE = (0.02, 0.15)
"""Decays a fit may give: published runners lie between 0.03 and 0.12 [1]; a choice."""
_HALLEY_ROUNDS = 40


def lower_lambert_w(value: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Lower real branch of Lambert's W: the w below -1 with w exp(w) = value.

    Parameters
    ----------
    value : ArrayLike
        Between -1/e and 0, 0 excluded [1]

    Returns
    -------
    FloatArray
        W of the branch -1 [1]

    Notes
    -----
    Newton steps on w + ln(-w) = ln(-value), which is concave and well scaled down to the smallest floats, from a start
    by the branch-point series or by logarithms.

    References
    ----------
    Corless et al. 1996, doi:10.1007/BF02124750.

    Examples
    --------
    >>> round(float(lower_lambert_w(-0.1)), 6)
    -3.577152
    """
    argument = as_floats(value)
    if not np.all((argument < 0.0) & (argument >= -np.exp(-1.0) * (1.0 + 1e-12))):
        raise ValueError(f"the lower Lambert W needs values from -1/e up to, not including, 0; got {argument}")
    target = np.log(-argument)
    near_branch = -1.0 - np.sqrt(np.maximum(0.0, 2.0 * (-1.0 - target)))
    w = np.minimum(near_branch, -1.0 - 1e-12)
    for _ in range(_HALLEY_ROUNDS):
        step = (w + np.log(-w) - target) / (1.0 + 1.0 / w)
        w = np.minimum(w - step, -1.0 - 1e-15)
        if np.all(np.abs(step) <= 1e-14 * np.abs(w)):
            break
    return np.asarray(w)


def endurance_speed(
    time_s: Annotated[ArrayLike, "s"], aerobic_speed_m_per_s: Annotated[float, "m/s"], decay: Annotated[float, "1"]
) -> Annotated[FloatArray, "m/s"]:
    """Speed a runner can hold for a time.

    Parameters
    ----------
    time_s : ArrayLike
        Duration, above 6 minutes [s]
    aerobic_speed_m_per_s : float
        Speed at maximal aerobic power [m/s]
    decay : float
        Loss of speed per natural logarithm of duration [1]

    Returns
    -------
    FloatArray
        Mean speed [m/s]

    Notes
    -----
    v = v_m (1 - decay ln(t / 6 min)), up to about 4 hours.

    References
    ----------
    Emig and Peltonen 2020, doi:10.1038/s41467-020-18737-6.

    Examples
    --------
    >>> round(float(endurance_speed(3600.0, 5.0, 0.06)), 4)
    4.3092
    """
    logarithm = np.log(as_floats(time_s) / AEROBIC_LIMIT_S)
    return np.asarray(aerobic_speed_m_per_s * (1.0 - decay * logarithm))


def endurance_time(
    distance_m: Annotated[ArrayLike, "m"], aerobic_speed_m_per_s: Annotated[float, "m/s"], decay: Annotated[float, "1"]
) -> Annotated[FloatArray, "s"]:
    """Race time over a distance longer than six minutes' running.

    Parameters
    ----------
    distance_m : ArrayLike
        Race distance [m]
    aerobic_speed_m_per_s : float
        Speed at maximal aerobic power [m/s]
    decay : float
        Loss of speed per natural logarithm of duration [1]

    Returns
    -------
    FloatArray
        Race time [s]

    Notes
    -----
    T = -(d / (decay v_m)) / W-1(-(d / d_c) exp(-1/decay) / decay), d_c = v_m 6 min. Up to about 4 hours; ultras come
    out 5 to 12 % too fast.

    References
    ----------
    Emig and Peltonen 2020, doi:10.1038/s41467-020-18737-6; Mulligan et al. 2018, doi:10.1371/journal.pone.0206645.

    Examples
    --------
    >>> round(float(endurance_time(42195.0, 5.0, 0.06)) / 60.0, 3)
    176.447
    """
    distance = as_floats(distance_m)
    relative = distance / (aerobic_speed_m_per_s * AEROBIC_LIMIT_S)
    branch = lower_lambert_w(-relative / decay * np.exp(-1.0 / decay))
    return np.asarray(-distance / (decay * aerobic_speed_m_per_s) / branch)


def fit_endurance(
    distance_m: Annotated[ArrayLike, "m"], time_s: Annotated[ArrayLike, "s"]
) -> tuple[Annotated[float, "m/s"], Annotated[float, "1"]]:
    """Speed at maximal aerobic power and decay from two or more races.

    Parameters
    ----------
    distance_m : ArrayLike
        Race distances, at least two different ones [m]
    time_s : ArrayLike
        Race times, above 6 minutes [s]

    Returns
    -------
    tuple of float
        Speed at maximal aerobic power [m/s] and decay [1]

    Notes
    -----
    The law is linear in ln(t), so the fit is linear least squares of relative speed errors. The decay is limited to
    0.02 .. 0.15, beyond which the races were not comparable efforts.

    References
    ----------
    Emig and Peltonen 2020, doi:10.1038/s41467-020-18737-6.

    Examples
    --------
    >>> speed, decay = fit_endurance([5000.0, 21097.5], [17.832 * 60, 83.521 * 60])
    >>> round(speed, 3), round(decay, 4)
    (5.0, 0.06)
    """
    distance = as_floats(distance_m)
    time = as_floats(time_s)
    logarithm = np.log(time / AEROBIC_LIMIT_S)
    speed = distance / time
    columns = np.stack([np.ones_like(speed), -logarithm], axis=1) / speed[:, None]
    (aerobic, loss), *_ = np.linalg.lstsq(columns, np.ones_like(speed), rcond=None)
    decay = float(np.clip(loss / aerobic, *DECAY_RANGE))
    shape = (1.0 - decay * logarithm) / speed
    return float(shape.sum() / (shape @ shape)), decay


def endurance_index(decay: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """How many times six minutes 90 % of the aerobic speed can be held.

    Parameters
    ----------
    decay : ArrayLike
        Loss of speed per natural logarithm of duration [1]

    Returns
    -------
    FloatArray
        Endurance index [1]

    Notes
    -----
    exp(0.1 / decay), recalled definition.

    References
    ----------
    Emig and Peltonen 2020, doi:10.1038/s41467-020-18737-6.

    Examples
    --------
    >>> round(float(endurance_index(0.06)), 4)
    5.2945
    """
    return np.asarray(np.exp(0.1 / as_floats(decay)))
