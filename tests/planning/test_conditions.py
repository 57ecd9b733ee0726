"""The race day at any hour and place: clocks, sun, temperature, heat."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacecalc.clocks import seconds_since
from pacecalc.errors import UsageError
from pacecalc.planning.assumed_weather import DEFAULT_HIGH_C, DEFAULT_LOW_C
from pacecalc.planning.conditions import Conditions, build_conditions
from pacecalc.planning.course import Course, Waypoint
from pacecalc.planning.forecast import HourlyForecast
from pacecalc.science.liljegren import estimate_outdoor_heat
from pacecalc.science.wbgt import estimate_simple_wbgt

HOUR_S = 3600.0


def make_course(
    start: str = "2024-08-30 18:00",
    timezone: str = "Europe/Paris",
    latitude: tuple[float, float] = (45.92, 45.92),
    longitude: tuple[float, float] = (6.87, 6.87),
    low_m: float = 1000.0,
    high_m: float = 2500.0,
) -> Course:
    cells = 1000
    elevation = low_m + (high_m - low_m) * np.sin(np.linspace(0.0, 3.0 * np.pi, cells + 1)) ** 2
    clock = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(timezone))
    ends = [Waypoint(name=name, kind=name, distance_m=at) for name, at in (("start", 0.0), ("finish", 100_000.0))]
    return Course(
        id="somewhere",
        name="Somewhere",
        sport="run",
        edition="2024",
        cell_m=100.0,
        elevation_m=elevation,
        grade=np.diff(elevation) / 100.0,
        surface=np.zeros(cells, dtype=np.uint8),
        waypoints=tuple(ends),
        ascent_m=4500.0,
        descent_m=4500.0,
        published_ascent_m=None,
        start_clock=clock,
        timezone=timezone,
        latitude_deg=np.linspace(*latitude, cells + 1),
        longitude_deg=np.linspace(*longitude, cells + 1),
    )


def local(day: Conditions, text: str) -> float:
    """Elapsed time at a local clock time."""
    return seconds_since(day.start_clock, datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(day.timezone)))


def test_a_day_nobody_described_is_mild_still_and_clear_and_says_so() -> None:
    day = build_conditions(make_course())
    assert (day.low_c, day.high_c, day.humidity_fraction) == (DEFAULT_LOW_C, DEFAULT_HIGH_C, 0.5) == (8.0, 20.0, 0.5)
    assert (day.wind_m_per_s, day.cloud_fraction, day.wind_known) == (0.0, 0.0, False)
    assert [item.change_with for item in day.assumed] == ["--low and --high", "--humidity", "--wind", "--cloud"]


def test_what_is_given_is_not_assumed() -> None:
    day = build_conditions(
        make_course(), low_c=4.0, high_c=24.0, humidity_fraction=0.35, wind_m_per_s=3.0, wind_from_deg=270.0,
        cloud_fraction=0.2, at_elevation_m=1035.0,
    )  # fmt: skip
    assert day.assumed == ()
    assert day.wind_from_deg == 270.0
    assert day.at_elevation_m == 1035.0


def test_one_of_low_and_high_brings_the_usual_swing() -> None:
    hot = build_conditions(make_course(), high_c=34.0)
    assert (hot.low_c, hot.high_c) == (22.0, 34.0)
    cold = build_conditions(make_course(), low_c=0.0)
    assert (cold.low_c, cold.high_c) == (0.0, 12.0)
    assert cold.assumed[0].change_with == "--high"


def test_low_and_high_are_met_at_the_height_they_are_given_for() -> None:
    day = build_conditions(make_course(), low_c=4.0, high_c=24.0, at_elevation_m=1200.0)
    hours = np.arange(0.0, 48.0, 0.1) * HOUR_S
    there = day.temperature_c(hours, 1200.0)
    assert there.min() == pytest.approx(4.0, abs=0.1)
    assert there.max() == pytest.approx(24.0, abs=0.1)
    assert day.temperature_c(hours, 2200.0) == pytest.approx(there - 6.5)
    assert np.max(np.abs(np.diff(there))) < 0.5


def test_it_is_warmest_in_the_afternoon_and_coldest_at_dawn_on_every_day_of_a_long_race() -> None:
    day = build_conditions(make_course())
    hours = np.arange(0.0, 144.0, 0.05)
    curve = day.temperature_c(hours * HOUR_S, 1000.0)
    for number in range(1, 6):
        today = (hours >= 24.0 * number - 18.0) & (hours < 24.0 * number + 6.0)
        warmest = day.clock(float(hours[today][curve[today].argmax()]) * HOUR_S)
        coldest = day.clock(float(hours[today][curve[today].argmin()]) * HOUR_S)
        assert 14 <= warmest.hour <= 16
        assert 6 <= coldest.hour <= 7


def test_a_new_date_keeps_the_local_start_and_moves_clock_cutoffs_along() -> None:
    course = make_course("2025-08-16 04:00", "America/Denver")
    day = build_conditions(course, date=date(2026, 8, 15))
    assert day.gun_clock.isoformat() == "2026-08-15T04:00:00-06:00"
    assert day.date_shift_days == 364
    cutoff = datetime(2025, 8, 17, 10, 0, tzinfo=ZoneInfo("America/Denver"))
    assert day.shift_clock(cutoff).isoformat() == "2026-08-16T10:00:00-06:00"


def test_a_date_in_the_other_half_of_the_year_keeps_local_time_across_the_offset() -> None:
    course = make_course("2025-08-16 04:00", "America/Denver")
    day = build_conditions(course, date=date(2025, 12, 1))
    assert day.gun_clock.isoformat() == "2025-12-01T04:00:00-07:00"
    assert day.shift_clock(course.start_clock) == day.gun_clock


def test_start_delay_moves_the_athletes_clock_not_the_gun() -> None:
    day = build_conditions(make_course(), start_delay_s=1200.0)
    assert day.start_clock - day.gun_clock == timedelta(minutes=20)
    assert day.clock(0.0) == day.start_clock


def test_clocks_going_back_in_the_night_do_not_stop_the_race() -> None:
    # Europe/Paris, 27 October 2024 03:00 -> 02:00.
    day = build_conditions(make_course("2024-10-26 18:00"))
    assert day.clock(8 * HOUR_S).isoformat() == "2024-10-27T02:00:00+02:00"
    assert day.clock(9 * HOUR_S).isoformat() == "2024-10-27T02:00:00+01:00"
    assert day.clock(20 * HOUR_S).isoformat() == "2024-10-27T13:00:00+01:00"
    # Physical noon stays where the sun is: no jump in light or temperature at the change.
    seconds = np.arange(7.5, 10.5, 0.01) * HOUR_S
    assert np.max(np.abs(np.diff(day.sun_elevation_deg(seconds)))) < 0.2
    assert np.max(np.abs(np.diff(day.temperature_c(seconds, 1000.0)))) < 0.1


def test_clocks_going_forward_skip_an_hour_that_a_start_may_fall_into() -> None:
    # America/Denver, 9 March 2025: 02:00 -> 03:00; a 02:30 start does not exist and becomes 03:30.
    course = make_course("2025-08-16 02:30", "America/Denver")
    assert build_conditions(course, date=date(2025, 3, 9)).gun_clock.isoformat() == "2025-03-09T03:30:00-06:00"


def test_dusk_and_dawn_at_chamonix_on_30_august_2024() -> None:
    day = build_conditions(make_course())
    for text, word in (
        ("2024-08-30 20:13", "day"), ("2024-08-30 20:15", "twilight"), ("2024-08-30 20:46", "night"),
        ("2024-08-31 06:20", "night"), ("2024-08-31 06:24", "twilight"), ("2024-08-31 06:55", "day"),
    ):  # fmt: skip
        assert day.daylight_word(local(day, text)) == word, text
    assert float(day.darkness(local(day, "2024-08-31 00:00"))) == 1.0
    assert 0.3 < float(day.darkness(local(day, "2024-08-30 20:29"))) < 0.7


def test_running_east_brings_the_night_earlier() -> None:
    day = build_conditions(make_course(longitude=(0.0, 15.0)))
    at_dusk = local(day, "2024-08-30 20:30")
    west, east = day.darkness([at_dusk, at_dusk], 1000.0, 45.9, np.array([0.0, 15.0]))
    assert west == 0.0
    assert east == 1.0


def test_no_night_in_the_arctic_summer_and_no_day_in_its_winter() -> None:
    north = {"timezone": "Europe/Oslo", "latitude": (69.6, 69.7), "longitude": (18.9, 19.0)}
    summer = build_conditions(make_course("2024-06-21 06:00", **north))  # type: ignore[arg-type]
    winter = build_conditions(make_course("2024-12-21 06:00", **north), low_c=-8.0, high_c=-2.0)  # type: ignore[arg-type]
    hours = np.arange(0.0, 48.0, 0.25) * HOUR_S
    assert summer.darkness(hours).max() == 0.0
    assert summer.temperature_c(hours, 1000.0).max() == pytest.approx(20.0, abs=0.2)
    assert summer.temperature_c(hours, 1000.0).min() == pytest.approx(8.0, abs=0.2)
    assert winter.darkness(hours).min() > 0.3
    assert winter.temperature_c(hours, 1000.0).max() == pytest.approx(-2.0, abs=0.2)


def test_air_is_moister_at_dawn_and_drier_in_the_afternoon_with_the_same_water_in_it() -> None:
    day = build_conditions(make_course(), low_c=4.0, high_c=24.0, humidity_fraction=0.35)
    dawn, noon = local(day, "2024-08-31 06:30"), local(day, "2024-08-31 15:30")
    wet, dry = day.humidity_fraction_at([dawn, noon], 1000.0)
    assert wet == pytest.approx(0.69, abs=0.03)
    assert dry == pytest.approx(0.19, abs=0.02)
    assert day.humidity_fraction_at(dawn, 4000.0) <= 1.0


def test_the_daytime_form_of_wbgt_is_never_used_in_the_dark() -> None:
    day = build_conditions(make_course(), low_c=14.0, high_c=30.0)
    for text in ("2024-08-30 22:00", "2024-08-31 02:00", "2024-08-31 05:00"):
        at = local(day, text)
        air, humid = day.temperature_c(at, 1000.0), day.humidity_fraction_at(at, 1000.0)
        felt = float(day.wbgt_c(at, 1000.0))
        assert felt == pytest.approx(float(estimate_simple_wbgt(air, humid, 0.0)), abs=0.1)
        assert felt < float(estimate_simple_wbgt(air, humid, 1.0)) - 2.0
    at = local(day, "2024-08-31 14:00")
    air, humid = day.temperature_c(at, 1000.0), day.humidity_fraction_at(at, 1000.0)
    assert float(day.wbgt_c(at, 1000.0)) == pytest.approx(float(estimate_simple_wbgt(air, humid, 1.0)), abs=0.1)


def test_wbgt_changes_smoothly_through_dusk_and_dawn() -> None:
    for given_ in ({}, {"wind_m_per_s": 2.0}):
        day = build_conditions(make_course(), low_c=14.0, high_c=30.0, **given_)
        minutes = np.arange(0.0, 24.0 * 60.0) * 60.0
        assert np.max(np.abs(np.diff(day.wbgt_c(minutes, 1500.0)))) < 0.25


def test_with_wind_the_grid_agrees_with_liljegren_at_the_cell() -> None:
    day = build_conditions(make_course(), low_c=14.0, high_c=30.0, wind_m_per_s=2.0)
    at, elevation = local(day, "2024-08-31 12:37"), 1430.0
    cells = np.linspace(0.0, 40.0 * HOUR_S, 3000)
    heights = np.interp(cells, [0.0, 20.0 * HOUR_S, 40.0 * HOUR_S], [1000.0, 2500.0, 1000.0])
    on_grid = day.wbgt_c(np.append(cells, at), np.append(heights, elevation))[-1]
    alone = day.wbgt_c(np.array([at]), np.array([elevation]))[0]
    assert on_grid == pytest.approx(alone, abs=0.1)
    still = build_conditions(make_course(), low_c=14.0, high_c=30.0, wind_m_per_s=8.0)
    assert still.wbgt_c(at, elevation) < alone
    night = local(day, "2024-08-31 02:00")
    model = estimate_outdoor_heat(
        day.temperature_c(night, 1000.0), day.humidity_fraction_at(night, 1000.0), 898.7, 2.0, 0.0, 0.0, 0.0
    ).wbgt_c
    assert float(day.wbgt_c(night, 1000.0)) == pytest.approx(float(model), abs=0.1)


def test_cloud_takes_the_sun_away() -> None:
    clear, grey = (build_conditions(make_course(), low_c=14.0, high_c=30.0, cloud_fraction=c) for c in (0.0, 1.0))
    at = local(clear, "2024-08-31 13:00")
    assert float(grey.wbgt_c(at, 1000.0)) < float(clear.wbgt_c(at, 1000.0)) - 1.0
    assert float(clear.solar_gain_w_per_m2(at)) > 90.0
    assert float(grey.solar_gain_w_per_m2(at)) < 45.0
    assert float(clear.solar_gain_w_per_m2(local(clear, "2024-08-31 01:00"))) == 0.0


def test_heat_slows_the_slow_more_and_the_acclimatised_less() -> None:
    day = build_conditions(make_course(), low_c=18.0, high_c=34.0)
    at = local(day, "2024-08-31 15:00")
    fast, slow = (float(day.heat_factor(at, 1000.0, marathon_time_s=h * HOUR_S)) for h in (2.5, 4.0))
    used = float(day.heat_factor(at, 1000.0, marathon_time_s=4.0 * HOUR_S, acclimatised=True))
    assert 1.0 < fast < used < slow <= 1.35


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.0, 60.0), st.floats(500.0, 3000.0), st.floats(-5.0, 20.0), st.floats(0.0, 20.0), st.floats(0.1, 8.0),
    st.booleans(),
)  # fmt: skip
def test_a_hotter_day_is_never_faster(
    hours: float, height: float, low: float, swing: float, more: float, windy: bool
) -> None:
    wind = 2.0 if windy else None
    course = make_course()
    cool = build_conditions(course, low_c=low, high_c=low + swing, wind_m_per_s=wind)
    hot = build_conditions(course, low_c=low + more, high_c=low + swing + more, wind_m_per_s=wind)
    cool_factor, hot_factor = (
        float(day.heat_factor(hours * HOUR_S, height, marathon_time_s=13_000.0)) for day in (cool, hot)
    )
    assert hot_factor >= cool_factor - 1e-9


def test_shuffled_cells_give_the_same_as_cells_in_order() -> None:
    course = make_course(longitude=(5.0, 9.0))
    day = build_conditions(course, low_c=15.0, high_c=30.0, wind_m_per_s=1.0)
    times = np.linspace(0.0, 30.0 * HOUR_S, 1001)
    order = np.random.default_rng(1).permutation(1001)
    place = (course.elevation_m, course.latitude_deg, course.longitude_deg)
    straight = day.wbgt_c(times, *place)
    shuffled = day.wbgt_c(times[order], *(values[order] for values in place))
    assert shuffled == pytest.approx(straight[order], abs=1e-9)


def test_western_states_slows_by_the_measured_share_per_degree_of_the_days_high() -> None:
    # running.md 3.1 and splits.md: +0.64 to +0.86 % of finish time per degC of the high; 30-38 degC in Auburn (400 m),
    # start 05:00, a runner of about 24 h (marathon 3:45).
    course = make_course("2024-06-29 05:00", "America/Los_Angeles", (39.2, 38.9), (-120.2, -121.1), 400.0, 2400.0)
    times = np.linspace(0.0, 24.0 * HOUR_S, 800)
    heights = np.interp(times / times[-1], [0.0, 0.1, 0.3, 0.45, 0.6, 1.0], [1900, 2600, 2100, 1000, 900, 400])
    longitude = np.linspace(-120.2, -121.1, 800)
    mild = build_conditions(course, low_c=13.0, high_c=30.0, humidity_fraction=0.4, at_elevation_m=400.0)
    cool, hot = (
        float(np.mean(day.heat_factor(times, heights, 39.0, longitude, marathon_time_s=13_500.0)))
        for day in (mild, mild.warmer_by(8.0))
    )
    assert 0.006 < np.log(hot / cool) / 8.0 < 0.009


def test_a_warmer_day_is_warmer_all_through_with_and_without_a_forecast() -> None:
    for day in (build_conditions(make_course()), build_conditions(make_course(), hourly=make_hours())):
        hours = np.arange(0.0, 30.0) * HOUR_S
        assert day.warmer_by(3.0).temperature_c(hours, 1500.0) == pytest.approx(day.temperature_c(hours, 1500.0) + 3.0)


def test_wind_is_what_was_given() -> None:
    speed, direction = build_conditions(make_course(), wind_m_per_s=4.0, wind_from_deg=90.0).wind([0.0, 100.0])
    assert speed == pytest.approx([4.0, 4.0])
    assert direction == pytest.approx([90.0, 90.0])
    assert build_conditions(make_course()).wind([0.0])[1] is None


def make_hours(first: str = "2024-08-30 12:00", hours: int = 60) -> HourlyForecast:
    start = datetime.fromisoformat(first).replace(tzinfo=UTC).timestamp()
    time = start + HOUR_S * np.arange(hours)
    turn = 2.0 * np.pi * (time / 86400.0 - 14.0 / 24.0)
    return HourlyForecast(
        unix_time_s=time,
        temperature_c=17.0 + 7.0 * np.cos(turn),
        humidity_fraction=np.full(hours, 0.6),
        wind_m_per_s=np.full(hours, 3.0),
        wind_from_deg=np.full(hours, 250.0),
        cloud_fraction=np.full(hours, 0.5),
        radiation_w_per_m2=np.maximum(600.0 * np.cos(turn), 0.0),
        elevation_m=1100.0,
    )


def test_an_hourly_forecast_takes_over() -> None:
    forecast = make_hours()
    day = build_conditions(make_course(), hourly=forecast)
    assert day.assumed == ()
    assert (day.low_c, day.high_c) == pytest.approx((10.0, 24.0), abs=0.1)
    assert day.at_elevation_m == 1100.0
    at = local(day, "2024-08-31 16:00")
    assert float(day.temperature_c(at, 1100.0)) == pytest.approx(24.0, abs=0.05)
    assert float(day.humidity_fraction_at(at, 1100.0)) == pytest.approx(0.6, abs=0.01)
    speed, direction = day.wind([at])
    assert speed == pytest.approx([3.0])
    assert direction == pytest.approx([250.0])
    assert day.wind_known
    assert float(day.wbgt_c(at, 1100.0)) > float(day.wbgt_c(local(day, "2024-08-31 03:00"), 1100.0)) + 5.0


def test_a_forecast_of_temperature_alone_leaves_the_rest_assumed() -> None:
    whole = make_hours()
    bare = HourlyForecast(unix_time_s=whole.unix_time_s, temperature_c=whole.temperature_c)
    day = build_conditions(make_course(), hourly=bare)
    assert [item.change_with for item in day.assumed] == ["--humidity", "--wind", "--cloud"]
    cloudy = HourlyForecast(
        unix_time_s=whole.unix_time_s, temperature_c=whole.temperature_c, cloud_fraction=np.full(60, 1.0)
    )
    at = local(day, "2024-08-31 13:00")
    grey = build_conditions(make_course(), hourly=cloudy)
    assert float(grey.solar_gain_w_per_m2(at)) < 0.5 * float(day.solar_gain_w_per_m2(at))


def test_a_forecast_that_misses_the_start_is_refused() -> None:
    with pytest.raises(UsageError, match="forecast runs from"):
        build_conditions(make_course(), date=date(2026, 8, 28), hourly=make_hours())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"low_c": 25.0, "high_c": 10.0}, "exchange --low and --high"),
        ({"humidity_fraction": 35.0}, "humidity is 35"),
        ({"high_c": float("nan")}, "high is nan"),
        ({"wind_m_per_s": -1.0}, "wind is -1"),
        ({"cloud_fraction": 8.0}, "cloud is 8"),
        ({"wind_from_deg": 400.0}, "wind direction is 400"),
        ({"start_delay_s": -5.0}, "start delay is -5"),
        ({"at_elevation_m": float("inf")}, "elevation of the forecast is inf"),
    ],
)
def test_impossible_weather_is_refused_in_one_line(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        build_conditions(make_course(), **wrong)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
