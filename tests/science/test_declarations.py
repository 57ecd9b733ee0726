"""Units of the science functions: annotation, name and docstring say the same."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from numpy.typing import ArrayLike

import pacecalc.science
from pacecalc.arrays import FloatArray
from pacecalc.units import declared_units, suffix_of
from pacecalc.units.definitions import read_unit

_UNIT_AT_THE_END = re.compile(r"\[([^\]\s]+)\]\.?$")


def find_functions() -> list[Callable[..., Any]]:
    """Every public function of every science module, where it is defined."""
    found = []
    for info in pkgutil.walk_packages(pacecalc.science.__path__, "pacecalc.science."):
        module = importlib.import_module(info.name)
        for name, member in vars(module).items():
            if inspect.isfunction(member) and member.__module__ == info.name and not name.startswith("_"):
                found.append(member)
    return found


def is_floating(hint: Any) -> bool:
    """Whether a bare annotation lets a measured number in; counts, codes and flags carry no unit."""
    if hint is float or hint == ArrayLike:
        return True
    origin = get_origin(hint)
    if origin is np.ndarray:
        return hint == FloatArray
    if origin is Annotated:
        return is_floating(get_args(hint)[0])
    if origin in (Union, UnionType, tuple, list) or getattr(origin, "__name__", "") in ("Sequence", "Iterable"):
        return any(is_floating(member) for member in get_args(hint))
    return False


def read_sections(docstring: str) -> dict[str, str]:
    """Sections of a numpydoc docstring by their headings; the summary under ``""``."""
    pieces = re.split(r"^(\w[\w ]*)\n-{3,}\n", docstring, flags=re.MULTILINE)
    return {"": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def read_parameters(section: str) -> dict[str, str]:
    """Description of each parameter, on one line."""
    described: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line and not line[0].isspace():
            names = [name.strip() for name in line.split(":")[0].split(",")]
            described.update(dict.fromkeys(names, ""))
        else:
            for name in names:
                described[name] = f"{described[name]} {line.strip()}".strip()
    return described


def _check_unit(name: str, unit: str, described: str | None) -> list[str]:
    """What is wrong with one declared parameter."""
    problems = []
    try:
        read_unit(unit)
    except ValueError:
        return [f'{name}: unit "{unit}" is not in units.txt']
    bare = name.removesuffix(suffix_of(unit))
    if unit != "1" and bare == name and name != suffix_of(unit).removeprefix("_"):
        problems.append(f'{name}: in "{unit}", so its name must end in {suffix_of(unit)}')
    if described is None:
        problems.append(f"{name}: not among the docstring's Parameters")
    else:
        shown = _UNIT_AT_THE_END.search(described)
        if shown is None or shown[1] != unit:
            problems.append(f"{name}: its description must end in [{unit}]: {described!r}")
    return problems


def _flatten(unit: Any) -> list[str]:
    return [one for member in unit for one in _flatten(member)] if isinstance(unit, tuple) else [unit] if unit else []


def check_declaration(function: Callable[..., Any]) -> list[str]:
    """What is wrong with the units a science function declares; nothing when annotation, name and docstring agree."""
    hints = get_type_hints(function, include_extras=True)
    units = declared_units(function)
    sections = read_sections(inspect.getdoc(function) or "")
    described = read_parameters(sections.get("Parameters", ""))
    problems = []
    for name, hint in hints.items():
        unit = units[name]
        if name == "return":
            continue
        if isinstance(unit, str):
            problems += _check_unit(name, unit, described.get(name))
        elif is_floating(hint):
            problems.append(f"{name}: a number without a declared unit")
    returned = _flatten(units.get("return"))
    if not returned and is_floating(hints.get("return")):
        problems.append("return: a number without a declared unit")
    problems += [
        f"return: [{unit}] not in the docstring's Returns"
        for unit in dict.fromkeys(returned)
        if f"[{unit}]" not in sections.get("Returns", "")
    ]
    for unit in dict.fromkeys(returned):
        try:
            read_unit(unit)
        except ValueError:
            problems.append(f'return: unit "{unit}" is not in units.txt')
    if not {"References", "Notes"} & set(sections):
        problems.append("docstring: neither References nor Notes")
    if ">>> " not in sections.get("Examples", ""):
        problems.append("docstring: no Examples that run")
    return problems


@pytest.mark.parametrize("function", find_functions(), ids=lambda f: f"{f.__module__.rpartition('.')[2]}.{f.__name__}")
def test_annotation_name_and_docstring_agree(function: Callable[..., Any]) -> None:
    assert check_declaration(function) == []


# the check itself finds what it is for


class Shares(NamedTuple):
    carbohydrate: Annotated[float, "1"]
    fat_g_per_h: Annotated[float, "g/h"]


def sound(
    mass_kg: Annotated[ArrayLike, "kg"],
    kg: Annotated[float, "kg"],
    grade: Annotated[float, "1"] | None = None,
    passes: int = 3,
    sport: str = "run",
) -> Annotated[FloatArray, "W"]:
    """Sum.

    Parameters
    ----------
    mass_kg, kg : array_like
        Masses
        of things [kg].
    grade : float
        Slope, a choice [1]

    Returns
    -------
    ndarray
        Power [W].

    Notes
    -----
    Made up.

    Examples
    --------
    >>> 1
    1
    """
    return np.asarray(mass_kg) * kg


def unsound(
    mass: Annotated[float, "kg"],
    speed_m_per_s: Annotated[float, "m/s"],
    power_w: Annotated[float, "W"],
    width_furlong: Annotated[float, "furlong"],
    height_m: float,
    spans_m: list[float] | None = None,
) -> Shares:
    """Sum.

    Parameters
    ----------
    mass : float
        Mass [kg].
    power_w : float
        Power [kW].

    Returns
    -------
    Shares
        Carbohydrate [1] and fat.
    """
    return Shares(mass, speed_m_per_s)


def undeclared(grade: Annotated[float, "1"]) -> float:
    """Sum."""
    return grade


def test_a_sound_declaration_passes() -> None:
    assert check_declaration(sound) == []


def test_every_fault_of_a_declaration_is_found() -> None:
    assert check_declaration(unsound) == [
        'mass: in "kg", so its name must end in _kg',
        "speed_m_per_s: not among the docstring's Parameters",
        "power_w: its description must end in [W]: 'Power [kW].'",
        'width_furlong: unit "furlong" is not in units.txt',
        "height_m: a number without a declared unit",
        "spans_m: a number without a declared unit",
        "return: [g/h] not in the docstring's Returns",
        "docstring: neither References nor Notes",
        "docstring: no Examples that run",
    ]
    assert "return: a number without a declared unit" in check_declaration(undeclared)


def test_science_functions_are_found() -> None:
    assert "pacecalc.science.gradient.pace_factor" in {f"{f.__module__}.{f.__name__}" for f in find_functions()}
