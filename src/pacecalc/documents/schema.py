"""JSON Schemas of what people write, for editors that complete and check YAML while it is typed."""

from __future__ import annotations

from typing import Any

from pacecalc.documents.base import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def course_schema() -> dict[str, Any]:
    """JSON Schema of a course profile.

    Values with a unit are described as text with a pattern; a value an editor takes for a number or for true is
    described as that too.
    """
    from pacecalc.documents.course_profile import CourseProfile

    return schema_of(CourseProfile)


def schema_of(model: type[Document]) -> dict[str, Any]:
    """JSON Schema of any document."""
    schema = model.model_json_schema(by_alias=True)
    return {"$schema": DIALECT, **_tidied(schema)}


def _tidied(schema: Any) -> Any:
    """Without the titles pydantic makes of field names, and with a key left empty allowed where it may be left out."""
    if isinstance(schema, list):
        return [_tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {}
    for key, value in schema.items():
        if key == "properties":
            tidy[key] = {name: _tidied(part) for name, part in value.items()}
        elif not (key == "title" and "properties" not in schema) and not (key == "default" and value is None):
            tidy[key] = _tidied(value)
    return tidy
