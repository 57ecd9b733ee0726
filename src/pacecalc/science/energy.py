"""Energy turned over by the whole body at rest and on the bike, and the oxygen it takes.

Running and walking have modules of their own; this one holds what all sports share.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

STANDING_W_PER_KG = 1.44
"""Standing still, per kg of body (Looney et al. 2019, LCDA); measured (source)."""
GROSS_EFFICIENCY = 0.21
"""Mechanical over metabolic power, cycling; a choice near Moseley & Jeukendrup 2001 (19.8 +- 0.6 %)."""
OXYGEN_ENERGY_J_PER_ML = 20.9
"""Energy per mL of oxygen at a respiratory exchange ratio near 0.9; recalled."""
JOULE_PER_KCAL = 4184.0
SUSTAINED_AT_1_H = 0.85
SUSTAINED_FALL_PER_LOG_HOUR = 0.12
SUSTAINED_LOWEST = 0.35
"""Share of VO2max held for a race: 0.85 for 1 h, 0.64 for 6 h, 0.47 for 24 h; a choice, a known VO2max overrides it."""


def estimate_standing_power(mass_kg: Annotated[ArrayLike, "kg"]) -> Annotated[FloatArray, "W"]:
    """Metabolic power of standing still.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].

    Returns
    -------
    ndarray
        Metabolic power [W].

    Notes
    -----
    1.44 W/kg, the standing term of the LCDA walking equation; adults.

    References
    ----------
    Looney et al. 2019, Med Sci Sports Exerc 51(9):1954-1960, doi:10.1249/MSS.0000000000002002.

    Examples
    --------
    >>> round(float(estimate_standing_power(70.0)), 1)
    100.8
    """
    return STANDING_W_PER_KG * as_floats(mass_kg)


def estimate_cycling_metabolic_power(
    power_w: Annotated[ArrayLike, "W"],
    mass_kg: Annotated[ArrayLike, "kg"],
    gross_efficiency: Annotated[ArrayLike, "1"] = GROSS_EFFICIENCY,
) -> Annotated[FloatArray, "W"]:
    """Metabolic power of pedalling, never below standing (coasting).

    Parameters
    ----------
    power_w : array_like
        Power at the pedals [W].
    mass_kg : array_like
        Body mass, for coasting [kg].
    gross_efficiency : array_like
        Mechanical over metabolic power [1].

    Returns
    -------
    ndarray
        Metabolic power [W].

    Notes
    -----
    M = P / GE, at least 1.44 W/kg. GE 0.18-0.24; measured below 0.198 under about 130 W.

    References
    ----------
    Moseley & Jeukendrup 2001, Med Sci Sports Exerc 33:621-627, doi:10.1097/00005768-200104000-00017.

    Examples
    --------
    >>> round(float(estimate_cycling_metabolic_power(200.0, 70.0)), 1)
    952.4
    """
    pedalling = as_floats(power_w) / as_floats(gross_efficiency)
    return np.maximum(pedalling, estimate_standing_power(mass_kg))


def estimate_basal_power(
    mass_kg: Annotated[ArrayLike, "kg"],
    height_cm: Annotated[ArrayLike, "cm"],
    age_year: Annotated[ArrayLike, "year"],
    male_fraction: Annotated[ArrayLike, "1"] = 1.0,
) -> Annotated[FloatArray, "W"]:
    """Basal metabolic rate after Mifflin and St Jeor.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].
    height_cm : array_like
        Height [cm].
    age_year : array_like
        Age [year].
    male_fraction : array_like
        1 for men, 0 for women, 0.5 where the sex is not given [1].

    Returns
    -------
    ndarray
        Metabolic power [W].

    Notes
    -----
    kcal/d = 10 m + 6.25 h - 5 a + (5 men, -161 women); adults.

    References
    ----------
    Mifflin et al. 1990, Am J Clin Nutr 51:241-247, doi:10.1093/ajcn/51.2.241.

    Examples
    --------
    >>> round(float(estimate_basal_power(70.0, 175.0, 40.0)), 2)
    77.42
    """
    mass, height, age, male = (as_floats(v) for v in (mass_kg, height_cm, age_year, male_fraction))
    kcal_per_day = 10.0 * mass + 6.25 * height - 5.0 * age + 5.0 * male - 161.0 * (1.0 - male)
    return kcal_per_day * JOULE_PER_KCAL / 86400.0


def convert_power_to_energy_rate(metabolic_w: Annotated[ArrayLike, "W"]) -> Annotated[FloatArray, "kcal/h"]:
    """Metabolic power in the unit food labels use.

    Parameters
    ----------
    metabolic_w : array_like
        Metabolic power [W].

    Returns
    -------
    ndarray
        Energy turned over [kcal/h].

    Notes
    -----
    3600 / 4184; exact for the thermochemical calorie.

    References
    ----------
    NIST Special Publication 811, appendix B.8, doi:10.6028/NIST.SP.811e2008.

    Examples
    --------
    >>> round(float(convert_power_to_energy_rate(600.0)), 1)
    516.3
    """
    return as_floats(metabolic_w) * 3600.0 / JOULE_PER_KCAL


def estimate_oxygen_uptake(
    metabolic_w: Annotated[ArrayLike, "W"],
    mass_kg: Annotated[ArrayLike, "kg"],
) -> Annotated[FloatArray, "mL/kg/min"]:
    """Oxygen uptake that a metabolic power takes.

    Parameters
    ----------
    metabolic_w : array_like
        Metabolic power [W].
    mass_kg : array_like
        Body mass [kg].

    Returns
    -------
    ndarray
        Oxygen uptake [mL/kg/min].

    Notes
    -----
    VO2 = 60 M / (20.9 m); 20.9 kJ/L at a respiratory exchange ratio near 0.9 (recalled), within 2 % from 0.8 to 1.0.

    References
    ----------
    Jeukendrup & Wallis 2005, Int J Sports Med 26(S1):S28-S37, doi:10.1055/s-2004-830512.

    Examples
    --------
    >>> round(float(estimate_oxygen_uptake(835.0, 70.0)), 3)
    34.245
    """
    power, mass = as_floats(metabolic_w), as_floats(mass_kg)
    return 60.0 * power / (OXYGEN_ENERGY_J_PER_ML * mass)


def estimate_sustained_share(duration_h: Annotated[ArrayLike, "h"]) -> Annotated[FloatArray, "1"]:
    """Share of VO2max a trained person holds on average for a race of some duration.

    Parameters
    ----------
    duration_h : array_like
        Duration of the race [h].

    Returns
    -------
    ndarray
        Mean share of VO2max [1].

    Notes
    -----
    0.85 - 0.12 ln(T), held at 0.85 below 1 h and at 0.35 for the longest. A choice of ours, used only where nobody
    gave a VO2max or a threshold power; it says which share of the energy is carbohydrate, never how fast to go.

    References
    ----------
    None: a choice, shaped on the recalled 45-50 % of VO2max in 24 h treadmill runs (Millet et al. 2011).

    Examples
    --------
    >>> round(float(estimate_sustained_share(24.0)), 2)
    0.47
    """
    hours = np.maximum(as_floats(duration_h), 1.0)
    return np.maximum(SUSTAINED_AT_1_H - SUSTAINED_FALL_PER_LOG_HOUR * np.log(hours), SUSTAINED_LOWEST)
