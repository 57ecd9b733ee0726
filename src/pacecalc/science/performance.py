"""From one race time to another: what a runner who did this can do over that distance."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

MARATHON_M = 42195.0
MILE_M = 1609.344

RIEGEL_EXPONENT = 1.06
"""Time against distance up to the marathon (Riegel 1981, 3.5 to 230 min) [1]; measured."""
ULTRA_DISTANCES_M = (MARATHON_M, 50_000.0, 100_000.0, 160_934.0)
ULTRA_EXPONENTS = (1.10, 1.15, 1.18)
"""Exponents from the marathon to 50 km, 100 km and 100 miles, each over the whole stretch from the marathon [1]; a
choice between the elite (1.12 to 100 km) and first-timers (1.20)."""

VICKERS_ONE_RACE = (0.16018617, 0.83076202, 0.06423826)
"""Constant [m/s], on Riegel speed, per 10 miles a week (Vickers and Vertosick 2016); measured (published fit)."""
VICKERS_TWO_RACES = (1.4510756, -0.23797948, -0.01410023)
"""Constant, on the runner's own exponent, per 10 miles a week (Vickers and Vertosick 2016) [1]; measured."""
VICKERS_RIEGEL_EXPONENT = 1.07
"""Exponent inside the one-race model [1]; measured (published fit)."""


def riegel_time(
    distance_m: Annotated[ArrayLike, "m"],
    known_distance_m: Annotated[ArrayLike, "m"],
    known_time_s: Annotated[ArrayLike, "s"],
    exponent: Annotated[ArrayLike, "1"] = RIEGEL_EXPONENT,
) -> Annotated[FloatArray, "s"]:
    """Time over a distance from a known time over another, by a power law.

    Parameters
    ----------
    distance_m : ArrayLike
        Distance to predict [m]
    known_distance_m : ArrayLike
        Distance of the known race [m]
    known_time_s : ArrayLike
        Time of the known race [s]
    exponent : ArrayLike
        Growth of time with distance; 1.06 as published, 1.07 for recreational runners [1]

    Returns
    -------
    FloatArray
        Predicted time [s]

    Notes
    -----
    T2 = T1 (D2/D1)^1.06, for 3.5 to 230 minutes.

    References
    ----------
    Riegel 1981, American Scientist 69:285.

    Examples
    --------
    >>> round(float(riegel_time(42195.0, 10000.0, 2400.0)), 2)
    11040.48
    """
    ratio = as_floats(distance_m) / as_floats(known_distance_m)
    return np.asarray(np.asarray(known_time_s) * ratio ** np.asarray(exponent))


def _log_time_profile(distance_m: ArrayLike, ultra_shift: float) -> FloatArray:
    """ln(time) along the distance, up to a constant: straight pieces between the distances of the table."""
    marks = np.log(np.array(ULTRA_DISTANCES_M))
    chords = np.array([0.0, *ULTRA_EXPONENTS]) + np.array([0.0, 1.0, 1.0, 1.0]) * ultra_shift
    heights = chords * (marks - marks[0])
    log_distance = np.log(as_floats(distance_m))
    last_slope = (heights[-1] - heights[-2]) / (marks[-1] - marks[-2])
    below = RIEGEL_EXPONENT * np.minimum(0.0, log_distance - marks[0])
    above = last_slope * np.maximum(0.0, log_distance - marks[-1])
    return np.asarray(below + np.interp(log_distance, marks, heights) + above)


def ultra_time(
    distance_m: Annotated[ArrayLike, "m"],
    known_distance_m: Annotated[ArrayLike, "m"],
    known_time_s: Annotated[ArrayLike, "s"],
    ultra_shift: Annotated[float, "1"] = 0.0,
) -> Annotated[FloatArray, "s"]:
    """Time over a flat-equivalent distance from a known one, across the marathon and beyond.

    Parameters
    ----------
    distance_m : ArrayLike
        Flat-equivalent distance to predict [m]
    known_distance_m : ArrayLike
        Flat-equivalent distance of the known race [m]
    known_time_s : ArrayLike
        Time of the known race [s]
    ultra_shift : float
        Added to the exponents beyond the marathon: 0.05 first-timers, -0.03 elite [1]

    Returns
    -------
    FloatArray
        Predicted time [s]

    Notes
    -----
    Exponent 1.06 to the marathon; from the marathon 1.10 to 50 km, 1.15 to 100 km, 1.18 to 100 miles, each over the
    whole stretch, straight between in logarithms and on the last slope beyond. The same runner's 100 km and 100 mile
    records give 1.21 between them.

    References
    ----------
    Riegel 1981, American Scientist 69:285; beyond the marathon a choice of ours.

    Examples
    --------
    >>> round(float(ultra_time(100000.0, 42195.0, 10800.0)) / 3600.0, 4)
    8.0923
    """
    growth = _log_time_profile(distance_m, ultra_shift) - _log_time_profile(known_distance_m, ultra_shift)
    return np.asarray(np.asarray(known_time_s) * np.exp(growth))


def vickers_marathon_time(
    known_distance_m: Annotated[float, "m"],
    known_time_s: Annotated[float, "s"],
    weekly_distance_m: Annotated[float, "m"],
) -> Annotated[float, "s"]:
    """Marathon time of a recreational runner from one shorter race and the training volume.

    Parameters
    ----------
    known_distance_m : float
        Distance of the known race, below the marathon [m]
    known_time_s : float
        Time of the known race [s]
    weekly_distance_m : float
        Typical weekly running distance [m]

    Returns
    -------
    float
        Predicted marathon time [s]

    Notes
    -----
    v = 0.16018617 + 0.83076202 v_Riegel + 0.06423826 (miles per week / 10), v_Riegel with exponent 1.07. Root mean
    square error 15.1 min in 2,303 runners. Public copies with 0.6423826 are ten times off.

    References
    ----------
    Vickers and Vertosick 2016, doi:10.1186/s13102-016-0052-y.

    Examples
    --------
    >>> round(vickers_marathon_time(21097.5, 5400.0, 40 * 1609.344), 2)
    12024.26
    """
    constant, on_riegel, per_ten_miles = VICKERS_ONE_RACE
    by_riegel = riegel_time(MARATHON_M, known_distance_m, known_time_s, VICKERS_RIEGEL_EXPONENT)
    speed = constant + on_riegel * MARATHON_M / float(by_riegel) + per_ten_miles * weekly_distance_m / MILE_M / 10.0
    return MARATHON_M / speed


def vickers_two_race_marathon_time(
    short_distance_m: Annotated[float, "m"],
    short_time_s: Annotated[float, "s"],
    long_distance_m: Annotated[float, "m"],
    long_time_s: Annotated[float, "s"],
    weekly_distance_m: Annotated[float, "m"],
) -> Annotated[float, "s"]:
    """Marathon time of a recreational runner from two shorter races and the training volume.

    Parameters
    ----------
    short_distance_m : float
        Distance of the shorter race [m]
    short_time_s : float
        Time of the shorter race [s]
    long_distance_m : float
        Distance of the longer race, below the marathon [m]
    long_time_s : float
        Time of the longer race [s]
    weekly_distance_m : float
        Typical weekly running distance [m]

    Returns
    -------
    float
        Predicted marathon time [s]

    Notes
    -----
    Exponent K = 1.4510756 - 0.23797948 k - 0.01410023 (miles per week / 10), k the runner's own exponent between the
    two races; applied from the longer one. Root mean square error 14.4 min.

    References
    ----------
    Vickers and Vertosick 2016, doi:10.1186/s13102-016-0052-y.

    Examples
    --------
    >>> round(vickers_two_race_marathon_time(10000.0, 2400.0, 21097.5, 5400.0, 40 * 1609.344), 2)
    11869.1
    """
    own = float(np.log(long_time_s / short_time_s) / np.log(long_distance_m / short_distance_m))
    constant, on_own, per_ten_miles = VICKERS_TWO_RACES
    exponent = constant + on_own * own + per_ten_miles * weekly_distance_m / MILE_M / 10.0
    return float(riegel_time(MARATHON_M, long_distance_m, long_time_s, exponent))


def cameron_time(
    distance_m: Annotated[ArrayLike, "m"],
    known_distance_m: Annotated[ArrayLike, "m"],
    known_time_s: Annotated[ArrayLike, "s"],
) -> Annotated[FloatArray, "s"]:
    """Time over a distance from a known time over another, by Cameron's curve through world-class times.

    Parameters
    ----------
    distance_m : ArrayLike
        Distance to predict [m]
    known_distance_m : ArrayLike
        Distance of the known race [m]
    known_time_s : ArrayLike
        Time of the known race [s]

    Returns
    -------
    FloatArray
        Predicted time [s]

    Notes
    -----
    a(x) = 13.49681 - 0.048865 x + 2.438936 / x^0.7905, x in miles; T2 = (T1/D1) (a(D1)/a(D2)) D2. From 800 m to the
    marathon.

    References
    ----------
    Cameron 1997, as printed in public calculators.

    Examples
    --------
    >>> round(float(cameron_time(42195.0, 10000.0, 2400.0)), 1)
    11244.5
    """

    def world_speed(metres: ArrayLike) -> FloatArray:
        miles = as_floats(metres) / MILE_M
        return np.asarray(13.49681 - 0.048865 * miles + 2.438936 / miles**0.7905)

    pace = np.asarray(known_time_s) / as_floats(known_distance_m)
    return np.asarray(pace * world_speed(known_distance_m) / world_speed(distance_m) * np.asarray(distance_m))


def combine_times(
    time_s: Annotated[ArrayLike, "s"],
    spread: Annotated[ArrayLike, "1"],
    age_d: Annotated[ArrayLike, "d"],
    distance_ratio: Annotated[ArrayLike, "1"],
) -> tuple[Annotated[float, "s"], Annotated[float, "1"]]:
    """One time and its spread from several predictions of the same race.

    Parameters
    ----------
    time_s : ArrayLike
        Predicted times [s]
    spread : ArrayLike
        Standard deviation of the logarithm of each [1]
    age_d : ArrayLike
        Age of the race behind each [d]
    distance_ratio : ArrayLike
        Flat-equivalent distance of the race behind each, over that of the race to predict [1]

    Returns
    -------
    tuple of float
        Time [s] and standard deviation of its logarithm [1]

    Notes
    -----
    Weighted mean of logarithms, w = exp(-age / 180 d) / (sd^2 + (0.02 ln ratio)^2); a choice. Results of one person
    share that person's day, so the spread does not shrink with their number: it is the weighted mean of the variances
    plus the disagreement between the predictions.

    References
    ----------
    A choice of ours.

    Examples
    --------
    >>> time, spread = combine_times([36000.0, 40000.0], [0.08, 0.08], [0.0, 0.0], [1.0, 1.0])
    >>> round(time), round(spread, 3)
    (37947, 0.096)
    """
    log_time = np.log(as_floats(time_s))
    variance = as_floats(spread) ** 2 + (0.02 * np.log(np.asarray(distance_ratio))) ** 2
    weight = np.exp(-as_floats(age_d) / 180.0) / variance
    weight = weight / weight.sum()
    mean = float(weight @ log_time)
    return float(np.exp(mean)), float(np.sqrt(weight @ (variance + (log_time - mean) ** 2)))
