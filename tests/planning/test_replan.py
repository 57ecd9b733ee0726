"""The plan of the rest, from real splits of both Leadville 100s."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.errors import DocumentError, UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.day_form import LearntForm, Section, learn_from_sections
from pacecalc.planning.eaten import read_eaten
from pacecalc.planning.odds import weigh_rest
from pacecalc.planning.plan import plan_race
from pacecalc.planning.rebuild import rebuild_inputs
from pacecalc.planning.records import Split
from pacecalc.planning.replan import pace_as_planned, replan_race
from pacecalc.planning.split_times import read_split
from pacecalc.render.plan_json import parse_plan, render_json
from pacecalc.science.day_form import update_form

RUN = load_course("leadville-trail-100-run")
RIDE = load_course("leadville-trail-100-mtb")


@pytest.fixture(scope="module")
def run_plan():
    return parse_plan(render_json(plan_race("leadville-trail-100-run", goal="29:30")))


@pytest.fixture(scope="module")
def ride_plan():
    made = plan_race("leadville-trail-100-mtb", goal="11:45", mass="62 kg", threshold_power="210 W")
    return parse_plan(render_json(made))


def at(plan, name, factor=1.0, stop_s=None):
    waypoint = next(w for w in plan.waypoints if w.name == name)
    arrive_s = factor * waypoint.arrive_s
    return Split(name=name, arrive_s=arrive_s, leave_s=None if stop_s is None else arrive_s + stop_s)


def arrivals(plan):
    return np.array([w.arrive_s for w in plan.waypoints])


@pytest.mark.parametrize("place", ["May Queen (out)", "Hope Pass (out)", "Winfield (turnaround)", "May Queen (in)"])
def test_the_planned_split_changes_nothing_in_a_run(run_plan, place):
    rest = replan_race(run_plan, [at(run_plan, place)], course=RUN)
    np.testing.assert_allclose(arrivals(rest), arrivals(run_plan), atol=0.5)
    assert rest.legs == run_plan.legs
    assert rest.schedule == run_plan.schedule
    assert rest.replan.effort_fraction == pytest.approx(0.0, abs=1e-3)
    assert rest.replan.cut_stops == ()
    assert [w.passed for w in rest.waypoints].count(True) == [w.name for w in rest.waypoints].index(place) + 1


def test_the_planned_split_changes_nothing_in_a_ride(ride_plan):
    rest = replan_race(ride_plan, [at(ride_plan, "Twin Lakes Dam (in)")], course=RIDE)
    np.testing.assert_allclose(arrivals(rest), arrivals(ride_plan), atol=0.5)
    assert rest.ride.mean_power_w == pytest.approx(ride_plan.ride.mean_power_w, rel=2e-3)


@pytest.mark.parametrize("place", [w.name for w in RUN.waypoints[1:-1]])
def test_ten_per_cent_late_anywhere_in_the_run_is_legal_or_plainly_not(run_plan, place):
    _check_verdict(replan_race(run_plan, [at(run_plan, place, 1.1)], course=RUN))


@pytest.mark.slow
@pytest.mark.parametrize("place", [w.name for w in RIDE.waypoints[1:-1]])
def test_ten_per_cent_late_anywhere_in_the_ride_is_legal_or_plainly_not(ride_plan, place):
    _check_verdict(replan_race(ride_plan, [at(ride_plan, place, 1.1)], course=RIDE))


def _check_verdict(rest):
    ahead = [w for w in rest.waypoints if not w.passed and w.margin_s is not None]
    makes_all = all(w.margin_s >= -0.5 for w in ahead)
    behind = any(w.passed and w.margin_s is not None and w.margin_s < -0.5 for w in rest.waypoints)
    verdict = rest.replan.verdict
    if behind:
        assert "after its cutoff: by the rules the race is over" in verdict
    elif makes_all:
        assert verdict == "Every cutoff ahead can still be made."
        assert rest.replan.missed == ()
    else:
        assert verdict.startswith("No legal plan exists any more: ")
        assert rest.replan.missed != ()
    assert set(rest.replan.reachable) == {w.name for w in ahead if w.margin_s >= -0.5}
    assert 0.0 <= rest.risk.finish_probability <= 1.0


def test_a_late_ride_at_twin_lakes_costs_watts_and_stops(ride_plan):
    rest = replan_race(ride_plan, [at(ride_plan, "Twin Lakes Dam (in)", 1.06)], course=RIDE)
    assert rest.replan.late_s == pytest.approx(0.06 * at(ride_plan, "Twin Lakes Dam (in)").arrive_s, abs=1.0)
    assert 0.0 < rest.replan.expected_fraction < 0.06
    assert rest.replan.unchanged_finish_s > ride_plan.finish_s
    _check_verdict(rest)


def test_a_fast_start_is_not_extrapolated_one_for_one(run_plan):
    early = replan_race(run_plan, [at(run_plan, "May Queen (out)", 0.9)], course=RUN)
    assert -0.05 < early.replan.expected_fraction < -0.015


def test_late_split_after_late_split_the_form_is_believed_more(run_plan):
    places = ["May Queen (out)", "Half Pipe (out)", "Winfield (turnaround)"]
    splits = [at(run_plan, place, 1.04) for place in places]
    one = replan_race(run_plan, splits[:1], course=RUN)
    three = replan_race(run_plan, splits, course=RUN)
    assert 0.0 < one.replan.expected_fraction < three.replan.expected_fraction


def test_a_long_stop_is_lost_time_but_no_bad_form(run_plan):
    slow = replan_race(run_plan, [at(run_plan, "Half Pipe (out)", 1.05)], course=RUN)
    stood = replan_race(
        run_plan,
        [at(run_plan, "May Queen (out)", stop_s=1500.0), _later(at(run_plan, "Half Pipe (out)"), 1500.0 - 540.0)],
        course=RUN,
    )
    assert abs(stood.replan.expected_fraction) < 0.5 * slow.replan.expected_fraction


def _later(split, seconds):
    return replace(split, arrive_s=split.arrive_s + seconds)


def test_a_plan_made_on_the_way_is_gone_on_from(run_plan):
    first, second = at(run_plan, "May Queen (out)", 1.03), at(run_plan, "Half Pipe (out)", 1.05)
    once = replan_race(run_plan, [first, second], course=RUN)
    on_the_way = parse_plan(render_json(replan_race(run_plan, [first], course=RUN)))
    twice = replan_race(on_the_way, [second], course=RUN)
    assert [s.name for s in twice.inputs.splits] == ["May Queen (out)", "Half Pipe (out)"]
    np.testing.assert_allclose(arrivals(twice), arrivals(once), atol=1.0)


def test_a_word_on_the_form_slows_the_rest(run_plan):
    split = at(run_plan, "Winfield (turnaround)")
    tired = replan_race(run_plan, [split], feeling_fraction=0.9, course=RUN)
    assert tired.replan.expected_fraction == pytest.approx(0.5 * -np.log(0.9), rel=0.1)
    with pytest.raises(UsageError, match="feeling 9"):
        replan_race(run_plan, [split], feeling_fraction=9.0, course=RUN)


def test_a_new_goal_is_what_the_rest_is_planned_for(run_plan):
    rest = replan_race(run_plan, [at(run_plan, "Twin Lakes (out)")], goal_s=28.8 * 3600.0, course=RUN)
    assert rest.finish_s == pytest.approx(28.8 * 3600.0, abs=0.1)
    assert rest.replan.effort_fraction > 0.0


def test_odds_behind_are_certain_and_bands_ahead_are_narrower_than_before(run_plan):
    rest = replan_race(run_plan, [at(run_plan, "Twin Lakes (in)")], course=RUN)
    passed = [w for w in rest.waypoints if w.passed]
    assert all(w.arrive_p10_s == w.arrive_p90_s == w.arrive_s for w in passed)
    assert all(w.miss_probability in (None, 0.0) for w in passed)
    before, now = run_plan.waypoints[-1], rest.waypoints[-1]
    assert now.arrive_p90_s - now.arrive_p10_s < before.arrive_p90_s - before.arrive_p10_s
    assert rest.risk.finish_probability > run_plan.risk.finish_probability


def test_what_was_not_eaten_is_in_the_pockets_and_is_not_counted(run_plan):
    split = at(run_plan, "Twin Lakes (out)", 1.05)
    full = replan_race(run_plan, [split], course=RUN)
    half = replan_race(run_plan, [split], eaten=0.5, course=RUN)
    here_s = split.arrive_s

    def eaten_before(plan):
        return sum(i.count for row in plan.schedule if row.at_s < here_s - 1.0 for i in row.items)

    assert 0 < eaten_before(half) < eaten_before(full)
    assert half.totals.carbohydrate_g < full.totals.carbohydrate_g
    # Nothing is planned for the rest that was neither left over, packed ahead nor on offer at a station.
    packed = {i.id for leg in run_plan.legs for items in (leg.packed, leg.spares, leg.pick_up) for i in items}
    offered = {i for leg in half.legs for item in (*leg.at_station, *leg.pick_up) for i in [item.id]}
    ahead = {i.id for row in half.schedule if row.at_s >= here_s for i in row.items}
    assert ahead <= packed | offered


def test_pieces_said_to_be_eaten_are_counted(run_plan):
    first = next(i for row in run_plan.schedule for i in row.items)
    eaten = read_eaten(run_plan, [f"{first.name}=1"])
    assert eaten == {first.id: 1}
    split = at(run_plan, "Twin Lakes (out)", 1.05)
    rest = replan_race(run_plan, [split], eaten=eaten, course=RUN)
    had = [i for row in rest.schedule if row.at_s < split.arrive_s - 1.0 for i in row.items]
    assert [(i.id, i.count) for i in had] == [(first.id, 1)]


@pytest.mark.parametrize("words", [["much"], ["4"], ["x=y"], ["moon cheese=2"], ["0.5", "0.6"]])
def test_words_about_food_nobody_understands_are_refused(run_plan, words):
    with pytest.raises(UsageError, match="--eaten"):
        read_eaten(run_plan, words)


def test_shares_of_food_are_read_as_they_are_written(run_plan):
    assert read_eaten(run_plan, []) is None
    assert read_eaten(run_plan, ["80%"]) == read_eaten(run_plan, ["0.8"]) == 0.8


@pytest.mark.parametrize(
    ("splits", "message"),
    [
        ([], "no split given"),
        ([("Start", 60.0, None)], "is the start"),
        ([("Finish", 90000.0, None)], "the race is over"),
        ([("May Queen (out)", -5.0, None)], "at or before the start"),
        ([("May Queen (out)", 9000.0, 8000.0)], "expected to leave after arriving"),
        ([("May Queen (out)", 9000.0, 20000.0), ("Half Pipe (out)", 19000.0, None)], "is not later than"),
        ([("May Qeen (out)", 9000.0, None)], 'did you mean "May Queen'),
    ],
)
def test_splits_that_contradict_are_refused(run_plan, splits, message):
    with pytest.raises(UsageError, match=message):
        replan_race(run_plan, [Split(name=n, arrive_s=a, leave_s=b) for n, a, b in splits], course=RUN)


def test_a_course_that_changed_since_is_refused(run_plan):
    moved = replace(run_plan, waypoints=tuple(replace(w, distance_m=1.01 * w.distance_m) for w in run_plan.waypoints))
    with pytest.raises(DocumentError, match="has changed since this plan was made"):
        replan_race(moved, [at(run_plan, "May Queen (out)")], course=RUN)


class TestTimesAsPeopleSayThem:
    def test_a_clock_is_taken_on_the_day_nearest_to_the_plan(self, run_plan):
        split = read_split(run_plan, RUN, "Outward Bound (in)", clock="02:14", left="02:20:30")
        assert split.arrive_s == pytest.approx(22.0 * 3600.0 + 14 * 60.0)
        assert split.leave_s - split.arrive_s == pytest.approx(390.0)

    def test_elapsed_and_dated_clocks_say_the_same(self, run_plan):
        elapsed = read_split(run_plan, RUN, "May Queen (out)", elapsed="2:51")
        dated = read_split(run_plan, RUN, "may queen (out)", clock="2025-08-16T06:51")
        assert elapsed == dated

    @pytest.mark.parametrize(
        ("times", "message"),
        [
            ({"clock": "03:10"}, "before your start at 04:00"),
            ({"clock": "24:10"}, "expected a time of day"),
            ({}, "give either --clock"),
            ({"clock": "06:51", "elapsed": "2:51"}, "give either --clock"),
            ({"elapsed": "0:00"}, "the start itself"),
            ({"elapsed": "2:51", "left": "2:40"}, "before the arrival"),
        ],
    )
    def test_times_that_cannot_be_are_refused(self, run_plan, times, message):
        with pytest.raises(UsageError, match=message):
            read_split(run_plan, RUN, "May Queen (out)", **times)


def test_a_forecast_of_the_plan_is_kept_for_the_way(tmp_path):
    rows = "\n".join(f"2025-08-{16 + h // 24:02d}T{h % 24:02d}:00,{8 + h % 12}" for h in range(4, 44))
    forecast = tmp_path / "hours.csv"
    forecast.write_text(f"time,temperature_c\n{rows}\n")
    plan = parse_plan(render_json(plan_race("leadville-trail-100-run", goal="29:30", forecast=forecast)))
    forecast.unlink()
    rest = replan_race(plan, [at(plan, "Twin Lakes (out)")], course=RUN)
    np.testing.assert_allclose(arrivals(rest), arrivals(plan), atol=1.0)


def test_who_hurries_already_has_less_left_to_hurry_with(run_plan):
    inputs = rebuild_inputs(run_plan, course=RUN)
    paced = pace_as_planned(inputs)
    mean, covariance = update_form([0.2], [0.4], [0.0])
    form = LearntForm(form=mean[0], slow_down=mean[1], covariance=covariance, slope_per_form=2.31)
    begin = [w.name for w in run_plan.waypoints].index("Winfield (turnaround)")
    odds = [
        weigh_rest(paced, inputs.athlete, inputs.conditions, begin, form, raised_fraction=r, runs=2000, seed=1)
        for r in (0.0, 0.05)
    ]
    assert odds[1].finish_probability < odds[0].finish_probability


def test_a_stop_under_way_ends_when_its_place_closes():
    """Western States' cutoffs are times of leaving: two minutes before one, two minutes are left to stand."""
    plan = plan_race("western-states-100", goal="29:30", seed=2)
    foresthill = next(w for w in plan.waypoints if w.name == "Foresthill")
    assert foresthill.cutoff_applies == "leaving"
    assert foresthill.stop_s > 120.0
    late = Split(name="Foresthill", arrive_s=foresthill.cutoff_s - 120.0, leave_s=None)
    rest = replan_race(plan, [late])
    made = next(w for w in rest.waypoints if w.name == "Foresthill")
    assert 0.0 < made.stop_s <= 120.0
    assert made.leave_s <= foresthill.cutoff_s + 0.5


def test_margins_asked_for_at_single_places_hold_for_the_rest():
    plan = plan_race("leadville-trail-100-run", goal="29:30", margins={"Twin Lakes (in)": "40 min"})
    rest = replan_race(plan, [at(plan, "Winfield (turnaround)", 1.02)], course=RUN)
    assert next(w for w in rest.waypoints if w.name == "Twin Lakes (in)").margin_s >= 40 * 60.0 - 1.0


def test_what_was_told_stays_in_the_plan_of_the_rest(run_plan):
    told = [at(run_plan, "May Queen (out)", 1.01, stop_s=240.0), at(run_plan, "Twin Lakes (out)", 1.02)]
    rest = replan_race(run_plan, told, course=RUN)
    assert list(rest.inputs.splits) == told
    assert {c.code for c in rest.warnings} >= {c.code for c in run_plan.warnings if c.code == "heat"}


def test_longer_sections_teach_more_about_the_day():
    def form(end_s: float) -> float:
        return learn_from_sections([Section(start_s=0.0, end_s=end_s, real_s=1.1 * end_s)], 105_000.0, "run").form

    assert 0.0 < form(10_000.0) < form(25_000.0) < form(60_000.0) < np.log(1.1)
    assert form(60_000.0) - form(25_000.0) > 0.001


def test_the_same_lateness_says_another_thing_of_a_rider_than_of_a_runner():
    late = [Section(start_s=7200.0, end_s=14_400.0, real_s=1.05 * 7200.0)]
    ride, run = (learn_from_sections(late, 42_000.0, sport) for sport in ("mtb", "run"))
    assert ride.slope_per_form < run.slope_per_form
    assert ride.form > run.form


def test_a_late_ride_goes_on_with_the_form_of_a_ride(ride_plan):
    place = next(w for w in ride_plan.waypoints if w.name == "Twin Lakes Dam (out)")
    rest = replan_race(ride_plan, [at(ride_plan, place.name, 1.05)], course=RIDE)
    section = Section(start_s=0.0, end_s=place.arrive_s, real_s=1.05 * place.arrive_s)
    learnt = learn_from_sections([section], ride_plan.finish_s, "mtb")
    ahead = float(learnt.slowing(np.array([0.5 * (1.0 + place.arrive_s / ride_plan.finish_s)]))[0])
    assert np.log1p(rest.replan.expected_fraction) == pytest.approx(ahead, abs=0.01)
