"""What to pack, carry, hand over, take and buy, in whole pieces; and the card of salt and water by temperature."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.course import Waypoint
from pacecalc.planning.intake.needs import RaceNeeds, build_legs
from pacecalc.planning.intake.records import IntakeProblem, IntakeSolution, Product
from pacecalc.planning.records import CardRow, ItemCount, ShoppingLine, Sport
from pacecalc.record import record
from pacecalc.science.sodium import TABLET_LIMIT_PER_H

SPARE_FRACTION = 0.10
"""Packed on top of what is planned, at least one piece; a choice."""
CARD_TEMPERATURES_C = (5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0)
OwnSupply = Literal["start", "drop bag", "crew"]
OWN_SUPPLIES: tuple[OwnSupply, ...] = ("start", "drop bag", "crew")


@record(kw_only=True)
class PackingList:
    """One bag, one crew stop, or the start: what goes in, and spares on top."""

    leg: int
    place: str
    kind: OwnSupply
    items: tuple[ItemCount, ...]
    spares: tuple[ItemCount, ...]


def list_packing(problem: IntakeProblem, solution: IntakeSolution) -> tuple[PackingList, ...]:
    """What goes into every bag, to every crew stop and into the pockets at the start, with a tenth in spare.

    Spares stop where the athlete has no more of a product.
    """
    left = _spares_left(problem, solution)
    rows = []
    for index, (need, intake) in enumerate(zip(problem.legs, solution.legs, strict=True)):
        for kind in OWN_SUPPLIES:
            taken = _picked_up(intake.picked_up, kind)
            if not taken:
                continue
            spares: dict[str, int] = {}
            for product_id, count in taken.items():
                spares[product_id] = int(min(math.ceil(SPARE_FRACTION * count - 1e-9), left[product_id]))
                left[product_id] -= spares[product_id]
            rows.append(
                PackingList(
                    leg=index,
                    place=need.refill.name,
                    kind=kind,
                    items=_count(taken, problem),
                    spares=_count(spares, problem),
                )
            )
    return tuple(rows)


def list_shopping(problem: IntakeProblem, solution: IntakeSolution) -> tuple[ShoppingLine, ...]:
    """Everything the athlete brings, spares included; what stations give is not bought."""
    total: Counter[str] = Counter()
    for packing in list_packing(problem, solution):
        for item in (*packing.items, *packing.spares):
            total[item.id] += item.count
    products = _by_id(problem)
    return tuple(
        ShoppingLine(
            id=item.id,
            name=item.name,
            count=item.count,
            pack_size=products[item.id].pack_size,
            packs=math.ceil(item.count / products[item.id].pack_size),
            check_pack=products[item.id].disputed,
        )
        for item in _count(total, problem)
    )


def make_temperature_card(
    needs: RaceNeeds,
    problem: IntakeProblem,
    solution: IntakeSolution,
    athlete: Athlete,
    sport: Sport,
    temperatures_c: Sequence[float] = CARD_TEMPERATURES_C,
) -> tuple[CardRow, ...]:
    """Water, salt and carbohydrate an hour at each temperature, all else as in the plan.

    Parameters
    ----------
    needs : RaceNeeds
        Of the planned race: its effort, wind and sun are kept.
    problem, solution : IntakeProblem, IntakeSolution
        The plan, for the sodium its food and drink already hold and the salt tablet it uses.
    athlete : Athlete
        As in the plan.
    sport : str
        As in the plan.
    temperatures_c : sequence of float
        Air temperatures of the card [degC].
    """
    hours = needs.trace.finish_s / 3600.0
    tablet_mg, food_mg_per_h = _salt_of_plan(problem, solution, hours)
    ends = [Waypoint(name=name, kind=name, distance_m=0.0) for name in ("start", "finish")]
    rows = []
    for temperature in temperatures_c:
        trace = replace(needs.trace, temperature_c=np.full(len(needs.trace.start_s), float(temperature)))
        there = build_legs(ends, [0.0, needs.trace.finish_s], trace, athlete, sport)
        sodium_mg = sum(leg.sodium_mg.target for leg in there.legs) / hours
        tabs = max(0.0, sodium_mg - food_mg_per_h) / tablet_mg if tablet_mg > 0.0 else 0.0
        rows.append(
            CardRow(
                temperature_c=float(temperature),
                sweat_l_per_h=float(there.targets.sweat_l.sum()) / hours,
                fluid_ml_per_h=sum(leg.fluid_ml.target for leg in there.legs) / hours,
                carbohydrate_g_per_h=sum(leg.carbohydrate_g.target for leg in there.legs) / hours,
                sodium_mg_per_h=sodium_mg,
                salt_tabs_per_h=min(tabs, TABLET_LIMIT_PER_H),
            )
        )
    return tuple(rows)


def _salt_of_plan(problem: IntakeProblem, solution: IntakeSolution, hours: float) -> tuple[float, float]:
    """Sodium of one salt tablet [mg], and of the plan's food and drink without tablets [mg/h]."""
    tablets = [p for p in problem.products if p.kind == "salt"]
    products = _by_id(problem)
    eaten: Counter[str] = Counter()
    for leg in solution.legs:
        eaten.update(leg.eaten)
    food_mg = sum(products[i].sodium_mg * n for i, n in eaten.items() if products[i].kind != "salt")
    return (tablets[0].sodium_mg if tablets else 0.0), food_mg / hours


def _spares_left(problem: IntakeProblem, solution: IntakeSolution) -> dict[str, float]:
    """Pieces of each brought product beyond what the plan uses."""
    used: Counter[str] = Counter()
    for intake in solution.legs:
        for kind in OWN_SUPPLIES:
            used.update(_picked_up(intake.picked_up, kind))
    limits = dict(problem.brought)
    return {i: math.inf if limits.get(i) is None else max(0, (limits[i] or 0) - n) for i, n in used.items()}


def _picked_up(picked: Mapping[str, tuple[tuple[str, int], ...]], kind: str) -> dict[str, int]:
    counts = {i: sum(n for source, n in sources if source == kind) for i, sources in picked.items()}
    return {i: n for i, n in counts.items() if n > 0}


def _count(counts: Mapping[str, int], problem: IntakeProblem) -> tuple[ItemCount, ...]:
    """Counts in the order of the pantry."""
    return tuple(
        ItemCount(id=product.id, name=product.name, count=counts[product.id])
        for product in problem.products
        if counts.get(product.id, 0) > 0
    )


def _by_id(problem: IntakeProblem) -> dict[str, Product]:
    return {product.id: product for product in problem.products}
