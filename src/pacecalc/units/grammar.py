"""How people write quantities: ``"62 kg"``, ``"12,000 ft"``, ``"11:45"``, ``"1 h 30 min"``, ``"5:30 /km"``.

Our own strict grammar and not pint's expression parser, which reads ``"1 000 m"`` as 0 m and ``"5:30 min/km"`` as
150 min/km. What can be read two ways is refused with the way to write it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from pacecalc.units.definitions import UnitExpression, read_unit

TwoPart = Literal["h:mm", "mm:ss"]

LONGEST_TEXT = 80
LARGEST_EXPONENT = 12

_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+"
_NUMBER = rf"[+-]?(?:(?:{_GROUPED}|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?(?![0-9.,:])"
_QUANTITY = re.compile(rf"({_NUMBER})\s*(\D.*)?", re.DOTALL)
_TERM = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*([^\W\d_][^\W\d]*)")
_COMPOUND = re.compile(rf"{_TERM.pattern}(?:\s*{_TERM.pattern})+")
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]")
_CLOCK = re.compile(r"([+-]?)([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}))?(\.[0-9]+)?\s*(\D.*)?", re.DOTALL)
_HOURS_AND = re.compile(r"([+-]?)([0-9]{1,3})\s*h\s*([0-9]{1,2})(?:\s*(?:m|min)(?:\s*([0-9]{1,2})\s*s?)?)?")
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)(?![0-9,])(.*)", re.DOTALL)

_ODD_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\u2212": "-"})
_PER = {"km": "kilometer", "mi": "mile", "mile": "mile", "m": "meter"}


class WrittenQuantity(NamedTuple):
    """An exact number of some unit, as written."""

    number: Fraction
    unit: UnitExpression


class GrammarError(ValueError):
    """Text that is no quantity; the message says what is wrong with it and not where it came from."""


class NoUnitError(GrammarError):
    """A number without a unit."""


class TwoPartError(GrammarError):
    """``"11:45"`` where it could mean hours and minutes as well as minutes and seconds."""


def read_quantity(text: str, *, two_part: TwoPart | None = None, ratio: bool = False) -> WrittenQuantity:
    """Read one quantity, or with ``ratio`` a number alone.

    Raises GrammarError, or UnknownUnitError for a unit that is not in ``units.txt``.
    """
    plain = text.translate(_ODD_SPACES).strip()
    if len(plain) > LONGEST_TEXT:
        raise GrammarError(f"is {len(plain)} characters long, which is no quantity")
    if not plain.isprintable():
        raise GrammarError("is not a number with a unit")
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return _read_clock(clock, two_part)
    hours_and = _HOURS_AND.fullmatch(plain)
    if hours_and:
        return _read_hours_and(hours_and)
    if _COMPOUND.fullmatch(plain) and not _EXPONENT.match(plain):
        return _read_compound(plain)
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        raise GrammarError(_explain(plain))
    number = read_number(match[1])
    if not match[2] and not ratio:
        raise NoUnitError("has no unit")
    return WrittenQuantity(number, read_unit(match[2] or "1"))


def read_number(text: str) -> Fraction:
    """The exact value of a number, with or without thousands separators."""
    mantissa, _, exponent = text.replace(",", "").replace(" ", "").lower().partition("e")
    if abs(int(exponent or 0)) > LARGEST_EXPONENT:
        raise GrammarError("is beyond any race")
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


def _read_clock(match: re.Match[str], two_part: TwoPart | None) -> WrittenQuantity:
    sign, first, second, third, decimals, rest = match.groups()
    unit = read_unit("s")
    if rest:
        two_part, unit = _read_clock_unit(rest.strip(), match[0])
    if third is None and two_part is None:
        raise TwoPartError("can be hours and minutes or minutes and seconds")
    if third is None and two_part == "h:mm":
        if decimals:
            raise GrammarError('has a fraction of a minute: write seconds, such as "1:30:30"')
        third = "00"
    elif third is None:
        if int(second) > 59:
            raise GrammarError(f"has {second} seconds: they end at 59")
        return _signed(sign, int(first) * 60 + Fraction(second + (decimals or "")), unit)
    if int(second) > 59 or int(third) > 59:
        raise GrammarError("has more than 59 minutes or seconds")
    return _signed(sign, int(first) * 3600 + int(second) * 60 + Fraction(third + (decimals or "")), unit)


def _read_clock_unit(rest: str, text: str) -> tuple[TwoPart, UnitExpression]:
    """What stands behind ``5:30``: ``/km`` or ``min/km`` for a pace, ``h`` or ``min`` for a duration."""
    if rest in ("h", "hr", "hours"):
        return "h:mm", read_unit("s")
    if rest in ("min", "minutes"):
        return "mm:ss", read_unit("s")
    per = re.fullmatch(r"(?:min)?\s*(?:/|per\b)\s*(\w+)", rest)
    if per and per[1] in _PER:
        return "mm:ss", read_unit(f"s/{_PER[per[1]]}")
    duration = text.removesuffix(rest).strip()
    raise GrammarError(f'has a colon and then "{rest}": write a pace "5:30 /km", a duration "{duration}"')


def _signed(sign: str, number: Fraction, unit: UnitExpression) -> WrittenQuantity:
    return WrittenQuantity(-number if sign == "-" else number, unit)


def _read_hours_and(match: re.Match[str]) -> WrittenQuantity:
    """``1h30``, ``1 h 30 min``, ``1h05m20s``: after hours an m is minutes, alone it is metres."""
    sign, hours, minutes, seconds = match.groups()
    if int(minutes) > 59 or int(seconds or 0) > 59:
        raise GrammarError("has more than 59 minutes or seconds")
    return _signed(sign, Fraction(int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)), read_unit("s"))


def _read_compound(plain: str) -> WrittenQuantity:
    """``5 ft 10 in``, ``8 lb 4 oz``, ``1 d 2 h``: one kind, each part smaller than one of the unit before."""
    terms = [(read_number(number), read_unit(unit)) for number, unit in _TERM.findall(plain)]
    first = terms[0][1]
    total = abs(terms[0][0]) * first.factor
    for (number, unit), (next_number, next_unit) in pairwise(terms):
        if next_unit.dimension != first.dimension or next_unit.offset or unit.offset:
            raise GrammarError(f'mixes "{first.text}" and "{next_unit.text}"')
        if number.denominator != 1 or not 0 <= next_number * next_unit.factor < unit.factor:
            raise GrammarError(f'does not add up: "{next_unit.text}" must be less than one "{unit.text}"')
        total += next_number * next_unit.factor
    return _signed("-" if plain.startswith("-") else "", total / first.factor, first)


def _explain(plain: str) -> str:
    """Why the text is not a quantity, when the reason is a common one."""
    comma = _DECIMAL_COMMA.fullmatch(plain)
    if comma:
        return f'has a decimal comma: write "{comma[1]}.{comma[2]}{comma[3]}"'
    if re.match(r"[+-]?[0-9]", plain) and re.match(r"[+-]?[0-9,. ]*[,.][0-9,. ]*", plain):
        return "has misplaced separators: thousands are written 12,000 or 12 000, decimals 1.5"
    return "is not a number with a unit"
