"""What is taken for granted about a day nobody described, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

from pacecalc.errors import UsageError
from pacecalc.planning.forecast import HourlyForecast
from pacecalc.planning.records import Assumption

DEFAULT_LOW_C = 8.0
DEFAULT_HIGH_C = 20.0
DEFAULT_HUMIDITY_FRACTION = 0.5
DEFAULT_WIND_M_PER_S = 0.0
DEFAULT_CLOUD_FRACTION = 0.0
"""The weather of a day nobody described: mild, still and clear. A choice, listed in ``Conditions.assumed``."""


def settle_temperatures(
    low_c: float | None,
    high_c: float | None,
    hourly: HourlyForecast | None,
    start_clock: datetime,
    assumed: list[Assumption],
) -> tuple[float, float]:
    """Low and high of the day: from the forecast, as given, or assumed."""
    if hourly is not None:
        _refuse_other_days(hourly, start_clock)
        return hourly.low_and_high(start_clock.timestamp())
    low_c = None if low_c is None else check_range("low", low_c, -50.0, 60.0)
    high_c = None if high_c is None else check_range("high", high_c, -50.0, 60.0)
    if low_c is None and high_c is None:
        low_c, high_c = DEFAULT_LOW_C, DEFAULT_HIGH_C
        assumed.append(Assumption(f"{low_c:.0f} to {high_c:.0f} degC", "--low and --high"))
    # One of the two given: the daily swing of the default day, a choice.
    if low_c is None:
        low_c = float(high_c or 0.0) - (DEFAULT_HIGH_C - DEFAULT_LOW_C)
        assumed.append(Assumption(f"low {low_c:.0f} degC", "--low"))
    if high_c is None:
        high_c = low_c + (DEFAULT_HIGH_C - DEFAULT_LOW_C)
        assumed.append(Assumption(f"high {high_c:.0f} degC", "--high"))
    if low_c > high_c:
        raise UsageError(f"the low ({low_c:g} degC) is above the high ({high_c:g} degC): exchange --low and --high")
    return low_c, high_c


def _refuse_other_days(hourly: HourlyForecast, start_clock: datetime) -> None:
    if not hourly.covers(start_clock.timestamp()):
        first, last = (datetime.fromtimestamp(float(hourly.unix_time_s[end]), tz=UTC) for end in (0, -1))
        raise UsageError(
            f"the forecast runs from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC, the race starts at "
            f"{start_clock:%Y-%m-%d %H:%M} UTC: give the forecast of that day, or its date with --date"
        )


def take_or_assume(
    value: float | None, default: float, words: str, change_with: str, assumed: list[Assumption], *, known: bool
) -> float:
    """The value given, else the default, listed as assumed unless a forecast knows better."""
    if value is not None:
        return float(value)
    if not known:
        assumed.append(Assumption(words, change_with))
    return default


def check_range(what: str, value: float, low: float, high: float) -> float:
    """The value as a float; refuses what lies outside, NaN included."""
    number = float(value)
    if not low <= number <= high:  # also refuses NaN
        raise UsageError(f"{what} is {number:g}: expected a number from {low:g} to {high:g}")
    return number
