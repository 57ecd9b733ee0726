"""The machine-readable plan: one JSON object with its schema, and back."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pacecalc.errors import DocumentError, Problem
from pacecalc.planning.codec import CodecError, decode, encode, in_zone, json_schema, json_text
from pacecalc.planning.records import RacePlan

SCHEMA = "pacecalc/plan/1"
MAX_BYTES = 20_000_000


def render_json(plan: RacePlan, *, indent: int | None = 1) -> str:
    """The plan as JSON text; keys carry their units."""
    return json_text(plan_to_dict(plan), indent=indent)


def plan_to_dict(plan: RacePlan) -> dict[str, Any]:
    """The plan as plain values, with the figures other tools expect spelled out."""
    data = encode(plan)
    data = {"schema": SCHEMA, **data}
    data["cutoffs"] = {"binding": data.pop("binding"), "even_effort_misses": data.pop("even_effort_misses")}
    for values in data["segments"]:
        # From the rounded figures, so that a plan read back is the same text again.
        values["distance_m"] = round(values["end_m"] - values["start_m"], 6)
        values["pace_s_per_km"] = round(1000.0 * values["moving_s"] / values["distance_m"], 6)
        values["speed_m_per_s"] = round(values["distance_m"] / values["moving_s"], 6)
    seen: set[int] = set()
    for values in data["segments"]:
        if values["leg"] not in seen:
            seen.add(values["leg"])
            leg = data["legs"][values["leg"]]
            values["carry"] = {"items": leg["carry"], "water_ml": leg["carry_water_ml"]}
    return data


def plan_from_dict(data: Any, *, file: str = "") -> RacePlan:
    """The plan a JSON object holds.

    Raises
    ------
    DocumentError
        When it is not a pacecalc plan, of another schema, or incomplete.
    """
    if not isinstance(data, dict) or "schema" not in data:
        raise DocumentError([Problem("is not a plan; make one with  pacecalc plan ... -o plan.json", file=file)])
    if data["schema"] != SCHEMA:
        raise DocumentError(
            [Problem(f"has schema {data['schema']!r}, this version reads {SCHEMA!r}; make the plan again", file=file)]
        )
    flat = {key: value for key, value in data.items() if key != "cutoffs"}
    cutoffs = data.get("cutoffs")
    if isinstance(cutoffs, dict):
        flat |= {key: cutoffs[key] for key in ("binding", "even_effort_misses") if key in cutoffs}
    try:
        plan: RacePlan = decode(RacePlan, flat)
    except CodecError as error:
        raise DocumentError([Problem(f"{error}; the file is damaged or cut short", file=file)]) from None
    try:
        located: RacePlan = in_zone(plan, ZoneInfo(plan.day.timezone))
    except (ZoneInfoNotFoundError, ValueError):
        raise DocumentError(
            [Problem(f"{plan.day.timezone!r} is no time zone", path="conditions.timezone", file=file)]
        ) from None
    return located


def parse_plan(text: str, *, file: str = "") -> RacePlan:
    """Plan from JSON text; one clear line when the text is cut in half."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        message = "is not JSON: the file is damaged or cut short"
        raise DocumentError([Problem(message, file=file, line=line, column=column)]) from None
    return plan_from_dict(data, file=file)


def plan_json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of ``render_json``'s object."""
    schema = json_schema(RacePlan)
    definitions = schema["$defs"]
    plan = definitions["RacePlan"]
    plan["properties"]["schema"] = {"const": SCHEMA}
    moved = {key: plan["properties"].pop(key) for key in ("binding", "even_effort_misses")}
    plan["properties"]["cutoffs"] = {"type": "object", "properties": moved, "required": list(moved)}
    plan["required"] = ["schema", "cutoffs", *(k for k in plan["required"] if k not in moved)]
    number = {"type": "number"}
    segment = definitions["PlannedSegment"]["properties"]
    segment |= {"distance_m": number, "pace_s_per_km": number, "speed_m_per_s": number}
    items = {"type": "array", "items": {"$ref": "#/$defs/ItemCount"}}
    segment["carry"] = {"type": "object", "properties": {"items": items, "water_ml": number}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pacecalc race plan", **schema}
