"""Saved plans: read back whole, refused in one line when they are not plans."""

from __future__ import annotations

import json

import pytest

from pacecalc.errors import DocumentError
from pacecalc.planning.plan import plan_race
from pacecalc.render.plan_json import parse_plan, render_json


@pytest.fixture(scope="module")
def text():
    return render_json(plan_race("leadville-10k", goal="0:55"))


def change(text, **keys):
    return json.dumps(json.loads(text) | keys)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[: len(text) // 2], "cut short"),
        (lambda text: "", "cut short"),
        (lambda text: "[]", "not a plan"),
        (lambda text: '{"a": 1}', "not a plan"),
        (lambda text: change(text, schema="pacecalc/plan/99"), "pacecalc/plan/99"),
        (lambda text: change(text, finish_s="soon"), "finish_s"),
        (lambda text: change(text, waypoints=[{}]), "waypoints[0].name"),
        (lambda text: change(text, conditions=json.loads(text)["conditions"] | {"timezone": "Mars/Base"}), "Mars/Base"),
        (lambda text: "[" * 100_000, "cut short"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(text, damage, words):
    with pytest.raises(DocumentError) as caught:
        parse_plan(damage(text), file="plan.json")
    (problem,) = caught.value.problems
    assert str(problem).startswith("plan.json")
    assert words in str(problem)
    assert "\n" not in str(problem)


def test_the_keys_other_tools_rely_on_are_there(text):
    data = json.loads(text)
    assert data["schema"] == "pacecalc/plan/1"
    assert {"id", "name", "sport", "distance_m", "ascent_m", "descent_m", "elevation_quality"} <= set(data["course"])
    assert {"athlete", "conditions", "goal_s", "finish_s", "moving_s", "stopped_s", "totals", "sources"} <= set(data)
    segment = data["segments"][0]
    assert {"from", "to", "distance_m", "pace_s_per_km", "speed_m_per_s", "effort", "energy_kj", "intake"} <= set(
        segment
    )
    assert {"items", "water_ml"} == set(segment["carry"])
    assert {"binding", "even_effort_misses"} == set(data["cutoffs"])
