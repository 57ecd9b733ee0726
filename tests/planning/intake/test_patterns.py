"""The lists of patterns are complete and exact, and their bound is a bound at any prices."""

from __future__ import annotations

from itertools import product as combinations

import numpy as np
import pytest

from pacecalc.planning.intake import patterns as patterns_module
from pacecalc.planning.intake.duals import find_leg_duals, make_prices
from pacecalc.planning.intake.highs import solve_program
from pacecalc.planning.intake.model import CompactModel, build_model
from pacecalc.planning.intake.optimise import polish, solve_whole
from pacecalc.planning.intake.patterns import STATES_MAX, list_patterns, score_patterns, tabulate_legs
from pacecalc.planning.intake.records import LegNeed
from planning.intake.instances import SIZES, make_leg, make_problem, make_race

FOUR_BY_DAY = ("gel", "tailwind", "salt-cap", "umeboshi-rice-ball")
FOUR_BY_NIGHT = ("gel", "second-gel-caffeine", "salt-cap", "potato")
CASES = {
    "by day": (make_leg(0), FOUR_BY_DAY),
    "hot": (make_leg(0, sweat_l_per_h=1.2), FOUR_BY_DAY),
    "night": (make_leg(0, caffeine_target_mg=70.0), FOUR_BY_NIGHT),
    "savoury, protein": (make_leg(0, savoury_min=1, protein_min_g=6.0), FOUR_BY_DAY),
    "long": (make_leg(0, 4.0), FOUR_BY_NIGHT),
    "station water": (make_leg(0, station_drink_max_ml=400.0), FOUR_BY_DAY),
}


def one_leg(leg: LegNeed, items: tuple[str, ...], **limits: float) -> CompactModel:
    """Variety and totals are out of the way, so that the leg has no coupling row but its bottles and weight."""
    return build_model(make_problem(leg, brought=dict.fromkeys(items), share_max=9.0, **limits))


def every_pattern(model: CompactModel) -> np.ndarray:
    ranges = [range(choice.most + 1) for choice in model.choices]
    return np.array(list(combinations(*ranges)), dtype=np.int16)


@pytest.mark.parametrize("name", CASES)
def test_the_closed_form_score_is_the_cost_of_the_compact_program(name: str) -> None:
    model = one_leg(*CASES[name])
    (table,) = tabulate_legs(model)
    everything = every_pattern(model)
    some = everything[:: max(1, len(everything) // 60)]
    cost = model.program.cost
    scores, _, _ = score_patterns(table, some, cost[table.columns], float(cost[table.bottle_column]))
    exact = np.array([polish(model, [counts]).objective for counts in some])
    assert np.isfinite(exact).sum() > 10
    np.testing.assert_allclose(scores, exact, atol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_the_list_holds_every_pattern_up_to_where_it_says_it_is_complete(name: str) -> None:
    model = one_leg(*CASES[name])
    (table,) = tabulate_legs(model)
    prices = make_prices(model, solve_program(model.program.relaxed()).row_duals)
    everything = every_pattern(model)
    scores, _, _ = score_patterns(
        table, everything, prices.priced[table.columns], float(prices.priced[table.bottle_column])
    )
    for beyond in (0.0, 0.2):
        listed = list_patterns(table, prices, 0, beyond)
        assert listed.bound == pytest.approx(scores.min(), abs=1e-9)
        assert listed.costs[0] == pytest.approx(scores.min(), abs=1e-9)
        assert listed.complete_to >= scores.min() + beyond - 1e-6
        near = {row.tobytes() for row in everything[scores <= listed.complete_to - 1e-6]}
        assert near <= {row.tobytes() for row in listed.counts}


def test_overflow_keeps_the_bound_below_the_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    model = build_model(make_race(2, 12.0, 6, 20))
    prices = make_prices(model, solve_program(model.program.relaxed()).row_duals)
    tables = tabulate_legs(model)
    exact = [list_patterns(table, prices, leg).bound for leg, table in enumerate(tables)]
    monkeypatch.setattr(patterns_module, "STATES_MAX", 5)
    cut = [list_patterns(table, prices, leg).bound for leg, table in enumerate(tables)]
    assert all(low <= high + 1e-9 for low, high in zip(cut, exact, strict=True))
    assert sum(cut) < sum(exact)


def test_the_bound_holds_at_any_prices() -> None:
    rng = np.random.default_rng(7)
    model = build_model(make_race(5, 12.0, 6, 12))
    tables = tabulate_legs(model)
    best = solve_whole(model, 0.0).objective
    relaxed = solve_program(model.program.relaxed()).row_duals
    bounds = []
    for spread in (0.0, 0.1, 0.3, 1.0, 3.0):
        duals = relaxed * rng.normal(1.0, spread, len(relaxed)) + spread * 1e-4 * rng.normal(size=len(relaxed))
        prices = make_prices(model, duals)
        listed = [list_patterns(table, prices, leg).bound for leg, table in enumerate(tables)]
        bounds.append(prices.outside + sum(listed))
    assert max(bounds) <= best + 1e-4
    assert bounds[0] > solve_program(model.program.relaxed()).objective


def test_the_legs_own_prices_restore_their_relaxation() -> None:
    model = build_model(make_race(3, 12.0, 6, 12))
    relaxed = solve_program(model.program.relaxed())
    coupling = np.where(model.row_leg < 0, relaxed.row_duals, 0.0)
    duals = find_leg_duals(model, coupling)
    assert (duals[model.row_leg < 0] == coupling[model.row_leg < 0]).all()
    program = model.program
    sides = np.where(duals > 0, program.row_lower, np.where(duals < 0, program.row_upper, 0.0))
    reduced = program.cost - np.bincount(program.index, program.value * duals[program.rows], len(program.cost))
    lagrangian = (duals * sides).sum() + np.minimum(reduced * program.lower, reduced * program.upper).sum()
    assert lagrangian == pytest.approx(relaxed.objective, abs=1e-6)


@pytest.mark.parametrize("size", ["12 h", "30 h", "46 h"])
def test_states_stay_below_the_cap_at_the_first_prices(size: str) -> None:
    for seed in range(2):
        model = build_model(make_race(seed, *SIZES[size]))
        prices = make_prices(model, solve_program(model.program.relaxed()).row_duals)
        listed = [list_patterns(table, prices, leg) for leg, table in enumerate(tabulate_legs(model))]
        assert max(patterns.states for patterns in listed) < STATES_MAX
