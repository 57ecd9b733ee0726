"""Minutes against the plan along the course: the arrival band as a shadow, cutoffs as gates."""

from __future__ import annotations

import numpy as np

from pacecalc.planning.records import RacePlan
from pacecalc.record import record
from pacecalc.render.html_labels import measure_text
from pacecalc.render.html_scales import Scale, draw_area, minute_ticks
from pacecalc.render.html_sheet import Sheet, Tick
from pacecalc.render.wording import say_margin

LEAST_LATE_MIN = 5.0
FAR_GATE = 3.0
"""Cutoffs closing later than so many times the late end of the band are drawn as beyond the drawing."""


@record()
class Gate:
    """One cutoff: how long after the planned arrival it closes."""

    x_px: float
    y_px: float
    tone: str
    text: str
    beyond: bool
    """Further away than the drawing reaches."""


@record()
class Corridor:
    """Minutes against the plan: the arrival band as a shadow, cutoffs as gates."""

    top_px: float
    bottom_px: float
    plan_px: float
    band: str
    gates: tuple[Gate, ...]
    ticks: tuple[Tick, ...]


def draw_corridor(plan: RacePlan, x: Scale, top: float, sheet: Sheet) -> Corridor | None:
    banded = [w for w in plan.waypoints if w.arrive_p10_s is not None and w.arrive_p90_s is not None]
    gated = [w for w in plan.waypoints if w.margin_s is not None]
    if not banded and not gated:
        return None
    early = np.array([(w.arrive_p10_s or 0.0) - w.arrive_s for w in banded]) / 60.0
    late = np.array([(w.arrive_p90_s or 0.0) - w.arrive_s for w in banded]) / 60.0
    margins = [(w.margin_s or 0.0) / 60.0 for w in gated]
    near = min((m for m in margins if m >= 0.0), default=0.0)
    latest = max(float(late.max(initial=0.0)), LEAST_LATE_MIN)
    # a cutoff hours away must not flatten the band
    ceiling = 1.3 * (max(latest, near) if not banded or near <= FAR_GATE * latest else latest)
    floor = 1.15 * min(float(early.min(initial=0.0)), *margins, -2.0)
    y = Scale(floor, ceiling, top + sheet.corridor_px, top + sheet.type_px + 7.0)
    band = ""
    if len(banded) > 1:
        xs = x.map([w.distance_m for w in banded])
        band = draw_area(xs, y.map(late), y.map(early))
    gates = []
    for w in gated:
        text, tone = say_margin(w.margin_s or 0.0)
        minutes = (w.margin_s or 0.0) / 60.0
        gates.append(Gate(x(w.distance_m), y.clip(minutes), tone, text, minutes > ceiling))
    ticks = tuple(Tick(y(value), _say_offset(value)) for value in minute_ticks(floor, ceiling, 4))
    return Corridor(top, top + sheet.corridor_px, y(0.0), band, _thin_gates(gates, sheet), ticks)


def _say_offset(minutes: float) -> str:
    if minutes == 0.0:
        return "plan"
    return f"{minutes / 60.0:+g} h" if minutes % 60.0 == 0.0 else f"{minutes:+g}"


def _thin_gates(gates: list[Gate], sheet: Sheet) -> tuple[Gate, ...]:
    """Every gate is drawn; words only where they do not run into each other, the worst first."""
    order = {"bad": 0, "tight": 1, "good": 2}
    taken: list[tuple[float, float]] = []
    said: dict[int, str] = {}
    for index in sorted(range(len(gates)), key=lambda i: (order[gates[i].tone], -gates[i].y_px)):
        gate = gates[index]
        for text in (gate.text, gate.text.split()[0]):
            half = 0.5 * measure_text(text, sheet.type_px) + 3.0
            middle = _text_middle(gate.x_px, half, sheet)
            if all(middle + half <= start or end <= middle - half for start, end in taken):
                taken.append((middle - half, middle + half))
                said[index] = text
                break
    return tuple(Gate(g.x_px, g.y_px, g.tone, said.get(i, ""), g.beyond) for i, g in enumerate(gates))


def _text_middle(x_px: float, half_px: float, sheet: Sheet) -> float:
    return min(max(x_px, sheet.left_px + half_px), sheet.width_px - half_px)


def gate_text_x(gate: Gate, sheet: Sheet) -> float:
    """Middle of a gate's words, moved inside the drawing at its ends."""
    return _text_middle(gate.x_px, 0.5 * measure_text(gate.text, sheet.type_px), sheet)
