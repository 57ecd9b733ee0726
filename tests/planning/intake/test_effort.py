"""Cells of the course become steps of two minutes, stops included."""

from __future__ import annotations

import numpy as np
import pytest

from pacecalc.planning.intake.effort import EffortCells, trace_effort

CELLS = 2000


def make_cells() -> EffortCells:
    rng = np.random.default_rng(7)
    time_s = rng.uniform(3.0, 12.0, CELLS)
    full = np.ones(CELLS)
    grade = rng.uniform(-0.3, 0.3, CELLS)
    return EffortCells(
        time_s=time_s,
        distance_m=10.0 * np.arange(CELLS),
        metabolic_w=rng.uniform(400.0, 900.0, CELLS),
        external_w=rng.uniform(0.0, 100.0, CELLS),
        speed_m_per_s=10.0 / time_s,
        air_speed_m_per_s=10.0 / time_s + 1.0,
        temperature_c=np.linspace(10.0, 20.0, CELLS),
        humidity_fraction=0.5 * full,
        sun_w_per_m2=50.0 * full,
        darkness=0.0 * full,
        elevation_m=3000.0 + 10.0 * np.cumsum(grade),
        grade=grade,
        technical=rng.uniform(0.0, 1.0, CELLS),
    )


def test_time_energy_and_distance_survive_the_steps():
    cells = make_cells()
    trace = trace_effort(cells, {500: 300.0, 1500: 0.0}, mass_kg=70.0, start_clock_h=6.5)
    moving_s = cells.time_s.sum()
    assert trace.finish_s == pytest.approx(moving_s + 300.0)
    assert trace.duration_s == pytest.approx(np.full(len(trace.duration_s), 120.0), rel=0.01)
    joule = np.dot(cells.metabolic_w, cells.time_s) + 300.0 * 1.44 * 70.0
    assert np.dot(trace.metabolic_w, trace.duration_s) == pytest.approx(joule)
    assert trace.find_distance_m([0.0, trace.finish_s], 20000.0) == pytest.approx([0.0, 20000.0])


def test_at_a_stop_one_stands_in_the_wind_that_blows():
    cells = make_cells()
    at_s = cells.time_s[:500].sum()
    trace = trace_effort(cells, {500: 1200.0}, mass_kg=70.0, start_clock_h=6.5)
    standing = int(np.searchsorted(trace.start_s, at_s + 400.0))
    assert trace.speed_m_per_s[standing] == 0.0
    assert trace.metabolic_w[standing] == pytest.approx(100.8)
    assert trace.air_speed_m_per_s[standing] == pytest.approx(1.0)
    # the place does not change while one stands
    assert trace.find_distance_m(at_s + 100.0, 2e4) == pytest.approx(
        trace.find_distance_m(at_s + 1100.0, 2e4), abs=60.0
    )


def test_a_stop_at_the_finish_line_and_a_race_shorter_than_a_step():
    cells = make_cells()
    trace = trace_effort(cells, {CELLS: 60.0}, mass_kg=70.0, start_clock_h=6.5, step_s=1e6)
    assert len(trace.start_s) == 1
    assert trace.finish_s == pytest.approx(cells.time_s.sum() + 60.0)


def test_only_steep_technical_descents_keep_the_hands_full():
    cells = make_cells()
    trace = trace_effort(cells, {}, mass_kg=70.0, start_clock_h=6.5)
    share = np.dot(trace.hands_full, trace.duration_s) / trace.finish_s
    rough_down = (cells.grade < -0.05) & (cells.technical >= 0.5)
    assert share == pytest.approx(np.dot(rough_down, cells.time_s) / cells.time_s.sum())


def test_sums_and_means_between_times():
    trace = trace_effort(make_cells(), {}, mass_kg=70.0, start_clock_h=23.0)
    edges_s = [0.0, 3000.0, trace.finish_s]
    one = np.ones(len(trace.start_s))
    assert trace.sum_between(one, edges_s) == pytest.approx(np.diff(edges_s) / 3600.0)
    assert trace.mean_between(4.0 * one, edges_s) == pytest.approx([4.0, 4.0])
    # the clock goes round at midnight
    assert trace.clock_h[0] == pytest.approx(23.0, abs=0.02)
    assert trace.clock_h[-1] < 4.0
