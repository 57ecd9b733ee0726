"""The minutes of a leg at which one may eat, and which piece goes to which of them.

Slots are 25 minutes apart, the first 20 minutes into a leg. The largest piece comes first, each goes where it costs
least: near the running line of carbohydrate, with the gut not too full, not the same again, no solids on technical
descents or when breathing hard, caffeine at night and hours apart. Then every piece is looked at once more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake.body import BodyTrace
from pacecalc.planning.intake.effort import EffortTrace
from pacecalc.planning.intake.night import find_night
from pacecalc.planning.intake.records import Product
from pacecalc.record import record
from pacecalc.science.gut import LIQUID_RATE_PER_H, SOLID_RATE_PER_H

FIRST_SLOT_S, SLOT_S = 20 * 60.0, 25 * 60.0
"""First slot of a leg, and from slot to slot; a choice."""
CLOSE_FIRST_SLOT_S, CLOSE_SLOT_S = 10 * 60.0, 15 * 60.0
"""The same where a short leg has more pieces than slots; a choice."""
LAST_SLOT_S = 10 * 60.0
"""No slot in the last minutes of a leg: the next stop is near; a choice."""
NEAREST_SLOTS_S = 12 * 60.0
"""Slots that descents push nearer together become one; a choice."""
HARD_EFFORT = 1.12
"""Solids wait where intensity is this much over the leg's mean; a choice."""
FULL_G, OVERFULL_WEIGHT = 40.0, 3.0
"""From this much in the gut the next piece had better wait, and the weight of each squared gram over it; a choice."""
SAME_SOON_S, CAFFEINE_APART_S = 55 * 60.0, 3 * 3600.0
REMEMBERED_S, CAFFEINE_OFF_S = CAFFEINE_APART_S, 3600.0
DOSE_MG = 30.0
"""Caffeine that counts as a dose: a cola does, chocolate does not; a choice."""
SAME_SOON_G2, CROWDED_G2, HARD_G2, CAFFEINE_SOON_G2, AWKWARD_G2 = 1500.0, 300.0, 1500.0, 6000.0, 1e5
"""Penalties in squared grams: the same piece within the hour, each piece just before or after, a solid on a hard
climb, caffeine soon after caffeine or off its hour, a solid on a technical descent or caffeine by day; a choice."""
CROWDED_S = 15 * 60.0
MIX_NEEDS_S, MIX_LATE_G2 = 75 * 60.0, 3000.0
"""A bottle of mix is begun so long before the next stop, and the penalty for none of that time; a choice."""
ROUNDS = 1


@record(kw_only=True)
class SlotTable:
    """Slots of one leg and the pieces they hold."""

    slots_s: FloatArray
    edges_s: FloatArray
    """The leg's start, every slot but the first, the leg's end."""
    held: list[list[Product]]
    hands_full: FloatArray
    hard: FloatArray
    night: FloatArray
    """At each slot, 0 or 1."""


def lay_slots(start_s: float, duration_h: float, trace: EffortTrace, body: BodyTrace, pieces: int) -> SlotTable:
    """Empty slots of a leg that holds so many pieces."""
    slots_s = place_slots(start_s, duration_h)
    if len(slots_s) < pieces:
        slots_s = place_slots(start_s, duration_h, CLOSE_FIRST_SLOT_S, CLOSE_SLOT_S)
    end_s = start_s + 3600.0 * duration_h
    slots_s = _free_hands(slots_s, np.array([start_s, *slots_s[1:], end_s]), trace)
    here = (trace.start_s >= start_s) & (trace.start_s < end_s)
    usual = float(body.intensity[here].mean()) if here.any() else np.inf
    night = np.interp(slots_s, trace.start_s, find_night(trace)) >= 0.5
    return SlotTable(
        slots_s=slots_s,
        edges_s=np.array([start_s, *slots_s[1:], end_s]),
        held=[[] for _ in slots_s],
        hands_full=(np.interp(slots_s, trace.start_s, trace.hands_full) >= 0.5).astype(float),
        hard=(np.interp(slots_s, trace.start_s, body.intensity) > HARD_EFFORT * usual).astype(float),
        night=night.astype(float),
    )


def place_slots(
    start_s: float, duration_h: float, first_s: float = FIRST_SLOT_S, apart_s: float = SLOT_S
) -> FloatArray:
    """Times at which something may be eaten: 20 minutes in, then every 25; at least one."""
    length_s = 3600.0 * duration_h
    slots = np.arange(first_s, max(length_s - LAST_SLOT_S, 0.0) + 1e-6, apart_s)
    return np.asarray(start_s + (slots if len(slots) else np.array([0.5 * length_s])))


def _free_hands(slots_s: FloatArray, edges_s: FloatArray, trace: EffortTrace) -> FloatArray:
    """Slots moved to the nearest minute with the hands free, within their own part of the leg where there is one."""
    busy = np.interp(slots_s, trace.start_s, trace.hands_full) >= 0.5
    if not busy.any():
        return slots_s
    free_s = trace.start_s[(trace.hands_full < 0.5) & (trace.start_s <= max(edges_s[-1] - LAST_SLOT_S, slots_s[-1]))]
    moved = slots_s.copy()
    for slot in np.nonzero(busy)[0]:
        inside = free_s[(free_s >= edges_s[slot]) & (free_s < edges_s[slot + 1])]
        if len(inside):
            moved[slot] = inside[np.argmin(np.abs(inside - slots_s[slot]))]
    kept = [moved[0]]
    for at_s in moved[1:]:
        if at_s - kept[-1] >= NEAREST_SLOTS_S:
            kept.append(at_s)
    return np.array(kept)


def place_pieces(
    pieces: Sequence[Product],
    table: SlotTable,
    eaten: Sequence[tuple[float, Product, int]],
    dose_mg: float,
    caffeine_due_s: Sequence[float] = (),
) -> None:
    """Fill the slots.

    Parameters
    ----------
    pieces : sequence of Product
        What the leg eats out of the pockets.
    table : SlotTable
        Its empty slots.
    eaten : sequence of tuples
        Time [s], product and count of what was eaten at the stop and in the hours before.
    dose_mg : float
        Largest single dose of caffeine [mg].
    caffeine_due_s : sequence of float
        When the night's caffeine helps most [s].
    """
    placer = _Placer(pieces, table, eaten, dose_mg, caffeine_due_s)
    order = sorted(pieces, key=lambda p: (-p.carbohydrate_g, -p.caffeine_mg, p.id))
    places = [placer.put(piece) for piece in order]
    for _ in range(ROUNDS if len(order) > 1 else 0):
        for number, piece in enumerate(order):
            placer.take_back(piece, places[number])
            places[number] = placer.put(piece)


class _Placer:
    """Knows how far each slot is behind the line, and how full the gut is there."""

    def __init__(
        self,
        pieces: Sequence[Product],
        table: SlotTable,
        eaten: Sequence[tuple[float, Product, int]],
        dose_mg: float,
        caffeine_due_s: Sequence[float],
    ) -> None:
        self.table, self.eaten, self.dose_mg = table, eaten, dose_mg
        due_s = [np.abs(table.slots_s - at_s) for at_s in caffeine_due_s]
        self.off_due = (
            np.minimum(np.min(due_s, axis=0) / CAFFEINE_OFF_S, 1.0) if due_s else np.zeros(len(table.slots_s))
        )
        slots_s, edges_s = table.slots_s, table.edges_s
        later_h = (slots_s[None, :] - slots_s[:, None]) / 3600.0
        self.after = (later_h >= 0.0).astype(float)
        self.left = {rate: self.after * np.exp(-rate * np.maximum(later_h, 0.0)) for rate in _RATES}
        at_stop_g = sum(p.carbohydrate_g * n for at_s, p, n in eaten if at_s >= edges_s[0])
        total_g = at_stop_g + sum(p.carbohydrate_g for p in pieces)
        self.over_g = at_stop_g - total_g * (edges_s[1:] - edges_s[0]) / (edges_s[-1] - edges_s[0])
        self.gut_g = np.zeros(len(slots_s))
        for at_s, piece, count in eaten:
            passed_h = (slots_s - at_s) / 3600.0
            self.gut_g += count * piece.carbohydrate_g * np.exp(-_digest(piece) * passed_h)
        # by day, and on a leg wholly in the night, every slot is as good
        self.off_window = (1.0 - table.night) if table.night.any() else np.zeros(len(slots_s))

    def put(self, piece: Product) -> int:
        best = int(np.argmin(self._cost(piece)))
        self.table.held[best].append(piece)
        self._change(piece, best, 1.0)
        return best

    def take_back(self, piece: Product, slot: int) -> None:
        self.table.held[slot].remove(piece)
        self._change(piece, slot, -1.0)

    def _change(self, piece: Product, slot: int, sign: float) -> None:
        grams = sign * piece.carbohydrate_g
        self.over_g += grams * self.after[slot]
        self.gut_g += grams * self.left[_digest(piece)][slot]

    def _cost(self, piece: Product) -> FloatArray:
        grams, table = piece.carbohydrate_g, self.table
        cost = np.square(self.over_g + grams * self.after).sum(axis=1)
        full_g = np.maximum(self.gut_g + grams * self.left[_digest(piece)] - FULL_G, 0.0)
        cost += OVERFULL_WEIGHT * np.square(full_g).sum(axis=1)
        cost += CROWDED_G2 * self._count_near([at_s for at_s, _ in self._all()], CROWDED_S)
        if piece.mix_ml > 0.0:
            left_s = table.edges_s[-1] - table.slots_s
            cost += MIX_LATE_G2 * np.maximum(1.0 - left_s / MIX_NEEDS_S, 0.0)
        if piece.texture == "solid":
            cost += AWKWARD_G2 * table.hands_full + HARD_G2 * table.hard
        same_s = [at_s for at_s, other in self._all() if other.id == piece.id]
        cost += SAME_SOON_G2 * self._count_near(same_s, SAME_SOON_S)
        if piece.caffeine_mg > 0.0:
            doses_s = [at_s for at_s, other in self._all() if other.caffeine_mg >= DOSE_MG]
            cost += CAFFEINE_SOON_G2 * (self._count_near(doses_s, CAFFEINE_APART_S) + 2.0 * self.off_due)
            dose_mg = piece.caffeine_mg + np.array([sum(p.caffeine_mg for p in held) for held in table.held])
            cost += AWKWARD_G2 * (self.off_window + 10.0 * (dose_mg > self.dose_mg))
        return np.asarray(cost)

    def _all(self) -> list[tuple[float, Product]]:
        here = zip(self.table.slots_s.tolist(), self.table.held, strict=True)
        placed = [(at_s, piece) for at_s, held in here for piece in held]
        return placed + [(at_s, piece) for at_s, piece, _ in self.eaten]

    def _count_near(self, times_s: Sequence[float], within_s: float) -> FloatArray:
        """How many of those times lie near each slot, the nearer the more."""
        near = np.zeros(len(self.table.slots_s))
        for at_s in times_s:
            near += np.maximum(1.0 - np.abs(self.table.slots_s - at_s) / within_s, 0.0)
        return near


_RATES = (LIQUID_RATE_PER_H, SOLID_RATE_PER_H)


def _digest(piece: Product) -> float:
    return SOLID_RATE_PER_H if piece.texture in ("solid", "chew") else LIQUID_RATE_PER_H
