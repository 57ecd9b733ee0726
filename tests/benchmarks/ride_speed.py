"""How long the ride solver takes in process: run it as  python tests/benchmarks/ride_speed.py"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np

from pacecalc.planning.athlete import Athlete, Rider
from pacecalc.planning.build import load_course
from pacecalc.planning.course import Course
from pacecalc.planning.pacing import snap_waypoints
from pacecalc.planning.predict_ride import fastest_possible_s, power_needed, predict_ride
from pacecalc.planning.ride_demand import build_ride_demand
from pacecalc.planning.ride_summary import summarise_ride

GOAL_S = 11.75 * 3600.0
REPEATS = 7


def best_of(call: Callable[[], object]) -> float:
    """Shortest of a few runs [ms]."""
    times = []
    for _ in range(REPEATS):
        begin = perf_counter()
        call()
        times.append(perf_counter() - begin)
    return 1000.0 * min(times)


def measure(name: str, course: Course) -> None:
    athlete = Athlete(mass_kg=72.0, rider=Rider(threshold_power_w=240.0))
    edges, levels = snap_waypoints(course), np.geomspace(0.4, 1.5, 24)
    demand = build_ride_demand(course, athlete, temperature_c=14.0, moving_s=GOAL_S)
    steady, level = demand.with_pacing("steady"), demand.level_for(GOAL_S)
    pace = demand.pace(level)
    jobs: dict[str, Callable[[], object]] = {
        "build with fatigue": lambda: build_ride_demand(course, athlete, temperature_c=14.0, moving_s=GOAL_S),
        "pace, optimal": lambda: demand.pace(level),
        "pace, steady": lambda: steady.pace(level),
        "optimise for a finish time": lambda: demand.level_for(GOAL_S),
        "legs at 24 levels": lambda: demand.leg_times_table(levels, edges),
        "summary": lambda: summarise_ride(demand, pace),
        "predict the finish": lambda: predict_ride(course, athlete),
        "power needed": lambda: power_needed(course, athlete, GOAL_S),
        "fastest possible": lambda: fastest_possible_s(course, athlete),
    }
    print(f"{name}: {len(demand.reference_w)} solver cells")
    for what, job in jobs.items():
        print(f"  {what:28} {best_of(job):7.1f} ms")


if __name__ == "__main__":
    leadville = load_course("leadville-trail-100-mtb")
    measure("50 m cells", leadville)
    measure("10 m cells, bends known", replace(leadville, radius_m=np.full(len(leadville.grade), np.inf)))
