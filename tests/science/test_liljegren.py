"""Liljegren's model against the values of the author's reference code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science.liljegren import (
    estimate_outdoor_heat,
    estimate_psychrometric_wet_bulb,
)

# degC, humidity, hPa, m/s, W/m^2, direct share, cos z -> globe, natural and psychrometric wet bulb, WBGT.
REFERENCE = [
    (30.0, 0.50, 1013.25, 2.0, 800.0, 0.70, 0.80, 44.725, 24.182, 21.802, 28.872),
    (20.0, 0.60, 1013.25, 1.5, 600.0, 0.60, 0.70, 33.050, 17.926, 15.030, 21.158),
    (35.0, 0.40, 1013.25, 1.0, 900.0, 0.75, 0.90, 54.582, 27.036, 23.650, 33.342),
    (25.0, 0.50, 1013.25, 3.0, 400.0, 0.40, 0.50, 32.345, 19.211, 17.710, 22.416),
    (30.0, 0.50, 700.00, 2.0, 900.0, 0.75, 0.80, 48.660, 23.498, 21.018, 29.181),
    (15.0, 0.80, 1013.25, 2.0, 0.0, 0.00, 0.01, 13.888, 12.804, 12.946, 13.240),
    (10.0, 0.60, 1013.25, 2.0, 300.0, 0.30, 0.40, 16.377, 8.419, 6.419, 10.169),
]


@pytest.mark.parametrize("row", REFERENCE)
def test_liljegren_2008_within_0_05_degrees_of_the_reference_code(row: tuple[float, ...]) -> None:
    given_, (globe, natural, psychrometric, wbgt) = row[:7], row[7:]
    heat = estimate_outdoor_heat(*given_)
    assert float(heat.globe_c) == pytest.approx(globe, abs=0.05)
    assert float(heat.natural_wet_bulb_c) == pytest.approx(natural, abs=0.05)
    assert float(estimate_psychrometric_wet_bulb(*given_[:4])) == pytest.approx(psychrometric, abs=0.05)
    assert float(heat.wbgt_c) == pytest.approx(wbgt, abs=0.05)


@given(
    st.floats(-15.0, 45.0),
    st.floats(0.05, 1.0),
    st.floats(650.0, 1030.0),
    st.floats(0.0, 15.0),
    st.floats(0.0, 1000.0),
    st.floats(0.0, 0.9),
    st.floats(0.01, 1.0),
    st.floats(0.1, 5.0),
)
def test_hotter_air_and_more_sun_never_feel_cooler(
    temperature_c: float,
    humidity: float,
    pressure: float,
    wind: float,
    sun: float,
    direct: float,
    cosine: float,
    more: float,
) -> None:
    rest = (pressure, wind)
    base = float(estimate_outdoor_heat(temperature_c, humidity, *rest, sun, direct, cosine).wbgt_c)
    assert float(estimate_outdoor_heat(temperature_c + more, humidity, *rest, sun, direct, cosine).wbgt_c) > base
    # Low sun on a globe makes a beam of any strength; compare at the same share.
    assert float(estimate_outdoor_heat(temperature_c, humidity, *rest, sun + 50.0 * more, direct, cosine).wbgt_c) > base


def test_arrays_give_the_same_as_one_at_a_time() -> None:
    columns = np.array(REFERENCE).T
    together = estimate_outdoor_heat(*columns[:7]).wbgt_c
    assert together == pytest.approx(columns[10], abs=0.05)
