"""Whatever is read, the answer is a document or a named refusal."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.profile_text import PROFILE
from pacecalc.documents import pantry
from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.pantry import PantryDocument
from pacecalc.documents.race_day import RaceDay
from pacecalc.documents.reading import load_document, parse_document
from pacecalc.documents.starters import athlete_starter, day_starter, pantry_starter
from pacecalc.errors import DocumentError, Problem

SEEDS = [
    (CourseProfile, PROFILE),
    (AthleteDocument, athlete_starter().replace("# ", "")),
    (RaceDay, day_starter().replace("# ", "")),
    (PantryDocument, pantry_starter().replace("    # ", "    ")),
]
STRANGE = ["", "~", "nan", "inf", "-1", "1e999", "9" * 400, "0 km", "1_000", "٣ km", "NO", "12:30", "2026-02-30", "%"]
STRANGE += ["[]", "{}", "[a]", "{a: b}", "|", "*x", "&x", "!x", "'", '"', "--- ", "- ", ": ", "# "]
STRANGE += ["\t", "\x00", "\x1b", "\u202e", "é", "\n", "\r"]

fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _no_bundled_pantry(monkeypatch):
    monkeypatch.setattr(pantry, "bundled_pantry", lambda: pantry.Pantry((), (), ()))


def problems_of(model, text: str) -> tuple[Problem, ...]:
    try:
        parse_document(model, text, file="f.yaml")
    except DocumentError as error:
        return error.problems
    return ()


def read_or_refuse(model, text: str) -> None:
    problems = problems_of(model, text)
    for problem in problems:
        assert problem.message
        assert str(problem).isprintable()
        assert "Input should" not in problem.message
    lines = [problem.line or 0 for problem in problems[:100]]
    assert lines == sorted(lines)


@fuzz
@given(st.sampled_from(SEEDS), st.text(max_size=300))
def test_random_text_is_read_or_refused(seed, text):
    read_or_refuse(seed[0], text)


@fuzz
@given(st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(tmp_path: Path, data):
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=r"f\.yaml"):
        load_document(CourseProfile, path)


@fuzz
@given(st.sampled_from(SEEDS), st.data())
def test_a_spoiled_document_is_read_or_refused(seed, data):
    model, text = seed
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(st.sampled_from(STRANGE)) + text[start + length :]
    read_or_refuse(model, text)


values = st.recursive(
    st.sampled_from(STRANGE) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@fuzz
@given(st.sampled_from([0, 1, 2, 3]), st.data())
def test_any_value_in_any_place_is_read_or_refused(which, data):
    # below the parser: every shape of value reaches every field
    from pacecalc.documents.messages import find_problems
    from pacecalc.documents.reading import read_yaml
    from pacecalc.documents.tree import plain

    model, text = SEEDS[which]
    try:
        root = read_yaml(text)
    except DocumentError:
        root = read_yaml(PROFILE)
        model = CourseProfile
    content = plain(root)
    for _ in range(data.draw(st.integers(1, 3))):
        node = content
        while True:
            keys = sorted(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and data.draw(st.booleans()):
                node = node[key]
                continue
            node[key] = data.draw(values)
            break
    document, problems = find_problems(model, content, root, "f.yaml")
    assert (document is None) == bool(problems)
    assert not any("Input should" in problem.message for problem in problems)
