"""How times, distances and the rest are said: the same words in every printout."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pacecalc.planning.records import GroundStretch, ItemCount
from pacecalc.record import record

METRES_PER_MILE = 1609.344
METRES_PER_FOOT = 0.3048
MILLILITRES_PER_FLUID_OUNCE = 29.5735295625
GRAMS_PER_POUND = 453.59237

System = Literal["metric", "imperial"]


@record()
class Units:
    """Metric or imperial, chosen once for a whole printout."""

    system: System

    @property
    def distance(self) -> str:
        return "km" if self.system == "metric" else "mi"

    @property
    def height(self) -> str:
        return "m" if self.system == "metric" else "ft"

    @property
    def temperature(self) -> str:
        return "°C" if self.system == "metric" else "°F"

    @property
    def speed(self) -> str:
        return "km/h" if self.system == "metric" else "mph"

    def say_distance(self, distance_m: float) -> str:
        return f"{distance_m / (1000.0 if self.system == 'metric' else METRES_PER_MILE):.1f}"

    def say_height(self, height_m: float) -> str:
        return f"{height_m / (1.0 if self.system == 'metric' else METRES_PER_FOOT):,.0f}"

    def say_temperature(self, temperature_c: float) -> str:
        value = temperature_c if self.system == "metric" else temperature_c * 1.8 + 32.0
        return f"{round(value):d}"

    def say_speed(self, speed_m_per_s: float) -> str:
        return f"{speed_m_per_s * 3600.0 / (1000.0 if self.system == 'metric' else METRES_PER_MILE):.1f}"

    def say_ground(self, ground: Iterable[GroundStretch]) -> str:
        """The ground of the day, to go after the weather; empty where nobody said any."""
        return "".join(
            f", {stretch.surface.replace('_', ' ')} from {self.say_distance(stretch.start_m)} to "
            f"{self.say_distance(stretch.end_m)} {self.distance}"
            for stretch in ground
        )

    def say_pace(self, pace_s_per_km: float) -> str:
        """Minutes and seconds per km or mile, to 5 s."""
        seconds = pace_s_per_km * (1.0 if self.system == "metric" else METRES_PER_MILE / 1000.0)
        return say_minutes(5.0 * round(seconds / 5.0))

    def say_fluid(self, volume_ml: float) -> str:
        if self.system == "metric":
            return f"{volume_ml / 1000.0:.1f} L"
        return f"{volume_ml / MILLILITRES_PER_FLUID_OUNCE:.0f} fl oz"

    def say_sips(self, volume_ml: float) -> str:
        if self.system == "metric":
            return f"{10 * round(volume_ml / 10.0):d} mL"
        return f"{volume_ml / MILLILITRES_PER_FLUID_OUNCE:.0f} fl oz"


METRIC = Units("metric")
IMPERIAL = Units("imperial")


def say_elapsed(seconds: float) -> str:
    """Hours and minutes, rounded to the minute: ``3:42``."""
    minutes = round(seconds / 60.0)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60:d}:{abs(minutes) % 60:02d}"


def say_elapsed_s(seconds: float) -> str:
    """Hours, minutes and seconds: ``11:45:00``."""
    whole = round(seconds)
    return f"{whole // 3600:d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def say_minutes(seconds: float) -> str:
    """Minutes and seconds: ``7:05``."""
    whole = round(seconds)
    return f"{whole // 60:d}:{whole % 60:02d}"


def say_clock(clock: datetime, start: datetime) -> str:
    """Wall-clock time; the weekday too once the day has changed: ``10:32``, ``Sun 02:14``."""
    # Rounded like elapsed times are, so that both columns agree to the minute.
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    minutes = round(seconds / 60.0) % 1440
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    day = clock.date() if seconds < 86370 else clock.fromordinal(clock.toordinal() + 1).date()
    return text if day == start.date() else f"{DAYS[day.weekday()]} {text}"


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_date(day: date) -> str:
    """``Sat 15 Aug 2026``, whatever the locale."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def say_probability(probability: float) -> str:
    """Whole per cent; never 0 % or 100 % of something that can happen."""
    if probability <= 0.0:
        return "0 %"
    if probability < 0.005:
        return "<1 %"
    if 0.995 < probability < 1.0:
        return ">99 %"
    return f"{100.0 * probability:.0f} %"


MARGIN_NOISE_S = 0.1
MARGIN_STEP_S = 0.5
"""Margins are told by the second: 4 min 59.8 s is five minutes."""
TIGHT_S = 900.0
"""A margin of up to a quarter of an hour is called tight; a choice."""


def say_margin(margin_s: float) -> tuple[str, str]:
    """Signed minutes with a word, and the tone: ``("+18 safe", "good")``."""
    # Whole minutes, rounded down; pacing hits a margin to a few tenths of a second.
    slack_s = MARGIN_NOISE_S if margin_s < -MARGIN_NOISE_S else MARGIN_STEP_S
    minutes = int((margin_s + slack_s) // 60)
    if margin_s < -MARGIN_NOISE_S:
        return f"{minutes:+d} MISSED", "bad"
    if margin_s < TIGHT_S + 30.0:
        return f"{minutes:+d} tight", "tight"
    if minutes >= 120:
        return f"+{minutes // 60}h{minutes % 60:02d} safe", "good"
    return f"{minutes:+d} safe", "good"


def say_items(items: Iterable[ItemCount]) -> str:
    """``2 gels, 1 rice ball``: whole pieces, in the order given."""
    return ", ".join(f"{item.count} {item.name}" for item in items)


def say_watts(power_w: float) -> str:
    return f"{5 * round(power_w / 5.0):d}"
