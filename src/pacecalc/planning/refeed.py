"""What to eat and drink for the rest of a race: from what is left in the pockets and what lies packed ahead.

Bags and crew boxes were filled before the start. So the rest is chosen from what the plan put there, what was not
eaten so far, and what stations offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pacecalc.errors import IntakeError
from pacecalc.planning.feed import (
    FedRace,
    Teller,
    add_up,
    feel_cells,
    find_needs,
    match_segments,
    sweat_of_cells,
    thin_fuel,
)
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.intake.check import check_intake
from pacecalc.planning.intake.effort import EffortCells
from pacecalc.planning.intake.needs import RaceNeeds
from pacecalc.planning.intake.records import IntakeSolution, LegIntake, LegNeed, Refill
from pacecalc.planning.intake.rounds import plan_intake
from pacecalc.planning.intake.timeline import TimedIntake
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.records import Caution, PlannedLeg, RacePlan, ScheduledIntake, SegmentIntake
from pacecalc.record import record

Eaten = float | Mapping[str, int] | None
"""Share of what was planned so far, or pieces by product id; None: as planned."""

UNCHANGED_S = 90.0
"""A rest that moves less than this is eaten as planned: bags are packed and habits set. A choice."""
NEARLY_ALL = 0.95
SAME_S = 0.5
"""Clocks this near are the same: the old schedule stands to the second."""


@record()
class _Row:
    """One entry of the old schedule on the new clock."""

    at_s: float
    items: dict[str, int]
    water_ml: float


def feed_rest(paced: PacedRace, inputs: RaceInputs, plan: RacePlan, begin: int, eaten: Eaten = None) -> FedRace:
    """Choose what to eat and drink from waypoint ``begin`` on; what came before stands as it was eaten."""
    cells = feel_cells(paced, inputs.conditions)
    needs = find_needs(
        paced, cells, inputs.athlete, inputs.conditions, inputs.larder, water_only=inputs.assume_water_only
    )
    here_s = float(paced.arrive_s[begin])
    rows = _count_eaten(_move_rows(plan, paced), here_s, eaten)
    if _is_unchanged(plan, paced, begin, eaten):
        first = len(needs.spans)
    else:
        first = next(
            (k for k, s in enumerate(needs.spans) if s.start_waypoint >= begin and not s.virtual), len(needs.spans)
        )
    trouble: tuple[Caution, ...] = ()
    if first < len(needs.spans):
        try:
            return _Rest(paced, inputs, plan, needs, rows, first, eaten).feed(cells, trouble)
        except IntakeError as error:
            trouble = (Caution("intake-limit", f"Food and drink stand as planned before the start: {error}"),)
    return _Rest(paced, inputs, plan, needs, rows, len(needs.spans), eaten).feed(cells, trouble)


class _Rest:
    """The old legs up to where new ones begin, and the new ones."""

    def __init__(
        self,
        paced: PacedRace,
        inputs: RaceInputs,
        plan: RacePlan,
        needs: RaceNeeds,
        rows: Sequence[_Row],
        first: int,
        eaten: Eaten,
    ) -> None:
        self._paced, self._inputs, self._plan, self._needs = paced, inputs, plan, needs
        self._first, self._eaten = first, eaten
        self._from_s = needs.spans[first].start_s if first < len(needs.spans) else float("inf")
        self._rows = [row for row in rows if row.at_s < self._from_s - 1e-6]
        self._teller = Teller(inputs.larder, inputs.athlete.fuelling.bottle_ml)
        self._products = inputs.larder.products

    def feed(self, cells: EffortCells, trouble: tuple[Caution, ...]) -> FedRace:
        """Put old and new together and run it all through the body."""
        needs, paced, inputs = self._needs, self._paced, self._inputs
        old_legs = self._keep_legs()
        timed = self._time_old(old_legs)
        new_legs: tuple[PlannedLeg, ...] = ()
        solution = IntakeSolution(legs=(), objective=0.0, bound=0.0, method="kept")
        if self._first < len(needs.spans):
            planned, solution = self._choose()
            timed = [*timed, *(replace(row, leg=row.leg + len(old_legs)) for row in planned)]
            new_legs = self._tell_new(solution)
        legs = (*old_legs, *new_legs)
        ends_s = [leg.end_s for leg in legs]
        checked = check_intake(timed, self._products, needs.trace, needs.body, inputs.athlete, ends_s)
        kept = not new_legs and not trouble
        return FedRace(
            cells=cells,
            sweat_l_per_h=sweat_of_cells(paced, needs),
            legs=legs,
            segment_leg=match_segments(paced.arrive_s, ends_s),
            segment_intake=self._tell_segments(timed, kept),
            schedule=self._tell_schedule(timed, kept),
            shopping=self._plan.shopping,
            temperature_card=self._plan.temperature_card,
            totals=add_up(legs, needs, needs.trace, checked),
            fuel=thin_fuel(checked.fuel),
            solution=solution,
            needs=needs,
            assumed=needs.assumed,
            cautions=(*trouble, *checked.violations, *checked.cautions),
        )

    def _keep_legs(self) -> tuple[PlannedLeg, ...]:
        """Legs of the plan that start before the new ones, on the new clock, with what was eaten of them."""
        if self._eaten is None and self._is_same_clock():
            return self._plan.legs
        move = _clock_mover(self._plan, self._paced)
        kept = []
        for leg in self._plan.legs:
            start_s, end_s = move(leg.start_s), move(leg.end_s)
            if start_s >= self._from_s - 1e-6:
                break
            cut = end_s > self._from_s
            end_s = min(end_s, self._from_s)
            intake = leg.intake
            if self._eaten is not None:
                intake = self._sum_rows(start_s, end_s)
            end = self._needs.legs[self._first].refill.name if cut else leg.end
            kept.append(replace(leg, start_s=start_s, end_s=end_s, end=end, intake=intake))
        return tuple(kept)

    def _is_same_clock(self) -> bool:
        old_s = np.array([w.arrive_s for w in self._plan.waypoints])
        return self._first >= len(self._needs.spans) and bool(np.abs(self._paced.arrive_s - old_s).max() < SAME_S)

    def _sum_rows(self, start_s: float, end_s: float) -> SegmentIntake:
        counts: Counter[str] = Counter()
        water_ml = 0.0
        for row in self._rows:
            if start_s - 1e-6 <= row.at_s < end_s - 1e-6:
                counts.update(row.items)
                water_ml += row.water_ml
        return self._teller.sum_up(counts, water_ml)

    def _time_old(self, legs: Sequence[PlannedLeg]) -> list[TimedIntake]:
        starts_s = np.array([leg.start_s for leg in legs])
        timed = []
        for index, row in enumerate(self._rows):
            leg = max(int(np.searchsorted(starts_s, row.at_s + 1e-6, side="right")) - 1, 0)
            until_s = self._rows[index + 1].at_s if index + 1 < len(self._rows) else legs[leg].end_s
            timed.append(
                TimedIntake(
                    at_s=row.at_s,
                    leg=leg,
                    items=tuple(row.items.items()),
                    water_ml=row.water_ml,
                    from_s=row.at_s,
                    until_s=max(min(until_s, legs[leg].end_s), row.at_s),
                )
            )
        return timed

    def _choose(self) -> tuple[tuple[TimedIntake, ...], IntakeSolution]:
        """The optimum over what lies ahead; the picks say again where they really come from."""
        legs, spans = self._needs.legs[self._first :], self._needs.spans[self._first :]
        supply = [self._supply_at(k) for k in range(len(legs))]
        offered = tuple(
            replace(need, refill=_stock(need.refill, packed, pocket))
            for need, (packed, pocket) in zip(legs, supply, strict=True)
        )
        planned = plan_intake(replace(self._needs, legs=offered, spans=spans), self._products, (), self._inputs.athlete)
        told = tuple(
            _name_sources(intake, need, packed, pocket)
            for intake, need, (packed, pocket) in zip(planned.solution.legs, legs, supply, strict=True)
        )
        return planned.schedule, replace(planned.solution, legs=told)

    def _supply_at(self, k: int) -> tuple[dict[str, int], dict[str, int]]:
        """What is packed at the start of new leg ``k``, and what is in the pockets there."""
        starts = [self._needs.legs[j].refill.name for j in range(self._first, len(self._needs.legs))]
        names = [w.name for w in self._paced.course.waypoints]
        here, before = names.index(starts[k]) if starts[k] in names else -1, -1
        for j in range(k - 1, -1, -1):
            if starts[j] in names:
                before = names.index(starts[j])
                break
        packed: Counter[str] = Counter()
        pocket: Counter[str] = Counter()
        for leg in self._plan.legs:
            at = names.index(leg.start) if leg.start in names else -1
            if k == 0 and 0 <= at < here:
                pocket.update({item.id: item.count for item in leg.pick_up})
            elif here >= 0 and before < at <= here and (k > 0 or at == here):
                for items in (leg.packed, leg.spares):
                    packed.update({item.id: item.count for item in items})
        if k == 0:
            for row in self._rows:
                pocket.subtract(row.items)
        return dict(+packed), dict(+pocket)

    def _tell_new(self, solution: IntakeSolution) -> tuple[PlannedLeg, ...]:
        needs, spans = self._needs.legs[self._first :], self._needs.spans[self._first :]
        told = []
        for need, span, intake in zip(needs, spans, solution.legs, strict=True):
            leg = self._teller.tell_leg(need, intake, span.end_s)
            own = {i: sum(n for source, n in parts if source != "station") for i, parts in intake.picked_up.items()}
            told.append(replace(leg, packed=self._teller.count(own)))
        return tuple(told)

    def _tell_segments(self, timed: Sequence[TimedIntake], kept: bool) -> tuple[SegmentIntake, ...]:
        if kept and self._eaten is None:
            return tuple(segment.intake for segment in self._plan.segments)
        return self._teller.tell_segments(timed, self._paced.arrive_s)

    def _tell_schedule(self, timed: Sequence[TimedIntake], kept: bool) -> tuple[ScheduledIntake, ...]:
        conditions, finish_m = self._inputs.conditions, self._paced.course.distance_m
        if kept and self._eaten is None:
            if self._is_same_clock():
                return self._plan.schedule
            move = _clock_mover(self._plan, self._paced)
            return tuple(
                replace(row, at_s=move(row.at_s), clock=conditions.clock(move(row.at_s))) for row in self._plan.schedule
            )
        return self._teller.tell_schedule(timed, self._needs.trace, conditions, finish_m)


def _clock_mover(plan: RacePlan, paced: PacedRace) -> Callable[[float], float]:
    """Time of the old plan -> time of the new one, straight between arrivals and leavings."""
    old = np.array([t for w in plan.waypoints for t in (w.arrive_s, w.leave_s)])
    new = np.column_stack([paced.arrive_s, paced.leave_s]).ravel()
    return lambda at_s: float(np.interp(at_s, old, new))


def _move_rows(plan: RacePlan, paced: PacedRace) -> list[_Row]:
    move = _clock_mover(plan, paced)
    return [_Row(move(row.at_s), {item.id: item.count for item in row.items}, row.water_ml) for row in plan.schedule]


def _count_eaten(rows: Sequence[_Row], here_s: float, eaten: Eaten) -> list[_Row]:
    """What was eaten of the rows so far; those ahead stay."""
    if eaten is None:
        return list(rows)
    done: list[_Row] = []
    planned: Counter[str] = Counter()
    had: Counter[str] = Counter()
    for row in rows:
        if row.at_s >= here_s - 1e-6:
            done.append(row)
            continue
        planned.update(row.items)
        if isinstance(eaten, Mapping):
            items = {i: min(n, max(eaten.get(i, 0) - had[i], 0)) for i, n in row.items.items()}
            water_ml = row.water_ml
        else:
            items = {i: max(int(eaten * planned[i] + 0.5) - had[i], 0) for i in row.items}
            water_ml = eaten * row.water_ml
        had.update(items)
        done.append(_Row(row.at_s, {i: n for i, n in items.items() if n}, water_ml))
    if isinstance(eaten, Mapping):
        more = {i: n - had[i] for i, n in eaten.items() if n > had[i]}
        last = max((k for k, row in enumerate(done) if row.at_s < here_s - 1e-6), default=None)
        if more and last is not None:
            done[last] = replace(done[last], items={**done[last].items, **more})
    return done


def _is_unchanged(plan: RacePlan, paced: PacedRace, begin: int, eaten: Eaten) -> bool:
    moved = np.abs(paced.arrive_s[begin:] - np.array([w.arrive_s for w in plan.waypoints[begin:]]))
    as_planned = eaten is None or (isinstance(eaten, float) and NEARLY_ALL <= eaten <= 2.0 - NEARLY_ALL)
    return as_planned and bool(moved.max() < UNCHANGED_S)


def _stock(refill: Refill, packed: Mapping[str, int], pocket: Mapping[str, int]) -> Refill:
    """A refill point whose own supply is what was packed, not a whole pantry."""
    open_stock = {i for i, limit in refill.station if limit is None}
    own = Counter(packed)
    own.update(pocket)
    limited = tuple((i, n) for i, n in own.items() if i not in open_stock)
    station = tuple((i, limit) for i, limit in refill.station if i not in dict(limited))
    return replace(refill, own_supply=None, station=(*limited, *station))


def _name_sources(intake: LegIntake, need: LegNeed, packed: Mapping[str, int], pocket: Mapping[str, int]) -> LegIntake:
    """Picks with their real source: the pocket is no pick, what is packed comes from bag or crew."""
    own = need.refill.own_supply
    picked: dict[str, tuple[tuple[str, int], ...]] = {}
    for product_id, parts in intake.picked_up.items():
        number = sum(n for _, n in parts) - pocket.get(product_id, 0)
        if number <= 0:
            continue
        source = own if own is not None and product_id in packed else "station"
        picked[product_id] = ((source, number),)
    return replace(intake, picked_up=picked)
