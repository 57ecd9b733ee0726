"""Air through the day and up the mountain: temperature and moisture."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

LAPSE_RATE_K_PER_M = 0.0065
"""Fall of temperature with height, ICAO standard atmosphere (definition)."""

PARTON_LOGAN_MAX_LAG_H = 1.86
PARTON_LOGAN_NIGHT_DECAY = 2.20
PARTON_LOGAN_MIN_LAG_H = -0.17
"""Air temperature at 150 cm, fitted by Parton & Logan 1981 (measured, their site)."""


def estimate_saturation_pressure(temperature_c: Annotated[ArrayLike, "degC"]) -> Annotated[FloatArray, "hPa"]:
    """Vapour pressure of saturated air.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].

    Returns
    -------
    FloatArray
        Saturation vapour pressure [hPa].

    Notes
    -----
    ``6.105 exp(17.27 T / (237.7 + T))``, the Magnus form the Bureau of Meteorology uses (recalled); -20 .. 50 degC.

    References
    ----------
    Australian Bureau of Meteorology, Thermal comfort observations, approximation to the WBGT.

    Examples
    --------
    >>> round(float(estimate_saturation_pressure(20.0)), 2)
    23.32
    """
    t = as_floats(temperature_c)
    return 6.105 * np.exp(17.27 * t / (237.7 + t))


def estimate_wet_bulb(
    temperature_c: Annotated[ArrayLike, "degC"], humidity_fraction: Annotated[ArrayLike, "1"]
) -> Annotated[FloatArray, "degC"]:
    """Wet-bulb temperature from air temperature and relative humidity.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity, held inside the range of the fit, 0.05 .. 0.99 [1].

    Returns
    -------
    FloatArray
        Wet-bulb temperature [degC].

    Notes
    -----
    Stull's empirical fit at sea level, -20 .. 50 degC; constants recalled, checked against his worked value 13.7.

    References
    ----------
    Stull R. Wet-bulb temperature from relative humidity and air temperature. J Appl Meteorol Climatol 50:2267, 2011.
    doi:10.1175/JAMC-D-11-0143.1

    Examples
    --------
    >>> round(float(estimate_wet_bulb(20.0, 0.5)), 3)
    13.699
    """
    t = as_floats(temperature_c)
    rh = 100.0 * np.clip(as_floats(humidity_fraction), 0.05, 0.99)
    return (
        t * np.arctan(0.151977 * np.sqrt(rh + 8.313659))
        + np.arctan(t + rh)
        - np.arctan(rh - 1.676331)
        + 0.00391838 * rh * np.sqrt(rh) * np.arctan(0.023101 * rh)
        - 4.686035
    )


def move_temperature(
    temperature_c: Annotated[ArrayLike, "degC"], elevation_gain_m: Annotated[ArrayLike, "m"]
) -> Annotated[FloatArray, "degC"]:
    """Temperature of the same air mass higher up or lower down.

    Parameters
    ----------
    temperature_c
        Air temperature where it is known [degC].
    elevation_gain_m
        How much higher the wanted place is; negative is lower [m].

    Returns
    -------
    FloatArray
        Air temperature at that place [degC].

    Notes
    -----
    Constant lapse of 6.5 K/km. Valley inversions at night are not represented.

    References
    ----------
    ICAO Doc 7488, Manual of the Standard Atmosphere.

    Examples
    --------
    >>> float(move_temperature(20.0, 1000.0))
    13.5
    """
    gain = as_floats(elevation_gain_m)
    return as_floats(temperature_c) - LAPSE_RATE_K_PER_M * gain


def estimate_air_temperature(
    hour_h: Annotated[ArrayLike, "h"],
    sunrise_h: Annotated[ArrayLike, "h"],
    sunset_h: Annotated[ArrayLike, "h"],
    low_c: Annotated[ArrayLike, "degC"],
    high_c: Annotated[ArrayLike, "degC"],
    *,
    as_published: bool = False,
) -> Annotated[FloatArray, "degC"]:
    """Air temperature at an hour of a day with a given low and high.

    Parameters
    ----------
    hour_h
        Hour of the day on the clock of sunrise and sunset; wraps at 24 h [h].
    sunrise_h
        Sunrise [h].
    sunset_h
        Sunset, after sunrise and before the next one [h].
    low_c
        Lowest temperature of the day [degC].
    high_c
        Highest temperature of the day [degC].
    as_published
        With the published curve's step at dawn.

    Returns
    -------
    FloatArray
        Air temperature [degC].

    Notes
    -----
    Sine by day, exponential decay at night; lag of the high 1.86 h, night decay 2.20, lag of the low -0.17 h.
    The published night does not reach the low and steps down at dawn; unless asked for, that step is spread over the
    night as a ramp (a choice of ours).

    References
    ----------
    Parton WJ, Logan JA. A model for diurnal variation in soil and air temperature. Agric Meteorol 23:205-216, 1981.
    doi:10.1016/0002-1571(81)90105-9

    Examples
    --------
    >>> [round(float(estimate_air_temperature(hour, 6.0, 20.0, 10.0, 25.0)), 3) for hour in (5.83, 14.0)]
    [10.0, 24.888]
    """
    hour, sunrise, sunset, low, high = (as_floats(value) for value in (hour_h, sunrise_h, sunset_h, low_c, high_c))
    day = sunset - sunrise
    night = 24.0 - day
    period = day + 2.0 * PARTON_LOGAN_MAX_LAG_H
    since_low = (hour - sunrise - PARTON_LOGAN_MIN_LAG_H) % 24.0
    daytime = day - PARTON_LOGAN_MIN_LAG_H
    by_day = low + (high - low) * np.sin(np.pi * np.minimum(since_low, daytime) / period)
    above_low = (high - low) * np.sin(np.pi * daytime / period)
    since_sunset = np.maximum(since_low - daytime, 0.0)
    night_hours = 24.0 - daytime
    decay = np.exp(-PARTON_LOGAN_NIGHT_DECAY * since_sunset / night)
    at_dawn = np.exp(-PARTON_LOGAN_NIGHT_DECAY * night_hours / night)
    ramp = 0.0 if as_published else 1.0
    at_night = low + above_low * (decay - ramp * at_dawn * since_sunset / night_hours)
    return np.where(since_low <= daytime, by_day, at_night)
