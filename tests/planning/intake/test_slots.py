"""Which piece goes to which minute of a leg."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from intake_races import larder_of, make_athlete, make_trace
from pacecalc.planning.intake.body import trace_body
from pacecalc.planning.intake.slots import SlotTable, lay_slots, place_pieces, place_slots

ATHLETE = make_athlete()
PRODUCTS = larder_of(ATHLETE).products
GEL, RICE, CAFFEINE, MIX = (
    PRODUCTS[i] for i in ("gu-energy-gel", "rice-ball-home", "maurten-gel-100-caf", "maurten-drink-mix-160")
)


def lay(hours: float, pieces: int, **changes: object) -> SlotTable:
    trace = make_trace(hours, **changes)  # type: ignore[arg-type]
    return lay_slots(0.0, hours, trace, trace_body(trace, ATHLETE, "run"), pieces)


def minutes_of(table: SlotTable, product_id: str) -> list[float]:
    pairs = zip(table.slots_s, table.held, strict=True)
    return [at_s / 60.0 for at_s, held in pairs for piece in held if piece.id == product_id]


def test_slots_start_at_20_minutes_and_follow_every_25():
    assert place_slots(0.0, 2.0) / 60.0 == pytest.approx([20, 45, 70, 95])
    assert place_slots(600.0, 0.3) == pytest.approx([600.0 + 540.0])


def test_a_short_leg_with_many_pieces_has_them_every_quarter_of_an_hour():
    assert lay(1.0, 2).slots_s / 60.0 == pytest.approx([20, 45])
    assert lay(1.0, 4).slots_s / 60.0 == pytest.approx([10, 25, 40])


def test_what_was_eaten_at_the_stop_delays_the_next_piece():
    fresh, full = lay(3.0, 2), lay(3.0, 2)
    place_pieces([RICE, GEL], fresh, [], 210.0)
    place_pieces([RICE, GEL], full, [(0.0, RICE, 1), (-1200.0, RICE, 1)], 210.0)
    first = [min(minutes_of(t, RICE.id) + minutes_of(t, GEL.id)) for t in (fresh, full)]
    assert first[1] > first[0]


def test_the_same_piece_is_not_eaten_twice_within_the_hour_when_another_can_stand_between():
    table = lay(4.0, 4)
    place_pieces([RICE, RICE, GEL, GEL], table, [], 210.0)
    for piece in (RICE, GEL):
        assert all(later - sooner > 45.0 for sooner, later in itertools.pairwise(minutes_of(table, piece.id)))


def test_caffeine_keeps_three_hours_from_the_last_one_and_comes_near_its_hour():
    table = lay(5.0, 3, start_clock_h=22.0)
    place_pieces([CAFFEINE, GEL, GEL], table, [(-1800.0, CAFFEINE, 1)], 210.0)
    assert minutes_of(table, CAFFEINE.id)[0] >= 2.4 * 60.0
    due = lay(5.0, 3, start_clock_h=22.0)
    place_pieces([CAFFEINE, GEL, GEL], due, [], 210.0, caffeine_due_s=[4.0 * 3600.0])
    assert minutes_of(due, CAFFEINE.id)[0] == pytest.approx(240.0, abs=15.0)


def test_a_bottle_of_mix_is_not_begun_just_before_the_next_stop():
    table = lay(2.0, 2)
    place_pieces([MIX, GEL], table, [], 210.0)
    assert minutes_of(table, MIX.id)[0] <= 50.0


def test_no_solid_on_a_hard_climb():
    steps = len(make_trace(3.0).start_s)
    watts = np.full(steps, 8.5)
    watts[: steps // 3] = 13.0
    trace = make_trace(3.0)
    trace = replace(trace, metabolic_w=70.0 * watts)
    table = lay_slots(0.0, 3.0, trace, trace_body(trace, ATHLETE, "run"), 2)
    place_pieces([RICE, GEL], table, [], 210.0)
    assert minutes_of(table, RICE.id)[0] >= 60.0


def test_slots_that_a_descent_pushes_together_become_one():
    steps = len(make_trace(3.0).start_s)
    rough = np.zeros(steps)
    rough[steps // 6 : steps // 2] = 1.0
    trace = replace(make_trace(3.0), hands_full=rough)
    slots = lay_slots(0.0, 3.0, trace, trace_body(trace, ATHLETE, "run"), 1).slots_s
    assert np.all(np.diff(slots) >= 12 * 60.0 - 1e-6)
