"""What a plan keeps so that it can be made again on the way, and what such a plan says: plain frozen records."""

from __future__ import annotations

from pacecalc.record import record


@record(kw_only=True)
class HourlyWeather:
    """The forecast a plan was made with, so that it can be made again without the file."""

    unix_time_s: tuple[float, ...]
    temperature_c: tuple[float, ...]
    humidity_fraction: tuple[float, ...] | None
    wind_m_per_s: tuple[float, ...] | None
    wind_from_deg: tuple[float, ...] | None
    cloud_fraction: tuple[float, ...] | None
    radiation_w_per_m2: tuple[float, ...] | None
    elevation_m: float | None
    source: str


@record(kw_only=True)
class Split:
    """A waypoint reached, by the athlete's own clock."""

    name: str
    arrive_s: float
    leave_s: float | None = None


@record(kw_only=True)
class CutStop:
    """A stop made shorter than planned, to stay legal."""

    name: str
    from_s: float
    to_s: float


@record(kw_only=True)
class ReplanFacts:
    """What a plan made on the way says about the day so far and the rest."""

    at: str
    """The last split."""
    late_s: float
    """Arrival there less the planned one."""
    expected_fraction: float
    """Change of the remaining moving time to expect at the planned effort; positive is slower."""
    unchanged_finish_s: float
    """Finish at the planned effort with the planned stops."""
    effort_fraction: float
    """Effort this plan asks of the rest, over the planned effort, less one."""
    hardest_fraction: float
    """The same of its hardest stretch."""
    cut_stops: tuple[CutStop, ...]
    reachable: tuple[str, ...]
    """Cutoffs ahead that this plan makes."""
    missed: tuple[str, ...]
    """Cutoffs ahead that it does not."""
    verdict: str
    """One line: legal, or what fails and by how much."""
