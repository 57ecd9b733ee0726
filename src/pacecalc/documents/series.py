"""A series: races of one summer that count together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from pacecalc.documents.base import Document, Finding, Part
from pacecalc.documents.readers import Number
from pacecalc.documents.scalars import CourseId, Date, Name, Prose, YesOrNo


class SeriesEvent(Part):
    """One race of the series: one course, or any of several."""

    course: CourseId | None = None
    any_of: Annotated[list[CourseId], Field(min_length=2, max_length=50)] | None = None
    when: Prose | None = None
    dates: Annotated[list[Date], Field(max_length=100)] = Field(default_factory=list)
    """Known dates, one a year."""
    compulsory: YesOrNo | None = None
    time_factors: Annotated[dict[CourseId, Annotated[float, Number(0.01, 100.0, "0.57")]], Field(max_length=50)] = (
        Field(default_factory=dict)
    )
    """What a time on a course is multiplied by before it is added up; 1 when absent."""
    note: Prose | None = None

    @property
    def courses(self) -> tuple[str, ...]:
        """Ids of the courses that count."""
        return tuple(self.any_of) if self.any_of is not None else (self.course,) if self.course is not None else ()


class SeriesDocument(Document):
    """A series of races."""

    kind: ClassVar[str] = "a series"

    id: CourseId
    name: Name
    pattern: Prose | None = None
    events: Annotated[list[SeriesEvent], Field(min_length=1, max_length=200)]
    least_finishes: Annotated[int, Number(1.0, 200.0, "4", whole=True)] | None = None
    """How many events must be finished; all when absent."""
    rules: list[Prose] = Field(default_factory=list, max_length=200)
    estimates: list[Prose] = Field(default_factory=list, max_length=200)
    notes: Prose | None = None
    sources: list[Prose] = Field(default_factory=list, max_length=200)

    def find_contradictions(self) -> Iterator[Finding]:
        for i, event in enumerate(self.events or ()):
            if event is None:
                continue
            given = event.model_fields_set & {"course", "any_of"}
            if len(given) != 1:
                what = (
                    "both 'course' and 'any_of' are given; keep one"
                    if given
                    else "neither 'course' nor 'any_of' is given"
                )
                yield Finding(("events", i), what)
            for course in event.time_factors or {}:
                if event.courses and course not in event.courses:
                    yield Finding(("events", i, "time_factors", course), f"'{course}' is not a course of this event")
        if self.least_finishes is not None and self.events and self.least_finishes > len(self.events):
            yield Finding(
                ("least_finishes",), f"{self.least_finishes} finishes of {len(self.events)} events cannot be had"
            )
