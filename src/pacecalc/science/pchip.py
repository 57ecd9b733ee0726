"""Slopes of a curve through points that never overshoots them."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from pacecalc.arrays import FloatArray


def find_monotone_slopes(x: Annotated[FloatArray, "1"], y: Annotated[FloatArray, "1"]) -> Annotated[FloatArray, "1"]:
    """Slope at every point of the shape-preserving cubic through two or more points.

    Parameters
    ----------
    x : ndarray
        Places, strictly increasing [1]
    y : ndarray
        Values there [1]

    Returns
    -------
    ndarray
        Derivative at each place [1]

    Notes
    -----
    Weighted harmonic mean of the neighbouring slopes, zero at a high or a low; at the ends the one-sided three-point
    slope, held so that the first and last pieces stay monotone. Two points make a straight line.

    References
    ----------
    Fritsch, Butland (1984), SIAM J. Sci. Stat. Comput. 5, 300-304, doi:10.1137/0905021.

    Examples
    --------
    >>> find_monotone_slopes(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 1.0])).tolist()
    [1.5, 0.0, 0.0]
    """
    width = np.diff(x)
    chord = np.diff(y) / width
    if len(width) == 1:
        return np.full(2, chord[0])
    slopes = np.zeros(len(x))
    before, after = chord[:-1], chord[1:]
    same_way = before * after > 0.0
    weight_before, weight_after = 2.0 * width[1:] + width[:-1], width[1:] + 2.0 * width[:-1]
    harmonic = weight_before / np.where(same_way, before, 1.0) + weight_after / np.where(same_way, after, 1.0)
    slopes[1:-1] = np.where(same_way, (weight_before + weight_after) / np.where(same_way, harmonic, 1.0), 0.0)
    slopes[0] = _end_slope(width[0], width[1], chord[0], chord[1])
    slopes[-1] = _end_slope(width[-1], width[-2], chord[-1], chord[-2])
    return slopes


def _end_slope(near: float, far: float, chord_near: float, chord_far: float) -> float:
    slope = ((2.0 * near + far) * chord_near - near * chord_far) / (near + far)
    if slope * chord_near <= 0.0:
        return 0.0
    if chord_near * chord_far <= 0.0 and abs(slope) > 3.0 * abs(chord_near):
        return 3.0 * chord_near
    return float(slope)
