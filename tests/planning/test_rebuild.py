"""A saved plan gives back all it was made from."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from pacecalc.errors import DocumentError
from pacecalc.planning.build import load_course
from pacecalc.planning.forecast import HourlyForecast, load_forecast
from pacecalc.planning.plan import plan_race
from pacecalc.planning.rebuild import rebuild_inputs
from pacecalc.planning.records import Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.plan_json import parse_plan, render_json

COURSE = load_course("leadville-10k")
HOURS = """time,temperature_c,humidity_percent,wind_km_per_h,wind_from_deg,cloud_percent,radiation_w_per_m2
{day}T11:00,3.0,85,5,350,5,0
{day}T13:00,9.0,60,11,10,45,320
{day}T15:00,17.5,38,22,40,80,510
"""


@pytest.fixture(scope="module")
def hours(tmp_path_factory):
    path = tmp_path_factory.mktemp("weather") / "hours.csv"
    path.write_text(HOURS.format(day=COURSE.start_clock.date()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plan(hours):
    made = plan_race("leadville-10k", goal="0:55", forecast=hours, mass="61 kg", margin="3 min", fade="4 %", seed=5)
    return parse_plan(render_json(made))


def test_the_forecast_of_a_saved_plan_is_the_one_it_was_made_with(plan, hours):
    again = rebuild_inputs(plan).conditions.hourly
    first = load_forecast(hours, COURSE.start_clock.tzinfo.key)
    for field in fields(HourlyForecast):
        ours, theirs = getattr(again, field.name), getattr(first, field.name)
        if isinstance(theirs, np.ndarray):
            assert ours.dtype == np.float64
            np.testing.assert_allclose(ours, theirs, rtol=1e-6, err_msg=field.name)
        else:
            assert ours == theirs, field.name


def test_what_was_asked_for_is_in_the_saved_plan(plan):
    inputs = rebuild_inputs(plan)
    assert (inputs.goal_s, inputs.margin_s, inputs.seed) == (3300.0, 180.0, 5)
    assert inputs.fade == plan.inputs.fade == "4 %"
    assert inputs.athlete.mass_kg == 61.0
    assert inputs.ignore_cutoffs is True
    assert inputs.course_ref == "leadville-10k"
    assert inputs.conditions.wind_known


def test_a_plan_of_another_course_is_refused(plan):
    with pytest.raises(DocumentError, match="has changed since this plan was made"):
        rebuild_inputs(plan, course=load_course("leadville-trail-marathon"))


def test_the_rest_keeps_the_splits_it_was_made_from(plan):
    place = plan.waypoints[1]
    split = Split(name=place.name, arrive_s=1.04 * place.arrive_s, leave_s=1.04 * place.arrive_s + 20.0)
    rest = replan_race(plan, [split], course=COURSE)
    assert rest.inputs.splits == (split,)
    assert rest.assumptions == plan.assumptions
    assert [w.passed for w in rest.waypoints] == [True, True, *[False] * (len(rest.waypoints) - 2)]
    assert rest.waypoints[1].arrive_s == pytest.approx(split.arrive_s)
    assert rest.waypoints[1].leave_s == pytest.approx(split.leave_s)
    assert rest.finish_s > plan.finish_s
    assert rest.inputs.hourly == plan.inputs.hourly


def test_bags_and_crew_that_are_not_there_are_not_there_on_the_way_either(tmp_path):
    day = tmp_path / "day.yaml"
    day.write_text("drop_bags: [Twin Lakes (out)]\ncrew: []\n", encoding="utf-8")
    alone = parse_plan(render_json(plan_race("leadville-trail-100-run", goal="28:00", day=day)))
    place = alone.waypoints[1]
    rest = replan_race(alone, [Split(name=place.name, arrive_s=place.arrive_s, leave_s=place.leave_s)])
    assert [w.name for w in rest.waypoints if w.drop_bag] == ["Twin Lakes (out)"]
    assert not any(w.crew for w in rest.waypoints)
    assert [w.stop_s for w in rest.waypoints[2:]] == [w.stop_s for w in alone.waypoints[2:]]
