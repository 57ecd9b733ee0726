"""The deadline schedule against published check values, a general solver, and its own promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from pacecalc.planning.schedule import (
    TABLE_RATIO,
    Block,
    StretchTable,
    find_blocks,
    is_gentlest,
    refine_blocks,
    refine_levels,
)


def runner(work):
    work = np.asarray(work, dtype=float)
    return StretchTable(lambda level: work / level), (lambda levels: work / levels)


def solve(work, deadlines, limit=float("inf")):
    table, times = runner(work)
    blocks = refine_levels(times, find_blocks(table, deadlines, limit), deadlines, limit)
    levels = np.concatenate([np.full(b.last - b.first, b.level) for b in blocks])
    return levels, np.cumsum(np.asarray(work) / levels)


def test_check_case_of_four_gates():
    # running.md 9.2: W = [5, 5, 8, 8] h, D = [6, 11, 24, 30] h.
    hour = 3600.0
    levels, arrivals = solve(np.array([5, 5, 8, 8]) * hour, np.array([6, 11, 24, 30]) * hour)
    np.testing.assert_allclose(levels, [0.90909, 0.90909, 0.84211, 0.84211], atol=5e-6)
    np.testing.assert_allclose(arrivals / hour, [5.5, 11.0, 20.5, 30.0], atol=1e-5)


def test_a_single_deadline_is_even_effort():
    levels, arrivals = solve([3600.0, 7200.0], [float("inf"), 12000.0])
    np.testing.assert_allclose(levels, 0.9, rtol=1e-6)
    assert arrivals[-1] == pytest.approx(12000.0, abs=0.05)


def test_the_limit_is_held_and_the_gate_is_missed():
    levels, arrivals = solve([3600.0, 3600.0], [1800.0, 9000.0], limit=1.2)
    assert levels[0] == pytest.approx(1.2)
    assert arrivals[0] == pytest.approx(3000.0)
    assert arrivals[1] == pytest.approx(9000.0, abs=0.05)


def test_a_deadline_at_or_before_the_start_asks_for_all_there_is():
    levels, _ = solve([3600.0, 3600.0], [0.0, 9000.0], limit=1.5)
    assert levels[0] == pytest.approx(1.5)


def test_equal_and_contradictory_deadlines_are_met_by_the_stricter_one():
    _, arrivals = solve([3600.0, 1800.0, 1800.0], [5000.0, 5000.0, 9000.0])
    assert arrivals[1] <= 5000.0 + 0.05
    assert arrivals[2] == pytest.approx(9000.0, abs=0.05)


races = st.lists(st.tuples(st.floats(600, 20000), st.floats(0.7, 1.4)), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(races)
def test_effort_never_rises_and_no_gate_is_missed(race):
    work = np.array([w for w, _ in race])
    deadlines = np.cumsum(work) * np.array([f for _, f in race])
    levels, arrivals = solve(work, deadlines)
    assert np.all(np.diff(levels) <= 1e-4 * levels[:-1])
    assert np.all(arrivals <= deadlines + 0.5)
    assert arrivals[-1] == pytest.approx(min(deadlines[-1], arrivals[-1]), abs=0.5)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.floats(1000, 20000), st.floats(0.8, 1.3)), min_size=2, max_size=4))
def test_it_costs_no_more_than_a_general_solver_finds(race):
    work = np.array([w for w, _ in race])
    deadlines = np.cumsum(work) * np.array([f for _, f in race])
    assume(np.all(np.diff(deadlines) > 60.0))
    levels, arrivals = solve(work, deadlines)
    exponent = 4.0

    def cost(times):
        return np.sum(times * (work / times) ** exponent) / 1e4

    start = work / levels * 0.97
    found = minimize(
        cost,
        start,
        bounds=[(w / 20.0, None) for w in work],
        constraints=[
            {"type": "ineq", "fun": lambda t, k=k: (deadlines[k] - t[: k + 1].sum()) / 1e3} for k in range(len(work))
        ],
        method="SLSQP",
        options={"maxiter": 400, "ftol": 1e-12},
    )
    assert cost(np.diff(arrivals, prepend=0.0)) <= cost(found.x) * (1.0 + 1e-4)


def test_coupled_stretches_still_end_on_the_deadline():
    # A rider who tires with the work done: later stretches take longer when the first ones were ridden harder.
    work = np.array([4000.0, 6000.0, 8000.0])

    def times(levels):
        tired = 1.0 + 0.1 * np.cumsum(levels * work) / work.sum()
        return work * tired / levels**0.6

    deadlines = [float("inf"), 11000.0, 26000.0]
    table = StretchTable(lambda level: times(np.full(3, level)))
    blocks = refine_levels(times, find_blocks(table, deadlines), deadlines, float("inf"))
    levels = np.concatenate([np.full(b.last - b.first, b.level) for b in blocks])
    arrivals = np.cumsum(times(levels))
    assert arrivals[-1] == pytest.approx(26000.0, abs=0.05)
    assert arrivals[1] <= 11000.05


def test_blocks_name_the_gates_they_end_on():
    table, _ = runner([5.0, 5.0, 8.0, 8.0])
    blocks = find_blocks(table, [6.0, 11.0, 24.0, 30.0])
    assert [(b.first, b.last) for b in blocks] == [(0, 2), (2, 4)]
    assert isinstance(blocks[0], Block)


odd_races = st.lists(
    st.tuples(st.floats(300, 20000), st.one_of(st.just(float("inf")), st.floats(0.0, 120000.0))),
    min_size=1,
    max_size=9,
)


@settings(max_examples=150, deadline=None)
@given(odd_races, st.floats(0.6, 2.0))
def test_whatever_the_cutoffs_a_legal_plan_is_found_when_one_exists(race, limit):
    # Cutoffs anywhere: equal, at the start, falling along the course, none at all. The last gate is the goal.
    work = np.array([w for w, _ in race])
    deadlines = np.array([d for _, d in race])
    deadlines[-1] = work.sum() / 0.9
    levels, arrivals = solve(work, deadlines, limit)
    assert np.all(levels <= limit * (1.0 + 1e-9))
    at_full_effort = np.cumsum(work) / limit
    if np.all(at_full_effort <= deadlines):
        assert np.all(arrivals <= deadlines + 0.5)
        assert np.all(np.diff(levels) <= 1e-4 * levels[:-1])
    else:
        # The first gate that fails even at full effort is reached at full effort: no later than can be.
        first = int(np.argmax(at_full_effort > deadlines))
        assert arrivals[first] == pytest.approx(at_full_effort[first], rel=1e-6)


@pytest.mark.parametrize(
    ("deadlines", "met"),
    [
        ([6000.0, 6000.0, 6000.0], True),
        ([0.0, 9000.0, 12000.0], False),
        ([9000.0, 4000.0, 12000.0], True),
        ([float("inf"), float("inf"), 12000.0], True),
    ],
    ids=["all at one time", "at the start", "an earlier one later on", "only the finish"],
)
def test_cutoffs_that_contradict_each_other_are_met_by_the_strictest(deadlines, met):
    levels, arrivals = solve([2000.0, 1500.0, 2500.0], deadlines, limit=1.5)
    assert bool(np.all(arrivals <= np.array(deadlines) + 0.5)) is met
    assert levels.max() <= 1.5 * (1.0 + 1e-9)


def test_a_schedule_that_still_holds_is_known_as_the_gentlest():
    work, deadlines = np.array([5.0, 5.0, 8.0, 8.0]) * 3600.0, np.array([6.0, 11.0, 24.0, 30.0]) * 3600.0
    table, times = runner(work)
    blocks = refine_levels(times, find_blocks(table, deadlines), deadlines, float("inf"))
    stretches = np.concatenate([work[b.first : b.last] / b.level for b in blocks])
    assert is_gentlest(blocks, stretches, deadlines, 2.0, 0.5)
    # Rising effort, a late gate, a block that ends before its deadline, the limit: none of them is.
    assert not is_gentlest(blocks[::-1], stretches, deadlines, 2.0, 0.5)
    assert not is_gentlest(blocks, stretches * 1.01, deadlines, 2.0, 0.5)
    assert not is_gentlest(blocks, stretches * 0.99, deadlines, 2.0, 0.5)
    assert not is_gentlest(blocks, stretches, deadlines, blocks[0].level, 0.5)


def test_rows_known_beforehand_are_not_asked_for_again():
    asked = []

    def times(level):
        asked.append(level)
        return np.array([3600.0]) / level

    table = StretchTable(times, {step: np.array([3600.0]) / 1.25**step for step in range(-4, 3)})
    assert table.level_for(0, 1, 4000.0) == pytest.approx(0.9, rel=1e-9)
    assert table.times_at(0.9) == pytest.approx([4000.0])
    assert asked == []


def test_a_gate_that_only_the_table_takes_for_binding_is_joined():
    """Times that bend between the rows of a table: there the gate needs 2 % more than the finish, in truth less."""

    def stretch_s(level):
        bend = 1.0 - 0.04 * np.sin(np.pi * np.log(level) / np.log(TABLE_RATIO)) ** 2
        return np.array([100.0 / level * bend, 900.0 / level])

    def times(levels):
        return np.array([stretch_s(level)[k] for k, level in enumerate(levels)])

    level = TABLE_RATIO**0.5
    finish_s = float(stretch_s(level).sum())
    deadlines = np.array([1.01 * stretch_s(level)[0], finish_s])
    table = StretchTable(stretch_s)
    found = find_blocks(table, deadlines)
    assert len(found) == 2
    rough = refine_levels(times, found, deadlines, float("inf"))
    assert rough[1].level > 1.01 * rough[0].level
    (joined,) = refine_blocks(times, found, deadlines, float("inf"))
    assert joined.level == pytest.approx(level, rel=1e-4)
    assert stretch_s(joined.level)[0] < deadlines[0]
