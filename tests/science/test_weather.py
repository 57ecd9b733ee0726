"""Published values of air and moisture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.weather import (
    estimate_air_temperature,
    estimate_saturation_pressure,
    estimate_wet_bulb,
    move_temperature,
)


@pytest.mark.parametrize(
    ("temperature_c", "humidity", "expected_c"),
    [(20.0, 0.5, 13.699), (30.0, 0.5, 22.297), (35.0, 0.4, 24.514), (10.0, 0.8, 7.929)],
)
def test_wet_bulb_of_stull_2011(temperature_c: float, humidity: float, expected_c: float) -> None:
    assert float(estimate_wet_bulb(temperature_c, humidity)) == pytest.approx(expected_c, abs=5e-4)


@pytest.mark.parametrize(
    ("hour_h", "expected_c"),
    [(6, 10.452), (9, 17.993), (12, 23.326), (14, 24.888), (15, 24.977), (20, 18.830), (22, 15.687), (0, 13.662),
     (3, 11.893)],
)  # fmt: skip
def test_daily_temperature_of_parton_and_logan_1981(hour_h: float, expected_c: float) -> None:
    assert float(estimate_air_temperature(hour_h, 6.0, 20.0, 10.0, 25.0, as_published=True)) == pytest.approx(
        expected_c, abs=5e-4
    )


def test_published_curve_steps_at_dawn_and_ours_does_not() -> None:
    dawn = 6.0 - 0.17
    before, after = (
        float(estimate_air_temperature(dawn + step, 6.0, 20.0, 10.0, 25.0, as_published=True)) for step in (-1e-9, 1e-9)
    )
    assert before == pytest.approx(11.0, abs=0.05)
    assert after == pytest.approx(10.0, abs=1e-6)
    hours = np.linspace(0.0, 48.0, 4801)
    curve = estimate_air_temperature(hours, 6.0, 20.0, 10.0, 25.0)
    assert np.max(np.abs(np.diff(curve))) < 0.05
    assert curve.min() == pytest.approx(10.0, abs=0.01)
    assert curve.max() == pytest.approx(25.0, abs=0.01)


@given(st.floats(0.0, 24.0), st.floats(3.0, 9.0), st.floats(3.0, 21.0), st.floats(-20.0, 30.0), st.floats(0.0, 25.0))
def test_temperature_stays_between_low_and_high(hour: float, rise: float, day: float, low: float, swing: float) -> None:
    value = float(estimate_air_temperature(hour, rise, rise + day, low, low + swing))
    assert low - 1e-9 <= value <= low + swing + 1e-9


@given(st.floats(0.0, 24.0), st.floats(-10.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 5.0))
def test_a_hotter_day_is_never_colder_at_any_hour(hour: float, low: float, swing: float, more: float) -> None:
    cool = float(estimate_air_temperature(hour, 6.0, 20.0, low, low + swing))
    assert float(estimate_air_temperature(hour, 6.0, 20.0, low, low + swing + more)) >= cool - 1e-9


def test_air_cools_6_5_degrees_a_kilometre() -> None:
    assert move_temperature(20.0, [1000.0, -500.0]) == pytest.approx([13.5, 23.25])


def test_saturation_pressure_at_freezing() -> None:
    assert float(estimate_saturation_pressure(0.0)) == pytest.approx(6.105)
