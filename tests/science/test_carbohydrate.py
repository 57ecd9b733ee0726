"""How much carbohydrate to take in: nutrition page sections 2.1 and 2.2."""

import numpy as np
import pytest

from pacecalc.science import carbohydrate


@pytest.mark.parametrize(
    ("hours", "run", "ride"),
    [
        (0.75, 0.0, 0.0),
        (1.0, 15.0, 15.0),
        (1.25, 15.0, 15.0),
        (2.5, 60.0, 60.0),
        (6.0, 90.0, 90.0),
        (15.0, 62.5, 72.5),
        (24.0, 50.0, 60.0),
        (46.0, 50.0, 60.0),
    ],
)
def test_intake_band_by_duration(hours, run, ride):
    assert carbohydrate.look_up_intake_band(hours) == pytest.approx(run)
    assert carbohydrate.look_up_intake_band(hours, 1.0) == pytest.approx(ride)


def test_band_stays_inside_what_acsm_2016_jeukendrup_2014_and_issn_2019_publish():
    for low_h, high_h, least, most in [
        (1.26, 2.5, 30, 60),
        (2.5, 3.0, 60, 90),
        (3.0, 6.0, 60, 90),
        (24.0, 48.0, 30, 50),
    ]:
        grams = carbohydrate.look_up_intake_band(np.linspace(low_h, high_h, 20))
        assert np.all((grams >= least) & (grams <= most))


def test_appetite_is_whole_until_40_percent_and_three_quarters_at_the_finish():
    got = carbohydrate.estimate_appetite(np.array([0.0, 0.4, 0.7, 1.0, 1.2]))
    assert got == pytest.approx([1.0, 1.0, 0.875, 0.75, 0.75])
    assert carbohydrate.estimate_appetite(1.0, 0.5) == pytest.approx(0.5)


def test_the_smallest_of_advice_gut_and_burning_is_planned():
    assert carbohydrate.choose_carbohydrate_intake(90.0, 75.0, 104.1) == 75.0
    assert carbohydrate.choose_carbohydrate_intake(60.0, 75.0, 104.1) == 60.0
    assert carbohydrate.choose_carbohydrate_intake(60.0, 75.0, 45.4) == 45.4


def test_protein_only_on_days_of_six_hours_and_more():
    assert list(carbohydrate.choose_protein_intake(np.array([1.0, 5.9, 6.0, 30.0]))) == [0.0, 0.0, 5.0, 5.0]
