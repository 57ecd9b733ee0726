"""Goals side by side."""

from __future__ import annotations

import pytest

from pacecalc.errors import GoalError, UsageError
from pacecalc.planning.compare import compare_goals
from pacecalc.planning.plan import plan_race
from pacecalc.render.compare_text import render_comparison

RIDER = {"mass": "62 kg", "threshold_power": "210 W"}


@pytest.fixture(scope="module")
def rides():
    return compare_goals("leadville-trail-100-mtb", ["11:00", "11:59"], RIDER)


def test_each_column_is_the_plan_of_that_goal(rides):
    alone = plan_race("leadville-trail-100-mtb", goal="11:59", **RIDER)
    assert rides[1].waypoints == alone.waypoints
    assert rides[1].totals == alone.totals


def test_an_earlier_goal_has_better_odds_and_asks_for_more(rides):
    early, late = rides
    assert early.risk.finish_probability > late.risk.finish_probability
    assert early.ride.mean_power_w > late.ride.mean_power_w


def test_the_printout_answers_for_every_goal(rides):
    text = render_comparison(rides)
    for word in ("11:00", "11:59", "odds to finish", "watts, mean", "Twin Lakes Dam (out)", "carbohydrate", "tight"):
        assert word in text
    assert render_comparison(rides, units="imperial", plain=True).isascii()


def test_runs_are_compared_by_pace(rides):
    text = render_comparison(compare_goals("leadville-10k", ["50:00 min", "1:00"]))
    assert "min/km, moving" in text
    assert "watts" not in text


@pytest.mark.parametrize(
    ("goals", "error", "message"),
    [
        (["11:00"], UsageError, "expected 2 to 6"),
        (["11:00"] * 7, UsageError, "expected 2 to 6"),
        (["11:00", "11:00"], UsageError, "given twice"),
        (["11:00", "12:30"], GoalError, "later than the finish cutoff"),
        (["11:00", "2:30"], GoalError, "out of reach"),
    ],
)
def test_goals_that_cannot_be_compared_are_refused(goals, error, message):
    with pytest.raises(error, match=message):
        compare_goals("leadville-trail-100-mtb", goals, RIDER)
