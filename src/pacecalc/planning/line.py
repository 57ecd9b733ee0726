"""Where a course runs on the earth."""

from __future__ import annotations

from pacecalc.arrays import FloatArray
from pacecalc.record import record


@record()
class Line:
    """Where a course runs: positions along its own distance, from the track it was made of."""

    distance_m: FloatArray
    latitude_deg: FloatArray
    longitude_deg: FloatArray
