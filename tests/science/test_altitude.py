"""Thin air, against the table of running.md section 2."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.altitude import (
    aerobic_power_fraction,
    altitude_pace_factor,
    standard_pressure,
    wehrlin_power_fraction,
)

TABLE = [
    (1000, 674.11, 0.9559, 0.9688, 0.9468, 1.0193, 1.0337),
    (1600, 626.48, 0.9181, 0.9399, 0.9056, 1.0383, 1.0626),
    (2500, 560.16, 0.8614, 0.8815, 0.8367, 1.0807, 1.1171),
    (3100, 519.20, 0.8236, 0.8325, 0.7894, 1.1207, 1.1600),
    (3800, 474.52, 0.7795, 0.7651, 0.7365, 1.1842, 1.2146),
]
ALWAYS_D = 1000.0


@pytest.mark.parametrize(
    ("height", "mmhg", "wehrlin", "acclimatised", "fresh", "pace_acclimatised", "pace_fresh"), TABLE
)
def test_altitude_table(
    height: int,
    mmhg: float,
    wehrlin: float,
    acclimatised: float,
    fresh: float,
    pace_acclimatised: float,
    pace_fresh: float,
) -> None:
    assert float(standard_pressure(height)) * 760.0 / 101325.0 == pytest.approx(mmhg, abs=6e-3)
    assert float(wehrlin_power_fraction(height)) == pytest.approx(wehrlin, abs=5.1e-5)
    assert float(aerobic_power_fraction(height, ALWAYS_D)) == pytest.approx(acclimatised, abs=5.1e-5)
    assert float(aerobic_power_fraction(height)) == pytest.approx(fresh, abs=5.1e-5)
    assert float(altitude_pace_factor(height, 0.0, ALWAYS_D)) == pytest.approx(pace_acclimatised, abs=5.1e-5)
    assert float(altitude_pace_factor(height)) == pytest.approx(pace_fresh, abs=5.1e-5)


def test_two_weeks_of_acclimatisation() -> None:
    assert float(aerobic_power_fraction(2500.0, 14.0)) == pytest.approx(0.8754, abs=5e-5)


def test_nothing_is_lost_below_home() -> None:
    np.testing.assert_array_equal(altitude_pace_factor([-400.0, 0.0, 1500.0, 2000.0], 2000.0, 5.0), 1.0)


@given(st.floats(-400.0, 5000.0), st.floats(0.0, 1500.0), st.floats(0.0, 3000.0), st.floats(0.0, 30.0))
def test_higher_is_never_faster(height: float, more: float, home: float, days: float) -> None:
    assert (
        float(altitude_pace_factor(height + more, home, days))
        >= float(altitude_pace_factor(height, home, days)) - 1e-12
    )


@given(st.floats(0.0, 4300.0), st.floats(0.0, 3000.0), st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_more_acclimatised_is_never_slower(height: float, home: float, days: float, more: float) -> None:
    later = float(altitude_pace_factor(height, home, days + more))
    assert later <= float(altitude_pace_factor(height, home, days)) + 1e-12
