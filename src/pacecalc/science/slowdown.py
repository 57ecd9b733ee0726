"""How runners slow as a race goes on: size and shape of the slow-down, fitted on real race splits.

The constants were fitted by us on the public splits of Western States, UTMB, Transgrancanaria, Berlin Wall, Ultravasan
and two Bostons (11,512 finishers), each race also predicted from the others.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

SIZE_AT_100_KM = 0.305
"""Slow-down of 100 flat-equivalent km at 8 km/h, stops apart [1]; fitted by us."""
REFERENCE_DISTANCE_M = 100_000.0
REFERENCE_SPEED_M_PER_S = 8.0 / 3.6
"""Where the constant above applies; a choice of scale."""
DISTANCE_EXPONENT = 0.4
"""Growth with flat-equivalent length at equal speed [1]; fitted by us (0.33 to 0.5 is a flat optimum)."""
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
SEX_SPREAD = 0.1
"""Women's slow-down below and men's above the mean in races up to 4 h [1]; fitted by us (0.05 to 0.15 is flat)."""
SEX_FULL_S = 4.0 * 3600.0
SEX_GONE_S = 30.0 * 3600.0
"""The difference is full up to the first and gone, in ln(time), from the second [s]; a choice that fits the splits."""
EVENNESS_AT_LIMIT = 0.12
"""Smaller slow-down of those who finish on the time limit [1]; fitted by us on Western States, weak elsewhere."""
LIMIT_RANGE = 0.08
"""Share of the limit over which that grows [1]; a choice."""
LATE_DESCENT_COST = 0.02
"""What descents of 10 % and more cost a typical runner above fading, once all fading is done [1]; a choice that the
splits neither ask for nor refuse (0 to 0.05 fit alike); direction from Genitrini 2022, doi:10.3390/jfmk7040103."""
LATE_DESCENT_RAMP = 0.10
"""Descent at which that cost counts in full [1]; a choice."""


def slow_down_size(
    flat_distance_m: Annotated[ArrayLike, "m"],
    time_s: Annotated[ArrayLike, "s"],
    multiplier: Annotated[ArrayLike, "1"] = 1.0,
    limit_s: Annotated[float | None, "s"] = None,
    womanhood: Annotated[ArrayLike, "1"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """Size of the slow-down of a typical runner over a race.

    Parameters
    ----------
    flat_distance_m : ArrayLike
        Flat-equivalent length: horizontal distance times grade and surface factors, summed [m]
    time_s : ArrayLike
        Finish time, stops included [s]
    multiplier : ArrayLike
        The athlete's own multiplier; 0 is even, 1 typical, 0.5 to 1.4 covers most people [1]
    limit_s : float or None
        Time limit of the race; those who finish close to it run more evenly [s]
    womanhood : ArrayLike
        1 for women, -1 for men, 0 when unknown [1]

    Returns
    -------
    FloatArray
        kappa: pace change from start to finish over the mean pace [1]

    Notes
    -----
    kappa = 0.305 (D / 100 km)^0.4 (8 km/h / v), at most 0.8, v the flat-equivalent speed; times 0.9 for women and 1.1
    for men on the road, the same for both from 30 hours; times 0.88 on the time limit, rising to 1 eight percent
    before it. Fitted on races of 2.2 to 47 hours.

    References
    ----------
    Fitted by us; see tests/benchmarks/splits.py for the data and the errors.

    Examples
    --------
    >>> round(float(slow_down_size(160934.0, 24 * 3600.0)), 3)
    0.44
    """
    distance = as_floats(flat_distance_m)
    time = as_floats(time_s)
    length = (distance / REFERENCE_DISTANCE_M) ** DISTANCE_EXPONENT
    size = np.minimum(SIZE_AT_100_KM * length * REFERENCE_SPEED_M_PER_S * time / distance, LARGEST_SIZE)
    shortness = np.clip(np.log(SEX_GONE_S / time) / np.log(SEX_GONE_S / SEX_FULL_S), 0.0, 1.0)
    size = size * (1.0 - SEX_SPREAD * np.asarray(womanhood) * shortness)
    if limit_s is not None:
        closeness = np.clip((time / limit_s - 1.0 + LIMIT_RANGE) / LIMIT_RANGE, 0.0, 1.0)
        size = size * (1.0 - EVENNESS_AT_LIMIT * closeness)
    return np.asarray(np.clip(size * np.asarray(multiplier), 0.0, LARGEST_PERSONAL_SIZE))


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
    change = as_floats(fade)
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
    half = 0.5 * as_floats(size)
    return np.asarray((1.0 + half) / (1.0 - half) - 1.0)


def slow_down_progress(
    work_share: Annotated[ArrayLike, "1"],
    time_s: Annotated[ArrayLike, "s"],
    level_after_s: Annotated[float, "s"] = LEVEL_AFTER_S,
) -> Annotated[FloatArray, "1"]:
    """How much of the slow-down has happened by a share of the work.

    Parameters
    ----------
    work_share : ArrayLike
        Share of the flat-equivalent distance done, 0 to 1 [1]
    time_s : ArrayLike
        Finish time, stops included [s]
    level_after_s : float
        Time from which the pace no longer falls [s]

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
    time = as_floats(time_s)
    held = HOLD_AT_SHORT * np.clip((HOLD_LONG_S - time) / (HOLD_LONG_S - HOLD_SHORT_S), 0.0, 1.0)
    level = np.minimum(1.0, level_after_s / time)
    share = as_floats(work_share)
    return np.asarray(np.clip((share - held) / (level - held), 0.0, 1.0))


def slow_down_factor(
    progress: Annotated[ArrayLike, "1"], size: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "1"]:
    """Pace at a point of the slow-down relative to its middle, on the same ground.

    Parameters
    ----------
    progress : ArrayLike
        How much of the slow-down has happened, 0 to 1 [1]
    size : ArrayLike
        kappa: pace change from start to finish over the mean pace [1]

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
    >>> [round(float(slow_down_factor(progress, 0.4)), 2) for progress in (0.0, 0.5, 1.0)]
    [0.8, 1.0, 1.2]
    """
    return np.asarray(1.0 + np.asarray(size) * (as_floats(progress) - 0.5))


def late_descent_factor(
    grade: Annotated[ArrayLike, "1"],
    progress: Annotated[ArrayLike, "1"],
    downhill_skill: Annotated[float, "1"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """What tired legs lose on descents, above the general slow-down.

    Parameters
    ----------
    grade : ArrayLike
        Rise over horizontal run [1]
    progress : ArrayLike
        How much of the slow-down has happened, 0 to 1 [1]
    downhill_skill : float
        -1 cautious, 0 typical, 1 skilled [1]

    Returns
    -------
    FloatArray
        Pace factor, at least 1 [1]

    Notes
    -----
    1 + 0.02 (1 - skill) progress on descents of 10 % and more, less on gentler ones: better runners lose less.

    References
    ----------
    Genitrini et al. 2022, doi:10.3390/jfmk7040103 (direction); size a choice.

    Examples
    --------
    >>> round(float(late_descent_factor(-0.12, 1.0)), 3), round(float(late_descent_factor(0.12, 1.0)), 3)
    (1.02, 1.0)
    """
    steepness = np.clip(-as_floats(grade) / LATE_DESCENT_RAMP, 0.0, 1.0)
    return np.asarray(1.0 + LATE_DESCENT_COST * (1.0 - downhill_skill) * np.asarray(progress) * steepness)
