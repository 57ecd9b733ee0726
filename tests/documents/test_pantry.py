"""The pantry: user files over the bundled one, and figures that do not add up."""

import pytest

from pacecalc.documents import pantry as pantry_module
from pacecalc.documents.pantry import BundledPantryDocument, Pantry, PantryDocument, load_pantry, merge_pantry
from pacecalc.documents.pantry_checks import find_pantry_doubts
from pacecalc.documents.reading import parse_document
from pacecalc.errors import DocumentError

BELOW = """\
typical_station: [water-cup, cola-330]
products:
  - {id: water-cup, name: Water, kind: soda, mass: 200 g, carbohydrate: 0 g, water: 200 mL}
  - {id: cola-330, name: Cola, kind: soda, mass: 340 g, energy: 139 kcal, carbohydrate: 36 g, water: 304 mL}
bring: [cola-330]
"""


@pytest.fixture
def below(monkeypatch) -> Pantry:
    document = parse_document(BundledPantryDocument, BELOW)
    pantry = merge_pantry(Pantry((), (), ()), document)
    monkeypatch.setattr(pantry_module, "bundled_pantry", lambda: pantry)
    return pantry


def load(tmp_path, text: str) -> Pantry:
    path = tmp_path / "pantry.yaml"
    path.write_text(text)
    return load_pantry(path)


def refusal(tmp_path, text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load(tmp_path, text)
    return str(caught.value).splitlines()


def test_a_known_id_changes_only_what_is_written(tmp_path, below):
    pantry = load(tmp_path, "products: [{id: cola-330, caffeine: 33 mg, price: 1.50 EUR}]\n")
    cola = {product.id: product for product in pantry.products}["cola-330"]
    assert (cola.caffeine, cola.price, cola.carbohydrate, cola.name) == (33.0, "1.50 EUR", 36.0, "Cola")
    assert pantry.typical_station == below.typical_station
    assert pantry.bring == (("cola-330", None),)


def test_a_new_id_adds_a_product_and_bring_replaces_the_list(tmp_path, below):
    text = (
        "typical_station: [water-cup]\n"
        "products:\n  - {id: my-gel, name: Mine, kind: gel, mass: 40 g, carbohydrate: 25 g}\n"
        "bring: [cola-330, {product: my-gel, limit: 12}]\n"
    )
    pantry = load(tmp_path, text)
    assert [product.id for product in pantry.products] == ["water-cup", "cola-330", "my-gel"]
    assert pantry.bring == (("cola-330", None), ("my-gel", 12))
    assert pantry.typical_station == ("water-cup",)


def test_a_pantry_may_stand_alone(tmp_path, below):
    pantry = load(tmp_path, "extends: none\nproducts: [{id: a, name: A, kind: gel, mass: 40 g, carbohydrate: 25 g}]\n")
    assert [product.id for product in pantry.products] == ["a"]
    assert pantry.bring == ()


def test_an_empty_user_file_is_the_bundled_pantry(tmp_path, below):
    assert load(tmp_path, "# nothing yet\n") == below
    assert load_pantry() is below


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "products: [{id: a, name: A, kind: gel, mass: 40 g}]",
            ":1:12: products[0]: 'carbohydrate' of 'a' is missing; it stands on the pack",
        ),
        ("products: [{id: cola-330, sodium: -5 mg}]", '"-5 mg" is too small; it must not be negative'),
        ("products: [{id: cola-330, sodium: 5}]", '"5" has no unit; write "5 mg"'),
        ("products: [{id: cola-330, energy: 139 g}]", '"139 g" is a mass, expected an energy'),
        ("products: [{id: cola-330}, {id: cola-330}]", "'cola-330' is given twice, first as products[0]"),
        ("products: [{id: cola-330, kind: gell}]", "(did you mean 'gel'?)"),
        ("products: [{id: cola-330, pack: 0}]", "0 is out of range; expected 1 to 10000"),
        ("bring: [cola-33]", ":1:9: bring[0].product: no product has the id 'cola-33' (did you mean 'cola-330'?)"),
        (
            "bring: [{product: cola-330, limit: some}]",
            "bring[0].limit: found 'some'; expected a plain number such as 20",
        ),
        ("typical_station: [xyzzy]", "typical_station[0]: no product has the id 'xyzzy'; 'pacecalc pantry list'"),
    ],
)
def test_bad_figures_are_one_clear_line(tmp_path, below, text, said):
    lines = refusal(tmp_path, text)
    assert len(lines) == 1
    assert said in lines[0]


def test_contradictions_are_found_beside_broken_products(tmp_path, below):
    lines = refusal(tmp_path, "products: [{id: B A D}, 7, {id: x}]\nbring: [{limit: 2}, cola-33]\n")
    assert any("'carbohydrate' of 'x' is missing" in line for line in lines)
    assert any("did you mean 'cola-330'?" in line for line in lines)


def doubts(fields: str) -> list[str]:
    text = f"extends: none\nproducts: [{{id: a, name: A, kind: gel, mass: 40 g, carbohydrate: 25 g{fields}}}]"
    pantry = merge_pantry(Pantry((), (), ()), parse_document(PantryDocument, text))
    found = find_pantry_doubts(pantry)
    assert all(problem.doubt and problem.path == "products.a" for problem in found)
    return [problem.message for problem in found]


def test_figures_that_add_up_raise_no_doubt():
    assert doubts(", energy: 100 kcal, glucose: 14 g, fructose: 11 g, water: 15 mL") == []
    assert doubts("") == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (", energy: 180 kcal", "energy is 180 kcal, but carbohydrate, protein and fat add up to 100 kcal"),
        (", glucose: 17 g, fructose: 12 g", "glucose and fructose add up to 29 g, carbohydrate less fibre is 25 g"),
        (", water: 20 mL", "carbohydrate and water weigh 45 g, the piece 40 g"),
    ],
)
def test_figures_that_do_not_add_up_are_doubted(fields, said):
    assert len(doubts(fields)) == 1
    assert said in doubts(fields)[0]


def test_the_gel_that_claimed_too_much_is_found():
    # Spring Energy's label claimed 45 g in 54 g of fruit purée; a laboratory found 18 g
    text = (
        "extends: none\nproducts: [{id: spring, name: S, kind: gel, mass: 54 g, energy: 180 kcal, carbohydrate: 45 g}]"
    )
    found = find_pantry_doubts(merge_pantry(Pantry((), (), ()), parse_document(PantryDocument, text)))
    assert [problem.message[:48] for problem in found] == ["a gel with 0.83 g of carbohydrate a gram is dens"]


def test_a_powder_is_not_weighed_with_its_water_but_with_its_carbohydrate():
    text = (
        "extends: none\n"
        "products: [{id: m, name: M, kind: drink_mix, mass: 20 g, carbohydrate: 25 g, mix_with: 500 mL, water: 5 mL}]"
    )
    found = find_pantry_doubts(merge_pantry(Pantry((), (), ()), parse_document(PantryDocument, text)))
    assert [problem.message for problem in found] == ["carbohydrate weighs 25 g, the piece 20 g"]


def test_the_bundled_pantry_loads_whole():
    pantry_module.bundled_pantry.cache_clear()
    pantry = load_pantry()
    ids = [product.id for product in pantry.products]
    assert len(ids) >= 25
    assert len(set(ids)) == len(ids)
    assert {*pantry.typical_station, *(product for product, _ in pantry.bring)} <= set(ids)
    assert all(product.source and product.standing for product in pantry.products)
