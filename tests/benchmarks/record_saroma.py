"""The 100 km world record of 2018 beside its plans: run it as  python tests/benchmarks/record_saroma.py

Nao Kazami, Lake Saroma, 6:09:14. One plan of the bundled course has the fade its runner showed, the other the slow-down
predicted for that time; both without stops, on a day of 10 to 15 degC (an assumption).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pacecalc.planning.build import load_course
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.compose import pace_inputs
from pacecalc.planning.plan import resolve_race

FloatArray = NDArray[np.float64]

SAROMA_2018_S = {
    **{10: 2204.0, 20: 4392.0, 30: 6567.0, 40: 8740.0, 50: 10_925.0},
    **{60: 13_137.0, 70: 15_403.0, 80: 17_650.0, 90: 19_879.0, 100: 22_154.0},
}
"""Kilometres and elapsed time; 20 to 40 km interpolated between printed splits."""
BAR_FROM_S, BAR_S = 2000.0, 15.0
"""A bar begins here, and a mark of it is so much."""


def shown_fade() -> float:
    """Pace at the finish over pace at the start, less one, of the line through the record's sections."""
    sections_s = np.diff([0.0, *SAROMA_2018_S.values()])
    trend_s = np.polyfit(np.linspace(0.05, 0.95, 10), sections_s, 1)
    return float(np.polyval(trend_s, 1.0) / np.polyval(trend_s, 0.0)) - 1.0


@cache
def plan_splits_s(fade: str) -> tuple[float, ...]:
    """Elapsed time at every 10 km of a plan for the record's time [s]."""
    course = load_course("lake-saroma-100k")
    stops = {w.name: "0 s" for w in course.waypoints[1:-1]}
    day = RaceChoices(goal="6:09:14", fade=fade, low="10 degC", high="15 degC", stops=stops)
    paced = pace_inputs(resolve_race(course, day))
    at_m = [1000.0 * km for km in SAROMA_2018_S]
    return tuple(np.interp(at_m, course.edge_m, paced.leaving_s).tolist())


def main() -> None:
    """Print the table, a bar for each 10 km."""
    real = np.array(list(SAROMA_2018_S.values()))
    own, predicted = (np.array(plan_splits_s(fade)) for fade in (f"{100.0 * shown_fade():.2f}%", "auto"))
    print(f"Lake Saroma 2018, 6:09:14; fade shown {100.0 * shown_fade():.1f} %; s of each 10 km, and off the record")
    print(f"{'km':>4}{'real':>7}{'own':>7}{'off':>5}{'typical':>9}{'off':>6}")
    sections = [np.diff(times, prepend=0.0) for times in (real, own, predicted)]
    for k, km in enumerate(SAROMA_2018_S):
        bars = "  ".join(f"{'#' * round((s[k] - BAR_FROM_S) / BAR_S):<27}" for s in sections)
        print(
            f"{km:4}{sections[0][k]:7.0f}{sections[1][k]:7.0f}{own[k] - real[k]:+5.0f}{sections[2][k]:9.0f}"
            f"{predicted[k] - real[k]:+6.0f}  {bars}".rstrip()
        )


if __name__ == "__main__":
    main()
