"""What there is to eat and drink for this athlete: the pantry as the intake planner takes it."""

from __future__ import annotations

import os
from dataclasses import replace

from pacecalc.planning.athlete import Athlete
from pacecalc.planning.intake.records import Product
from pacecalc.record import record

LIKED = 1.0
"""Preference of a product the athlete likes; the opposite for one they dislike. A choice."""


@record()
class Larder:
    """Products by id, what a station of unknown stock is taken to offer, and what the athlete brings."""

    products: dict[str, Product]
    typical_station: tuple[str, ...]
    brought: tuple[tuple[str, int | None], ...]


def stock_larder(pantry: str | os.PathLike[str] | None, athlete: Athlete) -> Larder:
    """Larder from a pantry file (the bundled pantry without one), with the athlete's likes and dislikes on it."""
    from pacecalc.documents.pantry import load_pantry
    from pacecalc.planning.resolve import to_product

    loaded = load_pantry(None if pantry is None else os.fspath(pantry))
    products = {facts.id: to_product(facts) for facts in loaded.products}
    for ids, preference in ((athlete.fuelling.likes, LIKED), (athlete.fuelling.dislikes, -LIKED)):
        for product_id in ids:
            if product_id in products:
                products[product_id] = replace(products[product_id], preference=preference)
    return Larder(products, loaded.typical_station, loaded.bring)
