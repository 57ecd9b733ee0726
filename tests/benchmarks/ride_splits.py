"""How well ride plans fit real splits: run it as  python tests/benchmarks/ride_splits.py

Leadville MTB: every row of the science page (cycling.md, section 7). Only row 1, the sub-9 card, was ever fitted, and
only its level and fatigue; the other rows are a report. Cykelvasan 45 (gravel): every open finisher gets the course and
their true finish time; the score is the mean miss at the checkpoints. No number of the model was fitted on either
Cykelvasan year.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from pacecalc.planning.athlete import Athlete, Rider
from pacecalc.planning.build import load_course
from pacecalc.planning.course import Course, Waypoint
from pacecalc.planning.predict_ride import power_needed, predict_ride
from pacecalc.planning.ride_demand import Pacing, build_ride_demand
from pacecalc.planning.ride_terrain import crowd_first_climb
from pacecalc.science.surfaces import CODE
from shared_data import shared_path

FloatArray = NDArray[np.float64]

MILE_M = 1609.344
MINUTE_S = 60.0

CHECKPOINT_MI = {"Pipe out": 27.0, "TL out": 40.8, "Columbine": 52.0, "TL in": 63.2, "Pipe in": 76.6}
"""Twin Lakes and Columbine as in the profile. Pipeline: published at 26-28 mi out (the middle is taken) and, an out and
back, as far beyond Outward Bound (25.1 / 78.5 mi) on the way in. Set before anything was fitted."""
SUB_NINE_CARD_MIN = {"Pipe out": 120.0, "TL out": 170.0, "Columbine": 275.0, "TL in": 315.0, "Pipe in": 380.0}


@dataclass(frozen=True)
class SplitRow:
    number: int
    what: str
    finish_min: float
    splits_min: dict[str, float]


LEADVILLE_ROWS = (
    SplitRow(1, "9:00 card", 540.0, SUB_NINE_CARD_MIN),
    SplitRow(2, "under 8:00 card, 2015", 480.0, {"TL in": 265.0}),
    SplitRow(3, "its rider, finish over 8 h (8:05 taken)", 485.0, {"TL in": 280.0}),
    SplitRow(4, "11:00 sheet, 2025", 660.0, {"TL out": 235.0}),
    SplitRow(5, "12:00 sheet, 2025", 720.0, {"TL out": 258.0}),
    SplitRow(6, "10:04, 2014", 604.0, {"TL out": 180.0, "Columbine": 299.0, "TL in": 342.0}),
    SplitRow(7, "over 10:00, 2015 (10:10 taken)", 610.0, {"TL in": 358.0}),
    SplitRow(8, "12 h pace, 2010", 720.0, {"TL in": 420.0, "Pipe in": 496.0}),
    SplitRow(9, "DNF 2011 (12:30 taken)", 750.0, {"TL out": 210.0, "Columbine": 420.0, "Pipe in": 555.0}),
)  # fmt: skip

RIDERS = (
    ("303 W, 86 kg, first time 2019", 303.0, 86.0, 0.0, 8 + 46 / 60),
    ("3.7 W/kg (75 kg taken)", 277.5, 75.0, 0.0, 9 + 11 / 60),
    ("3.25 W/kg at 7,000 ft (75 kg taken)", 243.8, 75.0, 2134.0, 9 + 38 / 60),
    ("slightly over 4 W/kg (4.05, 75 kg taken)", 303.8, 75.0, 0.0, 9.0),
    ("316 W at 7,000 ft, 92.5 kg, bonk and chain", 316.0, 92.5, 2134.0, 10 + 7 / 60),
)
"""Threshold [W], mass [kg], height of home and test [m], finish [h]; ten minutes stopped are taken."""


DESCENT_MIN = ((540.0, 40.0), (604.0, 43.0))
"""Columbine down to Twin Lakes: the 9:00 card's plan, and what a finisher in 10:04 took (science page, section 4)."""
BACK_ROW_MIN = 25.0
"""Lost on St Kevins by those who start last, as the profile has it."""


def split_times_min(
    course: Course, finish_min: float, *, loss: float = 0.0048, pacing: Pacing = "optimal", crowd_min: float = 0.0
) -> dict[str, float]:
    """Our checkpoints for a finish, nothing stopped."""
    athlete = Athlete(mass_kg=72.0, rider=Rider(durability_per_kj_per_kg=loss))
    demand = build_ride_demand(
        course,
        athlete,
        temperature_c=14.0,
        delay_s=crowd_first_climb(course, crowd_min * MINUTE_S),
        moving_s=finish_min * MINUTE_S,
        pacing=pacing,
    )
    times = demand.cell_times_s(demand.level_for(finish_min * MINUTE_S))
    clock_min = np.concatenate([[0.0], np.cumsum(times)]) / MINUTE_S
    return {name: float(np.interp(mile * MILE_M, course.edge_m, clock_min)) for name, mile in CHECKPOINT_MI.items()}


def card_misses_min(course: Course, *, loss: float = 0.0048, pacing: Pacing = "optimal") -> FloatArray:
    """Ours less the sub-9 card at its five checkpoints."""
    ours = split_times_min(course, 540.0, loss=loss, pacing=pacing)
    return np.array([ours[name] - minutes for name, minutes in SUB_NINE_CARD_MIN.items()])


def descent_min(course: Course, finish_min: float) -> float:
    """From the mine back to Twin Lakes, nothing stopped."""
    ours = split_times_min(course, finish_min)
    return ours["TL in"] - ours["Columbine"]


def root_mean_square(values: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


CYKELVASAN_LEGS = (
    # checkpoint, km in the split file, climb and descent of the leg [m] (the same trail in course_checkpoints.json)
    ("Oxberg", 16.96, 134.5, 134.5),
    ("Hökberg", 25.05, 99.5, 142.3),
    ("Eldris", 35.32, 108.1, 106.4),
    ("Finish", 44.0, 46.5, 97.1),
)
HILL_M = 1000.0
"""Length of the made hills between checkpoints; only climb and descent of each leg are known."""


def cykelvasan_course() -> Course:
    """A loop from Oxberg, then on to Mora, on gravel: sine hills that climb and fall as much as each leg does.

    The race starts in Oxberg (the organiser's press releases of 2015 and 2018), so its first leg climbs as much as it
    falls; how much is not known, and the climb of the leg before Oxberg is taken.
    """
    grades, start_km = [], 0.0
    for _, end_km, climb_m, fall_m in CYKELVASAN_LEGS:
        cells = round(100.0 * (end_km - start_km))
        grades.append(_hilly_leg(cells, climb_m, fall_m))
        start_km = end_km
    grade = np.concatenate(grades)
    places = [("Start", 0.0), *((name, 1000.0 * km) for name, km, *_ in CYKELVASAN_LEGS)]
    return Course(
        id="cykelvasan-45",
        name="Cykelvasan 45",
        sport="mtb",
        edition="",
        cell_m=10.0,
        elevation_m=260.0 + 10.0 * np.concatenate([[0.0], np.cumsum(grade)]),
        grade=grade,
        surface=np.full(len(grade), CODE["gravel"], dtype=np.uint8),
        waypoints=tuple(Waypoint(name=name, kind="aid", distance_m=m) for name, m in places),
        ascent_m=float(10.0 * grade[grade > 0].sum()),
        descent_m=float(-10.0 * grade[grade < 0].sum()),
        published_ascent_m=None,
        start_clock=datetime(2022, 8, 12, 7, tzinfo=UTC),
        timezone="UTC",
        latitude_deg=np.full(len(grade) + 1, 61.1),
        longitude_deg=np.full(len(grade) + 1, 14.2),
    )


def _hilly_leg(cells: int, climb_m: float, fall_m: float) -> FloatArray:
    mean = (climb_m - fall_m) / (10.0 * cells)
    wave = np.sin(2.0 * np.pi * (np.arange(cells) + 0.5) * 10.0 / HILL_M)
    low, high = 0.0, 0.5
    for _ in range(60):
        middle = 0.5 * (low + high)
        climbed = 10.0 * np.maximum(mean + middle * (wave - wave.mean()), 0.0).sum()
        low, high = (low, middle) if climbed > climb_m else (middle, high)
    return np.asarray(mean + low * (wave - wave.mean()))


def read_cykelvasan() -> FloatArray:
    """Elapsed seconds at the four checkpoints, one row a finisher with all of them."""
    rows: dict[str, dict[str, float]] = {}
    with shared_path("data", "splits", "cykelvasan_45_mtb.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["status"] == "finished":
                rows.setdefault(line["id"], {})[line["checkpoint"]] = float(line["elapsed_s"])
    names = [name for name, *_ in CYKELVASAN_LEGS]
    whole = np.array([[row[name] for name in names] for row in rows.values() if all(name in row for name in names)])
    return whole[np.all(np.diff(whole, axis=1) > 0.0, axis=1)]


def score_cykelvasan(loss: float) -> tuple[float, float, float, float, FloatArray]:
    """Mean miss of even pace and of ours, each in minutes and % of the finish; and our mean signed miss [min]."""
    course, rows = cykelvasan_course(), read_cykelvasan()
    finishes = np.geomspace(rows[:, -1].min(), rows[:, -1].max(), 16)
    athlete = replace(Athlete(mass_kg=78.0), rider=Rider(durability_per_kj_per_kg=loss))
    marks_m = np.array([1000.0 * km for _, km, *_ in CYKELVASAN_LEGS[:-1]])
    shares = []
    for finish_s in finishes:
        demand = build_ride_demand(course, athlete, temperature_c=16.0, moving_s=float(finish_s))
        clock = np.concatenate([[0.0], np.cumsum(demand.cell_times_s(demand.level_for(float(finish_s))))])
        shares.append(np.interp(marks_m, course.edge_m, clock) / clock[-1])
    ours = np.array([np.interp(rows[:, -1], finishes, share) for share in np.array(shares).T]).T
    even = np.tile(marks_m / course.distance_m, (len(rows), 1))
    real = rows[:, :-1] / rows[:, -1:]
    scores = []
    for predicted in (even, ours):
        miss = np.abs(predicted - real)
        scores += [float(np.mean(miss * rows[:, -1:]) / MINUTE_S), float(100.0 * miss.mean())]
    return (*scores, np.mean((ours - real) * rows[:, -1:], axis=0) / MINUTE_S)  # type: ignore[return-value]


def report_leadville() -> None:
    course = load_course("leadville-trail-100-mtb")
    print("Leadville MTB, sub-9 card (row 1): ours less the card, minutes, and rms at the five checkpoints")
    for pacing in ("optimal", "steady"):
        for loss in (0.0, 0.0015, 0.004, 0.0048, 0.006):
            misses = card_misses_min(course, loss=loss, pacing=pacing)
            shown = " ".join(f"{miss:+6.1f}" for miss in misses)
            print(f"  {pacing:8} fatigue {100 * loss:.2f} % per kJ/kg  {shown}   rms {root_mean_square(misses):.1f}")
    print("\nAll rows, default fatigue, best pacing: ours (theirs), minutes")
    for row in LEADVILLE_ROWS:
        ours = split_times_min(course, row.finish_min)
        shown = "  ".join(f"{name} {ours[name]:.0f} ({minutes:.0f})" for name, minutes in row.splits_min.items())
        print(f"  {row.number} {row.what:46} {shown}")
    print(f"\nThe same sheets from the last row ({BACK_ROW_MIN:.0f} min lost on St Kevins), minutes")
    for row in LEADVILLE_ROWS[3:5]:
        ours = split_times_min(course, row.finish_min, crowd_min=BACK_ROW_MIN)
        shown = "  ".join(f"{name} {ours[name]:.0f} ({minutes:.0f})" for name, minutes in row.splits_min.items())
        print(f"  {row.number} {row.what:46} {shown}")
    print("\nColumbine down to Twin Lakes: ours (theirs), minutes")
    for finish_min, observed_min in DESCENT_MIN:
        print(f"  {finish_min / 60.0:5.2f} h finish  {descent_min(course, finish_min):.0f} ({observed_min:.0f})")
    print("\nRiders with known threshold power: finish in hours, ours with its band, and the threshold it needs")
    for what, threshold_w, mass_kg, home_m, finish_h in RIDERS:
        rider = Rider(threshold_power_w=threshold_w, test_elevation_m=home_m)
        athlete = Athlete(mass_kg=mass_kg, home_elevation_m=home_m, rider=rider)
        found = predict_ride(course, athlete, stopped_s=600.0)
        need = power_needed(course, athlete, 3600.0 * finish_h, stopped_s=600.0)
        band = f"{found.finish_s / 3600:.2f} ({found.fast_s / 3600:.2f}-{found.slow_s / 3600:.2f})"
        print(
            f"  {what:44} real {finish_h:5.2f}  ours {band}  needs {need.threshold_power_w:.0f} of {threshold_w:.0f} W"
        )


def report_cykelvasan() -> None:
    print("\nCykelvasan 45, all open finishers: mean miss at the checkpoints")
    for loss in (0.0048, 0.0015, 0.0):
        even_min, even_percent, ours_min, ours_percent, signed = score_cykelvasan(loss)
        print(
            f"  fatigue {100 * loss:.2f} %: even pace {even_min:.2f} min ({even_percent:.2f} %), "
            f"ours {ours_min:.2f} min ({ours_percent:.2f} %); signed {np.round(signed, 2).tolist()}"
        )


if __name__ == "__main__":
    report_leadville()
    report_cykelvasan()
