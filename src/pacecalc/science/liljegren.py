"""Wet-bulb globe temperature from temperature, humidity, wind and sun: the model of Liljegren et al. 2008."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.sunshine import DIRECT_SHARE_MIN_COSINE

# Liljegren et al. 2008: physical constants and instrument dimensions (measured or defined there).
WICK_EMISSIVITY = 0.95
GLOBE_EMISSIVITY = 0.95
SURFACE_EMISSIVITY = 0.999
WICK_ALBEDO = 0.4
GLOBE_ALBEDO = 0.05
SURFACE_ALBEDO = 0.45
WICK_DIAMETER_M = 0.007
WICK_LENGTH_M = 0.0254
GLOBE_DIAMETER_M = 0.0508
STEFAN_BOLTZMANN = 5.6696e-8
AIR_HEAT_CAPACITY = 1003.5
AIR_MOLAR_MASS = 28.97
WATER_MOLAR_MASS = 18.015
AIR_GAS_CONSTANT = 8314.34 / AIR_MOLAR_MASS
PRANDTL = AIR_HEAT_CAPACITY / (AIR_HEAT_CAPACITY + 1.25 * AIR_GAS_CONSTANT)
HEAT_TO_MASS_RATIO = AIR_HEAT_CAPACITY * AIR_MOLAR_MASS / WATER_MOLAR_MASS
MINIMUM_WIND_M_PER_S = 0.13
ZERO_CELSIUS_K = 273.15

_NEWTON_STEP_K = 0.05
_TOLERANCE_K = 1e-3
_MAX_PASSES = 30


class OutdoorHeat(NamedTuple):
    """WBGT and the two instruments it is read from."""

    wbgt_c: Annotated[FloatArray, "degC"]
    globe_c: Annotated[FloatArray, "degC"]
    natural_wet_bulb_c: Annotated[FloatArray, "degC"]


def estimate_outdoor_heat(
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity_fraction: Annotated[ArrayLike, "1"],
    pressure_hpa: Annotated[ArrayLike, "hPa"],
    wind_m_per_s: Annotated[ArrayLike, "m/s"],
    radiation_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    direct_share: Annotated[ArrayLike, "1"],
    sun_cosine: Annotated[ArrayLike, "1"],
) -> OutdoorHeat:
    """WBGT outdoors from temperature, humidity, wind and sun, by day and by night, and what it is made of.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity [1].
    pressure_hpa
        Air pressure [hPa].
    wind_m_per_s
        Wind at the height of a person; at least 0.13 is used [m/s].
    radiation_w_per_m2
        Global horizontal radiation [W/m^2].
    direct_share
        Share of the radiation that comes straight from the sun [1].
    sun_cosine
        Cosine of the sun's zenith angle [1].

    Returns
    -------
    OutdoorHeat
        Wet-bulb globe temperature; temperatures of a black globe and of a wet wick [degC].

    Notes
    -----
    ``0.7 Tnwb + 0.2 Tg + 0.1 Ta``; a globe of 50.8 mm and a wick of 7 mm from their heat balances, solved by Newton's
    method, -20 .. 50 degC. The reference code stops within 0.02 K; this solver goes to 0.001 K.

    References
    ----------
    Liljegren JC et al. Modeling the wet bulb globe temperature using standard meteorological measurements.
    J Occup Environ Hyg 5:645-655, 2008. doi:10.1080/15459620802310770

    Examples
    --------
    >>> [round(float(each), 1) for each in estimate_outdoor_heat(30.0, 0.5, 1013.25, 2.0, 800.0, 0.7, 0.8)]
    [28.9, 44.7, 24.2]
    """
    arrays = _as_arrays(
        temperature_c, humidity_fraction, pressure_hpa, wind_m_per_s, radiation_w_per_m2, direct_share, sun_cosine
    )
    globe_c, wick_c = _solve_globe(arrays), _solve_wick(arrays, 1.0)
    return OutdoorHeat(0.7 * wick_c + 0.2 * globe_c + 0.1 * as_floats(temperature_c), globe_c, wick_c)


def estimate_psychrometric_wet_bulb(
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity_fraction: Annotated[ArrayLike, "1"],
    pressure_hpa: Annotated[ArrayLike, "hPa"],
    wind_m_per_s: Annotated[ArrayLike, "m/s"],
) -> Annotated[FloatArray, "degC"]:
    """Temperature of a wet wick shielded from all radiation.

    Parameters
    ----------
    temperature_c
        Air temperature [degC].
    humidity_fraction
        Relative humidity [1].
    pressure_hpa
        Air pressure [hPa].
    wind_m_per_s
        Wind at the height of a person; at least 0.13 is used [m/s].

    Returns
    -------
    FloatArray
        Psychrometric wet-bulb temperature [degC].

    Notes
    -----
    The wick's balance without the radiative term. -20 .. 50 degC.

    References
    ----------
    Liljegren JC et al. Modeling the wet bulb globe temperature using standard meteorological measurements.
    J Occup Environ Hyg 5:645-655, 2008. doi:10.1080/15459620802310770

    Examples
    --------
    >>> round(float(estimate_psychrometric_wet_bulb(30.0, 0.5, 1013.25, 2.0)), 1)
    21.8
    """
    arrays = _as_arrays(temperature_c, humidity_fraction, pressure_hpa, wind_m_per_s, 0.0, 0.0, 0.0)
    return _solve_wick(arrays, 0.0)


def _solve_globe(arrays: tuple[FloatArray, ...]) -> FloatArray:
    """Temperature of a black globe of 50.8 mm in the sun and wind [degC]."""
    air_k, humidity, pressure, wind, sun, direct, cosine = arrays
    beam = np.where(direct > 0.0, direct * (1.0 / (2.0 * np.maximum(cosine, DIRECT_SHARE_MIN_COSINE)) - 1.0), 0.0)
    radiative = _sky_and_ground(air_k, humidity) + sun / (2.0 * STEFAN_BOLTZMANN * GLOBE_EMISSIVITY) * (
        1.0 - GLOBE_ALBEDO
    ) * (beam + 1.0 + SURFACE_ALBEDO)

    def settle(globe_k: FloatArray) -> FloatArray:
        film_k = 0.5 * (globe_k + air_k)
        reynolds = _density(film_k, pressure) * wind * GLOBE_DIAMETER_M / _viscosity(film_k)
        transfer = _conductivity(film_k) / GLOBE_DIAMETER_M * (2.0 + 0.6 * np.sqrt(reynolds) * PRANDTL**0.3333)
        fourth = radiative - transfer / (STEFAN_BOLTZMANN * GLOBE_EMISSIVITY) * (globe_k - air_k)
        return np.asarray(np.sqrt(np.sqrt(np.maximum(fourth, 1.0))))

    return np.asarray(_solve(settle, air_k) - ZERO_CELSIUS_K)


def _as_arrays(
    temperature_c: ArrayLike,
    humidity: ArrayLike,
    pressure_hpa: ArrayLike,
    wind_m_per_s: ArrayLike,
    radiation: ArrayLike,
    direct_share: ArrayLike,
    sun_cosine: ArrayLike,
) -> tuple[FloatArray, ...]:
    air_k = as_floats(temperature_c) + ZERO_CELSIUS_K
    wind = np.maximum(as_floats(wind_m_per_s), MINIMUM_WIND_M_PER_S)
    rest = (as_floats(value) for value in (radiation, direct_share, sun_cosine))
    humid = np.clip(as_floats(humidity), 0.0, 1.0)
    return tuple(np.broadcast_arrays(air_k, humid, as_floats(pressure_hpa), wind, *rest))


def _solve_wick(arrays: tuple[FloatArray, ...], radiation_weight: float) -> FloatArray:
    air_k, humidity, pressure, wind, sun, direct, cosine = arrays
    vapour = humidity * _saturation(air_k)
    aspect = 0.25 * WICK_DIAMETER_M / WICK_LENGTH_M
    safe = np.maximum(cosine, DIRECT_SHARE_MIN_COSINE)
    slant = np.where(direct > 0.0, direct * (np.sqrt(np.maximum(1.0 - safe**2, 0.0)) / safe / np.pi + aspect), 0.0)
    absorbed = (1.0 - WICK_ALBEDO) * sun * ((1.0 - direct) * (1.0 + aspect) + slant + SURFACE_ALBEDO)
    sky = _sky_and_ground(air_k, humidity)

    def settle(wick_k: FloatArray) -> FloatArray:
        film_k = 0.5 * (wick_k + air_k)
        density, viscosity = _density(film_k, pressure), _viscosity(film_k)
        reynolds = density * wind * WICK_DIAMETER_M / viscosity
        transfer = _conductivity(film_k) / WICK_DIAMETER_M * 0.281 * reynolds**0.6 * PRANDTL**0.44
        schmidt = viscosity / (density * _diffusivity(film_k, pressure))
        wick_vapour = _saturation(wick_k)
        drying = (wick_vapour - vapour) / (pressure - wick_vapour) * (PRANDTL / schmidt) ** 0.56
        heating = STEFAN_BOLTZMANN * WICK_EMISSIVITY * (sky - wick_k**4) + absorbed
        cooling = _evaporation_heat(film_k) / HEAT_TO_MASS_RATIO * drying
        return np.asarray(air_k - cooling + radiation_weight * heating / transfer)

    return _solve(settle, air_k - 0.6 * (1.0 - humidity) * 15.0) - ZERO_CELSIUS_K


def _solve(settle: Callable[[FloatArray], FloatArray], start_k: FloatArray) -> FloatArray:
    """Fixed point of ``settle`` by Newton's method; both balances fall with the instrument's temperature."""
    value = np.array(start_k, dtype=np.float64)
    for _ in range(_MAX_PASSES):
        gap = settle(value) - value
        slope = (settle(value + _NEWTON_STEP_K) - value - _NEWTON_STEP_K - gap) / _NEWTON_STEP_K
        change = np.clip(-gap / np.minimum(slope, -0.5), -15.0, 15.0)
        value = value + change
        if np.max(np.abs(change), initial=0.0) < _TOLERANCE_K:
            break
    return value


def _saturation(kelvin: FloatArray) -> FloatArray:
    return np.asarray(1.004 * 6.1121 * np.exp(17.502 * (kelvin - 273.15) / (kelvin - 32.18)))


def _viscosity(kelvin: FloatArray) -> FloatArray:
    collision = (kelvin / 97.0 - 2.9) / 0.4 * (-0.034) + 1.048
    return 2.6693e-6 * np.sqrt(28.97 * kelvin) / (3.617**2 * collision)


def _conductivity(kelvin: FloatArray) -> FloatArray:
    return (AIR_HEAT_CAPACITY + 1.25 * AIR_GAS_CONSTANT) * _viscosity(kelvin)


_DIFFUSION = (
    3.640e-4
    * (36.4 * 218.0) ** (1.0 / 3.0)
    * (132.0 * 647.3) ** (5.0 / 12.0)
    * (1.0 / AIR_MOLAR_MASS + 1.0 / WATER_MOLAR_MASS) ** 0.5
    * 1013.25
    * 1e-4
)


def _diffusivity(kelvin: FloatArray, pressure_hpa: FloatArray) -> FloatArray:
    return np.asarray(_DIFFUSION * (kelvin / (132.0 * 647.3) ** 0.5) ** 2.334 / pressure_hpa)


def _evaporation_heat(kelvin: FloatArray) -> FloatArray:
    return (313.15 - kelvin) / 30.0 * (-71100.0) + 2.4073e6


def _density(kelvin: FloatArray, pressure_hpa: FloatArray) -> FloatArray:
    return 100.0 * pressure_hpa / (AIR_GAS_CONSTANT * kelvin)


def _sky_and_ground(air_k: FloatArray, humidity: FloatArray) -> FloatArray:
    """Mean fourth power of the temperatures the instrument sees: half sky, half ground at air temperature."""
    sky_emissivity = 0.575 * (humidity * _saturation(air_k)) ** 0.143
    return np.asarray(0.5 * (sky_emissivity + SURFACE_EMISSIVITY) * air_k**4)
