"""What no runner has bettered yet: the bound on any goal."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats

RECORD_DISTANCES_M = (1500.0, 5000.0, 10_000.0, 21_097.5, 42_195.0, 100_000.0, 160_934.4, 319_614.0, 473_495.0)
RECORD_TIMES_S = (206.0, 755.36, 1571.0, 3402.0, 7235.0, 21_935.0, 39_099.0, 86_400.0, 172_800.0)
"""World's best of either sex: 1500 m, 5 km, 10 km, half, marathon 2:00:35, 100 km 6:05:35, 100 miles 10:51:39, 24 h
319.614 km, 48 h 473.495 km; recalled."""


def fastest_possible_s(flat_equivalent_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "s"]:
    """Time of the best runner the world has seen over a flat-equivalent distance.

    Parameters
    ----------
    flat_equivalent_m : ArrayLike
        Flat-equivalent distance [m]

    Returns
    -------
    FloatArray
        Fastest time [s]

    Notes
    -----
    World records, straight between in logarithms of distance and time; the end slopes hold beyond 1500 m and 48 h.

    References
    ----------
    World Athletics and IAU records, recalled.

    Examples
    --------
    >>> round(float(fastest_possible_s(42195.0)))
    7235
    """
    marks, heights = np.log(np.array(RECORD_DISTANCES_M)), np.log(np.array(RECORD_TIMES_S))
    at = np.log(as_floats(flat_equivalent_m))
    first = (heights[1] - heights[0]) / (marks[1] - marks[0])
    last = (heights[-1] - heights[-2]) / (marks[-1] - marks[-2])
    outside = first * np.minimum(0.0, at - marks[0]) + last * np.maximum(0.0, at - marks[-1])
    return np.asarray(np.exp(np.interp(at, marks, heights) + outside))
