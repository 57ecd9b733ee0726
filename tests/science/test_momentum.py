"""The march with momentum against a plain one in half-metre steps."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from pacecalc.science.cycling import BEARING_SLOPE_N_S_PER_M, DRIVETRAIN_EFFICIENCY, drag_factor
from pacecalc.science.momentum import STANDING_START_M_PER_S, ride_with_momentum
from pacecalc.science.ridespeed import resisting_force, speed_from_power

MASS_KG = 88.0


def roller_course(cells, wave_m=1000.0, steepest=0.05, cell_m=50.0):
    middle_m = cell_m * (np.arange(cells) + 0.5)
    return steepest * np.sin(2.0 * np.pi * middle_m / wave_m)


def reference_times(power_w, resistance, drag, cell_m, cap, step_m=0.5):
    """Newton's second law in small steps, midpoint rule; the cap is braked to at once."""
    square, times = STANDING_START_M_PER_S**2, []
    push = power_w * DRIVETRAIN_EFFICIENCY

    def acceleration(u, force):
        speed = sqrt(u)
        return 2.0 / MASS_KG * (push / speed - force - BEARING_SLOPE_N_S_PER_M * speed - drag * u)

    for force in resistance:
        elapsed = 0.0
        for _ in range(round(cell_m / step_m)):
            middle = max(square + 0.5 * step_m * acceleration(square, force), 0.01)
            square = min(max(square + step_m * acceleration(middle, force), 0.01), cap**2)
            elapsed += step_m / sqrt(min(middle, cap**2))
        times.append(elapsed)
    return np.array(times)


def momentum_times(power_w, resistance, drag, cell_m, cap):
    cells = len(resistance)
    steady = speed_from_power(power_w, resistance, drag)
    return steady, ride_with_momentum(np.full(cells, cell_m), MASS_KG, steady, cap, 0.0, 1.0, resistance, drag)


@pytest.mark.parametrize(("wave_m", "within"), [(400.0, 0.003), (1000.0, 0.001), (3000.0, 0.001)])
def test_rollers_take_the_time_of_newtons_law_in_half_metre_steps(wave_m, within):
    resistance, drag = resisting_force(MASS_KG, roller_course(400, wave_m), 0.012), drag_factor(0.9, 0.42)
    _, times = momentum_times(180.0, resistance, drag, 50.0, 30.0)
    assert times.sum() == pytest.approx(reference_times(180.0, resistance, drag, 50.0, 30.0).sum(), rel=within)


def test_on_rollers_steady_speed_alone_is_more_than_one_percent_slow():
    resistance, drag = resisting_force(MASS_KG, roller_course(800, 1000.0, 0.04), 0.012), float(drag_factor(0.9, 0.42))
    steady, times = momentum_times(180.0, resistance, drag, 50.0, 30.0)
    assert 1.01 < (50.0 / steady).sum() / times.sum() < 1.06


def test_a_cap_holds_once_it_is_reached():
    grade = np.concatenate([np.full(10, 0.0), np.full(30, -0.08), np.full(10, 0.0)])
    resistance, drag = resisting_force(MASS_KG, grade, 0.012), drag_factor(0.9, 0.42)
    _, times = momentum_times(150.0, resistance, drag, 50.0, 8.0)
    assert times[15:38] == pytest.approx(np.full(23, 50.0 / 8.0))
    expected = reference_times(150.0, resistance, drag, 50.0, 8.0)
    assert times[3:].sum() == pytest.approx(expected[3:].sum(), rel=0.002)


def test_blocks_side_by_side_give_the_time_of_one_march():
    """The first 80 cells fit one block; a course three times as long is cut into several."""
    rng = np.random.default_rng(5)
    resistance = resisting_force(MASS_KG, np.repeat(rng.uniform(-0.08, 0.08, 60), 4), 0.012)
    steady = speed_from_power(200.0, resistance, 0.19)
    whole = ride_with_momentum(np.full(240, 50.0), MASS_KG, steady, 25.0, 0.0, 1.0, resistance, 0.19)
    start = ride_with_momentum(np.full(80, 50.0), MASS_KG, steady[:80], 25.0, 0.0, 1.0, resistance[:80], 0.19)
    assert whole[:80] == pytest.approx(start, rel=1e-3)


def test_rides_side_by_side_do_not_touch_each_other():
    resistance = resisting_force(MASS_KG, roller_course(200), 0.012)
    steady = np.stack([speed_from_power(power, resistance, 0.19) for power in (120.0, 240.0)])
    both = ride_with_momentum(np.full(200, 50.0), MASS_KG, steady, 25.0, 0.0, 1.0, resistance, 0.19)
    alone = ride_with_momentum(np.full(200, 50.0), MASS_KG, steady[1], 25.0, 0.0, 1.0, resistance, 0.19)
    assert both.shape == (2, 200)
    assert both[1] == pytest.approx(alone)


def test_pushed_cells_take_the_time_of_walking():
    walked = np.array([0.0, 0.0, 1.0, 1.0, 0.0])
    times = ride_with_momentum(
        np.full(5, 50.0), MASS_KG, [6.0, 6.0, 0.9, 0.9, 6.0], 25.0, walked, 1.1, [28.0, 28.0, 190.0, 190.0, 28.0], 0.19
    )
    assert times[2:4] == pytest.approx([50.0 / 1.1] * 2)
    assert times[4] > 50.0 / 6.0


def test_the_same_speed_takes_more_power_in_a_crosswind_so_it_is_reached_sooner():
    cells, speed = np.full(200, 50.0), float(speed_from_power(200.0, 10.0, 0.19, 0.0, 8.0))
    still = ride_with_momentum(cells, MASS_KG, np.full(200, speed), 25.0, 0.0, 1.0, 10.0, 0.19)
    windy = ride_with_momentum(cells, MASS_KG, np.full(200, speed), 25.0, 0.0, 1.0, 10.0, 0.19, 0.0, 8.0)
    assert still[-1] == pytest.approx(50.0 / speed)
    assert windy[-1] == pytest.approx(50.0 / speed)
    assert windy[0] < still[0]
