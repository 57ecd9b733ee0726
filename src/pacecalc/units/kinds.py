"""What a dimension is called and how it is best written, for messages that teach."""

from __future__ import annotations

from typing import NamedTuple

from pacecalc.units.definitions import SPELLINGS, Powers, read_definitions, read_unit


class Kind(NamedTuple):
    """What athletes call a dimension, and units to write it in."""

    noun: str
    units: tuple[str, ...]


_KINDS = (
    Kind("a length", ("m", "km", "mi", "ft")),
    Kind("a duration", ("s", "min", "h")),
    Kind("a mass", ("kg", "lb")),
    Kind("a temperature", ("degC", "degF")),
    Kind("a speed", ("km/h", "mph", "m/s")),
    Kind("a pace", ("min/km", "min/mi")),
    Kind("an area", ("m^2",)),
    Kind("a volume", ("mL", "L", "fl oz")),
    Kind("an acceleration", ("m/s^2",)),
    Kind("a force", ("N",)),
    Kind("a pressure", ("kPa", "hPa", "bar")),
    Kind("an energy", ("kJ", "kcal")),
    Kind("a power", ("W",)),
    Kind("a power per mass", ("W/kg",)),
    Kind("a concentration", ("mg/L", "g/L")),
    Kind("an amount per volume", ("mmol/L",)),
    Kind("a mass per time", ("g/h", "mg/h")),
    Kind("a volume per time", ("L/h", "mL/h")),
    Kind("an angle", ("deg", "rad")),
    Kind("a ratio", ("%",)),
    Kind("a frequency", ("1/min",)),
    Kind("a mass per area", ("kg/m^2",)),
)


def name_kind(dimension: Powers) -> str | None:
    """The noun of a dimension with its article, when it has one."""
    kind = _find_kind(dimension)
    return kind.noun if kind else None


def other_units(unit: str) -> tuple[str, ...]:
    """Other units people write the same kind of quantity in."""
    kind = _find_kind(read_unit(unit).dimension)
    return tuple(other for other in kind.units if other != unit) if kind else ()


def suggest_unit(word: str, dimension: Powers | None) -> str | None:
    """The known unit nearest to a word, first among those of the wanted dimension."""
    from difflib import get_close_matches

    known = read_definitions()
    wanted: dict[str, str] = {}
    others: dict[str, str] = {}
    for unit in known.values():
        target = wanted if unit.dimension == dimension else others
        for name in (unit.symbol, *unit.aliases, unit.name):
            target.setdefault(name.lower(), name)
    for spelling, name in SPELLINGS.items():
        (wanted if known[name].dimension == dimension else others).setdefault(spelling.lower(), spelling)
    for names, cutoff in ((wanted, 0.5), (others, 0.6)):
        close = get_close_matches(word.lower(), names, n=1, cutoff=cutoff)
        if close:
            return names[close[0]]
    return None


def _find_kind(dimension: Powers) -> Kind | None:
    return next((kind for kind in _KINDS if read_unit(kind.units[0]).dimension == dimension), None)
