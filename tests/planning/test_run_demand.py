"""What a course asks of a runner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.record_saroma import SAROMA_2018_S, plan_splits_s, shown_fade
from benchmarks.record_saroma import main as draw_record
from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete, Runner
from pacecalc.planning.build import load_course
from pacecalc.planning.course import Course, Cutoff, Waypoint
from pacecalc.planning.run_demand import assess_ground, build_run_demand
from pacecalc.science.slowdown import slow_down_size
from pacecalc.science.surfaces import CODE

HOUR_S = 3600.0
GRADES = st.lists(st.floats(-0.4, 0.4), min_size=20, max_size=20)


def make_course(
    grade: FloatArray | list[float],
    *,
    cell_m: float = 500.0,
    base_m: float = 0.0,
    surface: str = "asphalt",
    finish: Cutoff | None = None,
) -> Course:
    slope = np.asarray(grade, dtype=np.float64)
    cells = len(slope)
    height = base_m + np.concatenate([[0.0], np.cumsum(slope * cell_m)])
    return Course(
        id="test",
        name="Test",
        sport="run",
        edition="",
        cell_m=cell_m,
        elevation_m=height,
        grade=slope,
        surface=np.full(cells, CODE[surface], dtype=np.uint8),
        waypoints=(
            Waypoint(name="Start", kind="start", distance_m=0.0),
            Waypoint(name="Finish", kind="finish", distance_m=cells * cell_m, cutoff=finish),
        ),
        ascent_m=0.0,
        descent_m=0.0,
        published_ascent_m=None,
        start_clock=datetime(2026, 6, 1, 8, tzinfo=UTC),
        timezone="UTC",
        latitude_deg=np.zeros(cells + 1),
        longitude_deg=np.zeros(cells + 1),
    )


FLAT_100_KM = make_course(np.zeros(1000), cell_m=100.0)


def test_level_one_takes_the_moving_time_of_the_goal() -> None:
    demand = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S, stops_s=1200.0)
    assert demand.cell_times_s(1.0).sum() == pytest.approx(10 * HOUR_S - 1200.0)
    assert demand.best_level is None
    assert demand.cell_times_s(1.25).sum() == pytest.approx((10 * HOUR_S - 1200.0) / 1.25)


def test_known_fitness_makes_the_effort_a_share_of_the_best() -> None:
    demand = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S, best_s=9 * HOUR_S)
    assert demand.best_level == 1.0
    assert demand.cell_times_s(0.9).sum() == pytest.approx(10 * HOUR_S)


def test_one_level_per_cell() -> None:
    demand = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S)
    level = np.linspace(1.1, 0.9, 1000)
    pace = demand.pace(level)
    np.testing.assert_allclose(pace.time_s * level, demand.cell_times_s(1.0))
    np.testing.assert_array_equal(pace.effort, level)


def test_stops_that_eat_the_goal_are_refused() -> None:
    with pytest.raises(GoalError, match="shorten the stops"):
        build_run_demand(FLAT_100_KM, Athlete(), finish_s=HOUR_S, stops_s=2 * HOUR_S)


def split_times_s(fade: float | str | None, athlete: Athlete | None = None, hours: float = 10.0) -> FloatArray:
    demand = build_run_demand(FLAT_100_KM, athlete or Athlete(), finish_s=hours * HOUR_S, fade=fade)  # type: ignore[arg-type]
    return demand.cell_times_s(1.0)


def test_fade_by_the_law_by_the_athlete_and_none() -> None:
    law = split_times_s(None)
    size = float(slow_down_size(100_000.0, 10 * HOUR_S))
    assert law[-1] / law[0] == pytest.approx((1 + size / 2) / (1 - size / 2), rel=2e-3)
    own = split_times_s(None, Athlete(runner=Runner(fade_fraction=0.30)))
    assert own[-1] / own[0] == pytest.approx(1.30, rel=2e-3)
    given_fade = split_times_s(0.10, Athlete(runner=Runner(fade_fraction=0.30)))
    assert given_fade[-1] / given_fade[0] == pytest.approx(1.10, rel=2e-3)
    np.testing.assert_allclose(split_times_s("none"), 36.0)
    np.testing.assert_allclose(split_times_s(None, Athlete(runner=Runner(slow_down=0.0))), 36.0)


def test_100_km_world_record_of_2018_with_the_fade_its_runner_showed() -> None:
    demand = build_run_demand(FLAT_100_KM, Athlete(), finish_s=22_154.0, fade=shown_fade())
    planned_s = np.cumsum(demand.cell_times_s(1.0))[99::100]
    np.testing.assert_allclose(planned_s, list(SAROMA_2018_S.values()), rtol=0, atol=60.0)
    on_its_course_s = plan_splits_s(f"{100.0 * shown_fade():.2f}%")
    np.testing.assert_allclose(on_its_course_s, list(SAROMA_2018_S.values()), rtol=0, atol=60.0)


def test_the_record_of_2018_stands_drawn_beside_its_plans(capsys: pytest.CaptureFixture[str]) -> None:
    draw_record()
    drawn = capsys.readouterr().out.splitlines()[2:]
    kept = (
        Path(draw_record.__code__.co_filename).with_name("record_saroma_report.txt").read_text("utf-8").splitlines()[2:]
    )
    now, before = (np.array([[int(n) for n in line.split()[:6]] for line in lines]) for lines in (drawn, kept))
    np.testing.assert_allclose(now, before, rtol=0, atol=1)
    assert all(line.count("  #") == 3 for line in drawn)


def test_sex_and_time_limit_change_the_slow_down() -> None:
    women = build_run_demand(FLAT_100_KM, Athlete(sex="female"), finish_s=10 * HOUR_S).slow_down_size
    men = build_run_demand(FLAT_100_KM, Athlete(sex="male"), finish_s=10 * HOUR_S).slow_down_size
    assert women < men
    start = FLAT_100_KM.start_clock
    by_time = make_course(np.zeros(1000), cell_m=100.0, finish=Cutoff(elapsed_s=10 * HOUR_S))
    by_clock = make_course(np.zeros(1000), cell_m=100.0, finish=Cutoff(clock=start + timedelta(hours=10)))
    free = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S).slow_down_size
    for course in (by_time, by_clock):
        assert build_run_demand(course, Athlete(), finish_s=10 * HOUR_S).slow_down_size == pytest.approx(0.88 * free)


@settings(max_examples=60)
@given(GRADES, st.integers(0, 19), st.floats(0.0, 0.2))
def test_steeper_up_is_never_faster(grades: list[float], at: int, more: float) -> None:
    """At equal effort: the fresh pace held, one climb made steeper."""
    grades[at] = abs(grades[at])
    steeper = [*grades]
    steeper[at] += more
    athlete = Athlete(home_elevation_m=9000.0)
    plain, steep = (assess_ground(make_course(g, base_m=3000.0), athlete) for g in (grades, steeper))
    assert steep.grade_factor[at] >= plain.grade_factor[at] - 1e-12


@settings(max_examples=60)
@given(GRADES, st.floats(0.0, 0.3), st.floats(0.0, 1.0))
def test_hotter_and_darker_is_never_faster_at_equal_effort(grades: list[float], heat: float, dark: float) -> None:
    cool = build_run_demand(make_course(grades), Athlete(), finish_s=3 * HOUR_S)
    changed = cool.under(heat_factor=np.full(20, 1.0 + heat), darkness=np.full(20, dark), keep_finish=False)
    assert np.all(changed.cell_times_s(1.0) >= cool.cell_times_s(1.0) - 1e-9)
    assert changed.moving_s == pytest.approx(changed.cell_times_s(1.0).sum())


@settings(max_examples=60)
@given(GRADES, st.floats(0.0, 2000.0), st.floats(0.0, 1500.0))
def test_higher_is_never_faster(grades: list[float], base_m: float, more_m: float) -> None:
    low, high = (assess_ground(make_course(grades, base_m=b), Athlete()) for b in (base_m, base_m + more_m))
    assert np.all(high.altitude_factor >= low.altitude_factor - 1e-12)


def test_soft_ground_is_slower_and_technical_ground_worse_by_night() -> None:
    dark = np.ones(100)
    by_surface = {
        name: build_run_demand(
            make_course(np.zeros(100), surface=name), Athlete(), finish_s=5 * HOUR_S, darkness=dark, fade="none"
        )
        for name in ("asphalt", "singletrack", "technical")
    }
    nights = [float(d.night_factor[0]) for d in by_surface.values()]
    assert nights == sorted(nights)
    assert by_surface["asphalt"].ground.surface_factor[0] < by_surface["technical"].ground.surface_factor[0]


def test_heat_costs_in_full_but_mostly_spreads_over_the_race() -> None:
    cool = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S, fade="none")
    heat = np.where(np.arange(1000) < 500, 1.0, 1.1)
    hot = cool.under(heat_factor=heat, darkness=None)
    assert hot.cell_times_s(1.0).sum() == pytest.approx(10 * HOUR_S)
    assert hot.cell_times_s(1.0)[-1] / hot.cell_times_s(1.0)[0] == pytest.approx(1.0625 / 1.0375)
    built = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S, fade="none", heat_factor=heat)
    np.testing.assert_allclose(built.cell_times_s(1.0), hot.cell_times_s(1.0))
    at_equal_effort = cool.under(heat_factor=heat, darkness=None, keep_finish=False)
    assert at_equal_effort.moving_s == pytest.approx(1.05 * 10 * HOUR_S)


def test_downhill_skill_and_late_descents() -> None:
    course = make_course([0.1, -0.1] * 50, cell_m=500.0)
    skilled, cautious = (
        build_run_demand(course, Athlete(runner=Runner(downhill_skill=s)), finish_s=8 * HOUR_S).cell_times_s(1.0)
        for s in (1.0, -1.0)
    )
    assert skilled[1] / skilled[0] < cautious[1] / cautious[0]
    assert cautious[-1] / cautious[-2] > cautious[1] / cautious[0] * 1.02
    assert skilled[-1] / skilled[-2] == pytest.approx(skilled[1] / skilled[0], rel=0.01)


def test_factors_add_up_to_the_moving_time() -> None:
    rng = np.random.default_rng(4)
    course = make_course(rng.uniform(-0.2, 0.2, 300), cell_m=200.0, base_m=2500.0, surface="rocky")
    demand = build_run_demand(
        course, Athlete(), finish_s=12 * HOUR_S, heat_factor=rng.uniform(1.0, 1.1, 300), darkness=rng.uniform(0, 1, 300)
    )
    level = rng.uniform(0.9, 1.1, 300)
    times = demand.cell_times_s(level)
    flat_fresh = demand.fresh_pace_s_per_m * course.cell_m / level
    np.testing.assert_allclose(np.sum(list(demand.factor_costs_s(times).values()), axis=0) + flat_fresh, times)
    edges = np.array([0.0, 10_050.0, 33_333.0, 60_000.0])
    minutes = demand.factor_minutes(times, edges)
    assert len(minutes) == 3
    total = sum(m.grade_s + m.surface_s + m.altitude_s + m.heat_s + m.night_s + m.fade_s for m in minutes)
    assert total + flat_fresh.sum() == pytest.approx(times.sum())
    assert all(min(m.surface_s, m.altitude_s, m.heat_s, m.night_s, m.fade_s) > 0.0 for m in minutes)


def test_a_factor_of_one_costs_nothing() -> None:
    demand = build_run_demand(FLAT_100_KM, Athlete(), finish_s=10 * HOUR_S)
    (only,) = demand.factor_minutes(demand.cell_times_s(1.0), np.array([0.0, 100_000.0]))
    assert (only.grade_s, only.surface_s, only.altitude_s, only.heat_s, only.night_s) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert only.fade_s > 0.0


def test_energy_of_level_running_is_a_kilocalorie_per_kg_and_km() -> None:
    athlete = Athlete(mass_kg=70.0, runner=Runner(pack_kg=0.0))
    demand = build_run_demand(FLAT_100_KM, athlete, finish_s=10 * HOUR_S, fade="none")
    pace = demand.pace(1.0)
    assert pace.metabolic_w[0] == pytest.approx(70.0 * (1.44 + 3.6 * 100.0 / 36.0))
    np.testing.assert_array_equal(pace.external_w, 0.0)
    kcal_per_kg_km = float((pace.metabolic_w - 70.0 * 1.44) @ pace.time_s) / 4184.0 / 70.0 / 100.0
    assert kcal_per_kg_km == pytest.approx(0.86, abs=0.01)


def test_energy_with_a_pack_uphill_on_soft_ground() -> None:
    course = make_course(np.full(20, 0.3), cell_m=100.0, surface="mud")
    athlete = Athlete(mass_kg=70.0, runner=Runner(pack_kg=4.0))
    pace = build_run_demand(course, athlete, finish_s=1 * HOUR_S, fade="none").pace(1.0)
    climb_m_per_s = 30.0 / pace.time_s
    np.testing.assert_allclose(pace.external_w, 74.0 * 9.80665 * climb_m_per_s)
    assert np.all(pace.metabolic_w > 4.0 * pace.external_w)
    light = replace(athlete, runner=Runner(pack_kg=0.0))
    without = build_run_demand(course, light, finish_s=1 * HOUR_S, fade="none").pace(1.0)
    np.testing.assert_allclose((pace.metabolic_w - 70.0 * 1.44) / (without.metabolic_w - 70.0 * 1.44), 74.0 / 70.0)


def test_a_clock_cutoff_after_the_end_of_summer_time_leaves_an_hour_more():
    zone = ZoneInfo("America/Denver")
    start, limit = datetime(2026, 10, 31, 22, tzinfo=zone), datetime(2026, 11, 1, 10, tzinfo=zone)
    course = load_course("leadville-trail-100-run")
    finish = course.waypoints[-1]
    course = replace(
        course,
        start_clock=start,
        waypoints=(*course.waypoints[:-1], replace(finish, cutoff=replace(finish.cutoff, elapsed_s=None, clock=limit))),
    )
    assert course.time_limit_s == 13 * 3600.0
