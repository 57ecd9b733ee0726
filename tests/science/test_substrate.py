"""Carbohydrate share and grams burned: nutrition page section 1.6."""

import numpy as np
import pytest

from pacecalc.science import energy, substrate

# Romijn 1993 (three), van Loon 2001 (three), and the end set by hand
ANCHORS = [(0.25, 0.10), (0.65, 0.47), (0.85, 0.72), (0.44, 0.45), (0.57, 0.51), (0.72, 0.76), (1.0, 0.95)]


@pytest.mark.parametrize(
    ("x", "share"), [(0.3, 0.2166), (0.4, 0.3080), (0.5, 0.4174), (0.6, 0.5357), (0.7, 0.6500), (0.8, 0.7494)]
)
def test_logistic_share_of_the_nutrition_page(x, share):
    assert substrate.estimate_carbohydrate_share(x) == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize(("x", "share"), [(0.25, 0.1292), (0.65, 0.4835), (0.85, 0.7286)])
def test_fasted_share_digitised_from_rapoport_2010(x, share):
    assert substrate.estimate_fasted_carbohydrate_share(x) == pytest.approx(share, abs=5e-5)


def test_logistic_goes_through_its_seven_anchors_within_the_stated_rmse():
    x, share = np.array(ANCHORS).T
    # 0.083 is the least-squares fit's own; the rounded constants may only be a hair worse
    rmse = np.sqrt(np.mean((substrate.estimate_carbohydrate_share(x) - share) ** 2))
    assert rmse == pytest.approx(0.083, abs=0.001)


def test_fat_adapted_burn_less_carbohydrate_and_dependent_more():
    x = np.linspace(0.2, 1.0, 17)
    usual = substrate.estimate_carbohydrate_share(x)
    assert np.all(substrate.estimate_carbohydrate_share(x, substrate.FAT_ADAPTED_INTENSITY) < usual)
    assert np.all(substrate.estimate_carbohydrate_share(x, substrate.CARBOHYDRATE_DEPENDENT_INTENSITY) > usual)
    women = substrate.estimate_carbohydrate_share(x, shift=substrate.FEMALE_SHIFT)
    assert women == pytest.approx(usual - 0.03)


def test_share_stays_between_nothing_and_all():
    extremes = substrate.estimate_carbohydrate_share(np.array([-100.0, 0.0, 5.0, 1000.0]), shift=-0.2)
    assert np.all((extremes >= 0.0) & (extremes <= 1.0))


@pytest.mark.parametrize(
    ("watts", "x", "kcal", "carbohydrate", "fat"),
    [(600.0, 0.45, 516.3, 45.4, 33.8), (835.0, 0.65, 718.5, 104.1, 29.9), (952.0, 0.70, 819.1, 129.9, 29.4)],
)
def test_grams_burned_at_three_efforts(watts, x, kcal, carbohydrate, fat):
    rate = energy.convert_power_to_energy_rate(watts)
    share = substrate.estimate_carbohydrate_share(x)
    assert rate == pytest.approx(kcal, abs=0.06)
    assert substrate.estimate_carbohydrate_use(rate, share) == pytest.approx(carbohydrate, abs=0.06)
    assert substrate.estimate_fat_use(rate, share) == pytest.approx(fat, abs=0.06)


@pytest.mark.parametrize(
    ("oxygen", "ratio", "carbohydrate", "fat", "hard"),
    [(3.0, 0.85, 1.9725, 0.7515, 1.8495), (2.5, 0.90, 2.2125, 0.4175, 2.0675)],
)
def test_laboratory_gas_exchange_frayn_1983_and_jeukendrup_wallis_2005(oxygen, ratio, carbohydrate, fat, hard):
    assert substrate.measure_substrate_use(oxygen, ratio) == pytest.approx((carbohydrate, fat), abs=5e-5)
    hard_carbohydrate, hard_fat = substrate.measure_substrate_use(oxygen, ratio, hard=True)
    assert hard_carbohydrate == pytest.approx(hard, abs=5e-5)
    assert hard_fat == pytest.approx(fat, rel=0.02)


def test_no_trained_athlete_at_a_usual_race_effort_reaches_the_fat_ceiling():
    x = np.linspace(0.35, 0.9, 12)
    watts = x * 55.0 * 20.9 * 70.0 / 60.0
    fat = substrate.estimate_fat_use(
        energy.convert_power_to_energy_rate(watts), substrate.estimate_carbohydrate_share(x)
    )
    assert np.all(fat < 60.0 * substrate.FAT_CEILING_G_PER_MIN)
