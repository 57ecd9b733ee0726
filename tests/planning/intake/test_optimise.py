"""Whole plans of random races: no rule broken, the bound honest, the proof tight, the same answer every time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.planning.intake.model import build_model
from pacecalc.planning.intake.optimise import PROVEN_GAP, solve_by_patterns, solve_intake, solve_whole
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution
from planning.intake.instances import SIZES, make_race
from planning.intake.referee import find_faults

TOLERANCE = 1e-4


def judge(problem: IntakeProblem) -> IntakeSolution:
    solution = solve_intake(problem)
    assert find_faults(problem, solution) == []
    assert solution.bound <= solution.objective
    return solution


def with_preferences(problem: IntakeProblem, seed: int) -> IntakeProblem:
    rng = np.random.default_rng(seed)
    liked = tuple(replace(p, preference=float(rng.uniform(-0.05, 0.05))) for p in problem.products)
    return replace(problem, products=liked)


def with_tight_pockets(problem: IntakeProblem) -> IntakeProblem:
    return replace(problem, limits=replace(problem.limits, carry_g=problem.limits.bottle_ml + 500))


def with_few_of_everything(problem: IntakeProblem, seed: int) -> IntakeProblem:
    rng = np.random.default_rng(seed)
    return replace(problem, brought=tuple((item, int(rng.integers(6, 16))) for item, _ in problem.brought))


def with_liquid_legs(problem: IntakeProblem) -> IntakeProblem:
    return replace(problem, legs=tuple(replace(leg, liquid_only=i % 2 == 0) for i, leg in enumerate(problem.legs)))


def without_stations(problem: IntakeProblem) -> IntakeProblem:
    legs = tuple(replace(leg, refill=replace(leg.refill, station=())) for leg in problem.legs)
    return replace(problem, legs=legs)


@pytest.mark.parametrize("size", SIZES)
def test_plans_break_no_rule_and_are_proven_within_three_per_cent(size: str) -> None:
    for seed in range(4 if size == "12 h" else 1):
        assert judge(make_race(seed, *SIZES[size])).gap <= PROVEN_GAP


def test_plans_and_bounds_agree_with_branch_and_bound() -> None:
    for seed in range(4):
        problem = make_race(seed, *SIZES["12 h"])
        ours, oracle = judge(problem), solve_whole(build_model(problem), 1e-4)
        assert ours.bound <= oracle.objective + TOLERANCE
        assert ours.objective >= oracle.bound - TOLERANCE
        assert ours.objective <= oracle.objective * (1 + ours.gap) + TOLERANCE


def test_the_same_race_has_the_same_plan() -> None:
    for size in ("12 h", "30 h"):
        first, second = (solve_intake(make_race(11, *SIZES[size])) for _ in range(2))
        assert first == second


def test_preferences_tight_pockets_and_short_supply_break_no_rule() -> None:
    problem = make_race(3, *SIZES["12 h"])
    changed = (
        with_preferences(problem, 1),
        with_tight_pockets(problem),
        with_few_of_everything(problem, 2),
        with_liquid_legs(problem),
        without_stations(problem),
    )
    for case in changed:
        judge(case)


def test_less_supply_never_makes_a_plan_better() -> None:
    for seed in range(3):
        problem = make_race(seed, *SIZES["12 h"])
        free, bare = judge(problem), judge(without_stations(problem))
        assert free.bound <= bare.objective + TOLERANCE


def test_a_few_long_legs_with_many_products_are_closed_by_branch_and_bound() -> None:
    """The bound over patterns alone is 14 % off here: with three legs the shared limits are nearly a leg's own."""
    solution = judge(make_race(4, 12.0, 3, 20))
    assert solution.gap <= PROVEN_GAP


def test_complete_lists_close_a_gap_that_the_mixture_leaves_open() -> None:
    problem = make_race(4, *SIZES["30 h pantry"])
    assert judge(problem).gap <= 0.02


@pytest.mark.slow
def test_a_share_of_a_tenth_with_a_dozen_products_still_gives_an_honest_bound() -> None:
    """Every product is then scarce, legs compete for all of them, and no list of patterns can close the proof."""
    problem = make_race(5, 20.0, 8, 12)
    problem = replace(problem, limits=replace(problem.limits, share_max=0.1))
    solution = judge(problem)
    oracle = solve_whole(build_model(problem), 0.05, 20)
    assert solution.bound <= oracle.objective + TOLERANCE
    assert solution.objective <= oracle.objective * (1 + max(solution.gap, 0.05))


def test_branch_and_bound_can_be_asked_for() -> None:
    problem = make_race(0, *SIZES["12 h"])
    solution = solve_intake(problem, method="milp")
    assert solution.method == "milp"
    assert solution.gap <= PROVEN_GAP
    assert find_faults(problem, solution) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_sixty_four_races_against_branch_and_bound(size: str) -> None:
    for seed in range(20, 36):
        problem = make_race(seed, *SIZES[size], riding=seed % 3 == 0)
        model = build_model(problem)
        ours, oracle = solve_by_patterns(model), solve_whole(model, 0.03, 300)
        assert find_faults(problem, ours) == []
        assert find_faults(problem, oracle) == []
        assert ours.gap <= PROVEN_GAP
        assert ours.bound <= oracle.objective + TOLERANCE
        assert ours.objective >= oracle.bound - TOLERANCE
        assert ours.objective <= oracle.objective * (1 + max(ours.gap, 1e-6)) + TOLERANCE


@pytest.mark.slow
def test_forty_awkward_races_break_no_rule() -> None:
    for seed in range(8):
        problem = make_race(seed, *SIZES["30 h"])
        judge(with_preferences(problem, seed))
        judge(with_tight_pockets(problem))
        judge(with_few_of_everything(problem, seed))
        judge(with_liquid_legs(make_race(seed, *SIZES["30 h pantry"])))
        judge(without_stations(problem))
