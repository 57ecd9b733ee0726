"""Where each piece can come from: start, station, drop bag or crew, in time before it spoils.

Quantities put at start, bags and crew are ours to decide and weight costs, so of all places with unlimited supply the
latest is the best: it is the freshest and is carried the shortest way. Older places matter only while a later one is
limited. This removes the carry flow from the optimisation without losing any plan worth having.
"""

from __future__ import annotations

from pacecalc.planning.intake.records import IntakeProblem, Product
from pacecalc.record import record

SERVED_PER_STOP = 1
"""Portions of a served food per stop where the station names no limit (a choice)."""


@record()
class Source:
    """One place to take a product from; ``pooled`` pieces count against the total the athlete brings."""

    refill: int
    kind: str
    """start, station, drop bag or crew."""
    stock: int | None
    pooled: bool

    @property
    def free(self) -> bool:
        return self.stock is None and not self.pooled


def list_sources(problem: IntakeProblem) -> dict[tuple[int, int], tuple[Source, ...]]:
    """(leg, product) -> the sources worth using, latest first; absent where nothing can be had or all would spoil."""
    found: dict[tuple[int, int], tuple[Source, ...]] = {}
    brought = dict(problem.brought)
    stations = [dict(leg.refill.station) for leg in problem.legs]
    for index, product in enumerate(problem.products):
        offered = _offers(problem, product, brought, stations)
        if not offered:
            continue
        for leg in range(len(problem.legs)):
            usable = [source for source in offered if is_fresh(problem, product, source, leg)]
            kept = _drop_dominated(usable)
            if kept:
                found[leg, index] = kept
    return found


def _offers(
    problem: IntakeProblem, product: Product, brought: dict[str, int | None], stations: list[dict[str, int | None]]
) -> list[Source]:
    """All places that have the product, latest first; at one place the unlimited supply comes first."""
    offers: list[Source] = []
    for refill in range(len(problem.legs) - 1, -1, -1):
        here: list[Source] = []
        if product.id in stations[refill]:
            limit = stations[refill][product.id]
            if limit is None and product.served_only:
                limit = SERVED_PER_STOP
            here.append(Source(refill, "station", limit, pooled=False))
        own = problem.legs[refill].refill.own_supply
        if own is not None and product.id in brought:
            limit = SERVED_PER_STOP if product.served_only else None
            here.append(Source(refill, own, limit, pooled=brought[product.id] is not None))
        offers += sorted((s for s in here if s.stock is None or s.stock > 0), key=lambda source: not source.free)
    return offers


def is_fresh(problem: IntakeProblem, product: Product, source: Source, leg: int) -> bool:
    """Whether a piece from ``source`` may be eaten in ``leg``: at hand, and within its shelf life at the leg's end.

    A drop bag is packed at the start, so its food ages from there. One hot leg on the way makes the hot shelf life
    count: heat does not undo itself.
    """
    if source.refill > leg or (product.served_only and source.refill != leg):
        return False
    first = 0 if source.kind == "drop bag" else source.refill
    hot = any(need.hot for need in problem.legs[first : leg + 1])
    lives = (product.shelf_hot_h, product.shelf_cool_h) if hot else (product.shelf_cool_h, product.shelf_hot_h)
    shelf_h = next((life for life in lives if life is not None), None)
    if shelf_h is None:
        return True
    end_h = problem.legs[leg].start_s / 3600.0 + problem.legs[leg].duration_h
    taken_h = 0.0 if source.kind == "drop bag" else problem.legs[source.refill].start_s / 3600.0
    return end_h - taken_h <= shelf_h


def _drop_dominated(usable: list[Source]) -> tuple[Source, ...]:
    """Sources up to the latest unlimited one; of the athlete's own supply only the latest, as all share one total."""
    kept: list[Source] = []
    own_seen = False
    for source in usable:
        own = source.kind != "station"
        if own and own_seen and source.stock is None:
            continue
        kept.append(source)
        own_seen = own_seen or (own and source.stock is None)
        if source.free:
            break
    return tuple(kept)


def pieces_from(source: Source, total: int | None) -> float:
    """Most pieces one source can give."""
    limits = [float(limit) for limit in (source.stock, total if source.pooled else None) if limit is not None]
    return min(limits, default=float("inf"))
