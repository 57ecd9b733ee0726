"""Whole pieces on the clock: every piece of a leg at its minute, and water as sips that follow the sweat.

What is served at a stop is eaten on arrival; the rest goes to slots 25 minutes apart, see ``slots``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake.body import BodyTrace
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.records import IntakeSolution, LegIntake, LegNeed, Product
from pacecalc.planning.intake.slots import REMEMBERED_S, SlotTable, lay_slots, place_pieces
from pacecalc.record import record
from pacecalc.science.caffeine import SINGLE_DOSE_MG_PER_KG
from pacecalc.science.fluid import FLUID_LIMIT_L_PER_H, ROLLING_WINDOW_H, limit_fluid_rate
from pacecalc.science.sodium import TABLET_WATER_ML

EAGER_PACE, ROOM_AT_STOP = 0.90, 0.5
"""Bottles before a stop with more drinks than this part of the room an even pace leaves are drunk at the first part of
the losses until they are empty; a choice."""
DRY_SLOT = 0.2
"""A slot without water is worth moving a salt tablet by this part of the leg; a choice."""


@record(kw_only=True)
class TimedIntake:
    """What is due at one moment."""

    at_s: float
    leg: int
    items: tuple[tuple[str, int], ...]
    """Product id and count."""
    water_ml: float
    """Bottle water, mixes included, sipped between ``from_s`` and ``until_s``; at a stop what is drunk on the spot."""
    from_s: float
    """This entry's time; of the first in a leg, the leg's start."""
    until_s: float
    """Time of the next entry, or the end of the leg."""
    at_stop: bool = False
    """Eaten and drunk at the refill point."""


def schedule_race(
    legs: Sequence[LegNeed],
    solution: IntakeSolution,
    products: Mapping[str, Product],
    trace: EffortTrace,
    body: BodyTrace,
    mass_kg: float,
    *,
    fluid_limit_l_per_h: float = FLUID_LIMIT_L_PER_H,
) -> tuple[TimedIntake, ...]:
    """Every leg's pieces at their minutes, in order."""
    rows: list[TimedIntake] = []
    for index, (need, intake) in enumerate(zip(legs, solution.legs, strict=True)):
        after = solution.legs[index + 1] if index + 1 < len(solution.legs) else None
        next_ml = 0.0 if after is None else drink_at_stop(after, products)
        rows += schedule_leg(
            index,
            need,
            intake,
            products,
            trace,
            body,
            mass_kg,
            fluid_limit_l_per_h=fluid_limit_l_per_h,
            next_stop_ml=next_ml,
            before=rows,
        )
    return tuple(rows)


def drink_at_stop(intake: LegIntake, products: Mapping[str, Product]) -> float:
    """Fluid taken on the spot at the start of a leg: water, and what is in served food and drink [mL]."""
    served = sum(products[i].water_ml * n for i, n in intake.eaten.items() if products[i].served_only)
    return intake.station_water_ml + served


def schedule_leg(
    index: int,
    need: LegNeed,
    intake: LegIntake,
    products: Mapping[str, Product],
    trace: EffortTrace,
    body: BodyTrace,
    mass_kg: float,
    *,
    fluid_limit_l_per_h: float = FLUID_LIMIT_L_PER_H,
    next_stop_ml: float = 0.0,
    before: Sequence[TimedIntake] = (),
) -> tuple[TimedIntake, ...]:
    """Pieces of one leg at their minutes.

    Parameters
    ----------
    index : int
        Number of the leg, from 0.
    need, intake : LegNeed, LegIntake
        The leg and what the optimum eats and drinks in it.
    products : mapping
        Product id -> product.
    trace, body : EffortTrace, BodyTrace
        For technical descents, nights and the losses that water follows.
    mass_kg : float
        Body mass, for the largest single dose of caffeine [kg].
    fluid_limit_l_per_h : float
        What the athlete can drink in an hour [L/h].
    next_stop_ml : float
        Drinks that wait at the next stop. Where they and an even pace make more than the losses of two hours, the
        bottles are drunk sooner and then rested [mL].
    before : sequence of TimedIntake
        What was eaten in the legs before: it may still lie in the gut, and nobody wants the same again.
    """
    served = {i: n for i, n in intake.eaten.items() if products[i].served_only}
    rows = []
    if served or intake.station_water_ml > 0.0:
        rows.append(
            TimedIntake(
                at_s=need.start_s,
                leg=index,
                items=tuple(served.items()),
                water_ml=intake.station_water_ml,
                from_s=need.start_s,
                until_s=need.start_s,
                at_stop=True,
            )
        )
    pieces = [products[i] for i, n in intake.eaten.items() if i not in served for _ in range(n)]
    food = [p for p in pieces if p.carbohydrate_g > 0.0]
    eaten = [(r.at_s, products[i], n) for r in _recent(before, need.start_s) for i, n in r.items]
    eaten += [(need.start_s, products[i], n) for i, n in served.items()]
    table = lay_slots(need.start_s, need.duration_h, trace, body, len(food))
    place_pieces(food, table, eaten, SINGLE_DOSE_MG_PER_KG * mass_kg, need.caffeine_due_s)
    slots_s, edges_s = table.slots_s, table.edges_s
    allowed = limit_fluid_rate(body.loss_l_per_h, fluid_limit_l_per_h)
    allowed_ml = 1000.0 * np.cumsum(trace.sum_between(allowed, edges_s))
    water_ml = _sip_water(intake.water_ml, drink_at_stop(intake, products), table, allowed_ml, next_stop_ml)
    _place_tablets([p for p in pieces if p.carbohydrate_g <= 0.0], table, water_ml)
    for slot, at_s in enumerate(slots_s):
        if table.held[slot] or water_ml[slot] > 0.0:
            counts = {p.id: table.held[slot].count(p) for p in table.held[slot]}
            rows.append(
                TimedIntake(
                    at_s=float(at_s),
                    leg=index,
                    items=tuple(counts.items()),
                    water_ml=float(water_ml[slot]),
                    from_s=float(edges_s[slot]),
                    until_s=float(edges_s[slot + 1]),
                )
            )
    return tuple(rows)


def _recent(before: Sequence[TimedIntake], start_s: float) -> list[TimedIntake]:
    """What was eaten so late that it still counts."""
    recent: list[TimedIntake] = []
    for row in reversed(before):
        if row.at_s < start_s - REMEMBERED_S:
            break
        recent.append(row)
    return recent


def _sip_water(
    bottles_ml: float, at_stop_ml: float, table: SlotTable, allowed_ml: FloatArray, next_stop_ml: float
) -> FloatArray:
    """Bottle water of each slot: fluid follows the losses, less what food and the stop bring [mL]."""
    food_ml = np.cumsum([sum(p.water_ml for p in held) for held in table.held])
    total_ml = bottles_ml + at_stop_ml + float(food_ml[-1])
    pace = total_ml / max(float(allowed_ml[-1]), 1e-9)
    lately = min(1.0, 3600.0 * ROLLING_WINDOW_H / float(table.edges_s[-1] - table.edges_s[0]))
    if next_stop_ml > 0.0 and next_stop_ml > (1.0 - pace) * ROOM_AT_STOP * lately * float(allowed_ml[-1]):
        pace = max(pace, EAGER_PACE)
    line_ml = np.minimum(pace * allowed_ml, total_ml)
    drunk_ml = np.maximum.accumulate(np.clip(line_ml - at_stop_ml - food_ml, 0.0, bottles_ml))
    drunk_ml[-1] = bottles_ml
    return np.diff(drunk_ml, prepend=0.0)


def _place_tablets(tablets: Sequence[Product], table: SlotTable, water_ml: FloatArray) -> None:
    """Salt tablets evenly over the leg, each with its 150 mL or more; moves sips where short."""
    spare = water_ml.copy()
    length_s = float(table.edges_s[-1] - table.edges_s[0])
    for number, tablet in enumerate(sorted(tablets, key=lambda p: (-p.sodium_mg, p.id))):
        due_s = table.edges_s[0] + length_s * (number + 0.5) / len(tablets)
        crowd = np.array([sum(p.kind == tablet.kind for p in held) for held in table.held])
        dry = np.maximum(1.0 - spare / max(tablet.mix_ml, TABLET_WATER_ML), 0.0)
        slot = int(np.argmin(crowd + np.abs(table.slots_s - due_s) / length_s + DRY_SLOT * dry))
        table.held[slot].append(tablet)
        wanted = max(tablet.mix_ml, TABLET_WATER_ML)
        short = wanted - spare[slot]
        others = np.array([i for i in range(len(spare)) if i != slot], dtype=np.intp)
        if short > 0.0 and len(others) and spare[others].clip(min=0.0).sum() > 0.0:
            free = spare[others].clip(min=0.0)
            moved = free * min(1.0, short / free.sum())
            water_ml[others] -= moved
            spare[others] -= moved
            water_ml[slot] += moved.sum()
            spare[slot] += moved.sum()
        spare[slot] -= wanted
