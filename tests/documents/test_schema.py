"""The JSON Schema of a course profile, held against profiles and an independent validator."""

import json

import jsonschema
import pytest

from documents.profile_text import PROFILE
from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.library import bundled_folder
from pacecalc.documents.pantry import PantryDocument
from pacecalc.documents.race_day import RaceDay
from pacecalc.documents.reading import read_yaml
from pacecalc.documents.schema import course_schema, schema_of
from pacecalc.documents.series import SeriesDocument
from pacecalc.documents.tree import plain


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(course_schema())


def test_the_schema_is_a_schema_and_plain_json():
    jsonschema.Draft202012Validator.check_schema(course_schema())
    assert json.loads(json.dumps(course_schema())) == course_schema()
    for model in (AthleteDocument, RaceDay, PantryDocument, SeriesDocument):
        jsonschema.Draft202012Validator.check_schema(schema_of(model))


def test_a_profile_read_as_text_is_valid(validator):
    validator.validate(plain(read_yaml(PROFILE)))


def test_every_bundled_profile_is_valid(validator):
    folder = bundled_folder()
    paths = sorted(folder.glob("*.yaml")) if folder else []
    for path in paths:
        validator.validate(plain(read_yaml(path)))


def test_what_an_editor_types_itself_is_valid_too(validator):
    profile = plain(read_yaml(PROFILE))
    profile["start"]["latitude"] = 39.24849
    profile["waypoints"][1]["crew"] = True
    profile["waypoints"][1]["note"] = None
    validator.validate(profile)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("distance",), "twenty km"),
        (("distance",), 20),
        (("sport",), "swim"),
        (("cuttoff",), "1:00"),
        (("waypoints", 1, "kind"), "inn"),
        (("surfaces", 0, "surface"), "lava"),
        (("cutoff", "elapsed"), "soon"),
        (("elevation", "unit"), ["km"]),
        (("start", "time"), "August"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(validator, place, value):
    profile = plain(read_yaml(PROFILE))
    node = profile
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
    assert not validator.is_valid(profile)


def test_every_key_of_the_model_is_in_the_schema():
    assert set(course_schema()["properties"]) == set(CourseProfile.model_fields)
    assert {"from", "to"} <= set(course_schema()["$defs"]["SurfaceStretch"]["properties"])
