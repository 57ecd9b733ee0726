"""Trail race scores and effort distances as the trail running world counts them."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

EFFORT_M_PER_M_CLIMB = 10.0
"""Level metres one metre of climb counts for (ITRA km-effort) [1]; measured (definition)."""
SCARF_M_PER_M_CLIMB = 8.0
"""The same by Scarf 2007 [1]; recalled."""


def effort_distance(
    distance_m: Annotated[ArrayLike, "m"],
    ascent_m: Annotated[ArrayLike, "m"],
    climb_weight: Annotated[float, "1"] = EFFORT_M_PER_M_CLIMB,
) -> Annotated[FloatArray, "m"]:
    """Level distance that counts as much as a distance with its climb.

    Parameters
    ----------
    distance_m : ArrayLike
        Horizontal distance [m]
    ascent_m : ArrayLike
        Total climb [m]
    climb_weight : float
        Level metres per metre of climb: 10 (ITRA km-effort) or 8 (Scarf) [1]

    Returns
    -------
    FloatArray
        Effort distance [m]

    Notes
    -----
    ITRA: km-effort = km + climb in metres / 100.

    References
    ----------
    International Trail Running Association; Scarf 2007, J Sports Sci 25:719.

    Examples
    --------
    >>> float(effort_distance(171000.0, 10000.0)) / 1000.0
    271.0
    """
    return np.asarray(as_floats(distance_m) + climb_weight * np.asarray(ascent_m))


def course_constant(time_s: Annotated[ArrayLike, "s"], score: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "s"]:
    """Time times score of any finisher, a constant of the course and edition.

    Parameters
    ----------
    time_s : ArrayLike
        Finish time of that finisher [s]
    score : ArrayLike
        UTMB or ITRA race score of that finisher, 0 to 1000 [1]

    Returns
    -------
    FloatArray
        Course constant K [s]

    Notes
    -----
    Scores are inversely proportional to time: in published results the product is constant to 0.1 or 0.2 %.

    References
    ----------
    Derived by us from public 2024 results (8,041 results in 43 races).

    Examples
    --------
    >>> float(course_constant(20 * 3600.0, 900.0)) / 3600.0
    18000.0
    """
    return np.asarray(as_floats(time_s) * np.asarray(score))


def index_time(constant_s: Annotated[ArrayLike, "s"], index: Annotated[ArrayLike, "1"]) -> Annotated[FloatArray, "s"]:
    """Finish time of a runner's index on a course.

    Parameters
    ----------
    constant_s : ArrayLike
        Course constant K: time times score of any finisher [s]
    index : ArrayLike
        The runner's performance index, 0 to 1000 [1]

    Returns
    -------
    FloatArray
        Finish time [s]

    Notes
    -----
    T = K / index; single results scatter by 8 to 10 %.

    References
    ----------
    Derived by us from public 2024 results (8,041 results in 43 races).

    Examples
    --------
    >>> float(index_time(18000.0 * 3600.0, 600.0)) / 3600.0
    30.0
    """
    return np.asarray(as_floats(constant_s) / np.asarray(index))
