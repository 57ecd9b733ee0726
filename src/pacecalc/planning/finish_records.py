"""What fitness predicts, and what a finish time asks of fitness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pacecalc.record import record

if TYPE_CHECKING:
    from pacecalc.units import Quantity


@record(kw_only=True)
class Estimate:
    """One way to the finish time."""

    method: str
    source: str
    time_s: float
    spread_fraction: float
    """Sd of ln(time)."""
    age_d: float
    distance_ratio: float
    """Flat-equivalent length of the race behind it over that of this course."""


@record(kw_only=True)
class FinishPrediction:
    """A finish time, stops included, with the band that eight of ten such athletes fall into."""

    time_s: float
    low_s: float
    high_s: float
    method: str
    estimates: tuple[Estimate, ...] = ()
    """Every way to the time; one for a ride."""
    mean_power_w: float | None = None
    normalised_power_w: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def time(self) -> Quantity[Any]:
        """Predicted finish time, in h."""
        return _hours(self.time_s)

    @property
    def low(self) -> Quantity[Any]:
        """Fast end of the band, in h."""
        return _hours(self.low_s)

    @property
    def high(self) -> Quantity[Any]:
        """Slow end of the band, in h."""
        return _hours(self.high_s)


@record(kw_only=True)
class FlatWorth:
    """What a finish time on a course is worth in races on the flat, cool, low and by day."""

    finish_s: float
    flat_distance_m: float
    """What the course counts as on the flat."""
    flat_time_s: float
    """Time over that length once altitude, heat and night are taken off."""
    marathon_s: float
    ten_km_s: float
    spread_fraction: float
    """Sd of ln(time) of runners of one ability."""

    @property
    def finish(self) -> Quantity[Any]:
        """The finish time asked about, in h."""
        return _hours(self.finish_s)

    @property
    def marathon(self) -> Quantity[Any]:
        """Flat marathon of the same fitness, in h."""
        return _hours(self.marathon_s)

    @property
    def ten_km(self) -> Quantity[Any]:
        """Flat 10 km of the same fitness, in min."""
        return _quantity(self.ten_km_s / 60.0, "min")


@record(kw_only=True)
class PowerNeed:
    """What it takes to ride a finish time."""

    finish_s: float
    threshold_power_w: float
    """As the athlete would measure it where they test."""
    threshold_low_w: float
    threshold_high_w: float
    """Band of riders: eight of ten need a threshold between these."""
    mean_power_w: float
    normalised_power_w: float
    effort: float
    """Fourth-power mean of power over what height and fatigue leave of threshold."""

    @property
    def finish(self) -> Quantity[Any]:
        """The finish time asked about, in h."""
        return _hours(self.finish_s)

    @property
    def threshold_power(self) -> Quantity[Any]:
        """Threshold power it takes, in W."""
        return _quantity(self.threshold_power_w, "W")

    @property
    def mean_power(self) -> Quantity[Any]:
        """Mean power of the ride, in W."""
        return _quantity(self.mean_power_w, "W")

    @property
    def normalised_power(self) -> Quantity[Any]:
        """Normalised power of the ride, in W."""
        return _quantity(self.normalised_power_w, "W")


def _hours(time_s: float) -> Quantity[Any]:
    return _quantity(time_s / 3600.0, "h")


def _quantity(value: float, unit: str) -> Quantity[Any]:
    # late, so that planning works and starts without pint
    from pacecalc.units import quantity

    return quantity(value, unit)
