"""Why a band is not met, in a few words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake_races import larder_of, make_athlete, make_needs
from pacecalc.planning.feed import Teller
from pacecalc.planning.intake.reasons import explain_bands
from pacecalc.planning.intake.records import LegIntake, LegNeed

ATHLETE = make_athlete()
LARDER = larder_of(ATHLETE)
NEED = make_needs(2.0, 0, ATHLETE, mean_c=24.0, swing_c=0.0).legs[0]


def explain(eaten: dict[str, int], water_ml: float, need: LegNeed = NEED, bottle_ml: float = 1500.0) -> str:
    intake = LegIntake(
        eaten=eaten, picked_up={}, carried=eaten, water_ml=water_ml, station_water_ml=0.0, carried_water_ml=water_ml
    )
    total = Teller(LARDER, bottle_ml).sum_up(eaten, water_ml)
    return " ".join(explain_bands(need, intake, total, LARDER.products, bottle_ml))


def test_nothing_is_said_of_bands_that_are_met():
    grams, salt = NEED.carbohydrate_g.target, NEED.sodium_mg.target
    gels = round(grams / 22.0)
    text = explain({"gu-energy-gel": gels, "saltstick-caps": round((salt - 55 * gels) / 215)}, NEED.fluid_ml.target)
    assert "fluid" not in text
    assert "carbohydrate" not in text


@pytest.mark.parametrize(
    ("eaten", "share", "words"),
    [
        ({"gu-energy-gel": 1}, 1.0, "g carbohydrate, under its band"),
        ({"gu-energy-gel": 9}, 1.0, "g carbohydrate, over its band"),
        ({}, 1.4, "mL fluid, over its band"),
        ({}, 0.5, "weight limit"),
        ({"saltstick-caps": 1}, 1.0, "at their cap or not worth another"),
        ({"onigiri-umeboshi": 3}, 1.0, "savoury food brings it"),
        ({"maurten-drink-mix-160": 8}, 1.0, "the food brings it"),
    ],
)
def test_each_cause_has_its_words(eaten, share, words):
    assert words in explain(eaten, share * NEED.fluid_ml.target)


def test_empty_bottles_are_named():
    assert "bottles hold 500 mL" in explain({}, 500.0, bottle_ml=500.0)
    dry = replace(NEED, refill=replace(NEED.refill, water=False))
    assert "bottles hold 1500 mL" in explain({}, 0.0, dry)


def test_in_the_cold_no_tablet_is_worth_it_and_more_salt_than_planned_is_less_than_sweat_takes():
    assert "no tab is worth it in the cold" in explain({}, 500.0, replace(NEED, temperature_c=4.0))
    assert "and sweat takes more" in explain({"onigiri-umeboshi": 2}, 500.0, replace(NEED, sodium_lost_mg=3000.0))
