"""Quantities as athletes write them, and as any pint registry holds them."""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from datetime import timedelta
from typing import Annotated, Any, NamedTuple

import numpy as np
import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray

from pacecalc.errors import UnitError
from pacecalc.units import (
    declared_units,
    install_slim_registry,
    is_quantity,
    parse_duration_s,
    quantity,
    suffix_of,
    to_si,
    to_si_array,
    unit_aware,
)
from pacecalc.units.definitions import DEFINITIONS_FILE, SPELLINGS, read_definitions, read_names, read_unit
from pacecalc.units.kinds import suggest_unit

FloatArray = NDArray[np.float64]

UNIT_NAMES = sorted(read_definitions())
BASES = {"meter", "second", "kilogram", "kelvin", "mole", "radian"}


@pytest.fixture(scope="module")
def default() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry()


@pytest.fixture(scope="module")
def slim() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry(DEFINITIONS_FILE)


# what people write


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("62 kg", "kg", 62.0),
        ("62kg", "kg", 62.0),
        ("  62   kg ", "kg", 62.0),
        ("10 st", "kg", 63.5029318),
        ("137 lb", "kg", 137 * 0.45359237),
        ("8 lb 4 oz", "kg", 8.25 * 0.45359237),
        ("5 ft 10 in", "m", 1.778),
        ("-5 ft 6 in", "ft", -5.5),
        ("104.0 mi", "m", 167371.776),
        ("100 mi", "km", 160.9344),
        ("12,000 ft", "m", 3657.6),
        ("1,234,567.5 m", "m", 1234567.5),
        ("1 000 m", "m", 1000.0),
        ("12\u202f000 ft", "m", 3657.6),
        ("12\u00a0000\u00a0ft", "m", 3657.6),
        (".5 L", "mL", 500.0),
        ("1e3 m", "m", 1000.0),
        ("1.5E+2 km", "km", 150.0),
        ("+3 m", "m", 3.0),
        ("−5 °C", "degC", -5.0),
        ("24 degC", "degC", 24.0),
        ("24°C", "degC", 24.0),
        ("24 ° C", "degC", 24.0),
        ("24 C", "K", 297.15),
        ("75 F", "degC", 23.88888888888889),
        ("75 degF", "K", 297.0388888888889),
        ("212 °F", "degC", 100.0),
        ("-40 degF", "degC", -40.0),
        ("300 K", "degC", 26.85),
        ("3 degC", "delta_degC", 3.0),
        ("9 degF", "delta_degC", 5.0),
        ("6.5 degC/km", "K/m", 0.0065),
        ("35 %", "1", 0.35),
        ("35%", "1", 0.35),
        ("0.35", "1", 0.35),
        ("1 000", "1", 1000.0),
        ("210 W", "W", 210.0),
        ("0.21 kW", "W", 210.0),
        ("3.5 W/kg", "W/kg", 3.5),
        ("920 mg/L", "mg/L", 920.0),
        ("920 mg/l", "kg/m^3", 0.92),
        ("40 mmol/L", "mmol/L", 40.0),
        ("75 g/h", "g/h", 75.0),
        ("75 g per hour", "g/h", 75.0),
        ("0.9 L/h", "mL/h", 900.0),
        ("500 mL", "L", 0.5),
        ("16 oz", "kg", 0.45359237),
        ("16 oz", "mL", 473.176473),
        ("16oz", "mL", 473.176473),
        ("24 ounces/h", "L/h", 0.7097647095),
        ("16 fl oz", "mL", 473.176473),
        ("16 fl. oz", "mL", 473.176473),
        ("16floz", "mL", 473.176473),
        ("0.42 m^2", "m^2", 0.42),
        ("0.42 m2", "m^2", 0.42),
        ("0.42 m²", "m^2", 0.42),
        ("0.42 m**2", "m^2", 0.42),
        ("1.2 kg/m³", "kg/m^3", 1.2),
        ("2 N·m", "J", 2.0),
        ("20 kJ", "J", 20000.0),
        ("100 kcal", "kJ", 418.4),
        ("270 deg", "deg", 270.0),
        ("180 deg", "rad", math.pi),
        ("10 km/h", "m/s", 10 / 3.6),
        ("6.2 mph", "m/s", 6.2 * 0.44704),
        ("170 1/min", "1/min", 170.0),
        ("45 mL/kg/min", "mL/kg/min", 45.0),
        ("1013.25 hPa", "kPa", 101.325),
    ],
)
def test_a_written_quantity_is_exact_in_the_wanted_unit(text: str, unit: str, number: float) -> None:
    assert to_si(text, unit) == pytest.approx(number, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5:30 /km", 0.33),
        ("5:30/km", 0.33),
        ("5:30 min/km", 0.33),
        ("5:30 per km", 0.33),
        ("330 s/km", 0.33),
        ("8:51 /mi", 531 / 1609.344),
        ("8.85 min/mi", 531 / 1609.344),
        ("1:02:30 /mi", 3750 / 1609.344),
        ("5:30.5 /km", 0.3305),
    ],
)
def test_a_pace_is_time_per_distance(text: str, seconds: float) -> None:
    assert to_si(text, "s/m") == pytest.approx(seconds, rel=1e-15)


def test_pace_and_speed_stand_for_each_other(default: pint.UnitRegistry[Any]) -> None:
    assert to_si("6:00 /km", "km/h") == 10.0
    assert to_si("10 km/h", "min/km") == 6.0
    assert to_si(default.Quantity(10, "km/hour"), "min/km") == pytest.approx(6.0, rel=1e-15)
    with pytest.raises(UnitError, match=r'"0 km/h" is a speed, expected a pace such as "0 min/km"'):
        to_si("0 km/h", "min/km")
    with pytest.raises(UnitError, match="is a speed, expected a pace"):
        to_si(quantity([1.0, 0.0], "m/s"), "s/m")


@pytest.mark.parametrize(
    ("text", "meaning", "seconds"),
    [
        ("11:45", "h:mm", 42300),
        ("40:00", "mm:ss", 2400),
        ("75:30", "mm:ss", 4530),
        ("39:59.5", "mm:ss", 2399.5),
        ("3:05:10", "mm:ss", 11110),
        ("3:05:10", "h:mm", 11110),
        ("120:00", "h:mm", 432000),
        ("20 min", "h:mm", 1200),
        ("1 h 30 min", "mm:ss", 5400),
        ("1 h 30 min 15 s", "mm:ss", 5415),
        ("1h30", "mm:ss", 5400),
        ("1h05m20s", "mm:ss", 3920),
        ("1 d 2 h", "h:mm", 93600),
        ("90 s", "h:mm", 90),
        ("1.5 h", "h:mm", 5400),
        ("11:45 h", "mm:ss", 42300),
        ("40:00 min", "h:mm", 2400),
    ],
)
def test_a_written_duration_in_seconds(text: str, meaning: Any, seconds: float) -> None:
    assert parse_duration_s(text, two_part=meaning) == seconds


def test_two_parts_need_the_caller_to_say_what_they_mean() -> None:
    with pytest.raises(UnitError, match=r'goal: "11:45" .* write "11:45:00" \(h:mm:ss\) or "11:45 min" \(mm:ss\)'):
        to_si("11:45", "s", name="goal")


def test_a_duration_is_not_negative_unless_allowed() -> None:
    with pytest.raises(UnitError, match=r'margin: "-5 min" is too small; it must not be negative'):
        parse_duration_s("-5 min", two_part="h:mm", name="margin")
    assert parse_duration_s("-5 min", two_part="h:mm", minimum=None) == -300
    assert parse_duration_s("-1:30", two_part="h:mm", minimum=None) == -5400
    assert parse_duration_s("-1h30", two_part="h:mm", minimum=None) == -5400


@pytest.mark.parametrize(
    ("value", "unit", "message"),
    [
        ("62", "kg", 'mass: "62" has no unit; write "62 kg"'),
        (62, "kg", 'mass: 62 has no unit; write "62 kg"'),
        (np.float64(62.5), "kg", 'mass: 62.5 has no unit; write "62.5 kg"'),
        (104, "m", 'mass: 104 has no unit; write "104 m" (or km, mi, ft)'),
        (9, "W/m^2/K", 'mass: 9 has no unit; write "9 W/m^2/K"'),
        ("62 km", "kg", 'mass: "62 km" is a length, expected a mass such as "62 kg"'),
        ("30m", "s", 'mass: "30m" is a length, expected a duration such as "30 s"'),
        ("5:30 /km", "m", 'mass: "5:30 /km" is a pace, expected a length such as "40 km", "25 mi" or "900 ft"'),
        ("5 deg", "1", 'mass: "5 deg" is an angle, expected a ratio such as "35 %" or 0.35'),
        ("5 kg*m", "kg", 'mass: "5 kg*m" is in "kg*m", expected a mass such as "5 kg"'),
        ("62 kgs", "kg", 'mass: unknown unit "kgs" in "62 kgs"; did you mean "kg"?'),
        ("62 Kg", "kg", 'mass: unknown unit "Kg" in "62 Kg"; did you mean "kg"?'),
        ("350 Cal", "kJ", 'mass: unknown unit "Cal" in "350 Cal"; did you mean "kcal"?'),
        ("5 kilometer/xyzzyx", "kg", 'mass: unknown unit "xyzzyx" in "5 kilometer/xyzzyx"; write "62 kg"'),
        ("1,5 km", "m", 'mass: "1,5 km" has a decimal comma: write "1.5 km"'),
        ("0,500 km", "m", 'mass: "0,500 km" has a decimal comma: write "0.500 km"'),
        ("12,0000 ft", "m", 'mass: "12,0000 ft" has a decimal comma: write "12.0000 ft"'),
        ("-300 degC", "degC", 'mass: "-300 degC" is below absolute zero'),
        ("3 delta_degC", "degC", 'mass: "3 delta_degC" is a difference, expected a temperature'),
        ("", "kg", 'mass: "" is not a number with a unit; write "62 kg"'),
        ("kg", "kg", 'mass: "kg" is not a number with a unit; write "62 kg"'),
        (None, "kg", 'mass: None is not a quantity; write "62 kg"'),
        (True, "1", 'mass: True is not a quantity; write "35 %" or 0.35'),
        (b"62 kg", "kg", "mass: b'62 kg' is not a quantity; write \"62 kg\""),
        (1 + 2j, "kg", 'mass: (1+2j) is not a quantity; write "62 kg"'),
        (math.nan, "1", "mass: nan is not a finite number"),
        (math.inf, "1", "mass: inf is not a finite number"),
        (10**400, "1", f'mass: {10**400} is not a quantity; write "35 %" or 0.35'),
        ([1.0, 2.0], "m", 'mass: an array has no unit; give pacecalc.quantity(values, "m")'),
        ([1.0, "a"], "1", "mass: not every value is a number"),
        ([1.0, math.nan], "1", "mass: not every value is a finite number"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_write(value: Any, unit: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        to_si(value, unit, name="mass")
    assert str(caught.value).split("\n") == [message] or str(caught.value).startswith(f"{message} (or ")


@pytest.mark.parametrize(
    "text",
    [
        "nan kg", "inf kg", "-inf kg", "0x10 kg", "1_000 kg", "1e400 kg", "1e13 kg", "1e99999999 kg", "５ kg", "1. kg",
        "1 234567 kg", "1,23,456 kg", "12.000,5 kg", "2.5.1 kg", "5 5 kg", "10 kg m", "10 /kg", "10 kg/", "10 kg//m",
        "10 kg^", "10 kg^0", "--5 kg", "5 kg 3 m", "5 kg 7 kg", "5.5 kg 3 g", "5 kg -3 g", "5 degC 3 K", "1 kg + 2 kg",
        "__import__('os')", "5 kg; 3", "9" * 100 + " kg", "1:75 h", "12:30:75", "1 h 75", "3:99 min", "1:30.5 h",
        "5:30 parsec", "5:30 /s", "1:2 h", "1:60:00", "5 kg\n6 g",
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UnitError) as caught:
        to_si(text, "kg", name="mass")
    assert str(caught.value).startswith("mass: ")
    assert len(str(caught.value)) < 250


def test_what_pint_itself_misreads_is_read_right() -> None:
    """The reason for our own grammar: pint 0.25 makes 0 m of the first and 150 min/km of the second."""
    assert to_si("1 000 m", "m") == 1000.0
    assert to_si("2:30 min/km", "min/km") == 2.5


def test_bounds_are_part_of_what_is_allowed() -> None:
    assert to_si("35 %", "1", minimum=0, maximum=1) == 0.35
    assert to_si("0 %", "1", minimum=0) == 0.0
    with pytest.raises(UnitError, match=r'humidity: "135 %" is too large; it must be at most 1$'):
        to_si("135 %", "1", name="humidity", maximum=1)
    with pytest.raises(UnitError, match=r'mass: "2 kg" is too small; it must be at least 20 kg'):
        to_si("2 kg", "kg", name="mass", minimum=20)
    with pytest.raises(UnitError, match=r"height: 3 m is too large; it must be at most 2.5 m"):
        to_si_array(quantity([1.0, 3.0], "m"), "m", name="height", maximum=2.5)
    with pytest.raises(UnitError, match=r"height: -1 m is too small; it must not be negative"):
        to_si_array(quantity([1.0, -1.0], "m"), "m", name="height", minimum=0)


@settings(deadline=None)
@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False))
def test_any_number_written_plainly_is_read_back_as_itself(number: float) -> None:
    assert to_si(f"{number:.9f} km", "km") == float(f"{number:.9f}")


def _reads_or_refuses(text: str, unit: str, **options: Any) -> bool:
    """Whether the text gave a finite number or one clear message; anything else raises."""
    try:
        return math.isfinite(to_si(text, unit, **options))
    except UnitError as error:
        return str(error).startswith("value: ")


@settings(deadline=None)
@given(st.text(max_size=90))
def test_any_text_gives_a_number_or_a_unit_error(text: str) -> None:
    assert _reads_or_refuses(text, "s", two_part="h:mm")


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{1,3}([ ,.:][0-9]{2,3}){0,2} ?(km|mi|ft|h|min|/km|m2)?", fullmatch=True))
def test_any_near_quantity_gives_a_number_or_a_unit_error(text: str) -> None:
    assert _reads_or_refuses(text, "m")


# quantities of any registry


@pytest.mark.parametrize(
    ("magnitude", "unit", "wanted", "number"),
    [
        (62, "kilogram", "kg", 62.0),
        (104.0, "mile", "m", 167371.776),
        (10, "nautical_mile", "m", 18520.0),
        (11.75, "hour", "s", 42300.0),
        (24, "degree_Celsius", "degC", 24.0),
        (24, "degree_Celsius", "K", 297.15),
        (75, "degree_Fahrenheit", "degC", 23.88888888888889),
        (3, "delta_degree_Celsius", "K", 3.0),
        (9, "delta_degree_Fahrenheit", "delta_degC", 5.0),
        (3, "degree_Celsius", "delta_degC", 3.0),
        (9, "degree_Fahrenheit", "delta_degC", 5.0),
        (35, "percent", "1", 0.35),
        (0.35, "dimensionless", "1", 0.35),
        (0.9, "liter/hour", "mL/h", 900.0),
        (920, "milligram/liter", "mg/L", 920.0),
        (90, "degree", "deg", 90.0),
        (1, "turn", "deg", 360.0),
        (5, "minute/kilometer", "s/m", 0.3),
        (1, "horsepower", "W", 745.69987158227022),
    ],
)
def test_a_quantity_of_a_foreign_registry_is_understood(
    magnitude: float, unit: str, wanted: str, number: float, default: pint.UnitRegistry[Any]
) -> None:
    foreign = default
    assert to_si(foreign.Quantity(magnitude, unit), wanted) == pytest.approx(number, rel=1e-14)
    array = to_si_array(foreign.Quantity(np.array([magnitude, magnitude]), unit), wanted)
    assert array == pytest.approx(np.array([number, number]), rel=1e-14)
    assert array.dtype == np.float64


def test_the_unit_a_host_defines_for_itself_is_its_own() -> None:
    host = pint.UnitRegistry()
    host.define("lap = 400 * meter")
    assert to_si(host.Quantity(25, "lap"), "km") == 10.0


@pytest.mark.parametrize(
    ("magnitude", "unit", "wanted", "message"),
    [
        (62, "kilometer", "kg", "mass: 62 kilometer is a length, expected a mass"),
        (3, "ampere", "kg", "mass: 3 ampere is of another kind, expected a mass"),
        (3, "delta_degree_Celsius", "degC", "is a difference, expected a temperature"),
        (3, "degree_Reaumur", "delta_degC", "is a temperature, expected a difference"),
        (5, "degree", "1", "is an angle, expected a ratio"),
        (5, "dimensionless", "deg", "is a ratio, expected an angle"),
        (math.nan, "kilogram", "kg", "is not a finite number"),
        (np.array([1.0, math.inf]), "kilogram", "kg", "not every value is a finite number"),
        (np.zeros(5000), "mile", "kg", "mass: an array in mile is a length, expected a mass"),
        (np.array([1.0, 2.0]), "kilogram", "kg", "2 values found, expected one"),
        (1 + 2j, "kilogram", "kg", "does not hold a number"),
    ],
)
def test_a_quantity_that_does_not_fit_is_refused(
    magnitude: Any, unit: str, wanted: str, message: str, default: pint.UnitRegistry[Any]
) -> None:
    with pytest.raises(UnitError) as caught:
        to_si(default.Quantity(magnitude, unit), wanted, name="mass")
    assert message in str(caught.value)


def test_a_timedelta_is_a_duration() -> None:
    assert to_si(timedelta(hours=11, minutes=45), "h") == 11.75
    with pytest.raises(UnitError, match="is a duration, expected a mass"):
        to_si(timedelta(1), "kg")


def test_a_list_of_ratios_needs_no_unit() -> None:
    assert to_si_array([0.1, 0.2], "1").tolist() == [0.1, 0.2]
    assert to_si_array("35 %", "1").tolist() == [0.35]
    assert to_si_array(quantity([], "m"), "m").size == 0


def test_quantities_given_out_belong_to_the_application_registry() -> None:
    speed = quantity(2.5, "m/s")
    assert is_quantity(speed)
    assert not is_quantity("2.5 m/s")
    assert speed + pint.get_application_registry().Quantity(9.0, "km/hour") == quantity(5.0, "m/s")
    assert quantity(24, "degC").to("kelvin").magnitude == pytest.approx(297.15)
    assert quantity(np.array([1, 2]), "J/kg/m").magnitude.tolist() == [1, 2]
    assert pickle.loads(pickle.dumps(speed)) == speed


def test_a_quantity_survives_the_way_out_and_in() -> None:
    for unit in ("kg", "m/s", "degC", "mg/L", "1", "delta_degC", "mL/kg/min", "s/km"):
        assert to_si(quantity(7.25, unit), unit) == 7.25


# one source of units


def _dimensionality(registry: pint.UnitRegistry[Any], name: str) -> dict[str, float]:
    return dict(registry.get_dimensionality(name))


@pytest.mark.parametrize("name", UNIT_NAMES)
def test_every_unit_means_what_it_means_in_pints_default_registry(
    name: str, default: pint.UnitRegistry[Any], slim: pint.UnitRegistry[Any]
) -> None:
    unit = read_definitions()[name]
    for spelling in (name, unit.symbol, *unit.aliases):
        assert default.get_name(spelling) == default.get_name(name), spelling
        assert slim.get_name(spelling) == name, spelling
    assert _dimensionality(slim, name) == _dimensionality(default, name)
    theirs, ours = default.Quantity([0.0, 1.0, 100.0], name).to_base_units(), slim.Quantity([0.0, 1.0, 100.0], name)
    ours = ours.to_base_units()
    assert ours.magnitude == pytest.approx(theirs.magnitude, rel=1e-14)
    assert {str(n): p for n, p in ours.unit_items()} == {str(n): p for n, p in theirs.unit_items()}


@pytest.mark.parametrize("name", UNIT_NAMES)
def test_our_reader_and_pint_read_the_same_file_alike(name: str, slim: pint.UnitRegistry[Any]) -> None:
    unit = read_definitions()[name]
    root = slim.Quantity(1.0, name).to_root_units()
    assert float(unit.factor + unit.offset) == pytest.approx(root.magnitude, rel=1e-14)
    assert dict(unit.dimension) == {str(n): p for n, p in root.unit_items()}


def test_the_bases_are_the_si_units() -> None:
    made_of = {base for unit in read_definitions().values() for base, _ in unit.dimension}
    assert made_of == BASES


def test_no_name_is_taken_twice() -> None:
    names = [n for unit in read_definitions().values() for n in {unit.name, unit.symbol, *unit.aliases}]
    assert len(names) == len(set(names))
    assert len(read_names()) == len(names) + len(SPELLINGS)


def test_our_own_spellings_mean_something_else_or_nothing_in_pint(default: pint.UnitRegistry[Any]) -> None:
    assert default.get_name("F") == "farad"
    assert default.get_name("C") == "coulomb"
    assert "fl_oz" not in default
    assert "st" not in default
    assert set(SPELLINGS) == {"F", "C", "fl_oz", "st"}


@pytest.mark.parametrize("unit", ["J/kg/m", "m^2", "W/m^2/K", "mL/kg/min", "1/min", "g/h", "mmol/L", "kg*m/s^2"])
def test_unit_expressions_are_read_as_pint_reads_them(unit: str, default: pint.UnitRegistry[Any]) -> None:
    ours, theirs = read_unit(unit), default.Quantity(1.0, default.parse_units(unit)).to_base_units()
    assert float(ours.factor) == pytest.approx(theirs.magnitude, rel=1e-14)
    assert dict(ours.dimension) == {str(n): p for n, p in theirs.unit_items()}


def test_suggestions_prefer_the_wanted_kind() -> None:
    assert suggest_unit("kms", read_unit("m").dimension) == "km"
    assert suggest_unit("Minutes", read_unit("s").dimension) == "minutes"
    assert suggest_unit("qqqqqq", None) is None


@pytest.mark.parametrize(
    ("unit", "suffix"),
    [
        ("kg", "_kg"), ("m/s", "_m_per_s"), ("W/kg", "_w_per_kg"), ("J/kg/m", "_j_per_kg_per_m"), ("m^2", "_m2"),
        ("degC", "_c"), ("degC/km", "_c_per_km"), ("kPa", "_kpa"), ("mmol/L", "_mmol_per_l"), ("1", ""),
        ("%", "_percent"),
        ("1/min", "_per_min"), ("W*h", "_w_h"), ("degF", "_f"),
    ],
)  # fmt: skip
def test_names_of_numbers_end_in_their_unit(unit: str, suffix: str) -> None:
    assert suffix_of(unit) == suffix


# unit-aware faces


class Effort(NamedTuple):
    power_w: Annotated[FloatArray, "W"]
    share: Annotated[FloatArray, "1"]
    sport: str


def lifting_power(
    mass_kg: Annotated[ArrayLike, "kg"],
    climb_rate_m_per_s: Annotated[ArrayLike, "m/s"] = 0.25,
    efficiency: Annotated[ArrayLike, "1"] = 1.0,
    gravity_m_per_s2: Annotated[float, "m/s^2"] | None = None,
    label: str = "",
) -> Annotated[FloatArray, "W"]:
    """Power against gravity.

    Returns
    -------
    Power [W].
    """
    gravity = 9.81 if gravity_m_per_s2 is None else gravity_m_per_s2
    return np.asarray(mass_kg) * gravity * np.asarray(climb_rate_m_per_s) / efficiency


def effort(power_w: Annotated[ArrayLike, "W"], threshold_w: Annotated[float, "W"]) -> Effort:
    return Effort(np.asarray(power_w), np.asarray(power_w) / threshold_w, "mtb")


def halves(distance_m: Annotated[float, "m"]) -> tuple[Annotated[float, "m"], Annotated[float, "km"]]:
    return distance_m / 2, distance_m / 2000


def thirds(distance_m: Annotated[float, "m"]) -> tuple[Annotated[float, "m"], ...]:
    return (distance_m / 3,) * 3


def is_steep(grade: Annotated[float, "1"]) -> bool:
    return grade > 0.15


def grade_of(rise_m: Annotated[ArrayLike, "m"], run_m: Annotated[ArrayLike, "m"]) -> Annotated[FloatArray, "1"]:
    return np.asarray(rise_m) / np.asarray(run_m)


def test_a_face_takes_strings_and_quantities_of_any_registry(default: pint.UnitRegistry[Any]) -> None:
    face = unit_aware(lifting_power)
    assert face("62 kg", "900 m/h").to("W").magnitude == pytest.approx(62 * 9.81 * 0.25)
    foreign = default
    power = face(foreign.Quantity([100.0, 200.0], "lb"), climb_rate_m_per_s=foreign.Quantity(900, "m/hour"))
    assert power.magnitude == pytest.approx(np.array([100, 200]) * 0.45359237 * 9.81 * 0.25)
    assert isinstance(power, pint.get_application_registry().Quantity)
    assert face("62 kg").magnitude == pytest.approx(62 * 9.81 * 0.25)
    assert face("62 kg", efficiency=0.5, gravity_m_per_s2=None, label="x").magnitude == pytest.approx(62 * 9.81 * 0.5)
    assert face("62 kg", gravity_m_per_s2="10 m/s^2").magnitude == pytest.approx(155.0)


def test_a_face_refuses_a_bare_number_and_names_the_parameter() -> None:
    with pytest.raises(UnitError, match=r'mass_kg: 62 has no unit; write "62 kg"'):
        unit_aware(lifting_power)(62)
    with pytest.raises(UnitError, match="mass_kg: an array has no unit"):
        unit_aware(lifting_power)(np.array([62.0]))
    with pytest.raises(UnitError, match=r"efficiency: nan"):
        unit_aware(lifting_power)("62 kg", efficiency=math.nan)
    with pytest.raises(UnitError, match=r"mass_kg: None is not a quantity"):
        unit_aware(lifting_power)(None)
    with pytest.raises(TypeError, match="missing a required argument"):
        unit_aware(lifting_power)()


def test_a_face_is_derived_from_the_declaration() -> None:
    import inspect

    face = unit_aware(lifting_power)
    assert face is unit_aware(lifting_power)
    assert face.__name__ == "lifting_power"
    assert face.__doc__.startswith("Power against gravity.\n\nTakes quantities of any pint registry")
    assert face.__doc__.endswith("Power [W].")
    signature = inspect.signature(face)
    assert list(signature.parameters) == list(inspect.signature(lifting_power).parameters)
    assert signature.parameters["climb_rate_m_per_s"].default == "0.25 m/s"
    assert signature.parameters["mass_kg"].annotation == "Quantity | str"
    assert signature.parameters["efficiency"].default == 1.0
    assert signature.return_annotation == "Quantity"
    default = signature.parameters["climb_rate_m_per_s"].default
    assert face("62 kg", default) == face("62 kg")


def test_tuples_are_wrapped_member_by_member() -> None:
    result = unit_aware(effort)("180 W", "240 W")
    assert type(result) is Effort
    assert result.power_w == quantity(180, "W")
    assert result.share == 0.75
    assert result.sport == "mtb"
    assert unit_aware(halves)("10 km") == (quantity(5000, "m"), quantity(5, "km"))
    assert unit_aware(thirds)("3 km") == (quantity(1000, "m"),) * 3


def test_ratios_and_flags_stay_plain() -> None:
    assert unit_aware(is_steep)(0.2) is True
    assert unit_aware(is_steep)("10 %") is False
    assert type(unit_aware(grade_of)("10 m", "100 m")) is float
    assert unit_aware(grade_of)(quantity([10.0, 20.0], "m"), "100 m").tolist() == [0.1, 0.2]


def test_declared_units_of_a_function() -> None:
    assert declared_units(lifting_power) == {
        "mass_kg": "kg",
        "climb_rate_m_per_s": "m/s",
        "efficiency": "1",
        "gravity_m_per_s2": "m/s^2",
        "label": None,
        "return": "W",
    }
    assert declared_units(effort)["return"] == ("W", "1", None)
    assert declared_units(is_steep)["return"] is None


# what is loaded when


def _run_fresh(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_strings_are_read_without_pint_and_numpy() -> None:
    code = (
        "import sys; from pacecalc.units import to_si, parse_duration_s\n"
        "to_si('12,000 ft', 'm'); parse_duration_s('11:45', two_part='h:mm')\n"
        "try: to_si('62 kgs', 'kg')\n"
        "except ValueError as error: print(error)\n"
        "print([m for m in ('pint', 'numpy', 'pydantic') if m in sys.modules])"
    )
    assert _run_fresh(code).endswith('did you mean "kg"?\n[]')


def test_the_slim_registry_is_the_command_lines_own() -> None:
    code = (
        "import pint; from pacecalc.units import quantity, install_slim_registry, to_si\n"
        "install_slim_registry()\n"
        "print(quantity(24.0, 'degC'), quantity(5, 'km/h'), f'{quantity(5, \"mi\"):~}')\n"
        "print(len(list(pint.get_application_registry()._units)) < 300, 'parsec' in pint.get_application_registry())"
    )
    assert _run_fresh(code) == "24.0 degree_Celsius 5.0 kilometer / hour 5.0 mi\nTrue False"


def test_a_process_that_installs_the_slim_registry_computes_with_it() -> None:
    hosts = pint.get_application_registry().get()
    try:
        install_slim_registry()
        assert quantity(10, "km/h").to("mile_per_hour").magnitude == pytest.approx(6.2137119)
        assert "parsec" not in pint.get_application_registry()
    finally:
        pint.set_application_registry(hosts)


def test_a_hosts_registry_is_left_alone() -> None:
    code = (
        "import pint; host = pint.UnitRegistry(); host.define('lap = 400 m'); pint.set_application_registry(host)\n"
        "import pacecalc; from pacecalc.units import quantity, to_si\n"
        "before = len(host._units); to_si(host.Quantity(2, 'lap'), 'm')\n"
        "q = quantity(1, 'km') + host.Quantity(1, 'lap')\n"
        "print(q.to('m').magnitude, len(host._units) == before, pint.get_application_registry().get() is host)"
    )
    assert _run_fresh(code) == "1400.0 True True"
