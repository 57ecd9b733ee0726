"""Arrays of numbers, as every part takes and gives them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

FloatArray = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
"""Written out: what ``NDArray[np.float64]`` is at run time differs between numpy 2.4 and 2.5, and records are read by
their hints."""


def as_floats(values: ArrayLike) -> FloatArray:
    """The values as an array of 64-bit floats; one that is such an array already is not copied."""
    return np.asarray(values, dtype=np.float64)
