"""Sweat rate from the heat balance, held up in cool air by a fit to exercise, times a personal factor.

Compared only with a table its floor was fitted on, never with measured sweat: every printed rate carries +-0.4 L/h.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science import body_heat

UNCERTAINTY_L_PER_H = 0.4
"""95 % of people, printed with every rate (Jay et al. 2024); recalled."""
LATENT_HEAT_J_PER_L = 2.43e6
ACCLIMATISED_LIMIT_W_PER_M2 = 500.0
UNACCLIMATISED_LIMIT_W_PER_M2 = 400.0
"""ISO 7933:2023; measured (source)."""
FLOOR_FACTOR = 0.80
"""Share of the exercise fit that cool air does not take away; fitted by us on the ACSM 2007 table 3."""
COMFORT_SHARE, COMFORT_FROM_W_PER_M2 = 0.42, 58.15
"""Heat evaporated as sweat by people dressed to be comfortable, of what they make beyond rest (Fanger 1970); recalled.
As a floor it is a choice: in the cold the heat balance of a T-shirt says 0, but people put a jacket on."""
FIT_L_PER_H = (0.00118, 0.0104, -0.188)
"""Per W of heat, per degC above 18, constant; fitted by us on the ACSM 2007 table 3 (recalled), error to 0.05 L/h."""


def estimate_required_sweat(
    required_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    maximum_w_per_m2: Annotated[ArrayLike, "W/m^2"],
    limit_w_per_m2: Annotated[ArrayLike, "W/m^2"] = ACCLIMATISED_LIMIT_W_PER_M2,
) -> Annotated[FloatArray, "W/m^2"]:
    """Sweat, as heat, that gives the required evaporation when part of it drips.

    Parameters
    ----------
    required_w_per_m2 : array_like
        Evaporation needed [W/m^2].
    maximum_w_per_m2 : array_like
        Most evaporation the air takes [W/m^2].
    limit_w_per_m2 : array_like
        Most a person sweats, 500 acclimatised, 400 not [W/m^2].

    Returns
    -------
    ndarray
        Sweat as heat of evaporation [W/m^2].

    Notes
    -----
    Ereq / r with r = 1 - w^2 / 2 (w up to 1), (2 - w)^2 / 2 beyond, at least 0.05; the limit from w = 1.7 on.

    References
    ----------
    ISO 7933:2023.

    Examples
    --------
    >>> round(float(estimate_required_sweat(187.861, 574.834)), 2)
    198.46
    """
    required = np.maximum(as_floats(required_w_per_m2), 0.0)
    maximum, limit = as_floats(maximum_w_per_m2), as_floats(limit_w_per_m2)
    wet = required / np.maximum(maximum, 1e-9)
    kept = np.where(wet <= 1.0, 1.0 - 0.5 * np.minimum(wet, 1.0) ** 2, 0.5 * (2.0 - np.clip(wet, 1.0, 2.0)) ** 2)
    overwhelmed = (required > 0.0) & ((maximum <= 0.0) | (wet >= 1.7))
    return np.where(overwhelmed, limit, np.minimum(required / np.maximum(kept, 0.05), limit))


def estimate_comfort_sweat(heat_w_per_m2: Annotated[ArrayLike, "W/m^2"]) -> Annotated[FloatArray, "W/m^2"]:
    """Sweat, as heat, of a person dressed for comfort at that effort.

    Parameters
    ----------
    heat_w_per_m2 : array_like
        Metabolic power less mechanical work, per skin area [W/m^2].

    Returns
    -------
    ndarray
        Sweat as heat of evaporation [W/m^2].

    Notes
    -----
    0.42 (H - 58.15), at least 0; fitted by its author up to moderate work (recalled), here a floor for cold days.

    References
    ----------
    Fanger 1970, Thermal Comfort, Danish Technical Press; ISO 7730.

    Examples
    --------
    >>> round(float(estimate_comfort_sweat(200.0)), 1)
    59.6
    """
    return COMFORT_SHARE * np.maximum(as_floats(heat_w_per_m2) - COMFORT_FROM_W_PER_M2, 0.0)


def fit_exercise_sweat(
    heat_w: Annotated[ArrayLike, "W"],
    temperature_c: Annotated[ArrayLike, "degC"],
) -> Annotated[FloatArray, "L/h"]:
    """Sweat rate of exercise by heat made and air temperature alone.

    Parameters
    ----------
    heat_w : array_like
        Metabolic power less mechanical work [W].
    temperature_c : array_like
        Air temperature [degC].

    Returns
    -------
    ndarray
        Sweat rate; negative at rest in the cold, where it has no meaning [L/h].

    Notes
    -----
    0.00118 H + 0.0104 (T - 18) - 0.188; our regression of the ACSM table (18 and 28 degC, 8.5-15 km/h).

    References
    ----------
    Sawka et al. 2007, Med Sci Sports Exerc 39:377-390, doi:10.1249/mss.0b013e31802ca597.

    Examples
    --------
    >>> round(float(fit_exercise_sweat(835.0, 18.0)), 4)
    0.7973
    """
    slope, warm, constant = FIT_L_PER_H
    heat, air = as_floats(heat_w), as_floats(temperature_c)
    return slope * heat + warm * (air - 18.0) + constant


def estimate_sweat_rate(
    metabolic_w: Annotated[ArrayLike, "W"],
    external_w: Annotated[ArrayLike, "W"],
    mass_kg: Annotated[ArrayLike, "kg"],
    height_cm: Annotated[ArrayLike, "cm"],
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity: Annotated[ArrayLike, "1"],
    air_speed_m_per_s: Annotated[ArrayLike, "m/s"],
    sun_w_per_m2: Annotated[ArrayLike, "W/m^2"] = 0.0,
    clothing: Annotated[ArrayLike, "1"] = body_heat.USUAL_CLOTHING,
    pressure_kpa: Annotated[ArrayLike, "kPa"] = body_heat.STANDARD_PRESSURE_KPA,
    limit_w_per_m2: Annotated[ArrayLike, "W/m^2"] = ACCLIMATISED_LIMIT_W_PER_M2,
    personal_factor: Annotated[ArrayLike, "1"] = 1.0,
) -> Annotated[FloatArray, "L/h"]:
    """Sweat rate; good to +-0.4 L/h.

    Parameters
    ----------
    metabolic_w : array_like
        Metabolic power, whole body [W].
    external_w : array_like
        Mechanical work done, which does not become heat [W].
    mass_kg : array_like
        Body mass [kg].
    height_cm : array_like
        Height [cm].
    temperature_c : array_like
        Air temperature [degC].
    humidity : array_like
        Relative humidity, 0 to 1 [1].
    air_speed_m_per_s : array_like
        Air speed relative to the body, own speed and wind [m/s].
    sun_w_per_m2 : array_like
        Sun absorbed per skin area: about 100 high sun, 60 partial, 0 shade or night [W/m^2].
    clothing : array_like
        Insulation in clo: 0.2 singlet, 0.3 T-shirt, 0.55 tights, 0.8 jacket [1].
    pressure_kpa : array_like
        Air pressure [kPa].
    limit_w_per_m2 : array_like
        Most a person sweats, 500 acclimatised, 400 not [W/m^2].
    personal_factor : array_like
        From the athlete's own sweat tests [1].

    Returns
    -------
    ndarray
        Sweat rate [L/h].

    Notes
    -----
    k min(limit, max(required sweat, 0.80 x exercise fit, comfort sweat)). Not validated on measured sweat;
    5-40 degC, up to 0.6 clo.

    References
    ----------
    ISO 7933:2023; Sawka et al. 2007, doi:10.1249/mss.0b013e31802ca597;
    Jay et al. 2024, J Appl Physiol 136:1478 (error).

    Examples
    --------
    >>> round(float(estimate_sweat_rate(835.0, 0.0, 70.0, 175.0, 18.0, 0.5, 2.778)), 4)
    0.6378
    """
    met, work = as_floats(metabolic_w), as_floats(external_w)
    area = body_heat.estimate_skin_area(mass_kg, height_cm)
    balance = body_heat.balance_heat(
        met / area, work / area, temperature_c, humidity, air_speed_m_per_s, sun_w_per_m2, clothing, pressure_kpa
    )
    per_heat = area * 3600.0 / LATENT_HEAT_J_PER_L
    needed = estimate_required_sweat(balance.required_w_per_m2, balance.maximum_w_per_m2, limit_w_per_m2) * per_heat
    exercise = FLOOR_FACTOR * np.maximum(fit_exercise_sweat(met - work, temperature_c), 0.0)
    floor = np.maximum(exercise, estimate_comfort_sweat((met - work) / area) * per_heat)
    most = as_floats(limit_w_per_m2) * per_heat
    return as_floats(personal_factor) * np.minimum(most, np.maximum(needed, floor))


def estimate_breath_loss(
    metabolic_w: Annotated[ArrayLike, "W"],
    temperature_c: Annotated[ArrayLike, "degC"],
    humidity: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "L/h"]:
    """Water lost with the breath; it holds no sodium.

    Parameters
    ----------
    metabolic_w : array_like
        Metabolic power, whole body [W].
    temperature_c : array_like
        Air temperature [degC].
    humidity : array_like
        Relative humidity, 0 to 1 [1].

    Returns
    -------
    ndarray
        Water lost [L/h].

    Notes
    -----
    0.00127 M (59.34 + 0.53 T - 11.63 Pa), as heat of evaporation.

    References
    ----------
    ISO 7933:2023.

    Examples
    --------
    >>> round(float(estimate_breath_loss(835.0, 18.0, 0.5)), 3)
    0.089
    """
    met, air = as_floats(metabolic_w), as_floats(temperature_c)
    vapour = body_heat.estimate_vapour_pressure(air) * as_floats(humidity)
    return 0.00127 * met * (59.34 + 0.53 * air - 11.63 * vapour) * 3600.0 / LATENT_HEAT_J_PER_L
