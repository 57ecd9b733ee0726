"""Finish times from what a runner has done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from pacecalc.arrays import FloatArray
from pacecalc.errors import GoalError
from pacecalc.planning.athlete import Athlete, RaceResult, Runner
from pacecalc.planning.course import Course
from pacecalc.planning.predict_run import flat_equivalent_m, predict_run
from pacecalc.science.performance import riegel_time, vickers_marathon_time
from pacecalc.science.trail_index import course_constant

MILE_M = 1609.344
TEN_KM_IN_40 = RaceResult(distance_m=10_000.0, time_s=2400.0, on=date(2026, 4, 1))
HALF_IN_90 = RaceResult(distance_m=21_097.5, time_s=5400.0, on=date(2026, 4, 1))


def make_course(distance_m: float, *, elevation_m: float = 0.0, swing_m: float = 0.0) -> Course:
    cells = round(distance_m / 10.0)
    edge = np.linspace(0.0, 1.0, cells + 1)
    height = elevation_m + swing_m * 0.5 * (1.0 - np.cos(2.0 * np.pi * edge * max(1, round(distance_m / 10_000.0))))
    return Course(
        id="test",
        name="Test",
        sport="run",
        edition="",
        cell_m=distance_m / cells,
        elevation_m=height,
        grade=np.diff(height) / (distance_m / cells),
        surface=np.zeros(cells, dtype=np.uint8),
        waypoints=(),
        ascent_m=0.0,
        descent_m=0.0,
        published_ascent_m=None,
        start_clock=datetime(2026, 4, 1, 8, tzinfo=UTC),
        timezone="UTC",
        latitude_deg=np.zeros(cells + 1),
        longitude_deg=np.zeros(cells + 1),
    )


def make_runner(*results: RaceResult, **more: object) -> Athlete:
    return Athlete(runner=Runner(results=results), **more)  # type: ignore[arg-type]


def test_one_result_on_a_flat_course_is_riegel() -> None:
    found = predict_run(make_course(42_195.0), make_runner(HALF_IN_90))
    assert found.time_s == pytest.approx(float(riegel_time(42_195.0, 21_097.5, 5400.0)), rel=1e-6)
    assert found.method == "power law"
    assert found.low_s < found.time_s < found.high_s
    assert found.high_s / found.time_s == pytest.approx(np.exp(1.2816 * 0.06), rel=0.01)


def test_two_results_bring_in_the_endurance_fit() -> None:
    found = predict_run(make_course(42_195.0), make_runner(TEN_KM_IN_40, HALF_IN_90))
    assert found.method == "power law + endurance fit"
    assert {e.method for e in found.estimates} == {"power law", "endurance fit"}
    assert min(e.time_s for e in found.estimates) <= found.time_s <= max(e.time_s for e in found.estimates)


def test_two_results_of_nearly_one_distance_say_nothing_about_endurance() -> None:
    other = RaceResult(distance_m=12_000.0, time_s=2950.0)
    assert predict_run(make_course(42_195.0), make_runner(TEN_KM_IN_40, other)).method == "power law"


def test_the_training_volume_brings_in_the_marathon_model() -> None:
    found = predict_run(make_course(42_195.0), make_runner(HALF_IN_90), weekly_distance_m=40 * MILE_M)
    by_volume = next(e for e in found.estimates if e.method == "marathon model")
    assert by_volume.time_s == pytest.approx(vickers_marathon_time(21_097.5, 5400.0, 40 * MILE_M), rel=1e-4)
    two = predict_run(make_course(42_195.0), make_runner(TEN_KM_IN_40, HALF_IN_90), weekly_distance_m=40 * MILE_M)
    assert next(e for e in two.estimates if e.method == "marathon model").time_s == pytest.approx(11869.10, rel=1e-4)


def test_the_marathon_model_wants_a_marathon_and_a_shorter_race() -> None:
    marathon = RaceResult(distance_m=42_195.0, time_s=11_100.0)
    assert predict_run(make_course(42_195.0), make_runner(marathon), weekly_distance_m=5e4).method == "power law"
    assert predict_run(make_course(100_000.0), make_runner(HALF_IN_90), weekly_distance_m=5e4).method == "power law"


def test_a_three_hour_marathoner_needs_about_eight_hours_for_100_flat_km() -> None:
    marathon = RaceResult(distance_m=42_195.0, time_s=10_800.0)
    hours = predict_run(make_course(100_000.0), make_runner(marathon)).time_s / 3600.0
    assert hours == pytest.approx(8.0923, abs=2e-3)
    first = predict_run(make_course(100_000.0), make_runner(marathon, experience="first"))
    assert first.time_s / 3600.0 == pytest.approx(8.4491, abs=2e-3)
    assert first.spread_fraction > 0.11


def test_hills_height_heat_and_night_all_take_time() -> None:
    runner = make_runner(HALF_IN_90)
    plain = predict_run(make_course(42_195.0), runner).time_s
    hilly = make_course(42_195.0, swing_m=400.0)
    assert predict_run(hilly, runner).time_s > plain
    assert predict_run(make_course(42_195.0, elevation_m=2500.0), runner).time_s == pytest.approx(
        plain * 1.1171, rel=1e-4
    )

    def hot_night(middle_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        return np.full(len(middle_s), 1.10), np.ones(len(middle_s))

    assert predict_run(make_course(42_195.0), runner, day=hot_night).time_s == pytest.approx(plain * 1.10 * 1.05)


def test_the_clock_of_the_prediction_is_its_own() -> None:
    """Only those still running after three hours meet the heat."""

    def late_heat(middle_s: FloatArray) -> tuple[FloatArray, None]:
        return np.where(middle_s > 3 * 3600.0, 1.2, 1.0), None

    fast = make_runner(RaceResult(distance_m=21_097.5, time_s=4500.0))
    slow = make_runner(RaceResult(distance_m=21_097.5, time_s=7500.0))
    course = make_course(42_195.0)
    assert predict_run(course, fast, day=late_heat).time_s == pytest.approx(predict_run(course, fast).time_s)
    assert predict_run(course, slow, day=late_heat).time_s > predict_run(course, slow).time_s * 1.02


def test_old_results_count_less() -> None:
    slow = RaceResult(distance_m=21_097.5, time_s=6000.0, on=date(2024, 4, 1))
    undated = replace(slow, on=None)
    old = predict_run(make_course(42_195.0), make_runner(HALF_IN_90, slow))
    recent = predict_run(make_course(42_195.0), make_runner(HALF_IN_90, undated))
    assert old.time_s < recent.time_s
    assert any("no date" in note for note in recent.notes)


def test_a_hilly_result_is_worth_more() -> None:
    flat = RaceResult(distance_m=50_000.0, time_s=18_000.0)
    hilly = replace(flat, ascent_m=2500.0)
    course = make_course(100_000.0)
    assert predict_run(course, make_runner(hilly)).time_s < predict_run(course, make_runner(flat)).time_s


def test_climb_counts_about_like_km_effort_on_ordinary_mountain_courses() -> None:
    """ITRA counts a metre of climb as ten level ones, Scarf as eight; fits on real splits give 7 to 15 up and down."""
    extra_m = flat_equivalent_m(100_000.0, 6_000.0, Runner()) - 100_000.0
    assert 5.0 < extra_m / 6_000.0 < 15.0
    assert flat_equivalent_m(100_000.0, 0.0, Runner()) == pytest.approx(100_000.0)


def test_index_by_the_score_of_another_finisher() -> None:
    athlete = Athlete(runner=Runner(utmb_index=600.0))
    constant = float(course_constant(20.0 * 3600.0, 900.0))
    found = predict_run(make_course(160_000.0), athlete, course_constant_s=constant)
    assert found.time_s == pytest.approx(30.0 * 3600.0)
    free = predict_run(make_course(160_000.0), athlete)
    assert free.spread_fraction > found.spread_fraction
    assert free.time_s / 3600.0 == pytest.approx(10.86 / 0.6, rel=0.02)


def test_the_athletes_own_spread_sets_the_band() -> None:
    found = predict_run(make_course(42_195.0), make_runner(HALF_IN_90, spread_fraction=0.02))
    assert found.spread_fraction == 0.02


def test_nothing_known_says_what_to_give() -> None:
    with pytest.raises(GoalError, match="--result"):
        predict_run(make_course(42_195.0), Athlete())


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (RaceResult(distance_m=42_195.0, time_s=6000.0), "world record"),
        (RaceResult(distance_m=-1.0, time_s=6000.0), "distance"),
        (RaceResult(distance_m=10_000.0, time_s=float("nan")), "time"),
    ],
)
def test_impossible_results_are_refused(result: RaceResult, message: str) -> None:
    with pytest.raises(GoalError, match=message):
        predict_run(make_course(42_195.0), make_runner(result))


def test_a_heavy_pack_slows_by_its_share_of_the_body() -> None:
    """running.md 1.8: 70 kg with 4 kg more, 5.7 % on equal power."""
    course = make_course(50_000.0, swing_m=200.0)
    times = [
        predict_run(course, Athlete(mass_kg=70.0, runner=Runner(results=(HALF_IN_90,), pack_kg=pack_kg))).time_s
        for pack_kg in (0.0, 2.0, 6.0)
    ]
    assert times[0] < times[1] < times[2]
    assert times[2] / times[1] == pytest.approx(76.0 / 72.0, rel=1e-3)
    assert times[1] == predict_run(course, make_runner(HALF_IN_90, mass_kg=70.0)).time_s
