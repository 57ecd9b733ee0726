"""What the gut can take up: two transporters, and what still sits in it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

GLUCOSE_LIMIT_G_PER_H = 60.0
"""Transporter SGLT1 (Jeukendrup 2014); measured (source)."""
FRUCTOSE_LIMIT_G_PER_H = 36.0
"""Transporter GLUT5, 30-36; recalled, 30 is the careful value."""
GUT_TRAINED_FACTOR = 1.25
"""Highest multiplier for a trained gut; a choice."""
LIQUID_RATE_PER_H = 2.5
SOLID_RATE_PER_H = 1.5
"""First-order uptake of what is in the gut, liquids and gels, and solids; a choice."""
FULL_GUT_G = 60.0
"""Warn above this much carbohydrate in the gut; a choice."""


def limit_mixture_uptake(
    glucose_share: Annotated[ArrayLike, "1"],
    fructose_limit_g_per_h: Annotated[ArrayLike, "g/h"] = FRUCTOSE_LIMIT_G_PER_H,
    gut_factor: Annotated[ArrayLike, "1"] = 1.0,
) -> Annotated[FloatArray, "g/h"]:
    """Most carbohydrate of one glucose to fructose mixture that can be absorbed.

    Parameters
    ----------
    glucose_share : array_like
        Share of the carbohydrate that is glucose (sucrose is half) [1].
    fructose_limit_g_per_h : array_like
        Fructose transport, 30 careful, 36 usual [g/h].
    gut_factor : array_like
        Multiplier of both limits for a trained gut, 1 to 1.25 [1].

    Returns
    -------
    ndarray
        Most that can be absorbed [g/h].

    Notes
    -----
    min(60 / p, F / (1 - p)) times the gut factor.

    References
    ----------
    Jeukendrup 2014, Sports Med 44(S1):S25-S33, doi:10.1007/s40279-014-0148-z.

    Examples
    --------
    >>> round(float(limit_mixture_uptake(2 / 3)), 1)
    90.0
    """
    share, fructose = (as_floats(v) for v in (glucose_share, fructose_limit_g_per_h))
    # a sugar that is absent puts no limit: its share is lifted to a value that can never bind
    by_glucose = GLUCOSE_LIMIT_G_PER_H / np.maximum(share, 1e-9)
    by_fructose = fructose / np.maximum(1.0 - share, 1e-9)
    return np.minimum(by_glucose, by_fructose) * as_floats(gut_factor)


def absorb_doses(
    liquid_g: Annotated[ArrayLike, "g"],
    solid_g: Annotated[ArrayLike, "g"],
    step_h: Annotated[float, "h"],
    limit_g_per_h: Annotated[float, "g/h"],
) -> Annotated[FloatArray, "g"]:
    """Uptake of one sugar from the gut in each time step.

    What is eaten less what is absorbed, both summed, is what the gut still holds.

    Parameters
    ----------
    liquid_g : array_like
        Sugar swallowed as liquid or gel at the start of each step [g].
    solid_g : array_like
        Sugar swallowed as solid food at the start of each step [g].
    step_h : float
        Length of a step [h].
    limit_g_per_h : float
        What the transporter of this sugar takes [g/h].

    Returns
    -------
    ndarray
        Absorbed in each step [g].

    Notes
    -----
    Each pool offers G (1 - exp(-k step)), k 2.5 /h for liquids and 1.5 /h for solids; both together are held to the
    transporter's limit, each giving way in proportion. A choice of ours; steps up to 10 minutes.

    References
    ----------
    Jeukendrup 2014, Sports Med 44(S1):S25-S33, doi:10.1007/s40279-014-0148-z (transporters only).

    Examples
    --------
    >>> doses = [20.0, 0.0, 0.0, 0.0] * 9
    >>> round(float(absorb_doses(doses, [0.0] * 36, 1 / 12, 60.0).sum()), 1)
    160.2
    """
    liquid, solid = np.broadcast_arrays(as_floats(liquid_g), as_floats(solid_g))
    liquid_share = -np.expm1(-LIQUID_RATE_PER_H * step_h)
    solid_share = -np.expm1(-SOLID_RATE_PER_H * step_h)
    most = float(limit_g_per_h * step_h)
    held_liquid = held_solid = 0.0
    absorbed = np.empty(len(liquid))
    # plain floats: the recursion cannot be vectorised, and numpy scalars would make it ten times slower
    for i, (eaten_liquid, eaten_solid) in enumerate(zip(liquid.tolist(), solid.tolist(), strict=True)):
        held_liquid += eaten_liquid
        held_solid += eaten_solid
        from_liquid, from_solid = held_liquid * liquid_share, held_solid * solid_share
        offered = from_liquid + from_solid
        keep = most / offered if offered > most else 1.0
        held_liquid -= from_liquid * keep
        held_solid -= from_solid * keep
        absorbed[i] = offered * keep
    return absorbed
