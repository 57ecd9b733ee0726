"""The odds of a plan: arrival bands, cutoffs missed, retirements and awards, by seeded simulation.

A plan is a median: half of all days are faster. Around it stand the form of the day (one factor on the whole race,
bad days bigger than good ones), a personal slow-down (fast early is slow late), the noise of each section (heavy
tails, neighbours alike), the length of stops, and retirement for reasons other than cutoffs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import UsageError
from pacecalc.planning.records import Applies, RiskSummary, Sport
from pacecalc.record import record
from pacecalc.science.heat import estimate_heat_retirement
from pacecalc.science.scatter import (
    NOISE_GROWTH,
    TAIL_DEGREES_OF_FREEDOM,
    estimate_neighbour_correlation,
    estimate_section_spread,
    skew_form,
)

Experience = Literal["first", "some", "veteran"]

DEFAULT_RUNS = 2000
DEFAULT_SEED = 20_260_815
"""Any fixed number: the same plan gives the same odds."""

EXPERIENCE_FORM = {"first": 1.5, "some": 1.0, "veteran": 0.85}
"""Spread of the form of the day by experience; first 0.12 against 0.08 in ultras, the rest a choice."""


@record(kw_only=True)
class SpreadPreset:
    """How races of one kind scatter; spreads are standard deviations of ln(time)."""

    name: str
    form: float
    """Form of the day, whole race."""
    slow_down: float
    """Personal slow-down: pace at the finish over pace at the start."""
    section: float
    """Noise of a 10 km section."""
    memory_m: float
    """Distance over which section noise is forgotten."""
    retirement_per_h: float
    """Rate of retirement for other reasons than cutoffs, on a day with a high of 30 degC when ``heat_matters``: the
    mean over the race, ``find_retired`` says where it is more and where less.

    An hour on the course, not a kilometre: stomach, feet and sleep go with the time out there, and 170 km of mountains
    that take 40 h lose more runners than 161 km that take 26 h."""
    stop: float = 0.5
    """Stop lengths, log-normal."""
    press: float = 0.09
    """How much faster than their day a runner goes, at most, when a cutoff would otherwise be missed: this at the
    finish, nothing at the start, in proportion between."""
    reserve: float = 0.01
    """Time such a runner wants to keep in hand at the cutoff, as a share of the planned race."""
    heat_matters: bool = True


PRESETS: dict[str, SpreadPreset] = {
    preset.name: preset
    for preset in (
        SpreadPreset(name="trail 100 mi", form=0.08, slow_down=0.15, section=0.08, memory_m=2800.0,
                     retirement_per_h=0.007, press=0.14),
        SpreadPreset(name="flat 100 mi", form=0.10, slow_down=0.18, section=0.08, memory_m=2400.0,
                     retirement_per_h=0.007, press=0.14),
        SpreadPreset(name="trail 50 mi", form=0.08, slow_down=0.17, section=0.045, memory_m=300.0,
                     retirement_per_h=0.005, press=0.14),
        SpreadPreset(name="road ultra", form=0.07, slow_down=0.15, section=0.05, memory_m=1000.0,
                     retirement_per_h=0.005, press=0.14),
        SpreadPreset(name="marathon", form=0.04, slow_down=0.14, section=0.024, memory_m=1000.0,
                     retirement_per_h=0.001, press=0.09),
        SpreadPreset(name="mtb", form=0.06, slow_down=0.10, section=0.042, memory_m=300.0,
                     retirement_per_h=0.0045, press=0.09, heat_matters=False),
    )
}  # fmt: skip
"""Slow-down and section noise: measured on open splits by race type (the road ultra is a choice). Form: measured for
100-mile trails (7.9 % within runner), a choice elsewhere. Pressing on and retirement: fitted by us on who finished
Western States and UTMB, which agree (0.14 and 0.17 at the finish, 0.007 and 0.008 an hour); less in shorter races and
on bikes, 6 % of retirements in 12 h and 0.4 % in a marathon of 4 h are choices."""
RETIREMENT_DECLINE = 0.5
"""How much more than the mean rate a runner retires at the start, and less at the finish [1]; fitted by us on Western
States and UTMB: early in the race many with hours in hand never arrive, late hardly anybody gives up."""

LONG_RACE_S = 16.0 * 3600.0
"""Longer races scatter like 100-milers (a choice between the 90 km and 100-mile fields)."""
HILLY_M_PER_KM = 12.0
"""More climb than this makes a run a trail race for this purpose (a choice)."""
MARATHON_LIMIT_M = 45_000.0
FORECAST_SPREAD_C = 2.0
"""Error of a forecast high a few days ahead, one standard deviation (a choice)."""


def choose_spread(
    sport: Sport,
    distance_m: float,
    ascent_m: float,
    duration_s: float,
    *,
    experience: Experience = "some",
    spread_fraction: float | None = None,
) -> SpreadPreset:
    """The preset of the nearest kind of race, adapted to the athlete.

    ``spread_fraction``, the athlete's own sd of ln(finish / plan), replaces the form of the day and with it the
    experience.
    """
    if sport != "run":
        preset = PRESETS["mtb"]
    else:
        hilly = ascent_m > HILLY_M_PER_KM * distance_m / 1000.0
        if duration_s > LONG_RACE_S:
            preset = PRESETS["trail 100 mi" if hilly else "flat 100 mi"]
        elif distance_m <= MARATHON_LIMIT_M and not hilly:
            preset = PRESETS["marathon"]
        else:
            preset = PRESETS["trail 50 mi" if hilly else "road ultra"]
    if spread_fraction is not None:
        if not 0.0 < spread_fraction <= 0.5:
            raise UsageError(f"the athlete's spread is {spread_fraction:g}: expected a share such as 0.08, at most 0.5")
        return replace(preset, form=float(spread_fraction))
    return replace(preset, form=preset.form * EXPERIENCE_FORM[experience])


def estimate_weather_spread(cooler: FloatArray, warmer: FloatArray, time_s: FloatArray) -> float:
    """What the forecast's error adds to the sd of ln(time).

    ``cooler`` and ``warmer`` are heat factors of the cells on days ``FORECAST_SPREAD_C`` below and above the forecast
    (``Conditions.warmer_by``), ``time_s`` the planned times of the cells.
    """
    return abs(float(np.log(np.sum(warmer * time_s) / np.sum(cooler * time_s)))) / 2.0


@record(kw_only=True)
class RiskResult:
    """Odds at every waypoint, start to finish."""

    arrive_p10_s: FloatArray
    """Arrival bands of an athlete who is never stopped and does not retire."""
    arrive_p50_s: FloatArray
    arrive_p90_s: FloatArray
    miss_probability: FloatArray
    """Stopped by this very cutoff, of all starts."""
    out_probability: FloatArray
    """No longer in the race after this waypoint, for any reason, of all starts."""
    retire_probability: FloatArray
    """Retired on the way here for other reasons than cutoffs, of all starts."""
    finish_probability: float
    award_probabilities: tuple[tuple[str, float], ...]
    runs: int
    seed: int
    preset: str

    def summary(self) -> RiskSummary:
        return RiskSummary(
            finish_probability=self.finish_probability,
            finish_p10_s=float(self.arrive_p10_s[-1]),
            finish_p50_s=float(self.arrive_p50_s[-1]),
            finish_p90_s=float(self.arrive_p90_s[-1]),
            award_probabilities=self.award_probabilities,
            runs=self.runs,
            seed=self.seed,
            preset=self.preset,
        )


def simulate(
    leg_moving_s: Sequence[float] | FloatArray,
    leg_distance_m: Sequence[float] | FloatArray,
    stop_s: Sequence[float] | FloatArray,
    cutoff_s: Sequence[float | None],
    applies: Sequence[Applies | None],
    *,
    spread: SpreadPreset,
    awards: Sequence[tuple[str, float]] = (),
    high_c: float | None = None,
    weather_spread: float = 0.0,
    begun_s: float = 0.0,
    runs: int = DEFAULT_RUNS,
    seed: int = DEFAULT_SEED,
) -> RiskResult:
    """Run the plan many times.

    Legs lie between neighbouring waypoints (one fewer than waypoints); ``stop_s``, ``cutoff_s`` (by the athlete's own
    clock) and ``applies`` have one value a waypoint, start and finish included. ``high_c`` is the day's high,
    ``weather_spread`` what an uncertain forecast adds to the sd of ln(time) (``estimate_weather_spread``). For the
    rest of a race, ``begun_s`` is the time at which its first waypoint is left.
    """
    moving, distance, stops = (as_floats(values) for values in (leg_moving_s, leg_distance_m, stop_s))
    _refuse_bad_input(moving, distance, stops, cutoff_s, applies, runs)
    if not 0.0 <= weather_spread <= 0.5:
        raise UsageError(f"the weather's spread is {weather_spread:g}: expected a share such as 0.02, at most 0.5")
    rng = np.random.default_rng(seed)
    limits = np.array([np.inf if limit is None else limit for limit in cutoff_s])
    leaving = np.array([rule == "leaving" for rule in applies])
    press_for_s = np.where(leaving, limits - stops, limits)
    arrive = draw_arrivals(
        moving, distance, stops, spread, runs, rng, limit_s=press_for_s, weather_spread=weather_spread, begun_s=begun_s
    )
    checked = arrive.arrive_s + np.where(leaving, arrive.stop_s, 0.0)
    late = checked > limits
    heat = float(estimate_heat_retirement(high_c)) if high_c is not None and spread.heat_matters else 1.0
    middle = _middle_shares(moving, stops, begun_s)
    retired = find_retired(arrive.arrive_s, middle, heat * spread.retirement_per_h, rng)
    # The first waypoint at which anything ends the race decides; a retirement comes before the cutoff it leads to.
    ended = late | retired
    first = np.where(ended.any(axis=1), ended.argmax(axis=1), arrive.arrive_s.shape[1])
    waypoints = arrive.arrive_s.shape[1]
    row = np.arange(runs)
    out = first < waypoints
    by_retiring = np.zeros(runs, dtype=bool)
    by_retiring[out] = retired[row[out], first[out]]
    missed = np.bincount(first[out & ~by_retiring], minlength=waypoints) / runs
    gone = np.bincount(first[out & by_retiring], minlength=waypoints) / runs
    finish_s = arrive.arrive_s[:, -1]
    low, middle, high = np.quantile(arrive.arrive_s, (0.1, 0.5, 0.9), axis=0)
    return RiskResult(
        arrive_p10_s=low,
        arrive_p50_s=middle,
        arrive_p90_s=high,
        miss_probability=missed,
        out_probability=np.cumsum(missed + gone),
        retire_probability=gone,
        finish_probability=float(np.mean(~out)),
        award_probabilities=tuple((name, float(np.mean(~out & (finish_s <= limit)))) for name, limit in awards),
        runs=runs,
        seed=seed,
        preset=spread.name,
    )


@record()
class Arrivals:
    """Simulated races of an athlete nobody stops: runs by waypoints."""

    arrive_s: FloatArray
    stop_s: FloatArray


def draw_arrivals(
    moving_s: FloatArray,
    distance_m: FloatArray,
    stop_s: FloatArray,
    spread: SpreadPreset,
    runs: int,
    rng: np.random.Generator,
    *,
    limit_s: FloatArray | None = None,
    weather_spread: float = 0.0,
    begun_s: float = 0.0,
) -> Arrivals:
    """Arrival times and stops of ``runs`` races along a plan; ``limit_s`` are the cutoffs runners press on for."""
    form = spread.form * skew_form(rng.standard_normal(runs), rng.standard_normal(runs))
    if weather_spread > 0.0:
        form = form + weather_spread * rng.standard_normal(runs)
    slope = spread.slow_down * rng.standard_normal(runs)
    middle = _middle_shares(moving_s, stop_s, begun_s)
    centred = middle - np.average(middle, weights=moving_s)
    # Sums of many legs and stops gather round their mean, not their median: take the excess of the mean off each.
    expected = form[:, None] + slope[:, None] * centred - 0.5 * (spread.slow_down * centred) ** 2
    expected = np.exp(expected, out=expected)
    noise = _draw_noise(distance_m, middle, spread, runs, rng)
    legs = moving_s * expected * np.exp(noise, out=noise)
    stops = stop_s * np.exp(spread.stop * rng.standard_normal((runs, len(stop_s))) - 0.5 * spread.stop**2)
    if limit_s is not None and spread.press > 0.0 and np.isfinite(limit_s).any():
        _press_on(legs, stops, expected, moving_s, stop_s, limit_s, spread.press, spread.reserve, begun_s)
    arrive = np.zeros((runs, len(stop_s)))
    np.cumsum(legs + stops[:, :-1], axis=1, out=arrive[:, 1:])
    arrive += begun_s
    return Arrivals(arrive, stops)


def _press_on(
    legs_s: FloatArray,
    stops_s: FloatArray,
    expected: FloatArray,
    moving_s: FloatArray,
    stop_s: FloatArray,
    limit_s: FloatArray,
    press: float,
    reserve: float,
    begun_s: float,
) -> None:
    """Speed up, in place, the legs of those who would otherwise miss a cutoff, by what it takes up to ``press``."""
    planned_s = begun_s + np.concatenate(([0.0], np.cumsum(moving_s + stop_s[:-1])))
    aim_s = limit_s - reserve * planned_s[-1]
    ahead = np.flatnonzero(np.isfinite(limit_s))
    now_s = begun_s + stops_s[:, 0]
    for leg in range(len(moving_s)):
        most = press * planned_s[leg] / planned_s[-1]
        # Time left over planned time, for the cutoff ahead that asks for most.
        left = np.full(now_s.shape, np.inf)
        for target in ahead[ahead > leg]:
            planned_left_s = max(planned_s[target] - planned_s[leg] - stop_s[leg], 1.0)
            np.minimum(left, (aim_s[target] - now_s) / planned_left_s, out=left)
        legs_s[:, leg] *= np.clip(left / expected[:, leg], 1.0 - most, 1.0)
        now_s += legs_s[:, leg] + stops_s[:, leg + 1]


def _middle_shares(moving_s: FloatArray, stop_s: FloatArray, begun_s: float) -> FloatArray:
    """Share of the planned race at mid-leg; a slope on it, less its mean, leaves the finish where it was."""
    leave = begun_s + np.cumsum(np.concatenate(([stop_s[0]], moving_s + stop_s[1:])))
    return np.asarray((leave[:-1] + 0.5 * moving_s) / leave[-1])


def _draw_noise(
    distance_m: FloatArray, middle: FloatArray, spread: SpreadPreset, runs: int, rng: np.random.Generator
) -> FloatArray:
    tail = np.sqrt((TAIL_DEGREES_OF_FREEDOM - 2.0) / TAIL_DEGREES_OF_FREEDOM)
    noise: FloatArray = tail * rng.standard_t(TAIL_DEGREES_OF_FREEDOM, (runs, len(distance_m)))
    likeness = estimate_neighbour_correlation(distance_m[:-1], distance_m[1:], spread.memory_m)
    for leg, share in enumerate(likeness, start=1):
        noise[:, leg] *= np.sqrt(1.0 - share**2)
        noise[:, leg] += share * noise[:, leg - 1]
    sizes = estimate_section_spread(distance_m, spread.section, spread.memory_m)
    sizes = sizes * (1.0 + NOISE_GROWTH * (middle - 0.5))
    noise *= sizes
    noise -= 0.5 * sizes**2
    return noise


def find_retired(
    arrive_s: FloatArray, middle: FloatArray, rate_per_h: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Whether each run has retired on the way to each waypoint; nobody at the first.

    ``middle`` is the share of the race at the middle of each leg: the rate falls along it, by ``RETIREMENT_DECLINE``.
    """
    weight = 1.0 + RETIREMENT_DECLINE * (1.0 - 2.0 * middle)
    risk = np.zeros_like(arrive_s)
    np.cumsum(np.diff(arrive_s, axis=1) * weight, axis=1, out=risk[:, 1:])
    # One exponential life a run: retired at the first waypoint reached after its end.
    life_h = rng.standard_exponential(len(arrive_s))
    return np.asarray(life_h[:, None] < rate_per_h / 3600.0 * risk)


def _refuse_bad_input(
    moving_s: FloatArray,
    distance_m: FloatArray,
    stop_s: FloatArray,
    cutoff_s: Sequence[float | None],
    applies: Sequence[Applies | None],
    runs: int,
) -> None:
    waypoints = len(stop_s)
    if not (len(moving_s) == len(distance_m) == waypoints - 1 and len(cutoff_s) == len(applies) == waypoints):
        raise UsageError(
            f"{waypoints} stops need {waypoints - 1} legs and {waypoints} cutoffs; found {len(moving_s)} times, "
            f"{len(distance_m)} distances, {len(cutoff_s)} cutoffs and {len(applies)} rules"
        )
    if waypoints < 2:
        raise UsageError("a plan needs a start and a finish: give at least one leg")
    for what, values in (("leg time", moving_s), ("leg length", distance_m), ("stop", stop_s)):
        bad = ~(np.isfinite(values) & (values >= 0.0))
        if bad.any():
            raise UsageError(f"{what} {int(bad.argmax())} is {values[bad.argmax()]:g}: expected a number from 0 up")
    if moving_s.sum() <= 0.0:
        raise UsageError("all leg times are 0: expected a plan that takes time")
    if not 1 <= runs <= 1_000_000:
        raise UsageError(f"{runs} runs: expected 1 to 1000000")
