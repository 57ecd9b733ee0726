"""A value nobody gave, and how to give it."""

from __future__ import annotations

from pacecalc.record import record


@record()
class Assumption:
    """What was assumed, and the flag or file key that changes it."""

    what: str
    change_with: str
