"""Turn what pydantic finds, and what our own checks find, into problems with line and column in our words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from pacecalc.documents.base import Document, Finding, Part, alias_of
from pacecalc.documents.tree import Mapping, Node, Place, Scalar, find_node, shorten, spell_place
from pacecalc.errors import Problem

MOST_PROBLEMS = 100
"""More are counted, not shown."""

D = TypeVar("D", bound=Document)


def find_problems(model: type[D], data: dict[str, Any], root: Node | None, file: str) -> tuple[D | None, list[Problem]]:
    """Validate plain data; give the document, or every problem sorted by line."""
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=True)
        problems = [_field_problem(model, fault, root, file) for fault in faults]
        bad = [fault["loc"] for fault in faults]
        survivor = _salvage(model, data, bad)
        problems += _placed(survivor.find_contradictions(), root, file)
        return None, _in_order(problems)
    problems = _placed(document.find_contradictions(), root, file)
    return (None, _in_order(problems)) if problems else (document, [])


def suggest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'cutoff'?)``, or nothing when no known word is near."""
    words = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(word[:80].lower(), words, n=1, cutoff=0.6)
    return f" (did you mean '{words[near[0]]}'?)" if near else ""


def _in_order(problems: list[Problem]) -> list[Problem]:
    ordered = sorted(problems, key=lambda p: (p.line or 0, p.column or 0))
    unique = list(dict.fromkeys(ordered))
    if len(unique) <= MOST_PROBLEMS:
        return unique
    rest = Problem(f"and {len(unique) - MOST_PROBLEMS:,} more problems", file=unique[0].file)
    return [*unique[:MOST_PROBLEMS], rest]


def _placed(findings: Iterable[Finding], root: Node | None, file: str) -> list[Problem]:
    problems = []
    for finding in findings:
        line, column = _position(root, finding.place, finding.line_in_text)
        problems.append(Problem(finding.message, spell_place(finding.place), file, line, column))
    return problems


def _position(root: Node | None, place: Place, line_in_text: int | None) -> tuple[int | None, int | None]:
    node = find_node(root, place)
    if node is None:
        return None, None
    if line_in_text is not None and isinstance(node, Scalar) and node.literal:
        # the text of a literal block starts on the line after its bar
        return node.line + 1 + line_in_text, None
    return node.line, node.column


def _field_problem(model: type[Document], fault: Any, root: Node | None, file: str) -> Problem:
    # the key of a free mapping is reported one step below it
    place: Place = tuple(step for step in fault["loc"] if step != "[key]")
    kind: str = fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(model, place, root, file)
    if kind == "missing":
        return _missing_key(place, root, file)
    context = fault.get("ctx", {})
    line, column = _position(root, place, context.get("line_in_text"))
    return Problem(_say(kind, fault, context), spell_place(place), file, line, column)


def _unknown_key(model: type[Document], place: Place, root: Node | None, file: str) -> Problem:
    key = str(place[-1])
    known = sorted(_keys_at(model, place[:-1]))
    hint = suggest(key, known) or f"; known here: {', '.join(known)}"
    parent = find_node(root, place[:-1])
    at = parent.keys.get(key) if isinstance(parent, Mapping) else None
    line, column = (at.line, at.column) if at else (None, None)
    return Problem(f"unknown key '{shorten(key)}'{hint}", spell_place(place[:-1]), file, line, column)


def _missing_key(place: Place, root: Node | None, file: str) -> Problem:
    key = str(place[-1])
    parent = find_node(root, place[:-1])
    at: Node | None = parent
    message = f"'{key}' is missing; it must be given"
    if isinstance(parent, Mapping) and key in parent.keys:
        at = parent.keys[key]
        message = f"'{key}' has no value; it must be given"
    line, column = (at.line, at.column) if at else (None, None)
    return Problem(message, spell_place(place[:-1]), file, line, column)


def _say(kind: str, fault: Any, context: dict[str, Any]) -> str:
    """Our words for what pydantic finds; scalars have theirs already, shapes and lengths are left."""
    if kind == "pacecalc":
        return str(context["message"])
    found = describe(fault.get("input"))
    if kind == "list_type":
        return f"found {found}; a list is expected: write [first, second] or one '- ' line for each"
    if kind in ("dict_type", "model_type"):
        return f"found {found}; 'key: value' pairs are expected: write {{key: value, ...}}"
    if kind == "too_short":
        return f"found {context['actual_length']} entries; at least {context['min_length']} are needed"
    if kind == "too_long":
        return f"found too many entries; expected at most {context['max_length']}"
    return f"found {found}, which cannot be used here"


def describe(value: Any) -> str:
    """What was found, in words."""
    if isinstance(value, str):
        return f"'{shorten(value)}'" if value else "an empty text"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "'key: value' pairs"
    return "nothing" if value is None else f"{shorten(str(value))}"


def _keys_at(model: type[Document], place: Place) -> list[str]:
    part: type[BaseModel] = model
    for step in place:
        if isinstance(step, int):
            continue
        field = next((f for n, f in part.model_fields.items() if step in (n, alias_of(n, f))), None)
        below = _part_in(field.annotation) if field else None
        if below is None:
            return []
        part = below
    return [alias_of(name, field) for name, field in part.model_fields.items()]


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for part in map(_part_in, get_args(annotation)) if part is not None), None)


def _salvage(part: type[Any], data: dict[str, Any], bad: list[tuple[Any, ...]]) -> Any:
    """What is left of a mapping with bad values: those, and missing ones, are None."""
    values: dict[str, Any] = {}
    given: set[str] = set()
    for name, field in part.model_fields.items():
        key = alias_of(name, field)
        if key not in data:
            values[name] = None if field.is_required() else field.get_default(call_default_factory=True)
            continue
        given.add(name)
        below = [place[1:] for place in bad if place[0] == key]
        values[name] = _salvage_value(_full_annotation(field), data[key], below)
    return part.model_construct(_fields_set=given, **values)


def _full_annotation(field: FieldInfo) -> Any:
    # pydantic keeps the type and what annotates it apart
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _salvage_value(annotation: Any, value: Any, bad: list[tuple[Any, ...]]) -> Any:
    if not bad:
        try:
            return TypeAdapter(annotation).validate_python(value)
        except ValidationError:
            # this field is checked against a neighbour that is not at hand here
            return None
    part = _part_in(annotation)
    if part is None or () in bad:
        return None
    if isinstance(value, dict):
        return _salvage(part, value, bad)
    if isinstance(value, list):
        item_annotation = _item_of(annotation)
        return [
            _salvage_value(item_annotation, item, [place[1:] for place in bad if place[0] == index])
            for index, item in enumerate(value)
        ]
    return None


def _item_of(annotation: Any) -> Any:
    """The type of the items of the list that an annotation holds."""
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    found = (_item_of(part) for part in get_args(annotation))
    return next((item for item in found if item is not None), None)
