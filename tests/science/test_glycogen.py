"""Stores of muscle and liver: nutrition page section 1.7."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.science import energy, glycogen, substrate


def test_stores_of_a_70_kg_athlete_usual_and_loaded():
    usual = glycogen.estimate_muscle_store(70.0, 0.214) + glycogen.USUAL_LIVER_G
    loaded = glycogen.estimate_muscle_store(70.0, 0.214, glycogen.LOADED_DENSITY_G_PER_KG) + glycogen.LOADED_LIVER_G
    assert usual == pytest.approx(380.1, abs=0.05)
    assert loaded == pytest.approx(599.4, abs=0.05)


def test_without_food_a_hard_marathon_runs_out_and_with_60_g_per_h_it_does_later():
    use = np.full(36, 104.1 / 12)
    fasted = glycogen.empty_stores(use, np.zeros(36), 1 / 12, 287.0, 88.0)
    fed = glycogen.empty_stores(use, np.full(36, 5.0), 1 / 12, 287.0, 88.0)
    assert fasted.muscle_g[-1] < fed.muscle_g[-1]
    longer = np.full(72, 104.1 / 12)
    first = glycogen.empty_stores(longer, np.zeros(72), 1 / 12, 287.0, 88.0)
    second = glycogen.empty_stores(longer, np.full(72, 5.0), 1 / 12, 287.0, 88.0)
    assert 0 < np.argmax(first.shortfall_g > 0) < 72
    assert np.argmax(first.shortfall_g > 0) < np.argmax(np.append(second.shortfall_g, 1.0) > 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 15)), min_size=1, max_size=80),
    st.floats(100, 500),
    st.floats(0, 160),
)
def test_stores_never_go_below_zero_and_every_gram_burned_comes_from_somewhere(steps, muscle, liver):
    use, absorbed = np.array(steps).T
    trace = glycogen.empty_stores(use, absorbed, 1 / 12, muscle, liver)
    assert np.all(trace.muscle_g >= 0.15 * muscle - 1e-9)
    assert np.all(trace.liver_g >= -1e-9)
    assert np.all(trace.shortfall_g >= 0.0)
    eaten = np.minimum(np.minimum(0.9 * absorbed, 1.75 * 60 / 12), use).sum()
    stored = muscle + liver - trace.muscle_g[-1] - trace.liver_g[-1]
    assert use.sum() == pytest.approx(eaten + stored + trace.shortfall_g.sum(), abs=1e-6)


def test_an_empty_muscle_forces_the_intensity_whose_burning_equals_what_is_left():
    x = glycogen.slow_to_available(np.array([20.0, 60.0, 120.0]), 1400.0)
    kcal = energy.convert_power_to_energy_rate(1400.0 * x)
    burned = substrate.estimate_carbohydrate_use(kcal, substrate.estimate_carbohydrate_share(x))
    assert burned == pytest.approx([20.0, 60.0, 120.0], abs=1e-6)
    assert glycogen.slow_to_available(1e4, 1400.0) == pytest.approx(1.0)


def test_what_is_burned_is_taken_from_where_rapoport_says():
    # One hour at 120 g of carbohydrate, 40 g absorbed: 36 g of it burned, the blood wants 6 + 24 - 36 < 0 of the liver.
    fed = glycogen.empty_stores([120.0], [40.0], 1.0, 300.0, 88.0)
    assert (fed.muscle_g[0], fed.liver_g[0], fed.shortfall_g[0]) == pytest.approx((300.0 - 84.0, 88.0, 0.0))
    # Fasted the liver gives 6 + 24 g and the muscle 90.
    fasted = glycogen.empty_stores([120.0], [0.0], 1.0, 300.0, 88.0)
    assert (fasted.muscle_g[0], fasted.liver_g[0], fasted.shortfall_g[0]) == pytest.approx((210.0, 58.0, 0.0))
    # In half an hour 3 + 24 g of liver.
    half = glycogen.empty_stores([120.0], [0.0], 0.5, 300.0, 88.0)
    assert (half.muscle_g[0], half.liver_g[0]) == pytest.approx((300.0 - 93.0, 61.0))


def test_an_empty_muscle_draws_on_the_liver_up_to_its_limit():
    # 85 of 100 g of muscle can be used; of 200 g in an hour the liver gives no more than 60.
    trace = glycogen.empty_stores([200.0], [0.0], 1.0, 100.0, 88.0)
    assert (trace.muscle_g[0], trace.liver_g[0], trace.shortfall_g[0]) == pytest.approx((15.0, 28.0, 55.0))
    nearly_empty = glycogen.empty_stores([200.0], [0.0], 1.0, 100.0, 20.0)
    assert (nearly_empty.liver_g[0], nearly_empty.shortfall_g[0]) == pytest.approx((0.0, 95.0))
