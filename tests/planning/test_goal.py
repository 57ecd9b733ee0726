"""What fitness predicts on a course and a day, and what a finish time takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete, RaceResult, Rider, Runner
from pacecalc.planning.build import load_course
from pacecalc.planning.conditions import build_conditions
from pacecalc.planning.finish_records import FlatWorth, PowerNeed
from pacecalc.planning.goal import assess_finish, check_goal, predict_finish
from pacecalc.planning.predict_run import predict_run

WSER, LT100_RUN, LT100_MTB, NEW_YORK = (
    load_course(name)
    for name in (
        "western-states-100",
        "leadville-trail-100-run",
        "leadville-trail-100-mtb",
        "new-york-city-marathon",
    )
)
MARATHON_3_05 = RaceResult(distance_m=42_195.0, time_s=11_100.0)
RUNNER = Athlete(runner=Runner(results=(MARATHON_3_05,)))
RIDER = Athlete(mass_kg=70.0, rider=Rider(threshold_power_w=250.0))


def test_who_tells_nothing_gets_no_prediction() -> None:
    assert predict_finish(WSER, Athlete(), build_conditions(WSER)) is None
    assert predict_finish(LT100_MTB, Athlete(), build_conditions(LT100_MTB)) is None
    # a bike is not ridden on running results
    assert predict_finish(LT100_MTB, RUNNER, build_conditions(LT100_MTB)) is None


def test_an_index_alone_is_enough() -> None:
    athlete = Athlete(runner=Runner(utmb_index=560.0))
    found = predict_finish(WSER, athlete, build_conditions(WSER))
    assert found is not None
    assert found.method == "index"
    assert 20.0 < found.time_s / 3600.0 < 32.0


def test_a_run_meets_the_heat_and_the_night_of_its_day() -> None:
    """Western States: +0.6 to +0.9 % of finish time a degree of the daily high (splits of 1996 to 2023)."""
    cool = predict_finish(WSER, RUNNER, build_conditions(WSER, low_c=10.0, high_c=24.0))
    hot = predict_finish(WSER, RUNNER, build_conditions(WSER, low_c=18.0, high_c=38.0))
    assert cool is not None
    assert hot is not None
    assert 0.004 < (hot.time_s / cool.time_s - 1.0) / 14.0 < 0.010
    assert cool.time_s > predict_run(WSER, RUNNER).time_s * 1.01


def test_heat_does_less_to_the_acclimatised() -> None:
    hot = build_conditions(WSER, low_c=18.0, high_c=38.0)
    found = predict_finish(WSER, RUNNER, hot)
    used = predict_finish(WSER, replace(RUNNER, heat_acclimatised=True), hot)
    assert found is not None
    assert used is not None
    assert used.time_s < found.time_s


@pytest.mark.parametrize("course", [WSER, LT100_RUN, NEW_YORK], ids=lambda c: c.id)
def test_what_a_time_takes_is_what_predicts_it(course) -> None:  # type: ignore[no-untyped-def]
    conditions = build_conditions(course)
    found = predict_finish(course, RUNNER, conditions)
    assert found is not None
    worth = assess_finish(course, RUNNER, conditions, found.time_s)
    assert isinstance(worth, FlatWorth)
    assert worth.marathon_s == pytest.approx(MARATHON_3_05.time_s, rel=1e-3)
    assert worth.ten_km_s == pytest.approx(worth.marathon_s * (10.0 / 42.195) ** 1.06, rel=1e-9)


def test_a_rides_threshold_and_finish_agree_both_ways() -> None:
    conditions = build_conditions(LT100_MTB)
    found = predict_finish(LT100_MTB, RIDER, conditions)
    assert found is not None
    assert found.low_s < found.time_s < found.high_s
    assert found.estimates[0].source == "250 W tested at 0 m, 70 kg"
    need = assess_finish(LT100_MTB, RIDER, conditions, found.time_s)
    assert isinstance(need, PowerNeed)
    assert need.threshold_power_w == pytest.approx(250.0, rel=0.02)
    assert need.mean_power_w == pytest.approx(found.mean_power_w, rel=0.02)


def test_nine_hours_take_more_than_twelve() -> None:
    conditions = build_conditions(LT100_MTB)
    nine, twelve = (assess_finish(LT100_MTB, RIDER, conditions, h * 3600.0) for h in (9.0, 11.98))
    assert isinstance(nine, PowerNeed)
    assert isinstance(twelve, PowerNeed)
    assert nine.threshold_power_w > 1.3 * twelve.threshold_power_w
    assert nine.mean_power_w < nine.normalised_power_w < nine.threshold_power_w
    assert nine.threshold_low_w < nine.threshold_power_w < nine.threshold_high_w


@pytest.mark.parametrize(
    ("course", "who", "goal_s"), [(WSER, "strongest runner", 9 * 3600.0), (LT100_MTB, "strongest rider", 4 * 3600.0)]
)
def test_what_nobody_can_do_is_refused_with_the_best_possible(course, who, goal_s) -> None:  # type: ignore[no-untyped-def]
    conditions = build_conditions(course)
    with pytest.raises(GoalError, match=f"out of reach: the best possible, for the {who}"):
        check_goal(course, Athlete(), conditions, goal_s)
    with pytest.raises(GoalError, match="out of reach"):
        assess_finish(course, Athlete(), conditions, goal_s)
