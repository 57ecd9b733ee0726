"""The simple forms of WBGT, and where each of them holds."""

from __future__ import annotations

import pytest

from pacecalc.science.liljegren import estimate_outdoor_heat
from pacecalc.science.wbgt import estimate_simple_wbgt


@pytest.mark.parametrize(
    ("temperature_c", "humidity", "expected_c"),
    [(20, 0.5, 19.863), (30, 0.5, 29.259), (35, 0.4, 32.591), (10, 0.6, 12.501), (25, 0.5, 24.321)],
)
def test_simple_wbgt_of_the_bureau_of_meteorology(temperature_c: float, humidity: float, expected_c: float) -> None:
    assert float(estimate_simple_wbgt(temperature_c, humidity, 1.0)) == pytest.approx(expected_c, abs=5e-4)


def test_the_simple_form_overstates_the_night_and_the_shade_form_does_not() -> None:
    night = float(estimate_outdoor_heat(15.0, 0.8, 1013.25, 2.0, 0.0, 0.0, 0.01).wbgt_c)
    assert float(estimate_simple_wbgt(15.0, 0.8, 1.0)) - night == pytest.approx(4.5, abs=0.1)
    assert float(estimate_simple_wbgt(15.0, 0.8, 0.0)) == pytest.approx(night, abs=0.4)
