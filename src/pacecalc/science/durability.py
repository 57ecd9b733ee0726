"""How long a rider can hold how much: the power law of duration, the loss with work done, and W' on short ramps."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.elevation import interpolate_shape_preserving

HOUR_S = 3600.0
DURABILITY_FLOOR = 0.5
"""Power never falls below this share by fatigue alone [1]; a choice."""
TOWNSEND_ELEVATION_M = (250.0, 1250.0, 2250.0, 3250.0, 4250.0)
TOWNSEND_FRACTION = (1.000, 0.9518, 0.8707, 0.8062, 0.7258)
"""Critical power of nine trained cyclists on arrival at height over that at 250 m; measured (Townsend 2017)."""
AVERAGING_S = 30.0
"""Window of the rolling mean behind normalised power [s]; its definition."""


def sustainable_fraction(
    duration_s: Annotated[ArrayLike, "s"],
    one_hour_fraction: Annotated[ArrayLike, "1"] = 1.0,
    exponent: Annotated[ArrayLike, "1"] = 0.07,
) -> Annotated[FloatArray, "1"]:
    """Share of threshold power that can be held for a duration.

    Parameters
    ----------
    duration_s : array_like
        Time it must be held, above zero [s].
    one_hour_fraction : array_like
        Share held for one hour [1].
    exponent : array_like
        Decline with duration; 0.05-0.10 for a whole ride, 0.02-0.03 where fatigue by work is counted apart [1].

    Returns
    -------
    ndarray
        Share of threshold power [1].

    Notes
    -----
    ``X1 (T / 1 h)^-k``. The critical-power hyperbola is wrong by 30-40 % at eight hours and is not used. The range of
    the exponent is recalled.

    References
    ----------
    Drake, Finke, Ferguson (2024), Eur J Appl Physiol, doi:10.1007/s00421-023-05274-5.

    Examples
    --------
    >>> round(float(sustainable_fraction(9 * 3600.0)), 4)
    0.8574
    """
    hours = as_floats(duration_s) / HOUR_S
    return np.asarray(np.asarray(one_hour_fraction) * hours ** (-as_floats(exponent)))


def fresh_power_left(
    work_kj_per_kg: Annotated[ArrayLike, "kJ/kg"], loss_kg_per_kj: Annotated[ArrayLike, "kg/kJ"]
) -> Annotated[FloatArray, "1"]:
    """Share of fresh power left after work.

    Parameters
    ----------
    work_kj_per_kg : array_like
        Pedal work done so far over body mass [kJ/kg].
    loss_kg_per_kj : array_like
        Loss per work: 0.0015 for a professional, 0.005 for an amateur [kg/kJ].

    Returns
    -------
    ndarray
        Factor on sustainable power, at least 0.5 [1].

    Notes
    -----
    ``max(0.5, 1 - d E)``. Professionals lose 0.13-0.22 % per kJ/kg (measured to 45 kJ/kg), amateurs 0.7 % per kJ/kg at
    high intensity; a split sheet of Leadville asks for 0.48 %.

    References
    ----------
    Mateo-March et al. (2022), Int J Sports Physiol Perform 17, 926-933. Barsumyan et al. (2025), PMC12243304.

    Examples
    --------
    >>> round(float(fresh_power_left(45.0, 0.0015)), 4)
    0.9325
    """
    work = as_floats(work_kj_per_kg)
    return np.asarray(np.maximum(DURABILITY_FLOOR, 1.0 - np.asarray(loss_kg_per_kj) * work))


def arrival_power_fraction(elevation_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "1"]:
    """Cycling power left on arrival at height, measured in cyclists.

    Parameters
    ----------
    elevation_m : array_like
        Height above the sea; held inside 250 to 4250 m [m].

    Returns
    -------
    ndarray
        Share of critical power at 250 m [1].

    Notes
    -----
    Monotone cubic interpolation (Fritsch and Butland) of five group means. W' did not change up to 4250 m. The planner
    uses Bassett's curves, which know acclimatisation; this one is the check on them.

    References
    ----------
    Townsend et al. (2017), Front Physiol 8, 180, doi:10.3389/fphys.2017.00180 (means quoted by others).

    Examples
    --------
    >>> arrival_power_fraction([250.0, 3250.0]).round(4).tolist()
    [1.0, 0.8062]
    """
    height = as_floats(elevation_m)
    return np.asarray(interpolate_shape_preserving(np.array(TOWNSEND_ELEVATION_M), np.array(TOWNSEND_FRACTION), height))


def w_prime_balance(
    power_w: Annotated[ArrayLike, "W"],
    duration_s: Annotated[ArrayLike, "s"],
    critical_power_w: Annotated[ArrayLike, "W"],
    w_prime_j: Annotated[float, "J"],
) -> Annotated[FloatArray, "J"]:
    """What is left of the work above critical power, after each stretch.

    Parameters
    ----------
    power_w : array_like
        Pedal power of each stretch [W].
    duration_s : array_like
        Duration of each stretch [s].
    critical_power_w : array_like
        Critical power during each stretch [W].
    w_prime_j : float
        Work above critical power available when fresh, above zero [J].

    Returns
    -------
    ndarray
        Balance at the end of each stretch; negative: more than the rider has [J].

    Notes
    -----
    Above critical power the balance falls by the excess; below, ``W(t) = W0 - (W0 - W) exp(-(CP - P) t / W0)``. A check
    on the plan's ramps, not a ceiling for a day.

    References
    ----------
    Skiba et al. (2015), Eur J Appl Physiol 115, 703-713, doi:10.1007/s00421-014-3050-3.

    Examples
    --------
    >>> w_prime_balance([400.0, 200.0], [60.0, 120.0], 300.0, 20000.0).round().tolist()
    [14000.0, 16707.0]
    """
    power, time, critical = np.broadcast_arrays(
        as_floats(power_w), np.asarray(duration_s), np.asarray(critical_power_w)
    )
    spent = np.maximum(power - critical, 0.0) * time
    kept = np.exp(-np.maximum(critical - power, 0.0) * time / w_prime_j)
    balance = np.empty(len(power))
    deficit = 0.0
    for index, (loss, share) in enumerate(zip(spent.tolist(), kept.tolist(), strict=True)):
        deficit = deficit * share + loss
        balance[index] = w_prime_j - deficit
    return balance


def recovery_time_constant(power_below_w: Annotated[ArrayLike, "W"]) -> Annotated[FloatArray, "s"]:
    """Time constant with which W' comes back, of the integral model.

    Parameters
    ----------
    power_below_w : array_like
        Critical power less the mean power of the recoveries [W].

    Returns
    -------
    ndarray
        Time constant [s].

    Notes
    -----
    ``546 exp(-0.01 D) + 316``.

    References
    ----------
    Skiba et al. (2012), Med Sci Sports Exerc 44, 1526-1532, doi:10.1249/MSS.0b013e3182517a80.

    Examples
    --------
    >>> round(float(recovery_time_constant(100.0)), 1)
    516.9
    """
    return np.asarray(546.0 * np.exp(-0.01 * as_floats(power_below_w)) + 316.0)


def normalised_power(
    power_w: Annotated[ArrayLike, "W"], duration_s: Annotated[ArrayLike, "s"]
) -> Annotated[float, "W"]:
    """Normalised power of a ride given as stretches of constant power.

    Parameters
    ----------
    power_w : array_like
        Pedal power of each stretch [W].
    duration_s : array_like
        Duration of each stretch, above zero [s].

    Returns
    -------
    float
        Fourth root of the mean fourth power of the 30 s rolling mean [W].

    Notes
    -----
    Sampled every second, as head units do; rides shorter than 30 s give the mean.

    References
    ----------
    Allen, Coggan (2010), Training and Racing with a Power Meter, 2nd edition.

    Examples
    --------
    >>> round(normalised_power([100.0, 300.0] * 20, [60.0] * 40), 1)
    239.2
    """
    time = as_floats(duration_s)
    clock = np.concatenate([[0.0], np.cumsum(time)])
    work = np.concatenate([[0.0], np.cumsum(as_floats(power_w) * time)])
    if clock[-1] <= AVERAGING_S:
        return float(work[-1] / clock[-1])
    ends = np.arange(AVERAGING_S, clock[-1] + 1e-9)
    rolling = (np.interp(ends, clock, work) - np.interp(ends - AVERAGING_S, clock, work)) / AVERAGING_S
    return float(np.mean(rolling**4) ** 0.25)
