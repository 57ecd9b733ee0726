"""What holds between plans: hotter, heavier, later, in other units, with other stops."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pacecalc.errors import GoalError, IntakeError, PacecalcError
from pacecalc.planning.compose import pace_inputs
from pacecalc.planning.feed import feel_cells, find_needs
from pacecalc.planning.intake.needs import RaceNeeds
from pacecalc.planning.pacing import PacedRace
from pacecalc.render.plan_json import parse_plan, render_json
from pacecalc.render.terminal import render_terminal
from properties.plan_rules import Made, find_faults, make
from properties.strategies import BUNDLED, RaceCase, athletes, races, small_courses

PACES = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
PLANS = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

any_course = st.sampled_from(BUNDLED) | small_courses()


def pace(case: RaceCase, **changes) -> PacedRace:
    """The race on the clock; what is refused is another test's matter."""
    try:
        return pace_inputs(case.resolve(**changes))
    except PacecalcError:
        assume(False)
        raise


def plan(case: RaceCase, **changes) -> Made:
    try:
        return make(case.resolve(**changes))
    except PacecalcError:
        assume(False)
        raise


def need(case: RaceCase, **changes) -> RaceNeeds:
    """What body and day ask for, before anything is chosen."""
    try:
        inputs = case.resolve(**changes)
        paced = pace_inputs(inputs)
        return find_needs(paced, feel_cells(paced, inputs.conditions), inputs.athlete, inputs.conditions, inputs.larder)
    except PacecalcError:
        assume(False)
        raise


@PACES
@given(races(any_course))
def test_a_goal_inside_the_possible_is_met_to_the_second(case):
    paced = pace(case)
    standing = float(paced.stops_s.sum())
    assert paced.pace.time_s.sum() + standing == pytest.approx(paced.finish_s, abs=1e-3)
    goal_s = case.resolve().goal_s
    assert paced.finish_s == pytest.approx(goal_s, abs=1.0)
    assert np.all(np.diff(paced.arrive_s) > 0.0)


@PACES
@given(races(any_course))
def test_no_effort_without_a_bend_and_no_rise_after_one(case):
    paced = pace(case)
    assume(paced.demand.best_level is None)
    if paced.binding:
        assert np.all(np.diff(paced.level) <= 1e-6 * paced.level[:-1])
        assert paced.level[0] > paced.level[-1]
    else:
        assert np.ptp(paced.level) <= 1e-6 * paced.level[0]


@PACES
@given(races(st.sampled_from(BUNDLED)), st.integers(1, 40))
def test_a_wider_margin_is_never_reached_later(case, minutes):
    tight = pace(case, margin="0 min")
    wide = pace(case, margin=f"{minutes} min")
    gates = [i for i, deadline in enumerate(tight.deadlines[:-1]) if deadline is not None and i > 0]
    first = gates[:1]
    assert all(wide.arrive_s[i] <= tight.arrive_s[i] + 1.0 for i in first)


@PACES
@given(races(st.sampled_from(BUNDLED)), st.integers(1, 45))
def test_a_late_start_moves_gun_cutoffs_and_not_chip_ones(case, minutes):
    prompt, late = pace(case, start_delay="0 min"), pace(case, start_delay=f"{minutes} min")
    for before, after in zip(prompt.deadlines, late.deadlines, strict=True):
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            moved_s = 60.0 * minutes if before.measured == "gun" else 0.0
            assert before.at_s - after.at_s == pytest.approx(moved_s, abs=1e-6)


@PACES
@given(races(any_course), st.integers(1, 15))
def test_standing_longer_means_moving_less_by_as_much(case, minutes):
    paced = pace(case)
    stations = [w.name for w in paced.course.waypoints[1:-1]]
    assume(stations)
    longer = pace(case, stops={stations[0]: f"{minutes} min"})
    added_s = float(longer.stops_s.sum() - paced.stops_s.sum())
    assert longer.pace.time_s.sum() == pytest.approx(paced.pace.time_s.sum() - added_s, abs=1.0)


@PACES
@given(any_course, st.just("") | athletes(), st.integers(-5, 25), st.integers(1, 15))
def test_hotter_means_no_less_sweat_and_no_less_to_drink(course, athlete, low_c, warmer_c):
    case = RaceCase(course, athlete, 2.2, {"ignore_cutoffs": True})
    cool = need(case, low=f"{low_c} degC", high=f"{low_c + 10} degC", goal=_goal(case))
    hot = need(case, low=f"{low_c + warmer_c} degC", high=f"{low_c + 10 + warmer_c} degC", goal=_goal(case))
    # a runner's effort moves with the heat of each hour, so single legs may change places; the race may not. A rider
    # needs less power for the same time in warmer, thinner air: up to 0.15 % a degree where it is too cold to sweat
    least = 0.999 - (0.0 if case.resolve().course.sport == "run" else 0.0015 * warmer_c)
    assert hot.targets.sweat_l.sum() >= least * cool.targets.sweat_l.sum()
    assert hot.targets.loss_l.sum() >= (least - 0.004) * cool.targets.loss_l.sum()
    if not cool.targets.reasons and not hot.targets.reasons:
        assert hot.targets.fluid_ml.sum() >= 0.99 * cool.targets.fluid_ml.sum()


def _goal(case: RaceCase) -> str:
    """One goal for both days."""
    try:
        return f"{case.resolve().goal_s:.0f} s"
    except PacecalcError:
        assume(False)
        raise


@PACES
@given(st.sampled_from(BUNDLED), st.integers(45, 90), st.integers(5, 25))
def test_the_heavier_body_sweats_more(course, mass_kg, more_kg):
    case = RaceCase(course, "", 2.2, {"ignore_cutoffs": True})
    goal = _goal(case)
    light, heavy = (need(case, goal=goal, mass=f"{m} kg") for m in (mass_kg, mass_kg + more_kg))
    assert heavy.targets.sweat_l.sum() > light.targets.sweat_l.sum()


def in_miles(profile: str) -> str:
    """The same profile in miles and feet, to the last digit that matters."""

    def mi(match: re.Match[str]) -> str:
        return f"{float(match[1]) / 1.609344:.9f} mi"

    head, _, tail = profile.partition("elevation:\n")
    table, rest = [], []
    for line in tail.splitlines():
        pair = line.split()
        if len(pair) == 2 and re.fullmatch(r"[0-9.]+", pair[0]) and re.fullmatch(r"-?[0-9.]+", pair[1]):
            table.append(f"    {float(pair[0]) / 1.609344:.9f} {float(pair[1]) / 0.3048:.6f}")
        else:
            rest.append(line)
    at = next(i for i, line in enumerate(rest) if "points:" in line) + 1
    tail = "\n".join([*rest[:at], *table, *rest[at:]]).replace("[km, m]", "[mi, ft]")
    return re.sub(r"([0-9.]+) km(?![/a-z])", mi, head) + "elevation:\n" + tail + "\n"


TIE = """id: c
name: C
sport: run
distance: 0.5 km
start: {time: 2024-01-01 00:00, timezone: America/Denver, latitude: 0.0, longitude: 0.0}
waypoints:
  - {name: Start, at: 0 km, kind: start}
  - {name: P1, at: 0.0100 km, kind: aid}
  - {name: P2, at: 0.0950 km, kind: aid}
  - {name: Finish, at: 0.5 km, kind: finish}
elevation:
  quality: surveyed
  unit: [km, m]
  points: |
    0.000000 0.0
    0.500000 0.0
"""
"""P2 lies midway between two edges of the 10 m grid."""


def test_a_place_midway_between_two_edges_lands_on_the_same_one_in_miles():
    metric, _ = RaceCase(TIE, "", 1.0).load()
    imperial, _ = RaceCase(in_miles(TIE), "", 1.0).load()
    assert imperial.waypoint_edges.tolist() == metric.waypoint_edges.tolist() == [0, 1, 10, 50]


@PLANS
@given(races(small_courses()))
def test_a_course_in_miles_and_feet_is_the_same_race(case):
    goal = _goal(case)
    metric = pace(case, goal=goal)
    imperial = pace(RaceCase(in_miles(case.course), case.athlete, case.goal_factor, case.options), goal=goal)
    assert imperial.course.distance_m == pytest.approx(metric.course.distance_m, abs=0.01)
    assert imperial.course.ascent_m == pytest.approx(metric.course.ascent_m, abs=0.1)
    assert imperial.arrive_s == pytest.approx(metric.arrive_s, abs=0.02 * metric.finish_s / 60.0)


@PLANS
@given(races(any_course))
def test_both_unit_systems_print_the_same_times(case):
    made = plan(case).plan
    printed = [render_terminal(made, units=units) for units in ("metric", "imperial")]
    # above the second table, which holds the pace of runners
    clocks = [re.findall(r"\b\d{1,2}:\d{2}(?::\d{2})?\b", text.partition("How hard")[0]) for text in printed]
    assert len(clocks[0]) > 2 * len(made.waypoints)
    assert sorted(clocks[0]) == sorted(clocks[1])


@PLANS
@given(races(any_course))
def test_the_same_race_twice_is_the_same_plan(case):
    assert render_json(plan(case).plan) == render_json(plan(case).plan)


@PLANS
@given(races(any_course))
def test_a_plan_read_back_is_the_plan(case):
    made = plan(case).plan
    again = parse_plan(render_json(made))
    assert render_json(again) == render_json(made)
    assert render_terminal(again, explain=True) == render_terminal(made, explain=True)


@PLANS
@given(races(any_course))
def test_every_drop_that_is_drunk_between_refills_was_carried_or_served(case):
    made = plan(case)
    bottle_ml = made.inputs.athlete.fuelling.bottle_ml
    for need_, intake in zip(made.fed.needs.legs, made.fed.solution.legs, strict=True):
        assert intake.carried_water_ml <= bottle_ml + 0.5
        assert intake.station_water_ml <= need_.station_drink_max_ml + 0.5
        assert intake.water_ml >= 0.0


@pytest.mark.parametrize("course", BUNDLED)
def test_every_bundled_course_has_a_safe_plan_or_says_where_the_water_ends(course):
    case = RaceCase(course, "", 1.8, {"ignore_cutoffs": True})
    try:
        made = make(case.resolve())
    except (GoalError, IntakeError) as refusal:
        said = str(refusal)
    else:
        said = ""
        assert find_faults(made) == []
    assert said == "" or re.search(r"needs \d+\.\d L, bottles hold|the best possible is about", said)


@pytest.mark.slow
@MANY
@given(races(any_course))
def test_many_goals_are_met_to_the_second(case):
    paced = pace(case)
    assert paced.finish_s == pytest.approx(case.resolve().goal_s, abs=1.0)
    assert np.all(np.diff(paced.arrive_s) > 0.0)


@pytest.mark.slow
@MANY
@given(races(small_courses()))
def test_many_courses_are_the_same_race_in_miles(case):
    goal = _goal(case)
    metric = pace(case, goal=goal)
    imperial = pace(RaceCase(in_miles(case.course), case.athlete, case.goal_factor, case.options), goal=goal)
    assert imperial.arrive_s == pytest.approx(metric.arrive_s, abs=0.02 * metric.finish_s / 60.0)
