"""From figures to places on a drawing: linear scales, round ticks, paths."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.record import record

MINUTE_STEPS = (1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0)
HOUR_STEPS = (0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)


@record()
class Scale:
    """Maps ``low..high`` of a figure to ``low_px..high_px``."""

    low: float
    high: float
    low_px: float
    high_px: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.low_px + share * (self.high_px - self.low_px)

    def clip(self, value: float) -> float:
        return self(min(max(value, self.low), self.high))

    def map(self, values: ArrayLike) -> FloatArray:
        share = (as_floats(values) - self.low) / (self.high - self.low)
        return self.low_px + share * (self.high_px - self.low_px)


def round_step(span: float, most: int) -> float:
    """Smallest 1, 2, 2.5 or 5 times a power of ten that cuts ``span`` in at most ``most`` steps."""
    least = max(span, 1e-9) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= least * (1.0 - 1e-9))


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Round figures from ``low`` to ``high``."""
    step = round_step(high - low, most)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [step * i for i in range(first, last + 1)]


def minute_ticks(low: float, high: float, most: int) -> list[float]:
    """Round minutes from ``low`` to ``high``."""
    step = next((step for step in MINUTE_STEPS if (high - low) / step <= most), round_step(high - low, most))
    return [step * i for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def hour_step(hours: float, most: int) -> float:
    """Step of a time axis, in hours."""
    return next((step for step in HOUR_STEPS if hours / step <= most), 24.0)


def draw_line(x_px: FloatArray, y_px: FloatArray) -> str:
    """Path through the points, to a tenth of a pixel."""
    points = [f"{x:.1f} {y:.1f}" for x, y in zip(x_px.tolist(), y_px.tolist(), strict=True)]
    return "M" + "L".join(points)


def draw_area(x_px: FloatArray, top_px: FloatArray, bottom_px: FloatArray | float) -> str:
    """Closed path between two curves."""
    bottom = np.broadcast_to(as_floats(bottom_px), x_px.shape)
    return draw_line(np.concatenate((x_px, x_px[::-1])), np.concatenate((top_px, bottom[::-1]))) + "Z"
