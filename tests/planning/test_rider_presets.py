"""Kinds of riders: what they set, what goes before them, and that nobody's legs are made up."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pacecalc.documents.athlete import RIDER_POSITIONS, RIDER_PRESETS, AthleteDocument
from pacecalc.documents.reading import parse_document
from pacecalc.planning.athlete import Rider
from pacecalc.planning.figures import STATED, FigureInForce, list_figures
from pacecalc.planning.finish_time import predict_time
from pacecalc.planning.resolve import resolve_athlete
from pacecalc.planning.ride_demand import check_rider
from pacecalc.planning.rider_presets import BY_NAME, POSITIONS, PRESETS
from pacecalc.science.ridelimits import slowest_riding_speed

STANDINGS = ("measured", "choice", "fitted", "recalled", "derived")


def written(text: str) -> AthleteDocument:
    return parse_document(AthleteDocument, text)


def in_force(text: str, sport: str = "mtb") -> dict[str, FigureInForce]:
    return {figure.key: figure for figure in list_figures(written(text), sport)}  # type: ignore[arg-type]


def test_the_words_of_the_file_are_the_presets_there_are():
    assert tuple(BY_NAME) == RIDER_PRESETS
    assert tuple(POSITIONS) == RIDER_POSITIONS


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.name)
def test_every_kind_of_rider_sets_what_makes_one_and_can_ride(preset):
    rider = resolve_athlete(written(f"ride: {{preset: {preset.name}}}"), sport="mtb").rider
    for name, figure in preset.figures.items():
        assert getattr(rider, name) == figure.value
        assert any(word in figure.standing for word in STANDINGS)
    assert {
        "bike_mass_kg",
        "drag_area_m2",
        "gross_efficiency",
        "skill",
        "durability_per_kj_per_kg",
        "minimum_speed_m_per_s",
    } <= preset.figures.keys()
    assert any(word in preset.typical_w_per_kg.standing for word in STANDINGS)
    check_rider(resolve_athlete(written(f"ride: {{preset: {preset.name}}}"), sport="mtb"))


@pytest.mark.parametrize("name", RIDER_PRESETS)
def test_no_preset_makes_up_a_threshold(name):
    athlete = resolve_athlete(written(f"ride: {{preset: {name}}}"), sport="mtb")
    assert athlete.rider.threshold_power_w is None
    assert any("threshold power not given" in assumption.what for assumption in athlete.assumed)


def test_a_finisher_is_the_rider_assumed_without_a_word():
    assert resolve_athlete(written("ride: {preset: finisher}")).rider == Rider()


def test_durability_lies_inside_what_was_measured():
    # Mateo-March 2022: 0.13-0.22 % per kJ/kg for professionals; Barsumyan 2025: 0.7 % for amateurs at high intensity
    values = [float(BY_NAME[n].figures["durability_per_kj_per_kg"].value) for n in ("racer", "trained", "first_timer")]
    assert 0.0013 <= values[0] <= 0.0022
    assert values == sorted(values)
    assert values[-1] <= 0.007


@pytest.mark.parametrize(
    ("name", "chainring", "cog", "rollout_m"),
    [("finisher", 32, 51, 2.30), ("racer", 34, 51, 2.30), ("road", 34, 34, 2.11)],
)
def test_minimum_speeds_are_forty_five_turns_in_the_lowest_gear(name, chainring, cog, rollout_m):
    speed = float(slowest_riding_speed(45.0, chainring, cog, rollout_m))
    assert BY_NAME[name].figures["minimum_speed_m_per_s"].value == pytest.approx(speed, abs=0.006)


def test_at_equal_watts_each_kind_of_mountain_biker_beats_the_one_before():
    times = [
        predict_time(
            "silver-rush-50-mtb", athlete=resolve_athlete(written(f"ride: {{preset: {name}}}")), threshold_power="250 W"
        ).time_s
        for name in ("first_timer", "finisher", "trained", "racer")
    ]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 4


def test_what_the_rider_says_goes_before_the_preset_and_the_table_says_who_said_it():
    table = in_force("mass: 75 kg\nride: {preset: racer, bike: 11 kg, position: road_hoods}")
    assert (table["ride.bike"].value, table["ride.bike"].origin, table["ride.bike"].standing) == (11.0, "file", STATED)
    assert (table["ride.drag_area"].value, table["ride.drag_area"].origin) == (0.35, "road_hoods")
    assert (table["ride.skill"].value, table["ride.skill"].origin) == ("expert", "racer")
    assert (table["ride.kit"].value, table["ride.kit"].origin) == (3.0, "default")
    assert table["ride.minimum_speed"].value == pytest.approx(4.14)
    assert table["ride.minimum_speed"].unit == "km/h"
    assert table["ride.threshold_power"].value is None
    assert "never taken from a preset" in table["ride.threshold_power"].standing


@pytest.mark.parametrize("sport", ["run", "mtb", "ride"])
def test_every_value_has_a_standing(sport):
    for figure in list_figures(None, sport):
        assert figure.standing
        assert figure.origin == "default"
    keys = {figure.key.split(".")[0] for figure in list_figures(None, sport) if "." in figure.key}
    assert keys == ({"run", "fuel"} if sport == "run" else {"ride", "fuel"})


def test_no_value_of_a_rider_is_left_out():
    shown = [figure for figure in list_figures(None, "mtb") if figure.key.startswith("ride.")]
    assert len(shown) == len(fields(Rider))
