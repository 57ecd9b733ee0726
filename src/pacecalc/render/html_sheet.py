"""Sizes of the two drawings of the profile: for a wide page and for a phone."""

from __future__ import annotations

from pacecalc.record import record


@record(kw_only=True)
class Sheet:
    """Sizes of one drawing of the profile, in its own pixels."""

    name: str
    width_px: float
    left_px: float
    right_px: float
    lanes: int
    lane_px: float
    plot_px: float
    corridor_px: float
    effort_px: float
    type_px: float
    ticks: int

    @property
    def end_px(self) -> float:
        return self.width_px - self.right_px


WIDE = Sheet(
    name="wide",
    width_px=1000,
    left_px=48,
    right_px=16,
    lanes=4,
    lane_px=17,
    plot_px=216,
    corridor_px=92,
    effort_px=54,
    type_px=12,
    ticks=11,
)
NARROW = Sheet(
    name="narrow",
    width_px=344,
    left_px=34,
    right_px=8,
    lanes=4,
    lane_px=15,
    plot_px=158,
    corridor_px=84,
    effort_px=44,
    type_px=11.5,
    ticks=5,
)


@record()
class Tick:
    at_px: float
    text: str
