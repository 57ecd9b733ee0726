"""Models that spread a finish time over a course, and how far each is from what runners did.

A model gives the share of the finish time at every station for a ladder of finish times; finishers in between are
interpolated, which makes one evaluation of all seven races a matter of milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from split_data import SplitRace

from pacecalc.science.altitude import altitude_pace_factor
from pacecalc.science.footing import night_pace_factor
from pacecalc.science.gradient import DESCENT_RAMP, pace_factor, running_cost
from pacecalc.science.slowdown import (
    DISTANCE_EXPONENT,
    LEVEL_AFTER_S,
    SIZE_AT_100_KM,
    late_descent_factor,
    slow_down_factor,
    slow_down_progress,
    slow_down_size,
)
from pacecalc.science.surfaces import RUN_FACTOR, TECHNICAL

FloatArray = NDArray[np.float64]
Model = Callable[[SplitRace, FloatArray, float], FloatArray]
"""Race, finish times [s] and womanhood (-1, 0, 1) to shares of the finish time at the stations."""

LADDER = 48
CLOCK_PASSES = 2
FLOOR_FOLDS = 5
FLOOR_NEIGHBOURS = 60


@dataclass(frozen=True, slots=True)
class Constants:
    """What is fitted: size, knee, growth with distance, cost of descents (the package has none)."""

    size: float = SIZE_AT_100_KM
    level_after_s: float = LEVEL_AFTER_S
    distance_exponent: float = DISTANCE_EXPONENT
    descent_cost: float = 0.0


def _shares_of_work(race: SplitRace, work: FloatArray) -> FloatArray:
    done = np.concatenate([np.zeros((len(work), 1)), np.cumsum(work, axis=1)], axis=1)
    return np.asarray(done[:, race.station_edge] / done[:, -1:])


def even_pace(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
    """Time in proportion to distance."""
    return _shares_of_work(race, np.tile(race.cell_m, (len(finish_s), 1)))


def _cell_means(race: SplitRace, factor: FloatArray) -> FloatArray:
    return np.asarray((factor * race.weights).sum(axis=1))


def minetti(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
    """Even metabolic power by Minetti, without a slow-down."""
    work = race.cell_m * _cell_means(race, running_cost(race.grades))
    return _shares_of_work(race, np.tile(work, (len(finish_s), 1)))


def reference_rule(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
    """max(Minetti, level) with kappa = min(0.55, 0.05 + 0.02 T), linear in the work (splits.md)."""
    work = race.cell_m * _cell_means(race, np.maximum(running_cost(race.grades) / running_cost(0.0), 1.0))
    kappa = np.minimum(0.55, 0.05 + 0.02 * finish_s / 3600.0)[:, None]
    share = (np.cumsum(work) - 0.5 * work) / work.sum()
    return _shares_of_work(race, work * (1.0 + kappa * (share - 0.5)))


def build_moving(constants: Constants | None = None) -> Model:
    """The model of the package for the time on the move, from its own science functions, with constants to refit."""
    fitted = constants or Constants()

    def moving(race: SplitRace, finish_s: FloatArray, womanhood: float) -> FloatArray:
        descent = 1.0 + fitted.descent_cost * np.clip(-race.grades / DESCENT_RAMP, 0.0, 1.0)
        flat_m = race.cell_m * _cell_means(race, pace_factor(race.grades) * descent) * RUN_FACTOR[race.surface]
        total_m = float(flat_m.sum())
        growth = (total_m / 100_000.0) ** (fitted.distance_exponent - DISTANCE_EXPONENT)
        multiplier = fitted.size / SIZE_AT_100_KM * growth
        size = slow_down_size(total_m, finish_s[:, None], multiplier, race.limit_s, womanhood)
        share = (np.cumsum(flat_m) - 0.5 * flat_m) / total_m
        progress = slow_down_progress(share, finish_s[:, None], fitted.level_after_s)
        late = _cell_means(race, late_descent_factor(race.grades, 1.0) - 1.0)
        steady = flat_m * altitude_pace_factor(race.elevation_m) * (1.0 + late * progress)
        steady = steady * slow_down_factor(progress, size)
        work = steady
        for _ in range(CLOCK_PASSES):
            middle_s = finish_s[:, None] * (np.cumsum(work, axis=1) - 0.5 * work) / work.sum(axis=1, keepdims=True)
            darkness = np.interp(middle_s, race.darkness_time_s, race.darkness)
            work = steady * night_pace_factor(darkness, TECHNICAL[race.surface])
        return _shares_of_work(race, work)

    return moving


def predict_elapsed(race: SplitRace, model: Model) -> FloatArray:
    """Elapsed time of every finisher at every station [s]."""
    ladder = np.quantile(race.finish_s, np.linspace(0.0, 1.0, LADDER))
    ladder = np.unique(np.concatenate([[0.999 * ladder[0]], ladder, [1.001 * ladder[-1]]]))
    below = np.clip(np.searchsorted(ladder, race.finish_s) - 1, 0, len(ladder) - 2)
    weight = ((race.finish_s - ladder[below]) / (ladder[below + 1] - ladder[below]))[:, None]
    elapsed = np.empty_like(race.elapsed_s)
    for ran, ground in race.by_ground():
        for womanhood, women in ((1.0, race.female), (-1.0, ~race.female)):
            who = ran & women
            shares = model(ground, ladder, womanhood)
            rows = (1.0 - weight[who]) * shares[below[who]] + weight[who] * shares[below[who] + 1]
            elapsed[who] = rows * race.finish_s[who, None]
    return elapsed


def predict_from_others(race: SplitRace, seed: int = 5) -> FloatArray:
    """The floor: median share of the sixty runners of the other folds nearest in finish time [s]."""
    fold = np.random.default_rng(seed).permutation(len(race.finish_s)) % FLOOR_FOLDS
    share = race.elapsed_s / race.finish_s[:, None]
    elapsed = np.empty_like(race.elapsed_s)
    for k in range(FLOOR_FOLDS):
        others = np.flatnonzero(fold != k)
        others = others[np.argsort(race.finish_s[others])]
        ours = np.flatnonzero(fold == k)
        first = np.searchsorted(race.finish_s[others], race.finish_s[ours]) - FLOOR_NEIGHBOURS // 2
        first = np.clip(first, 0, len(others) - FLOOR_NEIGHBOURS)
        near = others[first[:, None] + np.arange(FLOOR_NEIGHBOURS)]
        elapsed[ours] = np.nanmedian(share[near], axis=1) * race.finish_s[ours, None]
    return elapsed


def mean_error(race: SplitRace, predicted_s: FloatArray) -> tuple[float, float]:
    """Mean absolute error over finishers and stations, in minutes and in percent of the finish time."""
    miss_s = np.abs(predicted_s - race.elapsed_s)
    return float(np.nanmean(miss_s)) / 60.0, 100.0 * float(np.nanmean(miss_s / race.finish_s[:, None]))


def third_bias(race: SplitRace, predicted_s: FloatArray) -> FloatArray:
    """Median of predicted less real [min] at the stations, for the fast, middle and slow third of the field."""
    third = np.argsort(np.argsort(race.finish_s)) * 3 // len(race.finish_s)
    miss_min = (predicted_s - race.elapsed_s) / 60.0
    return np.stack([np.nanmedian(miss_min[third == k], axis=0) for k in range(3)], axis=1)
