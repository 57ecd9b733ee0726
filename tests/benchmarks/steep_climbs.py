"""Do slow people lose more on steep climbs than the pace factor says?  Run as  python tests/benchmarks/steep_climbs.py

Whoever walks the flat on little power would, on the same power, climb far slower than the pace factor has it
(``gait.fastest_gait_speed``). Real splits decide: real over predicted time of the steep legs, for the fast and the slow
three tenths of the field, beside what the power argument would add for the slow ones.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from split_data import SplitRace, load_races
from split_models import predict_elapsed
from split_stops import build_pacecalc
from splits import find_shared

from pacecalc.science.gait import fastest_gait_speed
from pacecalc.science.gradient import pace_factor

STEEP = 0.08
SHORTEST_LEG_M = 1500.0
TENTHS = 3


@dataclass(frozen=True, slots=True)
class SteepLeg:
    race: str
    station: str
    length_m: float
    rise: float
    """Mean climb per horizontal metre."""
    fast: float
    """Median of real over predicted time in the fast three tenths."""
    slow: float
    slow_climb_m_per_h: float
    flat_m_per_s: float
    """Speed on the flat that the slow three tenths' finish is worth."""

    @property
    def excess(self) -> float:
        """How much more the slow lost than the fast; 1 is as predicted."""
        return self.slow / self.fast

    @property
    def excess_on_power(self) -> float:
        """The same by equal metabolic power on the flat and uphill."""
        return power_excess(self.flat_m_per_s, self.rise)


def power_excess(flat_m_per_s: float, grade: float) -> float:
    """Climbing time on the power of a flat speed, over that of the pace factor."""
    powers = np.linspace(2.0, 25.0, 2301)
    power = float(np.interp(flat_m_per_s, np.asarray(fastest_gait_speed(powers, 0.0)), powers))
    along = float(fastest_gait_speed(power, grade))
    return flat_m_per_s / float(pace_factor(grade)) / (along * float(np.cos(np.arctan(grade))))


def find_steep_legs(race: SplitRace) -> list[SteepLeg]:
    predicted_s = predict_elapsed(race, build_pacecalc())
    tenth = np.argsort(np.argsort(race.finish_s)) * 10 // len(race.finish_s)
    real_leg_s, predicted_leg_s = (np.diff(each, axis=1, prepend=0.0) for each in (race.elapsed_s, predicted_s))
    edges = np.concatenate([[0], race.station_edge])
    flat_m = float((race.cell_m * (pace_factor(race.grades) * race.weights).sum(axis=1)).sum())
    slow = tenth >= 10 - TENTHS
    legs = []
    for j, station in enumerate(race.stations):
        rise, length_m = _mean_rise(race, slice(edges[j], edges[j + 1]))
        if rise < STEEP or length_m < SHORTEST_LEG_M:
            continue
        ratio = real_leg_s[:, j] / predicted_leg_s[:, j]
        legs.append(
            SteepLeg(
                race=race.name,
                station=station,
                length_m=length_m,
                rise=rise,
                fast=float(np.nanmedian(ratio[tenth < TENTHS])),
                slow=float(np.nanmedian(ratio[slow])),
                slow_climb_m_per_h=3600.0 * rise * length_m / float(np.nanmedian(real_leg_s[slow, j])),
                flat_m_per_s=flat_m / float(np.median(race.finish_s[slow])),
            )
        )
    return legs


def _mean_rise(race: SplitRace, cells: slice) -> tuple[float, float]:
    length: NDArray[np.float64] = race.cell_m[cells]
    grade = (race.grades[cells] * race.weights[cells]).sum(axis=1)
    return float((np.maximum(grade, 0.0) * length).sum() / max(length.sum(), 1.0)), float(length.sum())


def main() -> None:
    legs = [leg for race in load_races(find_shared()) for leg in find_steep_legs(race)]
    print("Steep legs: real over predicted time; slow over fast, and what equal metabolic power would make of it")
    print(f"{'leg to':40}{'km':>6}{'rise':>7}{'fast':>7}{'slow':>7}{'m/h':>6}{'slow/fast':>11}{'on power':>10}")
    for leg in legs:
        print(
            f"{leg.race + ': ' + leg.station:40.40}{leg.length_m / 1000.0:6.1f}{100.0 * leg.rise:6.1f}%"
            f"{leg.fast:7.2f}{leg.slow:7.2f}{leg.slow_climb_m_per_h:6.0f}{leg.excess:11.3f}{leg.excess_on_power:10.2f}"
        )
    means = [
        float(np.exp(np.mean(np.log(each))))
        for each in zip(*((g.excess, g.excess_on_power) for g in legs), strict=True)
    ]
    print(f"{'geometric mean of ' + str(len(legs)):73}{means[0]:11.3f}{means[1]:10.2f}")


if __name__ == "__main__":
    main()
