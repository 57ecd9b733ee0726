"""Energy at rest and on the bike: nutrition page sections 1.3 to 1.5."""

import numpy as np
import pytest

from pacecalc.science import energy


@pytest.mark.parametrize(
    ("power_w", "efficiency", "metabolic_w", "kcal_per_h"),
    [(200.0, 0.21, 952.4, 819.4), (250.0, 0.22, 1136.4, 977.8), (150.0, 0.198, 757.6, 651.8)],
)
def test_pedalling_costs_power_over_gross_efficiency(power_w, efficiency, metabolic_w, kcal_per_h):
    got = energy.estimate_cycling_metabolic_power(power_w, 70.0, efficiency)
    assert got == pytest.approx(metabolic_w, abs=0.05)
    assert energy.convert_power_to_energy_rate(got) == pytest.approx(kcal_per_h, abs=0.1)


def test_coasting_costs_as_much_as_standing():
    assert energy.estimate_standing_power(70.0) == pytest.approx(100.8)
    assert energy.estimate_cycling_metabolic_power(0.0, 70.0) == pytest.approx(100.8)


@pytest.mark.parametrize(
    ("mass", "height", "age", "male", "watts", "kcal_per_day"),
    [(70.0, 175.0, 40.0, 1.0, 77.42, 1598.75), (55.0, 162.0, 35.0, 0.0, 59.39, 1226.5)],
)
def test_basal_rate_of_mifflin_st_jeor_1990(mass, height, age, male, watts, kcal_per_day):
    got = energy.estimate_basal_power(mass, height, age, male)
    assert got == pytest.approx(watts, abs=0.005)
    assert energy.convert_power_to_energy_rate(got) * 24 == pytest.approx(kcal_per_day, abs=0.01)


def test_oxygen_uptake_of_835_w_at_70_kg():
    assert energy.estimate_oxygen_uptake(835.0, 70.0) == pytest.approx(34.245, abs=0.0005)


def test_longer_races_are_held_at_a_smaller_share_of_vo2max():
    hours = np.array([0.5, 1.0, 3.0, 6.0, 12.0, 24.0, 46.0, 200.0])
    share = energy.estimate_sustained_share(hours)
    assert share[0] == share[1] == 0.85
    assert np.all(np.diff(share) <= 0.0)
    assert share[-1] == 0.35
