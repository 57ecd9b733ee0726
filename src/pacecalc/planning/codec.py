"""Records to plain JSON values and back, driven by the records' own type hints, and the JSON Schema of them.

Arrays become lists, datetimes ISO 8601 text with offset; floats are rounded to a millionth (curves to a thousandth) so
that the same plan is the same text everywhere.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

FLOAT_DECIMALS = 6
CURVE_DECIMALS = 3
RENAMED = {
    "RacePlan": {"day": "conditions"},
    "PlannedSegment": {"start": "from", "end": "to"},
    "PlannedLeg": {"start": "from", "end": "to"},
}
"""Keys that differ from the field names: ``from`` is a word Python keeps for itself."""


class CodecError(ValueError):
    """A JSON value that does not fit its record; ``path`` says where."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        super().__init__(f"{path or 'plan'}: {message}")


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _key(record: type, name: str) -> str:
    return RENAMED.get(record.__name__, {}).get(name, name)


def json_text(data: dict[str, Any], *, indent: int | None = 1) -> str:
    """The text of every JSON document: readable letters, one ending newline, never NaN."""
    return json.dumps(data, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def encode(value: Any) -> Any:
    """Plain JSON value of a record tree; fields that are None are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {_key(kind, name): _encode_field(name, item) for name, item in pairs if item is not None}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("a plan holds no infinite or undefined number")
    return round(number, FLOAT_DECIMALS)


def _encode_field(name: str, value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [round(float(item), _decimals(name)) for item in value]
    return encode(value)


def settle(value: Any, hint: Any = None) -> Any:
    """The same record tree with every number as JSON will hold it, so that a plan read back is the plan, bit by bit."""
    kind = type(value)
    if kind is float:
        return round(value, FLOAT_DECIMALS)
    if kind is str or kind is bool or value is None:
        return value
    if isinstance(value, tuple):
        return tuple([settle(item) for item in value])
    if dataclasses.is_dataclass(kind):
        return kind(**{name: _settle_field(getattr(value, name), of, places) for name, of, places in _fields_of(kind)})
    if isinstance(value, dict):
        return {key: settle(item) for key, item in value.items()}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    whole = isinstance(value, int) and hint is not float and float not in get_args(hint)
    return value if whole else round(float(value), FLOAT_DECIMALS)


def _settle_field(value: Any, hint: Any, decimals: int) -> Any:
    return np.round(value, decimals) if isinstance(value, np.ndarray) else settle(value, hint)


@cache
def _fields_of(kind: type) -> tuple[tuple[str, Any, int], ...]:
    """Name, type and decimals of the fields of a record."""
    hints = _hints(kind)
    return tuple((field.name, hints[field.name], _decimals(field.name)) for field in dataclasses.fields(kind))


def _decimals(name: str) -> int:
    # A thousandth of a degree is a hundred metres: positions keep their millionths.
    return FLOAT_DECIMALS if name.endswith("_deg") else CURVE_DECIMALS


def decode(hint: Any, value: Any, path: str = "") -> Any:
    """Record tree of type ``hint`` from a plain JSON value.

    Raises
    ------
    CodecError
        Where a value is missing or does not fit; its ``path`` names the place.
    """
    if dataclasses.is_dataclass(hint):
        return _decode_record(hint, value, path)  # type: ignore[arg-type]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        (inner,) = [a for a in arguments if a is not type(None)]
        return decode(inner, value, path)
    if origin is Literal:
        if value not in arguments:
            raise CodecError(path, f"is {value!r}, expected one of {', '.join(map(repr, arguments))}")
        return value
    if origin is np.ndarray:
        return np.array(_decode_list(value, float, path), dtype=np.float64)
    if origin is tuple:
        return _decode_tuple(arguments, value, path)
    if origin is dict:
        if not isinstance(value, dict):
            raise CodecError(path, "is not an object")
        return {key: decode(arguments[1], item, f"{path}.{key}") for key, item in value.items()}
    return _decode_scalar(hint, value, path)


def _decode_record(kind: type, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        raise CodecError(path, "is not an object")
    hints = _hints(kind)
    given: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        key = _key(kind, field.name)
        place = f"{path}.{key}" if path else key
        if key in value:
            given[field.name] = decode(hints[field.name], value[key], place)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            if type(None) in get_args(hints[field.name]):
                given[field.name] = None
            else:
                raise CodecError(place, "is missing")
    return kind(**given)


def _decode_list(value: Any, item: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise CodecError(path, "is not a list")
    return [decode(item, entry, f"{path}[{index}]") for index, entry in enumerate(value)]


def _decode_tuple(arguments: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_decode_list(value, arguments[0], path))
    if not isinstance(value, list) or len(value) != len(arguments):
        raise CodecError(path, f"is not a list of {len(arguments)}")
    return tuple(decode(a, v, f"{path}[{i}]") for i, (a, v) in enumerate(zip(arguments, value, strict=True)))


def _decode_scalar(hint: Any, value: Any, path: str) -> Any:
    if hint in (datetime, date):
        try:
            return hint.fromisoformat(value)
        except (TypeError, ValueError):
            raise CodecError(path, f"is {value!r}, expected an ISO 8601 time") from None
    wanted = (int, float) if hint is float else (hint,)
    if not isinstance(value, wanted) or (isinstance(value, bool) and hint is not bool):
        raise CodecError(path, f"is {value!r}, expected a {hint.__name__}")
    if hint is float and not math.isfinite(value):
        raise CodecError(path, "is not a finite number")
    return hint(value)


def in_zone(value: Any, zone: tzinfo) -> Any:
    """The same record tree with every clock in one time zone; JSON keeps only the offset of each."""
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, tuple):
        return tuple(in_zone(item, zone) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: in_zone(getattr(value, f.name), zone) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def json_schema(hint: Any) -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``encode`` gives for records of this type."""
    definitions: dict[str, Any] = {}
    schema = _schema(hint, definitions)
    return {**schema, "$defs": definitions}


_PLAIN = {float: "number", int: "integer", str: "string", bool: "boolean"}


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if dataclasses.is_dataclass(hint):
        name = hint.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _record_schema(hint, definitions)  # type: ignore[arg-type]
        return {"$ref": f"#/$defs/{name}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (inner,) = [a for a in arguments if a is not type(None)]
        return _schema(inner, definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is np.ndarray:
        return {"type": "array", "items": {"type": "number"}}
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _schema(arguments[0], definitions)}
        return {"type": "array", "prefixItems": [_schema(a, definitions) for a in arguments], "items": False}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if hint is datetime:
        return {"type": "string", "format": "date-time"}
    if hint is date:
        return {"type": "string", "format": "date"}
    return {"type": _PLAIN[hint]}


def _record_schema(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = _hints(kind)
    properties, required = {}, []
    for field in dataclasses.fields(kind):
        key = _key(kind, field.name)
        properties[key] = _schema(hints[field.name], definitions)
        if type(None) not in get_args(hints[field.name]):
            required.append(key)
    summary = (kind.__doc__ or "").strip().splitlines()[0] if kind.__doc__ else ""
    return {"type": "object", "description": summary, "properties": properties, "required": required}
