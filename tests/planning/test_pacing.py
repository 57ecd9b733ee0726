"""A clock for every cell: the goal is hit, cutoffs are met, and a race that has begun keeps its past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.errors import GoalError
from pacecalc.planning.build import load_course
from pacecalc.planning.cutoffs import resolve_deadlines
from pacecalc.planning.demands import choose_demand
from pacecalc.planning.pacing import BegunRace, pace_race, snap_waypoints
from pacecalc.planning.plan import resolve_race
from pacecalc.planning.stops import default_stops_s

RUN = load_course("leadville-trail-100-run")
RIDE = load_course("leadville-trail-100-mtb")
RUN_INPUTS = resolve_race(RUN, {"goal": "29:50", "fade": "none"})
RIDE_INPUTS = resolve_race(RIDE, {"goal": "11:45", "mass": "62 kg", "threshold_power": "210 W"})


def pace(inputs, **changes):
    course = inputs.course
    stops_s = changes.pop("stops_s", default_stops_s(course, inputs.goal_s))
    given_s = {
        "goal_s": inputs.goal_s,
        "stops_s": stops_s,
        "deadlines": resolve_deadlines(course, inputs.conditions),
        "margin_s": inputs.margin_s,
        **changes,
    }
    return pace_race(course, choose_demand(inputs, float(stops_s.sum())), **given_s)


def latest_s(paced):
    return np.array(
        [
            np.inf if d is None else d.latest_arrival_s(float(s))
            for d, s in zip(paced.deadlines, paced.stops_s, strict=True)
        ]
    )


@pytest.mark.parametrize("inputs", [RUN_INPUTS, RIDE_INPUTS], ids=["run", "ride"])
def test_the_goal_is_hit_to_the_second_and_the_clock_agrees_with_the_pace(inputs):
    paced = pace(inputs)
    assert paced.finish_s == pytest.approx(inputs.goal_s, abs=0.05)
    assert paced.pace.time_s.sum() + paced.stops_s.sum() == pytest.approx(paced.finish_s, abs=1e-6)
    assert np.all(np.diff(paced.mid_s) > 0.0)


def test_leadvilles_early_cutoffs_bend_an_even_fade_less_plan():
    paced = pace(RUN_INPUTS)
    names = [RUN.waypoints[i].name for i in paced.binding]
    assert names[0] == "Twin Lakes (out)"
    assert names[-1] == "Twin Lakes (in)"
    assert np.all(latest_s(paced)[1:-1] - paced.arrive_s[1:-1] >= RUN_INPUTS.margin_s - 0.6)
    levels = [block.level for block in paced.blocks]
    assert levels == sorted(levels, reverse=True)
    # Steady effort would reach Twin Lakes after its cutoff.
    twin_lakes = paced.binding[0]
    assert paced.even_arrive_s[twin_lakes] > latest_s(paced)[twin_lakes] > paced.arrive_s[twin_lakes]


def test_a_margin_of_one_place_bends_the_plan_there_only():
    index = [w.name for w in RUN.waypoints].index("Twin Lakes (out)")
    plain, careful = pace(RUN_INPUTS), pace(RUN_INPUTS, waypoint_margins_s={index: 1500.0})
    assert latest_s(careful)[index] - careful.arrive_s[index] == pytest.approx(1500.0, abs=1.0)
    assert latest_s(plain)[index] - plain.arrive_s[index] == pytest.approx(300.0, abs=1.0)
    assert careful.finish_s == pytest.approx(plain.finish_s, abs=0.1)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.floats(0.75, 1.3), min_size=len(RUN.waypoints) - 2, max_size=len(RUN.waypoints) - 2),
    st.floats(0.0, 1200.0),
)
def test_no_cutoff_is_missed_wherever_they_lie_and_effort_never_rises(shares, margin_s):
    even = pace(RUN_INPUTS, deadlines=[None] * len(RUN.waypoints))
    finish = resolve_deadlines(RUN, RUN_INPUTS.conditions)[-1]
    limits = [None]
    for share, arrive_s in zip(shares, even.arrive_s[1:-1], strict=True):
        limits.append(replace(finish, at_s=share * float(arrive_s) + margin_s))
    paced = pace(RUN_INPUTS, deadlines=[*limits, finish], margin_s=margin_s)
    assert np.all(paced.arrive_s[1:-1] <= latest_s(paced)[1:-1] - margin_s + 0.6)
    levels = np.array([block.level for block in paced.blocks])
    assert np.all(np.diff(levels) <= 1e-3 * levels[:-1])


def test_the_limit_of_what_the_athlete_can_do_is_never_passed():
    paced = pace(RUN_INPUTS, level_limit=1.05)
    assert paced.level.max() == pytest.approx(1.05)
    twin_lakes = [w.name for w in RUN.waypoints].index("Twin Lakes (out)")
    assert paced.arrive_s[twin_lakes] > latest_s(paced)[twin_lakes]


def test_stops_longer_than_the_goal_are_refused():
    with pytest.raises(GoalError, match="stops alone take longer than the goal"):
        pace(RUN_INPUTS, stops_s=np.full(len(RUN.waypoints), 2 * 3600.0), goal_s=10 * 3600.0)


@pytest.mark.parametrize("inputs", [RUN_INPUTS, RIDE_INPUTS], ids=["run", "ride"])
def test_a_race_begun_as_planned_goes_on_as_planned(inputs):
    paced = pace(inputs)
    middle = len(paced.edges) // 2
    done = int(snap_waypoints(inputs.course)[middle])
    begun = BegunRace(waypoint=middle, cell_time_s=paced.pace.time_s[:done], level=paced.level[:done])
    rest = pace(inputs, begun=begun)
    np.testing.assert_allclose(rest.arrive_s, paced.arrive_s, atol=0.5)
    np.testing.assert_allclose(rest.level[done:], paced.level[done:], rtol=1e-4)


def test_a_late_start_into_the_second_half_keeps_what_is_behind_and_makes_up_ahead():
    paced = pace(RUN_INPUTS)
    middle = [w.name for w in RUN.waypoints].index("Winfield (turnaround)")
    done = int(paced.edges[middle])
    begun = BegunRace(waypoint=middle, cell_time_s=1.004 * paced.pace.time_s[:done], level=paced.level[:done])
    rest = pace(RUN_INPUTS, begun=begun)
    late_s = 0.004 * paced.pace.time_s[:done].sum()
    assert rest.arrive_s[middle] - paced.arrive_s[middle] == pytest.approx(late_s, abs=0.1)
    assert rest.finish_s == pytest.approx(RUN_INPUTS.goal_s, abs=0.1)
    assert rest.level[done:].mean() > paced.level[done:].mean()
    # What was slower than planned was run with less effort.
    assert rest.pace.effort[:done].mean() < paced.pace.effort[:done].mean()
