"""Heat a body must lose by evaporating sweat, and the most it can (partitional calorimetry, as ISO 7933 does it)."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

STANDARD_PRESSURE_KPA = 101.325
CORE_TEMPERATURE_C = 38.0
"""Core temperature in steady exercise; a choice."""
SKIN_TEMPERATURE_LIMIT_C = 36.0
"""A choice."""
LEAST_AIR_SPEED_M_PER_S = 0.3
"""Natural convection of a moving body; a choice."""
USUAL_CLOTHING = 0.30
"""Shorts and T-shirt in clo; singlet 0.20, tights and long sleeves 0.55, jacket 0.8; a choice from ISO 9920 ranges."""
CLOTHING_RESISTANCE_M2_K_PER_W = 0.155
MOISTURE_PERMEABILITY = 0.38
LEWIS_C_PER_KPA = 16.7
EMISSIVITY, STEFAN_BOLTZMANN, RADIATING_SHARE = 0.97, 5.67e-8, 0.77


class HeatBalance(NamedTuple):
    """The terms of the balance, per area of skin."""

    skin_temperature_c: Annotated[FloatArray, "degC"]
    convection_w_per_m2_per_k: Annotated[FloatArray, "W/m^2/K"]
    radiation_w_per_m2_per_k: Annotated[FloatArray, "W/m^2/K"]
    clothing_m2_k_per_w: Annotated[FloatArray, "m^2*K/W"]
    transfer_w_per_m2_per_k: Annotated[FloatArray, "W/m^2/K"]
    dry_loss_w_per_m2: Annotated[FloatArray, "W/m^2"]
    breath_convection_w_per_m2: Annotated[FloatArray, "W/m^2"]
    breath_evaporation_w_per_m2: Annotated[FloatArray, "W/m^2"]
    required_w_per_m2: Annotated[FloatArray, "W/m^2"]
    maximum_w_per_m2: Annotated[FloatArray, "W/m^2"]


def estimate_vapour_pressure(temperature_c: Annotated[ArrayLike, "degC"]) -> Annotated[FloatArray, "kPa"]:
    """Pressure of saturated water vapour.

    Parameters
    ----------
    temperature_c : array_like
        Air or skin temperature [degC].

    Returns
    -------
    ndarray
        Saturation pressure [kPa].

    Notes
    -----
    0.6105 exp(17.27 T / (T + 237.3)); -20 to 60 degC.

    References
    ----------
    ISO 7933:2023.

    Examples
    --------
    >>> round(float(estimate_vapour_pressure(25.0)), 4)
    3.1662
    """
    t = as_floats(temperature_c)
    return 0.6105 * np.exp(17.27 * t / (t + 237.3))


def estimate_skin_area(
    mass_kg: Annotated[ArrayLike, "kg"],
    height_cm: Annotated[ArrayLike, "cm"],
) -> Annotated[FloatArray, "m^2"]:
    """Skin area after DuBois.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].
    height_cm : array_like
        Height [cm].

    Returns
    -------
    ndarray
        Skin area [m^2].

    Notes
    -----
    0.007184 m^0.425 h^0.725; adults.

    References
    ----------
    DuBois & DuBois 1916, Arch Intern Med 17:863-871, doi:10.1001/archinte.1916.00080130010002.

    Examples
    --------
    >>> round(float(estimate_skin_area(70.0, 175.0)), 4)
    1.8481
    """
    mass, height = as_floats(mass_kg), as_floats(height_cm)
    return 0.007184 * mass**0.425 * height**0.725


def estimate_skin_temperature(
    temperature_c: Annotated[ArrayLike, "degC"],
    vapour_kpa: Annotated[ArrayLike, "kPa"],
    air_speed_m_per_s: Annotated[ArrayLike, "m/s"],
    metabolic_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    clothing: Annotated[ArrayLike, "1"] = USUAL_CLOTHING,
) -> Annotated[FloatArray, "degC"]:
    """Mean skin temperature in steady exercise, with the radiant temperature equal to the air's.

    Parameters
    ----------
    temperature_c : array_like
        Air temperature [degC].
    vapour_kpa : array_like
        Vapour pressure of the air [kPa].
    air_speed_m_per_s : array_like
        Air speed relative to the body [m/s].
    metabolic_w_per_m2 : array_like
        Metabolic power per skin area [W/m^2].
    clothing : array_like
        Insulation in clo [1].

    Returns
    -------
    ndarray
        Skin temperature, at most 36 degC [degC].

    Notes
    -----
    ISO 7933 regressions for nude (clo up to 0.2) and clothed (0.6 and more), linear between; air up to 3 m/s counts.

    References
    ----------
    ISO 7933:2023.

    Examples
    --------
    >>> round(float(estimate_skin_temperature(18.0, 1.0324, 2.778, 451.805)), 2)
    32.74
    """
    ta, pa, speed, met, clo = (
        as_floats(v) for v in (temperature_c, vapour_kpa, air_speed_m_per_s, metabolic_w_per_m2, clothing)
    )
    air = np.minimum(speed, 3.0)
    nude = 7.191 + (0.064 + 0.061) * ta + 0.198 * pa - 0.348 * air + 0.616 * CORE_TEMPERATURE_C
    clothed = (
        12.165 + (0.02017 + 0.04361) * ta + 0.19354 * pa - 0.25315 * air + 0.005346 * met + 0.51274 * CORE_TEMPERATURE_C
    )
    mixed = nude + 2.5 * (clothed - nude) * np.clip(clo - 0.2, 0.0, 0.4)
    return np.minimum(mixed, SKIN_TEMPERATURE_LIMIT_C)


def balance_heat(
    metabolic_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    external_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity: Annotated[ArrayLike, "1"],
    air_speed_m_per_s: Annotated[ArrayLike, "m/s"],
    sun_w_per_m2: Annotated[ArrayLike, "W/m^2"] = 0.0,
    clothing: Annotated[ArrayLike, "1"] = USUAL_CLOTHING,
    pressure_kpa: Annotated[ArrayLike, "kPa"] = STANDARD_PRESSURE_KPA,
) -> HeatBalance:
    """Evaporation the body needs to hold its heat, and the most the air takes.

    Parameters
    ----------
    metabolic_w_per_m2 : array_like
        Metabolic power per skin area [W/m^2].
    external_w_per_m2 : array_like
        Mechanical work per skin area [W/m^2].
    temperature_c : array_like
        Air temperature [degC].
    humidity : array_like
        Relative humidity, 0 to 1 [1].
    air_speed_m_per_s : array_like
        Air speed relative to the body [m/s].
    sun_w_per_m2 : array_like
        Sun absorbed per skin area [W/m^2].
    clothing : array_like
        Insulation in clo [1].
    pressure_kpa : array_like
        Air pressure [kPa].

    Returns
    -------
    HeatBalance
        Skin temperature [degC]; coefficients of convection, radiation and transfer [W/m^2/K]; resistance of the
        clothing [m^2*K/W]; required and maximum evaporation and the losses behind them [W/m^2].

    Notes
    -----
    Ereq = M - W - Cres - Eres - dry loss; one pass. Built for 5-40 degC and clothing up to 0.6 clo; cooler air, strong
    wind and more clothing are extrapolation.

    References
    ----------
    ISO 7933:2023; Cramer & Jay 2019, J Appl Physiol 126:267-277, doi:10.1152/japplphysiol.00191.2018.

    Examples
    --------
    >>> round(float(balance_heat(451.805, 0.0, 18.0, 0.5, 2.778).required_w_per_m2), 1)
    187.9
    """
    met, work, ta, rh, speed, sun, clo, pb = (
        as_floats(v)
        for v in (
            metabolic_w_per_m2,
            external_w_per_m2,
            temperature_c,
            humidity,
            air_speed_m_per_s,
            sun_w_per_m2,
            clothing,
            pressure_kpa,
        )
    )
    speed = np.maximum(speed, LEAST_AIR_SPEED_M_PER_S)
    pa = estimate_vapour_pressure(ta) * rh
    skin = estimate_skin_temperature(ta, pa, speed, met, clo)
    forced = np.where(speed <= 1.0, 3.5 + 5.2 * speed, 8.7 * speed**0.6)
    hc = forced * (pb / STANDARD_PRESSURE_KPA) ** 0.55
    hr = 4.0 * EMISSIVITY * STEFAN_BOLTZMANN * RADIATING_SHARE * (273.15 + 0.5 * (skin + ta)) ** 3
    icl = CLOTHING_RESISTANCE_M2_K_PER_W * clo * _clothing_correction(met, speed)
    fcl = 1.0 + 0.28 * clo
    surface = 1.0 / (fcl * (hc + hr))
    transfer = 1.0 / (icl + surface)
    dry = transfer * (skin - ta) - sun * surface * transfer
    exhaled = 28.56 + 0.115 * ta + 0.641 * pa
    cres = 0.001516 * met * (exhaled - ta)
    eres = 0.00127 * met * (59.34 + 0.53 * ta - 11.63 * pa)
    required = met - work - cres - eres - dry
    he = LEWIS_C_PER_KPA * hc * (STANDARD_PRESSURE_KPA / pb)
    resistance = icl / (LEWIS_C_PER_KPA * MOISTURE_PERMEABILITY) + 1.0 / (fcl * he)
    maximum = (estimate_vapour_pressure(skin) - pa) / resistance
    return HeatBalance(skin, hc, hr, icl, transfer, dry, cres, eres, required, maximum)


def _clothing_correction(met: FloatArray, speed: FloatArray) -> FloatArray:
    """Share of the clothing's resistance left when wind and limbs pump air through it."""
    walk = np.clip(0.0052 * (met - 58.0), 0.0, 0.7)
    air = np.minimum(speed, 3.0)
    correction = 1.044 * np.exp((0.066 * air - 0.398) * air + (0.094 * walk - 0.378) * walk)
    return np.minimum(1.0, correction)
