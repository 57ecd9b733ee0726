"""What there is to eat and drink: products with their figures, and what is brought."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from pacecalc.documents.base import Document, Finding, Part
from pacecalc.documents.messages import suggest
from pacecalc.documents.readers import Choice, Number
from pacecalc.documents.reading import load_document, parse_document
from pacecalc.documents.scalars import (
    CaffeineMg,
    EnergyKcal,
    MassG,
    MassMg,
    Name,
    ProductId,
    Prose,
    ShelfS,
    VolumeMl,
    YesOrNo,
)
from pacecalc.record import record

KINDS = (
    "gel",
    "chew",
    "bar",
    "drink_mix",
    "electrolyte",
    "salt",
    "rice_ball",
    "fruit",
    "savoury",
    "soup",
    "soda",
    "sweet",
)
NEEDED = ("name", "kind", "mass", "carbohydrate")
"""Without these a product cannot be planned with."""

Count = Annotated[int, Number(1.0, 10_000.0, "20", whole=True)]


class ProductFacts(Part):
    """One piece of one product as the pack says it; amounts in g, mg, mL, kcal. Shelf lives in s."""

    id: ProductId
    name: Name | None = None
    kind: Annotated[str, Choice(KINDS)] | None = None
    mass: MassG | None = None
    energy: EnergyKcal | None = None
    carbohydrate: MassG | None = None
    glucose: MassG | None = None
    fructose: MassG | None = None
    sodium: MassMg | None = None
    protein: MassG | None = None
    fat: MassG | None = None
    fibre: MassG | None = None
    potassium: MassMg | None = None
    caffeine: CaffeineMg | None = None
    water: VolumeMl | None = None
    mix_with: VolumeMl | None = None
    taste: Annotated[str, Choice(("sweet", "savoury", "neutral"))] | None = None
    texture: Annotated[str, Choice(("liquid", "gel", "chew", "solid"))] | None = None
    shelf_hot: ShelfS | None = None
    shelf_cool: ShelfS | None = None
    served_only: YesOrNo | None = None
    max_per_hour: Annotated[float, Number(0.0, 1000.0, "3")] | None = None
    max_per_day: Annotated[float, Number(0.0, 1000.0, "10")] | None = None
    pack: Count | None = None
    price: Name | None = None
    source: Prose | None = None
    standing: Annotated[str, Choice(("seen", "secondary", "recalled", "derived", "choice"))] | None = None
    as_of: Name | None = None
    disputed: YesOrNo | None = None
    note: Prose | None = None


class Brought(Part):
    """A product the athlete brings, and how many at most."""

    product: ProductId
    limit: Annotated[int, Number(0.0, 10_000.0, "20", whole=True)] | None = None


def _wrap_product(value: Any) -> Any:
    return {"product": value} if isinstance(value, str) else value


class PantryDocument(Document):
    """A pantry as written; what it leaves out comes from the bundled one unless ``extends`` is none."""

    kind: ClassVar[str] = "a pantry"
    may_be_empty: ClassVar[bool] = True

    extends: Annotated[str, Choice(("bundled", "none"))] = "bundled"
    typical_station: Annotated[list[ProductId], Field(max_length=500)] | None = None
    products: list[ProductFacts] = Field(default_factory=list, max_length=3000)
    bring: Annotated[list[Annotated[Brought, BeforeValidator(_wrap_product)]], Field(max_length=3000)] | None = None

    def find_contradictions(self) -> Iterator[Finding]:
        below = bundled_pantry().products if self.extends == "bundled" else ()
        known = {product.id: product for product in below}
        first: dict[str, int] = {}
        for i, product in enumerate(self.products or ()):
            if product is None or product.id is None:
                continue
            if first.setdefault(product.id, i) != i:
                yield Finding(
                    ("products", i, "id"), f"'{product.id}' is given twice, first as products[{first[product.id]}]"
                )
            if product.id not in known:
                yield from _check_needed(i, product)
        names = {*known, *first}
        for i, product_id in enumerate(self.typical_station or ()):
            yield from _check_known(("typical_station", i), product_id, names)
        for i, brought in enumerate(self.bring or ()):
            if brought is not None and brought.product is not None:
                yield from _check_known(("bring", i, "product"), brought.product, names)


def _check_needed(index: int, product: ProductFacts) -> Iterator[Finding]:
    for key in NEEDED:
        if key not in product.model_fields_set:
            yield Finding(("products", index), f"'{key}' of '{product.id}' is missing; it stands on the pack")


def _check_known(place: tuple[str | int, ...], product_id: str, names: set[str]) -> Iterator[Finding]:
    if product_id not in names:
        hint = suggest(product_id, names) or "; 'pacecalc pantry list' shows them all"
        yield Finding(place, f"no product has the id '{product_id}'{hint}")


class BundledPantryDocument(PantryDocument):
    """The pantry that comes with pacecalc, which extends nothing."""

    extends: Annotated[str, Choice(("none",))] = "none"


@record()
class Pantry:
    """All products, what an unknown full aid station is taken to offer, and what the athlete brings."""

    products: tuple[ProductFacts, ...]
    typical_station: tuple[str, ...]
    bring: tuple[tuple[str, int | None], ...]
    """Product ids with the most there are, or None."""


def load_pantry(path: Path | str | None = None) -> Pantry:
    """The bundled pantry, with the user's file laid over it.

    Raises
    ------
    DocumentError
        With all problems of the user's file.
    """
    if path is None:
        return bundled_pantry()
    document = load_document(PantryDocument, path)
    if document.extends == "none":
        return _resolve(document)
    return merge_pantry(bundled_pantry(), document)


@cache
def bundled_pantry() -> Pantry:
    """The pantry that comes with pacecalc."""
    text = files("pacecalc").joinpath("data", "pantry.yaml").read_text(encoding="utf-8")
    return _resolve(parse_document(BundledPantryDocument, text, file="pantry.yaml"))


def merge_pantry(below: Pantry, document: PantryDocument) -> Pantry:
    """Lay a document over a pantry: new products are added, stated fields of known ones override."""
    products = {product.id: product for product in below.products}
    for product in document.products:
        known = products.get(product.id)
        if known is None:
            products[product.id] = product
        else:
            stated = {name: getattr(product, name) for name in product.model_fields_set}
            products[product.id] = known.model_copy(update=stated)
    station = below.typical_station if document.typical_station is None else tuple(document.typical_station)
    bring = below.bring if document.bring is None else tuple((b.product, b.limit) for b in document.bring)
    return Pantry(tuple(products.values()), station, bring)


def _resolve(document: PantryDocument) -> Pantry:
    return merge_pantry(Pantry((), (), ()), document)
