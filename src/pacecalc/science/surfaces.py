"""What is underfoot and under the tyre: one table of surfaces for runners and riders.

Running factors are a choice of ours (pace relative to firm, even ground), bracketed by the metabolic terrain factors of
Herzog 2020 (dirt 1.1, brush 1.2, loose sand 2.1, of energy) and kept small because a fitted slow-down already holds the
average trail. Snow's factor is cautious: the medians at 25 km of Western States' snow years ask for 1.29 (2023) and
1.38 (2019), all their splits for 1.25, and Terrain Coefficients for Predicting Energy Costs of Walking over Snow (ERDC)
has 1.26 of energy for hard snow. Rolling coefficients are for a 2.2-2.4 inch cross-country race tyre, a choice
bracketed by published field tests (0.0205-0.0236 on cross-country terrain); descent speeds are loosely fitted to race
splits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Surface(NamedTuple):
    """One kind of ground: its names, and what it does to runners and riders."""

    name: str
    run_factor: float
    """Pace relative to firm, even ground [1]; a choice."""
    technical: float
    """0 smooth .. 1 hands and eyes needed; scales night and descent effects [1]; a choice."""
    rolling_coefficient: float
    """Crr of a cross-country race tyre [1]; a choice inside published ranges."""
    descent_speed_m_per_s: tuple[float, float, float]
    """Speed cap downhill of a beginner, a median and an expert rider [m/s]; loosely fitted."""


SURFACES: tuple[Surface, ...] = (
    Surface("asphalt", 1.00, 0.0, 0.006, (15.0, 18.0, 22.0)),
    Surface("gravel", 1.00, 0.0, 0.010, (10.0, 13.0, 16.0)),
    Surface("rough_gravel", 1.01, 0.1, 0.013, (9.0, 12.0, 15.0)),
    Surface("doubletrack", 1.02, 0.2, 0.018, (7.0, 10.0, 13.0)),
    Surface("rocky", 1.05, 0.6, 0.018, (4.5, 7.5, 11.0)),
    Surface("singletrack", 1.03, 0.4, 0.021, (6.0, 8.5, 11.0)),
    Surface("technical", 1.08, 0.9, 0.024, (3.5, 5.5, 8.0)),
    Surface("grass", 1.05, 0.2, 0.021, (8.0, 11.0, 14.0)),
    Surface("mud", 1.20, 0.7, 0.035, (3.5, 5.0, 7.0)),
    Surface("sand", 1.20, 0.3, 0.035, (4.0, 6.0, 8.0)),
    Surface("snow", 1.25, 0.6, 0.035, (3.0, 4.5, 6.0)),
)
"""Order is the code stored in ``Course.surface``."""

CODE = {surface.name: code for code, surface in enumerate(SURFACES)}
"""Surface name to its index in ``SURFACES``."""

RUN_FACTOR = np.array([s.run_factor for s in SURFACES])
TECHNICAL = np.array([s.technical for s in SURFACES])
ROLLING_COEFFICIENT = np.array([s.rolling_coefficient for s in SURFACES])
DESCENT_SPEED_M_PER_S = np.array([s.descent_speed_m_per_s for s in SURFACES])
"""One row a surface; columns beginner, median, expert."""
