"""A person's own sweat: rates weighed before and after training, and the factor they give."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

SHORTEST_TEST_H = 0.75
"""Shorter tests are ignored; a choice."""
PRIOR_TESTS = 2.0
"""The average person counts as this many tests; a choice."""


def estimate_breath_water(
    oxygen_l_per_min: Annotated[ArrayLike, "L/min"],
    vapour_mmhg: Annotated[ArrayLike, "mmHg"],
) -> Annotated[FloatArray, "g/h"]:
    """Water breathed out in exercise.

    Parameters
    ----------
    oxygen_l_per_min : array_like
        Oxygen uptake [L/min].
    vapour_mmhg : array_like
        Vapour pressure of the air [mmHg].

    Returns
    -------
    ndarray
        Water lost [g/h].

    Notes
    -----
    0.019 VO2 (44 - Pa) g/min.

    References
    ----------
    Mitchell, Nadel & Stolwijk 1972, J Appl Physiol 32:474-476, doi:10.1152/jappl.1972.32.4.474.

    Examples
    --------
    >>> round(float(estimate_breath_water(3.0, 10.0)), 1)
    116.3
    """
    oxygen, vapour = as_floats(oxygen_l_per_min), as_floats(vapour_mmhg)
    return 60.0 * 0.019 * oxygen * (44.0 - vapour)


def estimate_gas_mass(
    oxygen_l_per_min: Annotated[ArrayLike, "L/min"],
    exchange_ratio: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "g/h"]:
    """Mass lost because carbon dioxide is heavier than the oxygen taken in.

    Parameters
    ----------
    oxygen_l_per_min : array_like
        Oxygen uptake [L/min].
    exchange_ratio : array_like
        Respiratory exchange ratio [1].

    Returns
    -------
    ndarray
        Mass lost [g/h].

    Notes
    -----
    VO2 (1.96 RER - 1.43) g/min (recalled): the densities of the two gases.

    References
    ----------
    Maughan, Shirreffs & Leiper 2007, J Sports Sci 25:797-804, doi:10.1080/02640410600875143.

    Examples
    --------
    >>> round(float(estimate_gas_mass(3.0, 0.9)), 1)
    60.1
    """
    oxygen, ratio = as_floats(oxygen_l_per_min), as_floats(exchange_ratio)
    return 60.0 * oxygen * (1.96 * ratio - 1.43)


def measure_sweat_rate(
    before_kg: Annotated[ArrayLike, "kg"],
    after_kg: Annotated[ArrayLike, "kg"],
    drunk_kg: Annotated[ArrayLike, "kg"],
    eaten_kg: Annotated[ArrayLike, "kg"],
    urine_kg: Annotated[ArrayLike, "kg"],
    duration_h: Annotated[ArrayLike, "h"],
    other_loss_g_per_h: Annotated[ArrayLike, "g/h"] = 0.0,
) -> Annotated[FloatArray, "L/h"]:
    """Sweat rate from weighing.

    Parameters
    ----------
    before_kg : array_like
        Nude mass before [kg].
    after_kg : array_like
        Nude, towelled mass after [kg].
    drunk_kg : array_like
        Drunk in between [kg].
    eaten_kg : array_like
        Eaten in between [kg].
    urine_kg : array_like
        Urine in between [kg].
    duration_h : array_like
        Time between [h].
    other_loss_g_per_h : array_like
        Breath water and gas mass [g/h].

    Returns
    -------
    ndarray
        Sweat rate, 1 kg as 1 L [L/h].

    Notes
    -----
    (before - after + drunk + eaten - urine) / h less breath water and gas mass.

    References
    ----------
    Cheuvront & Kenefick 2017, Compr Physiol 7 (recalled).

    Examples
    --------
    >>> round(float(measure_sweat_rate(70.0, 69.2, 0.5, 0.0, 0.0, 1.0, 176.4)), 3)
    1.124
    """
    before, after, drunk, eaten, urine, hours, other = (
        as_floats(v) for v in (before_kg, after_kg, drunk_kg, eaten_kg, urine_kg, duration_h, other_loss_g_per_h)
    )
    return (before - after + drunk + eaten - urine) / hours - other / 1000.0


def calibrate_sweat_factor(
    measured_l_per_h: Annotated[ArrayLike, "L/h"],
    predicted_l_per_h: Annotated[ArrayLike, "L/h"],
    duration_h: Annotated[ArrayLike, "h"],
) -> Annotated[FloatArray, "1"]:
    """A person's factor on the predicted sweat rate, drawn towards 1 when tests are few.

    Parameters
    ----------
    measured_l_per_h : array_like
        Rate measured in each test [L/h].
    predicted_l_per_h : array_like
        Rate the model gives for each test [L/h].
    duration_h : array_like
        Length of each test; those under 45 minutes are ignored [h].

    Returns
    -------
    ndarray
        Factor [1].

    Notes
    -----
    k = (n k_obs + 2) / (n + 2), k_obs = sum measured / sum predicted. A choice of ours.

    References
    ----------
    None: a choice.

    Examples
    --------
    >>> float(calibrate_sweat_factor([1.2, 1.2], [1.0, 1.0], [1.0, 2.0]))
    1.1
    """
    measured, predicted, hours = (
        np.atleast_1d(as_floats(v)) for v in (measured_l_per_h, predicted_l_per_h, duration_h)
    )
    used = np.broadcast_to(hours >= SHORTEST_TEST_H, measured.shape) & (predicted > 0.0)
    count = float(used.sum())
    if count == 0.0:
        return np.asarray(1.0)
    observed = measured[used].sum() / predicted[used].sum()
    return np.asarray((count * observed + PRIOR_TESTS) / (count + PRIOR_TESTS))
