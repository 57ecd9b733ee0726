"""Stored carbohydrate: the working muscle and the liver, emptied along a race."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science import substrate

MALE_LEG_FRACTION = 0.21
FEMALE_LEG_FRACTION = 0.20
"""Leg muscle over body mass (Rapoport 2010, ranges 0.14-0.27 and 0.18-0.22); measured (secondary source)."""
USUAL_DENSITY_G_PER_KG = 19.5
LOADED_DENSITY_G_PER_KG = 32.0
"""Glycogen in muscle, trained and normally fed, and after loading; secondary source, and recalled."""
USUAL_LIVER_G = 88.0
LOADED_LIVER_G = 120.0
"""Liver glycogen, up to 160 g when loaded; measured (secondary source)."""
USABLE_FRACTION = 0.85
"""Muscle glycogen that exercise can reach; a choice."""
OXIDISED_FRACTION = 0.90
"""Of what is absorbed; a choice near Podlogar 2022."""
EXOGENOUS_CEILING_G_PER_H = 105.0
"""1.75 g/min, highest seen (Jeukendrup, SSE 108); measured (source)."""
LIVER_LIMIT_G_PER_H = 60.0
"""1.0 g/min; recalled."""
BLOOD_GLUCOSE_BASE_G_PER_H = 6.0
BLOOD_GLUCOSE_SHARE = 0.20
"""Glucose the blood must supply: the brain's, and a share of the carbohydrate burned; a choice."""


class GlycogenTrace(NamedTuple):
    """Stores after each step and what was missing in it."""

    muscle_g: Annotated[FloatArray, "g"]
    liver_g: Annotated[FloatArray, "g"]
    shortfall_g: Annotated[FloatArray, "g"]


def estimate_muscle_store(
    mass_kg: Annotated[ArrayLike, "kg"],
    leg_fraction: Annotated[ArrayLike, "1"] = MALE_LEG_FRACTION,
    density_g_per_kg: Annotated[ArrayLike, "g/kg"] = USUAL_DENSITY_G_PER_KG,
) -> Annotated[FloatArray, "g"]:
    """Glycogen in the working muscle at the start.

    Parameters
    ----------
    mass_kg : array_like
        Body mass [kg].
    leg_fraction : array_like
        Leg muscle over body mass [1].
    density_g_per_kg : array_like
        Glycogen per muscle, 19.5 usual, 32 loaded [g/kg].

    Returns
    -------
    ndarray
        Glycogen [g].

    Notes
    -----
    Leg fraction x mass x density.

    References
    ----------
    Rapoport 2010, PLoS Comput Biol 6:e1000960, doi:10.1371/journal.pcbi.1000960.

    Examples
    --------
    >>> round(float(estimate_muscle_store(70.0, 0.214)), 1)
    292.1
    """
    mass, legs = as_floats(mass_kg), as_floats(leg_fraction)
    return legs * mass * as_floats(density_g_per_kg)


def empty_stores(
    use_g: Annotated[ArrayLike, "g"],
    absorbed_g: Annotated[ArrayLike, "g"],
    step_h: Annotated[float, "h"],
    muscle_g: Annotated[float, "g"],
    liver_g: Annotated[float, "g"],
) -> GlycogenTrace:
    """Glycogen along the race, and the carbohydrate that was asked for but not there.

    Parameters
    ----------
    use_g : array_like
        Carbohydrate the effort burns in each step [g].
    absorbed_g : array_like
        Carbohydrate absorbed in each step [g].
    step_h : float
        Length of a step [h].
    muscle_g : float
        Muscle glycogen at the start, of which 85 % can be used [g].
    liver_g : float
        Liver glycogen at the start [g].

    Returns
    -------
    GlycogenTrace
        Muscle and liver after each step, and the shortfall in it [g].

    Notes
    -----
    Absorbed carbohydrate is burned first (90 % of it, up to 1.75 g/min), the liver gives what the blood still lacks
    (up to 1.0 g/min), the muscle the rest; an empty muscle draws on the liver up to its limit. Never below zero.

    References
    ----------
    Rapoport 2010, PLoS Comput Biol 6:e1000960, doi:10.1371/journal.pcbi.1000960.

    Examples
    --------
    >>> trace = empty_stores([50.0] * 4, [20.0] * 4, 0.5, 290.0, 88.0)
    >>> round(float(trace.muscle_g[-1]), 1)
    162.0
    """
    use = as_floats(use_g)
    exogenous = np.minimum(OXIDISED_FRACTION * as_floats(absorbed_g), EXOGENOUS_CEILING_G_PER_H * step_h)
    exogenous = np.minimum(exogenous, use)
    blood = np.maximum(BLOOD_GLUCOSE_BASE_G_PER_H * step_h + BLOOD_GLUCOSE_SHARE * use - exogenous, 0.0)
    floor, muscle, liver = (1.0 - USABLE_FRACTION) * muscle_g, float(muscle_g), float(liver_g)
    left = np.empty((3, len(use)))
    for i, (wanted, need) in enumerate(zip((use - exogenous).tolist(), blood.tolist(), strict=True)):
        from_liver = min(need, wanted, LIVER_LIMIT_G_PER_H * step_h, liver)
        from_muscle = min(wanted - from_liver, muscle - floor)
        more = min(wanted - from_liver - from_muscle, LIVER_LIMIT_G_PER_H * step_h - from_liver, liver - from_liver)
        muscle -= from_muscle
        liver -= from_liver + more
        left[:, i] = muscle, liver, wanted - from_liver - from_muscle - more
    return GlycogenTrace(left[0], left[1], np.maximum(left[2], 0.0))


def slow_to_available(
    available_g_per_h: Annotated[ArrayLike, "g/h"],
    maximum_power_w: Annotated[ArrayLike, "W"],
    half_share_intensity: Annotated[ArrayLike, "1"] = substrate.HALF_SHARE_INTENSITY,
) -> Annotated[FloatArray, "1"]:
    """Highest intensity that burns no more carbohydrate than there is: the forced slow-down of an empty muscle.

    Parameters
    ----------
    available_g_per_h : array_like
        Carbohydrate from gut and liver [g/h].
    maximum_power_w : array_like
        Metabolic power at VO2max [W].
    half_share_intensity : array_like
        Intensity at which half the energy is carbohydrate [1].

    Returns
    -------
    ndarray
        Intensity, 0 to 1 [1].

    Notes
    -----
    Bisection of f(x) x M_max / 4.1 = available, which rises with x.

    References
    ----------
    Rapoport 2010, PLoS Comput Biol 6:e1000960, doi:10.1371/journal.pcbi.1000960.

    Examples
    --------
    >>> round(float(slow_to_available(60.0, 1400.0)), 2)
    0.5
    """
    wanted, power = np.broadcast_arrays(as_floats(available_g_per_h), as_floats(maximum_power_w))
    low, high = np.zeros(wanted.shape), np.ones(wanted.shape)
    kcal_per_h = power * 3600.0 / 4184.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        share = substrate.estimate_carbohydrate_share(middle, half_share_intensity)
        enough = substrate.estimate_carbohydrate_use(middle * kcal_per_h, share) <= wanted
        low, high = np.where(enough, middle, low), np.where(enough, high, middle)
    return low
