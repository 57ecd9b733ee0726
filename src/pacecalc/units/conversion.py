"""From what a user gives, a quantity of any registry or a string, to plain numbers; and back to quantities.

Strings never touch pint. A quantity is reduced by its own registry to base units, whose names we know, so that two
registries never meet.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from pacecalc.errors import UnitError
from pacecalc.units.definitions import (
    DEFINITIONS_FILE,
    UnitExpression,
    UnknownUnitError,
    UnreadableUnitError,
    combine_units,
    read_unit,
)
from pacecalc.units.grammar import (
    GrammarError,
    NoUnitError,
    TwoPart,
    TwoPartError,
    WrittenQuantity,
    read_quantity,
)
from pacecalc.units.kinds import name_kind, other_units, suggest_unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pint import Quantity

_EXACT_IN_FLOAT = 2**53
_SPEED = read_unit("m/s").dimension
_PACE = read_unit("s/m").dimension


def to_si(
    value: object,
    unit: str,
    *,
    name: str = "value",
    minimum: float | None = None,
    maximum: float | None = None,
    two_part: TwoPart | None = None,
) -> float:
    """Read one quantity and give its number in ``unit``, which inside pacecalc is mostly an SI unit.

    Parameters
    ----------
    value
        A pint quantity of any registry, a string such as ``"62 kg"``, a ``timedelta``; for ``unit="1"`` also a
        plain number.
    unit
        What the number is wanted in.
    name
        What the value is, for messages.
    minimum, maximum
        Bounds, in ``unit``, that are still allowed.
    two_part
        What ``"11:45"`` means; without it such text is refused as ambiguous.

    Raises
    ------
    UnitError
        A number without a unit, an unknown unit, the wrong kind, not finite, or out of bounds.

    Examples
    --------
    >>> to_si("12,000 ft", "m")
    3657.6
    >>> to_si("5:30 /km", "m/s", name="speed") == 1000 / 330
    True
    """
    number = convert(value, unit, name=name, two_part=two_part)
    if not isinstance(number, float):
        raise UnitError(f"{name}: {len(number)} values found, expected one")
    _check_bounds(number, number, value, unit, name, minimum, maximum)
    return number


def to_si_array(
    value: object,
    unit: str,
    *,
    name: str = "value",
    minimum: float | None = None,
    maximum: float | None = None,
) -> NDArray[np.float64]:
    """Like ``to_si`` for many values at once: a quantity that holds an array (one value gives an array of one)."""
    import numpy as np

    numbers = np.atleast_1d(np.asarray(convert(value, unit, name=name), dtype=np.float64))
    if numbers.size:
        _check_bounds(float(numbers.min()), float(numbers.max()), None, unit, name, minimum, maximum)
    return numbers


def parse_duration_s(
    text: str,
    *,
    two_part: TwoPart,
    name: str = "duration",
    minimum: float | None = 0.0,
    maximum: float | None = None,
) -> float:
    """Seconds of a written duration; the caller says what two parts mean, hours and minutes or minutes and seconds.

    >>> parse_duration_s("11:45", two_part="h:mm"), parse_duration_s("40:00", two_part="mm:ss")
    (42300.0, 2400.0)
    """
    return to_si(text, "s", name=name, minimum=minimum, maximum=maximum, two_part=two_part)


def convert(
    value: object, unit: str, *, name: str = "value", two_part: TwoPart | None = None
) -> float | NDArray[np.float64]:
    """The number, or the array of numbers, of a quantity in ``unit``; finite or refused."""
    target = read_unit(unit)
    if isinstance(value, str):
        return _convert_text(value, target, name, two_part)
    if isinstance(value, timedelta):
        seconds = WrittenQuantity(Fraction(value // timedelta(microseconds=1), 1_000_000), read_unit("s"))
        return _convert_exact(seconds, target, value, name)
    if is_quantity(value):
        converted: float | NDArray[np.float64] = _convert_quantity(value, target, name)
        return converted
    if value is None or isinstance(value, bool | bytes):
        raise UnitError(f"{name}: {value!r} is not a quantity; write {_example(target)}")
    return _convert_bare(value, target, name)


def is_quantity(value: object) -> bool:
    """Whether it is a pint quantity, of whatever registry, found without importing pint."""
    return hasattr(value, "magnitude") and hasattr(value, "unit_items") and hasattr(value, "to_root_units")


def _convert_text(text: str, target: UnitExpression, name: str, two_part: TwoPart | None) -> float:
    try:
        written = read_quantity(text, two_part=two_part, ratio=not target.dimension)
        if written.unit.dimension != target.dimension:
            written = _as_fluid_ounces(written, target)
    except UnknownUnitError as error:
        near = suggest_unit(error.word, target.dimension)
        hint = f'did you mean "{near}"?' if near else f"write {_example(target)}"
        raise UnitError(f'{name}: unknown unit "{error.word}" in "{text}"; {hint}') from None
    except NoUnitError:
        raise UnitError(f'{name}: "{text}" has no unit; write {_fix(text.strip(), target)}') from None
    except TwoPartError as error:
        ways = f'write "{text.strip()}:00" (h:mm:ss) or "{text.strip()} min" (mm:ss)'
        raise UnitError(f'{name}: "{text}" {error}; {ways}') from None
    except UnreadableUnitError:
        raise UnitError(f'{name}: cannot read the unit of "{text}"; write {_example(target)}') from None
    except GrammarError as error:
        hint = "" if "write" in str(error) else f"; write {_example(target)}"
        raise UnitError(f'{name}: "{_shortened(text)}" {error}{hint}') from None
    return _convert_exact(written, target, text, name)


def _as_fluid_ounces(written: WrittenQuantity, target: UnitExpression) -> WrittenQuantity:
    """``"16 oz"`` where a volume is wanted is fluid ounces: bottles are labelled so."""
    names = (("fluid_ounce" if name == "ounce" else name, power) for name, power in written.unit.names)
    fluid = combine_units(tuple(sorted(names)))
    return WrittenQuantity(written.number, fluid) if fluid.dimension == target.dimension else written


def _convert_exact(written: WrittenQuantity, target: UnitExpression, given: object, name: str) -> float:
    number, unit = written
    if unit.names == target.names and not unit.offset:
        return _finite(float(number), given, name)
    if unit.dimension == target.dimension:
        if unit.is_difference and target.offset:
            raise UnitError(f"{name}: {_shown(given)} is a difference, expected a temperature")
        if target.is_difference:
            return _finite(float(number * unit.factor / target.factor), given, name)
        base = number * unit.factor + unit.offset
        if unit.offset and base < 0:
            raise UnitError(f"{name}: {_shown(given)} is below absolute zero")
        return _finite(float((base - target.offset) / target.factor), given, name)
    if {unit.dimension, target.dimension} == {_SPEED, _PACE} and number > 0:
        return _finite(float(1 / (number * unit.factor * target.factor)), given, name)
    _refuse_kind(given, unit, target, name)


def _convert_quantity(value: Any, target: UnitExpression, name: str) -> Any:
    if tuple(sorted(value.unit_items())) == target.names:
        return _plain(value.magnitude, value, name)
    reduced = value.to_root_units()
    try:
        unit = combine_units(tuple((base, power) for base, power in sorted(reduced.unit_items())))
    except UnknownUnitError:
        raise UnitError(f"{name}: {_shown(value)} is of another kind, expected {_expectation(target)}") from None
    number = _plain(reduced.magnitude, value, name)
    if unit.dimension != target.dimension:
        if {unit.dimension, target.dimension} != {_SPEED, _PACE} or _smallest(number) <= 0:
            _refuse_kind(value, unit, target, name)
        return 1.0 / (number * float(unit.factor * target.factor))
    is_difference = any(str(unit_name).startswith("delta_") for unit_name, _ in value.unit_items())
    if is_difference and target.offset:
        raise UnitError(f"{name}: {_shown(value)} is a difference, expected a temperature")
    factor = unit.factor / target.factor
    if target.is_difference and not is_difference and len(value.unit_items()) == 1:
        number, factor = _plain(value.magnitude, value, name), _degree_of(value, name) / target.factor
    elif target.offset:
        return _scaled(number, unit.factor) / float(target.factor) - float(target.offset / target.factor)
    return _scaled(number, factor)


def _degree_of(temperature: Any, name: str) -> Fraction:
    """Kelvin per degree of a temperature that is meant as a difference, as in a warming of 3 degC."""
    unit = next(iter(temperature.unit_items()))[0]
    try:
        return read_unit(unit).factor
    except UnknownUnitError:
        raise UnitError(f"{name}: {temperature} is a temperature, expected a difference such as 3 kelvin") from None


def _scaled(number: Any, factor: Fraction) -> Any:
    """Multiply with one rounding where the factor, or one over it, is a whole number."""
    if factor.numerator < _EXACT_IN_FLOAT and factor.denominator < _EXACT_IN_FLOAT:
        return number * float(factor.numerator) / float(factor.denominator)
    return number * float(factor)


def _plain(magnitude: Any, value: object, name: str) -> Any:
    """A finite float, or a finite float64 array, from the magnitude of a quantity."""
    if getattr(magnitude, "ndim", 0):
        return _plain_array(magnitude, name)
    try:
        number = float(magnitude)
    except TypeError:
        raise UnitError(f"{name}: {_shown(value)} does not hold a number") from None
    return _finite(number, value, name)


def _plain_array(values: Any, name: str) -> NDArray[np.float64]:
    import numpy as np

    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise UnitError(f"{name}: not every value is a number") from None
    if not np.isfinite(numbers).all():
        raise UnitError(f"{name}: not every value is a finite number")
    return numbers


def _smallest(number: Any) -> float:
    return float(number.min()) if getattr(number, "ndim", 0) else float(number)


def _convert_bare(value: Any, target: UnitExpression, name: str) -> float | NDArray[np.float64]:
    """A number without a unit: right for a ratio, refused for anything else."""
    if getattr(value, "ndim", 0) or isinstance(value, list | tuple):
        if target.dimension:
            raise UnitError(f'{name}: an array has no unit; give pacecalc.quantity(values, "{target.text}")')
        return _plain_array(value, name)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise UnitError(f"{name}: {value!r} is not a quantity; write {_example(target)}") from None
    _finite(number, value, name)
    if target.dimension:
        raise UnitError(f"{name}: {value} has no unit; write {_fix(str(value), target)}")
    return number


def _finite(number: float, given: object, name: str) -> float:
    if not math.isfinite(number):
        raise UnitError(f"{name}: {_shown(given)} is not a finite number")
    return number


def _check_bounds(
    lowest: float, highest: float, given: object, unit: str, name: str, minimum: float | None, maximum: float | None
) -> None:
    shown_unit = "" if unit == "1" else f" {unit}"
    if minimum is not None and lowest < minimum:
        found = _shown(given) if given is not None else f"{lowest:g}{shown_unit}"
        limit = "must not be negative" if minimum == 0 else f"must be at least {minimum:g}{shown_unit}"
        raise UnitError(f"{name}: {found} is too small; it {limit}")
    if maximum is not None and highest > maximum:
        found = _shown(given) if given is not None else f"{highest:g}{shown_unit}"
        raise UnitError(f"{name}: {found} is too large; it must be at most {maximum:g}{shown_unit}")


def _refuse_kind(given: object, unit: UnitExpression, target: UnitExpression, name: str) -> NoReturn:
    found = name_kind(unit.dimension) or f'in "{unit.text}"'
    raise UnitError(f"{name}: {_shown(given)} is {found}, expected {_expectation(target, given)}")


def _expectation(target: UnitExpression, given: object = None) -> str:
    """``a mass such as "62 kg"``, with the number that was given when that makes sense."""
    noun = name_kind(target.dimension) or "a value"
    number = re.match(r"\s*([0-9]+(?:\.[0-9]+)?)(?![0-9:,])", given) if isinstance(given, str) else None
    if target.text == "1":
        return f'{noun} such as "35 %" or 0.35'
    return f'{noun} such as "{number[1]} {target.text}"' if number else f"{noun} such as {_example(target)}"


def _example(target: UnitExpression) -> str:
    examples = {"s": '"1 h 30 min" or "1:30:00"', "kg": '"62 kg"', "degC": '"24 degC"', "1": '"35 %" or 0.35'}
    examples |= {"s/m": '"5:30 /km"', "m": '"40 km", "25 mi" or "900 ft"', "W": '"210 W"'}
    return examples.get(target.text, f'"10 {target.text}"')


def _fix(number: str, target: UnitExpression) -> str:
    others = other_units(target.text)
    return f'"{number} {target.text}"' + (f" (or {', '.join(others)})" if others else "")


def _shown(given: object) -> str:
    if getattr(given, "ndim", 0):
        return f"an array in {getattr(given, 'units', 'no unit')}"
    return f'"{given}"' if isinstance(given, str) else str(given)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:50]}..."


def quantity(value: object, unit: str) -> Quantity[Any]:
    """A quantity of pint's application registry, so that it adds up with the host's own quantities."""
    import pint
    from pint.util import UnitsContainer

    registry: Any = pint.get_application_registry()  # type: ignore[no-untyped-call]
    names = UnitsContainer(dict(read_unit(unit).names))
    magnitude = float(value) if not getattr(value, "ndim", 0) and not isinstance(value, list | tuple) else value  # type: ignore[arg-type]
    wrapped: Quantity[Any] = registry.Quantity(magnitude, registry.Unit(names))
    return wrapped


def install_slim_registry() -> None:
    """Make a registry of ``units.txt`` alone pint's application registry; for the command line's own process only.

    A library must never do this: the application registry belongs to the host.
    """
    import pint

    pint.set_application_registry(pint.UnitRegistry(DEFINITIONS_FILE))  # type: ignore[no-untyped-call]
