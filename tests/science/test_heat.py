"""Slowing in the heat, against the anchors of the literature it was fitted to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.heat import (
    HEAT_FACTOR_LIMIT,
    estimate_heat_factor,
    estimate_heat_retirement,
    estimate_heat_slope,
    estimate_marathon_time,
)


@pytest.mark.parametrize(
    ("hours", "percent_per_degree"), [(130 / 60, 0.19), (2.5, 0.29), (3.0, 0.50), (3.5, 0.80), (4.0, 1.2), (6.0, 1.2)]
)
def test_slope_by_ability(hours: float, percent_per_degree: float) -> None:
    assert 100.0 * float(estimate_heat_slope(hours * 3600.0)) == pytest.approx(percent_per_degree, abs=0.006)


@pytest.mark.parametrize(("hours", "percent"), [(130 / 60, 1.9), (2.5, 2.92), (3.0, 5.04), (4.0, 11.96)])
def test_slowing_at_a_wbgt_of_20(hours: float, percent: float) -> None:
    assert 100.0 * float(estimate_heat_factor(20.0, hours * 3600.0)) - 100.0 == pytest.approx(percent, abs=0.05)


def test_cool_days_cost_nothing_and_the_worst_is_capped() -> None:
    assert float(estimate_heat_factor(10.0, 14400.0)) == 1.0
    assert float(estimate_heat_factor(-5.0, 14400.0)) == 1.0
    assert float(estimate_heat_factor(60.0, 14400.0)) == HEAT_FACTOR_LIMIT == 1.35


def test_acclimatised_runners_lose_seven_tenths() -> None:
    assert float(estimate_heat_factor(20.0, 10800.0, 1.0)) - 1.0 == pytest.approx(
        0.7 * (float(estimate_heat_factor(20.0, 10800.0)) - 1.0)
    )


@given(st.floats(-10.0, 40.0), st.floats(7500.0, 30000.0), st.floats(0.0, 1.0), st.floats(0.0, 10.0))
def test_hotter_never_faster_and_more_acclimatised_never_slower(
    wbgt: float, marathon_s: float, fit: float, more: float
) -> None:
    base = float(estimate_heat_factor(wbgt, marathon_s, fit))
    assert float(estimate_heat_factor(wbgt + more, marathon_s, fit)) >= base
    assert float(estimate_heat_factor(wbgt, marathon_s, min(1.0, fit + more))) <= base


def test_heat_drives_people_out_and_cold_is_not_extrapolated() -> None:
    assert float(estimate_heat_retirement(30.0)) == pytest.approx(1.0)
    assert float(estimate_heat_retirement(38.0)) == pytest.approx(2.006, abs=5e-4)
    assert float(estimate_heat_retirement(5.0)) == float(estimate_heat_retirement(25.0))


def test_marathon_equivalent_of_shorter_and_longer_results() -> None:
    assert float(estimate_marathon_time(10_000.0, 2400.0)) == pytest.approx(11040.48, abs=0.005)
    assert float(estimate_marathon_time(100_000.0, 8.0923 * 3600.0)) == pytest.approx(3 * 3600.0, rel=1e-4)
