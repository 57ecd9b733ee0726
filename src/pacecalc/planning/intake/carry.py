"""From counts of pieces to what is picked up, carried and eaten in each leg, balanced to the last piece."""

from __future__ import annotations

from collections import defaultdict

from pacecalc.arrays import FloatArray
from pacecalc.planning.intake.model import CompactModel
from pacecalc.planning.intake.pieces import tap_before
from pacecalc.planning.intake.records import LegIntake

NEGLIGIBLE_ML = 1e-6


def trace_intake(model: CompactModel, values: FloatArray) -> tuple[LegIntake, ...]:
    """Every leg's intake from one solution of the compact program."""
    legs = len(model.problem.legs)
    eaten: list[dict[str, int]] = [{} for _ in range(legs)]
    carried: list[defaultdict[str, int]] = [defaultdict(int) for _ in range(legs)]
    taken: list[dict[str, defaultdict[str, int]]] = [{} for _ in range(legs)]
    for column, choice in enumerate(model.choices):
        count = round(float(values[column]))
        if count == 0:
            continue
        product = model.problem.products[choice.product]
        eaten[choice.leg][product.id] = count
        for place, source in enumerate(choice.sources):
            lone = len(choice.sources) == 1
            pieces = count if lone else round(float(values[model.transports[column, place]]))
            if pieces == 0:
                continue
            taken[source.refill].setdefault(product.id, defaultdict(int))[source.kind] += pieces
            if not product.served_only:
                for leg in range(source.refill, choice.leg + 1):
                    carried[leg][product.id] += pieces
    drunk = [_clean(values[column]) for column in model.bottle_columns]
    taps = tap_before(model.problem)
    return tuple(
        LegIntake(
            eaten=eaten[leg],
            picked_up={item: tuple(sorted(kinds.items())) for item, kinds in taken[leg].items()},
            carried=dict(carried[leg]),
            water_ml=drunk[leg],
            station_water_ml=_clean(values[model.station_columns[leg]]),
            carried_water_ml=sum(drunk[other] for other in range(leg, legs) if taps[other] == taps[leg]),
        )
        for leg in range(legs)
    )


def _clean(amount_ml: float) -> float:
    """Solver dust off."""
    return 0.0 if amount_ml < NEGLIGIBLE_ML else float(amount_ml)
