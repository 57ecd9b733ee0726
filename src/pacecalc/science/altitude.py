"""Thin air: what is left of aerobic power at height, and what that costs in pace."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

ACCLIMATISED_PERCENT = (-1.12, -1.90, 99.9)
"""Bassett 1999, acclimatised, in km, highest power first [percent]; recalled."""
UNACCLIMATISED_PERCENT = (0.178, -1.43, -4.07, 100.0)
"""Bassett 1999, not acclimatised, in km, highest power first [percent]; recalled."""
WEHRLIN_LOSS_PER_KM = 0.063
"""Loss of maximal oxygen uptake per 1000 m above 300 m (Wehrlin and Hallen 2006) [1/km]; recalled slope."""
PACE_PENALTY = 0.6
"""Share of the power loss that shows in running pace, 0.45 to 1.0 in the literature [1]; a choice that the open race
splits agree with (0.6 to 0.7 fits best)."""
ACCLIMATISATION_DAYS = 7.0
"""Time constant of acclimatisation [d]; a choice."""
SEA_LEVEL_PRESSURE_PA = 101325.0
"""Standard atmosphere [Pa]; measured (definition)."""


def standard_pressure(elevation_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "Pa"]:
    """Air pressure of the standard atmosphere at an elevation.

    Parameters
    ----------
    elevation_m : ArrayLike
        Elevation above sea level [m]

    Returns
    -------
    FloatArray
        Pressure [Pa]

    Notes
    -----
    101325 (1 - 2.25577e-5 h)^5.25588, valid to 11 km.

    References
    ----------
    ISO 2533:1975, Standard Atmosphere.

    Examples
    --------
    >>> round(float(standard_pressure(3100.0)) / 101325.0 * 760.0, 2)
    519.2
    """
    height = as_floats(elevation_m)
    return np.asarray(SEA_LEVEL_PRESSURE_PA * (1.0 - 2.25577e-5 * height) ** 5.25588)


def wehrlin_power_fraction(elevation_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "1"]:
    """Aerobic power left on arrival at height, linear law for endurance athletes.

    Parameters
    ----------
    elevation_m : ArrayLike
        Elevation above sea level [m]

    Returns
    -------
    FloatArray
        Fraction of sea-level aerobic power [1]

    Notes
    -----
    1 - 0.063 (h - 0.3), h in km, measured from 300 to 2800 m.

    References
    ----------
    Wehrlin and Hallen 2006, doi:10.1007/s00421-005-0081-9.

    Examples
    --------
    >>> round(float(wehrlin_power_fraction(2500.0)), 4)
    0.8614
    """
    height_km = as_floats(elevation_m) / 1000.0
    return np.asarray(1.0 - WEHRLIN_LOSS_PER_KM * np.maximum(0.0, height_km - 0.3))


def aerobic_power_fraction(
    elevation_m: Annotated[ArrayLike, "m"], acclimatised_d: Annotated[float, "d"] = 0.0
) -> Annotated[FloatArray, "1"]:
    """Aerobic power left at height, by days spent there.

    Parameters
    ----------
    elevation_m : ArrayLike
        Elevation above sea level [m]
    acclimatised_d : float
        Days spent near that elevation before the race [d]

    Returns
    -------
    FloatArray
        Fraction of sea-level aerobic power, at most 1 [1]

    Notes
    -----
    Bassett's two polynomials, mixed with weight w = 1 - exp(-days / 7) on the acclimatised one. They were made for
    elevations up to about 4000 m; below sea level the value at sea level is kept. Near sea level the printed
    acclimatised curve lies 0.1 % below the other; the larger is taken, so that acclimatising never costs.

    References
    ----------
    Bassett et al. 1999, Med Sci Sports Exerc 31:1665.

    Examples
    --------
    >>> round(float(aerobic_power_fraction(2500.0)), 4), round(float(aerobic_power_fraction(2500.0, 14.0)), 4)
    (0.8367, 0.8754)
    """
    fresh, acclimatised = _bassett_fractions(elevation_m)
    weight = -np.expm1(-acclimatised_d / ACCLIMATISATION_DAYS)
    return np.asarray(weight * acclimatised + (1.0 - weight) * fresh)


def _bassett_fractions(elevation_m: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Power fractions without and with acclimatisation."""
    height_km = np.maximum(0.0, as_floats(elevation_m) / 1000.0)
    fresh = np.polyval(np.array(UNACCLIMATISED_PERCENT), height_km) / 100.0
    return fresh, np.maximum(fresh, np.polyval(np.array(ACCLIMATISED_PERCENT), height_km) / 100.0)


def altitude_pace_factor(
    elevation_m: Annotated[ArrayLike, "m"],
    home_elevation_m: Annotated[float, "m"] = 0.0,
    acclimatised_d: Annotated[float, "d"] = 0.0,
    penalty: Annotated[float, "1"] = PACE_PENALTY,
) -> Annotated[FloatArray, "1"]:
    """Running pace at height over pace at home, at equal effort.

    Parameters
    ----------
    elevation_m : ArrayLike
        Elevation above sea level [m]
    home_elevation_m : float
        Elevation the athlete lives and trains at [m]
    acclimatised_d : float
        Days spent near race elevation before the race [d]
    penalty : float
        Share of the power loss that shows in pace [1]

    Returns
    -------
    FloatArray
        Pace factor, at least 1 [1]

    Notes
    -----
    1 + penalty (1/f - 1), f the power fraction here over the power fraction at home, at most 1: without acclimatisation
    both unacclimatised, with it both acclimatised, mixed by the days. Above 3500 m the two printed curves approach each
    other; there the larger ratio counts, so that acclimatising never costs.

    References
    ----------
    Bassett et al. 1999, Med Sci Sports Exerc 31:1665.

    Examples
    --------
    >>> round(float(altitude_pace_factor(3100.0)), 4)
    1.16
    """
    fresh_here, acclimatised_here = _bassett_fractions(elevation_m)
    fresh_home, acclimatised_home = _bassett_fractions(home_elevation_m)
    fresh = fresh_here / fresh_home
    weight = -np.expm1(-acclimatised_d / ACCLIMATISATION_DAYS)
    left = weight * np.maximum(fresh, acclimatised_here / acclimatised_home) + (1.0 - weight) * fresh
    return np.asarray(1.0 + penalty * (1.0 / np.minimum(1.0, left) - 1.0))
