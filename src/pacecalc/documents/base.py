"""What every written document is: strict keys, frozen, and checks that look at several values at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from pacecalc.documents.tree import Place


class Finding(NamedTuple):
    """What a check found, and where in the document it stands."""

    place: Place
    message: str
    line_in_text: int | None = None
    """Line inside a block of text, from 0."""


class Part(BaseModel):
    """A mapping inside a document."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True)


class Document(Part):
    """A whole document."""

    kind: ClassVar[str] = "a document"
    may_be_empty: ClassVar[bool] = False

    def placed_in(self, folder: Path) -> Self:
        """The document with the files it names found from the folder it lies in."""
        return self

    def find_contradictions(self) -> Iterator[Finding]:
        """Check values against each other.

        Also run over what is left of a document with bad values, so that one mistake does not hide another: there any
        value that was wrong or missing is None.
        """
        return iter(())


def alias_of(name: str, field: Any) -> str:
    """The key of a field as people write it."""
    return field.alias or name
