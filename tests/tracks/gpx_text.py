"""GPX as text, for tests to write and spoil."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

METRES_PER_DEGREE = 111_194.9
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'


def points_text(points: Iterable[Sequence[float | None]], tag: str = "trkpt") -> str:
    return "\n".join(
        f'<{tag} lat="{lat}" lon="{lon}">' + ("" if ele is None else f"<ele>{ele}</ele>") + f"</{tag}>"
        for lat, lon, ele in points
    )


def gpx_text(points: Iterable[Sequence[float | None]], *, before: str = "", name: str = "Test course") -> str:
    return f"{HEAD}{before}<trk><name>{name}</name><trkseg>\n{points_text(points)}\n</trkseg></trk></gpx>"


def place_text(name: str, lat: float, lon: float, extra: str = "") -> str:
    return f'<wpt lat="{lat}" lon="{lon}"><name>{name}</name>{extra}</wpt>'


def northward(along_m: NDArray[np.float64], elevation_m: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    """Points due north of 45 N 7 E."""
    lat = 45.0 + along_m / METRES_PER_DEGREE
    return [(float(a), 7.0, float(z)) for a, z in zip(lat, elevation_m, strict=True)]
