"""Single values: what library callers give is held to the same rules as text."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from pacecalc.documents.athlete import ResultDistance, ResultTime, SweatSodium
from pacecalc.documents.elevation import Points, TwoColumns, UnitPair, Units
from pacecalc.documents.messages import describe, suggest
from pacecalc.documents.readers import (
    CalendarDate,
    Choice,
    ClockTime,
    Days,
    Duration,
    LocalTime,
    Number,
    Percent,
    Quantity,
    Text,
    YesNo,
    spell_time,
)


def test_values_that_are_right_already_pass():
    assert YesNo().read(True) is True
    assert LocalTime().read(datetime(2026, 8, 15, 6, 30)) == datetime(2026, 8, 15, 6, 30)
    assert CalendarDate().read(date(2026, 8, 15)) == date(2026, 8, 15)
    assert Number(0.0, 1.0, "0.5").read(0.25) == 0.25
    points = Points((0.0, 1.0), (1.0, 2.0), (0, 1))
    assert TwoColumns().read(points) is points
    assert UnitPair().read(Units("mi", "ft")) == Units("mi", "ft")
    assert ResultTime().read((2400.0,)) == (2400.0,)


@pytest.mark.parametrize(
    ("reader", "value", "said"),
    [
        (Quantity("kg", "62 kg"), 62.0, '"62.0" has no unit; write "62.0 kg"'),
        (Quantity("kg", "62 kg"), True, "found True; expected a value such as '62 kg'"),
        (Quantity("kg", "62 kg"), None, "found nothing; expected a value such as '62 kg'"),
        (Quantity("kg", "62 kg"), ["62 kg"], "found a list; expected a value such as '62 kg'"),
        (Duration(), {"h": 1}, "found 'key: value' pairs; expected a time such as '11:45'"),
        (Duration(), "800:00", "is out of range; expected 0:00 to 720:00"),
        (Duration(), "1:75", "1:75"),
        (Duration(), "-1:30", "is out of range"),
        (Number(0.0, 1.0, "0.5"), "1,5", "expected a plain number such as 0.5"),
        (Number(0.0, 1.0, "0.5"), "٠.٥", "expected a plain number such as 0.5"),
        (Percent(), "-1 %", "'-1 %' is out of range"),
        (Choice(("a", "b")), ["a"], "found a list; expected one of a, b"),
        (ClockTime(), "24:00", "expected a time of day such as '09:45'"),
        (ClockTime(), "9", "expected a time of day such as '09:45'"),
        (LocalTime(), "2026-08-15", "expected a date and time such as '2026-08-15 06:30'"),
        (Text(5), "abcdef", "6 characters; expected at most 5"),
        (Days(), "many", "found 'many'; expected a plain number such as 3"),
        (ResultDistance(), "1 m", "is too small; it must be at least 100 m"),
        (SweatSodium(), "3 mmol/L", "is out of range"),
    ],
)
def test_wrong_values_say_what_was_found_and_expected(reader, value, said):
    with pytest.raises(PydanticCustomError) as caught:
        reader.read(value)
    assert said in str(caught.value)


def test_readings_of_common_spellings():
    assert Duration().read("11:45") == 42_300.0
    assert Duration().read("11:45:30") == 42_330.0
    assert Duration().read("5 min") == 300.0
    assert ClockTime().read("09:45") == 35_100.0
    assert LocalTime().read("2026-08-15T06:30:15") == datetime(2026, 8, 15, 6, 30, 15)
    assert Choice(("gun", "chip")).read(" Gun ") == "gun"
    assert [YesNo().read(text) for text in ("yes", "No", "TRUE", "off")] == [True, False, True, False]
    assert Days().read("3 days") == 3.0
    assert Text(20).read(" two\n  lines ") == "two lines"
    assert Text(20, lines=True).read("two\nlines\n") == "two\nlines"


def test_words_for_what_was_found():
    assert describe("") == "an empty text"
    assert describe(3) == "3"
    assert suggest("Cutof", ["cutoff", "crew"]) == " (did you mean 'cutoff'?)"
    assert suggest("zzz", ["cutoff"]) == ""


@given(st.integers(0, 720 * 3600))
def test_a_spelt_time_reads_back(seconds):
    assert Duration().read(spell_time(seconds)) == seconds


@given(st.floats(0.0, 4000.0))
def test_a_distance_in_km_is_a_thousand_metres_each(km):
    assert Quantity("m", "1 km").read(f"{km:.3f} km") == pytest.approx(1000.0 * float(f"{km:.3f}"))
