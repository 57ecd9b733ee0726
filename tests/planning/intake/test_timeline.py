"""Whole pieces at their minutes."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from intake_races import larder_of, make_athlete, make_needs, make_trace
from pacecalc.planning.intake.body import trace_body
from pacecalc.planning.intake.needs import RaceNeeds
from pacecalc.planning.intake.records import LegIntake
from pacecalc.planning.intake.rounds import PlannedIntake, plan_intake
from pacecalc.planning.intake.timeline import TimedIntake, schedule_leg

ATHLETE = make_athlete()
PRODUCTS = larder_of(ATHLETE).products


def plan(hours: float, stations: int, mass: float = 70.0, **kwargs: object) -> PlannedIntake:
    athlete = make_athlete(mass)
    larder = larder_of(athlete)
    needs = make_needs(hours, stations, athlete, **kwargs)  # type: ignore[arg-type]
    return plan_intake(needs, larder.products, larder.brought, athlete)


@pytest.fixture(scope="module")
def hundred_miles() -> PlannedIntake:
    return plan(29.0, 11, mean_c=22.0, swing_c=8.0, bags=(6, 9), crews=(3, 6), start_clock_h=4.0, watts_per_kg=7.5)


def put_on_the_clock(
    eaten: dict[str, int], water_ml: float = 1500.0, hours: float = 3.0, **changes: object
) -> tuple[TimedIntake, ...]:
    needs: RaceNeeds = make_needs(hours, 0)
    trace = replace(needs.trace, **changes)  # type: ignore[arg-type]
    intake = LegIntake(
        eaten=eaten, picked_up={}, carried={}, water_ml=water_ml, station_water_ml=0.0, carried_water_ml=water_ml
    )
    body = trace_body(trace, ATHLETE, "run")
    # the whole race as one leg, though it would be cut where water is taken to be found
    need = replace(needs.legs[0], duration_h=hours)
    return schedule_leg(0, need, intake, PRODUCTS, trace, body, 70.0)


def test_every_piece_and_every_drop_is_on_the_clock_once(hundred_miles):
    solution, rows = hundred_miles.solution, hundred_miles.schedule
    for index, leg in enumerate(solution.legs):
        here = [row for row in rows if row.leg == index]
        eaten: Counter[str] = Counter()
        for row in here:
            eaten.update(dict(row.items))
        assert eaten == Counter(leg.eaten)
        assert sum(row.water_ml for row in here if not row.at_stop) == pytest.approx(leg.water_ml)
        assert sum(row.water_ml for row in here if row.at_stop) == pytest.approx(leg.station_water_ml)


def test_pieces_come_in_order_inside_their_leg_and_served_ones_on_arrival(hundred_miles):
    rows, spans = hundred_miles.schedule, hundred_miles.needs.spans
    assert all(a.at_s <= b.at_s for a, b in itertools.pairwise(rows))
    for row in rows:
        assert spans[row.leg].start_s <= row.at_s <= row.until_s <= spans[row.leg].end_s + 1e-6
        served = [PRODUCTS[i].served_only for i, _ in row.items]
        assert all(served) if row.at_stop else not any(served)
        if row.at_stop:
            assert row.at_s == spans[row.leg].start_s
        else:
            assert row.water_ml < 1200.0 * max(row.until_s - row.from_s, 1.0) / 3600.0


def test_carbohydrate_is_spread_and_not_eaten_at_once():
    rows = put_on_the_clock({"gu-energy-gel": 4, "rice-ball-home": 2})
    grams = [sum(PRODUCTS[i].carbohydrate_g * n for i, n in row.items) for row in rows]
    assert max(grams) <= 45.0
    assert sum(g > 0 for g in grams) == 6
    times = [row.at_s for row in rows if dict(row.items).get("rice-ball-home")]
    assert times[1] - times[0] >= 2 * 25 * 60.0


def test_no_solids_on_a_technical_descent():
    steps = len(make_trace(3.0).start_s)
    rough = np.zeros(steps)
    rough[: steps // 2] = 1.0
    rows = put_on_the_clock({"rice-ball-home": 2, "gu-energy-gel": 2}, hands_full=rough)
    for row in rows:
        if "rice-ball-home" in dict(row.items):
            assert row.at_s >= 1.4 * 3600.0
    assert any("gu-energy-gel" in dict(row.items) and row.at_s < 1.4 * 3600.0 for row in rows)


def test_a_slot_on_a_descent_moves_to_the_nearest_easy_minute():
    steps = len(make_trace(3.0).start_s)
    rough = np.ones(steps)
    rough[::5] = 0.0  # two easy minutes in ten
    rows = put_on_the_clock({"rice-ball-home": 4}, hands_full=rough)
    eaten = [row for row in rows if row.items]
    assert [dict(row.items)["rice-ball-home"] for row in eaten] == [1, 1, 1, 1]
    assert all(rough[round(row.at_s / 120.0)] == 0.0 for row in eaten)


def test_caffeine_waits_for_the_night_and_comes_in_single_doses():
    steps = len(make_trace(3.0).start_s)
    dark = np.zeros(steps)
    dark[steps * 5 // 6 :] = 1.0  # dusk half an hour before the end: the window opens an hour earlier
    rows = put_on_the_clock({"maurten-gel-100-caf": 2, "rice-ball-home": 1}, darkness=dark, start_clock_h=18.0)
    caffeinated = [row for row in rows if "maurten-gel-100-caf" in dict(row.items)]
    assert all(row.at_s >= 1.4 * 3600.0 for row in caffeinated)
    for row in put_on_the_clock({"maurten-gel-100-caf": 3}, start_clock_h=22.0):
        assert sum(PRODUCTS[i].caffeine_mg * n for i, n in row.items) <= 210.0


def test_every_salt_tablet_has_its_water():
    rows = put_on_the_clock({"saltstick-caps": 4, "gu-energy-gel": 2}, water_ml=900.0)
    for row in rows:
        tablets = dict(row.items).get("saltstick-caps", 0)
        assert row.water_ml >= 150.0 * tablets - 1e-6
    assert sum(dict(row.items).get("saltstick-caps", 0) for row in rows) == 4
    assert sum(row.water_ml for row in rows) == pytest.approx(900.0)


def test_salt_tablets_are_spread_over_the_leg():
    rows = put_on_the_clock({"saltstick-caps": 3, "gu-energy-gel": 2}, water_ml=1500.0)
    times = [row.at_s / 60.0 for row in rows if "saltstick-caps" in dict(row.items)]
    assert len(times) == 3
    assert all(later - sooner >= 45.0 for sooner, later in itertools.pairwise(times))


def test_a_leg_without_food_still_says_how_to_sip():
    rows = put_on_the_clock({}, water_ml=1000.0)
    assert sum(row.water_ml for row in rows) == pytest.approx(1000.0)
    assert all(row.items == () for row in rows)
    assert put_on_the_clock({}, water_ml=0.0) == ()


def test_bottles_are_emptied_before_a_wet_stop():
    needs = make_needs(3.0, 0)
    intake = LegIntake(
        eaten={}, picked_up={}, carried={}, water_ml=700.0, station_water_ml=100.0, carried_water_ml=700.0
    )
    body = needs.body
    args = (0, replace(needs.legs[0], duration_h=3.0), intake, PRODUCTS, needs.trace, body, 70.0)
    even, eager = schedule_leg(*args), schedule_leg(*args, next_stop_ml=500.0)
    assert eager[-1].at_s < even[-1].at_s
    assert even[0].at_stop
    assert sum(r.water_ml for r in even) == pytest.approx(sum(r.water_ml for r in eager)) == pytest.approx(800.0)
