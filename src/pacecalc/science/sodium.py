"""Sodium in sweat and blood, and how much of it a race needs: the plasma balance and a policy on top.

Salt tablets have not been shown to prevent low blood sodium; drinking no more than is lost does.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

SODIUM_MG_PER_MMOL = 22.99
SALT_SODIUM_MG_PER_G = 388.0
"""Table salt (USDA 02047); measured (source)."""
USUAL_SWEAT_SODIUM_MMOL_PER_L = 40.0
SWEAT_SODIUM_PRESETS_MMOL_PER_L = {"low": 25.0, "mid": 40.0, "high": 60.0, "very high": 80.0}
"""Mean of 1303 athletes 40.4 (Baker 2019), measured (source); the presets a choice."""
SWEAT_POTASSIUM_MMOL_PER_L = 5.0
MALE_WATER_FRACTION = 0.60
FEMALE_WATER_FRACTION = 0.52
"""Body water over body mass; recalled."""
START_SODIUM_MMOL_PER_L = 140.0
TARGET_SODIUM_MMOL_PER_L = 137.0
LOWEST_SODIUM_MMOL_PER_L = 135.0
"""Blood at the start, planned at the finish, and the hard floor (below it is hyponatraemia, EAH 2015); a choice."""
POLICY_SHARE = 0.5
"""Least share of the loss to replace: 0 physiology only, 0.8 salty or crampy; a choice."""
POLICY_LIMIT_MG_PER_H = 1000.0
"""Never plan more; a choice."""
TABLET_LIMIT_PER_H = 3.0
TABLET_WATER_ML = 150.0
"""Vendors: never more than 2-3 an hour (S!Caps); each with at least this much water (a choice)."""
NGUYEN_KURTZ_OFFSET = 23.8
NGUYEN_KURTZ_SLOPE = 1.03


def convert_forearm_sodium(forearm_mmol_per_l: Annotated[ArrayLike, "mmol/L"]) -> Annotated[FloatArray, "mmol/L"]:
    """Whole-body sweat sodium from a forearm patch.

    Parameters
    ----------
    forearm_mmol_per_l : array_like
        Sodium in the patch [mmol/L].

    Returns
    -------
    ndarray
        Sodium of the whole body's sweat [mmol/L].

    Notes
    -----
    0.57 x + 11.05; 12.6-104.8 mmol/L, 506 athletes.

    References
    ----------
    Baker et al. 2016, J Sports Sci 34:358-368, doi:10.1080/02640414.2015.1055291.

    Examples
    --------
    >>> round(float(convert_forearm_sodium(60.0)), 2)
    45.25
    """
    return 0.57 * as_floats(forearm_mmol_per_l) + 11.05


def estimate_effort_factor(intensity: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """How much saltier sweat is at higher effort; off unless asked for.

    Parameters
    ----------
    intensity : array_like
        Oxygen uptake over its maximum [1].

    Returns
    -------
    ndarray
        Multiplier on sweat sodium, 0.75 to 1.25 [1].

    Notes
    -----
    0.75 + 0.5 (x - 0.4) / 0.4, clamped. A choice, sized to the ratio 1.6 of Holmes 2016.

    References
    ----------
    Holmes et al. 2016, Int J Sports Med 37:680-688 (recalled).

    Examples
    --------
    >>> float(estimate_effort_factor(0.6))
    1.0
    """
    return np.clip(0.75 + 0.5 * (as_floats(intensity) - 0.4) / 0.4, 0.75, 1.25)


def estimate_body_water(
    mass_kg: Annotated[ArrayLike, "kg"],
    male_fraction: Annotated[ArrayLike, "1"] = 1.0,
) -> Annotated[FloatArray, "L"]:
    """Body water.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].
    male_fraction : array_like
        1 for men, 0 for women, 0.5 where the sex is not given [1].

    Returns
    -------
    ndarray
        Body water [L].

    Notes
    -----
    0.60 of the mass in men, 0.52 in women (recalled).

    References
    ----------
    Weschler 2005, Sports Med 35:899-922, doi:10.2165/00007256-200535100-00005.

    Examples
    --------
    >>> round(float(estimate_body_water(70.0)), 1)
    42.0
    """
    male = as_floats(male_fraction)
    share = FEMALE_WATER_FRACTION + (MALE_WATER_FRACTION - FEMALE_WATER_FRACTION) * male
    return share * as_floats(mass_kg)


def predict_plasma_sodium(
    water_l: Annotated[ArrayLike, "L"],
    water_change_l: Annotated[ArrayLike, "L"],
    salt_change_mmol: Annotated[ArrayLike, "mmol"],
    start_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = START_SODIUM_MMOL_PER_L,
) -> Annotated[FloatArray, "mmol/L"]:
    """Blood sodium after water and salts came and went.

    Parameters
    ----------
    water_l : array_like
        Body water at the start [L].
    water_change_l : array_like
        Fluid drunk less sweat, breath and urine [L].
    salt_change_mmol : array_like
        Sodium and potassium eaten less those lost [mmol].
    start_mmol_per_l : array_like
        Blood sodium at the start [mmol/L].

    Returns
    -------
    ndarray
        Blood sodium [mmol/L].

    Notes
    -----
    ((Na + 23.8) TBW + 1.03 dE) / (TBW + dTBW) - 23.8, after Nguyen and Kurtz.

    References
    ----------
    Weschler 2005, Sports Med 35:899-922, doi:10.2165/00007256-200535100-00005;
    Baker et al. 2008, J Appl Physiol 105:91-99, doi:10.1152/japplphysiol.00018.2008.

    Examples
    --------
    >>> round(float(predict_plasma_sodium(50.0, 1.0, 0.0)), 3)
    136.788
    """
    water, change, salt, start = (as_floats(v) for v in (water_l, water_change_l, salt_change_mmol, start_mmol_per_l))
    held = (start + NGUYEN_KURTZ_OFFSET) * water + NGUYEN_KURTZ_SLOPE * salt
    return held / (water + change) - NGUYEN_KURTZ_OFFSET


def require_sodium(
    water_l: Annotated[ArrayLike, "L"],
    water_change_l: Annotated[ArrayLike, "L"],
    sweat_l: Annotated[ArrayLike, "L"],
    sweat_sodium_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = USUAL_SWEAT_SODIUM_MMOL_PER_L,
    target_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = TARGET_SODIUM_MMOL_PER_L,
    start_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = START_SODIUM_MMOL_PER_L,
) -> Annotated[FloatArray, "mmol"]:
    """Least sodium to eat so that the blood ends at a target.

    Parameters
    ----------
    water_l : array_like
        Body water at the start [L].
    water_change_l : array_like
        Fluid drunk less sweat, breath and urine [L].
    sweat_l : array_like
        Sweat lost [L].
    sweat_sodium_mmol_per_l : array_like
        Sodium in the sweat [mmol/L].
    target_mmol_per_l : array_like
        Blood sodium to end at [mmol/L].
    start_mmol_per_l : array_like
        Blood sodium at the start [mmol/L].

    Returns
    -------
    ndarray
        Sodium to eat, 0 when none is needed [mmol].

    Notes
    -----
    The plasma balance solved for the intake; the sweat also loses 5 mmol/L of potassium.

    References
    ----------
    Weschler 2005, Sports Med 35:899-922, doi:10.2165/00007256-200535100-00005.

    Examples
    --------
    >>> round(float(require_sodium(42.0, -2.0, 12.0, 40.0, 138.0)), 1)
    144.3
    """
    water, change, sweat, salt, target, start = (
        as_floats(v)
        for v in (water_l, water_change_l, sweat_l, sweat_sodium_mmol_per_l, target_mmol_per_l, start_mmol_per_l)
    )
    wanted = (target + NGUYEN_KURTZ_OFFSET) * (water + change) - (start + NGUYEN_KURTZ_OFFSET) * water
    return np.maximum(sweat * (salt + SWEAT_POTASSIUM_MMOL_PER_L) + wanted / NGUYEN_KURTZ_SLOPE, 0.0)


def limit_water_change(
    water_l: Annotated[ArrayLike, "L"],
    salt_change_mmol: Annotated[ArrayLike, "mmol"],
    lowest_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = LOWEST_SODIUM_MMOL_PER_L,
    start_mmol_per_l: Annotated[ArrayLike, "mmol/L"] = START_SODIUM_MMOL_PER_L,
) -> Annotated[FloatArray, "L"]:
    """Largest gain (smallest loss) of body water that keeps the blood at a floor.

    Parameters
    ----------
    water_l : array_like
        Body water at the start [L].
    salt_change_mmol : array_like
        Sodium and potassium eaten less those lost [mmol].
    lowest_mmol_per_l : array_like
        Blood sodium not to fall below [mmol/L].
    start_mmol_per_l : array_like
        Blood sodium at the start [mmol/L].

    Returns
    -------
    ndarray
        Change of body water, negative when some must be lost [L].

    Notes
    -----
    The plasma balance solved for the water.

    References
    ----------
    Weschler 2005, Sports Med 35:899-922, doi:10.2165/00007256-200535100-00005.

    Examples
    --------
    >>> change = limit_water_change(42.0, -200.0)
    >>> round(float(predict_plasma_sodium(42.0, change, -200.0)), 6)
    135.0
    """
    water, salt, lowest, start = (
        as_floats(v) for v in (water_l, salt_change_mmol, lowest_mmol_per_l, start_mmol_per_l)
    )
    held = (start + NGUYEN_KURTZ_OFFSET) * water + NGUYEN_KURTZ_SLOPE * salt
    return held / (lowest + NGUYEN_KURTZ_OFFSET) - water


def choose_sodium_intake(
    need_mg: Annotated[ArrayLike, "mg"],
    loss_mg: Annotated[ArrayLike, "mg"],
    duration_h: Annotated[ArrayLike, "h"],
    policy_share: Annotated[ArrayLike, "1"] = POLICY_SHARE,
) -> Annotated[FloatArray, "mg"]:
    """Sodium to plan for: what the blood needs, and a share of the loss as policy.

    Parameters
    ----------
    need_mg : array_like
        Least intake by the plasma balance [mg].
    loss_mg : array_like
        Sodium lost with sweat [mg].
    duration_h : array_like
        Duration of the race [h].
    policy_share : array_like
        Least share of the loss to replace [1].

    Returns
    -------
    ndarray
        Planned intake [mg].

    Notes
    -----
    max(need, share x loss), at most the loss and at most 1000 mg/h. A choice of ours.

    References
    ----------
    McCubbin 2025, Performance Nutrition 1:11, doi:10.1186/s44410-025-00011-9 (when replacing sodium matters).

    Examples
    --------
    >>> float(choose_sodium_intake(0.0, 6620.0, 10.0))
    3310.0
    """
    need, loss, hours = (as_floats(v) for v in (need_mg, loss_mg, duration_h))
    wanted = np.maximum(need, as_floats(policy_share) * loss)
    return np.minimum(wanted, np.minimum(loss, POLICY_LIMIT_MG_PER_H * hours))
