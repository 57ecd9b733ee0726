"""What a slope costs a runner: the pace factor real runners show, and the metabolic cost measured on treadmills.

Pace factors apply to horizontal distance (maps, GPS); metabolic costs apply to distance along the slope.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.science.pchip import find_monotone_slopes

RUN_COST_COEFFICIENTS = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
"""Minetti 2002, running, highest power first [J/kg/m]; measured (published fit)."""
WALK_COST_COEFFICIENTS = (280.5, -58.7, -76.8, 51.9, 19.6, 2.5)
"""Minetti 2002, walking at the cheapest speed of each slope, highest power first [J/kg/m]; measured (published fit)."""
STEEPEST_MEASURED = 0.45
"""Grade where both Minetti's and Strava's data end [1]; measured."""

PACE_FACTOR_GRADES = (
    *(-0.45, -0.30, -0.25, -0.20, -0.15, -0.10, -0.08, -0.06, -0.04, -0.02, 0.0),
    *(0.02, 0.04, 0.06, 0.08, 0.10, 0.15, 0.20, 0.25, 0.30, 0.45),
)
"""Grades of the table below [1]."""
PACE_FACTORS = (
    *(2.096, 1.495, 1.273, 1.081, 0.941, 0.876, 0.876, 0.891, 0.918, 0.960, 1.0),
    *(1.055, 1.135, 1.228, 1.337, 1.459, 1.846, 2.297, 2.727, 3.158, 4.286),
)
"""Pace over level pace at equal heart rate, 240,000 runners (Strava 2017) [1]; measured, read off by synthetic runs."""


def _fit_cubics(x: FloatArray, y: FloatArray) -> FloatArray:
    """Coefficients, highest power first, of the shape-preserving cubics through ``x``, ``y``."""
    width = np.diff(x)
    slope = np.diff(y) / width
    tangent = find_monotone_slopes(x, y)
    bend = (tangent[:-1] + tangent[1:] - 2.0 * slope) / width
    return np.stack([bend / width, (slope - tangent[:-1]) / width - bend, tangent[:-1], y[:-1]])


_KNOTS = np.array(PACE_FACTOR_GRADES)
_CUBICS = _fit_cubics(_KNOTS, np.array(PACE_FACTORS))


def _steepness(grade: FloatArray) -> FloatArray:
    """Climb per metre along the slope, sin(atan(grade)), without its sign."""
    return np.asarray(np.abs(grade) / np.sqrt(1.0 + grade * grade))


_STEEPEST_SINE = float(_steepness(np.array(STEEPEST_MEASURED)))


def pace_factor(grade: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "1"]:
    """Pace on a slope over pace on the level, at the effort runners choose.

    Parameters
    ----------
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Seconds per horizontal metre relative to level ground [1]

    Notes
    -----
    Shape-preserving cubic (PCHIP) through the 21-point table of Strava's 2017 grade-adjusted pace, which holds for
    grades of -45 to 45 %. Beyond, the value at 45 % grows with sin(atan |grade|), as at a constant vertical cost.

    References
    ----------
    Strava Engineering 2017, "An improved GAP model". Beyond 45 %: Giovanelli et al. 2016,
    doi:10.1152/japplphysiol.00546.2015.

    Examples
    --------
    >>> round(float(pace_factor(0.125)), 4)
    1.6424
    """
    slope = as_floats(grade)
    inside = np.clip(slope, -STEEPEST_MEASURED, STEEPEST_MEASURED)
    interval = np.searchsorted(_KNOTS[1:-1], inside, side="right")
    cubic, square, linear, constant = _CUBICS[:, interval]
    along = inside - _KNOTS[interval]
    factor = ((cubic * along + square) * along + linear) * along + constant
    beyond = np.abs(slope) > STEEPEST_MEASURED
    if np.any(beyond):
        factor = np.where(beyond, factor * _steepness(slope) / _STEEPEST_SINE, factor)
    return np.asarray(factor)


def _cost_with_constant_vertical_end(coefficients: tuple[float, ...], grade: ArrayLike) -> FloatArray:
    slope = as_floats(grade)
    cost = np.polyval(np.array(coefficients), np.clip(slope, -STEEPEST_MEASURED, STEEPEST_MEASURED))
    return np.asarray(cost * np.maximum(1.0, _steepness(slope) / _STEEPEST_SINE))


def running_cost(grade: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "J/kg/m"]:
    """Metabolic cost of running, above standing, per metre along the slope.

    Parameters
    ----------
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Net cost of running [J/kg/m]

    Notes
    -----
    Fifth-order polynomial, measured from -45 to 45 %; beyond, the cost per vertical metre is held (47.3 J/kg up,
    9.8 down). Do not turn it into downhill speed: field data are 40 % slower at -15 %.

    References
    ----------
    Minetti et al. 2002, doi:10.1152/japplphysiol.01177.2001.

    Examples
    --------
    >>> round(float(running_cost(0.1)), 4)
    5.9682
    """
    return _cost_with_constant_vertical_end(RUN_COST_COEFFICIENTS, grade)


def walking_cost(grade: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "J/kg/m"]:
    """Metabolic cost of walking at each slope's cheapest speed, above standing, per metre along the slope.

    Parameters
    ----------
    grade : ArrayLike
        Rise over horizontal run [1]

    Returns
    -------
    FloatArray
        Net cost of walking [J/kg/m]

    Notes
    -----
    Holds at about 1 m/s only, and is poor near the level (2.5 against a measured 1.64); meant for steep hiking. Beyond
    45 % the cost per vertical metre is held (42.9 J/kg up, 8.8 down).

    References
    ----------
    Minetti et al. 2002, doi:10.1152/japplphysiol.01177.2001.

    Examples
    --------
    >>> round(float(walking_cost(0.3)), 4)
    11.1835
    """
    return _cost_with_constant_vertical_end(WALK_COST_COEFFICIENTS, grade)


UPHILL_RAMP = 0.12
"""Grade at which an own uphill effort counts in full; eased in below, so that steeper is never faster [1]; a choice."""
DOWNHILL_SPREAD = 0.25
"""What a downhill skill of 1 changes of a descent's gain or cost (Bjorklund 2019: CV above 25 %) [1]; a choice."""
DESCENT_SKILL_COST = 0.10
"""What descents of 10 % and more cost the cautious above ``pace_factor``, and save the skilled [1]; a choice. For the
typical racer races disagree: the two known by their tracks want 12 % less than ``pace_factor`` (Western States, UTMB),
Transgrancanaria and the roads want more; nothing is added."""
DESCENT_RAMP = 0.10
"""Descent at which that counts in full [1]; a choice."""


def personal_pace_factor(
    grade: Annotated[ArrayLike, "1"],
    uphill_effort: Annotated[float, "1"] = 1.0,
    downhill_skill: Annotated[float, "1"] = 0.0,
) -> Annotated[FloatArray, "1"]:
    """Pace factor of a slope for one runner's way of taking climbs and descents.

    Parameters
    ----------
    grade : ArrayLike
        Rise over horizontal run [1]
    uphill_effort : float
        Effort on climbs relative to the typical runner's, 0.8 to 1.25 [1]
    downhill_skill : float
        -1 cautious, 0 typical, 1 skilled [1]

    Returns
    -------
    FloatArray
        Seconds per horizontal metre relative to level ground [1]

    Notes
    -----
    ``pace_factor`` divided by the uphill effort on climbs; on descents its distance from 1 is scaled by 25 % of the
    skill (more gain where descents gain, less braking where they brake), and up to 10 % is added for the cautious and
    taken off for the skilled. The typical runner already works 12 % harder uphill than on the level (Townshend 2010),
    and that is inside ``pace_factor``.

    References
    ----------
    Townshend et al. 2010, doi:10.1249/mss.0b013e3181af21e2; Bjorklund et al. 2019, doi:10.3389/fphys.2019.00506.

    Examples
    --------
    >>> round(float(personal_pace_factor(-0.08, downhill_skill=1.0)), 3), round(float(personal_pace_factor(-0.08)), 3)
    (0.777, 0.876)
    """
    slope = as_floats(grade)
    factor = pace_factor(slope)
    if uphill_effort != 1.0:
        factor = factor / (1.0 + (uphill_effort - 1.0) * np.clip(slope / UPHILL_RAMP, 0.0, 1.0))
    if downhill_skill != 0.0:
        sway = DOWNHILL_SPREAD * downhill_skill * np.sign(1.0 - factor)
        factor = np.where(slope < 0.0, 1.0 + (factor - 1.0) * (1.0 + sway), factor)
    return np.asarray(factor * (1.0 - DESCENT_SKILL_COST * downhill_skill * np.clip(-slope / DESCENT_RAMP, 0.0, 1.0)))
