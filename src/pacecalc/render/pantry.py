"""Products for a terminal: one line each, or one with everything that is known of it."""

from __future__ import annotations

from pacecalc.documents.messages import suggest
from pacecalc.documents.pantry import Pantry, ProductFacts
from pacecalc.errors import UsageError
from pacecalc.render.layout import Canvas
from pacecalc.render.tables import Cell, Column, build_table


def render_product_list(pantry: Pantry, *, color: bool = False, plain: bool = False) -> str:
    """All products with the figures one chooses by."""
    brought = {product_id for product_id, _ in pantry.bring}

    def number(value: float | None) -> Cell:
        return Cell("" if not value else f"{value:.0f}")

    def where(p: ProductFacts) -> Cell:
        words = [
            word for word, here in (("bring", p.id in brought), ("station", p.id in pantry.typical_station)) if here
        ]
        return Cell(" ".join(words), "quiet")

    canvas = Canvas(width=120, color=color, plain=plain)
    canvas.table(
        build_table(
            "products",
            "",
            pantry.products,
            [
                (Column("id", "left"), lambda p: Cell(p.id, "strong")),
                (Column("name", "left", wrap=True), lambda p: Cell(p.name or "")),
                (Column("kind", "left"), lambda p: Cell(p.kind or "", "quiet")),
                (Column("g"), lambda p: number(p.mass)),
                (Column("carb g"), lambda p: number(p.carbohydrate)),
                (Column("Na mg"), lambda p: number(p.sodium)),
                (Column("caf mg"), lambda p: number(p.caffeine)),
                (Column("", "left"), lambda p: Cell("check the pack" if p.disputed else "", "tight")),
                (Column("used", "left"), where),
            ],
        )
    )
    return canvas.text()


FIGURES = (
    ("mass", "g"),
    ("energy", "kcal"),
    ("carbohydrate", "g"),
    ("glucose", "g"),
    ("fructose", "g"),
    ("fibre", "g"),
    ("protein", "g"),
    ("fat", "g"),
    ("sodium", "mg"),
    ("potassium", "mg"),
    ("caffeine", "mg"),
    ("water", "mL"),
    ("mix_with", "mL"),
)


def render_product(pantry: Pantry, product_id: str) -> str:
    """One product with every figure that is known, its source and standing.

    Raises
    ------
    UsageError
        When there is no such product; the nearest is suggested.
    """
    known = {product.id: product for product in pantry.products}
    if product_id not in known:
        raise UsageError(f"no product has the id '{product_id}'{suggest(product_id, known)}")
    product = known[product_id]
    lines = [f"{product.name} ({product.id}), {product.kind}, {product.taste or 'sweet'}"]
    lines += [
        f"  {name.replace('_', ' '):14}{getattr(product, name):g} {unit}"
        for name, unit in FIGURES
        if getattr(product, name) is not None
    ]
    if product.disputed:
        lines.append("  sources disagree: check the pack")
    lines += [
        f"  {name}: {getattr(product, name)}"
        for name in ("standing", "as_of", "source", "note")
        if getattr(product, name)
    ]
    return "\n".join(lines).replace("as_of", "as of") + "\n"
