"""How much to drink: never more than is lost, never so little that too much mass goes."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

FLUID_LIMIT_L_PER_H = 1.0
PRACTISED_LIMIT_L_PER_H = 1.2
"""Most fluid an hour, and with practice; hard. A choice below what a full stomach empties (Noakes 1991)."""
SHORT_LOSS_LIMIT = 0.02
LONG_LOSS_LIMIT = 0.03
SHORT_RACE_H = 6.0
"""Body-mass loss accepted: 2 % up to 6 h (ACSM 2007, measured (source)), 3 % beyond (a choice)."""
ROLLING_WINDOW_H = 2.0
"""Fluid must not exceed losses over any stretch this long; a choice."""
DRINK_CONCENTRATION_LIMIT = 0.08
"""Carbohydrate in a drink, g per mL, unless the gut is trained or the drink forms a gel; a choice (Bartoli 1995)."""
SIPPED_SHARE_SHORT = 0.40
SIPPED_SHARE_LONG = 0.80
SIPPED_SHORT_H = 1.5
"""Share of losses planned to be drunk, by duration from 1.5 h to 6 h; a choice near thirst (Nolte 2010: 61 %)."""


def limit_loss_fraction(duration_h: Annotated[ArrayLike, "h"]) -> Annotated[FloatArray, "1"]:
    """Largest loss of body mass to plan for.

    Parameters
    ----------
    duration_h : array_like
        Duration of the race [h].

    Returns
    -------
    ndarray
        Share of the body mass [1].

    Notes
    -----
    2 % up to 6 h, 3 % beyond (a choice; in ultras 1-3 % go without any lack of water).

    References
    ----------
    Sawka et al. 2007, Med Sci Sports Exerc 39:377-390, doi:10.1249/mss.0b013e31802ca597.

    Examples
    --------
    >>> float(limit_loss_fraction(30.0))
    0.03
    """
    return np.where(as_floats(duration_h) <= SHORT_RACE_H, SHORT_LOSS_LIMIT, LONG_LOSS_LIMIT)


def estimate_least_drunk_share(
    sweat_l_per_h: Annotated[ArrayLike, "L/h"],
    duration_h: Annotated[ArrayLike, "h"],
    mass_kg: Annotated[ArrayLike, "kg"],
    loss_limit: Annotated[ArrayLike, "1"],
) -> Annotated[FloatArray, "1"]:
    """Least share of the sweat to replace so that body mass stays inside its limit.

    Parameters
    ----------
    sweat_l_per_h : array_like
        Sweat rate, mean of the race [L/h].
    duration_h : array_like
        Duration of the race [h].
    mass_kg : array_like
        Body mass [kg].
    loss_limit : array_like
        Largest share of body mass to lose [1].

    Returns
    -------
    ndarray
        Share of the sweat, 0 to 1 [1].

    Notes
    -----
    1 - limit m / (SR T), at least 0.

    References
    ----------
    Sawka et al. 2007, Med Sci Sports Exerc 39:377-390, doi:10.1249/mss.0b013e31802ca597.

    Examples
    --------
    >>> round(float(estimate_least_drunk_share(1.04, 10.0, 70.0, 0.03)), 3)
    0.798
    """
    lost = as_floats(sweat_l_per_h) * as_floats(duration_h)
    spare = as_floats(loss_limit) * as_floats(mass_kg)
    return np.where(lost > spare, 1.0 - spare / np.maximum(lost, 1e-9), 0.0)


def limit_fluid_rate(
    loss_l_per_h: Annotated[ArrayLike, "L/h"],
    fluid_limit_l_per_h: Annotated[ArrayLike, "L/h"] = FLUID_LIMIT_L_PER_H,
) -> Annotated[FloatArray, "L/h"]:
    """Most fluid that may be planned, a hard bound.

    Parameters
    ----------
    loss_l_per_h : array_like
        Sweat and breath together [L/h].
    fluid_limit_l_per_h : array_like
        What the athlete can drink, 1.0, with practice up to 1.2 [L/h].

    Returns
    -------
    ndarray
        Most fluid [L/h].

    Notes
    -----
    The smaller of the two, and never above 1.2 L/h: more than is lost dilutes the blood.

    References
    ----------
    Hew-Butler et al. 2015, Clin J Sport Med 25:303-320, doi:10.1097/JSM.0000000000000221.

    Examples
    --------
    >>> float(limit_fluid_rate(1.3))
    1.0
    """
    most = np.minimum(as_floats(fluid_limit_l_per_h), PRACTISED_LIMIT_L_PER_H)
    return np.minimum(np.maximum(as_floats(loss_l_per_h), 0.0), most)


def choose_drunk_share(duration_h: Annotated[ArrayLike, "h"]) -> Annotated[FloatArray, "1"]:
    """Share of the losses to plan to drink, before the mass limit is looked at.

    Parameters
    ----------
    duration_h : array_like
        Duration of the race [h].

    Returns
    -------
    ndarray
        Share of sweat and breath [1].

    Notes
    -----
    0.40 up to 1.5 h, linear to 0.80 at 6 h. A choice of ours near drinking to thirst.

    References
    ----------
    Nolte, Noakes & van Vuuren 2010, Wilderness Environ Med (61 % of losses drunk at will), recalled.

    Examples
    --------
    >>> float(choose_drunk_share(12.0))
    0.8
    """
    corners = (SIPPED_SHORT_H, SHORT_RACE_H)
    share: FloatArray = np.asarray(np.interp(as_floats(duration_h), corners, (SIPPED_SHARE_SHORT, SIPPED_SHARE_LONG)))
    return share
