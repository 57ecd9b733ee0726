"""A value nobody gave, and how to give it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was assumed, and the flag or file key that changes it."""

    what: str
    change_with: str
