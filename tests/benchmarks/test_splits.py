"""The errors reached on the open race splits do not grow."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shared_data import shared_path

sys.path.insert(0, str(Path(__file__).parent))

from split_data import SplitRace, load_races
from split_fit import TWO_START, leave_one_out, two_constants
from split_models import (
    even_pace,
    mean_error,
    minetti,
    predict_elapsed,
    predict_from_others,
    reference_rule,
    third_bias,
)
from split_stops import build_pacecalc
from splits import left_out_errors, mean_over_courses

from pacecalc.science.slowdown import LEVEL_AFTER_S, SIZE_AT_100_KM
from pacecalc.science.surfaces import CODE

REACHED_PERCENT = {
    "Western States": 1.33,
    "UTMB 2015": 1.255,
    "Transgrancanaria": 1.20,
    "Berlin Wall": 1.445,
    "Ultravasan 90": 1.45,
    "Boston 2015": 1.105,
    "Boston 2017": 1.28,
}
"""Left-out errors reached, rounded up."""


@pytest.fixture(scope="module")
def races() -> list[SplitRace]:
    shared_path("data", "gpx", "western-states-100.gpx")
    return load_races(shared_path("data", "splits").parents[1])


@pytest.mark.slow
def test_every_race_is_predicted_from_the_others(races: list[SplitRace]) -> None:
    fits = leave_one_out(races, two_constants, TWO_START)
    errors = left_out_errors(races, fits)
    for race, (_, percent) in zip(races, errors, strict=True):
        assert percent <= REACHED_PERCENT[race.name], race.name
    assert mean_over_courses(races, errors) <= 1.31
    # Shipped a little below the least error: the thirds of UTMB are nearer their plan there.
    assert 0.97 * fits.fitted_on_all.size < SIZE_AT_100_KM < fits.fitted_on_all.size
    assert fits.fitted_on_all.level_after_s == pytest.approx(LEVEL_AFTER_S, rel=0.05)


@pytest.mark.slow
def test_pacecalc_beats_even_pace_minetti_and_the_reference_rule(races: list[SplitRace]) -> None:
    ours = [mean_error(r, predict_elapsed(r, build_pacecalc())) for r in races]
    for model in (even_pace, minetti, reference_rule):
        others = [mean_error(r, predict_elapsed(r, model)) for r in races]
        assert mean_over_courses(races, ours) < mean_over_courses(races, others) - 0.1
    floor = [mean_error(r, predict_from_others(r)) for r in races]
    assert mean_over_courses(races, ours) - mean_over_courses(races, floor) < 0.10


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most_min"), [("Western States", 12.0), ("UTMB 2015", 20.0)])
def test_the_thirds_of_the_field_pass_every_station_near_their_plan(
    races: list[SplitRace], name: str, most_min: float
) -> None:
    """Median of the fast, the middle and the slow third, with the stops a plan makes and the snow of the year."""
    race = next(r for r in races if r.name == name)
    assert np.all(np.abs(third_bias(race, predict_elapsed(race, build_pacecalc()))) < most_min)


@pytest.mark.slow
def test_without_the_snow_of_the_year_western_states_is_still_within_the_aim(races: list[SplitRace]) -> None:
    race = replace(next(r for r in races if r.name == "Western States"), snowy={})
    assert np.all(np.abs(third_bias(race, predict_elapsed(race, build_pacecalc()))) < 12.0)


def test_snow_lies_in_the_snow_years_only(races: list[SplitRace]) -> None:
    race = next(r for r in races if r.name == "Western States")
    km_under_snow = {
        int(race.year[ran][0]): float(race.cell_m[ground.surface == CODE["snow"]].sum()) / 1000.0
        for ran, ground in race.by_ground()
    }
    assert km_under_snow == pytest.approx({2018: 0.0, 2019: 10.8, 2023: 22.0}, abs=0.6)
    assert sum(int(ran.sum()) for ran, _ in race.by_ground()) == len(race.finish_s)


@pytest.mark.slow
def test_snow_costs_most_of_what_the_snow_years_cost(races: list[SplitRace]) -> None:
    """Thirds of 2019 and 2023 came later to Red Star Ridge, 25 km, than in clear years: by what snow costs and more."""
    race = next(r for r in races if r.name == "Western States")
    red_star = race.stations.index("Red Star Ridge")
    miss_min, miss_clear_min = (
        (predict_elapsed(r, build_pacecalc()) - race.elapsed_s)[:, red_star] / 60.0
        for r in (race, replace(race, snowy={}))
    )
    third = np.argsort(np.argsort(race.finish_s)) * 3 // len(race.finish_s)
    snow_free = ~np.isin(race.year, list(race.snowy))
    for k in range(3):
        usual = np.nanmedian(miss_min[(third == k) & snow_free])
        for year in race.snowy:
            ran = (third == k) & (race.year == year)
            left, cost = (usual - np.nanmedian(m[ran]) for m in (miss_min, miss_clear_min))
            assert 0.0 < left < 0.7 * cost


def test_utmb_mats_stand_where_the_climb_ends_not_where_the_table_says(races: list[SplitRace]) -> None:
    """Hut of the Croix du Bonhomme, 2443 m, 5.0 km before Les Chapieux (live timing 2021)."""
    race = next(r for r in races if r.name == "UTMB 2015")
    km = dict(zip(race.stations, race.station_m / 1000.0, strict=True))
    assert km["Les Chapieux"] - km["Col du Bonhomme"] == pytest.approx(5.0, abs=0.2)
    edge = race.station_edge[race.stations.index("Col du Bonhomme")]
    assert race.elevation_m[edge - 1 : edge + 1].max() == pytest.approx(2443.0, abs=40.0)
    assert float(race.cell_m.sum()) == pytest.approx(169_400.0)
