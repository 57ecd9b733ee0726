"""Starter files load as they are, and show every key there is."""

import re

import pytest

from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.base import Part, alias_of
from pacecalc.documents.messages import _part_in
from pacecalc.documents.pantry import PantryDocument, ProductFacts
from pacecalc.documents.race_day import RaceDay
from pacecalc.documents.reading import parse_document
from pacecalc.documents.starters import athlete_starter, day_starter, pantry_starter

DEFAULT = re.compile(r"^(\s*)# (?=\s*(- \{|[a-z_]+:( |$)|Twin Lakes))")


def uncommented(text: str) -> str:
    """The starter with every default made the writer's own."""
    head, _, body = text.partition("\n\n")
    return head + "\n\n" + "\n".join(DEFAULT.sub(r"\1", line) for line in body.splitlines()) + "\n"


def keys_of(part: type[Part]) -> set[str]:
    keys = set()
    for name, field in part.model_fields.items():
        keys.add(alias_of(name, field))
        below = _part_in(field.annotation)
        if below is not None:
            keys |= keys_of(below)
    return keys


def test_an_untouched_starter_says_nothing():
    assert parse_document(AthleteDocument, athlete_starter()).model_dump(exclude_defaults=True) == {}
    assert parse_document(RaceDay, day_starter()).model_dump(exclude_defaults=True) in ({}, {"forecast": {}})


@pytest.mark.parametrize(("starter", "model"), [(athlete_starter(), AthleteDocument), (day_starter(), RaceDay)])
def test_every_default_shown_is_valid_and_every_key_is_shown(starter, model):
    text = uncommented(starter)
    parse_document(model, text)
    shown = set(re.findall(r"([a-z_]+):", text))
    assert keys_of(model) - shown - {"speed"} == set()


def test_the_defaults_shown_are_the_defaults_used():
    from pacecalc.planning.resolve import resolve_athlete

    shown = parse_document(AthleteDocument, uncommented(athlete_starter()))
    ours, default = resolve_athlete(shown), resolve_athlete(None)
    assert (ours.mass_kg, ours.height_m, ours.age_y) == (default.mass_kg, default.height_m, default.age_y)
    for part in ("runner", "rider", "fuelling"):
        one, other = getattr(ours, part), getattr(default, part)
        for name in one.__dataclass_fields__:
            if name in ("results", "utmb_index", "fade_fraction", "threshold_power_w", "sweat_tests"):
                continue
            expected = getattr(other, name)
            if isinstance(expected, float):
                # 3.9 km/h is 1.083 m/s
                expected = pytest.approx(expected, rel=0.005)
            assert getattr(one, name) == expected, name


def test_the_pantry_starter_loads_and_shows_every_key_of_a_product(monkeypatch):
    from pacecalc.documents import pantry

    monkeypatch.setattr(pantry, "bundled_pantry", lambda: pantry.Pantry((), (), ()))
    document = parse_document(PantryDocument, pantry_starter())
    assert [product.id for product in document.products] == ["my-rice-ball", "my-gel"]
    shown = set(re.findall(r"([a-z_]+):", pantry_starter()))
    assert keys_of(ProductFacts) - shown == set()
    full = parse_document(PantryDocument, re.sub(r"(?m)^    # (?!kinds)(?=[a-z_]+: )", "    ", pantry_starter()))
    # all but the water and the shelf lives of the rice ball above
    assert len(full.products[1].model_fields_set) == len(ProductFacts.model_fields) - 3
