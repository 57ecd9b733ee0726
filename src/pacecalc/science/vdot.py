"""VDOT: race times through oxygen uptake, as Daniels and Gilbert tabulated them."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

_RELATIVE_TOLERANCE = 1e-11


def oxygen_uptake(speed_m_per_s: Annotated[ArrayLike, "m/s"]) -> Annotated[FloatArray, "mL/kg/min"]:
    """Oxygen uptake of level running by Daniels and Gilbert.

    Parameters
    ----------
    speed_m_per_s : ArrayLike
        Running speed [m/s]

    Returns
    -------
    FloatArray
        Oxygen uptake [mL/kg/min]

    Notes
    -----
    -4.60 + 0.182258 v + 0.000104 v^2, v in m/min.

    References
    ----------
    Daniels and Gilbert 1979, Oxygen Power.

    Examples
    --------
    >>> round(float(oxygen_uptake(250.0 / 60.0)), 4)
    47.4645
    """
    metres_a_minute = 60.0 * as_floats(speed_m_per_s)
    return np.asarray(-4.60 + 0.182258 * metres_a_minute + 0.000104 * metres_a_minute**2)


def sustainable_uptake_fraction(time_s: Annotated[ArrayLike, "s"]) -> Annotated[FloatArray, "1"]:
    """Share of maximal oxygen uptake a runner holds for a time, by Daniels and Gilbert.

    Parameters
    ----------
    time_s : ArrayLike
        Duration [s]

    Returns
    -------
    FloatArray
        Fraction of maximal oxygen uptake [1]

    Notes
    -----
    0.8 + 0.1894393 exp(-0.012778 t) + 0.2989558 exp(-0.1932605 t), t in minutes. Never below 0.8, so not for more than
    about 4 hours.

    References
    ----------
    Daniels and Gilbert 1979, Oxygen Power.

    Examples
    --------
    >>> round(float(sustainable_uptake_fraction(3600.0)), 5)
    0.88801
    """
    minutes = as_floats(time_s) / 60.0
    return np.asarray(0.8 + 0.1894393 * np.exp(-0.012778 * minutes) + 0.2989558 * np.exp(-0.1932605 * minutes))


def daniels_score(
    distance_m: Annotated[ArrayLike, "m"], time_s: Annotated[ArrayLike, "s"]
) -> Annotated[FloatArray, "mL/kg/min"]:
    """VDOT of a race: the maximal oxygen uptake a runner of average economy would need for it.

    Parameters
    ----------
    distance_m : ArrayLike
        Race distance [m]
    time_s : ArrayLike
        Race time, up to about 4 hours [s]

    Returns
    -------
    FloatArray
        VDOT [mL/kg/min]

    Notes
    -----
    Oxygen uptake at race speed over the fraction sustained for the race time.

    References
    ----------
    Daniels and Gilbert 1979, Oxygen Power.

    Examples
    --------
    >>> round(float(daniels_score(5000.0, 1200.0)), 3)
    49.806
    """
    time = as_floats(time_s)
    return np.asarray(oxygen_uptake(np.asarray(distance_m) / time) / sustainable_uptake_fraction(time))


def daniels_time(
    distance_m: Annotated[float, "m"], score_ml_per_kg_per_min: Annotated[float, "mL/kg/min"]
) -> Annotated[float, "s"]:
    """Race time of a VDOT over a distance.

    Parameters
    ----------
    distance_m : float
        Race distance [m]
    score_ml_per_kg_per_min : float
        VDOT [mL/kg/min]

    Returns
    -------
    float
        Race time [s]

    Notes
    -----
    Bisection: the VDOT of a distance falls with its time. Not for more than about 4 hours.

    References
    ----------
    Daniels and Gilbert 1979, Oxygen Power.

    Examples
    --------
    >>> round(daniels_time(10000.0, 50.0), 1)
    2479.6
    """
    fast, slow = distance_m / 12.0, distance_m / 0.5
    while slow - fast > _RELATIVE_TOLERANCE * slow:
        middle = 0.5 * (fast + slow)
        if float(daniels_score(distance_m, middle)) > score_ml_per_kg_per_min:
            fast = middle
        else:
            slow = middle
    return 0.5 * (fast + slow)
