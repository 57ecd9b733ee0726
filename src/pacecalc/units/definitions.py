"""The units of ``units.txt``, read without pint: exact factors to SI, and expressions such as ``"J/kg/m"``.

pint needs tens of milliseconds to be imported and up to a quarter of a second to build its default registry; a race
profile is a few hundred strings. Factors are kept as fractions, so ``"35 %"`` is 0.35 and not 0.35000000000000003.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

from pacecalc.record import record

DEFINITIONS_FILE = Path(__file__).parent.parent / "units.txt"

Powers = tuple[tuple[str, int], ...]
"""Names with their powers, sorted by name: ``(("meter", 1), ("second", -1))``."""

SPELLINGS = {
    "F": "degree_Fahrenheit",
    "C": "degree_Celsius",
    "fl_oz": "fluid_ounce",
    "st": "stone",
}
"""How athletes write what pint calls otherwise; there F is the farad and C the coulomb."""


@record()
class UnitDefinition:
    """One line of ``units.txt``: factor and offset to the SI base units, and what it is made of."""

    name: str
    symbol: str
    aliases: tuple[str, ...]
    factor: Fraction
    offset: Fraction
    """Kelvin at zero of this unit; 0 for all but degC and degF."""
    dimension: Powers


@record()
class UnitExpression:
    """A product of powers of known units."""

    text: str
    names: Powers
    factor: Fraction
    offset: Fraction
    dimension: Powers

    @property
    def is_difference(self) -> bool:
        """Whether it measures a difference of temperatures, not a temperature."""
        return len(self.names) == 1 and self.names[0][0].startswith("delta_")


class UnknownUnitError(ValueError):
    """A name that ``units.txt`` does not hold; turned into a UnitError by whoever knows what it was meant for."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


class UnreadableUnitError(ValueError):
    """Text that is not a product of unit names."""


def _multiplied(pairs: list[tuple[Powers, int]]) -> Powers:
    total: dict[str, int] = {}
    for powers, exponent in pairs:
        for name, power in powers:
            total[name] = total.get(name, 0) + power * exponent
    return tuple(sorted((name, power) for name, power in total.items() if power))


def _read_relation(relation: str, known: dict[str, UnitDefinition], name: str) -> tuple[Fraction, Powers]:
    """Factor and dimension of the right-hand side of a definition: numbers and units joined by ``*``, ``/``, ``**``."""
    if relation.startswith("["):
        return Fraction(1), ((name, 1),)
    factor, pairs = Fraction(1), []
    for sign, word, exponent in re.findall(r"(^|[*/])\s*([\w.]+)\s*(?:\*\*\s*(\d+))?\s*", relation):
        power = (-1 if sign == "/" else 1) * int(exponent or 1)
        if word[0].isdigit():
            factor *= Fraction(word) ** power
        else:
            factor *= known[word].factor ** power
            pairs.append((known[word].dimension, power))
    return factor, _multiplied(pairs)


def _read_line(line: str, known: dict[str, UnitDefinition]) -> UnitDefinition:
    name, relation, *names = (part.strip() for part in line.split("="))
    relation, _, offset = relation.partition("; offset:")
    factor, dimension = _read_relation(relation.strip(), known, name)
    symbol, aliases = (names[0], tuple(names[1:])) if names and names[0] != "_" else (name, tuple(names[1:]))
    return UnitDefinition(name, symbol, aliases, factor, Fraction(offset.strip() or 0), dimension)


@cache
def read_definitions() -> dict[str, UnitDefinition]:
    """Every unit of ``units.txt`` by its name; temperatures with an offset also as a difference (``delta_...``)."""
    known: dict[str, UnitDefinition] = {}
    for line in DEFINITIONS_FILE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            unit = _read_line(line, known)
            known[unit.name] = unit
            if unit.offset:
                aliases = tuple(f"delta_{alias}" for alias in unit.aliases)
                name, symbol = f"delta_{unit.name}", f"Δ{unit.symbol}"
                known[name] = UnitDefinition(name, symbol, aliases, unit.factor, Fraction(0), unit.dimension)
    return known


@cache
def read_names() -> dict[str, UnitDefinition]:
    """Every unit by each of its names, symbols, aliases and spellings."""
    by_name = {}
    for unit in read_definitions().values():
        for name in (unit.name, unit.symbol, *unit.aliases):
            by_name[name] = unit
    for spelling, name in SPELLINGS.items():
        by_name[spelling] = by_name[name]
    return by_name


_REWRITES = (
    (re.compile(r"fl\.?[ _]*oz\b"), "fl_oz"),
    (re.compile(r"°\s+(?=[CF]\b)"), "°"),
    (re.compile(r"\s+per\s+"), "/"),
    (re.compile(r"\s*(?:\*\*|\^)\s*"), "^"),
    (re.compile("²"), "^2"),
    (re.compile("³"), "^3"),
    (re.compile(r"\s*[*·⋅×]\s*"), "*"),
    (re.compile(r"\s*/\s*"), "/"),
)
_FACTOR = re.compile(r"([^\W\d]+|°[CF]|Δ°[CF]|%)(?:\^?(-?[1-9]))?")


@lru_cache(maxsize=512)
def read_unit(text: str) -> UnitExpression:
    """Read a unit expression: names joined by ``*`` and ``/``, each with a whole power; ``"1"`` is dimensionless.

    A temperature inside a product is a difference, as in ``"degC/km"``.
    """
    plain = text.strip()
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement, plain)
    if plain == "1":
        return UnitExpression("1", (), Fraction(1), Fraction(0), ())
    found: list[tuple[UnitDefinition, int]] = []
    for position, word in enumerate(re.split(r"([*/])", plain)[::2]):
        if position == 0 and word == "1" and "/" in plain:
            continue
        match = _FACTOR.fullmatch(word)
        if match is None:
            raise UnknownUnitError(word) if re.fullmatch(r"\w+", word) else UnreadableUnitError(text)
        unit = read_names().get(match[1])
        if unit is None:
            raise UnknownUnitError(match[1])
        found.append((unit, int(match[2] or 1)))
    signs = [1, *(-1 if sign == "/" else 1 for sign in re.findall(r"[*/]", plain))][-len(found) :]
    powers = [(unit, power * sign) for (unit, power), sign in zip(found, signs, strict=True)]
    if len(powers) > 1 or powers[0][1] != 1:
        known = read_definitions()
        powers = [(known.get(f"delta_{unit.name}", unit), power) for unit, power in powers]
    return _expression(text.strip(), powers)


def combine_units(names: Powers) -> UnitExpression:
    """The expression of known canonical names with powers, such as a quantity holds."""
    known = read_definitions()
    unknown = [name for name, _ in names if name not in known]
    if unknown:
        raise UnknownUnitError(unknown[0])
    return _expression(" * ".join(f"{name}^{power}" for name, power in names), [(known[n], p) for n, p in names])


def _expression(text: str, powers: list[tuple[UnitDefinition, int]]) -> UnitExpression:
    factor = Fraction(1)
    for unit, power in powers:
        factor *= unit.factor**power
    return UnitExpression(
        text=text,
        names=_multiplied([(((unit.name, 1),), power) for unit, power in powers]),
        factor=factor,
        offset=powers[0][0].offset if len(powers) == 1 and powers[0][1] == 1 else Fraction(0),
        dimension=_multiplied([(unit.dimension, power) for unit, power in powers]),
    )


def suffix_of(unit: str) -> str:
    """Ending of the name of a number in this unit.

    >>> suffix_of("J/kg/m"), suffix_of("m^2"), suffix_of("degC"), suffix_of("1")
    ('_j_per_kg_per_m', '_m2', '_c', '')
    """
    if unit == "1":
        return ""
    words = unit.removeprefix("1").replace("degC", "c").replace("degF", "f").replace("%", "percent")
    words = words.replace("/", "_per_").replace("^", "").replace("*", "_").lower()
    return words if words.startswith("_") else f"_{words}"
