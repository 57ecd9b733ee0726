"""Sweat sodium and the plasma balance: nutrition page sections 4.1 and 4.2."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacecalc.science import fluid, sodium, sweat


@pytest.mark.parametrize(("patch", "body"), [(43.6, 35.902), (60.0, 45.25), (90.0, 62.35)])
def test_forearm_patch_to_whole_body_baker_2016(patch, body):
    assert sodium.convert_forearm_sodium(patch) == pytest.approx(body, abs=5e-4)


def test_baker_2019_means_imply_our_default():
    assert pytest.approx(40.4, abs=0.05) == 51.7 / 1.28
    assert pytest.approx(1189, abs=1) == 51.7 * sodium.SODIUM_MG_PER_MMOL
    assert pytest.approx(929, abs=1) == 40.4 * sodium.SODIUM_MG_PER_MMOL
    assert pytest.approx(920, abs=1) == sodium.USUAL_SWEAT_SODIUM_MMOL_PER_L * sodium.SODIUM_MG_PER_MMOL


def test_effort_factor_spans_the_ratio_of_holmes_2016():
    low, high = sodium.estimate_effort_factor(np.array([0.2, 0.95]))
    assert (low, high) == (0.75, 1.25)
    assert high / low == pytest.approx(49.4 / 30.6, abs=0.1)


@pytest.mark.parametrize(("water", "ours", "weschler"), [(50.0, -3.212, -3.2), (25.0, -6.300, -6.3)])
def test_one_litre_of_water_dilutes_the_blood_weschler_2005(water, ours, weschler):
    change = sodium.predict_plasma_sodium(water, 1.0, 0.0) - 140.0
    assert change == pytest.approx(ours, abs=5e-4)
    assert change == pytest.approx(weschler, rel=0.05)


@pytest.mark.parametrize(("water", "ours", "weschler"), [(50.0, -3.275, -3.2), (25.0, -6.551, -6.3)])
def test_losing_159_mmol_of_salts_does_the_same_weschler_2005(water, ours, weschler):
    change = sodium.predict_plasma_sodium(water, 0.0, -159.0) - 140.0
    assert change == pytest.approx(ours, abs=5e-4)
    assert change == pytest.approx(weschler, rel=0.05)


def test_worked_example_of_3317_mg():
    need = sodium.require_sodium(42.0, -2.0, 12.0, 40.0, 138.0)
    assert need == pytest.approx(144.3, abs=0.05)
    assert need * sodium.SODIUM_MG_PER_MMOL == pytest.approx(3317, abs=1)
    assert need - 12.0 * 45.0 == pytest.approx(-395.73, abs=0.01)


@given(
    st.floats(25.0, 60.0), st.floats(-4.0, 1.0), st.floats(0.1, 25.0), st.floats(15.0, 90.0), st.floats(135.0, 140.0)
)
def test_eating_what_is_required_ends_on_the_target(water, change, sweat_l, salt, target):
    need = sodium.require_sodium(water, change, sweat_l, salt, target)
    end = sodium.predict_plasma_sodium(water, change, need - sweat_l * (salt + 5.0))
    assert end >= target - 1e-9
    if need > 0.0:
        assert end == pytest.approx(target)


# Ta -> SR, loss mg/h, need mg/h at 60, 80 and 100 % drunk; 10 h, 70 kg, 7 km/h, 929 mg/L
CONSEQUENCES = [
    (5.0, 0.32, 293, 0, 0, 48),
    (10.0, 0.36, 332, 0, 0, 92),
    (15.0, 0.40, 370, 0, 0, 135),
    (20.0, 0.50, 460, 0, 0, 236),
    (25.0, 0.71, 662, 0, 0, 463),
    (30.0, 1.04, 966, 0, 58, 659),
    (35.0, 1.37, 1272, 0, 0, 0),
]


@pytest.mark.parametrize(("air", "rate", "loss", "at60", "at80", "at100"), CONSEQUENCES)
def test_need_depends_on_how_much_is_drunk(air, rate, loss, at60, at80, at100):
    speed = 7.0 / 3.6
    metabolic = 70.0 * (3.8 * speed + 1.3)
    # the page does not state the sun; partial sun (60 W/m^2) is the value that gives its table back
    got = float(sweat.estimate_sweat_rate(metabolic, 0.0, 70.0, 175.0, air, 0.5, speed, 60.0))
    assert got == pytest.approx(rate, abs=0.0105)
    assert got * 929.0 == pytest.approx(loss, abs=6.0)
    for share, need in ((0.6, at60), (0.8, at80), (1.0, at100)):
        drunk = min(share * got, fluid.FLUID_LIMIT_L_PER_H)
        mmol = sodium.require_sodium(42.0, 10.0 * (drunk - got), 10.0 * got, 929.0 / 22.99)
        assert mmol * 22.99 / 10.0 == pytest.approx(need, abs=8.0)
    caps = at100 / 215.0
    assert caps == pytest.approx({48: 0.2, 92: 0.4, 135: 0.6, 236: 1.1, 463: 2.2, 659: 3.1, 0: 0.0}[at100], abs=0.06)


def test_policy_sits_on_top_of_the_need_and_under_loss_and_limit():
    assert sodium.choose_sodium_intake(100.0, 4000.0, 10.0) == 2000.0
    assert sodium.choose_sodium_intake(3000.0, 4000.0, 10.0) == 3000.0
    assert sodium.choose_sodium_intake(5000.0, 4000.0, 10.0) == 4000.0
    assert sodium.choose_sodium_intake(0.0, 30000.0, 10.0, 0.8) == 10000.0
    assert sodium.choose_sodium_intake(0.0, 4000.0, 10.0, 0.0) == 0.0


def test_body_water_by_sex():
    assert sodium.estimate_body_water(70.0) == pytest.approx(42.0)
    assert sodium.estimate_body_water(55.0, 0.0) == pytest.approx(28.6)
