"""What each leg of a race needs, and the bounds that never give way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_races import larder_of, make_athlete, make_needs, make_problem, make_trace, make_waypoints
from pacecalc.errors import IntakeError
from pacecalc.planning.athlete import Athlete, Fuelling, Rider, SweatTest
from pacecalc.planning.intake.body import (
    estimate_body_water_l,
    estimate_stores_g,
    personal_sweat_factor,
    trace_body,
)
from pacecalc.planning.intake.needs import NOT_MEDICAL_ADVICE, RaceNeeds, build_legs
from pacecalc.planning.intake.night import find_night
from pacecalc.science import fluid, sodium


def totals(needs: RaceNeeds) -> tuple[float, float, float]:
    legs = needs.legs
    return (
        sum(leg.carbohydrate_g.target for leg in legs),
        sum(leg.fluid_ml.target for leg in legs),
        sum(leg.sodium_mg.target for leg in legs),
    )


@pytest.mark.parametrize("mass", [55.0, 80.0])
@pytest.mark.parametrize("mean", [5.0, 15.0])
def test_ten_degrees_hotter_means_more_fluid_and_sodium(mass, mean):
    athlete = make_athlete(mass)
    _, cool_ml, cool_mg = totals(make_needs(24.0, 12, athlete, mean_c=mean))
    _, hot_ml, hot_mg = totals(make_needs(24.0, 12, athlete, mean_c=mean + 10.0))
    assert hot_ml > cool_ml
    assert hot_mg > cool_mg


def test_the_heavier_athlete_needs_more_of_all_but_carbohydrate():
    light, heavy = (totals(make_needs(24.0, 12, make_athlete(mass))) for mass in (55.0, 80.0))
    assert heavy[1] > light[1]
    assert heavy[2] > light[2]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.3, 46.0),
    st.integers(0, 24),
    st.sampled_from([48.0, 55.0, 80.0, 95.0]),
    st.floats(-5.0, 34.0),
    st.sampled_from(["run", "mtb"]),
    st.floats(7.0, 14.0),
)
def test_bounds_hold_in_any_race(hours, stations, mass, mean, sport, watts_per_kg):
    needs = make_needs(
        hours, stations, make_athlete(mass), sport, mean_c=mean, watts_per_kg=watts_per_kg, bags=(2,), crews=(5,)
    )
    assert sum(leg.duration_h for leg in needs.legs) == pytest.approx(hours)
    assert needs.legs[0].start_s == 0.0
    for leg, loss_l in zip(needs.legs, needs.targets.loss_l, strict=True):
        for band in (leg.carbohydrate_g, leg.fluid_ml, leg.sodium_mg):
            assert 0.0 <= band.low <= band.target <= band.high <= band.maximum + 1e-9
        assert leg.fluid_ml.maximum <= 1000.0 * min(loss_l, leg.duration_h) + 1e-6
        assert leg.carbohydrate_g.target <= 90.0 * leg.duration_h + 1e-9
        assert leg.caffeine_target_mg <= leg.caffeine_max_mg <= 3.0 * mass + 1e-9
        assert leg.duration_h <= 5.0 + 1e-9
        assert leg.station_drink_max_ml <= 400.0
    assert sum(leg.caffeine_target_mg for leg in needs.legs) <= needs.limits.caffeine_race_mg


@settings(max_examples=40, deadline=None)
@given(st.floats(2.0, 46.0), st.sampled_from([50.0, 70.0, 90.0]), st.floats(-5.0, 34.0), st.floats(15.0, 80.0))
def test_blood_sodium_stays_at_135_at_the_wet_unsalted_edge_of_the_bands(hours, mass, mean, mmol_per_l):
    athlete = make_athlete(mass, sweat_sodium_mg_per_l=mmol_per_l * 22.99, sodium_policy=0.0)
    needs = make_needs(hours, 8, athlete, mean_c=mean)
    drunk_l = sum(leg.fluid_ml.high for leg in needs.legs) / 1000.0
    eaten = sum(leg.sodium_mg.low for leg in needs.legs) / sodium.SODIUM_MG_PER_MMOL
    lost = (
        needs.targets.sweat_l.sum() * athlete.fuelling.sweat_sodium_mg_per_l
    ) / sodium.SODIUM_MG_PER_MMOL + 5.0 * needs.targets.sweat_l.sum()
    end = sodium.predict_plasma_sodium(
        estimate_body_water_l(athlete), drunk_l - needs.targets.loss_l.sum(), eaten - lost
    )
    assert end >= 135.0 - 1e-6


def test_a_very_salty_sweater_in_the_heat_drinks_less_rather_than_dilute_the_blood():
    salty = make_athlete(50.0, sweat_sodium_mg_per_l=80 * 22.99)
    usual = make_athlete(50.0)
    held, free = (make_needs(13.0, 8, who, mean_c=30.0) for who in (salty, usual))
    assert sum(leg.sodium_mg.target for leg in held.legs) == pytest.approx(13000.0)
    assert sum(leg.fluid_ml.high for leg in held.legs) < sum(leg.fluid_ml.high for leg in free.legs)


def test_body_mass_is_held_within_its_limit_wherever_drinking_allows():
    needs = make_needs(30.0, 14, mean_c=18.0)
    drunk_l = sum(leg.fluid_ml.target for leg in needs.legs) / 1000.0
    assert needs.targets.loss_l.sum() - drunk_l <= 0.03 * 70.0 + 0.01
    assert drunk_l >= needs.targets.least_fluid_ml / 1000.0 - 1e-6
    assert needs.targets.reasons == ()


def test_when_drinking_enough_is_not_safe_the_reason_is_given():
    needs = make_needs(12.0, 6, mean_c=36.0, swing_c=2.0)
    assert "not safe" in needs.targets.reasons[0]
    assert all(leg.fluid_ml.target <= 1000.0 * leg.duration_h for leg in needs.legs)


def test_a_10_k_needs_nothing_on_the_way():
    needs = make_needs(0.7, 3, start_clock_h=21.0)
    assert len(needs.legs) == 1
    leg = needs.legs[0]
    assert totals(needs) == (0.0, 0.0, 0.0)
    assert (leg.caffeine_target_mg, leg.savoury_min, leg.protein_min_g) == (0.0, 0, 0.0)


def test_a_marathon_takes_60_to_90_g_per_h_and_no_protein():
    needs = make_needs(3.5, 25, make_athlete(carbohydrate_limit_g_per_h=90.0), watts_per_kg=13.0)
    grams, millilitres, _ = totals(needs)
    assert 55.0 <= grams / 3.5 <= 90.0
    assert 350.0 <= millilitres / 3.5 <= 800.0
    assert all(leg.protein_min_g == 0.0 for leg in needs.legs)


def test_carbohydrate_is_held_by_gut_by_burning_and_by_appetite():
    strong = {"watts_per_kg": 12.0, "speed_m_per_s": 3.0}
    grams = totals(make_needs(5.0, 4, make_athlete(carbohydrate_limit_g_per_h=50.0), **strong))[0]
    # appetite falls to 0.75 over the last 60 %
    assert grams == pytest.approx(5.0 * 50.0 * (1.0 - 0.6 * 0.125), rel=0.01)
    idle = make_needs(4.0, 3, watts_per_kg=3.0)
    assert totals(idle)[0] <= idle.targets.carbohydrate_used_g.sum() + 1e-6


def test_an_ultra_is_fed_at_least_as_the_issn_advises_however_slow():
    # Tiller 2019: 30-50 g/h; those who ate less than half of 0.98 g/kg/h did not finish (Stuempfle 2011).
    assert totals(make_needs(24.0, 8, watts_per_kg=3.0))[0] == pytest.approx(24.0 * 30.0, rel=1e-6)


def test_appetite_fades_towards_the_finish():
    legs = make_needs(5.0, 4, watts_per_kg=12.0, speed_m_per_s=3.0).legs
    first, last = legs[0], legs[-1]
    assert last.carbohydrate_g.target / last.duration_h < first.carbohydrate_g.target / first.duration_h


def test_fat_adapted_burn_and_need_less_carbohydrate():
    usual, adapted = (
        make_needs(24.0, 8, make_athlete(fat_adapted=flag)).targets.carbohydrate_used_g.sum() for flag in (False, True)
    )
    assert adapted < usual


def test_caffeine_is_a_target_at_night_only_and_by_habit():
    by_habit = {}
    for habit in ("none", "some", "daily"):
        needs = make_needs(30.0, 14, make_athlete(caffeine_habit=habit))
        by_habit[habit] = sum(leg.caffeine_target_mg for leg in needs.legs)
        for leg in needs.legs:
            clock_h = (6.0 + leg.start_s / 3600.0) % 24.0
            if 4.0 <= clock_h <= 17.0:
                assert leg.caffeine_target_mg == 0.0
    assert 0.0 < by_habit["none"] < by_habit["some"] < by_habit["daily"]
    # 20:00 to 04:00 at 1.2 mg/kg every 3.5 h
    assert by_habit["some"] == pytest.approx(70.0 * 1.2 * 8.0 / 3.5, rel=0.02)


def test_who_takes_no_caffeine_gets_none():
    needs = make_needs(30.0, 14, make_athlete(caffeine_limit_mg_per_day=0.0))
    assert all(leg.caffeine_target_mg == leg.caffeine_max_mg == 0.0 for leg in needs.legs)


def test_a_start_before_dawn_is_no_night():
    assert find_night(make_trace(10.0, start_clock_h=4.0)).sum() == 0.0
    night = find_night(make_trace(30.0))
    hours = night.sum() / 30.0
    assert hours == pytest.approx(8.0, abs=0.1)


def test_savoury_and_protein_on_long_days_only():
    short, long = make_needs(7.0, 5), make_needs(30.0, 14)
    assert sum(leg.savoury_min for leg in short.legs) == 0
    assert sum(leg.savoury_min for leg in long.legs) == 11
    assert sum(leg.protein_min_g for leg in long.legs) == pytest.approx(150.0)


def test_dense_stations_are_merged_and_bags_and_crews_kept():
    needs = make_needs(4.5, 25, bags=(13,), crews=(6,))
    assert all(leg.duration_h >= 40.0 / 60.0 for leg in needs.legs)
    kept = {leg.refill.name: leg.refill.own_supply for leg in needs.legs}
    assert kept["Aid 13"] == "drop bag"
    assert kept["Aid 6"] == "crew"
    assert kept["Start"] == "start"
    passed = {i for span in needs.spans for i in span.inside} | {span.start_waypoint for span in needs.spans}
    assert passed == set(range(26))


def test_bare_landmarks_are_no_refill_points_and_water_tables_are():
    waypoints, arrive_s = make_waypoints(10.0, 4)
    summit, table = (
        replace(waypoints[i], kind=kind, water=kind == "water") for i, kind in ((2, "summit"), (3, "water"))
    )
    waypoints[2], waypoints[3] = summit, table
    needs = build_legs(waypoints, arrive_s, make_trace(10.0), make_athlete(), "run", typical_station=("banana",))
    assert [leg.refill.name for leg in needs.legs] == ["Start", "Aid 1", "Aid 3", "Aid 4"]
    assert needs.spans[1].inside == (2,)
    assert needs.legs[2].refill.water
    assert needs.legs[2].refill.station == ()


def test_the_last_station_before_a_near_finish_is_left_out():
    waypoints, _ = make_waypoints(3.0, 2)
    needs = build_legs(waypoints, [0.0, 3600.0, 10000.0, 10800.0], make_trace(3.0), make_athlete(), "run")
    assert [leg.refill.name for leg in needs.legs] == ["Start", "Aid 1"]


def test_a_leg_over_five_hours_is_split_where_nothing_can_be_had():
    # one station, nothing at it: the course knows that there is nothing
    waypoints, arrive_s = make_waypoints(11.0, 1)
    waypoints[1] = replace(waypoints[1], offers=(), water=False, kind="junction")
    needs = build_legs(waypoints, arrive_s, make_trace(11.0), make_athlete(), "run")
    assert [leg.refill.name for leg in needs.legs] == ["Start", "on the way to Finish", "on the way to Finish"]
    assert [span.virtual for span in needs.spans] == [False, True, True]
    on_the_way = needs.legs[1].refill
    assert not on_the_way.water
    assert on_the_way.own_supply is None
    assert needs.legs[1].station_drink_max_ml == 0.0
    assert needs.legs[-1].end == "Finish"


def test_unknown_stock_is_the_typical_station_and_said_so_or_water_only():
    waypoints, arrive_s = make_waypoints(10.0, 3)
    athlete = make_athlete()
    larder, trace = larder_of(athlete), make_trace(10.0)
    given_list = build_legs(waypoints, arrive_s, trace, athlete, "run", typical_station=larder.typical_station)
    assert [i for i, _ in given_list.legs[1].refill.station] == list(larder.typical_station)
    assert "3 aid stations" in given_list.assumed[0].what
    dry = build_legs(
        waypoints, arrive_s, trace, athlete, "run", typical_station=larder.typical_station, water_only=True
    )
    assert dry.legs[1].refill.station == ()
    assert dry.legs[1].refill.water
    assert not any("unknown stock" in a.what for a in dry.assumed)


def test_arrivals_that_run_backwards_are_refused():
    waypoints, arrive_s = make_waypoints(10.0, 3)
    with pytest.raises(IntakeError, match="never fall"):
        build_legs(waypoints, arrive_s[::-1], make_trace(10.0), make_athlete(), "run")
    with pytest.raises(IntakeError, match="one a waypoint"):
        build_legs(waypoints, arrive_s[:-1], make_trace(10.0), make_athlete(), "run")


def test_a_sweat_test_moves_the_factor_a_third_of_the_way():
    run_test = SweatTest(rate_l_per_h=2.0, temperature_c=20.0, humidity_fraction=0.5, speed_m_per_s=3.0, hours=1.0)
    ride_test = SweatTest(rate_l_per_h=2.0, temperature_c=20.0, humidity_fraction=0.5, power_w=200.0, hours=1.0)
    for test in (run_test, ride_test):
        athlete = Athlete(fuelling=Fuelling(sweat_tests=(test,)))
        assert 1.2 < personal_sweat_factor(athlete) < 2.0
    assert personal_sweat_factor(Athlete(fuelling=Fuelling(sweat_factor=1.3))) == 1.3
    # In the wind of a fast ride less sweat runs: the same rate then says more about the rider.
    still, windy = (replace(ride_test, speed_m_per_s=speed) for speed in (1.0, 11.0))
    factors = [personal_sweat_factor(Athlete(fuelling=Fuelling(sweat_tests=(test,)))) for test in (still, windy)]
    assert factors[1] != pytest.approx(factors[0], abs=1e-3)
    nothing_known = SweatTest(rate_l_per_h=2.0, temperature_c=20.0, humidity_fraction=0.5)
    assert personal_sweat_factor(Athlete(fuelling=Fuelling(sweat_tests=(nothing_known,)))) == 1.0


def test_saltier_and_heavier_sweaters_lose_more():
    usual = make_needs(10.0, 5)
    salty = make_needs(10.0, 5, make_athlete(sweat_sodium_mg_per_l=1380.0))
    heavy = make_needs(10.0, 5, make_athlete(sweat_factor=1.3))
    assert salty.targets.sodium_loss_mg.sum() == pytest.approx(1.5 * usual.targets.sodium_loss_mg.sum())
    assert heavy.targets.sweat_l.sum() == pytest.approx(1.3 * usual.targets.sweat_l.sum())


def test_a_rider_with_a_threshold_power_burns_by_it():
    trace = make_trace(10.0, watts_per_kg=12.0)
    weak, strong = (trace_body(trace, Athlete(rider=Rider(threshold_power_w=watts)), "mtb") for watts in (180.0, 300.0))
    assert strong.intensity.mean() < weak.intensity.mean()
    assert strong.carbohydrate_g_per_h.sum() < weak.carbohydrate_g_per_h.sum()
    # 840 W of 210 W threshold at 0.21 and 0.82, at 500 m
    middle = trace_body(trace, Athlete(rider=Rider(threshold_power_w=210.0)), "mtb")
    assert middle.intensity[0] == pytest.approx(840.0 * 0.21 * 0.82 / 210.0, rel=0.04)


def test_stores_and_water_of_an_unknown_sex_lie_between():
    water = [estimate_body_water_l(Athlete(sex=sex)) for sex in ("female", "", "male")]  # type: ignore[arg-type]
    assert water == sorted(water)
    muscle, liver = estimate_stores_g(Athlete(sex="male"))
    assert (muscle, liver) == (pytest.approx(0.21 * 70.0 * 19.5), 88.0)


def test_the_problem_holds_every_product_that_can_be_had_once():
    needs = make_needs(20.0, 9, bags=(4,))
    problem = make_problem(needs)
    ids = [product.id for product in problem.products]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {product_id for product_id, _ in problem.brought}
    assert "cola-cup" in ids
    assert problem.limits.salt_tabs_per_h == 3.0


def test_every_printout_can_say_that_it_is_no_medical_advice():
    assert "Not medical advice" in NOT_MEDICAL_ADVICE


def test_fluid_limit_of_the_athlete_is_never_above_practice():
    needs = make_needs(8.0, 4, make_athlete(fluid_limit_l_per_h=3.0), mean_c=36.0, watts_per_kg=12.0)
    for leg in needs.legs:
        assert leg.fluid_ml.maximum <= 1000.0 * fluid.PRACTISED_LIMIT_L_PER_H * leg.duration_h + 1e-6
    assert np.all(needs.targets.sweat_l > 0.0)
