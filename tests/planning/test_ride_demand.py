"""What a course demands of a rider, on made courses and on the bundled Leadville MTB."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.errors import DocumentError, GoalError, UsageError
from pacecalc.planning.athlete import Athlete, Rider
from pacecalc.planning.build import build_course, load_course
from pacecalc.planning.course import Course, Waypoint
from pacecalc.planning.from_track import load_track_course
from pacecalc.planning.pacing import snap_waypoints
from pacecalc.planning.ride_demand import RideDemand, build_ride_demand, mean_effort
from pacecalc.planning.ride_summary import find_steady_time, summarise_ride, target_powers
from pacecalc.planning.ride_terrain import crowd_first_climb
from pacecalc.science.ridespeed import speed_from_power
from pacecalc.science.surfaces import CODE
from shared_data import shared_path

HOUR_S = 3600.0


def made_course(grade, *, surface="gravel", base_m=1000.0, sport="mtb", waypoints_m=(), **extra) -> Course:
    """A course of 10 m cells with these grades."""
    grade = np.asarray(grade, dtype=np.float64)
    cells = len(grade)
    elevation_m = base_m + 10.0 * np.concatenate([[0.0], np.cumsum(grade)])
    places = [0.0, *waypoints_m, 10.0 * cells]
    return Course(
        id="made",
        name="Made",
        sport=sport,
        edition="",
        cell_m=10.0,
        elevation_m=elevation_m,
        grade=grade,
        surface=np.full(cells, CODE[surface], dtype=np.uint8),
        waypoints=tuple(Waypoint(name=f"{m:.0f}", kind="aid", distance_m=m) for m in places),
        ascent_m=float(10.0 * grade[grade > 0].sum()),
        descent_m=float(-10.0 * grade[grade < 0].sum()),
        published_ascent_m=None,
        start_clock=datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("UTC")),
        timezone="UTC",
        latitude_deg=np.full(cells + 1, 46.0),
        longitude_deg=np.full(cells + 1, 7.0),
        **extra,
    )


def rolling_course(seed: int, cells: int = 2000) -> Course:
    rng = np.random.default_rng(seed)
    knots = rng.uniform(-0.11, 0.11, cells // 60 + 2)
    grade = np.interp(np.arange(cells), 60.0 * np.arange(len(knots)), knots)
    return made_course(grade - grade.mean(), waypoints_m=(7000.0, 12340.0))


STRONG = Athlete(mass_kg=72.0, rider=Rider(threshold_power_w=290.0))


@lru_cache
def leadville() -> Course:
    return load_course("leadville-trail-100-mtb")


@lru_cache
def leadville_ride(hours: float, pacing: str = "optimal") -> RideDemand:
    return build_ride_demand(
        leadville(), Athlete(mass_kg=72.0), temperature_c=14.0, moving_s=hours * HOUR_S, pacing=pacing
    )


def build(course: Course, athlete: Athlete = STRONG, **options) -> RideDemand:
    return build_ride_demand(course, athlete, **{"temperature_c": 15.0, **options})


# the goal and the levels


@pytest.mark.parametrize("pacing", ["optimal", "steady"])
def test_the_level_for_a_goal_meets_it_to_a_tenth_of_a_second_momentum_and_pushing_included(pacing):
    ride = leadville_ride(11.75, pacing)
    assert ride.pace(ride.level_for(11.75 * HOUR_S)).time_s.sum() == pytest.approx(11.75 * HOUR_S, abs=0.1)


def test_cell_times_are_those_of_the_pace():
    ride = leadville_ride(9.0)
    assert ride.cell_times_s(0.9) == pytest.approx(ride.pace(0.9).time_s)


def test_the_table_of_legs_is_the_sum_of_the_cells():
    ride, edges = leadville_ride(9.0), snap_waypoints(leadville())
    levels = [0.6, 0.9, 1.3]
    table = ride.leg_times_table(levels, edges)
    for row, level in zip(table, levels, strict=True):
        covered = np.concatenate([[0.0], np.cumsum(ride.cell_times_s(level))])
        assert row == pytest.approx(np.diff(covered[edges]))


def test_legs_at_their_own_levels_take_the_time_of_the_table_within_two_seconds():
    """What the deadline schedule relies on: legs touch each other only by momentum at their ends."""
    ride, edges = leadville_ride(11.0), snap_waypoints(leadville())[[0, 6, 9, -1]]
    levels = np.array([0.82, 0.74, 0.66])
    bent = np.concatenate([[0.0], np.cumsum(ride.cell_times_s(np.repeat(levels, np.diff(edges))))])
    assert np.diff(bent[edges]) == pytest.approx(np.diag(ride.leg_times_table(levels, edges)), abs=2.0)


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), level=st.floats(0.2, 2.0), pacing=st.sampled_from(["optimal", "steady"]))
def test_a_higher_level_is_slower_on_no_leg(seed, level, pacing):
    course = rolling_course(seed, 1500)
    ride = build(course, pacing=pacing)
    slow, fast = ride.leg_times_table([level, 1.03 * level], snap_waypoints(course))
    assert np.all(fast <= slow * (1.0 + 1e-9))


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), level=st.floats(0.5, 1.3))
def test_best_pacing_is_never_slower_than_even_effort_at_the_same_cost(seed, level):
    """The whole model: momentum, caps and pushing included, which the closed form does not know."""
    ride = build(rolling_course(seed))
    pace = ride.pace(level)
    assert pace.time_s.sum() <= find_steady_time(ride, pace) * (1.0 + 1e-6)


@pytest.mark.parametrize("hours", [8.0, 9.0, 10.0, 11.75])
def test_best_pacing_gains_one_to_two_and_a_half_percent_on_leadville(hours):
    ride = leadville_ride(hours)
    pace = ride.pace(ride.level_for(hours * HOUR_S))
    assert 0.01 <= find_steady_time(ride, pace) / pace.time_s.sum() - 1.0 <= 0.025


def test_a_time_that_no_power_rides_is_refused_with_what_the_descents_alone_take():
    with pytest.raises(GoalError, match=r"no power covers this course in 3\.00 h .* take 4\.\d\d h"):
        leadville_ride(9.0).level_for(3.0 * HOUR_S)


@pytest.mark.parametrize("level", [0.02, 0.2, 5.0, 50.0])
def test_levels_nobody_rides_at_still_have_finite_times(level):
    pace = leadville_ride(9.0).pace(level)
    assert np.all(np.isfinite(pace.time_s))
    assert np.all(pace.time_s > 0.0)
    assert np.all(np.isfinite(pace.metabolic_w))


# what makes a ride faster or slower


def time_of(course: Course, athlete: Athlete = STRONG, level: float = 0.8, **options) -> float:
    return float(build(course, athlete, **options).cell_times_s(level).sum())


def with_rider(**changes) -> Athlete:
    return replace(STRONG, rider=replace(STRONG.rider, **changes))


def test_higher_is_slower_at_equal_effort():
    low, high = made_course(np.full(500, 0.05), base_m=500.0), made_course(np.full(500, 0.05), base_m=3000.0)
    assert time_of(high) > 1.1 * time_of(low)


def test_an_acclimatised_rider_is_faster_up_there():
    course = made_course(np.full(500, 0.05), base_m=3000.0)
    assert time_of(course, replace(STRONG, altitude_days=21.0)) < time_of(course)
    assert time_of(course, replace(STRONG, home_elevation_m=2200.0)) < time_of(course)


def test_threshold_measured_at_height_is_worth_more_at_the_sea():
    course = made_course(np.full(500, 0.05), base_m=0.0)
    there = replace(with_rider(test_elevation_m=2200.0), home_elevation_m=2200.0)
    assert time_of(course, there) < time_of(course, replace(STRONG, home_elevation_m=0.0))


@pytest.mark.parametrize(
    ("slower", "faster"),
    [
        ({"rolling_factor": 1.2}, {"rolling_factor": 0.9}),
        ({"drag_area_m2": 0.50}, {"drag_area_m2": 0.36}),
        ({"bike_mass_kg": 15.0}, {"bike_mass_kg": 10.0}),
        ({"drivetrain_efficiency": 0.95}, {"drivetrain_efficiency": 0.985}),
        ({"skill": "beginner"}, {"skill": "expert"}),
        ({"threshold_power_w": 250.0}, {"threshold_power_w": 300.0}),
    ],
)
def test_each_thing_about_the_rider_counts_the_right_way(slower, faster):
    course = rolling_course(4)
    assert time_of(course, with_rider(**slower)) > time_of(course, with_rider(**faster))


def test_rocks_are_slower_than_asphalt():
    grade = np.zeros(500)
    assert time_of(made_course(grade, surface="rocky")) > 1.1 * time_of(made_course(grade, surface="asphalt"))


def test_warm_air_is_faster_on_the_flat():
    course = made_course(np.zeros(1000), surface="asphalt")
    assert time_of(course, temperature_c=30.0) < time_of(course, temperature_c=5.0)


def test_wind_works_by_the_bearing_of_the_course():
    bearing = np.repeat([0.0, 180.0], 500)
    course = made_course(np.zeros(1000), bearing_deg=bearing)
    still = build(course).cell_times_s(0.8)
    windy = build(course, wind_m_per_s=6.0, wind_from_deg=0.0).cell_times_s(0.8)
    assert windy[:500].sum() > 1.05 * still[:500].sum()
    assert windy[520:].sum() < 0.97 * still[520:].sum()
    assert windy.sum() > still.sum()


def test_a_sheltered_course_feels_less_of_the_wind():
    course = made_course(np.zeros(500), bearing_deg=np.zeros(500))
    open_s, forest_s = (
        time_of(course, wind_m_per_s=8.0, wind_from_deg=10.0, exposure=exposure) for exposure in (0.6, 0.2)
    )
    assert forest_s < open_s


def test_without_a_track_wind_is_left_out_and_the_plan_says_so():
    course = made_course(np.zeros(500))
    ride = build(course, wind_m_per_s=6.0, wind_from_deg=0.0)
    assert ride.cell_times_s(0.8) == pytest.approx(build(course).cell_times_s(0.8))
    assert [caution.code for caution in ride.cautions] == ["wind-without-bearings"]
    assert build(course).cautions == ()


def test_drafting_on_a_stretch_is_faster_there():
    course = made_course(np.zeros(1000), surface="asphalt")
    factor = np.ones(1000)
    factor[:500] = 0.65
    alone, behind = build(course).cell_times_s(0.8), build(course, draft_factor=factor).cell_times_s(0.8)
    assert behind[:500].sum() < 0.95 * alone[:500].sum()
    assert behind[700:] == pytest.approx(alone[700:], rel=1e-3)


def test_a_crowded_climb_costs_its_delay_at_any_level():
    course = made_course(np.full(400, 0.04))
    delay = np.zeros(400)
    delay[100:200] = 3.0
    for level in (0.6, 0.9):
        crowded, alone = build(course, delay_s=delay), build(course)
        assert crowded.pace(level).time_s.sum() - alone.pace(level).time_s.sum() == pytest.approx(300.0)
        assert crowded.leg_times_table([level], [0, 150, 400])[0, 0] == pytest.approx(
            alone.leg_times_table([level], [0, 150, 400])[0, 0] + 150.0
        )


def test_waiting_in_the_crowd_costs_no_watts_and_no_fatigue():
    course = rolling_course(3)
    delay = np.zeros(len(course.grade))
    delay[100:200] = 6.0
    crowded, alone = build(course, delay_s=delay), build(course)
    one, other = crowded.pace(0.8), alone.pace(0.8)
    assert crowded.work_before_j(one) == pytest.approx(alone.work_before_j(other))
    assert mean_effort(crowded, one) == pytest.approx(mean_effort(alone, other))
    spent, plain = (float(np.dot(pace.metabolic_w, pace.time_s)) for pace in (one, other))
    assert spent - plain == pytest.approx(600.0 * 1.44 * 72.0)
    assert summarise_ride(crowded, one).work_kj == pytest.approx(summarise_ride(alone, other).work_kj)
    assert summarise_ride(crowded, one).steady_finish_s - one.time_s.sum() == pytest.approx(
        summarise_ride(alone, other).steady_finish_s - other.time_s.sum(), abs=0.5
    )


def test_the_crowd_of_leadvilles_start_stands_on_st_kevins():
    delay = crowd_first_climb(leadville(), 600.0)
    crowded_m = leadville().edge_m[:-1][delay > 0.0]
    assert delay.sum() == pytest.approx(600.0)
    assert crowded_m.min() == pytest.approx(3.5 * 1609.344, abs=21.0)
    assert crowded_m.max() == pytest.approx(8.45 * 1609.344, abs=21.0)


def test_a_flat_course_has_no_climb_to_crowd_on_and_a_single_climb_is_crowded_to_its_top():
    assert crowd_first_climb(made_course(np.zeros(300)), 600.0).sum() == 0.0
    climb = crowd_first_climb(made_course(np.concatenate([np.zeros(100), np.full(300, 0.05)])), 600.0)
    assert climb[:80].sum() == 0.0
    assert climb[80:] == pytest.approx(600.0 / 320.0)


def test_negative_time_lost_is_refused():
    with pytest.raises(UsageError, match="time lost in the crowd of -5 s"):
        crowd_first_climb(made_course(np.zeros(10)), -5.0)


def test_fatigue_by_work_slows_the_second_half_and_less_so_the_durable_rider():
    course = made_course(np.tile(np.repeat([0.05, -0.05], 300), 10))
    laps = [0, 3000, 6000]

    def fade(loss: float) -> float:
        athlete = with_rider(durability_per_kj_per_kg=loss)
        first, second = build(course, athlete, moving_s=3.2 * HOUR_S).leg_times_table([0.8], laps)[0]
        return float(second / first - 1.0)

    assert fade(0.005) > fade(0.0015) > fade(0.0) == pytest.approx(0.0, abs=0.006)


def test_work_of_an_earlier_pass_gives_the_fatigue_of_that_ride():
    course = rolling_course(8)
    first = build(course, moving_s=1.2 * HOUR_S)
    again = build(course, work_j=first.work_before_j(first.pace(first.level_for(1.2 * HOUR_S))))
    assert again.reference_w == pytest.approx(first.reference_w, rel=1e-4)


# pushing


def test_a_twenty_five_percent_ramp_is_pushed_and_a_five_percent_one_ridden():
    grade = np.concatenate([np.full(200, 0.05), np.full(100, 0.25), np.full(200, 0.0)])
    pace = build(made_course(grade, surface="rocky")).pace(0.8)
    assert np.all(pace.pushing[:195] == 0.0)
    assert np.all(pace.pushing[205:295] > 0.9)
    assert np.all(pace.power_w[205:295] < 0.1 * pace.power_w[:195].mean())
    assert 2.5 < 10.0 / pace.time_s[250] * 3.6 < 4.0


def test_pushing_is_chosen_only_where_it_is_faster_or_the_gears_end():
    grade = np.concatenate([np.full(300, 0.05), np.full(100, 0.22)])
    course = made_course(grade, surface="rocky")
    ride = build(course)
    pace = ride.pace(0.75)
    forces = (ride.terrain.resistance_n, ride.terrain.drag_kg_per_m)
    ridden = speed_from_power(0.75 * ride.reference_w, *forces)
    walked = pace.pushing[::5] > 0.99
    assert walked.any()
    assert np.all(ridden[walked] < np.maximum(50.0 / pace.time_s.reshape(-1, 5).sum(axis=1)[walked], 1.08) * 1.03)


def pushed_s(hours: float, from_km: float, to_km: float) -> float:
    ride = leadville_ride(hours)
    pace = ride.pace(ride.level_for(hours * HOUR_S))
    cells = slice(int(1000.0 * from_km / leadville().cell_m), int(1000.0 * to_km / leadville().cell_m))
    return float(np.dot(pace.pushing[cells], pace.time_s[cells]))


POWERLINE_KM = (129.4, 135.6)


def test_a_twelve_hour_rider_pushes_up_powerline_and_a_seven_hour_rider_rides():
    assert pushed_s(12.0, *POWERLINE_KM) > 15 * 60.0
    assert pushed_s(7.0, 0.0, 168.0) < 90.0


def test_slower_riders_push_longer():
    pushed = [pushed_s(hours, *POWERLINE_KM) for hours in (7.0, 8.0, 9.0, 10.0, 11.0, 12.0)]
    assert np.all(np.diff(pushed) > 0.0)


UPPER_COLUMBINE_KM = (79.34, 83.69)


def test_a_twelve_hour_rider_pushes_on_upper_columbine_and_a_seven_hour_rider_rides():
    """Most riders walk there, says the science page; the winners do not."""
    assert pushed_s(12.0, *UPPER_COLUMBINE_KM) > 15 * 60.0
    assert pushed_s(7.0, *UPPER_COLUMBINE_KM) == 0.0


def test_nobody_pushes_on_the_dirt_road_below_or_on_the_way_down():
    assert pushed_s(12.0, 70.0, 79.3) == 0.0
    assert pushed_s(12.0, 83.8, 100.0) == 0.0


# descents


def test_a_hairpin_is_braked_for():
    grade = np.full(300, -0.07)
    radius = np.full(300, np.inf)
    radius[150] = 8.0
    straight = build(made_course(grade, radius_m=np.full(300, np.inf))).pace(0.6).time_s
    bent = build(made_course(grade, radius_m=radius)).pace(0.6).time_s
    assert 10.0 / bent[150] < 1.01 * np.sqrt(0.35 * 9.81 * 8.0)
    assert 10.0 / bent[148] < 10.0 / straight[148]
    assert bent[:130] == pytest.approx(straight[:130])


def test_descents_on_dirt_are_capped_by_skill():
    pace = build(made_course(np.full(500, -0.12))).pace(0.8)
    assert (10.0 / pace.time_s[200:]).max() == pytest.approx(13.0, rel=0.01)
    assert np.all(pace.power_w[200:] == 0.0)


def test_coasting_turns_over_1_44_watts_per_kg_and_pedalling_power_over_efficiency():
    down = build(made_course(np.full(300, -0.12))).pace(0.8)
    assert down.metabolic_w[200:] == pytest.approx(1.44 * 72.0)
    up = build(made_course(np.full(300, 0.06))).pace(0.8)
    assert up.metabolic_w == pytest.approx(up.power_w / 0.21)
    assert up.external_w == pytest.approx(up.power_w)
    assert np.all((up.effort > 0.77) & (up.effort < 0.8))


def test_pushing_lifts_the_bike_and_pedals_nothing():
    pace = build(made_course(np.full(300, 0.25))).pace(0.8)
    middle = slice(100, 200)
    climb_w = (72.0 + 12.0 + 3.0) * 9.80665 * 0.25 / np.hypot(1.0, 0.25) * 10.0 / pace.time_s[middle]
    assert pace.pushing[middle] == pytest.approx(1.0)
    assert pace.external_w[middle] == pytest.approx(climb_w)
    assert np.all(pace.metabolic_w[middle] > 3.0 * pace.external_w[middle])


# fitness


def test_the_best_level_is_the_power_laws_share_of_threshold():
    ride = build(rolling_course(2), moving_s=1.1 * HOUR_S)
    cost, time_s = ride.cost(ride.best_level)
    assert cost == pytest.approx(0.92 * (time_s / HOUR_S) ** -0.025, rel=1e-4)
    assert mean_effort(ride, ride.pace(ride.best_level)) == pytest.approx(cost, rel=1e-6)


def test_without_threshold_power_there_is_no_best_level():
    assert build(rolling_course(2), Athlete()).best_level is None


def test_without_threshold_power_a_goal_gives_the_same_ride():
    """Threshold only scales effort: the watts that meet a goal belong to the course."""
    course = rolling_course(6)
    known, unknown = build(course, moving_s=4000.0), build(course, Athlete(mass_kg=72.0), moving_s=4000.0)
    watts = [ride.pace(ride.level_for(4000.0)).power_w for ride in (known, unknown)]
    assert watts[0] == pytest.approx(watts[1], abs=0.5)


# summary and targets


def test_the_summary_adds_up():
    ride = leadville_ride(9.0)
    pace = ride.pace(ride.level_for(9.0 * HOUR_S))
    summary = summarise_ride(ride, pace, stopped_s=600.0)
    assert summary.work_kj == pytest.approx(summary.mean_power_w * pace.time_s.sum() / 1000.0)
    assert summary.mean_power_w < summary.normalised_power_w < 1.3 * summary.mean_power_w
    assert summary.pushing_s == pytest.approx(pushed_s(9.0, 0.0, 168.0), rel=1e-3)
    assert summary.intensity is None
    assert summary.w_prime_minimum_j is None
    assert summary.steady_finish_s > 9.0 * HOUR_S + 600.0 + 240.0


def test_intensity_and_w_prime_need_a_threshold():
    course = made_course(np.concatenate([np.full(800, 0.03), np.full(60, 0.15), np.full(300, 0.0)]))
    summary = summarise_ride(ride := build(course), ride.pace(0.9))
    assert summary.intensity == pytest.approx(summary.normalised_power_w / 290.0)
    assert summary.w_prime_minimum_j == pytest.approx(20000.0)
    hard = summarise_ride(ride, ride.pace(1.3))
    assert hard.w_prime_minimum_j < 0.0


def test_targets_are_whole_fives_and_ordered_by_terrain():
    ride = leadville_ride(9.0)
    targets = target_powers(leadville().grade, ride.pace(ride.level_for(9.0 * HOUR_S)), snap_waypoints(leadville()))
    assert len(targets) == len(leadville().waypoints) - 1
    for target in targets:
        shown = [w for w in (target.climb_w, target.flat_w, target.descent_w) if w is not None]
        assert shown
        assert all(watts % 5.0 == 0.0 for watts in [*shown, target.floor_w, target.ceiling_w])
        assert target.floor_w <= max(shown) <= target.ceiling_w
        if target.climb_w is not None and target.flat_w is not None:
            assert target.climb_w >= target.flat_w
        if target.flat_w is not None and target.descent_w is not None:
            assert target.flat_w > target.descent_w


def test_a_segment_that_is_all_pushed_has_no_watts():
    course = made_course(np.full(200, 0.28))
    (target,) = target_powers(course.grade, build(course).pace(0.7), [0, 200])
    assert (target.climb_w, target.flat_w, target.descent_w) == (None, None, None)
    assert (target.floor_w, target.ceiling_w) == (0.0, 0.0)


def test_a_segment_of_coasting_says_zero():
    course = made_course(np.full(1500, -0.10))
    (target,) = target_powers(course.grade, build(course).pace(0.7), [0, 1500])
    assert target.descent_w == 0.0


def test_the_pace_of_a_run_has_no_power():
    pace = replace(build(made_course(np.zeros(50))).pace(0.7), power_w=None)
    with pytest.raises(ValueError, match="only rides have power"):
        target_powers(np.zeros(50), pace, [0, 50])


# nonsense


def test_nonsense_about_the_rider_is_refused_all_at_once():
    athlete = Athlete(mass_kg=-70.0, rider=Rider(threshold_power_w=3000.0, drag_area_m2=4200.0))
    with pytest.raises(DocumentError) as caught:
        build(made_course(np.zeros(50)), athlete)
    text = str(caught.value)
    assert "mass of -70 kg: expected 25 to 250 kg" in text
    assert "drag area (CdA) of 4200 m2: expected 0.1 to 1.5 m2" in text
    assert "threshold power of 3000 W: expected 30 to 225 W" in text
    assert len(caught.value.problems) == 3


def test_not_a_number_is_refused():
    with pytest.raises(DocumentError, match="mass of nan kg"):
        build(made_course(np.zeros(50)), Athlete(mass_kg=float("nan")))


def test_a_wind_from_nowhere_is_refused():
    with pytest.raises(UsageError, match="a wind needs the direction it comes from"):
        build(made_course(np.zeros(50)), wind_m_per_s=5.0)


# other courses


def test_a_road_ride_is_planned_too():
    course = made_course(np.tile(np.repeat([0.04, -0.04], 200), 5), surface="asphalt", sport="ride")
    road = Athlete(mass_kg=70.0, rider=Rider(threshold_power_w=280.0, drag_area_m2=0.32, bike_mass_kg=8.0))
    speed = course.distance_m / build(course, road).pace(0.85).time_s.sum()
    assert 25.0 < 3.6 * speed < 38.0


def test_silver_rush_is_planned_too():
    course = load_course("silver-rush-50-mtb")
    ride = build_ride_demand(course, STRONG, temperature_c=15.0, moving_s=6 * HOUR_S)
    assert ride.pace(ride.level_for(6 * HOUR_S)).time_s.sum() == pytest.approx(6 * HOUR_S, abs=0.1)


def test_an_imported_track_brings_bends_and_wind_by_its_bearings():
    path = shared_path("data", "gpx", "leadville-100-run.gpx")
    imported = load_track_course(path, sport="mtb")
    course = build_course(imported.profile, line=imported.line)
    ride = build(course, wind_m_per_s=6.0, wind_from_deg=270.0)
    still, straight = build(course), build(replace(course, radius_m=None))
    assert ride.cautions == ()
    assert ride.cell_times_s(0.8).sum() > still.cell_times_s(0.8).sum()
    assert still.cell_times_s(0.8).sum() > straight.cell_times_s(0.8).sum()
    assert len(ride.reference_w) > 4 * len(straight.reference_w)


def test_fatigue_settled_from_an_earlier_pass_is_that_settled_afresh():
    course = rolling_course(3)
    options = {"temperature_c": 15.0, "moving_s": 2.5 * HOUR_S}
    earlier = build_ride_demand(course, STRONG, **(options | {"temperature_c": 17.0}))
    afresh, sooner = (build_ride_demand(course, STRONG, **options, earlier=e) for e in (None, earlier))
    assert earlier.even is not None
    again = build_ride_demand(course, STRONG, **options, earlier=afresh)
    assert again.even is not None
    np.testing.assert_allclose(again.reference_w, afresh.reference_w, rtol=2e-4)
    np.testing.assert_allclose(sooner.reference_w, afresh.reference_w, rtol=2e-4)
    assert not np.array_equal(earlier.reference_w, sooner.reference_w)
