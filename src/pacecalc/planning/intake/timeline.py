"""Whole pieces on the clock: every piece of a leg at its minute, and water as sips that follow the sweat.

Slots are 25 minutes apart, the first 20 minutes into a leg; what is served at a stop is eaten on arrival. Largest
pieces are placed first, each where the running line of carbohydrate misses it most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pacecalc.planning.intake.body import BodyTrace
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.night import find_night
from pacecalc.planning.intake.records import IntakeSolution, LegIntake, LegNeed, Product
from pacecalc.planning.records import FloatArray
from pacecalc.science.caffeine import SINGLE_DOSE_MG_PER_KG
from pacecalc.science.fluid import FLUID_LIMIT_L_PER_H, limit_fluid_rate
from pacecalc.science.sodium import TABLET_WATER_ML

FIRST_SLOT_S, SLOT_S = 20 * 60.0, 25 * 60.0
"""First slot of a leg, and from slot to slot; a choice."""
LAST_SLOT_S = 10 * 60.0
"""No slot in the last minutes of a leg: the next stop is near; a choice."""
EAGER_PACE = 0.90
"""Bottles before a wet stop are drunk at this part of the losses until they are empty; a choice."""
SAME_NEXT_DOOR_G2, CROWDED_G2, AWKWARD_G2 = 400.0, 150.0, 1e5
"""Penalties in squared grams: the same piece in a neighbouring slot, each piece already there, a solid on a technical
descent or caffeine outside its window; a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
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

    @property
    def sip_ml_per_h(self) -> float:
        """Water as a rate."""
        return 0.0 if self.at_stop else 3600.0 * self.water_ml / max(self.until_s - self.from_s, 1.0)


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
        wet = after is not None and drink_at_stop(after, products) > 0.0
        rows += schedule_leg(
            index,
            need,
            intake,
            products,
            trace,
            body,
            mass_kg,
            fluid_limit_l_per_h=fluid_limit_l_per_h,
            wet_stop_next=wet,
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
    wet_stop_next: bool = False,
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
    wet_stop_next : bool
        Drinks wait at the next stop: the bottles are drunk at the pace of the losses and then rested, so that
        bottle and stop together stay under the losses of any two hours.
    """
    slots_s = place_slots(need.start_s, need.duration_h)
    edges_s = np.array([need.start_s, *slots_s[1:], need.start_s + 3600.0 * need.duration_h])
    slots_s = _free_hands(slots_s, edges_s, trace)
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
    dose_mg = SINGLE_DOSE_MG_PER_KG * mass_kg
    table = _SlotTable(slots_s, edges_s, trace, dose_mg, sum(p.caffeine_mg for p in pieces) > 0.0)
    for piece in sorted(pieces, key=lambda p: (-p.carbohydrate_g, -p.caffeine_mg, p.id)):
        if piece.carbohydrate_g > 0.0:
            table.place(piece, sum(p.carbohydrate_g for p in pieces))
    allowed = limit_fluid_rate(body.loss_l_per_h, fluid_limit_l_per_h)
    allowed_ml = 1000.0 * np.cumsum(trace.sum_between(allowed, edges_s))
    water_ml = _sip_water(intake.water_ml, drink_at_stop(intake, products), table, allowed_ml, wet_stop_next)
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


def place_slots(start_s: float, duration_h: float) -> FloatArray:
    """Times at which something may be eaten: 20 minutes in, then every 25; at least one."""
    length_s = 3600.0 * duration_h
    slots = np.arange(FIRST_SLOT_S, max(length_s - LAST_SLOT_S, 0.0) + 1e-6, SLOT_S)
    return np.asarray(start_s + (slots if len(slots) else np.array([0.5 * length_s])))


def _free_hands(slots_s: FloatArray, edges_s: FloatArray, trace: EffortTrace) -> FloatArray:
    """Slots moved to the nearest minute with the hands free, within their own part of the leg where there is one."""
    busy = np.interp(slots_s, trace.start_s, trace.hands_full) >= 0.5
    free_s = trace.start_s[trace.hands_full < 0.5]
    moved = slots_s.copy()
    for slot in np.nonzero(busy)[0]:
        inside = free_s[(free_s >= edges_s[slot]) & (free_s < edges_s[slot + 1])]
        if len(inside):
            moved[slot] = inside[np.argmin(np.abs(inside - slots_s[slot]))]
    return moved


class _SlotTable:
    """Slots of one leg and the pieces they hold."""

    def __init__(
        self, slots_s: FloatArray, edges_s: FloatArray, trace: EffortTrace, dose_mg: float, caffeine: bool
    ) -> None:
        self.slots_s, self.edges_s, self.dose_mg = slots_s, edges_s, dose_mg
        self.held: list[list[Product]] = [[] for _ in slots_s]
        self.eaten_g = np.zeros(len(slots_s))
        self.line = (edges_s[1:] - edges_s[0]) / (edges_s[-1] - edges_s[0])
        self.hands_full = np.interp(slots_s, trace.start_s, trace.hands_full) >= 0.5
        night = np.interp(slots_s, trace.start_s, find_night(trace)) >= 0.5 if caffeine else np.zeros(len(slots_s))
        # by day, and on a leg wholly in the night, every slot is as good
        self.off_window = ~night.astype(bool) if night.any() else np.zeros(len(slots_s), dtype=bool)

    def place(self, piece: Product, total_g: float) -> None:
        """Put a piece where the running line of carbohydrate misses it most."""
        miss = np.cumsum(self.eaten_g) - total_g * self.line
        after = np.tril(np.ones((len(miss), len(miss)))).T * piece.carbohydrate_g
        cost = np.square(miss + after).sum(axis=1)
        for slot, held in enumerate(self.held):
            near = [p for other in self.held[max(0, slot - 1) : slot + 2] for p in other]
            cost[slot] += SAME_NEXT_DOOR_G2 * sum(p.id == piece.id for p in near) + CROWDED_G2 * len(held)
            if piece.texture == "solid" and self.hands_full[slot]:
                cost[slot] += AWKWARD_G2
            if piece.caffeine_mg > 0.0:
                dose = piece.caffeine_mg + sum(p.caffeine_mg for p in held)
                cost[slot] += AWKWARD_G2 * (float(self.off_window[slot]) + 10.0 * float(dose > self.dose_mg))
        best = int(np.argmin(cost))
        self.held[best].append(piece)
        self.eaten_g[best] += piece.carbohydrate_g


def _sip_water(
    bottles_ml: float, at_stop_ml: float, table: _SlotTable, allowed_ml: FloatArray, wet_stop_next: bool
) -> FloatArray:
    """Bottle water of each slot: fluid follows the losses, less what food and the stop bring [mL]."""
    food_ml = np.cumsum([sum(p.water_ml for p in held) for held in table.held])
    total_ml = bottles_ml + at_stop_ml + float(food_ml[-1])
    pace = total_ml / max(float(allowed_ml[-1]), 1e-9)
    if wet_stop_next:
        pace = max(pace, EAGER_PACE)
    line_ml = np.minimum(pace * allowed_ml, total_ml)
    drunk_ml = np.maximum.accumulate(np.clip(line_ml - at_stop_ml - food_ml, 0.0, bottles_ml))
    drunk_ml[-1] = bottles_ml
    return np.diff(drunk_ml, prepend=0.0)


def _place_tablets(tablets: Sequence[Product], table: _SlotTable, water_ml: FloatArray) -> None:
    """Salt tablets spread over the slots with the most water, each with its 150 mL or more; moves sips where short."""
    spare = water_ml.copy()
    for tablet in sorted(tablets, key=lambda p: (-p.sodium_mg, p.id)):
        crowd = np.array([sum(p.kind == tablet.kind for p in held) for held in table.held])
        slot = int(np.lexsort((-spare, crowd))[0])
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
