"""How much of the energy comes from carbohydrate, and the grams that makes."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

HALF_SHARE_INTENSITY = 0.57
SHARE_SLOPE = 0.21
"""Logistic in VO2/VO2max; fitted by us on seven anchors (Romijn 1993, van Loon 2001, and 1.0 -> 0.95 set by hand)."""
FAT_ADAPTED_INTENSITY = 0.65
CARBOHYDRATE_DEPENDENT_INTENSITY = 0.50
"""Personal midpoints; a choice."""
FEMALE_SHIFT = -0.03
"""On the share; a choice, sign after Tarnopolsky."""
SHARE_UNCERTAINTY = 0.10
"""Printed with every share; a choice (intensity, diet and duration explain 36 %, Rothschild 2022)."""
CARBOHYDRATE_KCAL_PER_G = 4.1
FAT_KCAL_PER_G = 9.75
"""Oxidised in exercise (Jeukendrup & Wallis 2005); recalled."""
FAT_CEILING_G_PER_MIN = 0.97
"""Mean + 3 sd of maximal fat oxidation in 55 trained men (Achten & Jeukendrup 2003); measured (source)."""
QUADRATIC = (0.565973, 0.376443, -0.000295601)
"""Public digitisation of Rapoport 2010, figure 1; fasted."""


def estimate_carbohydrate_share(
    intensity: Annotated[ArrayLike, "1"],
    half_share_intensity: Annotated[ArrayLike, "1"] = HALF_SHARE_INTENSITY,
    shift: Annotated[ArrayLike, "1"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """Share of the energy that comes from carbohydrate.

    Parameters
    ----------
    intensity : array_like
        Oxygen uptake over its maximum at that altitude [1].
    half_share_intensity : array_like
        Intensity at which half the energy is carbohydrate; 0.65 fat adapted, 0.50 carbohydrate dependent [1].
    shift : array_like
        Added to the share, -0.03 for women [1].

    Returns
    -------
    ndarray
        Share between 0 and 1; good to about 0.10 [1].

    Notes
    -----
    1 / (1 + exp(-(x - 0.57) / 0.21)), fitted by us to seven anchors (RMSE 0.083 on its own points). 0.25 to 1.0.

    References
    ----------
    Romijn et al. 1993, doi:10.1152/ajpendo.1993.265.3.E380; van Loon et al. 2001, doi:10.1111/j.1469-7793.2001.00295.x;
    Rothschild et al. 2022, doi:10.1007/s40279-022-01727-7.

    Examples
    --------
    >>> round(float(estimate_carbohydrate_share(0.6)), 4)
    0.5357
    """
    x, half = as_floats(intensity), as_floats(half_share_intensity)
    # beyond the clip the share is 0 or 1 to four decimals; it only keeps exp from overflowing
    logistic = 1.0 / (1.0 + np.exp(-np.clip((x - half) / SHARE_SLOPE, -50.0, 50.0)))
    return np.clip(logistic + as_floats(shift), 0.0, 1.0)


def estimate_fasted_carbohydrate_share(intensity: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Share of the energy that comes from carbohydrate when fasted.

    Parameters
    ----------
    intensity : array_like
        Oxygen uptake over its maximum [1].

    Returns
    -------
    ndarray
        Share between 0 and 1 [1].

    Notes
    -----
    0.565973 x^2 + 0.376443 x - 0.000295601, a public digitisation of Rapoport's figure 1; low because fasted.

    References
    ----------
    Rapoport 2010, PLoS Comput Biol 6:e1000960, doi:10.1371/journal.pcbi.1000960.

    Examples
    --------
    >>> round(float(estimate_fasted_carbohydrate_share(0.65)), 4)
    0.4835
    """
    x = as_floats(intensity)
    a, b, c = QUADRATIC
    return np.clip(a * x * x + b * x + c, 0.0, 1.0)


def estimate_carbohydrate_use(
    energy_kcal_per_h: Annotated[ArrayLike, "kcal/h"],
    carbohydrate_share: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "g/h"]:
    """Carbohydrate burned.

    Parameters
    ----------
    energy_kcal_per_h : array_like
        Energy turned over [kcal/h].
    carbohydrate_share : array_like
        Share of the energy from carbohydrate [1].

    Returns
    -------
    ndarray
        Carbohydrate burned [g/h].

    Notes
    -----
    kcal/h x share / 4.1 (recalled).

    References
    ----------
    Jeukendrup & Wallis 2005, Int J Sports Med 26(S1):S28-S37, doi:10.1055/s-2004-830512.

    Examples
    --------
    >>> round(float(estimate_carbohydrate_use(718.5, 0.5941)), 1)
    104.1
    """
    energy, share = as_floats(energy_kcal_per_h), as_floats(carbohydrate_share)
    return energy * share / CARBOHYDRATE_KCAL_PER_G


def estimate_fat_use(
    energy_kcal_per_h: Annotated[ArrayLike, "kcal/h"],
    carbohydrate_share: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "g/h"]:
    """Fat burned.

    Parameters
    ----------
    energy_kcal_per_h : array_like
        Energy turned over [kcal/h].
    carbohydrate_share : array_like
        Share of the energy from carbohydrate [1].

    Returns
    -------
    ndarray
        Fat burned; above 58 g/h (0.97 g/min) the inputs contradict each other [g/h].

    Notes
    -----
    kcal/h x (1 - share) / 9.75 (recalled).

    References
    ----------
    Jeukendrup & Wallis 2005, doi:10.1055/s-2004-830512; Achten & Jeukendrup 2003, doi:10.1055/s-2003-43265.

    Examples
    --------
    >>> round(float(estimate_fat_use(718.5, 0.5941)), 1)
    29.9
    """
    energy, share = as_floats(energy_kcal_per_h), as_floats(carbohydrate_share)
    return energy * (1.0 - share) / FAT_KCAL_PER_G


def measure_substrate_use(
    oxygen_l_per_min: Annotated[ArrayLike, "L/min"],
    exchange_ratio: Annotated[ArrayLike, "1"],
    *,
    hard: bool = False,
) -> tuple[Annotated[FloatArray, "g/min"], Annotated[FloatArray, "g/min"]]:
    """Carbohydrate and fat burned, from a laboratory's gas exchange.

    Parameters
    ----------
    oxygen_l_per_min : array_like
        Oxygen uptake [L/min].
    exchange_ratio : array_like
        Respiratory exchange ratio [1].
    hard : bool
        By Jeukendrup and Wallis for 50 to 75 % VO2max; else by Frayn

    Returns
    -------
    tuple of ndarray
        Carbohydrate and fat burned [g/min].

    Notes
    -----
    Frayn: carbohydrate VO2 (4.55 RER - 3.21), fat 1.67 VO2 (1 - RER), steady state, RER 0.7 to 1.0. Jeukendrup and
    Wallis: carbohydrate 4.210 VCO2 - 2.962 VO2, fat 1.695 VO2 - 1.701 VCO2 (recalled).

    References
    ----------
    Frayn 1983, J Appl Physiol 55:628-634, doi:10.1152/jappl.1983.55.2.628.
    Jeukendrup & Wallis 2005, Int J Sports Med 26(S1):S28-S37, doi:10.1055/s-2004-830512.

    Examples
    --------
    >>> [round(float(each), 4) for each in measure_substrate_use(3.0, 0.85)]
    [1.9725, 0.7515]
    """
    oxygen, ratio = as_floats(oxygen_l_per_min), as_floats(exchange_ratio)
    if hard:
        return oxygen * (4.210 * ratio - 2.962), oxygen * (1.695 - 1.701 * ratio)
    return oxygen * (4.55 * ratio - 3.21), 1.67 * oxygen * (1.0 - ratio)
