"""The tables of a plan as CSV: plain numbers with units in the headings, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from pacecalc.errors import UsageError
from pacecalc.planning.records import (
    CardRow,
    PlannedLeg,
    PlannedSegment,
    PlannedWaypoint,
    RacePlan,
    ScheduledIntake,
    ShoppingLine,
)
from pacecalc.render.moments import to_second
from pacecalc.render.plain_text import clean_text
from pacecalc.render.wording import (
    IMPERIAL,
    METRES_PER_FOOT,
    METRES_PER_MILE,
    METRIC,
    MILLILITRES_PER_FLUID_OUNCE,
    System,
    Units,
    say_elapsed_s,
    say_items,
)

CsvTable = Literal["waypoints", "segments", "legs", "schedule", "shopping", "temperature"]
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")
FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%")
Fields = dict[str, "str | float | int | None"]


def render_csv(plan: RacePlan, *, units: System = "metric", table: CsvTable = "waypoints") -> str:
    """One table of the plan as CSV ; no cell can act as a formula.

    Raises
    ------
    UsageError
        For a table that does not exist.
    """
    system = IMPERIAL if units == "imperial" else METRIC
    if table not in TABLES:
        raise UsageError(f"unknown CSV table {table!r}; one of {', '.join(TABLES)}")
    headings, rows = TABLES[table](plan, system)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([make_harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def make_harmless(value: str | float | int | None) -> str | float | int:
    """Text a spreadsheet would read as a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = clean_text(value)
    starts_formula = text[:1] in FORMULA_SIGNS or value[:1] in "\t\r\n"
    return f"'{text}" if text and starts_formula and not NUMBER.match(text) else text


def _tabulate(items: Sequence[Any], make: Callable[[Any], Fields], none: Fields) -> tuple[list[str], list[list[Any]]]:
    rows = [make(item) for item in items]
    return list(rows[0] if rows else none), [list(row.values()) for row in rows]


def _distance(distance_m: float, units: Units) -> float:
    return round(distance_m / (1000.0 if units is METRIC else METRES_PER_MILE), 3)


def _height(height_m: float, units: Units) -> float:
    return round(height_m / (1.0 if units is METRIC else METRES_PER_FOOT), 1)


def _temperature(temperature_c: float, units: Units) -> float:
    return round(temperature_c if units is METRIC else temperature_c * 1.8 + 32.0, 1)


def _volume(volume_ml: float, units: Units) -> float:
    return round(volume_ml, 0) if units is METRIC else round(volume_ml / MILLILITRES_PER_FLUID_OUNCE, 1)


def _clock(clock: Any) -> str:
    return f"{to_second(clock).astimezone(clock.tzinfo):%Y-%m-%d %H:%M:%S}"


def _elapsed(seconds: float | None) -> str | None:
    return None if seconds is None else say_elapsed_s(seconds)


def _yes(known: bool | None) -> str | None:
    return None if known is None else "yes" if known else "no"


def _suffixes(units: Units) -> tuple[str, str, str, str]:
    """Heading endings for distance, height, temperature and volume."""
    return ("km", "m", "c", "ml") if units is METRIC else ("mi", "ft", "f", "fl_oz")


def _waypoints(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    far, high, warm, _ = _suffixes(units)

    def make(w: PlannedWaypoint) -> Fields:
        return {
            f"distance_{far}": _distance(w.distance_m, units),
            "place": w.name,
            "kind": w.kind,
            f"elevation_{high}": _height(w.elevation_m, units),
            "arrive": _elapsed(w.arrive_s),
            "arrive_p10": _elapsed(w.arrive_p10_s),
            "arrive_p50": _elapsed(w.arrive_p50_s),
            "arrive_p90": _elapsed(w.arrive_p90_s),
            "clock": _clock(w.arrive_clock),
            "stop_min": round(w.stop_s / 60.0, 2),
            "cutoff": _elapsed(w.cutoff_s),
            "cutoff_applies": w.cutoff_applies,
            "margin_min": None if w.margin_s is None else round(w.margin_s / 60.0, 2),
            "miss_percent": None if w.miss_probability is None else round(100.0 * w.miss_probability, 1),
            f"temperature_{warm}": _temperature(w.temperature_c, units),
            "light": w.daylight,
            "crew": _yes(w.crew),
            "drop_bag": _yes(w.drop_bag),
            "passed": _yes(w.passed),
            "services": w.services,
            "note": w.note,
        }

    return _tabulate(plan.waypoints, make, {})


def _segments(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    far, high, warm, volume = _suffixes(units)
    pace_scale = 1.0 if units is METRIC else METRES_PER_MILE / 1000.0

    def make(s: PlannedSegment) -> Fields:
        targets = s.power_targets
        return {
            "from": s.start,
            "to": s.end,
            f"distance_{far}": _distance(s.distance_m, units),
            f"ascent_{high}": _height(s.ascent_m, units),
            f"descent_{high}": _height(s.descent_m, units),
            "moving": _elapsed(s.moving_s),
            f"pace_s_per_{far}": round(s.pace_s_per_km * pace_scale, 1),
            "effort": round(s.effort, 3),
            "power_w": None if s.power_w is None else round(s.power_w),
            "climb_w": None if targets is None or targets.climb_w is None else round(targets.climb_w),
            "flat_w": None if targets is None or targets.flat_w is None else round(targets.flat_w),
            "descent_w": None if targets is None or targets.descent_w is None else round(targets.descent_w),
            f"temperature_{warm}": _temperature(s.temperature_c, units),
            "items": say_items(s.intake.items),
            f"drink_{volume}": _volume(s.intake.water_ml, units),
            "carbohydrate_g": round(s.intake.carbohydrate_g, 1),
            "sodium_mg": round(s.intake.sodium_mg),
            "caffeine_mg": round(s.intake.caffeine_mg),
        }

    return _tabulate(plan.segments, make, {})


def _legs(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    volume = _suffixes(units)[3]

    def make(leg: PlannedLeg) -> Fields:
        return {
            "from": leg.start,
            "to": leg.end,
            "start": _elapsed(leg.start_s),
            "end": _elapsed(leg.end_s),
            "eat_there": say_items(leg.at_station),
            "take": say_items(leg.pick_up),
            "take_from": leg.pick_up_from,
            "packed": say_items(leg.packed),
            "spares": say_items(leg.spares),
            "carry": say_items(leg.carry),
            f"fill_{volume}": _volume(leg.carry_water_ml, units),
            "carbohydrate_g": round(leg.intake.carbohydrate_g, 1),
            "fluid_ml": round(leg.intake.fluid_ml),
            "sodium_mg": round(leg.intake.sodium_mg),
            "reasons": " ".join(leg.reasons),
        }

    return _tabulate(plan.legs, make, {})


def _schedule(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    far, _, _, volume = _suffixes(units)

    def make(i: ScheduledIntake) -> Fields:
        return {
            "elapsed": _elapsed(i.at_s),
            "clock": _clock(i.clock),
            f"distance_{far}": _distance(i.distance_m, units),
            "items": say_items(i.items),
            f"drink_{volume}": _volume(i.water_ml, units),
        }

    none = dict.fromkeys(("elapsed", "clock", f"distance_{far}", "items", f"drink_{volume}"))
    return _tabulate(plan.schedule, make, dict(none))


def _shopping(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    def make(line: ShoppingLine) -> Fields:
        return {
            "count": line.count,
            "item": line.name,
            "id": line.id,
            "packs": line.packs,
            "pack_size": line.pack_size,
            "check_pack": _yes(line.check_pack),
        }

    return _tabulate(plan.shopping, make, dict.fromkeys(("count", "item", "id", "packs", "pack_size", "check_pack")))


def _temperature_card(plan: RacePlan, units: Units) -> tuple[list[str], list[list[Any]]]:
    _, _, warm, volume = _suffixes(units)

    def make(row: CardRow) -> Fields:
        return {
            f"temperature_{warm}": _temperature(row.temperature_c, units),
            f"drink_{volume}_per_h": _volume(row.fluid_ml_per_h, units),
            "carbohydrate_g_per_h": round(row.carbohydrate_g_per_h, 1),
            "sodium_mg_per_h": round(row.sodium_mg_per_h),
            "salt_tabs_per_h": round(row.salt_tabs_per_h, 2),
            "sweat_l_per_h": round(row.sweat_l_per_h, 2),
        }

    return _tabulate(plan.temperature_card, make, {f"temperature_{warm}": None})


TABLES: dict[str, Callable[[RacePlan, Units], tuple[list[str], list[list[Any]]]]] = {
    "waypoints": _waypoints,
    "segments": _segments,
    "legs": _legs,
    "schedule": _schedule,
    "shopping": _shopping,
    "temperature": _temperature_card,
}
