"""What runners and riders share: how long the course takes at an effort, here, at this hour."""

from __future__ import annotations

from typing import Protocol

from pacecalc.arrays import FloatArray
from pacecalc.record import record


@record(kw_only=True)
class CellPace:
    """The course covered at some effort: one value per grid cell."""

    time_s: FloatArray
    effort: FloatArray
    """Relative to what is sustainable at that cell."""
    metabolic_w: FloatArray
    """Energy turned over, whole body [W]."""
    external_w: FloatArray
    """Mechanical work done, which does not become heat [W]."""
    power_w: FloatArray | None = None
    """Pedal power (rides)."""
    pushing: FloatArray | None = None
    """1 where the bike is pushed, else 0 (rides)."""


class Demand(Protocol):
    """Times of every cell at a given level of effort, for one assumed clock.

    A level is the knob the deadline schedule turns: relative effort for runners, the level of the power plan for
    riders. A higher level is never slower anywhere.
    """

    def pace(self, level: float | FloatArray) -> CellPace:
        """Cover the course at one level, or at one level per cell."""
        ...

    def cell_times_s(self, level: float | FloatArray) -> FloatArray:
        """Only the moving times of ``pace`` [s]."""
        ...

    @property
    def best_level(self) -> float | None:
        """The highest level the athlete can hold to the finish; None when fitness is unknown."""
        ...
