"""The shape-preserving slopes, against scipy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from pacecalc.science.pchip import find_monotone_slopes


@pytest.mark.parametrize(
    "values",
    [(0.0, 3.0, 3.1, 0.2), (0.0, 0.1, 3.0, -1.0), (5.0, 1.0, 1.5, 1.5), (1.0, 1.0, 0.0, 9.0), (0.0, 0.1, -5.0, 8.0)],
)
def test_the_slopes_are_scipys_at_the_ends_too(values: tuple[float, ...]) -> None:
    at, y = np.array([0.0, 1.0, 1.5, 4.0]), np.array(values)
    np.testing.assert_allclose(find_monotone_slopes(at, y), PchipInterpolator(at, y).derivative()(at), atol=1e-12)
    np.testing.assert_allclose(find_monotone_slopes(-at[::-1], y[::-1]), -find_monotone_slopes(at, y)[::-1])


def test_two_points_make_a_straight_line() -> None:
    assert find_monotone_slopes(np.array([0.0, 4.0]), np.array([1.0, 3.0])).tolist() == [0.5, 0.5]
