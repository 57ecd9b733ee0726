"""The bundled pantry: every product's figures agree with each other, and with the nutrition page."""

from __future__ import annotations

import pytest

from pacecalc.documents.pantry import ProductFacts, bundled_pantry

PANTRY = bundled_pantry()
BY_ID = {product.id: product for product in PANTRY.products}
READY_TO_EAT = [p for p in PANTRY.products if p.mix_with is None]
each_product = pytest.mark.parametrize("product", PANTRY.products, ids=lambda p: p.id)


def amount(value: float | None) -> float:
    return 0.0 if value is None else value


def test_about_45_products_and_no_id_twice():
    assert len(PANTRY.products) >= 45
    assert len(BY_ID) == len(PANTRY.products)


@each_product
def test_source_and_standing_are_given(product: ProductFacts):
    assert product.source
    assert product.standing in ("seen", "secondary", "recalled", "derived", "choice")
    assert product.as_of
    assert product.taste
    assert product.texture


@each_product
def test_energy_is_that_of_carbohydrate_protein_and_fat(product: ProductFacts):
    parts = 4.0 * product.carbohydrate + 4.0 * amount(product.protein) + 9.0 * amount(product.fat)
    assert abs(amount(product.energy) - parts) <= 0.20 * amount(product.energy) + 1e-9


@each_product
def test_glucose_and_fructose_make_the_carbohydrate_less_its_fibre(product: ProductFacts):
    sugars = product.glucose + product.fructose
    assert sugars == pytest.approx(product.carbohydrate - amount(product.fibre), abs=2.0)


@each_product
def test_no_gel_is_denser_than_gels_can_be(product: ProductFacts):
    # the old Spring label claimed 0.83 for a fruit puree
    if product.kind == "gel":
        assert product.carbohydrate / product.mass <= 0.75


@pytest.mark.parametrize("product", READY_TO_EAT, ids=lambda p: p.id)
def test_carbohydrate_and_water_fit_into_the_piece(product: ProductFacts):
    # one gram for rounding in the tables
    assert product.carbohydrate + amount(product.water) <= product.mass + 1.0


@each_product
def test_everything_dry_to_swallow_has_its_water(product: ProductFacts):
    if product.kind == "salt":
        assert product.mix_with >= 150.0
        assert product.max_per_hour <= 3.0
    if product.kind == "drink_mix":
        assert product.mix_with >= 250.0
    if product.mix_with is not None:
        assert amount(product.water) == 0.0


@each_product
def test_moist_food_carries_a_shelf_life_no_longer_in_the_heat(product: ProductFacts):
    if product.kind == "rice_ball":
        assert product.shelf_hot is not None
    if product.shelf_hot is not None:
        assert product.shelf_hot <= product.shelf_cool
    if product.kind == "rice_ball":
        assert product.shelf_hot <= 6 * 3600.0
        assert product.shelf_cool <= 12 * 3600.0


@pytest.mark.parametrize(
    ("product_id", "mass", "energy", "carbohydrate", "sodium", "caffeine"),
    [  # section 6 of the nutrition page
        ("onigiri-plain-100", 100, 170, 39.4, 200, 0),
        ("rice-ball-home", 111, 172, 40.8, 234, 0),
        ("maurten-gel-100-caf", 40, 100, 25, 28, 100),
        ("maurten-drink-mix-320", 80, 320, 79, 250, 0),
        ("sis-beta-fuel-gel", 65, 158, 40, 30, 0),
        ("tailwind-200", 54, 200, 50, 612, 0),
        ("saltstick-caps", 1, 0, 0, 215, 0),
        ("s-caps", 1, 0, 0, 341, 0),
        ("lmnt", 6, 8, 2, 1000, 0),
        ("cola-can", 340, 139, 36.0, 14, 33),
        ("chicken-broth-cup", 244, 39, 0.9, 747, 0),
        ("pbj-half", 54, 196, 23.8, 214, 0),
        ("pretzels", 28, 109, 22.7, 326, 0),
    ],
)
def test_figures_of_the_nutrition_page(product_id, mass, energy, carbohydrate, sodium, caffeine):
    product = BY_ID[product_id]
    got = (product.mass, product.energy, product.carbohydrate, product.sodium, amount(product.caffeine))
    assert got == pytest.approx((mass, energy, carbohydrate, sodium, caffeine))


@pytest.mark.parametrize(
    ("product_id", "density"),
    [  # grams of carbohydrate per gram carried, section 6
        ("tailwind-200", 0.93),
        ("clif-bloks", 0.80),
        ("pretzels", 0.80),
        ("clif-bar", 0.65),
        ("maurten-gel-100", 0.62),
        ("medjool-date", 0.75),
        ("onigiri-plain-100", 0.39),
        ("pbj-half", 0.44),
        ("banana", 0.18),
        ("boiled-potato-salted", 0.20),
        ("watermelon-wedge", 0.08),
    ],
)
def test_carry_density_of_the_nutrition_page(product_id, density):
    product = BY_ID[product_id]
    assert product.carbohydrate / product.mass == pytest.approx(density, abs=0.015)


def test_what_is_poured_or_cut_at_a_station_is_not_carried():
    for product_id in ("cola-cup", "watermelon-wedge", "chicken-broth-cup", "ramen-half"):
        assert BY_ID[product_id].served_only


def test_disputed_figures_say_so():
    for product_id in ("maurten-drink-mix-320", "sis-beta-fuel-80", "onigiri-umeboshi", "clif-bar"):
        assert BY_ID[product_id].disputed


def test_the_default_lists_hold_rice_balls_gels_bars_mix_salt_and_caffeine():
    brought = [BY_ID[product_id] for product_id, _ in PANTRY.bring]
    kinds = {product.kind for product in brought}
    assert {"rice_ball", "gel", "bar", "chew", "drink_mix", "electrolyte", "salt"} <= kinds
    assert any(amount(product.caffeine) > 0 for product in brought)
    assert not any(product.served_only for product in brought)
    assert {"cola-cup", "banana", "boiled-potato-salted"} <= set(PANTRY.typical_station)
