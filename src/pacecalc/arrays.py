"""Arrays of numbers, as every part takes and gives them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def as_floats(values: ArrayLike) -> FloatArray:
    """The values as an array of 64-bit floats; one that is such an array already is not copied."""
    return np.asarray(values, dtype=np.float64)
