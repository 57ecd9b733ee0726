"""When no plan is legal: the first cutoff that fails, by how much, and what would change it."""

from __future__ import annotations

import numpy as np

from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.schedule import StretchTable
from pacecalc.record import record

LATE_S = 0.5
"""Later than this is missed; pacing itself is good to a few hundredths of a second."""


@record(kw_only=True)
class Shortfall:
    """The first cutoff a plan misses, and the ways out, each enough by itself."""

    waypoint: int
    name: str
    late_s: float
    stops_s: float
    """Standing still planned before it, its own stop too where the cutoff is on leaving."""
    start_delay_s: float
    """Lost between the gun and the start line."""
    effort_fraction: float | None
    """Extra effort needed on the way there; None when no effort is enough."""
    power_w: float | None
    """Extra mean power of a ride."""

    @property
    def shorter_stops_help(self) -> bool:
        return self.stops_s >= self.late_s

    @property
    def earlier_start_helps(self) -> bool:
        return self.start_delay_s >= self.late_s

    def say(self) -> str:
        """One line: what fails, by how much, and what would change it."""
        late = _minutes(self.late_s)
        ways = []
        if self.shorter_stops_help:
            ways.append(f"stops {late} min shorter before it (of {_minutes(self.stops_s)} planned)")
        if self.earlier_start_helps:
            ways.append(f"a start {late} min earlier (corral or wave)")
        if self.effort_fraction is not None:
            harder = f"{max(100.0 * self.effort_fraction, 1.0):.0f} % more effort on the way there"
            if self.power_w is not None:
                harder += f" (about {max(5.0 * round(self.power_w / 5.0), 5.0):.0f} W)"
            ways.append(harder)
        said = f"{self.name} is missed by {late} min"
        return f"{said}; it would take {', or '.join(ways)}." if ways else f"{said}, and no effort would change it."


def find_shortfall(paced: PacedRace, start_delay_s: float = 0.0, begin: int = 0) -> Shortfall | None:
    """The first cutoff after waypoint ``begin`` that a paced race misses; None when it is legal."""
    for index, deadline in enumerate(paced.deadlines):
        if deadline is None or index <= begin:
            continue
        stop_s = float(paced.stops_s[index])
        late_s = float(paced.arrive_s[index]) - deadline.latest_arrival_s(stop_s)
        if late_s <= LATE_S:
            continue
        stops_s = float(paced.stops_s[begin:index].sum()) + (stop_s if deadline.applies == "leaving" else 0.0)
        effort, power_w = _extra_effort(paced, begin, index, late_s)
        return Shortfall(
            waypoint=index,
            name=paced.course.waypoints[index].name,
            late_s=late_s,
            stops_s=stops_s,
            start_delay_s=start_delay_s if deadline.measured == "gun" and begin == 0 else 0.0,
            effort_fraction=effort,
            power_w=power_w,
        )
    return None


def _extra_effort(paced: PacedRace, begin: int, index: int, late_s: float) -> tuple[float | None, float | None]:
    """Share of effort, and watts, by which the way to a waypoint would have to be harder."""
    cells = slice(int(paced.edges[begin]), int(paced.edges[index]))
    wanted_s = float(paced.pace.time_s[cells].sum()) - late_s
    levels = paced.level
    table = StretchTable(lambda factor: np.array([paced.demand.cell_times_s(levels * factor)[cells].sum()]))
    factor = table.level_for(0, 1, wanted_s)
    if not np.isfinite(factor):
        return None, None
    if paced.pace.power_w is None:
        return factor - 1.0, None
    harder = paced.demand.pace(levels * factor)
    if harder.power_w is None:
        return factor - 1.0, None

    def mean_w(power_w: np.ndarray[tuple[int, ...], np.dtype[np.float64]], time_s: object) -> float:
        return float(np.average(power_w[cells], weights=np.asarray(time_s)[cells]))

    return factor - 1.0, mean_w(harder.power_w, harder.time_s) - mean_w(paced.pace.power_w, paced.pace.time_s)


def _minutes(seconds: float) -> str:
    """Whole minutes, never fewer than it takes."""
    return f"{int(np.ceil(seconds / 60.0 - 1e-6)):d}"
