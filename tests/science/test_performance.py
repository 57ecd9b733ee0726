"""Race times from race times, with the worked values of running.md sections 5 and 8."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.performance import (
    cameron_time,
    combine_times,
    riegel_time,
    ultra_time,
    vickers_marathon_time,
    vickers_two_race_marathon_time,
)

MARATHON_M = 42_195.0
HALF_M = 21_097.5
MILE_M = 1609.344


def test_riegel_1981() -> None:
    assert float(riegel_time(HALF_M, 10_000.0, 2400.0)) == pytest.approx(5295.37, abs=5e-3)
    assert float(riegel_time(MARATHON_M, 10_000.0, 2400.0)) == pytest.approx(11040.48, abs=5e-3)
    assert float(riegel_time(MARATHON_M, HALF_M, 5400.0)) == pytest.approx(11258.63, abs=5e-3)


@pytest.mark.parametrize(("shift", "hours"), [(0.0, 8.0923), (0.05, 8.4491), (-0.09, 7.4876)])
def test_marathon_of_three_hours_to_100_km(shift: float, hours: float) -> None:
    assert float(ultra_time(100_000.0, MARATHON_M, 10_800.0, shift)) / 3600.0 == pytest.approx(hours, abs=5e-5)


def test_the_exponents_of_each_stretch_from_the_marathon() -> None:
    for distance, exponent in ((50_000.0, 1.10), (100_000.0, 1.15), (160_934.0, 1.18)):
        ratio = float(ultra_time(distance, MARATHON_M, 10_800.0)) / 10_800.0
        assert np.log(ratio) / np.log(distance / MARATHON_M) == pytest.approx(exponent)


def test_100_km_to_100_miles_slows_like_the_records_of_one_runner() -> None:
    """Sorokin 1.214, and 1.178 from 12 h to 24 h (recalled); the road to 100 miles is 1.18-1.21."""
    ratio = float(ultra_time(160_934.0, 100_000.0, 1.0))
    assert 1.178 <= np.log(ratio) / np.log(1.60934) <= 1.25


def test_below_the_marathon_it_is_riegel() -> None:
    assert float(ultra_time(HALF_M, 10_000.0, 2400.0)) == pytest.approx(float(riegel_time(HALF_M, 10_000.0, 2400.0)))


@given(st.floats(1e3, 4e5), st.floats(1e3, 4e5), st.floats(1e3, 4e5))
def test_equivalents_chain(first: float, second: float, third: float) -> None:
    direct = float(ultra_time(third, first, 3600.0))
    assert float(ultra_time(third, second, ultra_time(second, first, 3600.0))) == pytest.approx(direct)


def test_vickers_and_vertosick_2016() -> None:
    assert vickers_marathon_time(HALF_M, 5400.0, 40 * MILE_M) == pytest.approx(12024.26, abs=5e-3)
    assert vickers_marathon_time(HALF_M, 5400.0, 20 * MILE_M) == pytest.approx(12481.22, abs=5e-3)
    two = vickers_two_race_marathon_time(10_000.0, 2400.0, HALF_M, 5400.0, 40 * MILE_M)
    assert two == pytest.approx(11869.10, abs=5e-3)


def test_cameron() -> None:
    assert float(cameron_time(MARATHON_M, 10_000.0, 2400.0)) == pytest.approx(11244.5, abs=0.05)


def test_a_fresh_and_near_result_weighs_most() -> None:
    time, _ = combine_times([36_000.0, 40_000.0], [0.08, 0.08], [0.0, 360.0], [1.0, 1.0])
    assert time < np.sqrt(36_000.0 * 40_000.0)
    time, _ = combine_times([36_000.0, 40_000.0], [0.08, 0.08], [0.0, 0.0], [0.01, 1.0])
    assert time > np.sqrt(36_000.0 * 40_000.0)


def test_predictions_that_disagree_widen_the_band() -> None:
    _, agreeing = combine_times([36_000.0, 36_000.0], [0.08, 0.08], [0.0, 0.0], [1.0, 1.0])
    _, apart = combine_times([30_000.0, 42_000.0], [0.08, 0.08], [0.0, 0.0], [1.0, 1.0])
    assert agreeing == pytest.approx(0.08)
    assert apart > 0.15


def test_beyond_100_miles_the_last_slope_of_the_table_holds() -> None:
    at = [float(ultra_time(d, MARATHON_M, 12_000.0)) for d in (100_000.0, 160_934.0, 300_000.0)]
    last = np.log(at[1] / at[0]) / np.log(1.60934)
    assert at[2] == pytest.approx(at[1] * (300_000.0 / 160_934.0) ** last)
    assert 1.18 < last < 1.3


def test_of_two_results_the_fresh_one_and_the_nearer_one_weigh_more() -> None:
    def lean(age_d: tuple[float, float], ratio: tuple[float, float]) -> float:
        time_s, _ = combine_times([36_000.0, 40_000.0], [0.08, 0.08], age_d, ratio)
        return float(np.log(time_s / 36_000.0) / np.log(40_000.0 / 36_000.0))

    assert lean((0.0, 0.0), (1.0, 1.0)) == pytest.approx(0.5)
    # 180 days take the weight down to 1/e: 1 / (1 + 1/e) of the fresh one
    assert lean((0.0, 180.0), (1.0, 1.0)) == pytest.approx(1.0 / (1.0 + np.e))
    # four times the distance: variance 0.08^2 against 0.08^2 + (0.02 ln 4)^2
    far = 0.0064 + (0.02 * np.log(4.0)) ** 2
    assert lean((0.0, 0.0), (1.0, 4.0)) == pytest.approx((1.0 / far) / (1.0 / far + 1.0 / 0.0064))
