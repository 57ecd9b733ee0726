"""Goals and margins by probability."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.compose import compose_plan
from pacecalc.planning.plan import plan_race, resolve_race
from pacecalc.planning.target import aim_for, find_probable_margins, find_target_goal, freeze_race

RUN = load_course("leadville-trail-100-run")
RIDE = load_course("leadville-trail-100-mtb")
RIDER = {"mass": "62 kg", "threshold_power": "210 W"}


@pytest.fixture(scope="module")
def ride():
    return resolve_race(RIDE, {**RIDER, "goal": "11:45"})


def test_the_gentlest_goal_reaches_the_odds_and_a_later_one_does_not(ride):
    found = find_target_goal(ride, 0.8)
    assert found.reached
    made = compose_plan(aim_for(ride, 0.8))
    assert made.risk.finish_probability == pytest.approx(0.8, abs=0.01)
    later = compose_plan(replace(ride, goal_s=found.goal_s + 600.0))
    assert later.risk.finish_probability < made.risk.finish_probability
    assert any(c.code == "target-probability" and "80 %" in c.message for c in made.warnings)


def test_higher_odds_ask_for_an_earlier_goal():
    inputs = resolve_race(RUN, {"goal": "29:00"})
    goals = [find_target_goal(inputs, p).goal_s for p in (0.65, 0.75, 0.85)]
    assert goals[0] > goals[1] > goals[2]


def test_low_odds_are_had_at_the_cutoff_itself(ride):
    found = find_target_goal(ride, 0.3)
    assert found.goal_s == pytest.approx(12 * 3600.0, abs=1.5)
    assert found.probability > 0.3
    assert compose_plan(aim_for(ride, 0.3)).legal


def test_odds_beyond_reach_are_said_with_the_best_there_is(ride):
    found = find_target_goal(ride, 0.995)
    assert not found.reached
    assert "cannot be reached: the best is" in found.say()
    assert 0.8 < found.probability < 0.995
    assert found.goal_s >= ride.best_s - 1.0


def test_frozen_odds_are_those_of_the_plan_itself(ride):
    race = freeze_race(ride, ride.goal_s)
    margins = {i: 300.0 for i, d in enumerate(race.paced.deadlines) if d is not None}
    weighed = race.weigh(race.legs_s(ride.goal_s, margins))
    made = compose_plan(ride)
    assert weighed.finish_probability == pytest.approx(made.risk.finish_probability, abs=0.005)
    np.testing.assert_allclose(weighed.arrive_p90_s[-1], made.risk.finish_p90_s, rtol=2e-3)


def test_margins_by_probability_put_that_share_of_days_before_the_cutoff():
    inputs = resolve_race(RUN, {"goal": "28:30", "margin": "90%"})
    race = freeze_race(inputs, inputs.goal_s)
    legs = race.legs_s(inputs.goal_s, inputs.waypoint_margins_s)
    late_s = race.arrival_quantile(legs, 0.9)
    for index, margin_s in inputs.waypoint_margins_s.items():
        deadline = race.paced.deadlines[index]
        assert margin_s > 0.0
        assert late_s[index] <= deadline.latest_arrival_s(float(race.paced.stops_s[index])) * 1.005


def test_a_margin_at_a_place_without_a_cutoff_changes_nothing():
    inputs = resolve_race(RUN, {"goal": "28:30"})
    assert find_probable_margins(inputs, {}) == {}


def test_surer_margins_are_longer():
    index = [w.name for w in RUN.waypoints].index("Twin Lakes (out)")
    inputs = resolve_race(RUN, {"goal": "28:30"})
    sure, surer = (find_probable_margins(inputs, {index: p})[index] for p in (0.8, 0.95))
    assert surer > sure


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"goal": "29:00", "target_probability": 0.9}, "a goal or a target probability, not both"),
        ({"target_probability": 9}, "expected a share such as 0.9"),
        ({"target_probability": "0"}, "expected a share such as 0.9"),
    ],
)
def test_targets_that_make_no_sense_are_refused(choices, message):
    with pytest.raises(UsageError, match=message):
        plan_race(RUN, **choices)


def test_without_a_finish_cutoff_there_are_no_odds_to_aim_for():
    open_end = replace(RUN, waypoints=(*RUN.waypoints[:-1], replace(RUN.waypoints[-1], cutoff=None)))
    with pytest.raises(UsageError, match="has no finish cutoff"):
        plan_race(open_end, target_probability="90%")
