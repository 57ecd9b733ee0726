"""Fits of the slow-down constants with every race left out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from split_data import SplitRace
from split_models import Constants, mean_error, predict_elapsed
from split_stops import build_pacecalc

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Constants fitted without one course, by the name of that course."""

    constants: dict[str, Constants]
    fitted_on_all: Constants


def errors_by_race(races: list[SplitRace], constants: Constants) -> FloatArray:
    """Mean error of every race [%]."""
    model = build_pacecalc(constants)
    return np.array([mean_error(race, predict_elapsed(race, model))[1] for race in races])


def two_constants(x: FloatArray) -> Constants:
    """Size and knee."""
    return Constants(size=float(x[0]), level_after_s=float(x[1]) * 3600.0)


def four_constants(x: FloatArray) -> Constants:
    """Size, knee, growth with distance, cost of descents."""
    return Constants(
        size=float(x[0]), level_after_s=float(x[1]) * 3600.0, distance_exponent=float(x[2]), descent_cost=float(x[3])
    )


TWO_START = (0.32, 21.5)
FOUR_START = (0.32, 21.5, 0.4, 0.05)


def leave_one_out(
    races: list[SplitRace], build: Callable[[FloatArray], Constants], start: tuple[float, ...]
) -> LeftOut:
    """Least mean error over courses (the years of one course count once), each course left out in turn."""
    courses = list(dict.fromkeys(race.course for race in races))
    members = np.array([[race.course == course for race in races] for course in courses], dtype=float)
    members /= members.sum(axis=1, keepdims=True)
    known: dict[tuple[float, ...], FloatArray] = {}

    def by_course(x: FloatArray) -> FloatArray:
        key = tuple(np.round(x, 6))
        if key not in known:
            known[key] = members @ errors_by_race(races, build(x))
        return known[key]

    def fit(keep: FloatArray, first: FloatArray) -> FloatArray:
        simplex = np.concatenate([[first], first + np.diag(0.1 * first)])
        options = {"xatol": 2e-3, "fatol": 1e-4, "maxfev": 160, "initial_simplex": simplex}
        found = minimize(
            lambda x: float(by_course(x) @ keep / keep.sum()), first, method="Nelder-Mead", options=options
        )
        return np.asarray(found.x)

    overall = fit(np.ones(len(courses)), np.array(start))
    without = {course: build(fit(1.0 - np.eye(len(courses))[k], overall)) for k, course in enumerate(courses)}
    return LeftOut(constants=without, fitted_on_all=build(overall))
