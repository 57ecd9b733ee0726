"""Times in messages."""

from __future__ import annotations

import math


def spell_time(seconds: float, *, up: bool = False) -> str:
    """Hours and minutes, ``11:45``; rounded to the minute, or up."""
    minutes = math.ceil(seconds / 60.0 - 1e-9) if up else round(seconds / 60.0)
    return f"{minutes // 60:d}:{minutes % 60:02d}"
