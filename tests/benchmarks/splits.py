"""How well pacing models predict what real runners did: run as  python tests/benchmarks/splits.py

Every model gets the course and the true finish time of a finisher and predicts the elapsed time at the stations; the
error is the mean of |predicted - real| over finishers and stations, finish excluded. "Left out" means that the
constants were fitted on the other races. The floor is what runners of the same race and nearly the same finish time
tell about each other. pacecalc predicts with the stops it plans, and its constants are fitted so.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from split_data import SOURCES, SplitRace, load_race, load_races
from split_fit import FOUR_START, TWO_START, LeftOut, four_constants, leave_one_out, two_constants
from split_models import (
    Constants,
    even_pace,
    mean_error,
    minetti,
    predict_elapsed,
    predict_from_others,
    reference_rule,
    third_bias,
)
from split_stops import build_pacecalc

BIAS_RACES = ("Western States", "UTMB 2015")


def find_shared() -> Path:
    """The folder of courses, tracks and splits beside the checkout, or PACECALC_SHARED."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    return Path(os.environ.get("PACECALC_SHARED", beside))


def left_out_errors(races: list[SplitRace], fits: LeftOut) -> list[tuple[float, float]]:
    """Error of every race with constants fitted without its course."""
    return [mean_error(r, predict_elapsed(r, build_pacecalc(fits.constants[r.course]))) for r in races]


def mean_over_courses(races: list[SplitRace], errors: list[tuple[float, float]]) -> float:
    """Plain mean over courses, the years of one course taken together [%]."""
    courses = dict.fromkeys(race.course for race in races)
    return float(
        np.mean(
            [np.mean([e[1] for r, e in zip(races, errors, strict=True) if r.course == course]) for course in courses]
        )
    )


def _describe(constants: Constants) -> str:
    return (
        f"size {constants.size:.3f}  level after {constants.level_after_s / 3600.0:.1f} h  "
        f"exponent {constants.distance_exponent:.2f}  descents {constants.descent_cost:.2f}"
    )


def _print_errors(races: list[SplitRace], rows: dict[str, list[tuple[float, float]]]) -> None:
    print("Mean error, min (% of the finish time)")
    width = max(len(name) for name in rows)
    print(" " * width, *(f"{race.name:>17}" for race in races), f"{'mean %':>8}")
    for name, errors in rows.items():
        cells = (f"{minutes:8.1f} ({percent:5.2f})" for minutes, percent in errors)
        print(f"{name:<{width}}", *(f"{cell:>17}" for cell in cells), f"{mean_over_courses(races, errors):8.3f}")


def _print_bias(race: SplitRace, fits: LeftOut) -> None:
    models = {"shipped": build_pacecalc(), "left out": build_pacecalc(fits.constants[race.course])}
    biases = [third_bias(race, predict_elapsed(race, model)) for model in models.values()]
    print(f"\n{race.name}: median of predicted less real, min; fast, middle, slow third")
    print(f"{'station':<26}{'km':>7}   " + "   ".join(f"{title:^23}" for title in models))
    for k, station in enumerate(race.stations):
        values = "   ".join(" ".join(f"{v:7.1f}" for v in bias[k]) for bias in biases)
        print(f"{station:<26}{race.station_m[k] / 1000.0:7.1f}   {values}")
    largest = "   ".join(" ".join(f"{v:7.1f}" for v in np.abs(bias).max(axis=0)) for bias in biases)
    print(f"{'largest':<33}   {largest}")


def _print_as(race: SplitRace, otherwise: str) -> None:
    """One line on what a race would look like with other facts."""
    predicted_s = predict_elapsed(race, build_pacecalc())
    largest = " ".join(f"{v:5.1f}" for v in np.abs(third_bias(race, predicted_s)).max(axis=0))
    minutes, percent = mean_error(race, predicted_s)
    print(f"\n{race.name} {otherwise}, as shipped: {minutes:.1f} min ({percent:.2f} %), largest {largest}")


def _print_without_facts(shared: Path) -> None:
    """What the published distances and a course without snow would make of the races where we know better."""
    for source in SOURCES:
        if source.mats is not None:
            _print_as(load_race(replace(source, mats=None), shared), "with the published distances")
        if source.snow_mi:
            years = " and ".join(str(year) for year in source.snow_mi)
            _print_as(load_race(replace(source, snow_mi={}), shared), f"without the snow of {years}")


def main() -> None:
    """Print the whole report."""
    began = time.perf_counter()
    races = load_races(find_shared())
    two = leave_one_out(races, two_constants, TWO_START)
    four = leave_one_out(races, four_constants, FOUR_START)
    models = {"even pace": even_pace, "Minetti, no slow-down": minetti, "reference rule": reference_rule}
    rows = {name: [mean_error(r, predict_elapsed(r, model)) for r in races] for name, model in models.items()}
    rows["pacecalc as shipped"] = [mean_error(r, predict_elapsed(r, build_pacecalc())) for r in races]
    rows["left out, 2 constants"] = left_out_errors(races, two)
    rows["left out, 4 constants"] = left_out_errors(races, four)
    rows["floor (other runners)"] = [mean_error(r, predict_from_others(r)) for r in races]
    _print_errors(races, rows)
    for title, fits in (("2 constants", two), ("4 constants", four)):
        print(f"\n{title}: all races     {_describe(fits.fitted_on_all)}")
        for course, constants in fits.constants.items():
            print(f"  without {course:<18}{_describe(constants)}")
    for race in races:
        if race.name in BIAS_RACES:
            _print_bias(race, two)
    _print_without_facts(find_shared())
    print(f"\n{sum(len(r.finish_s) for r in races)} finishers, {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
