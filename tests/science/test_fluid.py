"""How much to drink: nutrition page section 4.4."""

import numpy as np
import pytest

from pacecalc.science import fluid


def test_least_share_to_drink_of_the_nutrition_page():
    assert fluid.estimate_least_drunk_share(1.04, 10.0, 70.0, 0.03) == pytest.approx(0.798, abs=5e-4)
    share = fluid.estimate_least_drunk_share(0.8, 30.0, 70.0, 0.02)
    assert share * 0.8 == pytest.approx(0.753, abs=5e-4)
    assert fluid.estimate_least_drunk_share(0.5, 1.0, 70.0, 0.02) == 0.0
    assert fluid.estimate_least_drunk_share(0.0, 1.0, 70.0, 0.02) == 0.0


def test_mass_loss_of_2_percent_up_to_six_hours_and_3_beyond():
    assert list(fluid.limit_loss_fraction(np.array([1.0, 6.0, 6.1, 40.0]))) == [0.02, 0.02, 0.03, 0.03]


def test_never_more_than_is_lost_nor_than_can_be_drunk():
    loss = np.array([-0.1, 0.3, 0.9, 1.6])
    assert list(fluid.limit_fluid_rate(loss)) == [0.0, 0.3, 0.9, 1.0]
    # whatever an athlete asks for, 1.2 L/h is the end
    assert list(fluid.limit_fluid_rate(loss, 2.0)) == [0.0, 0.3, 0.9, 1.2]


def test_planned_share_rises_with_duration():
    hours = np.array([0.5, 1.5, 3.75, 6.0, 30.0])
    assert fluid.choose_drunk_share(hours) == pytest.approx([0.4, 0.4, 0.6, 0.8, 0.8])
