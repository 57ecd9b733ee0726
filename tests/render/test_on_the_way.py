"""What a plan made on the way says first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pacecalc.planning.plan import plan_race
from pacecalc.planning.records import CutStop, Split
from pacecalc.planning.replan import replan_race
from pacecalc.render.on_the_way import replan_lines, rest_of
from pacecalc.render.terminal import render_terminal


@pytest.fixture(scope="module")
def plan():
    return plan_race("leadville-trail-100-run", goal="29:30")


@pytest.fixture(scope="module")
def rest(plan):
    index = [w.name for w in plan.waypoints].index("Winfield (turnaround)")
    return replan_race(plan, [Split(name="Winfield (turnaround)", arrive_s=1.03 * plan.waypoints[index].arrive_s)])


def test_a_plan_made_before_the_start_says_nothing_of_the_day(plan):
    assert replan_lines(plan) == []


def test_late_effort_stops_and_verdict_are_said(rest):
    facts = replace(
        rest.replan,
        late_s=1500.0,
        expected_fraction=0.03,
        effort_fraction=0.02,
        hardest_fraction=0.06,
        cut_stops=(CutStop(name="Twin Lakes (in)", from_s=600.0, to_s=300.0),),
        unchanged_finish_s=rest.finish_s + 1800.0,
        missed=("Finish",),
        reachable=("Twin Lakes (in)",),
        verdict="No legal plan exists any more: Finish is missed by 3 min.",
    )
    text = " ".join(replan_lines(replace(rest, replan=facts)))
    for words in (
        "25 min behind plan",
        "Expect the rest 3 % slower at the same effort",
        "At the planned effort you would finish in",
        "2 % more effort than planned, 6 % more on its hardest stretch",
        "Shorter stops, 5 min saved: Twin Lakes (in) 5 (not 10) min",
        "No legal plan exists any more",
        "Still reachable: Twin Lakes (in). Out of reach: Finish.",
    ):
        assert words in text


def test_a_good_day_is_said_as_one(rest):
    facts = replace(rest.replan, late_s=-600.0, expected_fraction=-0.02, effort_fraction=-0.01, hardest_fraction=-0.01)
    text = " ".join(replan_lines(replace(rest, replan=facts)))
    assert "10 min ahead of plan. Expect the rest 2 % faster" in text
    assert "1 % less effort than planned" in text


def test_on_plan_there_is_nothing_to_change(rest):
    facts = replace(
        rest.replan, late_s=5.0, expected_fraction=0.0, effort_fraction=0.0, hardest_fraction=0.0, cut_stops=()
    )
    lines = replan_lines(replace(rest, replan=facts))
    assert lines[0].startswith("At Winfield (turnaround): on plan. The rest is expected as planned.")
    assert lines[1] == "Keep the planned effort."


def test_only_what_lies_ahead_is_shown_and_legs_still_belong_to_their_segments(rest):
    ahead = rest_of(rest)
    assert ahead.waypoints[0].name == "Winfield (turnaround)"
    assert ahead.segments[0].start == "Winfield (turnaround)"
    assert all(0 <= s.leg < len(ahead.legs) for s in ahead.segments)
    assert all(row.at_s >= ahead.waypoints[0].arrive_s - 1.0 for row in ahead.schedule)
    text = render_terminal(rest)
    assert "May Queen (out)" not in text
    assert "What do I buy" not in text
