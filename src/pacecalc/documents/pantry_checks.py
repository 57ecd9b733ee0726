"""Doubts about the figures of products: slips and labels that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator

from pacecalc.documents.pantry import Pantry, ProductFacts
from pacecalc.errors import Problem

KCAL_PER_G_CARBOHYDRATE, KCAL_PER_G_PROTEIN, KCAL_PER_G_FAT = 4.0, 4.0, 9.0
ENERGY_TOLERANCE = 0.20
ENERGY_TOLERANCE_KCAL = 10.0
"""Labels round: 2 g of carbohydrate and 10 kcal are no contradiction."""
SUGAR_TOLERANCE_G = 2.0
MASS_TOLERANCE, MASS_TOLERANCE_G = 0.01, 1.0
DENSEST_GEL = 0.75
"""Grams of carbohydrate in a gram of gel: GU 0.70, SiS 0.62, Maurten 0.625; a label that claimed 0.83 was wrong."""


def find_pantry_doubts(pantry: Pantry) -> list[Problem]:
    """Every figure of a pantry that deserves a second look; none of them stops a plan."""
    return [
        Problem(message, f"products.{product.id}", doubt=True)
        for product in pantry.products
        for message in find_product_doubts(product)
    ]


def find_product_doubts(product: ProductFacts) -> Iterator[str]:
    """What does not add up in one product."""
    yield from _doubt_energy(product)
    yield from _doubt_sugars(product)
    yield from _doubt_mass(product)


def _doubt_energy(product: ProductFacts) -> Iterator[str]:
    if product.energy is None:
        return
    carbohydrate, protein, fat = (value or 0.0 for value in (product.carbohydrate, product.protein, product.fat))
    summed = KCAL_PER_G_CARBOHYDRATE * carbohydrate + KCAL_PER_G_PROTEIN * protein + KCAL_PER_G_FAT * fat
    off = abs(product.energy - summed)
    if off > max(ENERGY_TOLERANCE * product.energy, ENERGY_TOLERANCE_KCAL):
        yield (
            f"energy is {product.energy:g} kcal, but carbohydrate, protein and fat add up to {summed:.0f} kcal: "
            "check the pack"
        )


def _doubt_sugars(product: ProductFacts) -> Iterator[str]:
    if product.glucose is None or product.fructose is None or product.carbohydrate is None:
        return
    sugars = product.glucose + product.fructose
    available = product.carbohydrate - (product.fibre or 0.0)
    if abs(sugars - available) > SUGAR_TOLERANCE_G:
        yield f"glucose and fructose add up to {sugars:g} g, carbohydrate less fibre is {available:g} g"


def _doubt_mass(product: ProductFacts) -> Iterator[str]:
    if product.mass is None or product.carbohydrate is None:
        return
    inside = product.carbohydrate + (product.water or 0.0)
    if product.mix_with is None and inside > product.mass + max(MASS_TOLERANCE_G, MASS_TOLERANCE * product.mass):
        yield f"carbohydrate and water weigh {inside:g} g, the piece {product.mass:g} g"
    elif product.carbohydrate > product.mass:
        yield f"carbohydrate weighs {product.carbohydrate:g} g, the piece {product.mass:g} g"
    if product.kind == "gel" and product.mass > 0.0 and product.carbohydrate / product.mass > DENSEST_GEL:
        share = product.carbohydrate / product.mass
        yield f"a gel with {share:.2f} g of carbohydrate a gram is denser than any measured: check the pack"
