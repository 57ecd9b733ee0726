"""The air a rider pushes through: pressure and density at height, wind along and across the way.

Density decides most of a rider's speed on the flat: at 3,100 m it is a quarter less than at the sea. Real temperature
matters too (10 degC more is 3.5 % less), so density comes from the day's air, not from the standard atmosphere.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

ZERO_CELSIUS_K = 273.15
STANDARD_PRESSURE_PA = 101325.0
"""Sea-level pressure of the standard atmosphere [Pa]; ISO 2533."""
STANDARD_TEMPERATURE_K = 288.15
"""Sea-level temperature of the standard atmosphere [K]; ISO 2533."""
LAPSE_K_PER_M = 0.0065
"""Fall of temperature with height in the standard atmosphere [K/m]; ISO 2533."""
PRESSURE_EXPONENT = 5.25588
"""g M / (R lapse) of the standard atmosphere [1]; ISO 2533."""
DRY_AIR_J_PER_KG_K = 287.05
WATER_VAPOUR_J_PER_KG_K = 461.5
WIND_REPORT_HEIGHT_M = 10.0
"""Height forecasts and weather stations give wind for [m]; WMO convention."""


def standard_temperature(elevation_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "degC"]:
    """Temperature of the standard atmosphere.

    Parameters
    ----------
    elevation_m : array_like
        Height above the sea [m].

    Returns
    -------
    ndarray
        Temperature [degC].

    Notes
    -----
    ``15 - 0.0065 h``; 0 to 11 km.

    References
    ----------
    ISO 2533:1975, Standard Atmosphere.

    Examples
    --------
    >>> round(float(standard_temperature(3000.0)), 2)
    -4.5
    """
    height = as_floats(elevation_m)
    return np.asarray(STANDARD_TEMPERATURE_K - ZERO_CELSIUS_K - LAPSE_K_PER_M * height)


def pressure_at_height(
    elevation_m: Annotated[ArrayLike, "m"],
    temperature_c: Annotated[ArrayLike, "degC"],
    sea_level_pressure_pa: Annotated[ArrayLike, "Pa"] = STANDARD_PRESSURE_PA,
) -> Annotated[FloatArray, "Pa"]:
    """Real pressure at a height, from the day's sea-level pressure and the temperature there.

    Parameters
    ----------
    elevation_m : array_like
        Height above the sea [m].
    temperature_c : array_like
        Air temperature at that height [degC].
    sea_level_pressure_pa : array_like
        Pressure reduced to the sea, as weather reports give it [Pa].

    Returns
    -------
    ndarray
        Pressure [Pa].

    Notes
    -----
    ``p = p0 (1 - 0.0065 h / (T + 0.0065 h))^5.25588``; up to 11 km. With the standard temperature it is the standard
    atmosphere.

    References
    ----------
    WMO-No. 8 (2018), Guide to Instruments and Methods of Observation, part I, chapter 3.

    See Also
    --------
    pacecalc.science.altitude.standard_pressure : the standard atmosphere, for physiology stated in it.

    Examples
    --------
    >>> round(float(pressure_at_height(3094.0, 18.0)))
    71327
    """
    height = as_floats(elevation_m)
    kelvin = as_floats(temperature_c) + ZERO_CELSIUS_K
    drop = LAPSE_K_PER_M * height
    return np.asarray(np.asarray(sea_level_pressure_pa) * (1.0 - drop / (kelvin + drop)) ** PRESSURE_EXPONENT)


def air_density(
    temperature_c: Annotated[ArrayLike, "degC"],
    pressure_pa: Annotated[ArrayLike, "Pa"],
    humidity_fraction: Annotated[ArrayLike, "1"] = 0.0,
) -> Annotated[FloatArray, "kg/m^3"]:
    """Density of moist air.

    Parameters
    ----------
    temperature_c : array_like
        Air temperature [degC].
    pressure_pa : array_like
        Air pressure at the place [Pa].
    humidity_fraction : array_like
        Relative humidity, 0 to 1 [1].

    Returns
    -------
    ndarray
        Density [kg/m^3].

    Notes
    -----
    Ideal mix of dry air and vapour: ``rho = (p - e) / (287.05 T) + e / (461.5 T)`` with the Magnus vapour pressure
    ``e = RH 611.2 exp(17.62 t / (243.12 + t))``. Within 0.05 % of the CIPM-2007 formula from 10 to 27 degC and 635 to
    1013 hPa.

    References
    ----------
    Picard, Davis, Glaeser, Fujii (2008), Metrologia 45, 149-155, doi:10.1088/0026-1394/45/2/004 (the formula compared
    with). Magnus coefficients: WMO-No. 8 (2018), annex 4.B.

    Examples
    --------
    >>> round(float(air_density(20.0, 101325.0, 0.5)), 4)
    1.1989
    """
    celsius = as_floats(temperature_c)
    kelvin = celsius + ZERO_CELSIUS_K
    vapour_pa = np.asarray(humidity_fraction) * 611.2 * np.exp(17.62 * celsius / (243.12 + celsius))
    dry_pa = as_floats(pressure_pa) - vapour_pa
    return np.asarray(dry_pa / (DRY_AIR_J_PER_KG_K * kelvin) + vapour_pa / (WATER_VAPOUR_J_PER_KG_K * kelvin))


def resolve_wind(
    wind_m_per_s: Annotated[ArrayLike, "m/s"],
    wind_from_deg: Annotated[ArrayLike, "deg"],
    bearing_deg: Annotated[ArrayLike, "deg"],
) -> tuple[Annotated[FloatArray, "m/s"], Annotated[FloatArray, "m/s"]]:
    """Wind along the way (positive from ahead) and across it.

    Parameters
    ----------
    wind_m_per_s : array_like
        Wind speed at the rider's height [m/s].
    wind_from_deg : array_like
        Direction the wind comes from, clockwise from north [deg].
    bearing_deg : array_like
        Direction of travel, clockwise from north [deg].

    Returns
    -------
    headwind, crosswind : ndarray
        Component from ahead and component from the right [m/s].

    Notes
    -----
    ``psi = from - bearing``; head ``W cos psi``, cross ``W sin psi``.

    References
    ----------
    Martin et al. (1998), J Appl Biomech 14, 276-291, doi:10.1123/jab.14.3.276.

    Examples
    --------
    >>> head, cross = resolve_wind(5.0, 60.0, 0.0)
    >>> round(float(head), 2), round(float(cross), 2)
    (2.5, 4.33)
    """
    angle = np.radians(as_floats(wind_from_deg) - as_floats(bearing_deg))
    speed = as_floats(wind_m_per_s)
    return np.asarray(speed * np.cos(angle)), np.asarray(speed * np.sin(angle))


def wind_height_factor(
    height_m: Annotated[ArrayLike, "m"], roughness_m: Annotated[ArrayLike, "m"]
) -> Annotated[FloatArray, "1"]:
    """Wind at a height as a share of the 10 m wind that forecasts give.

    Parameters
    ----------
    height_m : array_like
        Height above the ground [m].
    roughness_m : array_like
        Roughness length of the country: short grass 0.03, bushes and crops 0.1 [m].

    Returns
    -------
    ndarray
        Factor on the 10 m wind [1].

    Notes
    -----
    Logarithmic profile ``ln(z / z0) / ln(10 / z0)`` for neutral air over open ground, ``z > z0``. In a forest the wind
    is 0.2 to 0.3 of the forecast (a choice, not a measurement).

    References
    ----------
    Stull (1988), An Introduction to Boundary Layer Meteorology, chapter 9.

    Examples
    --------
    >>> round(float(wind_height_factor(1.2, 0.03)), 3)
    0.635
    """
    roughness = as_floats(roughness_m)
    return np.asarray(np.log(np.asarray(height_m) / roughness) / np.log(WIND_REPORT_HEIGHT_M / roughness))
