from __future__ import annotations

import numpy as np
import pytest

from pacecalc.science.roots import find_increasing_zeros


def test_newton_is_caught_where_it_would_leave_the_bracket():
    """Newton alone diverges on the arc tangent from 3."""
    found = find_increasing_zeros(
        lambda x: (np.arctan(x), 1.0 / (1.0 + x**2)), np.full(3, -9.0), np.full(3, 40.0), np.array([3.0, -8.0, 40.0])
    )
    assert found == pytest.approx(np.zeros(3), abs=1e-9)


def test_a_flat_start_is_halved_away():
    found = find_increasing_zeros(
        lambda x: (np.maximum(x - 1.0, 0.0) ** 3 - 1.0, 3.0 * np.maximum(x - 1.0, 0.0) ** 2),
        np.zeros(1),
        np.full(1, 8.0),
        np.zeros(1),
    )
    assert found == pytest.approx([2.0])
