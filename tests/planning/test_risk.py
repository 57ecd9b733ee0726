"""The odds of a plan: medians, bands, cutoffs, retirements; and how they fit real races."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import risk_calibration as calibration
from pacecalc.errors import UsageError
from pacecalc.planning.records import Applies
from pacecalc.planning.risk import (
    PRESETS,
    RiskResult,
    SpreadPreset,
    choose_spread,
    draw_arrivals,
    estimate_weather_spread,
    simulate,
)
from pacecalc.science.scatter import estimate_arrival_spread

HOUR_S = 3600.0
TRAIL = PRESETS["trail 100 mi"]
CALM = replace(TRAIL, retirement_per_h=0.0)


class Plan:
    """A 100-mile plan of equal legs, a little slower each, with a stop at every station."""

    def __init__(self, legs: int = 16, hours: float = 29.0, stop_s: float = 300.0, kilometres: float = 161.0) -> None:
        moving = np.linspace(0.85, 1.15, legs)
        stops = np.full(legs + 1, stop_s)
        stops[[0, -1]] = 0.0
        self.moving_s = moving / moving.sum() * (hours * HOUR_S - stops.sum())
        self.distance_m = np.full(legs, 1000.0 * kilometres / legs)
        self.stop_s = stops
        self.arrive_s = np.concatenate(([0.0], np.cumsum(self.moving_s + stops[:-1])))

    def simulate(
        self,
        cutoffs: dict[int, float] | None = None,
        applies: Applies = "arrival",
        spread: SpreadPreset = TRAIL,
        **options: object,
    ) -> RiskResult:
        count = len(self.stop_s)
        limits = [None if cutoffs is None else cutoffs.get(k) for k in range(count)]
        rules: list[Applies | None] = [None if limit is None else applies for limit in limits]
        return simulate(self.moving_s, self.distance_m, self.stop_s, limits, rules, spread=spread, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PRESETS)
def test_half_of_all_days_are_faster_than_the_plan_at_every_waypoint(name: str) -> None:
    plan = Plan()
    result = plan.simulate(spread=PRESETS[name], runs=20_000)
    assert result.arrive_p50_s[1:] == pytest.approx(plan.arrive_s[1:], rel=0.006)
    assert np.all(result.arrive_p10_s[1:] < plan.arrive_s[1:])
    assert np.all(result.arrive_p90_s[1:] > plan.arrive_s[1:])


def test_a_plan_on_the_cutoff_is_a_coin_toss_for_those_who_do_not_react() -> None:
    plan = Plan(hours=29.98)
    cutoff = {16: 30 * HOUR_S}
    deaf = plan.simulate(cutoff, spread=replace(CALM, press=0.0), runs=20_000).finish_probability
    assert deaf == pytest.approx(0.5, abs=0.02)
    # Those who press on as real fields do (fitted on finish rates by margin) do better, not much.
    assert 0.6 < plan.simulate(cutoff, spread=CALM, runs=20_000).finish_probability < 0.75


def test_bad_days_are_bigger_than_good_days() -> None:
    result = Plan().simulate(runs=20_000)
    assert result.arrive_p90_s[-1] - result.arrive_p50_s[-1] > 1.2 * (result.arrive_p50_s[-1] - result.arrive_p10_s[-1])


def test_the_same_seed_gives_the_same_numbers_and_another_one_nearly() -> None:
    plan = Plan()
    cutoffs = {8: 14.5 * HOUR_S, 16: 30 * HOUR_S}
    first, second, other = (plan.simulate(cutoffs, runs=4000, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.arrive_p90_s, second.arrive_p90_s)
    assert first.finish_probability == second.finish_probability
    assert other.finish_probability == pytest.approx(first.finish_probability, abs=0.04)
    assert other.finish_probability != first.finish_probability


# splits.md: sd of arrival given the finish, sqrt(a^2 x (1 - x) + b^2 x^2 (1 - x)^2), middle of the ranges of a and b.
FORMULAS = [
    ("trail 100 mi", 161.0, 16, 0.0195, 0.0735),
    ("marathon", 42.195, 9, 0.0, 0.072),
    ("mtb", 94.0, 8, 0.010, 0.052),
]


@pytest.mark.parametrize(("name", "kilometres", "legs", "noise", "slow_down"), FORMULAS)
def test_sd_of_arrival_along_the_course_is_within_20_percent_of_the_published_law(
    name: str, kilometres: float, legs: int, noise: float, slow_down: float
) -> None:
    plan = Plan(legs=legs, kilometres=kilometres, stop_s=0.0)
    rng = np.random.default_rng(7)
    arrive = draw_arrivals(plan.moving_s, plan.distance_m, plan.stop_s, PRESETS[name], 40_000, rng).arrive_s
    share = plan.arrive_s / plan.arrive_s[-1]
    middle = (share > 0.2) & (share < 0.8)
    simulated = np.std(arrive / arrive[:, -1:], axis=0)[middle]
    assert simulated == pytest.approx(estimate_arrival_spread(share[middle], noise, slow_down), rel=0.2)


def test_the_remaining_time_seen_from_any_split_has_the_measured_spread() -> None:
    # running.md 6.3: 0.080/0.094 (simulated/observed) at 36 % to 0.117/0.13 at 91 %; splits.md: 0.08-0.11 on trails.
    plan = Plan(stop_s=0.0)
    rng = np.random.default_rng(8)
    arrive = draw_arrivals(plan.moving_s, plan.distance_m, plan.stop_s, TRAIL, 40_000, rng).arrive_s
    for share in (0.36, 0.55, 0.73):
        k = int(np.argmin(np.abs(plan.arrive_s / plan.arrive_s[-1] - share)))
        elapsed, left = np.log(arrive[:, k]), np.log(arrive[:, -1] - arrive[:, k])
        around = left - np.polyval(np.polyfit(elapsed, left, 1), elapsed)
        assert 0.07 < float(np.std(around)) < 0.115


def test_the_finish_scatters_as_the_same_runner_does_from_year_to_year() -> None:
    # Western States: within-runner sd of ln(time) 7.9 %.
    rng = np.random.default_rng(9)
    plan = Plan()
    arrive = draw_arrivals(plan.moving_s, plan.distance_m, plan.stop_s, TRAIL, 40_000, rng).arrive_s
    assert float(np.std(np.log(arrive[:, -1]))) == pytest.approx(0.081, abs=0.006)


def test_six_to_eight_percent_of_section_times_lie_beyond_two_sd_or_nearly() -> None:
    rng = np.random.default_rng(10)
    quiet = replace(TRAIL, form=1e-9, slow_down=1e-9)
    plan = Plan(stop_s=0.0)
    arrive = draw_arrivals(plan.moving_s, plan.distance_m, plan.stop_s, quiet, 40_000, rng).arrive_s
    noise = np.log(np.diff(arrive, axis=1) / plan.moving_s)
    far = np.abs(noise - noise.mean(axis=0)) / noise.std(axis=0)
    assert 0.045 < float(np.mean(far > 2.0)) < 0.08
    assert 0.01 < float(np.mean(far > 3.0)) < 0.03
    neighbours = np.corrcoef(noise[:, 5], noise[:, 6])[0, 1]
    assert 0.1 < neighbours < 0.25


def test_cutting_the_course_more_finely_changes_nothing_at_the_finish() -> None:
    coarse, fine = (Plan(legs=legs, stop_s=0.0).simulate(runs=30_000) for legs in (8, 48))
    assert coarse.arrive_p10_s[-1] == pytest.approx(fine.arrive_p10_s[-1], rel=0.006)
    assert coarse.arrive_p90_s[-1] == pytest.approx(fine.arrive_p90_s[-1], rel=0.006)


def test_every_start_is_stopped_once_or_finishes() -> None:
    result = Plan().simulate({4: 7.5 * HOUR_S, 8: 14.6 * HOUR_S, 16: 30 * HOUR_S}, awards=[("buckle", 28 * HOUR_S)])
    assert result.out_probability == pytest.approx(np.cumsum(result.miss_probability + result.retire_probability))
    assert np.all(np.diff(result.out_probability) >= 0.0)
    assert result.finish_probability == pytest.approx(1.0 - result.out_probability[-1])
    assert set(np.flatnonzero(result.miss_probability)) <= {4, 8, 16}
    ((name, share),) = result.award_probabilities
    assert name == "buckle"
    assert 0.0 < share < result.finish_probability


def test_without_cutoffs_and_retirements_everybody_finishes() -> None:
    assert Plan().simulate(spread=CALM).finish_probability == 1.0


def test_a_cutoff_nobody_can_meet_stops_everybody_there() -> None:
    result = Plan().simulate({2: 1.0}, spread=CALM)
    assert result.miss_probability[2] == 1.0
    assert result.finish_probability == 0.0
    assert result.award_probabilities == ()


def test_a_cutoff_on_leaving_counts_the_stop() -> None:
    plan = Plan(stop_s=1800.0)
    limits = {8: float(plan.arrive_s[8]) + 1800.0}
    arriving = plan.simulate(limits, "arrival", CALM, runs=20_000)
    leaving = plan.simulate(limits, "leaving", CALM, runs=20_000)
    assert leaving.miss_probability[8] > arriving.miss_probability[8] + 0.1


@settings(max_examples=30, deadline=None)
@given(st.floats(0.85, 1.2), st.floats(0.0, 0.3), st.integers(1, 16))
def test_a_later_cutoff_never_stops_more_runners_who_do_not_react_to_it(at: float, later: float, k: int) -> None:
    plan = Plan()
    deaf = replace(TRAIL, press=0.0)
    tight = plan.simulate({k: at * float(plan.arrive_s[k])}, spread=deaf, runs=500)
    loose = plan.simulate({k: (at + later) * float(plan.arrive_s[k])}, spread=deaf, runs=500)
    assert loose.finish_probability >= tight.finish_probability


def test_runners_press_on_before_a_cutoff_and_only_then() -> None:
    plan = Plan(hours=30.5)
    limits = {16: 30.0 * HOUR_S}
    pressing = plan.simulate(limits, spread=CALM, runs=20_000)
    deaf = plan.simulate(limits, spread=replace(CALM, press=0.0), runs=20_000)
    assert pressing.finish_probability > deaf.finish_probability + 0.1
    easy = plan.simulate({16: 60.0 * HOUR_S}, spread=CALM, runs=2000)
    free = plan.simulate(spread=CALM, runs=2000)
    assert np.array_equal(easy.arrive_p50_s, free.arrive_p50_s)


def test_an_uncertain_forecast_widens_the_band_and_keeps_the_median() -> None:
    plan = Plan()
    sure, unsure = (plan.simulate(runs=20_000, weather_spread=value) for value in (0.0, 0.06))
    assert unsure.arrive_p50_s[-1] == pytest.approx(plan.arrive_s[-1], rel=0.01)
    widths = [result.arrive_p90_s[-1] - result.arrive_p10_s[-1] for result in (sure, unsure)]
    assert widths[1] == pytest.approx(widths[0] * np.hypot(0.08, 0.06) / 0.08, rel=0.06)
    times = np.array([100.0, 300.0])
    assert estimate_weather_spread(np.array([1.0, 1.0]), np.array([1.0, 1.04]), times) == pytest.approx(
        0.5 * np.log(1.03)
    )
    with pytest.raises(UsageError, match="the weather's spread is -1"):
        plan.simulate(weather_spread=-1.0)


def test_retirements_grow_with_hours_and_heat() -> None:
    plan = Plan()
    steady = plan.simulate(runs=40_000)
    assert steady.out_probability[-1] == pytest.approx(1.0 - np.exp(-0.007 * 29.0), abs=0.006)
    hot = plan.simulate(runs=40_000, high_c=38.0)
    assert hot.out_probability[-1] == pytest.approx(1.0 - np.exp(-2.006 * 0.007 * 29.0), abs=0.008)
    # The same way in the hours of a mountain race.
    longer = Plan(hours=41.0).simulate(runs=40_000)
    assert longer.out_probability[-1] == pytest.approx(1.0 - np.exp(-0.007 * 41.0), abs=0.006)
    bikes = PRESETS["mtb"]
    assert (
        plan.simulate(spread=bikes, high_c=38.0).out_probability[-1] == plan.simulate(spread=bikes).out_probability[-1]
    )


def test_the_rest_of_a_race_counts_only_the_hours_left_at_the_rate_of_late_hours() -> None:
    plan = Plan()
    rest = plan.simulate(runs=40_000, begun_s=20 * HOUR_S)
    assert rest.out_probability[0] == 0.0
    middle = 0.5 * (20.0 / 49.0 + 1.0)
    rate_per_h = 0.007 * (1.0 + 0.5 * (1.0 - 2.0 * middle))
    assert rest.out_probability[-1] == pytest.approx(1.0 - np.exp(-rate_per_h * 29.0), abs=0.006)


def test_retirements_come_early_rather_than_late() -> None:
    """Of those with hours in hand fewer of UTMB's arrive from Les Chapieux on than from Champex on."""
    gone = Plan(stop_s=0.0).simulate(runs=40_000).retire_probability
    assert gone[1:5].sum() > 1.8 * gone[-4:].sum()


def test_retirements_of_an_ultra_lie_with_what_was_counted() -> None:
    # running.md 6.4: runners well ahead of the cutoffs of Western States at 48.8 km: 6.5 % of them do not finish (the
    # fastest 11.3 %). Half of their finishers are in by 23.8 h.
    way = Plan(legs=8, hours=17.3, kilometres=112.0)
    assert 0.065 < way.simulate(runs=20_000, begun_s=6.5 * HOUR_S).out_probability[-1] < 0.113


@pytest.mark.parametrize(
    ("race", "preset"),
    [
        (("run", 161_000.0, 5500.0, 26 * HOUR_S), "trail 100 mi"),
        (("run", 171_000.0, 10_000.0, 40 * HOUR_S), "trail 100 mi"),
        (("run", 161_000.0, 600.0, 20 * HOUR_S), "flat 100 mi"),
        (("run", 80_000.0, 2300.0, 10 * HOUR_S), "trail 50 mi"),
        (("run", 100_000.0, 300.0, 9 * HOUR_S), "road ultra"),
        (("run", 42_195.0, 250.0, 3.5 * HOUR_S), "marathon"),
        (("run", 21_000.0, 1200.0, 3 * HOUR_S), "trail 50 mi"),
        (("run", 10_000.0, 50.0, HOUR_S), "marathon"),
        (("mtb", 167_000.0, 3500.0, 11 * HOUR_S), "mtb"),
        (("ride", 100_000.0, 500.0, 4 * HOUR_S), "mtb"),
    ],
)
def test_the_nearest_kind_of_race_is_chosen(race: tuple[str, float, float, float], preset: str) -> None:
    assert choose_spread(*race).name == preset  # type: ignore[arg-type]


def test_beginners_scatter_more_and_an_own_spread_wins() -> None:
    race = ("run", 161_000.0, 5500.0, 26 * HOUR_S)
    first, some, veteran = (
        choose_spread(*race, experience=word)  # type: ignore[arg-type]
        for word in ("first", "some", "veteran")
    )
    assert first.form == pytest.approx(0.12)
    assert first.form > some.form > veteran.form
    assert choose_spread(*race, experience="first", spread_fraction=0.05).form == 0.05  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0.0, -0.1, 0.9, float("nan")])
def test_an_impossible_spread_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="the athlete's spread is"):
        choose_spread("run", 1e5, 1e3, 4e4, spread_fraction=value)


def test_two_waypoints_at_one_place_are_fine() -> None:
    moving, distance = [3600.0, 0.0, 3600.0], [1e4, 0.0, 1e4]
    limits = [None, 3700.0, 3700.0, 8000.0]
    rules: list[Applies | None] = [None, "arrival", "leaving", "arrival"]
    result = simulate(moving, distance, [0.0, 30.0, 30.0, 0.0], limits, rules, spread=TRAIL)
    assert 0.0 < result.finish_probability < 1.0
    assert result.miss_probability[2] > 0.0


def test_the_summary_holds_the_finish() -> None:
    result = Plan().simulate({16: 30 * HOUR_S}, runs=500, seed=5)
    summary = result.summary()
    assert summary.finish_probability == result.finish_probability
    assert (summary.finish_p10_s, summary.finish_p90_s) == (result.arrive_p10_s[-1], result.arrive_p90_s[-1])
    assert (summary.runs, summary.seed, summary.preset) == (500, 5, "trail 100 mi")


@pytest.mark.parametrize(
    ("moving", "distance", "stops", "message"),
    [
        ([3600.0], [1e4], [0.0, 0.0, 0.0], "3 stops need 2 legs"),
        ([], [], [0.0], "a start and a finish"),
        ([3600.0, -5.0], [1e4, 1e4], [0.0] * 3, "leg time 1 is -5"),
        ([3600.0, float("nan")], [1e4, 1e4], [0.0] * 3, "leg time 1 is nan"),
        ([3600.0, 3600.0], [1e4, -1.0], [0.0] * 3, "leg length 1 is -1"),
        ([0.0, 0.0], [1e4, 1e4], [0.0] * 3, "all leg times are 0"),
        ([3600.0, 3600.0], [1e4, 1e4], [0.0, -1.0, 0.0], "stop 1 is -1"),
    ],
)
def test_plans_that_make_no_sense_are_refused(
    moving: list[float], distance: list[float], stops: list[float], message: str
) -> None:
    nothing: list[None] = [None] * len(stops)
    with pytest.raises(UsageError, match=message):
        simulate(moving, distance, stops, nothing, nothing, spread=TRAIL)


def test_zero_runs_are_refused() -> None:
    with pytest.raises(UsageError, match="0 runs"):
        Plan().simulate(runs=0)


def check_odds_by_margin(field: calibration.Field, spread: SpreadPreset) -> None:
    """splits.md, the calibration table: what is said of the real arrivals, by their margin."""
    said, true = calibration.predict_finishers(field, calibration.simulate_field(field, spread, 36_000))
    odds, _ = calibration.tabulate_margins(field, said)
    for probability, (low, high) in zip(odds, calibration.ALLOWED, strict=True):
        assert low <= round(probability, 2) <= high
    climatology = calibration.brier_score(np.full(len(true), np.mean(true)), true)
    assert calibration.brier_score(said, true) < 0.81 * climatology


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Western States", "UTMB"])
def test_odds_by_margin_lie_in_the_ranges_of_real_fields(name: str) -> None:
    race = next(race for race in calibration.RACES if race.name == name)
    check_odds_by_margin(calibration.load_field(race), PRESETS[race.preset])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "other"), [("Western States", "UTMB"), ("UTMB", "Western States")])
def test_what_is_fitted_on_one_race_foretells_who_finishes_the_other(name: str, other: str) -> None:
    fields = {race.name: calibration.load_field(race) for race in calibration.RACES}
    measured = {race: calibration.measure_spread(field) for race, field in fields.items()}
    preset = calibration.left_out_preset(fields[name], measured)
    check_odds_by_margin(fields[name], calibration.fit_pressing(fields[other], preset))


@pytest.mark.slow
def test_eighty_percent_bands_hold_75_to_85_percent_of_real_arrivals() -> None:
    inside = arrivals = 0.0
    for race in calibration.RACES:
        share, count = calibration.measure_coverage(calibration.load_field(race), PRESETS[race.preset])
        assert 0.74 < share < 0.88, race.name
        inside += share * count
        arrivals += count
    assert 0.75 < inside / arrivals < 0.85
