"""What to pack, carry, take and buy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from intake_races import larder_of, make_athlete, make_needs
from pacecalc.planning.intake.lists import (
    list_packing,
    list_shopping,
    make_temperature_card,
)
from pacecalc.planning.intake.rounds import PlannedIntake, plan_intake

ATHLETE = make_athlete()
LARDER = larder_of(ATHLETE)


@pytest.fixture(scope="module")
def planned() -> PlannedIntake:
    needs = make_needs(
        29.0, 11, ATHLETE, mean_c=22.0, swing_c=8.0, bags=(6, 9), crews=(3, 6), start_clock_h=4.0, watts_per_kg=7.5
    )
    return plan_intake(needs, LARDER.products, LARDER.brought, ATHLETE)


def test_pockets_hold_what_was_left_and_what_was_taken_less_what_was_eaten(planned):
    limits, products = planned.problem.limits, LARDER.products
    before: Counter[str] = Counter()
    for intake in planned.solution.legs:
        taken = {i: sum(n for _, n in sources) for i, sources in intake.picked_up.items() if i in intake.carried}
        carried = Counter(intake.carried)
        assert carried == before + Counter(taken)
        before = carried - Counter({i: n for i, n in intake.eaten.items() if not products[i].served_only})
        food_g = sum(products[i].mass_g * n for i, n in carried.items())
        assert food_g + intake.carried_water_ml <= limits.carry_g + 1e-6
        assert intake.carried_water_ml <= limits.bottle_ml + 1e-6
    assert not before


def test_bags_and_crews_hold_what_the_plan_takes_there_and_a_tenth_in_spare(planned):
    packing = list_packing(planned.problem, planned.solution)
    assert packing[0].kind == "start"
    assert {row.kind for row in packing} <= {"start", "drop bag", "crew"}
    limits = dict(planned.problem.brought)
    packed: Counter[str] = Counter()
    for row in packing:
        spares = {item.id: item.count for item in row.spares}
        for item in row.items:
            packed[item.id] += item.count + spares.get(item.id, 0)
            if limits[item.id] is None:
                assert spares[item.id] == -(-item.count // 10)
    for product_id, count in packed.items():
        assert limits[product_id] is None or count <= limits[product_id]


def test_spares_stop_where_there_is_no_more(planned):
    used = Counter()
    for row in list_packing(planned.problem, planned.solution):
        used.update({item.id: item.count for item in row.items})
    short = replace(planned.problem, brought=tuple((i, used.get(i)) for i, _ in planned.problem.brought))
    assert all(row.spares == () for row in list_packing(short, planned.solution))


def test_shopping_is_all_bags_in_packs(planned):
    shopping = {line.id: line for line in list_shopping(planned.problem, planned.solution)}
    total: Counter[str] = Counter()
    for row in list_packing(planned.problem, planned.solution):
        for item in (*row.items, *row.spares):
            total[item.id] += item.count
    assert {i: line.count for i, line in shopping.items()} == dict(total)
    for line in shopping.values():
        assert (line.packs - 1) * line.pack_size < line.count <= line.packs * line.pack_size
        assert line.check_pack == LARDER.products[line.id].disputed
    assert not any(LARDER.products[i].served_only for i in shopping)


def test_temperature_card_asks_for_more_water_the_hotter_it_is(planned):
    card = make_temperature_card(planned.needs, planned.problem, planned.solution, ATHLETE, "run")
    assert [row.temperature_c for row in card] == [5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0]
    sweat, fluid = [row.sweat_l_per_h for row in card], [row.fluid_ml_per_h for row in card]
    assert sweat == sorted(sweat)
    assert fluid == sorted(fluid)
    assert all(0.0 <= row.salt_tabs_per_h <= 3.0 for row in card)
    assert card[0].salt_tabs_per_h < 0.2
    assert card[5].salt_tabs_per_h > 1.0
    assert all(row.fluid_ml_per_h <= 1000.0 for row in card)
    assert card[0].carbohydrate_g_per_h == pytest.approx(card[-1].carbohydrate_g_per_h)


def test_a_pantry_without_salt_tablets_has_a_card_without_them(planned):
    products = tuple(p for p in planned.problem.products if p.kind != "salt")
    problem = replace(planned.problem, products=products)
    no_salt = replace(
        planned.solution,
        legs=tuple(
            replace(leg, eaten={i: n for i, n in leg.eaten.items() if i != "saltstick-caps"})
            for leg in planned.solution.legs
        ),
    )
    card = make_temperature_card(planned.needs, problem, no_salt, ATHLETE, "run", (30.0,))
    assert card[0].salt_tabs_per_h == 0.0
    assert card[0].sodium_mg_per_h > 0.0
