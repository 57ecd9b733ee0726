"""Records survive JSON; damaged JSON is refused with the place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Literal

import numpy as np
import pytest

from pacecalc.arrays import FloatArray
from pacecalc.planning.codec import CodecError, decode, encode, in_zone, json_schema, settle


@dataclass(frozen=True)
class Inner:
    name: str
    share: float = 0.5


@dataclass(frozen=True)
class Outer:
    """An example."""

    when: datetime
    on: date
    curve: FloatArray
    parts: tuple[Inner, ...]
    pair: tuple[str, float]
    sizes: dict[str, float]
    side: Literal["left", "right"]
    count: int
    flag: bool
    maybe: float | None = None


OUTER = Outer(
    when=datetime(2026, 8, 15, 6, 30, tzinfo=UTC),
    on=date(2026, 8, 15),
    curve=np.array([1.0, 2.0004, 3.0]),
    parts=(Inner("a"), Inner("b", 1.0)),
    pair=("x", 2.0),
    sizes={"gel": 1.5},
    side="left",
    count=3,
    flag=True,
)


def test_a_record_comes_back_as_it_was():
    again = decode(Outer, encode(OUTER))
    assert again.parts == OUTER.parts
    assert (again.when, again.on, again.pair, again.sizes) == (OUTER.when, OUTER.on, OUTER.pair, OUTER.sizes)
    np.testing.assert_allclose(again.curve, OUTER.curve, atol=1e-3)
    assert encode(again) == encode(OUTER)


def test_what_is_none_is_left_out():
    assert "maybe" not in encode(OUTER)


def test_endless_numbers_are_never_written():
    with pytest.raises(ValueError, match="infinite"):
        encode(Inner("a", float("nan")))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"count": "3"}, "count"),
        ({"count": True}, "count"),
        ({"flag": 1}, "flag"),
        ({"side": "up"}, "side"),
        ({"when": "soon"}, "when"),
        ({"when": 7}, "when"),
        ({"curve": 7}, "curve"),
        ({"curve": [1, "x"]}, "curve[1]"),
        ({"parts": [{"share": 1.0}]}, "parts[0].name"),
        ({"parts": [7]}, "parts[0]"),
        ({"pair": ["x"]}, "pair"),
        ({"sizes": []}, "sizes"),
        ({"sizes": {"gel": float("inf")}}, "sizes.gel"),
    ],
)
def test_a_damaged_value_is_refused_with_its_place(change, place):
    with pytest.raises(CodecError) as caught:
        decode(Outer, encode(OUTER) | change)
    assert caught.value.path == place


def test_a_missing_value_is_named():
    data = encode(OUTER)
    del data["count"]
    with pytest.raises(CodecError, match="count: is missing"):
        decode(Outer, data)
    with pytest.raises(CodecError, match="not an object"):
        decode(Outer, [])


def test_the_schema_holds_what_is_written():
    import jsonschema

    jsonschema.validate(encode(OUTER), json_schema(Outer))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(encode(OUTER) | {"side": "up"}, json_schema(Outer))


def test_a_settled_record_is_what_is_read_back():
    rough = Outer(**{**vars_of(OUTER), "parts": (Inner("a", 1.0 / 3.0),), "curve": np.array([1.0 / 3.0])})
    settled = settle(rough)
    again = decode(Outer, encode(rough))
    assert settled.parts == again.parts
    assert np.array_equal(settled.curve, again.curve)


def vars_of(record):
    return {f.name: getattr(record, f.name) for f in fields(record)}


def test_clocks_move_to_one_zone():
    from zoneinfo import ZoneInfo

    moved = in_zone(OUTER, ZoneInfo("America/Denver"))
    assert moved.when == OUTER.when
    assert moved.when.tzname() == "MDT"
