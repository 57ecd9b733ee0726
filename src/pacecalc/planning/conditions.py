"""The day of the race: clock, sun, temperature, humidity, wind and heat wherever the athlete is at that hour.

All arithmetic is in UTC: elapsed time is physical time, so a change to or from summer time during the race only shows
on the clock. Heat is evaluated on a grid of time by elevation and interpolated, because one plan asks for it at
17,000 cells several times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.planning.assumed_weather import (
    DEFAULT_CLOUD_FRACTION,
    DEFAULT_HUMIDITY_FRACTION,
    DEFAULT_WIND_M_PER_S,
    check_range,
    settle_temperatures,
    take_or_assume,
)
from pacecalc.planning.congestion import settle_congestion
from pacecalc.planning.course import Course
from pacecalc.planning.forecast import HourlyForecast
from pacecalc.planning.records import Assumption, Daylight
from pacecalc.planning.weather_grid import (
    ELEVATION_NODES,
    follow_place,
    interpolate_grid,
    lay_solar_days,
    lay_time_nodes,
)
from pacecalc.record import record
from pacecalc.science.altitude import standard_pressure
from pacecalc.science.daylight import (
    CIVIL_TWILIGHT_ELEVATION_DEG,
    SECONDS_PER_DAY,
    SUNRISE_ELEVATION_DEG,
    estimate_darkness,
    estimate_sun_elevation,
)
from pacecalc.science.heat import estimate_heat_factor
from pacecalc.science.liljegren import estimate_outdoor_heat
from pacecalc.science.sunshine import (
    estimate_absorbed_sun,
    estimate_clear_sky_radiation,
    estimate_cloud_transmission,
    estimate_direct_share,
)
from pacecalc.science.wbgt import estimate_simple_wbgt
from pacecalc.science.weather import (
    estimate_air_temperature,
    estimate_saturation_pressure,
    move_temperature,
)

SIMPLE_WBGT_SUN_DEG = 30.0
"""The simple daytime WBGT assumes a moderately high sun: it counts in full from this elevation, not at all from sunset
down, in proportion to the sine between (a choice)."""


@record(kw_only=True)
class Conditions:
    """Weather and light of one race day, as functions of elapsed time [s] and place.

    ``low_c`` and ``high_c`` hold at ``at_elevation_m``. Relative humidity is given at the mean of low and high; the
    water in the air stays the same through the day, so the air is moister at dawn and drier in the afternoon.
    """

    gun_clock: datetime
    start_clock: datetime
    start_delay_s: float
    timezone: str
    date_shift_days: int
    """Days from the course's own date to this one."""
    low_c: float
    high_c: float
    humidity_fraction: float
    wind_m_per_s: float
    wind_from_deg: float | None
    cloud_fraction: float
    at_elevation_m: float
    wind_known: bool
    latitude_deg: float
    """Middle of the course, where the daily temperature curve gets its sunrise from."""
    longitude_deg: float
    crowd_s: float = 0.0
    """Time a rider loses in the crowd after the start."""
    hourly: HourlyForecast | None = None
    assumed: tuple[Assumption, ...] = ()

    def clock(self, elapsed_s: float) -> datetime:
        """Local clock of the course after so much elapsed time."""
        moment = self.start_clock.astimezone(UTC) + timedelta(seconds=float(elapsed_s))
        return moment.astimezone(ZoneInfo(self.timezone))

    def shift_clock(self, clock: datetime) -> datetime:
        """A clock time of the course's own edition (a cutoff), moved to this race day at the same local time."""
        zone = ZoneInfo(self.timezone)
        local = clock.astimezone(zone)
        moved = datetime.combine(local.date() + timedelta(days=self.date_shift_days), local.time(), tzinfo=zone)
        return moved.astimezone(UTC).astimezone(zone)

    def sun_elevation_deg(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike | None = None,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """Elevation of the sun where the athlete is; the middle of the course when no place is given.

        Height above the sea plays no part; it stands here so that every method is called the same way.
        """
        latitude = self.latitude_deg if latitude_deg is None else latitude_deg
        longitude = self.longitude_deg if longitude_deg is None else longitude_deg
        return estimate_sun_elevation(self._unix_s(elapsed_s), latitude, longitude)

    def darkness(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike | None = None,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """0 by day .. 1 past civil twilight."""
        return estimate_darkness(self.sun_elevation_deg(elapsed_s, elevation_m, latitude_deg, longitude_deg))

    def daylight_word(
        self,
        elapsed_s: float,
        latitude_deg: float | None = None,
        longitude_deg: float | None = None,
    ) -> Daylight:
        """Day, twilight or night at one moment and place."""
        elevation = float(self.sun_elevation_deg(elapsed_s, None, latitude_deg, longitude_deg))
        if elevation >= SUNRISE_ELEVATION_DEG:
            return "day"
        return "twilight" if elevation >= CIVIL_TWILIGHT_ELEVATION_DEG else "night"

    def temperature_c(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """Air temperature; the daily curve belongs to the whole course, the lapse to the place."""
        elapsed = as_floats(elapsed_s)
        node_s = lay_time_nodes(elapsed)
        reference_c = np.interp(elapsed, node_s, self._reference_temperature_c(node_s))
        return move_temperature(reference_c, as_floats(elevation_m) - self.at_elevation_m)

    def humidity_fraction_at(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """Relative humidity where the athlete is, never above 1."""
        return self._on_grid(
            lambda node_s, height_m, _sun_deg: self._humidity(node_s, height_m), elapsed_s, elevation_m, None, None
        )

    def wbgt_c(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """Wet-bulb globe temperature: Liljegren's model when the wind is known, else the simple forms by sun."""
        return self._on_grid(self._wbgt_at_nodes, elapsed_s, elevation_m, latitude_deg, longitude_deg)

    def heat_factor(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
        *,
        marathon_time_s: float,
        acclimatised: bool | float = False,
    ) -> FloatArray:
        """Pace of a runner in this heat relative to a cool day; ability is the equivalent flat marathon time."""
        wbgt = self.wbgt_c(elapsed_s, elevation_m, latitude_deg, longitude_deg)
        return estimate_heat_factor(wbgt, marathon_time_s, float(acclimatised))

    def solar_gain_w_per_m2(
        self,
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike | None = None,
        latitude_deg: ArrayLike | None = None,
        longitude_deg: ArrayLike | None = None,
    ) -> FloatArray:
        """Sunlight absorbed per body area in light clothes, for the sweat model."""

        def gain(node_s: FloatArray, _height_m: FloatArray, sun_deg: FloatArray) -> FloatArray:
            radiation, direct = self._radiation(node_s, sun_deg)
            return estimate_absorbed_sun(radiation, direct, sun_deg)

        return self._on_grid(gain, elapsed_s, 0.0, latitude_deg, longitude_deg)

    def warmer_by(self, kelvin: float) -> Conditions:
        """The same day, so much warmer all through (colder when negative), for what-if and for the odds."""
        hourly = self.hourly
        if hourly is not None:
            hourly = replace(hourly, temperature_c=hourly.temperature_c + kelvin)
        return replace(self, low_c=self.low_c + kelvin, high_c=self.high_c + kelvin, hourly=hourly)

    def wind(self, elapsed_s: ArrayLike) -> tuple[FloatArray, FloatArray | None]:
        """Wind speed [m/s] and, when known, the direction it comes from [deg]."""
        elapsed = as_floats(elapsed_s)
        if self.hourly is not None and self.hourly.wind_m_per_s is not None:
            return self.hourly.wind(self._unix_s(elapsed))
        speed = np.full(elapsed.shape, self.wind_m_per_s)
        return speed, None if self.wind_from_deg is None else np.full(elapsed.shape, self.wind_from_deg)

    def _unix_s(self, elapsed_s: ArrayLike) -> FloatArray:
        return self.start_clock.timestamp() + as_floats(elapsed_s)

    def _reference_temperature_c(self, elapsed_s: FloatArray) -> FloatArray:
        unix_s = self._unix_s(elapsed_s)
        if self.hourly is not None:
            return self.hourly.temperature(unix_s)
        sunrise_h, sunset_h, hour_h = self._solar_hours(unix_s)
        return estimate_air_temperature(hour_h, sunrise_h, sunset_h, self.low_c, self.high_c)

    def _solar_hours(self, unix_s: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Sunrise, sunset and the time itself, in hours of the local mean solar day; smooth from day to day."""
        solar_s = unix_s + 240.0 * self.longitude_deg
        first, last = np.floor(solar_s.min() / SECONDS_PER_DAY), np.floor(solar_s.max() / SECONDS_PER_DAY)
        noon_s, length_h, middle_h = lay_solar_days(float(first), float(last), self.latitude_deg, self.longitude_deg)
        length = np.interp(unix_s, noon_s, length_h)
        middle = np.interp(unix_s, noon_s, middle_h)
        return middle - length / 2.0, middle + length / 2.0, (solar_s % SECONDS_PER_DAY) / 3600.0

    def _humidity(self, node_s: FloatArray, height_m: FloatArray) -> FloatArray:
        reference_c = self._reference_temperature_c(node_s)
        if self.hourly is not None and self.hourly.humidity_fraction is not None:
            vapour = self.hourly.humidity(self._unix_s(node_s)) * estimate_saturation_pressure(reference_c)
        else:
            mean_c = 0.5 * (self.low_c + self.high_c)
            vapour = np.full(node_s.shape, self.humidity_fraction * float(estimate_saturation_pressure(mean_c)))
        thinner = standard_pressure(height_m) / standard_pressure(self.at_elevation_m)
        here_c = move_temperature(reference_c, height_m - self.at_elevation_m)
        humidity: FloatArray = np.minimum(vapour * thinner / estimate_saturation_pressure(here_c), 1.0)
        return humidity

    def _radiation(self, node_s: FloatArray, sun_deg: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Global radiation [W/m^2] and its direct share; none with the sun below the horizon."""
        cosine = np.sin(np.radians(sun_deg))
        if self.hourly is not None and self.hourly.radiation_w_per_m2 is not None:
            radiation = np.where(cosine > 0.0, self.hourly.radiation(self._unix_s(node_s)), 0.0)
        else:
            radiation = estimate_clear_sky_radiation(cosine) * estimate_cloud_transmission(self._cloud(node_s))
        return radiation, estimate_direct_share(radiation, cosine)

    def _cloud(self, node_s: FloatArray) -> FloatArray:
        if self.hourly is not None and self.hourly.cloud_fraction is not None:
            return self.hourly.cloud(self._unix_s(node_s))
        return np.full(node_s.shape, self.cloud_fraction)

    def _wbgt_at_nodes(self, node_s: FloatArray, height_m: FloatArray, sun_deg: FloatArray) -> FloatArray:
        here_c = move_temperature(self._reference_temperature_c(node_s), height_m - self.at_elevation_m)
        humidity = self._humidity(node_s, height_m)
        radiation, direct = self._radiation(node_s, sun_deg)
        cosine = np.sin(np.radians(sun_deg))
        if self.wind_known:
            speed = self.wind(node_s)[0]
            pressure_hpa = standard_pressure(height_m) / 100.0
            up = np.maximum(cosine, 0.0)
            return estimate_outdoor_heat(here_c, humidity, pressure_hpa, speed, radiation, direct, up).wbgt_c
        sunny = np.clip(cosine / np.sin(np.radians(SIMPLE_WBGT_SUN_DEG)), 0.0, 1.0)
        return estimate_simple_wbgt(here_c, humidity, sunny * estimate_cloud_transmission(self._cloud(node_s)))

    def _on_grid(
        self,
        evaluate: Callable[[FloatArray, FloatArray, FloatArray], FloatArray],
        elapsed_s: ArrayLike,
        elevation_m: ArrayLike,
        latitude_deg: ArrayLike | None,
        longitude_deg: ArrayLike | None,
    ) -> FloatArray:
        """Evaluate on a grid of time by elevation that holds every cell, then interpolate."""
        elapsed, elevation = np.broadcast_arrays(as_floats(elapsed_s), as_floats(elevation_m))
        node_s = lay_time_nodes(elapsed)
        sun_deg = estimate_sun_elevation(
            self._unix_s(node_s),
            follow_place(node_s, elapsed, self.latitude_deg if latitude_deg is None else latitude_deg),
            follow_place(node_s, elapsed, self.longitude_deg if longitude_deg is None else longitude_deg),
        )
        low, high = float(elevation.min()), float(elevation.max())
        heights = np.linspace(low, high, ELEVATION_NODES) if high > low + 1.0 else np.array([low])
        grid_s = np.repeat(node_s, len(heights))
        values = evaluate(grid_s, np.tile(heights, len(node_s)), np.repeat(sun_deg, len(heights)))
        return interpolate_grid(values.reshape(len(node_s), len(heights)), node_s, heights, elapsed, elevation)


def build_conditions(
    course: Course,
    *,
    date: date | None = None,
    start_delay_s: float = 0.0,
    crowd_s: float | None = None,
    low_c: float | None = None,
    high_c: float | None = None,
    humidity_fraction: float | None = None,
    wind_m_per_s: float | None = None,
    wind_from_deg: float | None = None,
    cloud_fraction: float | None = None,
    at_elevation_m: float | None = None,
    hourly: HourlyForecast | None = None,
) -> Conditions:
    """The race day from what is known of it; what is not is assumed and listed.

    ``date`` keeps the local start time of the course. An hourly forecast replaces low and high and, where it has
    them, humidity, wind and cloud.
    """
    gun_clock, shift_days = _gun_clock(course, date)
    start_clock = gun_clock.astimezone(UTC) + timedelta(seconds=check_range("start delay", start_delay_s, 0.0, 86400.0))
    assumed: list[Assumption] = []
    crowd, crowd_assumed = settle_congestion(course, start_delay_s, crowd_s)
    low, high = settle_temperatures(low_c, high_c, hourly, start_clock, assumed)
    humidity = take_or_assume(
        humidity_fraction,
        DEFAULT_HUMIDITY_FRACTION,
        "humidity 50 %",
        "--humidity",
        assumed,
        known=hourly is not None and hourly.humidity_fraction is not None,
    )
    windy = wind_m_per_s is not None or (hourly is not None and hourly.wind_m_per_s is not None)
    wind = take_or_assume(wind_m_per_s, DEFAULT_WIND_M_PER_S, "still air", "--wind", assumed, known=windy)
    cloud = take_or_assume(
        cloud_fraction,
        DEFAULT_CLOUD_FRACTION,
        "clear sky",
        "--cloud",
        assumed,
        known=hourly is not None and (hourly.cloud_fraction is not None or hourly.radiation_w_per_m2 is not None),
    )
    height = at_elevation_m if at_elevation_m is not None else hourly.elevation_m if hourly is not None else None
    if height is None:
        height = float(course.elevation_m[0])
    return Conditions(
        gun_clock=gun_clock,
        start_clock=start_clock.astimezone(ZoneInfo(course.timezone)),
        start_delay_s=float(start_delay_s),
        timezone=course.timezone,
        date_shift_days=shift_days,
        low_c=low,
        high_c=high,
        humidity_fraction=check_range("humidity", humidity, 0.0, 1.0),
        wind_m_per_s=check_range("wind", wind, 0.0, 60.0),
        wind_from_deg=None if wind_from_deg is None else check_range("wind direction", wind_from_deg, 0.0, 360.0),
        cloud_fraction=check_range("cloud", cloud, 0.0, 1.0),
        at_elevation_m=check_range("elevation of the forecast", height, -500.0, 9000.0),
        wind_known=windy,
        latitude_deg=float(course.latitude_deg[len(course.latitude_deg) // 2]),
        longitude_deg=float(course.longitude_deg[len(course.longitude_deg) // 2]),
        crowd_s=crowd,
        hourly=hourly,
        assumed=(*assumed, *crowd_assumed),
    )


def _gun_clock(course: Course, race_date: date | None) -> tuple[datetime, int]:
    zone = ZoneInfo(course.timezone)
    local = course.start_clock.astimezone(zone)
    if race_date is None:
        return local, 0
    moved = datetime.combine(race_date, local.time(), tzinfo=zone)
    # Through UTC and back: an hour that does not exist on the night clocks go forward becomes the next real one.
    return moved.astimezone(UTC).astimezone(zone), (race_date - local.date()).days
