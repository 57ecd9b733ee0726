"""Zeros of many increasing functions at once: Newton, kept inside a bracket that halves whenever Newton leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np

from pacecalc.arrays import FloatArray

ITERATIONS_MAX = 80
"""Plain halving needs about 50 from any bracket to double precision; Newton about 8."""
RELATIVE_TOLERANCE = 1e-11


def find_increasing_zeros(
    evaluate: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    lower: Annotated[FloatArray, "1"],
    upper: Annotated[FloatArray, "1"],
    start: Annotated[FloatArray, "1"],
) -> Annotated[FloatArray, "1"]:
    """Zero of each of many increasing functions, one to an element.

    Parameters
    ----------
    evaluate : callable
        Trial points to values and slopes, element by element [1].
    lower : ndarray
        Points at or below the zeros [1].
    upper : ndarray
        Points at or above the zeros [1].
    start : ndarray
        First trial points, inside the bracket [1].

    Returns
    -------
    ndarray
        The zeros, in the unit of the bracket, to 1e-11 of their size [1].

    Notes
    -----
    Newton's step is taken where it stays inside the bracket; elsewhere the bracket is halved. Every step shrinks the
    bracket, so it converges for any continuous increasing function, with Newton's speed once close.

    References
    ----------
    Press et al. (2007), Numerical Recipes, 3rd edition, section 9.4 (rtsafe).

    Examples
    --------
    >>> import numpy as np
    >>> target = np.array([8.0, 27.0])
    >>> cubes = lambda x: (x**3 - target, 3.0 * x**2)
    >>> find_increasing_zeros(cubes, np.zeros(2), np.full(2, 9.0), np.full(2, 9.0)).round(6).tolist()
    [2.0, 3.0]
    """
    low, high, point = np.array(lower), np.array(upper), np.array(start)
    for _ in range(ITERATIONS_MAX):
        value, slope = evaluate(point)
        above = value > 0.0
        np.copyto(high, point, where=above)
        np.copyto(low, point, where=~above)
        step = np.divide(value, slope, out=np.full(np.shape(point), np.inf), where=slope > 0.0)
        trial = point - step
        outside = ~((trial >= low) & (trial <= high))
        if outside.any():
            trial = np.where(outside, 0.5 * (low + high), trial)
        moved = np.abs(trial - point)
        point = trial
        if np.all(moved <= RELATIVE_TOLERANCE * np.abs(point) + 1e-14):
            break
    return point
