"""Hourly forecasts from files: ours, Open-Meteo's, and broken ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from pacecalc.errors import DocumentError
from pacecalc.planning.forecast import WIND_SHARE_AT_PERSON, HourlyForecast, load_forecast

DENVER = "America/Denver"


def write(folder: Path, text: str, name: str = "hours.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


OURS = """time,temperature_c,humidity_percent,wind_km_per_h,wind_from_deg,cloud_percent,radiation_w_per_m2,remark
2026-08-15T06:00,4.0,80,7.2,350,10,0,cold
2026-08-15T07:00,6.0,70,10.8,10,20,50,

2026-08-15T08:00,9.5,60,14.4,30,30,200,fine
"""


def test_local_times_and_units_in_the_headings(tmp_path: Path) -> None:
    forecast = load_forecast(write(tmp_path, OURS), DENVER)
    assert forecast.unix_time_s[0] == at("2026-08-15 12:00")  # 06:00 MDT
    assert forecast.temperature_c == pytest.approx([4.0, 6.0, 9.5])
    assert forecast.humidity([at("2026-08-15 12:30")]) == pytest.approx([0.75])
    assert forecast.cloud([at("2026-08-15 13:00")]) == pytest.approx([0.2])
    assert forecast.radiation([at("2026-08-15 13:30")]) == pytest.approx([125.0])
    assert forecast.source == "hours.csv"


def test_wind_turns_the_short_way_through_north(tmp_path: Path) -> None:
    speed, direction = load_forecast(write(tmp_path, OURS), DENVER).wind([at("2026-08-15 12:30")])
    assert speed == pytest.approx([2.5])
    assert direction is not None
    assert float(direction[0]) % 360.0 == pytest.approx(0.0, abs=1e-6)


def test_offsets_in_the_file_win_over_the_course_zone(tmp_path: Path) -> None:
    text = "time,temperature_f\n2026-08-15T12:00Z,50\n2026-08-15T13:00+00:00,68\n"
    forecast = load_forecast(write(tmp_path, text), DENVER)
    assert forecast.unix_time_s[0] == at("2026-08-15 12:00")
    assert forecast.temperature_c == pytest.approx([10.0, 20.0])
    assert forecast.humidity_fraction is None
    assert forecast.wind_m_per_s is None


OPEN_METEO = """latitude,longitude,elevation,timezone
39.25,-106.29,3094.0,America/Denver

time,temperature_2m (°C),relative_humidity_2m (%),wind_speed_10m (km/h),cloud_cover (%),shortwave_radiation (W/m²)
2026-08-15T06:00,4.0,80,36.0,10,0
2026-08-15T07:00,6.0,70,36.0,20,50
"""


def test_open_meteo_csv_with_its_height_and_wind_brought_down_to_a_person(tmp_path: Path) -> None:
    forecast = load_forecast(write(tmp_path, OPEN_METEO), DENVER)
    assert forecast.elevation_m == 3094.0
    assert forecast.wind_m_per_s == pytest.approx([10.0 * WIND_SHARE_AT_PERSON] * 2)
    assert forecast.radiation_w_per_m2 == pytest.approx([0.0, 50.0])


def test_open_meteo_json(tmp_path: Path) -> None:
    content = {
        "elevation": 3094.0,
        "hourly_units": {"time": "iso8601", "temperature_2m": "°C", "wind_speed_10m": "mp/h"},
        "hourly": {
            "time": ["2026-08-15T06:00", "2026-08-15T07:00"],
            "temperature_2m": [4.0, 6.0],
            "wind_speed_10m": [10.0, 20.0],
        },
    }
    forecast = load_forecast(write(tmp_path, json.dumps(content), "hours.json"), DENVER)
    assert forecast.elevation_m == 3094.0
    assert forecast.temperature_c == pytest.approx([4.0, 6.0])
    assert forecast.wind_m_per_s == pytest.approx(np.array([4.4704, 8.9408]) * WIND_SHARE_AT_PERSON)


def test_json_as_a_list_of_hours(tmp_path: Path) -> None:
    hours = [{"time": at("2026-08-15 12:00"), "temperature_c": 5}, {"time": "2026-08-15T07:00", "temperature_c": 7}]
    forecast = load_forecast(write(tmp_path, json.dumps(hours), "hours.json"), DENVER)
    assert np.diff(forecast.unix_time_s) == pytest.approx([3600.0])


def test_after_its_end_the_last_day_repeats() -> None:
    hours = 3600.0 * np.arange(48)
    forecast = HourlyForecast(unix_time_s=hours, temperature_c=np.arange(48.0))
    assert forecast.temperature([3600.0 * 47, 3600.0 * 48, 3600.0 * 71, 3600.0 * 72]) == pytest.approx(
        [47.0, 24.0, 47.0, 24.0]
    )
    assert forecast.temperature([-7200.0]) == pytest.approx([0.0])
    short = HourlyForecast(unix_time_s=hours[:5], temperature_c=np.arange(5.0))
    assert short.temperature([3600.0 * 30]) == pytest.approx([4.0])
    assert short.covers(0.0)
    assert not short.covers(3600.0 * 5)
    assert not short.covers(-3600.0 * 7)
    with pytest.raises(ValueError, match="no such column"):
        short.wind([0.0])


def test_every_problem_is_reported_with_its_line(tmp_path: Path) -> None:
    text = (
        "time,temperature_c,humidity_percent\n"
        "2026-08-15T06:00,warm,50\n"
        "yesterday,5,50\n"
        "2026-08-15T08:00,,140\n"
        "2026-08-15T07:00,5,50\n"
        "2026-08-16T07:00,5\n"
    )
    path = write(tmp_path, text)
    with pytest.raises(DocumentError) as caught:
        load_forecast(path, DENVER)
    assert [str(problem).removeprefix(str(path)) for problem in caught.value.problems] == [
        ":2: temperature is 'warm': expected a number",
        ":3: time 'yesterday' is not a time: write 2026-08-15T06:00 (local) or with an offset",
        ":4: temperature is nothing: expected a number",
        ":4: humidity 140 is out of range: check the unit in the heading",
        ":5: time '2026-08-15T07:00' is not after the hour before it: put the hours in order",
        ":6: more than 6 h lie between '2026-08-16T07:00' and the hour before it: fill the gap",
        ":6: humidity is nothing: expected a number",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("temp\n5\n", ":1: no column called time"),
        ("time,temperature\n2026-08-15T06:00,5\n", ":1: column 'temperature' has no unit: write temperature_c or"),
        ("time,wind (furlongs)\n2026-08-15T06:00,5\n", "has an unknown unit 'furlongs': write wind_m_per_s or"),
        ("time,humidity_percent\n2026-08-15T06:00,5\n", ":1: no temperature: expected columns such as"),
        ("time,temperature_c,temperature_2m (°C)\n", ":1: two columns hold the temperature"),
        ("time,temperature_c\n2026-08-15T06:00,5\n", "holds 1 hour(s): a forecast needs two or more"),
        ("{broken", ":1: is not JSON"),
        ("[]", "holds no hours"),
        ('{"hourly": {"temperature_c": [1]}}', "holds no hours"),
        ('{"time": [1, 2], "temperature_c": [1]}', "lists have different lengths (1, 2)"),
        ('{"time": [0, true], "temperature_c": [1, 2]}', "hour 2: time True is not a time"),
    ],
)
def test_unusable_files_say_what_to_write_instead(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_forecast(write(tmp_path, text), DENVER)
    assert message in str(caught.value)
    assert "hours.csv" in str(caught.value)


def test_missing_and_binary_files(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        load_forecast(tmp_path / "absent.csv", DENVER)
    binary = tmp_path / "noise.csv"
    binary.write_bytes(bytes(range(256)))
    with pytest.raises(DocumentError, match="not a text file"):
        load_forecast(binary, DENVER)
