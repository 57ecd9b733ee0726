"""Sweat rate from the heat balance: nutrition page section 3.2, every row and intermediate, and its section 9."""

import itertools

import numpy as np
import pytest

from pacecalc.science import body_heat, sweat

# M, W, kg, cm, degC, RH, v, sun -> Ereq, Emax, w, HB, breath, fit, SR
ROWS = [
    ((835, 0, 70, 175, 18, 0.5, 2.778, 0), (187.861, 574.834, 0.327, 0.543, 0.089, 0.7973, 0.6378)),
    ((835, 0, 70, 175, 28, 0.5, 2.778, 0), (327.104, 502.470, 0.651, 1.136, 0.082, 0.9013, 1.1364)),
    ((952.4, 200, 75, 180, 25, 0.5, 7.778, 100), (225.142, 691.522, 0.326, 0.684, 0.097, 0.7726, 0.6841)),
    ((952.4, 200, 75, 180, 10, 0.6, 7.778, 0), (-112.040, 757.148, 0, 0, 0.100, 0.6166, 0.4933)),
    ((626, 95, 70, 175, 30, 0.6, 1.389, 0), (211.232, 321.667, 0.657, 0.737, 0.054, 0.5634, 0.7373)),
]


@pytest.mark.parametrize(("given", "expected"), ROWS)
def test_full_check_rows(given, expected):
    watts, work, mass, height, air, humidity, speed, sun = given
    required, maximum, wet, needed, breath, fit, rate = expected
    area = body_heat.estimate_skin_area(mass, height)
    balance = body_heat.balance_heat(watts / area, work / area, air, humidity, speed, sun)
    # two speeds were printed to three decimals of 10/3.6 and 28/3.6, hence 0.01 W/m^2
    assert balance.required_w_per_m2 == pytest.approx(required, abs=0.015)
    assert balance.maximum_w_per_m2 == pytest.approx(maximum, abs=0.03)
    assert max(balance.required_w_per_m2, 0.0) / balance.maximum_w_per_m2 == pytest.approx(wet, abs=6e-4)
    per_heat = area * 3600 / 2.43e6
    sweat_heat = sweat.estimate_required_sweat(balance.required_w_per_m2, balance.maximum_w_per_m2)
    assert sweat_heat * per_heat == pytest.approx(needed, abs=6e-4)
    assert balance.breath_evaporation_w_per_m2 * per_heat == pytest.approx(breath, abs=6e-4)
    assert sweat.estimate_breath_loss(watts, air, humidity) == pytest.approx(breath, abs=6e-4)
    assert sweat.fit_exercise_sweat(watts - work, air) == pytest.approx(fit, abs=1e-4)
    got = sweat.estimate_sweat_rate(watts, work, mass, height, air, humidity, speed, sun)
    assert got == pytest.approx(rate, abs=1e-4)


def test_intermediates_of_the_first_row():
    area = body_heat.estimate_skin_area(70.0, 175.0)
    assert area == pytest.approx(1.8481, abs=5e-5)
    assert body_heat.estimate_skin_area(55.0, 162.0) == pytest.approx(1.5773, abs=5e-5)
    assert 835.0 / area == pytest.approx(451.805, abs=0.01)
    balance = body_heat.balance_heat(835.0 / area, 0.0, 18.0, 0.5, 2.778)
    assert balance.skin_temperature_c == pytest.approx(32.742, abs=5e-4)
    assert balance.convection_w_per_m2_per_k == pytest.approx(16.0605, abs=1e-3)
    assert balance.radiation_w_per_m2_per_k == pytest.approx(4.5064, abs=5e-5)
    assert balance.clothing_m2_k_per_w == pytest.approx(0.0215, abs=5e-5)
    assert balance.transfer_w_per_m2_per_k == pytest.approx(15.0725, abs=1e-3)
    assert balance.dry_loss_w_per_m2 == pytest.approx(222.201, abs=0.01)
    assert balance.breath_convection_w_per_m2 == pytest.approx(9.104, abs=1e-3)
    assert balance.breath_evaporation_w_per_m2 == pytest.approx(32.640, abs=1e-3)
    got = sweat.estimate_required_sweat(balance.required_w_per_m2, balance.maximum_w_per_m2)
    assert got == pytest.approx(198.459, abs=0.01)
    # the full ISO 7933 run over 120 minutes gives 204.6
    assert got == pytest.approx(204.6, rel=0.04)


def test_vapour_pressure_at_25_and_35():
    assert body_heat.estimate_vapour_pressure(25.0) == pytest.approx(3.1662, abs=5e-5)
    assert body_heat.estimate_vapour_pressure(35.0) == pytest.approx(5.6199, abs=5e-5)


def test_skin_that_cannot_dry_sweats_as_much_as_a_person_can():
    assert sweat.estimate_required_sweat(300.0, 100.0) == 500.0
    assert sweat.estimate_required_sweat(300.0, -5.0, 400.0) == 400.0
    assert sweat.estimate_required_sweat(-50.0, -5.0) == 0.0
    # dripping: between w = 1 and 1.7 ever more is wasted
    assert sweat.estimate_required_sweat(110.0, 100.0, 1e4) == pytest.approx(110.0 / (0.5 * 0.9**2))


def test_personal_factor_and_acclimatisation_scale_the_rate():
    hot = (900.0, 0.0, 70.0, 175.0, 35.0, 0.6, 2.5)
    assert sweat.estimate_sweat_rate(*hot, personal_factor=1.2) == pytest.approx(1.2 * sweat.estimate_sweat_rate(*hot))
    assert sweat.estimate_sweat_rate(*hot, limit_w_per_m2=400.0) < sweat.estimate_sweat_rate(*hot)


GRID = {
    "metabolic": np.array([400.0, 550.0, 700.0, 850.0, 1000.0]),
    "air": np.arange(0.0, 39.0, 2.0),
    "humidity": np.array([0.1, 0.3, 0.5, 0.7, 0.9]),
    "speed": np.array([0.3, 0.8, 1.0, 1.4, 2.0, 2.8, 3.5, 5.0, 8.0, 11.0]),
    "sun": np.array([0.0, 30.0, 60.0, 100.0, 140.0]),
}


def _rates_on_grid() -> np.ndarray:
    met, air, humidity, speed, sun = np.meshgrid(*GRID.values(), indexing="ij")
    return sweat.estimate_sweat_rate(met, 0.0, 70.0, 175.0, air, humidity, speed, sun)


def test_sweat_never_falls_with_effort_heat_or_sun_nor_rises_with_wind_in_the_cool():
    rates = _rates_on_grid()
    for axis in (0, 1, 4):
        change = np.diff(rates, axis=axis)
        assert change.size > 15000
        assert change.min() >= -1e-9
    cool = rates[:, GRID["air"] <= 30.0]
    assert np.diff(cool, axis=3).max() <= 1e-9
    # four pairs of the original grid fell with humidity, by at most 0.002 L/h
    assert np.diff(rates, axis=2).min() >= -0.005


def test_rates_are_finite_and_never_negative_even_in_arctic_wind_or_a_sauna():
    cases = itertools.product((100.0, 1500.0), (-20.0, 45.0), (0.0, 1.0), (0.0, 20.0), (0.0, 1.0))
    for watts, air, humidity, speed, clothing in cases:
        rate = sweat.estimate_sweat_rate(watts, 0.0, 70.0, 175.0, air, humidity, speed, clothing=clothing)
        assert np.isfinite(rate)
        assert rate >= 0.0


def test_a_hiker_in_the_cold_sweats_as_people_dressed_for_comfort_do():
    # 300 W at 55 kg and 2 degC: the heat balance of a T-shirt gives nothing, Fanger 1970 gives 0.13 L/h
    rate = sweat.estimate_sweat_rate(300.0, 0.0, 55.0, 162.0, 2.0, 0.7, 1.2)
    area = body_heat.estimate_skin_area(55.0, 162.0)
    assert rate == pytest.approx(0.42 * (300.0 - 58.15 * area) * 3600.0 / 2.43e6)
    assert rate == pytest.approx(0.13, abs=0.005)
    assert sweat.estimate_comfort_sweat(40.0) == 0.0


def test_required_sweat_by_wetness_of_iso_7933():
    # r = 1 - w^2 / 2 up to w = 1, (2 - w)^2 / 2 beyond, the limit from 1.7 on and where nothing evaporates
    required = np.array([100.0, 200.0, 240.0, 339.0, 340.0, 450.0, 0.5, 0.5, 0.0])
    maximum = np.array([200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 0.0, 0.5, 0.0])
    got = sweat.estimate_required_sweat(required, maximum, 50_000.0)
    limit = 50_000.0
    assert got == pytest.approx([100.0 / 0.875, 400.0, 240.0 / 0.32, 339.0 / 0.05, limit, limit, limit, 1.0, 0.0])
