"""A plan as tables of words: one question each, shared by every printout.

A renderer lays these out; none of them works out a figure of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from pacecalc.planning.records import (
    CardRow,
    ItemCount,
    PlannedLeg,
    PlannedSegment,
    PlannedWaypoint,
    RacePlan,
    ScheduledIntake,
    ShoppingLine,
)
from pacecalc.record import record
from pacecalc.render.wording import (
    METRIC,
    Units,
    say_clock,
    say_elapsed,
    say_items,
    say_margin,
    say_probability,
    say_watts,
)

Tone = Literal["plain", "quiet", "good", "tight", "bad", "strong"]


@record()
class Cell:
    text: str
    tone: Tone = "plain"


@record()
class Column:
    heading: str
    align: Literal["left", "right"] = "right"
    wrap: bool = False
    optional: int = 0
    """Higher goes first where the width is short; 0 always stays."""


@record()
class Row:
    """Cells, one a column, and a line that belongs under them."""

    cells: tuple[Cell, ...]
    note: str = ""
    note_is_quiet: bool = False


@record()
class Table:
    """Columns that hold something, and their rows."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


EMPTY = Cell("")
SIP_STEP_ML = 50.0
Item = TypeVar("Item")


def build_table(
    key: str,
    title: str,
    items: Sequence[Item],
    columns: Sequence[tuple[Column, Callable[[Item], Cell]]],
    *,
    note: Callable[[Item], str] | None = None,
    note_is_quiet: bool = False,
) -> Table:
    """Table of those columns that are not empty in every row."""
    cells = [[make(item) for item in items] for _, make in columns]
    kept = [i for i, column in enumerate(cells) if any(cell.text for cell in column)]
    return Table(
        key,
        title,
        tuple(columns[i][0] for i in kept),
        tuple(
            Row(tuple(cells[i][at] for i in kept), note(item) if note is not None else "", note_is_quiet)
            for at, item in enumerate(items)
        ),
    )


def waypoint_table(plan: RacePlan, units: Units) -> Table:
    """When am I where, and is it legal."""
    start = plan.day.start_clock

    def cutoff(w: PlannedWaypoint) -> Cell:
        if w.cutoff_s is None or w.cutoff_clock is None:
            return EMPTY
        leaving = " out" if w.cutoff_applies == "leaving" else ""
        return Cell(f"{say_elapsed(w.cutoff_s)}{leaving}")

    def margin(w: PlannedWaypoint) -> Cell:
        if w.margin_s is None:
            return EMPTY
        text, tone = say_margin(w.margin_s)
        return Cell(text, tone)  # type: ignore[arg-type]

    def odds(w: PlannedWaypoint) -> Cell:
        if w.miss_probability is None:
            return EMPTY
        tone: Tone = "bad" if w.miss_probability >= 0.25 else "tight" if w.miss_probability >= 0.1 else "plain"
        return Cell(say_probability(w.miss_probability), tone)

    def band(w: PlannedWaypoint) -> Cell:
        if w.arrive_p10_s is None or w.arrive_p90_s is None or w.kind == "start" or w.passed:
            return EMPTY
        return Cell(f"{say_elapsed(w.arrive_p10_s)}-{say_elapsed(w.arrive_p90_s)}", "quiet")

    return build_table(
        "waypoints",
        f"When am I where{_say_marks(plan)}",
        plan.waypoints,
        [
            (Column(units.distance), lambda w: Cell(units.say_distance(w.distance_m))),
            (Column("place", "left", wrap=True), lambda w: Cell(w.name, "strong" if w.refill else "plain")),
            (Column(units.height, optional=9), lambda w: Cell(units.say_height(w.elevation_m), "quiet")),
            (Column("arrive"), lambda w: Cell(say_elapsed(w.arrive_s), "strong")),
            (Column("80 % band", optional=5), band),
            (Column("clock"), lambda w: Cell(say_clock(w.arrive_clock, start))),
            (Column("stop min"), lambda w: Cell(f"{w.stop_s / 60.0:.3g}" if w.stop_s else "")),
            (Column("cutoff"), cutoff),
            (Column("margin", "left"), margin),
            (Column("miss"), odds),
            (Column(units.temperature), lambda w: Cell(units.say_temperature(w.temperature_c))),
            (Column("light", "left", optional=3), lambda w: Cell(_light(w), "quiet")),
            (Column("", "left"), lambda w: Cell(_access(w), "quiet")),
        ],
    )


def _light(w: PlannedWaypoint) -> str:
    """What a lamp is for; broad daylight is no word."""
    if w.daylight == "twilight":
        return "dawn" if w.arrive_clock.hour < 12 else "dusk"
    return "dark" if w.daylight == "night" else ""


def _say_marks(plan: RacePlan) -> str:
    """What the letters of the last column mean, of those that stand there."""
    here = {letter for w in plan.waypoints for letter in _access(w).split()}
    said = ", ".join(f"{letter} {word}" for letter, word in (("C", "crew"), ("B", "drop bag")) if letter in here)
    return f" ({said})" if said else ""


def _access(w: PlannedWaypoint) -> str:
    return " ".join(word for word, here in (("C", w.crew), ("B", w.drop_bag)) if here)


def segment_table(plan: RacePlan, units: Units) -> Table:
    """How hard to each place, and under it what to eat and drink on the way."""
    rides = plan.course.sport != "run"

    def work(s: PlannedSegment) -> Cell:
        if s.power_w is None:
            return EMPTY
        targets = s.power_targets
        if targets is None:
            return Cell(say_watts(s.power_w))
        said = [
            f"{say_watts(power)} {word}"
            for power, word in ((targets.climb_w, "up"), (targets.flat_w, "flat"), (targets.descent_w, "down"))
            if power is not None
        ]
        return Cell(", ".join(said))

    def limits(s: PlannedSegment) -> Cell:
        targets = s.power_targets
        if targets is None or targets.ceiling_w <= 0.0:
            return EMPTY
        return Cell(f"{say_watts(targets.floor_w)}-{say_watts(targets.ceiling_w)}", "quiet")

    def pushing(s: PlannedSegment) -> Cell:
        return Cell(f"{s.pushing_s / 60.0:.0f}") if s.pushing_s and s.pushing_s >= 60.0 else EMPTY

    return build_table(
        "segments",
        "How hard",
        plan.segments,
        [
            (Column("to", "left", wrap=True), lambda s: Cell(s.end)),
            (Column(units.distance), lambda s: Cell(units.say_distance(s.distance_m))),
            (Column("up"), lambda s: Cell(units.say_height(s.ascent_m))),
            (Column("down"), lambda s: Cell(units.say_height(s.descent_m))),
            (Column("time"), lambda s: Cell(say_elapsed(s.moving_s), "strong")),
            (
                Column(units.speed if rides else f"min/{units.distance}"),
                lambda s: Cell(units.say_speed(s.speed_m_per_s) if rides else units.say_pace(s.pace_s_per_km)),
            ),
            (Column("effort", optional=1), lambda s: Cell(f"{s.effort:.2f}")),
            (Column("watts", "left"), work),
            (Column("limits"), limits),
            (Column("push min"), pushing),
            (Column(units.temperature, optional=2), lambda s: Cell(units.say_temperature(s.temperature_c), "quiet")),
        ],
        note=lambda s: _food(s.intake.items, s.intake.water_ml, units),
        note_is_quiet=True,
    )


def factor_table(plan: RacePlan, units: Units) -> Table:
    """What each factor costs, in minutes against flat, firm, low, cool, light and fresh."""
    explained = [s for s in plan.segments if s.factors is not None]

    def cost(name: str) -> Callable[[PlannedSegment], Cell]:
        return lambda s: Cell(f"{getattr(s.factors, name) / 60.0:+.1f}")

    names = ("grade", "surface", "altitude", "heat", "night", "fade")
    return build_table(
        "factors",
        "What costs the time, in minutes",
        explained,
        [
            (Column("to", "left", wrap=True), lambda s: Cell(s.end)),
            (Column("time"), lambda s: Cell(say_elapsed(s.moving_s))),
            *((Column(name), cost(f"{name}_s")) for name in names),
        ],
    )


def _food(items: Sequence[ItemCount], water_ml: float, units: Units) -> str:
    said = [say_items(items)] if items else []
    if water_ml >= 50.0:
        said.append(f"{units.say_fluid(water_ml)} to drink")
    return ", ".join(said)


def leg_table(plan: RacePlan, units: Units) -> Table:
    """What to take along from each refill point."""

    def per_hour(amount: float, leg: PlannedLeg) -> float:
        return amount * 3600.0 / (leg.end_s - leg.start_s)

    def take(leg: PlannedLeg) -> Cell:
        said = [f"eat there {say_items(leg.at_station)}"] if leg.at_station else []
        if leg.pick_up:
            said.append(f"take {say_items(leg.pick_up)}")
        if leg.carry_water_ml >= 50.0:
            said.append(f"fill {units.say_fluid(leg.carry_water_ml)}")
        return Cell("; ".join(said))

    return build_table(
        "legs",
        "What do I take from where",
        plan.legs,
        [
            (Column("at", "left", wrap=True), lambda leg: Cell(leg.start, "strong")),
            (Column("hours"), lambda leg: Cell(say_elapsed(leg.end_s - leg.start_s))),
            (Column("what", "left", wrap=True), take),
            (Column("g/h"), lambda leg: Cell(f"{per_hour(leg.intake.carbohydrate_g, leg):.0f}", "quiet")),
            (Column("mL/h", optional=1), lambda leg: Cell(f"{per_hour(leg.intake.fluid_ml, leg):.0f}", "quiet")),
            (Column("mg Na/h", optional=2), lambda leg: Cell(f"{per_hour(leg.intake.sodium_mg, leg):.0f}", "quiet")),
        ],
        note=lambda leg: "" if leg.bands_met else " ".join(leg.reasons),
        note_is_quiet=True,
    )


def schedule_table(plan: RacePlan, units: Units) -> Table:
    """What do I eat now."""
    start = plan.day.start_clock
    return build_table(
        "schedule",
        "What do I eat when",
        told_schedule(plan),
        [
            (Column("elapsed"), lambda i: Cell(say_elapsed(i.at_s), "strong")),
            (Column("clock"), lambda i: Cell(say_clock(i.clock, start))),
            (Column(units.distance), lambda i: Cell(units.say_distance(i.distance_m))),
            (Column("what", "left", wrap=True), lambda i: Cell(say_items(i.items))),
            (Column("sip"), lambda i: Cell(say_sip(i.water_ml, units), "quiet")),
        ],
    )


def told_schedule(plan: RacePlan) -> list[ScheduledIntake]:
    """Entries with something to eat, or a sip one can see in a bottle."""
    return [entry for entry in plan.schedule if entry.items or say_sip(entry.water_ml, METRIC)]


def say_sip(water_ml: float, units: Units) -> str:
    """To what the eye can see in a bottle; nothing for less."""
    return units.say_sips(SIP_STEP_ML * round(water_ml / SIP_STEP_ML)) if water_ml >= 0.5 * SIP_STEP_ML else ""


def shopping_table(plan: RacePlan) -> Table:
    """What do I buy and pack; spares are counted in."""
    return shopping_rows(plan.shopping)


def shopping_rows(lines: Sequence[ShoppingLine]) -> Table:
    """The same of any list."""

    def packs(line: ShoppingLine) -> Cell:
        if line.pack_size <= 1:
            return EMPTY
        return Cell(f"{line.packs} {'pack' if line.packs == 1 else 'packs'} of {line.pack_size}", "quiet")

    return build_table(
        "shopping",
        "What do I buy (spares included)",
        lines,
        [
            (Column("number"), lambda line: Cell(str(line.count), "strong")),
            (Column("what", "left", wrap=True), lambda line: Cell(line.name)),
            (Column("", "left"), packs),
            (Column("", "left"), lambda line: Cell("check the pack" if line.check_pack else "", "tight")),
        ],
    )


def temperature_table(plan: RacePlan, units: Units) -> Table:
    """What an hour asks for when the day turns out warmer or colder."""
    return temperature_rows(plan.temperature_card, units)


def temperature_rows(card: Sequence[CardRow], units: Units) -> Table:
    """The same of any card."""
    return build_table(
        "temperature",
        "An hour by temperature (tape it to a bottle)",
        card,
        [
            (Column(units.temperature), lambda row: Cell(units.say_temperature(row.temperature_c), "strong")),
            (Column("drink"), lambda row: Cell(units.say_sips(row.fluid_ml_per_h))),
            (Column("carb g"), lambda row: Cell(f"{row.carbohydrate_g_per_h:.0f}")),
            (Column("sodium mg"), lambda row: Cell(f"{row.sodium_mg_per_h:.0f}")),
            (
                Column("salt tabs"),
                lambda row: Cell(f"{row.salt_tabs_per_h:.1f}" if row.salt_tabs_per_h >= 0.05 else ""),
            ),
            (Column("sweat L"), lambda row: Cell(f"{row.sweat_l_per_h:.1f} ±0.4", "quiet")),
        ],
    )
