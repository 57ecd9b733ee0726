"""How much heat slows a runner, and how it drives people out of the race."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

HEAT_THRESHOLD_C = 10.0
"""WBGT below which heat costs nothing; a choice between Montain 2007 (5-10) and Mantzios 2022 (7.5-15)."""
HEAT_SLOPE_PER_C = 0.0019
"""Slowing per degC at a flat marathon of 2:10; fitted by the project to Ely 2007 and Mantzios 2022."""
HEAT_SLOPE_MARATHON_S = 130.0 * 60.0
HEAT_SLOPE_LIMIT_PER_C = 0.012
"""Slope for slow runners; fitted to the Singapore marathon and Western States."""
ACCLIMATISED_SHARE = 0.7
"""Share of the slowing left after heat acclimatisation (a choice)."""
HEAT_FACTOR_LIMIT = 1.35
"""Beyond this races are cancelled, not run slower (a choice)."""
EXTREME_WBGT_C = 28.0
"""World Athletics' extreme-heat band."""
RETIREMENT_PER_C = 0.087
"""Slope of the log odds of not finishing on the day's high, Western States 2017-2024 (fitted by the project)."""
RETIREMENT_REFERENCE_C = 30.0
RETIREMENT_RANGE_C = (25.0, 39.0)
"""Daily highs seen; the slope is not carried on beyond them."""


def estimate_heat_slope(marathon_time_s: Annotated[ArrayLike, "s"]) -> Annotated[FloatArray, "1/degC"]:
    """Slowing per degree of WBGT for a runner of a given ability.

    Parameters
    ----------
    marathon_time_s
        Flat marathon time the runner is worth, in cool weather [s].

    Returns
    -------
    FloatArray
        Relative slowing per degree of WBGT above 10 degC [1/degC].

    Notes
    -----
    ``min(0.0019 (T / 130 min)^3, 0.012)``: 0.19 % at 2:10, 0.5 % at 3:00, 1.2 % from 4:00.

    References
    ----------
    Ely MR et al. Med Sci Sports Exerc 39:487-493, 2007. doi:10.1249/mss.0b013e31802d3aba
    Mantzios K et al. Med Sci Sports Exerc 54:153-161, 2022. doi:10.1249/MSS.0000000000002769

    Examples
    --------
    >>> round(float(estimate_heat_slope(3 * 3600.0)), 5)
    0.00504
    """
    ratio = as_floats(marathon_time_s) / HEAT_SLOPE_MARATHON_S
    return np.minimum(HEAT_SLOPE_PER_C * ratio**3, HEAT_SLOPE_LIMIT_PER_C)


def estimate_heat_factor(
    wbgt_c: Annotated[ArrayLike, "degC"],
    marathon_time_s: Annotated[ArrayLike, "s"],
    acclimatisation: Annotated[ArrayLike, "1"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """Pace in the heat relative to pace in cool weather, at the same effort.

    Parameters
    ----------
    wbgt_c
        Wet-bulb globe temperature [degC].
    marathon_time_s
        Flat marathon time the runner is worth, in cool weather [s].
    acclimatisation
        Heat acclimatisation, 0 none .. 1 full [1].

    Returns
    -------
    FloatArray
        Pace factor, 1 .. 1.35 [1].

    Notes
    -----
    ``1 + k (WBGT - 10)``, times 0.7 on the slowing when fully acclimatised. Valid for WBGT up to about 30 degC.

    References
    ----------
    Ely MR et al. Med Sci Sports Exerc 39:487-493, 2007. doi:10.1249/mss.0b013e31802d3aba
    Mantzios K et al. Med Sci Sports Exerc 54:153-161, 2022. doi:10.1249/MSS.0000000000002769

    Examples
    --------
    >>> round(float(estimate_heat_factor(20.0, 3 * 3600.0)), 4)
    1.0504
    """
    left = 1.0 - (1.0 - ACCLIMATISED_SHARE) * np.clip(as_floats(acclimatisation), 0.0, 1.0)
    excess = np.maximum(as_floats(wbgt_c) - HEAT_THRESHOLD_C, 0.0)
    return np.minimum(1.0 + estimate_heat_slope(marathon_time_s) * excess * left, HEAT_FACTOR_LIMIT)


def estimate_heat_retirement(high_c: Annotated[ArrayLike, "degC"]) -> Annotated[FloatArray, "1"]:
    """How heat multiplies the rate at which runners retire for reasons other than cutoffs.

    Parameters
    ----------
    high_c
        Highest air temperature of the day [degC].

    Returns
    -------
    FloatArray
        Multiplier on the rate of retirement, 1 at 30 degC [1].

    Notes
    -----
    ``exp(0.087 (T - 30))``, seen between 25 and 39 degC and held at its ends beyond.

    References
    ----------
    Western States 2017-2024 finish rates against the high in Auburn (fitted by the project; open split data).

    Examples
    --------
    >>> round(float(estimate_heat_retirement(38.0)), 3)
    2.006
    """
    high = np.clip(as_floats(high_c), *RETIREMENT_RANGE_C)
    return np.exp(RETIREMENT_PER_C * (high - RETIREMENT_REFERENCE_C))


def estimate_marathon_time(
    flat_distance_m: Annotated[ArrayLike, "m"], time_s: Annotated[ArrayLike, "s"]
) -> Annotated[FloatArray, "s"]:
    """Flat marathon time a race result is worth, for the heat slope only.

    Parameters
    ----------
    flat_distance_m
        Flat-equivalent distance of the race [m].
    time_s
        Time for it [s].

    Returns
    -------
    FloatArray
        Equivalent marathon time [s].

    Notes
    -----
    ``T (42195 / D)^k``, k = 1.06 up to the marathon and 1.15 beyond (recommended exponents, a choice). The heat slope
    needs ability only roughly.

    References
    ----------
    Riegel PS. Athletic records and human endurance. American Scientist 69:285-290, 1981.

    Examples
    --------
    >>> round(float(estimate_marathon_time(10000.0, 2400.0)), 2)
    11040.48
    """
    distance = as_floats(flat_distance_m)
    exponent = np.where(distance > 42195.0, 1.15, 1.06)
    return as_floats(time_s) * (42195.0 / distance) ** exponent
