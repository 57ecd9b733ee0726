"""What changes in a leg when something goes wrong."""

from __future__ import annotations

import re

import pytest

from intake_races import larder_of, make_athlete, make_needs
from pacecalc.planning.intake.plan_b import list_plans_b
from pacecalc.planning.intake.rounds import PlannedIntake, plan_intake

ATHLETE = make_athlete(70.0)
LARDER = larder_of(ATHLETE)


def plan(mean_c: float, **changes: object) -> tuple[PlannedIntake, tuple]:
    athlete = make_athlete(70.0, **changes)  # type: ignore[arg-type]
    needs = make_needs(12.0, 5, athlete, mean_c=mean_c, swing_c=3.0, crews=(3,), start_clock_h=6.0)
    planned = plan_intake(needs, LARDER.products, LARDER.brought, athlete)
    return planned, list_plans_b(planned.needs, planned.problem, planned.solution, athlete, "run")


@pytest.fixture(scope="module")
def warm() -> tuple[PlannedIntake, tuple]:
    return plan(24.0)


def of(plans, code):
    return [b for leg in plans for b in leg if b.code == code]


def test_every_leg_has_an_answer_to_a_sick_stomach_heat_and_an_hour_more(warm):
    planned, plans = warm
    assert len(plans) == len(planned.solution.legs)
    for leg in plans:
        assert {"nauseous", "hotter", "slower"} <= {b.code for b in leg}
        assert all(b.message.endswith(".") and len(b.message) < 220 for b in leg)


def test_a_sick_stomach_gets_half_of_the_half_hour_as_liquid(warm):
    planned, plans = warm
    for leg, answer in zip(planned.needs.legs, of(plans, "nauseous"), strict=True):
        grams = 0.25 * leg.carbohydrate_g.target / leg.duration_h
        assert f"only {grams:.0f} g" in answer.message
        assert "Rice ball" not in answer.message.partition(" can wait")[0].partition("small sips")[0]


def test_hotter_asks_for_water_and_salt_up_to_what_is_safe(warm):
    planned, plans = warm
    hotter = of(plans, "hotter")
    assert sum(b.fluid_ml for b in hotter) > 1000.0
    for need, intake, answer in zip(planned.needs.legs, planned.solution.legs, hotter, strict=True):
        drunk = intake.water_ml + intake.station_water_ml
        assert drunk + answer.fluid_ml <= 1000.0 * need.duration_h + 1.0
        tabs = sum(i.count for i in answer.items if i.id == "saltstick-caps")
        assert tabs + intake.eaten.get("saltstick-caps", 0) <= 3.0 * need.duration_h


def test_in_the_greatest_heat_more_drink_is_not_the_answer():
    _, plans = plan(36.0, bottle_ml=3000.0)
    assert any("slow down and cool" in b.message for b in of(plans, "hotter"))


def test_an_empty_station_is_replaced_from_the_own_reserve_in_kind(warm):
    planned, plans = warm
    answered = [(k, b) for k, leg in enumerate(plans) for b in leg if b.code == "station-empty"]
    assert answered
    products = {p.id: p for p in planned.problem.products}
    for leg, answer in answered:
        lost = {
            i: sum(n for source, n in parts if source == "station")
            for i, parts in planned.solution.legs[leg].picked_up.items()
        }
        grams = sum(products[i].carbohydrate_g * n for i, n in lost.items())
        back = sum(products[i.id].carbohydrate_g * i.count for i in answer.items)
        assert back == pytest.approx(grams, abs=max(8.0, 22.0 / 2 + 1.0))
        own = {i for i, _ in planned.problem.brought}
        assert all(item.id in own for item in answer.items)
    assert not any(b.code == "station-empty" for b in plans[0])


def test_an_hour_more_takes_what_an_hour_of_the_leg_takes(warm):
    planned, plans = warm
    products = {p.id: p for p in planned.problem.products}
    for need, answer in zip(planned.needs.legs, of(plans, "slower"), strict=True):
        assert answer.fluid_ml == pytest.approx(need.fluid_ml.target / need.duration_h, abs=1.0)
        grams = sum(products[i.id].carbohydrate_g * i.count for i in answer.items)
        assert grams == pytest.approx(need.carbohydrate_g.target / need.duration_h, abs=12.0)


def test_every_volume_a_message_names_is_there_as_a_number(warm):
    for answer in [b for leg in warm[1] for b in leg]:
        named = [float(litres) for litres in re.findall(r"(\d+\.\d) L", answer.message)]
        assert named == [round(ml / 1000.0, 1) for ml in answer.volumes_ml]
        assert answer.message.isprintable()
    assert any(answer.volumes_ml for answer in of(warm[1], "slower"))


def test_hardly_more_sweat_is_said_in_words():
    _, plans = plan(2.0)
    assert any(b.message.startswith("hardly more sweat") for b in of(plans, "hotter"))
    assert not any("0.0 L" in b.message for leg in plans for b in leg)


def test_bottles_too_small_for_it_are_named():
    _, plans = plan(26.0, bottle_ml=1200.0)
    assert any("bottles hold 1.2" in b.message for leg in plans for b in leg)
