"""Food and drink of a steady effort, with no course."""

from __future__ import annotations

from collections import Counter

import pytest

from pacecalc.errors import IntakeError, UnitError, UsageError
from pacecalc.planning.athlete import Athlete, Fuelling, Rider
from pacecalc.planning.steady import plan_intake_for


def test_five_hours_in_the_warm_ask_for_what_the_science_page_says():
    made = plan_intake_for("5:00", temperature="24 degC", mass="62 kg")
    assert 60.0 <= made.carbohydrate_g_per_h <= 75.0
    assert 500.0 <= made.fluid_ml_per_h <= 800.0
    assert made.sodium_mg_per_h == pytest.approx(0.5 * made.sodium_lost_mg_per_h, rel=0.02)
    assert made.plasma_sodium_mmol_per_l >= 135.0
    assert -0.03 <= made.mass_change_fraction < 0.0


def test_hours_minutes_and_shopping_hold_the_same_pieces():
    made = plan_intake_for("7:30", temperature="28 degC", sport="mtb", power="180 W", mass="75 kg")
    by_hour: Counter[str] = Counter()
    for hour in made.hours:
        by_hour.update({item.id: item.count for item in hour.items})
    by_minute: Counter[str] = Counter()
    for row in made.schedule:
        by_minute.update({item.id: item.count for item in row.items})
    assert by_hour == by_minute
    bought = {line.id: line.count for line in made.shopping}
    assert all(bought[i] >= n for i, n in by_hour.items())
    assert sum(h.carbohydrate_g for h in made.hours) == pytest.approx(7.5 * made.carbohydrate_g_per_h, rel=0.08)
    assert made.hours[-1].end_s == 7.5 * 3600.0


def test_hotter_and_heavier_and_harder_sweat_more():
    usual = plan_intake_for("4:00", temperature="20 degC", mass="60 kg", speed="10 km/h")
    for change in ({"temperature": "30 degC"}, {"mass": "80 kg"}, {"speed": "13 km/h"}):
        other = plan_intake_for("4:00", **{"temperature": "20 degC", "mass": "60 kg", "speed": "10 km/h"} | change)
        assert other.sweat_l_per_h > usual.sweat_l_per_h


def test_the_card_has_more_water_the_hotter_it_is():
    card = plan_intake_for("4:00", temperature="20 degC").temperature_card
    assert [row.temperature_c for row in card] == [5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0]
    assert card[-2].fluid_ml_per_h > card[0].fluid_ml_per_h


def test_half_an_hour_needs_nothing():
    made = plan_intake_for("0:30", temperature="15 degC")
    assert made.carbohydrate_g_per_h == made.fluid_ml_per_h == 0.0
    assert made.shopping == ()


def test_a_day_and_a_night_are_planned_without_caffeine_for_a_night_nobody_spoke_of():
    made = plan_intake_for("24:00", temperature="15 degC", sport="ride")
    assert len(made.hours) == 24
    assert not any("caf" in item.id for hour in made.hours for item in hour.items)


def test_what_is_not_said_is_assumed_aloud():
    said = {a.what for a in plan_intake_for("3:00", temperature="15 degC").assumptions}
    assert {"humidity 50 %", "10 km/h", "mass 70 kg"} <= said
    given = plan_intake_for("3:00", temperature="15 degC", humidity="30 %", speed="9 km/h", mass="70 kg").assumptions
    assert not {"humidity 50 %", "10 km/h", "9 km/h", "mass 70 kg"} & {a.what for a in given}


def test_riders_go_by_their_threshold_when_no_power_is_given():
    rider = Athlete(rider=Rider(threshold_power_w=300.0))
    assert plan_intake_for("3:00", temperature="15 degC", sport="ride", athlete=rider).power_w == pytest.approx(195.0)
    assert plan_intake_for("3:00", temperature="15 degC", sport="ride", mass="60 kg").power_w == pytest.approx(120.0)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"duration": "5"}, UnitError, "duration"),
        ({"duration": "200:00"}, UnitError, "duration"),
        ({"temperature": "24"}, UnitError, "temperature"),
        ({"temperature": "90 degC"}, UnitError, "temperature"),
        ({"mass": "5 kg"}, UnitError, "mass"),
        ({"speed": "0 km/h"}, UnitError, "speed"),
        ({"humidity": "130 %"}, UnitError, "humidity"),
        ({"power": "200 W"}, UsageError, "rides"),
        ({"sport": "swim"}, UsageError, "swim"),
        ({"athlete": Athlete(fuelling=Fuelling(bottle_ml=0.0))}, IntakeError, "bottles hold 0.0 L"),
    ],
)
def test_wrong_input_is_refused_in_one_line(arguments, error, words):
    given = {"duration": "5:00", "temperature": "24 degC", **arguments}
    with pytest.raises(error, match=words) as caught:
        plan_intake_for(given.pop("duration"), **given)
    assert "\n" not in str(caught.value)


def test_what_an_hour_takes_is_the_whole_over_the_hours():
    made = plan_intake_for("5:00", temperature="27 degC", speed="9.5 km/h", mass="58 kg")
    trace = plan_intake_for("5:00", temperature="27 degC", speed="9.5 km/h", mass="58 kg", humidity="50 %")
    eaten_g = sum(hour.carbohydrate_g for hour in made.hours)
    assert made.carbohydrate_g_per_h == pytest.approx(eaten_g / 5.0, rel=0.1)
    assert made.sweat_l_per_h == trace.sweat_l_per_h
    lost_l = -made.mass_change_fraction * 58.0
    drunk_l = sum(hour.fluid_ml for hour in made.hours) / 1000.0
    assert 5.0 * made.sweat_l_per_h - drunk_l == pytest.approx(lost_l, abs=1.0)
    twice = plan_intake_for("10:00", temperature="27 degC", speed="9.5 km/h", mass="58 kg")
    assert twice.sweat_l_per_h == pytest.approx(made.sweat_l_per_h, rel=0.05)


def test_the_power_of_a_ride_lifts_nothing_in_a_run():
    ridden = plan_intake_for("3:00", temperature="15 degC", sport="ride", power="200 W", mass="70 kg")
    assert ridden.power_w == 200.0
    assert plan_intake_for("3:00", temperature="15 degC", mass="70 kg").power_w is None
    harder = plan_intake_for("3:00", temperature="15 degC", sport="ride", power="210 W", mass="70 kg")
    assert harder.energy_kcal_per_h == pytest.approx(210.0 / 200.0 * ridden.energy_kcal_per_h, rel=1e-6)


@pytest.mark.parametrize(("speed", "words"), [("26 m/s", "25"), ("0.2 m/s", "0.3")])
def test_a_speed_beyond_a_human_is_refused_with_the_limit(speed, words):
    with pytest.raises(UnitError, match=words):
        plan_intake_for("3:00", temperature="15 degC", sport="ride", speed=speed, power="150 W")
