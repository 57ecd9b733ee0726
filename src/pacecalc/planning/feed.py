"""From a paced race to what is eaten and drunk: effort, needs, the optimum, and its place on the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from pacecalc.arrays import FloatArray
from pacecalc.planning.assumption import Assumption
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.conditions import Conditions
from pacecalc.planning.intake.body import personal_sweat_factor
from pacecalc.planning.intake.check import IntakeCheck
from pacecalc.planning.intake.effort import EffortCells, EffortTrace, trace_effort
from pacecalc.planning.intake.lists import PackingList, list_packing, list_shopping, make_temperature_card
from pacecalc.planning.intake.needs import RaceNeeds, build_legs
from pacecalc.planning.intake.plan_b import list_plans_b
from pacecalc.planning.intake.reasons import (
    LEAST_BAND_G,
    LEAST_BAND_MG,
    LEAST_BAND_ML,
    explain_bands,
    widen_band,
)
from pacecalc.planning.intake.records import IntakeSolution, LegIntake, LegNeed, Product
from pacecalc.planning.intake.rounds import plan_intake
from pacecalc.planning.intake.timeline import TimedIntake
from pacecalc.planning.larder import Larder
from pacecalc.planning.pacing import PacedRace
from pacecalc.planning.records import (
    CardRow,
    Caution,
    FuelTrace,
    IntakeProof,
    ItemCount,
    PlannedLeg,
    ScheduledIntake,
    SegmentIntake,
    ShoppingLine,
    Totals,
)
from pacecalc.record import record
from pacecalc.science.surfaces import TECHNICAL

WIND_ON_BODY = 0.5
"""Wind at body height over the forecast's at 10 m, among bushes; a choice (cycling.md section 2)."""
RESERVE_ML_PER_H = 200.0
"""Carried beyond what is planned to be drunk: half the uncertainty of sweat. A choice."""
FILL_STEP_ML = 250.0
LEAST_SIP_ML = 60.0
FUEL_POINTS = 240


@record(kw_only=True)
class FedRace:
    """What is eaten and drunk, leg by leg, segment by segment, minute by minute."""

    cells: EffortCells
    sweat_l_per_h: FloatArray
    """Per grid cell."""
    legs: tuple[PlannedLeg, ...]
    segment_leg: tuple[int, ...]
    segment_intake: tuple[SegmentIntake, ...]
    schedule: tuple[ScheduledIntake, ...]
    shopping: tuple[ShoppingLine, ...]
    temperature_card: tuple[CardRow, ...]
    totals: Totals
    fuel: FuelTrace
    solution: IntakeSolution
    needs: RaceNeeds
    assumed: tuple[Assumption, ...]
    cautions: tuple[Caution, ...]
    proof: IntakeProof | None = None


def feel_cells(paced: PacedRace, conditions: Conditions) -> EffortCells:
    """Effort and weather in every cell at the hour of passing."""
    course = paced.course
    middle_m = 0.5 * (course.elevation_m[:-1] + course.elevation_m[1:])
    place = (paced.mid_s, middle_m, course.latitude_deg[:-1], course.longitude_deg[:-1])
    speed = course.cell_m / paced.pace.time_s
    wind, _ = conditions.wind(paced.mid_s)
    return EffortCells(
        time_s=paced.pace.time_s,
        distance_m=course.edge_m[:-1],
        metabolic_w=paced.pace.metabolic_w,
        external_w=paced.pace.external_w,
        speed_m_per_s=speed,
        air_speed_m_per_s=np.hypot(speed, WIND_ON_BODY * wind),
        temperature_c=conditions.temperature_c(*place),
        humidity_fraction=conditions.humidity_fraction_at(*place),
        sun_w_per_m2=conditions.solar_gain_w_per_m2(*place),
        darkness=conditions.darkness(*place),
        elevation_m=middle_m,
        grade=course.grade,
        technical=TECHNICAL[course.surface],
    )


def feed_race(
    paced: PacedRace, athlete: Athlete, conditions: Conditions, larder: Larder, *, water_only: bool = False
) -> FedRace:
    """Choose what to eat and drink, where to take it, and when.

    Raises
    ------
    IntakeError
        When no intake meets the hard bounds; the text names the stretch and the amount.
    """
    course = paced.course
    cells = feel_cells(paced, conditions)
    needs = find_needs(paced, cells, athlete, conditions, larder, water_only=water_only)
    trace = needs.trace
    planned = plan_intake(needs, larder.products, larder.brought, athlete)
    needs, solution, timed, checked = planned.needs, planned.solution, planned.schedule, planned.check
    leg_ends_s = [span.end_s for span in needs.spans]
    teller = Teller(larder, athlete.fuelling.bottle_ml)
    legs = tuple(
        teller.tell_leg(need, intake, end_s)
        for need, intake, end_s in zip(needs.legs, solution.legs, leg_ends_s, strict=True)
    )
    legs = _pack(legs, list_packing(planned.problem, solution))
    plans_b = list_plans_b(needs, planned.problem, solution, athlete, course.sport)
    legs = tuple(replace(leg, plan_b=plan_b) for leg, plan_b in zip(legs, plans_b, strict=True))
    return FedRace(
        cells=cells,
        sweat_l_per_h=sweat_of_cells(paced, needs),
        legs=legs,
        segment_leg=match_segments(paced.arrive_s, leg_ends_s),
        segment_intake=teller.tell_segments(timed, paced.arrive_s),
        schedule=teller.tell_schedule(timed, trace, conditions, course.distance_m),
        shopping=list_shopping(planned.problem, solution),
        temperature_card=make_temperature_card(needs, planned.problem, solution, athlete, course.sport),
        totals=add_up(legs, needs, trace, checked),
        fuel=thin_fuel(checked.fuel),
        solution=solution,
        needs=needs,
        proof=prove_intake(needs, solution, athlete),
        assumed=needs.assumed,
        cautions=(
            *checked.violations,
            *checked.cautions,
            *(Caution("intake-limit", f"{_sentence(reason)}") for reason in needs.targets.reasons),
        ),
    )


def find_needs(
    paced: PacedRace,
    cells: EffortCells,
    athlete: Athlete,
    conditions: Conditions,
    larder: Larder,
    *,
    water_only: bool = False,
) -> RaceNeeds:
    """What every leg of a paced race needs."""
    start, course = conditions.start_clock, paced.course
    trace = trace_effort(
        cells,
        {int(edge): float(stop) for edge, stop in zip(paced.edges, paced.stops_s, strict=True) if stop > 0.0},
        mass_kg=athlete.mass_kg,
        start_clock_h=start.hour + start.minute / 60.0 + start.second / 3600.0,
    )
    return build_legs(
        course.waypoints,
        [float(s) for s in paced.arrive_s],
        trace,
        athlete,
        course.sport,
        typical_station=larder.typical_station,
        known=set(larder.products),
        water_only=water_only,
    )


def sweat_of_cells(paced: PacedRace, needs: RaceNeeds) -> FloatArray:
    """Sweat rate in every cell [L/h]."""
    edge_s = needs.trace.edge_s
    return np.interp(paced.mid_s, 0.5 * (edge_s[1:] + edge_s[:-1]), needs.body.sweat_l_per_h)


class Teller:
    """Puts product ids into whole pieces with names, in the larder's order."""

    def __init__(self, larder: Larder, bottle_ml: float) -> None:
        self._bottle_ml = bottle_ml
        self._products = larder.products
        self._order = {product_id: index for index, product_id in enumerate(larder.products)}

    def count(self, counts: Mapping[str, int]) -> tuple[ItemCount, ...]:
        ids = sorted((i for i, n in counts.items() if n > 0), key=self._order.__getitem__)
        return tuple(ItemCount(id=i, name=self._products[i].name, count=counts[i]) for i in ids)

    def sum_up(self, counts: Mapping[str, int], water_ml: float) -> SegmentIntake:
        """Amounts of some pieces and some water."""

        def total(figure: Callable[[Product], float]) -> float:
            return float(sum(n * figure(self._products[i]) for i, n in counts.items()))

        return SegmentIntake(
            carbohydrate_g=total(lambda p: p.carbohydrate_g),
            fluid_ml=total(lambda p: p.water_ml) + water_ml,
            sodium_mg=total(lambda p: p.sodium_mg),
            caffeine_mg=total(lambda p: p.caffeine_mg),
            energy_kcal=total(lambda p: p.energy_kcal),
            protein_g=total(lambda p: p.protein_g),
            items=self.count(counts),
            water_ml=water_ml,
        )

    def tell_leg(self, need: LegNeed, intake: LegIntake, end_s: float) -> PlannedLeg:
        total = self.sum_up(intake.eaten, intake.water_ml + intake.station_water_ml)
        taken: Counter[str] = Counter()
        sources = []
        for product_id, parts in intake.picked_up.items():
            for source, number in parts:
                taken[product_id] += number
                sources.append(source)
        on_the_spot = {i: n for i, n in intake.eaten.items() if self._products[i].served_only}
        carried_off = {i: n - on_the_spot.get(i, 0) for i, n in taken.items()}
        own = need.refill.own_supply
        return PlannedLeg(
            start=need.refill.name,
            end=need.end,
            start_s=need.start_s,
            end_s=end_s,
            carbohydrate_g=widen_band(need.carbohydrate_g, LEAST_BAND_G),
            fluid_ml=widen_band(need.fluid_ml, LEAST_BAND_ML),
            sodium_mg=widen_band(need.sodium_mg, LEAST_BAND_MG),
            intake=total,
            carry=self.count(intake.carried),
            carry_water_ml=self._fill(need, intake),
            pick_up=self.count(carried_off),
            pick_up_from=own if own in sources else ("station" if sources else None),  # type: ignore[arg-type]
            at_station=self.count(on_the_spot),
            reasons=tuple(explain_bands(need, intake, total, self._products, self._bottle_ml)),
            sweat_ml=need.sweat_ml,
            burned_g=need.burned_g,
            sodium_lost_mg=need.sodium_lost_mg,
        )

    def _fill(self, need: LegNeed, intake: LegIntake) -> float:
        """Water to fill: what is planned and a reserve, for sweat is a guess and bottles are filled roughly [mL]."""
        if intake.carried_water_ml <= 0.0 and not need.refill.water:
            return 0.0
        wanted_ml = intake.carried_water_ml + RESERVE_ML_PER_H * need.duration_h
        return min(FILL_STEP_ML * float(np.ceil(wanted_ml / FILL_STEP_ML)), self._bottle_ml)

    def tell_schedule(
        self, timed: Sequence[TimedIntake], trace: EffortTrace, conditions: Conditions, finish_m: float
    ) -> tuple[ScheduledIntake, ...]:
        """What is due when and where."""
        return tuple(
            ScheduledIntake(
                at_s=row.at_s,
                clock=conditions.clock(row.at_s),
                distance_m=float(trace.find_distance_m(row.at_s, finish_m)),
                items=self.count(dict(row.items)),
                water_ml=row.water_ml,
            )
            for row in join_sips(timed)
        )

    def tell_segments(self, timed: Sequence[TimedIntake], arrive_s: FloatArray) -> tuple[SegmentIntake, ...]:
        """What falls into each segment: pieces by their minute, water by the time it is sipped over."""
        segments = len(arrive_s) - 1
        counts: list[Counter[str]] = [Counter() for _ in range(segments)]
        water_ml = np.zeros(segments)
        for row in timed:
            index = _segment_at(row.at_s, arrive_s)
            counts[index].update(dict(row.items))
            if row.until_s - row.from_s < 1.0:
                water_ml[index] += row.water_ml
            else:
                reached = np.clip((arrive_s - row.from_s) / (row.until_s - row.from_s), 0.0, 1.0)
                water_ml += row.water_ml * np.diff(reached)
        return tuple(self.sum_up(counts[i], float(water_ml[i])) for i in range(segments))


def _pack(legs: tuple[PlannedLeg, ...], packing: Sequence[PackingList]) -> tuple[PlannedLeg, ...]:
    """Legs that know what of theirs is packed at home, and the spares with it."""
    packed = {row.leg: row for row in packing}
    return tuple(
        replace(leg, packed=packed[index].items, spares=packed[index].spares) if index in packed else leg
        for index, leg in enumerate(legs)
    )


def join_sips(timed: Sequence[TimedIntake]) -> list[TimedIntake]:
    """Sips too small for a line, or a word, of their own go with the water before them, or else after them."""
    joined: list[TimedIntake] = []
    held_ml = 0.0
    for index, row in enumerate(timed):
        row = row if held_ml == 0.0 or row.at_stop else replace(row, water_ml=row.water_ml + held_ml)
        held_ml = 0.0
        before = joined[-1] if joined and joined[-1].leg == row.leg else None
        if 0.0 < row.water_ml < LEAST_SIP_ML and not row.at_stop:
            if before is not None and not before.at_stop:
                joined[-1] = replace(before, water_ml=before.water_ml + row.water_ml, until_s=row.until_s)
                row = replace(row, water_ml=0.0)
            elif index + 1 < len(timed) and timed[index + 1].leg == row.leg:
                held_ml = row.water_ml
                row = replace(row, water_ml=0.0)
        if row.items or row.water_ml > 0.0:
            joined.append(row)
    return joined


def _segment_at(at_s: float, arrive_s: FloatArray) -> int:
    index = int(np.searchsorted(arrive_s, at_s + 1e-6, side="right")) - 1
    return min(max(index, 0), len(arrive_s) - 2)


def match_segments(arrive_s: FloatArray, leg_ends_s: Sequence[float]) -> tuple[int, ...]:
    """Leg in which each segment starts."""
    ends = np.asarray(leg_ends_s)
    found = np.searchsorted(ends, arrive_s[:-1] + 1e-6, side="right")
    return tuple(int(i) for i in np.minimum(found, len(ends) - 1))


def add_up(legs: Sequence[PlannedLeg], needs: RaceNeeds, trace: EffortTrace, checked: IntakeCheck) -> Totals:
    return Totals(
        carbohydrate_g=sum(leg.intake.carbohydrate_g for leg in legs),
        fluid_ml=sum(leg.intake.fluid_ml for leg in legs),
        sodium_mg=sum(leg.intake.sodium_mg for leg in legs),
        caffeine_mg=sum(leg.intake.caffeine_mg for leg in legs),
        energy_kcal=sum(leg.intake.energy_kcal for leg in legs),
        protein_g=sum(leg.intake.protein_g for leg in legs),
        sweat_ml=1000.0 * float(needs.targets.sweat_l.sum()),
        energy_kj=float(np.dot(trace.metabolic_w, trace.duration_s) / 1000.0),
        mass_change_fraction=checked.mass_change_fraction,
        plasma_sodium_mmol_per_l=checked.plasma_sodium_mmol_per_l,
    )


def prove_intake(needs: RaceNeeds, solution: IntakeSolution, athlete: Athlete) -> IntakeProof:
    """How near the optimum the intake is, and what it was held to."""
    return IntakeProof(
        objective=solution.objective,
        bound=solution.bound,
        gap_fraction=solution.gap,
        sodium_need_mg=needs.targets.sodium_need_mg,
        least_fluid_ml=needs.targets.least_fluid_ml,
        sweat_factor=personal_sweat_factor(athlete),
        sweat_tests=len(athlete.fuelling.sweat_tests),
        acclimatised=athlete.heat_acclimatised,
    )


def thin_fuel(fuel: FuelTrace) -> FuelTrace:
    """At most ``FUEL_POINTS`` values a curve; the last one stays."""
    count = len(fuel.elapsed_s)
    kept = np.unique(np.append(np.arange(0, count, max(1, -(-count // FUEL_POINTS))), count - 1))
    return FuelTrace(**{f.name: getattr(fuel, f.name)[kept] for f in fields(fuel)})


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
