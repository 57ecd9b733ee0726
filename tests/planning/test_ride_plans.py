"""Whole plans of rides: the bundled mountain-bike races, tracks ridden off and on the road, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from documents.profile_text import PROFILE
from pacecalc.documents.course_profile import CourseProfile, RideStretch
from pacecalc.documents.reading import parse_document
from pacecalc.errors import DocumentError, GoalError, PacecalcError, UsageError
from pacecalc.planning.athlete import Athlete, Rider
from pacecalc.planning.build import build_course, load_course
from pacecalc.planning.congestion import settle_congestion
from pacecalc.planning.course import Congestion, Course
from pacecalc.planning.from_track import load_track_course
from pacecalc.planning.plan import plan_race
from pacecalc.planning.profile_text import profile_to_yaml
from pacecalc.planning.records import RacePlan
from pacecalc.planning.ride_demand import build_ride_demand
from pacecalc.planning.ride_terrain import crowd_first_climb
from pacecalc.science.surfaces import CODE
from shared_data import shared_path

HOUR_S = 3600.0
LEADVILLE = "leadville-trail-100-mtb"


@cache
def leadville() -> Course:
    return load_course(LEADVILLE)


@cache
def leadville_plan(**options) -> RacePlan:
    return plan_race(leadville(), **{"goal": "11:30", **options})


def check_ride(plan: RacePlan, goal_h: float) -> None:
    """What every plan of a ride holds."""
    assert plan.finish_s == pytest.approx(goal_h * HOUR_S, abs=1.0)
    assert plan.moving_s + plan.stopped_s == pytest.approx(plan.finish_s, abs=0.1)
    assert plan.ride is not None
    assert 0.0 < plan.ride.mean_power_w <= plan.ride.normalised_power_w
    work_kj = sum(s.power_w * s.moving_s for s in plan.segments) / 1000.0
    assert plan.ride.work_kj == pytest.approx(work_kj, rel=0.05)
    assert sum(s.pushing_s for s in plan.segments) == pytest.approx(plan.ride.pushing_s, abs=0.5)
    for segment in plan.segments:
        targets = segment.power_targets
        held = [w for w in (targets.climb_w, targets.flat_w, targets.descent_w) if w is not None]
        assert all(0.0 <= watts <= targets.ceiling_w for watts in held)
        assert targets.floor_w <= targets.ceiling_w


# the courses


def test_leadville_is_planned_to_the_second_and_legal():
    plan = leadville_plan()
    check_ride(plan, 11.5)
    assert plan.legal
    assert 20.0 < plan.ride.pushing_s / 60.0 < 90.0


def test_silver_rush_is_planned_with_the_hill_at_its_start():
    plan = plan_race("silver-rush-50-mtb", goal="6:30", threshold_power="250 W")
    check_ride(plan, 6.5)
    assert plan.ride.intensity == pytest.approx(plan.ride.normalised_power_w / 250.0, abs=1e-6)


@cache
def track_as(sport: str) -> Course:
    imported = load_track_course(shared_path("data", "gpx", "leadville-10k.gpx"), sport=sport)
    return build_course(imported.profile, line=imported.line)


def test_an_imported_track_is_planned_as_a_mountain_bike_ride_with_its_bends_and_wind():
    course = track_as("mtb")
    calm = plan_race(course, threshold_power="230 W")
    windy = plan_race(course, threshold_power="230 W", wind="8 m/s", wind_from="270 deg")
    check_ride(calm, calm.goal_s / HOUR_S)
    assert windy.goal_s != calm.goal_s
    assert not any(caution.code == "wind-without-bearings" for caution in windy.warnings)


def test_a_road_ride_on_asphalt_is_planned_and_faster_than_on_the_gravel_assumed_without_a_word():
    gravel = track_as("ride")
    asphalt = replace(gravel, surface=np.full_like(gravel.surface, CODE["asphalt"]))
    road, dirt = (plan_race(course, threshold_power="250 W", pacing="steady") for course in (asphalt, gravel))
    check_ride(road, road.goal_s / HOUR_S)
    assert road.goal_s < 0.98 * dirt.goal_s
    assert any("taken as gravel" in estimate for estimate in dirt.estimates)


def test_steady_pacing_of_the_same_goal_costs_more():
    optimal = plan_race(leadville(), goal="9:30")
    steady = plan_race(leadville(), goal="9:30", pacing="steady")
    assert steady.ride.steady_finish_s == pytest.approx(steady.finish_s, abs=5.0)
    assert 0.01 < optimal.ride.steady_finish_s / optimal.finish_s - 1.0 < 0.025
    assert steady.ride.mean_power_w > optimal.ride.mean_power_w - 8.0


# the crowd after the start


def assumed(plan: RacePlan) -> str:
    return "; ".join(assumption.what for assumption in plan.assumptions)


def test_the_front_row_loses_nothing_and_the_plan_says_what_the_back_does():
    assert leadville_plan().day.crowd_s == 0.0
    assert "a clear way from the front row (km 6-14 costs 25 min at the back)" in assumed(leadville_plan())


def test_who_starts_late_loses_in_proportion_and_is_told():
    plan = leadville_plan(start_delay="10 min")
    assert plan.day.crowd_s == pytest.approx(12.5 * 60.0)
    assert "12 min lost in the crowd at km 6-14" in assumed(plan)
    check_ride(plan, 11.5)
    front = leadville_plan()
    slower = plan.segments[0].moving_s - front.segments[0].moving_s
    assert 8 * 60.0 < slower < 13 * 60.0


def test_nobody_loses_more_than_the_last():
    lost_s, notes = settle_congestion(leadville(), 3600.0, None)
    assert lost_s == 25 * 60.0
    assert len(notes) == 1


def test_what_the_rider_says_goes_before_the_profile_and_is_not_assumed():
    plan = leadville_plan(start_delay="10 min", congestion="4 min")
    assert plan.day.crowd_s == 240.0
    assert "crowd" not in assumed(plan)
    assert "front row" not in assumed(plan)


def test_a_race_day_file_may_say_what_the_crowd_costs_and_an_option_goes_before_it(tmp_path):
    day = tmp_path / "day.yaml"
    day.write_text("start_delay: 10 min\ncongestion: 6 min\n", encoding="utf-8")
    assert plan_race(leadville(), goal="11:30", day=day).day.crowd_s == 360.0
    assert plan_race(leadville(), goal="11:30", day=day, congestion="2 min").day.crowd_s == 120.0


def test_without_a_word_in_the_profile_the_first_climb_is_found():
    quiet = replace(leadville(), congestion=None)
    assert settle_congestion(quiet, 1200.0, None) == (0.0, ())
    plan = plan_race(quiet, goal="11:30", congestion="10 min")
    assert plan.day.crowd_s == 600.0
    assert plan.segments[0].moving_s > leadville_plan().segments[0].moving_s + 300.0


def test_the_crowd_brings_the_eleven_and_twelve_hour_sheets_nearer():
    """Sheets of 2025 (science page, rows 4 and 5) reach Twin Lakes at 3:55 and 4:18; no figure here comes from them."""
    twin_lakes_m = 40.8 * 1609.344
    for hours, sheet_min in ((11.0, 235.0), (12.0, 258.0)):
        arrive = {}
        for lost_s in (0.0, 1500.0):
            delay = crowd_first_climb(leadville(), lost_s)
            ride = build_ride_demand(
                leadville(), Athlete(mass_kg=72.0), temperature_c=14.0, delay_s=delay, moving_s=hours * HOUR_S
            )
            covered = np.cumsum(ride.cell_times_s(ride.level_for(hours * HOUR_S)))
            arrive[lost_s] = covered[leadville().cell_at(twin_lakes_m)] / 60.0
        assert arrive[0.0] < sheet_min - 20.0
        assert abs(arrive[1500.0] - sheet_min) < abs(arrive[0.0] - sheet_min) - 10.0


def test_the_prediction_counts_the_crowd():
    rider = Athlete(mass_kg=72.0, rider=Rider(threshold_power_w=260.0))
    front, back = (plan_race(leadville(), athlete=rider, start_delay=delay) for delay in ("0 min", "20 min"))
    assert 10 * 60.0 < back.goal_s - front.goal_s < 27 * 60.0


# stretches of a profile


RIDE = PROFILE.replace("sport: run", "sport: mtb")


def profile_with(lines: str) -> CourseProfile:
    return parse_document(CourseProfile, f"{RIDE}{lines}\n")


def test_stretches_lie_on_their_cells_and_nowhere_else():
    course = build_course(
        profile_with(
            "stretches:\n"
            "  - {from: 5 km, to: 10 km, draft: 0.7, note: ridden in groups}\n"
            "  - {from: 10 km, to: 12 km, exposure: 0.3, speed_limit: 18 km/h}\n"
            "congestion: {from: 1 km, to: 3 km, lost: 10 min, last_start: 20 min}"
        )
    )
    middle_m = course.edge_m[:-1] + 5.0
    assert np.all(course.draft_factor == np.where((middle_m > 5000.0) & (middle_m < 10_000.0), 0.7, 1.0))
    sheltered = (middle_m > 10_000.0) & (middle_m < 12_000.0)
    assert np.all(course.exposure[sheltered] == 0.3)
    assert np.all(np.isnan(course.exposure[~sheltered]))
    assert np.all(course.speed_limit_m_per_s == np.where(sheltered, 5.0, np.inf))
    assert course.congestion == Congestion(start_m=1000.0, end_m=3000.0, lost_s=600.0, last_start_s=1200.0)


def test_without_stretches_a_course_has_none_of_this():
    course = build_course(profile_with(""))
    assert (course.draft_factor, course.exposure, course.speed_limit_m_per_s, course.congestion) == (None,) * 4


def times_with(stretch: str, **weather) -> tuple[np.ndarray, np.ndarray]:
    """Cell times without and with one stretch from 5 to 10 km, on a course that runs north."""
    lines = ("", "stretches:\n  - {from: 5 km, to: 10 km, " + stretch + "}")
    plain, marked = (replace(build_course(profile_with(each)), bearing_deg=np.zeros(2000)) for each in lines)
    one, other = (
        build_ride_demand(course, Athlete(), temperature_c=15.0, **weather).cell_times_s(0.7)
        for course in (plain, marked)
    )
    return one, other


def test_drafting_is_faster_where_the_profile_says_that_groups_form():
    alone, behind = times_with("draft: 0.6")
    assert behind[500:1000].sum() < 0.995 * alone[500:1000].sum()
    assert behind[:500] == pytest.approx(alone[:500])


def test_shelter_takes_the_head_wind_away_on_its_stretch_only():
    open_s, sheltered = times_with("exposure: 0.1", wind_m_per_s=9.0, wind_from_deg=0.0)
    assert sheltered[500:1000].sum() < 0.97 * open_s[500:1000].sum()
    assert sheltered[:490] == pytest.approx(open_s[:490])


def test_a_speed_limit_holds_and_is_braked_for():
    free, held = times_with("speed_limit: 9 km/h")
    length_m = 10.0
    assert (length_m / held[510:990]).max() <= 2.5 * 1.001
    assert held[500:1000].sum() > 1.4 * free[500:1000].sum()


def test_stretches_and_crowd_survive_being_written_and_read():
    profile = profile_with(
        "stretches:\n  - {from: 5 km, to: 10 km, draft: 0.7, exposure: 0.25, speed_limit: 30 km/h, note: a group}\n"
        "congestion: {from: 1 km, to: 3 km, lost: 10 min, last_start: 20 min, note: narrow}"
    )
    again = parse_document(CourseProfile, profile_to_yaml(profile))
    (one,), (other,) = profile.stretches, again.stretches
    assert other.speed_limit == pytest.approx(one.speed_limit, abs=1e-4)
    same = {"start", "end", "draft", "exposure", "note"}
    assert one.model_dump(include=same) == other.model_dump(include=same)
    assert again.congestion == profile.congestion


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("stretches:\n  - {from: 1 km, to: 2 km, draft: 0.2}", "0.2 is out of range; expected 0.4 to 1"),
        ("stretches:\n  - {from: 1 km, to: 2 km, exposure: 1.5}", "1.5 is out of range; expected 0 to 1"),
        ("stretches:\n  - {from: 1 km, to: 2 km, speed_limit: 20}", '"20" has no unit'),
        ("stretches:\n  - {from: 1 km, to: 2 km, note: nice}", "says nothing; give draft, exposure or speed_limit"),
        ("stretches:\n  - {from: 2 km, to: 1 km, draft: 0.7}", "is not after 'from'"),
        ("stretches:\n  - {from: 1 km, to: 200 km, draft: 0.7}", "is beyond the finish"),
        ("congestion: {from: 3 km, to: 1 km, lost: 10 min, last_start: 20 min}", "is not after 'from'"),
        ("congestion: {from: 3 km, to: 50 km, lost: 10 min, last_start: 20 min}", "is beyond the finish"),
        ("congestion: {from: 1 km, to: 3 km, lost: 9 h, last_start: 20 min}", '"9 h" is out of range'),
        ("congestion: {from: 1 km, to: 3 km, lost: 10 min, last_start: 0 min}", '"0 min" is out of range'),
        ("congestion: {from: 1 km, to: 3 km, lost: 10 min}", "last_start"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused_in_one_line(lines, said):
    with pytest.raises(DocumentError) as caught:
        profile_with(lines)
    (line,) = str(caught.value).splitlines()
    assert said in line


@pytest.mark.parametrize(
    "lines",
    [
        "stretches:\n  - {from: 1 km, to: 2 km, draft: 0.7}",
        "congestion: {from: 1 km, to: 3 km, lost: 10 min, last_start: 20 min}",
    ],
)
def test_runs_do_not_take_what_is_for_rides(lines):
    with pytest.raises(DocumentError, match="is for rides, and this course is a run"):
        parse_document(CourseProfile, f"{PROFILE}{lines}\n")


def test_a_stretch_is_a_record_others_can_make():
    assert RideStretch.model_validate({"from": "1 km", "to": "2 km", "draft": "0.8"}).draft == 0.8


# bad input: one clear line each


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"goal": "11:00", "wind": "15 km/h"}, "wind without a direction says nothing to a rider; add --wind-from"),
        ({"goal": "11:00", "threshold_power": "3000 W"}, "threshold power: .*too large; it must be at most 600 W"),
        ({"goal": "11:00", "threshold_power": "210"}, r'threshold power: "210" has no unit; write "210 W"'),
        ({}, r"no goal: give --goal h:mm, or your threshold power \(--ftp 210W"),
        ({"goal": "3:00"}, "a goal of 3:00 for .* is out of reach: the best possible"),
        ({"goal": "11:00", "pacing": "even"}, 'pacing "even" is unknown; write optimal or steady'),
        ({"goal": "11:00", "congestion": "10"}, r'congestion: "10" has no unit'),
        ({"goal": "11:00", "congestion": "5 h"}, "congestion: .*too large"),
        ({"goal": "11:00", "congestion": "-5 min"}, "congestion: "),
    ],
)
def test_what_no_ride_can_be_planned_from_is_refused_in_one_line(options, said):
    with pytest.raises(PacecalcError, match=said) as caught:
        plan_race(leadville(), **options)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("drag_area: 0.42 m", '"0.42 m" is a length, expected an area'),
        ("drag_area: 4.2 m^2", "too large; it must be at most 1.5 m"),
        ("drag_area: 0.42", r'"0.42" has no unit; write "0.42 m\^2"'),
        ("threshold_power: 3000 W", "too large; it must be at most 600 W"),
        ("rolling: 0.004", "0.004"),
    ],
)
def test_a_rider_nobody_is_is_refused_in_one_line(tmp_path, written, said):
    path = tmp_path / "athlete.yaml"
    path.write_text(f"ride: {{{written}}}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=said) as caught:
        plan_race(leadville(), goal="11:00", athlete=path)
    assert "\n" not in str(caught.value)


def test_power_of_3000_watts_is_refused_from_the_library_too():
    with pytest.raises(DocumentError, match=r"threshold power of 3000 W: expected 30 to \d+ W"):
        plan_race(leadville(), goal="11:00", athlete=Athlete(rider=Rider(threshold_power_w=3000.0)))


def test_a_run_has_no_crowd_of_bikes():
    with pytest.raises(UsageError, match="time lost in the crowd is for rides"):
        plan_race("leadville-trail-100-run", goal="28:00", congestion="10 min")


def test_a_goal_after_the_cutoff_is_refused():
    with pytest.raises(GoalError, match="later than the finish cutoff"):
        plan_race(leadville(), goal="12:30")
