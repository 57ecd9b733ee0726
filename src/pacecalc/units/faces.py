"""The unit-aware face of a science function, derived from the units its annotations declare."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pacecalc.units.conversion import convert, quantity

DeclaredUnit = str | tuple["DeclaredUnit", ...] | None
"""A unit; one per member of a tuple; or None for what carries no unit (text, flags, records)."""


def declared_units(function: Callable[..., Any]) -> dict[str, DeclaredUnit]:
    """Unit of every parameter, and of what is returned under ``"return"``; None where none is declared.

    >>> def speed(distance_m: Annotated[float, "m"], sport: str = "run") -> Annotated[float, "m/s"]: ...
    >>> declared_units(speed)
    {'distance_m': 'm', 'sport': None, 'return': 'm/s'}
    """
    hints = get_type_hints(function, include_extras=True)
    return {name: _unit_of(hint) for name, hint in hints.items()}


def _unit_of(hint: Any) -> DeclaredUnit:
    origin = get_origin(hint)
    if origin is Annotated:
        return next((extra for extra in get_args(hint)[1:] if isinstance(extra, str)), None)
    if origin in (Union, UnionType):
        return next((unit for unit in map(_unit_of, get_args(hint)) if unit is not None), None)
    if origin is tuple:
        units = tuple(_unit_of(member) for member in get_args(hint) if member is not Ellipsis)
        return units if any(units) else None
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        fields = get_type_hints(hint, include_extras=True)
        units = tuple(_unit_of(fields[field]) for field in hint._fields)
        return units if any(units) else None
    return None


@functools.cache
def unit_aware(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function for quantities and strings: same name, parameters and docstring.

    Parameters with a unit take a quantity of any registry or, for one value, a string; ratios (``"1"``) are plain
    numbers. What is returned is in the declared unit, as a quantity of pint's application registry; ratios are floats.
    """
    units = declared_units(function)
    returned = units.pop("return", None)
    plain = inspect.signature(function)

    @functools.wraps(function)
    def face(*args: Any, **kwargs: Any) -> Any:
        bound = plain.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            unit = units.get(name)
            if isinstance(unit, str) and not (value is None and plain.parameters[name].default is None):
                bound.arguments[name] = convert(value, unit, name=name)
        return _wrap(function(*bound.args, **bound.kwargs), returned)

    face.__signature__ = _public_signature(plain, units, returned)  # type: ignore[attr-defined]
    face.__annotations__ = {p.name: p.annotation for p in face.__signature__.parameters.values()}  # type: ignore[attr-defined]
    face.__doc__ = _public_docstring(function)
    return face


def _wrap(result: Any, unit: DeclaredUnit) -> Any:
    if unit is None:
        return result
    if isinstance(unit, tuple):
        per_member = unit if len(unit) > 1 else unit * len(result)
        members = [_wrap(member, one) for member, one in zip(result, per_member, strict=True)]
        return type(result)(*members) if hasattr(result, "_fields") else tuple(members)
    if unit != "1":
        return quantity(result, unit)
    return result if getattr(result, "ndim", 0) else float(result)


def _public_signature(
    plain: inspect.Signature, units: dict[str, DeclaredUnit], returned: DeclaredUnit
) -> inspect.Signature:
    """The signature users see: a default is shown as they would write it, ``'75.0 kg'``."""
    parameters = []
    for name, parameter in plain.parameters.items():
        unit = units.get(name)
        if isinstance(unit, str):
            default = parameter.default
            if unit != "1" and isinstance(default, int | float):
                default = f"{default} {unit}"
            annotation = "ArrayLike" if unit == "1" else "Quantity | str"
            parameter = parameter.replace(annotation=annotation, default=default)
        parameters.append(parameter)
    gives = plain.return_annotation
    if isinstance(returned, str):
        gives = "float | FloatArray" if returned == "1" else "Quantity"
    return plain.replace(parameters=parameters, return_annotation=gives)


def _public_docstring(function: Callable[..., Any]) -> str:
    """The function's docstring, and whose plain numbers its examples show."""
    text = inspect.getdoc(function) or ""
    summary, _, rest = text.partition("\n\n")
    note = (
        "Takes quantities of any pint registry or strings with a unit, returns quantities; the examples show\n"
        f"``{function.__module__}.{function.__name__}``, the same on plain numbers."
    )
    return "\n\n".join(part for part in (summary, note, rest) if part)
