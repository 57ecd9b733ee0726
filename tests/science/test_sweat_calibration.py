"""Own sweat tests: nutrition page section 3.2."""

import pytest

from pacecalc.science import sweat_calibration


def test_breath_water_and_gas_mass_of_three_litres_of_oxygen():
    assert sweat_calibration.estimate_breath_water(3.0, 10.0) == pytest.approx(116.3, abs=0.05)
    assert sweat_calibration.estimate_gas_mass(3.0, 0.9) == pytest.approx(60.1, abs=0.05)


def test_a_weighed_hour():
    rate = sweat_calibration.measure_sweat_rate(70.0, 69.1, 0.6, 0.04, 0.1, 1.0, 116.3 + 60.1)
    assert rate == pytest.approx(0.9 + 0.6 + 0.04 - 0.1 - 0.1764)


def test_one_test_moves_the_factor_a_third_of_the_way_and_many_move_it_home():
    assert sweat_calibration.calibrate_sweat_factor(1.3, 1.0, 1.0) == pytest.approx(1.1)
    many = sweat_calibration.calibrate_sweat_factor([1.3] * 40, [1.0] * 40, [1.0] * 40)
    assert many == pytest.approx(1.3, abs=0.02)


def test_tests_under_45_minutes_count_for_nothing():
    assert sweat_calibration.calibrate_sweat_factor([3.0], [1.0], [0.5]) == 1.0
    mixed = sweat_calibration.calibrate_sweat_factor([3.0, 1.3], [1.0, 1.0], [0.5, 1.0])
    assert mixed == pytest.approx(1.1)
