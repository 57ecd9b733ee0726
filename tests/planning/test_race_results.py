"""Past races as people write them in one line."""

from __future__ import annotations

from datetime import date

import pytest

from pacecalc.errors import UnitError, UsageError
from pacecalc.planning.athlete import RaceResult
from pacecalc.planning.race_results import read_result, read_results


@pytest.mark.parametrize(
    ("text", "distance_m", "time_s"),
    [
        ("10km 40:00", 10_000.0, 2400.0),
        ("10 km in 40:00", 10_000.0, 2400.0),
        ("marathon 3:05", 42_195.0, 11_100.0),
        ("Half Marathon 1:25:30", 21_097.5, 5130.0),
        ("half 1h25", 21_097.5, 5100.0),
        ("50k 4:30", 50_000.0, 16_200.0),
        ("100 K 10:30:00", 100_000.0, 37_800.0),
        ("100 mi 22:30:00", 160_934.4, 81_000.0),
        ("5 km 19:30", 5000.0, 1170.0),
        ("  1 mi   6:00 ", 1609.344, 360.0),
    ],
)
def test_distance_and_time(text: str, distance_m: float, time_s: float) -> None:
    result = read_result(text)
    assert result.distance_m == pytest.approx(distance_m)
    assert result.time_s == pytest.approx(time_s)
    assert result.on is None
    assert result.ascent_m == 0.0


@pytest.mark.parametrize("text", ["50 mi 8:12:00 2026-04-12 +8000ft", "50 mi 8:12:00 +8,000 ft on 2026-04-12"])
def test_date_and_climb_in_either_order(text: str) -> None:
    result = read_result(text)
    assert result.on == date(2026, 4, 12)
    assert result.ascent_m == pytest.approx(2438.4)
    assert result.time_s == pytest.approx(29_520.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10km fast", "no time found; write DISTANCE TIME"),
        ("", "no time found"),
        ("40:00", "no distance found; write DISTANCE TIME"),
        ("10 40:00", '"10" has no unit'),
        ("10 parsecs 40:00", "unknown unit"),
        ("marathon 1:30", "that is 2:08 min/km, expected 2:20 to 25:00 min/km"),
        ("10km 40:70", "70 seconds"),
        ("10km 40:00 2026-14-01", '"2026-14-01" is no date; write year-month-day'),
    ],
)
def test_what_is_not_understood_is_said_in_one_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_result(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_climb_without_a_unit_is_refused() -> None:
    with pytest.raises(UnitError, match="ascent"):
        read_result("10km 40:00 +500")


def test_a_number_is_no_result() -> None:
    with pytest.raises(UsageError, match="a result of 40: write DISTANCE TIME"):
        read_result(40)  # type: ignore[arg-type]


def test_records_pass_and_one_line_need_not_be_a_list() -> None:
    record = RaceResult(distance_m=5000.0, time_s=1200.0)
    assert read_results([record, "10km 40:00"]) == (record, RaceResult(distance_m=10_000.0, time_s=2400.0))
    assert read_results("10km 40:00") == (RaceResult(distance_m=10_000.0, time_s=2400.0),)  # type: ignore[arg-type]
    assert read_results(None) == ()


def test_a_climb_of_a_metre_or_of_nothing_is_a_climb() -> None:
    assert read_result("10km 40:00 +0m").ascent_m == 0.0
    assert read_result("10km 40:00 +0.5m").ascent_m == 0.5
