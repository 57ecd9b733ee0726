"""What a leg may eat, where it can come from, and what the whole program then answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pacecalc.errors import IntakeError
from pacecalc.planning.intake.model import build_model
from pacecalc.planning.intake.optimise import solve_intake, solve_whole
from pacecalc.planning.intake.pieces import day_windows, make_choices, tap_before
from pacecalc.planning.intake.records import IntakeProblem, Refill
from pacecalc.planning.intake.stretches import list_dry_stretches
from pacecalc.planning.intake.supply import list_sources
from pacecalc.planning.records import Band
from planning.intake.instances import count_kind, make_leg, make_problem, make_race
from planning.intake.referee import find_faults

NOTHING = Band(target=0.0, low=0.0, high=0.0, maximum=500.0)


def stop(name: str, own: str | None = None, water: bool = True, **station: int | None) -> Refill:
    offered = tuple((item.replace("_", "-"), limit) for item, limit in station.items())
    return Refill(name=name, water=water, own_supply=own, station=offered)


def places(problem: IntakeProblem, leg: int, item: str) -> list[tuple[int, str]]:
    index = next(i for i, product in enumerate(problem.products) if product.id == item)
    return [(source.refill, source.kind) for source in list_sources(problem).get((leg, index), ())]


# Supply


def test_the_latest_unlimited_place_is_the_only_one_worth_using() -> None:
    legs = [make_leg(0), make_leg(1, refill=stop("A", gel=None)), make_leg(2, refill=stop("B"))]
    problem = make_problem(*legs)
    assert places(problem, 0, "gel") == [(0, "start")]
    assert places(problem, 2, "gel") == [(1, "station")]


def test_a_limited_station_competes_with_the_place_before_it() -> None:
    legs = [make_leg(0), make_leg(1, refill=stop("A", gel=2)), make_leg(2, refill=stop("B", gel=1))]
    assert places(make_problem(*legs), 2, "gel") == [(2, "station"), (1, "station"), (0, "start")]


def test_own_pieces_with_a_total_come_from_the_latest_own_place() -> None:
    legs = [make_leg(0), make_leg(1), make_leg(2, refill=stop("B"))]
    assert places(make_problem(*legs, brought={"gel": 3}), 2, "gel") == [(1, "crew")]


def test_served_food_is_had_only_where_it_is_served() -> None:
    legs = [make_leg(0), make_leg(1, refill=stop("A", cola=None)), make_leg(2, refill=stop("B"))]
    problem = make_problem(*legs)
    assert places(problem, 1, "cola") == [(1, "station")]
    assert places(problem, 2, "cola") == []


@pytest.mark.parametrize(("hot", "legs_kept"), [(True, 2), (False, 5)])
def test_a_rice_ball_keeps_5_h_in_the_heat_and_10_h_in_the_cool(hot: bool, legs_kept: int) -> None:
    legs = [make_leg(n, refill=stop(f"A{n}", own="start" if n == 0 else None), hot=hot) for n in range(8)]
    problem = make_problem(*legs)
    assert [bool(places(problem, leg, "umeboshi-rice-ball")) for leg in range(8)] == [n < legs_kept for n in range(8)]


def test_one_hot_leg_spoils_what_is_carried_through_it() -> None:
    legs = [make_leg(n, refill=stop(f"A{n}", own="start" if n == 0 else None), hot=n == 0) for n in range(4)]
    problem = make_problem(*legs)
    assert not places(problem, 3, "umeboshi-rice-ball")


def test_food_in_a_drop_bag_ages_from_the_start() -> None:
    bag = [make_leg(n, refill=stop(f"A{n}", own="drop bag" if n == 5 else None)) for n in range(6)]
    crew = [make_leg(n, refill=stop(f"A{n}", own="crew" if n == 5 else None)) for n in range(6)]
    assert not places(make_problem(*bag), 5, "umeboshi-rice-ball")
    assert places(make_problem(*crew), 5, "umeboshi-rice-ball") == [(5, "crew")]


def test_an_empty_station_limit_is_no_source() -> None:
    assert not places(make_problem(make_leg(0, refill=stop("A", gel=0)), brought={}), 0, "gel")


# Bounds


def most(problem: IntakeProblem, item: str, leg: int = 0) -> int:
    found = [c.most for c in make_choices(problem) if c.leg == leg and problem.products[c.product].id == item]
    return found[0] if found else 0


def test_salt_tabs_are_bounded_by_three_an_hour_and_by_the_sodium_they_are_for() -> None:
    salty = Band(target=5000.0, low=4250.0, high=5750.0, maximum=9000.0)
    assert most(make_problem(make_leg(0, sodium_mg=salty)), "salt-cap") == 6
    modest = Band(target=300.0, low=255.0, high=345.0, maximum=900.0)
    assert most(make_problem(make_leg(0, sodium_mg=modest)), "salt-cap") == 2


def test_a_powder_is_bounded_by_the_water_it_is_mixed_with() -> None:
    assert most(make_problem(make_leg(0), bottle_ml=900.0), "tailwind") == 1


def test_a_liquid_only_leg_keeps_gels_powders_and_capsules_and_drops_solids_and_chews() -> None:
    problem = make_problem(make_leg(0, liquid_only=True), products=20)
    kept = {problem.products[choice.product].id for choice in make_choices(problem)}
    assert {"gel", "tailwind", "salt-cap", "ph1500"} <= kept
    assert not kept & {"bar", "banana", "bloks", "pretzels", "umeboshi-rice-ball"}


def test_bottles_are_filled_at_the_start_and_where_there_is_water() -> None:
    legs = [make_leg(0, refill=stop("S", own="start", water=False)), make_leg(1, refill=stop("A", water=False))]
    assert tap_before(make_problem(*legs, make_leg(2))) == [0, 0, 2]
    assert tap_before(make_problem(make_leg(0, refill=stop("S", water=False)))) == [None]


def test_every_24_h_window_is_covered_once() -> None:
    assert day_windows(make_problem(*(make_leg(n, 3.0) for n in range(4)))) == [(0, 3)]
    windows = day_windows(make_problem(*(make_leg(n, 4.0) for n in range(10))))
    assert windows == [(0, 6), (1, 7), (2, 8), (3, 9)]


def test_legs_before_the_first_tap_drink_nothing_and_mix_nothing() -> None:
    dry = make_leg(0, 0.5, refill=stop("S", own="crew", water=False), fluid_ml=NOTHING)
    problem = make_problem(dry, make_leg(1))
    first = solve_intake(problem).legs[0]
    assert first.water_ml == first.station_water_ml == first.carried_water_ml == 0.0
    assert "tailwind" not in first.eaten
    assert find_faults(problem, solve_intake(problem)) == []


# Answers of the whole program


def test_zero_targets_mean_nothing_to_eat_or_drink() -> None:
    leg = make_leg(0, 1.0, carbohydrate_g=NOTHING, fluid_ml=NOTHING, sodium_mg=NOTHING)
    problem = make_problem(leg)
    liked = replace(problem, products=tuple(replace(product, preference=0.5) for product in problem.products))
    for case in (problem, liked):
        for method in ("pattern", "milp"):
            intake = solve_intake(case, method=method).legs[0]  # type: ignore[arg-type]
            assert (intake.eaten, intake.picked_up, intake.carried) == ({}, {}, {})
            assert intake.water_ml == intake.station_water_ml == intake.carried_water_ml == 0.0


def test_no_legs_need_nothing() -> None:
    assert solve_intake(make_problem()).legs == ()


@pytest.mark.parametrize("method", ["pattern", "milp"])
def test_salt_tabs_appear_in_the_heat_and_vanish_in_the_cold(method: str) -> None:
    hot = make_problem(*(make_leg(n, sweat_l_per_h=1.3, hot=True, temperature_c=28.0) for n in range(4)))
    cold = make_problem(*(make_leg(n, sweat_l_per_h=0.3) for n in range(4)))
    tabs = [
        sum(count_kind(problem, leg.eaten, "salt") for leg in solve_intake(problem, method=method).legs)  # type: ignore[arg-type]
        for problem in (hot, cold)
    ]
    assert tabs[0] > 0
    assert tabs[1] == 0


def test_caffeine_is_eaten_by_night_not_by_day() -> None:
    problem = make_problem(make_leg(0), make_leg(1), make_leg(2, caffeine_target_mg=100.0))
    caffeine = {product.id: product.caffeine_mg for product in problem.products}
    eaten = [sum(caffeine[i] * n for i, n in leg.eaten.items()) for leg in solve_intake(problem).legs]
    assert eaten == [0.0, 0.0, 100.0]


def test_a_liked_product_is_eaten_more_and_a_disliked_one_less() -> None:
    problem = make_problem(*(make_leg(n) for n in range(3)))
    counts = []
    for preference in (-0.3, 0.0, 0.3):
        products = tuple(replace(p, preference=preference if p.id == "bar" else 0.0) for p in problem.products)
        solution = solve_intake(replace(problem, products=products))
        counts.append(sum(leg.eaten.get("bar", 0) for leg in solution.legs))
    assert counts[0] == 0
    assert counts[0] <= counts[1] <= counts[2]
    assert counts[2] > counts[0]


def test_a_long_day_asks_for_protein_and_savoury_food() -> None:
    plain = make_problem(*(make_leg(n) for n in range(3)), products=20)
    asking = make_problem(*(make_leg(n, protein_min_g=12.0, savoury_min=2) for n in range(3)), products=20)
    held = {p.id: p for p in plain.products}
    for leg in solve_intake(asking).legs:
        assert sum(held[item].protein_g * n for item, n in leg.eaten.items()) >= 12.0
        assert sum(n for item, n in leg.eaten.items() if held[item].taste == "savoury") >= 2
    protein = [sum(held[i].protein_g * n for i, n in leg.eaten.items()) for leg in solve_intake(plain).legs]
    assert min(protein) < 12.0


def test_a_single_food_meets_the_targets_alone_when_there_is_no_other() -> None:
    problem = make_problem(make_leg(0), brought={"gel": None}, share_max=1.0)
    intake = solve_intake(problem).legs[0]
    assert intake.eaten == {"gel": 5}
    assert intake.picked_up == {"gel": (("start", 5),)}
    assert intake.carried == {"gel": 5}


def test_flows_balance_and_no_rule_is_broken_by_branch_and_bound() -> None:
    for seed in range(4):
        problem = make_race(seed, 12.0, 6, 12)
        assert find_faults(problem, solve_whole(build_model(problem), 0.05)) == []


# Refusals


def test_a_dry_stretch_names_place_hours_need_and_bottles() -> None:
    leg = make_leg(0, 5.0, sweat_l_per_h=0.81)
    with pytest.raises(IntakeError) as refused:
        solve_intake(make_problem(leg, bottle_ml=1500.0))
    assert str(refused.value).startswith("5.0 h from Start to Aid 1 needs 3.1 L, bottles hold 1.5 L; carry more")


def test_no_bottles_on_a_five_hour_leg_is_refused() -> None:
    with pytest.raises(IntakeError, match=r"bottles hold 0\.0 L"):
        solve_intake(make_problem(make_leg(0, 5.0), bottle_ml=0.0))


def test_bottles_below_the_target_are_planned_with_what_they_hold() -> None:
    problem = make_problem(make_leg(0, 5.0, sweat_l_per_h=0.81), bottle_ml=2000.0)
    solution = solve_intake(problem)
    assert solution.legs[0].carried_water_ml == pytest.approx(2000.0)
    assert find_faults(problem, solution) == []
    (stretch,) = list_dry_stretches(problem)
    assert str(stretch) == "5.0 h from Start to Aid 1 needs 3.1 L, bottles hold 2.0 L"


@pytest.mark.parametrize("name", ["bottle_ml", "carry_g", "caffeine_race_mg", "caffeine_day_mg", "salt_tabs_per_h"])
def test_limits_below_zero_or_unknown_are_refused(name: str) -> None:
    for amount in (-1.0, float("nan")):
        with pytest.raises(IntakeError, match="give zero or more"):
            solve_intake(make_problem(make_leg(0), **{name: amount}))


def test_needs_that_make_no_sense_are_refused() -> None:
    wrong = Band(target=float("nan"), low=0.0, high=0.0, maximum=1.0)
    for leg in (make_leg(0, sodium_mg=wrong), make_leg(0, duration_h=0.0), make_leg(0, glucose_max_g=-1.0)):
        with pytest.raises(IntakeError, match="needs from Start to Aid 1 are not usable"):
            solve_intake(make_problem(leg))
