"""How runners slow as a race goes on: size and shape of the slow-down, fitted on real race splits.

The constants were fitted by us on the public splits of Western States, UTMB, Transgrancanaria, Berlin Wall, Ultravasan
and Boston (8,500 finishers), each race also predicted from the others.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

SIZE_AT_100_KM = 0.333
"""Slow-down of 100 flat-equivalent km at 8 km/h [1]; fitted by us."""
REFERENCE_DISTANCE_M = 100_000.0
REFERENCE_SPEED_M_PER_S = 8.0 / 3.6
"""Where the constant above applies; a choice of scale."""
LEVEL_AFTER_S = 22.0 * 3600.0
"""From here on the pace holds level [s]; fitted by us."""
LARGEST_SIZE = 0.8
"""Limit of the law: the slowest of the data reach 0.8 [1]; fitted range."""
LARGEST_PERSONAL_SIZE = 1.2
"""Limit with the athlete's own multiplier or fade: four times slower at the finish than at the start [1]; a choice."""
HOLD_AT_SHORT = 0.4
"""Share of the work a short race is held level for [1]; measured on marathons (splits show 0.3 to 0.5)."""
HOLD_SHORT_S = 4.0 * 3600.0
HOLD_LONG_S = 8.0 * 3600.0
"""The hold is full up to the first, gone from the second [s]; a choice between marathons and 90 km."""


def slow_down_size(
    flat_distance_m: Annotated[ArrayLike, "m"],
    time_s: Annotated[ArrayLike, "s"],
    multiplier: Annotated[ArrayLike, "1"] = 1.0,
) -> Annotated[FloatArray, "1"]:
    """Size of the slow-down of a typical runner over a race.

    Parameters
    ----------
    flat_distance_m : ArrayLike
        Flat-equivalent length: horizontal distance times the grade factor, summed [m]
    time_s : ArrayLike
        Finish time, stops included [s]
    multiplier : ArrayLike
        The athlete's own multiplier; 0 is even, 1 typical, 0.5 to 1.4 covers most people [1]

    Returns
    -------
    FloatArray
        kappa: pace change from start to finish over the mean pace [1]

    Notes
    -----
    kappa = 0.333 (D / 100 km)^(1/3) (8 km/h / v), at most 0.8, v the flat-equivalent speed. Fitted on races of 2.5 to
    46 hours. It describes warm-day marathons at its upper end: fast marathoners in the cool slow by half as much.

    References
    ----------
    Fitted by us; see tests/benchmarks/splits.py for the data and the errors.

    Examples
    --------
    >>> round(float(slow_down_size(160934.0, 24 * 3600.0)), 3)
    0.466
    """
    distance = np.asarray(flat_distance_m, dtype=np.float64)
    speed = distance / np.asarray(time_s, dtype=np.float64)
    size = SIZE_AT_100_KM * np.cbrt(distance / REFERENCE_DISTANCE_M) * REFERENCE_SPEED_M_PER_S / speed
    return np.asarray(np.clip(np.minimum(size, LARGEST_SIZE) * np.asarray(multiplier), 0.0, LARGEST_PERSONAL_SIZE))


def size_from_fade(fade: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Size of the slow-down from an athlete's own fade.

    Parameters
    ----------
    fade : ArrayLike
        Pace at the finish over pace at the start, less one, on the same ground; negative for a faster finish [1]

    Returns
    -------
    FloatArray
        kappa: pace change from start to finish over the mean pace [1]

    Notes
    -----
    kappa = 2 fade / (2 + fade), limited to -1.2 .. 1.2.

    References
    ----------
    By definition of kappa.

    Examples
    --------
    >>> round(float(size_from_fade(0.5)), 3)
    0.4
    """
    change = np.asarray(fade, dtype=np.float64)
    return np.clip(2.0 * change / (2.0 + change), -LARGEST_PERSONAL_SIZE, LARGEST_PERSONAL_SIZE)


def fade_from_size(size: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Pace at the finish over pace at the start, less one, of a slow-down that runs to the finish.

    Parameters
    ----------
    size : ArrayLike
        kappa: pace change from start to finish over the mean pace, below 2 [1]

    Returns
    -------
    FloatArray
        The fade [1]

    Notes
    -----
    (1 + kappa/2) / (1 - kappa/2) - 1.

    References
    ----------
    By definition of kappa.

    Examples
    --------
    >>> round(float(fade_from_size(0.4)), 3)
    0.5
    """
    half = 0.5 * np.asarray(size, dtype=np.float64)
    return np.asarray((1.0 + half) / (1.0 - half) - 1.0)


def slow_down_progress(
    work_share: Annotated[ArrayLike, "1"], time_s: Annotated[float, "s"]
) -> Annotated[FloatArray, "1"]:
    """How much of the slow-down has happened by a share of the work.

    Parameters
    ----------
    work_share : ArrayLike
        Share of the flat-equivalent distance done, 0 to 1 [1]
    time_s : float
        Finish time, stops included [s]

    Returns
    -------
    FloatArray
        0 while the start pace is held, 1 once the pace no longer changes [1]

    Notes
    -----
    A ramp from s0 = 0.4 (races up to 4 h) falling to 0 (from 8 h), to s1 = min(1, 22 h / T).

    References
    ----------
    Fitted by us; see tests/benchmarks/splits.py for the data and the errors.

    Examples
    --------
    >>> round(float(slow_down_progress(0.5, 3 * 3600.0)), 4), round(float(slow_down_progress(0.5, 30 * 3600.0)), 4)
    (0.1667, 0.6818)
    """
    held = HOLD_AT_SHORT * min(1.0, max(0.0, (HOLD_LONG_S - time_s) / (HOLD_LONG_S - HOLD_SHORT_S)))
    level = min(1.0, LEVEL_AFTER_S / time_s)
    share = np.asarray(work_share, dtype=np.float64)
    return np.clip((share - held) / (level - held), 0.0, 1.0)


def slow_down_factor(
    work_share: Annotated[ArrayLike, "1"], size: Annotated[float, "1"], time_s: Annotated[float, "s"]
) -> Annotated[FloatArray, "1"]:
    """Pace at a share of the work relative to the mid-slow-down pace on the same ground.

    Parameters
    ----------
    work_share : ArrayLike
        Share of the flat-equivalent distance done, 0 to 1 [1]
    size : float
        kappa: pace change from start to finish over the mean pace [1]
    time_s : float
        Finish time, stops included [s]

    Returns
    -------
    FloatArray
        Pace factor, from 1 - kappa/2 at the start to 1 + kappa/2 [1]

    Notes
    -----
    1 + kappa (progress - 1/2).

    References
    ----------
    Fitted by us; see tests/benchmarks/splits.py for the data and the errors.

    Examples
    --------
    >>> [round(float(slow_down_factor(share, 0.4, 20 * 3600.0)), 2) for share in (0.0, 0.5, 1.0)]
    [0.8, 1.0, 1.2]
    """
    return np.asarray(1.0 + size * (slow_down_progress(work_share, time_s) - 0.5))
