"""Where the sun stands, when it rises and sets, and how dark it is: pure functions of UTC time and place."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

SECONDS_PER_DAY = 86400.0
J2000_UNIX_S = 946728000.0
"""2000-01-01 12:00 UTC, JD 2451545.0 (definition)."""
JULIAN_CENTURY_S = 36525.0 * SECONDS_PER_DAY

SUNRISE_ELEVATION_DEG = -0.833
"""Sun centre at sunrise and sunset: refraction and the sun's radius (convention)."""
CIVIL_TWILIGHT_ELEVATION_DEG = -6.0
"""End of civil twilight (convention)."""

_EVENT_PASSES = 3
"""The sun moves during the day; three passes bring an event within a second (a choice)."""


def _solar_terms(unix_time_s: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Declination [rad] and equation of time [min], NOAA form of Meeus' low-precision theory (standard)."""
    t = (as_floats(unix_time_s) - J2000_UNIX_S) / JULIAN_CENTURY_S
    mean_longitude = np.radians(280.46646 + t * (36000.76983 + 0.0003032 * t))
    anomaly = np.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre_deg = (
        np.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + np.sin(2.0 * anomaly) * (0.019993 - 0.000101 * t)
        + np.sin(3.0 * anomaly) * 0.000289
    )
    node = np.radians(125.04 - 1934.136 * t)
    longitude = mean_longitude + np.radians(centre_deg - 0.00569 - 0.00478 * np.sin(node))
    obliquity_deg = 23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.00059 - 0.001813 * t))) / 60.0) / 60.0
    obliquity = np.radians(obliquity_deg + 0.00256 * np.cos(node))
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude))
    y = np.tan(obliquity / 2.0) ** 2
    equation_rad = (
        y * np.sin(2.0 * mean_longitude)
        - 2.0 * eccentricity * np.sin(anomaly)
        + 4.0 * eccentricity * y * np.sin(anomaly) * np.cos(2.0 * mean_longitude)
        - 0.5 * y**2 * np.sin(4.0 * mean_longitude)
        - 1.25 * eccentricity**2 * np.sin(2.0 * anomaly)
    )
    return declination, 4.0 * np.degrees(equation_rad)


def estimate_declination(unix_time_s: Annotated[ArrayLike, "s"]) -> Annotated[FloatArray, "deg"]:
    """Angle of the sun above the equator.

    Parameters
    ----------
    unix_time_s
        UTC time since 1970-01-01 00:00 [s].

    Returns
    -------
    FloatArray
        Declination [deg].

    Notes
    -----
    Low-precision solar theory, good to 0.01 deg from 1900 to 2100.

    References
    ----------
    Meeus J. Astronomical Algorithms, 2nd ed., chapter 25 (as used by the NOAA solar calculator).

    Examples
    --------
    >>> round(float(estimate_declination(1718971200.0)), 4)  # 2024-06-21 12:00 UTC
    23.4372
    """
    return np.degrees(_solar_terms(unix_time_s)[0])


def estimate_equation_of_time(unix_time_s: Annotated[ArrayLike, "s"]) -> Annotated[FloatArray, "min"]:
    """How far sundial time is ahead of mean time.

    Parameters
    ----------
    unix_time_s
        UTC time since 1970-01-01 00:00 [s].

    Returns
    -------
    FloatArray
        Equation of time [min].

    Notes
    -----
    Low-precision solar theory, good to 0.1 min from 1900 to 2100.

    References
    ----------
    Meeus J. Astronomical Algorithms, 2nd ed., chapter 28 (as used by the NOAA solar calculator).

    Examples
    --------
    >>> round(float(estimate_equation_of_time(1730635200.0)), 3)  # 2024-11-03 12:00 UTC
    16.488
    """
    return _solar_terms(unix_time_s)[1]


def estimate_sun_elevation(
    unix_time_s: Annotated[ArrayLike, "s"],
    latitude_deg: Annotated[ArrayLike, "deg"],
    longitude_deg: Annotated[ArrayLike, "deg"],
) -> Annotated[FloatArray, "deg"]:
    """Height of the sun's centre above the horizon, without refraction.

    Parameters
    ----------
    unix_time_s
        UTC time since 1970-01-01 00:00 [s].
    latitude_deg
        Latitude, north positive [deg].
    longitude_deg
        Longitude, east positive [deg].

    Returns
    -------
    FloatArray
        Elevation angle, negative below the horizon [deg].

    Notes
    -----
    ``sin h = sin phi sin delta + cos phi cos delta cos H``. The slow terms (declination, equation of time) are
    computed every half hour and interpolated, which changes the elevation by less than 1e-5 deg.

    References
    ----------
    Meeus J. Astronomical Algorithms, 2nd ed., chapter 13.

    Examples
    --------
    >>> round(float(estimate_sun_elevation(1718971200.0, 51.4769, 0.0)), 2)  # Greenwich, 2024-06-21 12:00 UTC
    61.96
    """
    time_s = as_floats(unix_time_s)
    declination, equation_min = _interpolated_solar_terms(time_s)
    latitude = np.radians(as_floats(latitude_deg))
    solar_day_s = time_s + 240.0 * as_floats(longitude_deg) + 60.0 * equation_min
    hour_angle = 2.0 * np.pi * (solar_day_s / SECONDS_PER_DAY - 0.5)
    sine = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour_angle)
    return np.asarray(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))))


def _interpolated_solar_terms(time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    if time_s.size < 64:
        return _solar_terms(time_s)
    first, last = float(time_s.min()), float(time_s.max())
    node_s = np.linspace(first, last, max(2, int((last - first) / 1800.0) + 2))
    declination, equation_min = _solar_terms(node_s)
    return np.interp(time_s, node_s, declination), np.interp(time_s, node_s, equation_min)


def find_sun_crossing(
    unix_time_s: Annotated[ArrayLike, "s"],
    latitude_deg: Annotated[ArrayLike, "deg"],
    longitude_deg: Annotated[ArrayLike, "deg"],
    sun_elevation_deg: Annotated[ArrayLike, "deg"] = SUNRISE_ELEVATION_DEG,
    *,
    rising: bool,
) -> Annotated[FloatArray, "s"]:
    """UTC time at which the sun rises or sinks through an elevation, on the solar day that holds a given time.

    Parameters
    ----------
    unix_time_s
        Any UTC time on that solar day (mean solar midnight to midnight at the place) [s].
    latitude_deg
        Latitude, north positive [deg].
    longitude_deg
        Longitude, east positive [deg].
    sun_elevation_deg
        Elevation that counts: -0.833 for sunrise and sunset, -6 for civil dawn and dusk [deg].
    rising
        In the morning; else in the evening

    Returns
    -------
    FloatArray
        UTC time of the event; NaN where the sun does not cross that elevation (polar day or night) [s].

    Notes
    -----
    Sunrise equation, evaluated three times at the event itself. Within 20 s of the ``astral`` library.

    References
    ----------
    Meeus J. Astronomical Algorithms, 2nd ed., chapter 15 (as used by the NOAA solar calculator).

    Examples
    --------
    >>> rise = find_sun_crossing(1725019200.0, 45.9237, 6.8694, rising=True)
    >>> round(float(rise) - 1724993477.0)  # Chamonix 2024-08-30 04:51:17
    0
    """
    side = -1.0 if rising else 1.0
    longitude = as_floats(longitude_deg)
    latitude = np.radians(as_floats(latitude_deg))
    elevation = np.radians(as_floats(sun_elevation_deg))
    solar_day = np.floor((as_floats(unix_time_s) + 240.0 * longitude) / SECONDS_PER_DAY)
    midnight_s = solar_day * SECONDS_PER_DAY
    event_s = midnight_s + 43200.0 - 240.0 * longitude
    for _ in range(_EVENT_PASSES):
        declination, equation_min = _solar_terms(event_s)
        cosine = (np.sin(elevation) - np.sin(latitude) * np.sin(declination)) / np.maximum(
            np.cos(latitude) * np.cos(declination), 1e-12
        )
        half_day_deg = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
        event_s = midnight_s + 60.0 * (720.0 - 4.0 * (longitude - side * half_day_deg) - equation_min)
    return np.where(np.abs(cosine) > 1.0, np.nan, event_s)


def estimate_darkness(sun_elevation_deg: Annotated[ArrayLike, "deg"]) -> Annotated[FloatArray, "1"]:
    """How dark it is for the eyes: 0 by day, 1 past civil twilight.

    Parameters
    ----------
    sun_elevation_deg
        Elevation of the sun, negative below the horizon [deg].

    Returns
    -------
    FloatArray
        Darkness, 0 day .. 1 dark [1].

    Notes
    -----
    Straight ramp from sunset (-0.833 deg) to the end of civil twilight (-6 deg); a choice. Moonlight is ignored.

    References
    ----------
    Ramp: a choice of ours, see the effect of darkness on split times at Western States 2017-2025.

    Examples
    --------
    >>> round(float(estimate_darkness(-3.4165)), 3)
    0.5
    """
    elevation = as_floats(sun_elevation_deg)
    span = SUNRISE_ELEVATION_DEG - CIVIL_TWILIGHT_ELEVATION_DEG
    return np.clip((SUNRISE_ELEVATION_DEG - elevation) / span, 0.0, 1.0)
