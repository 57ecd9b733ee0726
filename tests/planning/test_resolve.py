"""From what people wrote to the records of the planner."""

from dataclasses import fields
from datetime import date

import pytest

from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.pantry import ProductFacts
from pacecalc.documents.reading import parse_document
from pacecalc.errors import DocumentError, UsageError
from pacecalc.planning.athlete import Athlete, RaceResult
from pacecalc.planning.resolve import load_athlete, override_athlete, resolve_athlete, to_product


def texts(athlete: Athlete) -> list[str]:
    return [assumption.what for assumption in athlete.assumed]


def test_nobody_is_the_default_athlete_and_every_weighty_default_is_named():
    athlete = resolve_athlete(None)
    assert athlete.mass_kg == 70.0
    assert texts(athlete) == [
        "mass 70 kg",
        "height 175 cm",
        "sex not given",
        "home at sea level",
        "up to 75 g/h of carbohydrate",
        "sweat sodium 920 mg/L",
        "bottles for 1500 mL",
    ]
    assert athlete.assumed[0].change_with == "--mass, or mass in the athlete file"


def test_a_rider_hears_of_the_bike_too():
    what = texts(resolve_athlete(None, sport="mtb"))
    for text in (
        "bike 12 kg",
        "CdA 0.42 m2",
        "gross efficiency 0.21",
        "threshold power not given",
        "median skill downhill",
    ):
        assert text in what
    assert "threshold power not given" not in texts(resolve_athlete(None, sport="mtb", threshold_power_w=210.0))


def test_what_is_said_is_not_assumed():
    document = parse_document(AthleteDocument, "mass: 62 kg\nsex: female\nfuel: {sweat_sodium: 60 mmol/L}\n")
    athlete = resolve_athlete(document)
    assert athlete.mass_kg == 62.0
    assert athlete.fuelling.sweat_sodium_mg_per_l == pytest.approx(1379.4)
    assert not {"mass 70 kg", "sex not given"} & set(texts(athlete))
    assert not any("sodium" in text for text in texts(athlete))


def test_overrides_go_before_the_document():
    document = parse_document(AthleteDocument, "mass: 62 kg\n")
    athlete = resolve_athlete(document, mass_kg=64.0, bottle_ml=None, fade_fraction=0.1)
    assert athlete.mass_kg == 64.0
    assert athlete.runner.fade_fraction == 0.1
    assert athlete.fuelling.bottle_ml == 1500.0


def test_an_override_later_takes_its_assumption_away():
    athlete = override_athlete(resolve_athlete(None, sport="mtb"), mass_kg=62.0, threshold_power_w=210.0, name=None)
    assert athlete.mass_kg == 62.0
    assert athlete.rider.threshold_power_w == 210.0
    assert not any("mass" in text or "threshold" in text for text in texts(athlete))
    assert "CdA 0.42 m2" in texts(athlete)
    assert override_athlete(athlete, mass_kg=None) is athlete


def test_a_field_no_athlete_has_is_a_bug():
    with pytest.raises(TypeError, match="an athlete has no shoe_size"):
        resolve_athlete(None, shoe_size=44)


def test_results_tests_and_habits_arrive_in_si():
    document = parse_document(
        AthleteDocument,
        """
run:
  fade: 12 %
  results:
    - {distance: marathon, time: "3:05", date: 2026-04-12}
    - {distance: 10 km, time: "40:00", ascent: 50 m}
ride: {position: road_hoods, skill: expert}
fuel:
  gut_trained: yes
  caffeine: {habit: daily, limit: 300 mg}
  sweat_tests:
    - {rate: 0.9 L/h, temperature: 24 degC, humidity: 50 %, power: 190 W, duration: "1:30"}
    - {rate: 0.8 L/h, temperature: 20 degC, humidity: 50 %, speed: 10 km/h}
  likes: [cola]
""",
    )
    athlete = resolve_athlete(document)
    assert athlete.runner.fade_fraction == 0.12
    assert athlete.runner.results == (
        RaceResult(distance_m=42_195.0, time_s=11_100.0, on=date(2026, 4, 12)),
        RaceResult(distance_m=10_000.0, time_s=2400.0, ascent_m=50.0),
    )
    assert athlete.rider.drag_area_m2 == 0.35
    assert athlete.rider.skill == "expert"
    assert athlete.fuelling.gut_factor == 1.25
    assert athlete.fuelling.carbohydrate_limit_g_per_h == 90.0
    assert athlete.fuelling.caffeine_limit_mg_per_day == 300.0
    assert athlete.fuelling.caffeine_habit == "daily"
    assert [test.hours for test in athlete.fuelling.sweat_tests] == [1.5, 1.0]
    assert athlete.fuelling.sweat_tests[1].speed_m_per_s == pytest.approx(2.7778, abs=1e-4)
    assert athlete.fuelling.likes == ("cola",)


def test_a_stated_drag_area_goes_before_the_position_and_that_before_the_kind_of_rider():
    def drag_area(ride: str) -> float:
        return resolve_athlete(parse_document(AthleteDocument, f"ride: {{{ride}}}")).rider.drag_area_m2

    assert drag_area("preset: racer") == 0.37
    assert drag_area("preset: racer, position: road_hoods") == 0.35
    assert drag_area("preset: racer, position: road_hoods, drag_area: 0.33 m^2") == 0.33


def test_an_athlete_is_read_from_a_file(tmp_path):
    path = tmp_path / "athlete.yaml"
    path.write_text("mass: 62 kg\n")
    assert load_athlete(path).mass_kg == 62.0
    assert load_athlete(str(path), sport="mtb", mass_kg=60.0).mass_kg == 60.0
    assert load_athlete(None) == resolve_athlete(None)
    path.write_text("mass: -62 kg\n")
    with pytest.raises(DocumentError, match=r"athlete.yaml:1:7: mass: "):
        load_athlete(path)


def product(**more: str) -> ProductFacts:
    facts = {"id": "a", "name": "A", "kind": "gel", "mass": "40 g", "carbohydrate": "24 g"}
    return ProductFacts.model_validate({**facts, **more})


def test_a_product_keeps_every_stated_figure():
    made = to_product(
        product(
            energy="100 kcal",
            glucose="14 g",
            fructose="10 g",
            sodium="55 mg",
            shelf_hot="5 h",
            pack="24",
            served_only="yes",
            mix_with="100 mL",
            taste="savoury",
            texture="chew",
            max_per_hour="3",
            disputed="yes",
            standing="seen",
        ),
        preference=0.5,
    )
    assert (made.mass_g, made.energy_kcal, made.carbohydrate_g, made.glucose_g, made.fructose_g) == (
        40,
        100,
        24,
        14,
        10,
    )
    assert (made.sodium_mg, made.shelf_hot_h, made.shelf_cool_h, made.pack_size, made.mix_ml) == (55, 5, None, 24, 100)
    assert (made.taste, made.texture, made.max_per_h, made.preference) == ("savoury", "chew", 3, 0.5)
    assert made.served_only
    assert made.disputed
    assert made.standing == "seen"


@pytest.mark.parametrize(
    ("kind", "glucose_g", "fructose_g", "taste", "texture"),
    [
        ("gel", 16.0, 8.0, "sweet", "gel"),
        ("drink_mix", 16.0, 8.0, "sweet", "liquid"),
        ("fruit", 12.0, 12.0, "sweet", "solid"),
        ("rice_ball", 24.0, 0.0, "savoury", "solid"),
        ("salt", 24.0, 0.0, "neutral", "solid"),
    ],
)
def test_what_a_product_does_not_say_follows_from_its_kind(kind, glucose_g, fructose_g, taste, texture):
    made = to_product(product(kind=kind))
    assert (made.glucose_g, made.fructose_g) == (pytest.approx(glucose_g), pytest.approx(fructose_g))
    assert (made.taste, made.texture) == (taste, texture)
    assert made.energy_kcal == 96.0


def test_one_stated_sugar_leaves_the_rest_to_the_other():
    assert to_product(product(glucose="20 g")).fructose_g == 4.0
    assert to_product(product(fructose="10 g", fibre="2 g")).glucose_g == 12.0


def test_a_product_without_its_needed_figures_is_refused():
    with pytest.raises(UsageError, match="product 'a': mass, carbohydrate not given; it stands on the pack"):
        to_product(ProductFacts.model_validate({"id": "a", "name": "A", "kind": "gel"}))


WHOLE = """
name: Ann
mass: 61 kg
height: 168 cm
age: 44
sex: female
home_elevation: 1200 m
days_at_altitude: 4
heat_acclimatised: yes
experience: veteran
spread: 6 %
run:
  pack: 3 kg
  uphill_effort: 1.1
  downhill_skill: 0.5
  slow_down: 0.8
  fade: 12 %
  utmb_index: 560
ride:
  bike: 11 kg
  kit: 2.5 kg
  threshold_power: 205 W
  test_elevation: 300 m
  drag_area: 0.39 m^2
  rolling: 1.1
  gross_efficiency: 0.22
  drivetrain_efficiency: 0.96
  skill: expert
  durability: 0.004
  minimum_speed: 4.32 km/h
  w_prime: 18 kJ
fuel:
  bottles: 2000 mL
  carbohydrate_limit: 80 g/h
  fat_adapted: yes
  appetite: 65 %
  sweat_factor: 1.2
  sweat_sodium: 1100 mg/L
  sodium_policy: 0.6
  caffeine: {habit: daily, limit: 300 mg}
  carry: 4 kg
  fluid_limit: 0.9 L/h
  likes: [cola]
  dislikes: [banana]
"""
EXPECTED = {
    **{"name": "Ann", "mass_kg": 61.0, "height_m": 1.68, "age_y": 44.0, "sex": "female", "home_elevation_m": 1200.0},
    **{"altitude_days": 4.0, "heat_acclimatised": True, "experience": "veteran", "spread_fraction": 0.06},
    **{"pack_kg": 3.0, "uphill_effort": 1.1, "downhill_skill": 0.5, "slow_down": 0.8, "fade_fraction": 0.12},
    **{"utmb_index": 560.0, "bike_mass_kg": 11.0, "kit_mass_kg": 2.5, "threshold_power_w": 205.0},
    **{"test_elevation_m": 300.0, "drag_area_m2": 0.39, "rolling_factor": 1.1, "gross_efficiency": 0.22},
    **{"drivetrain_efficiency": 0.96, "skill": "expert", "durability_per_kj_per_kg": 0.004},
    **{"minimum_speed_m_per_s": 1.2, "w_prime_j": 18000.0, "bottle_ml": 2000.0, "carbohydrate_limit_g_per_h": 80.0},
    **{"fat_adapted": True, "appetite_at_finish": 0.65, "sweat_factor": 1.2, "sweat_sodium_mg_per_l": 1100.0},
    **{"sodium_policy": 0.6, "caffeine_habit": "daily", "caffeine_limit_mg_per_day": 300.0, "carry_kg": 4.0},
    **{"fluid_limit_l_per_h": 0.9, "likes": ("cola",), "dislikes": ("banana",)},
}


def test_every_key_of_an_athlete_file_reaches_the_athlete():
    athlete = resolve_athlete(parse_document(AthleteDocument, WHOLE), sport="mtb")
    parts = (athlete, athlete.runner, athlete.rider, athlete.fuelling)
    found = {f.name: getattr(part, f.name) for part in parts for f in fields(part)}
    for name, value in EXPECTED.items():
        assert found[name] == (pytest.approx(value) if isinstance(value, float) else value), name
    left = set(found) - set(EXPECTED) - {"runner", "rider", "fuelling", "assumed"}
    assert left == {"results", "sweat_tests", "gut_factor"}  # each has a test of its own here
    assert athlete.assumed == ()
