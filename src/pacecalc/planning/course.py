"""A course as the planner sees it: a uniform grid with grade and surface, and waypoints with their rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pacecalc.planning.records import Applies, FloatArray, Measured, Sport


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """The latest legal time at a waypoint; exactly one of ``elapsed_s`` and ``clock`` is set."""

    elapsed_s: float | None = None
    clock: datetime | None = None
    applies: Applies = "arrival"
    measured: Measured = "gun"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    name: str
    under_s: float
    measured: Measured = "chip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """A named place on the course; a place passed twice is two of them."""

    name: str
    kind: str
    distance_m: float
    elevation_m: float | None = None
    cutoff: Cutoff | None = None
    crew: bool | None = None
    drop_bag: bool | None = None
    stop_s: float | None = None
    """Stop planned by the profile itself; None: the default for its kind."""
    water: bool = False
    offers: tuple[str, ...] | None = None
    """Product ids on offer; None: an aid station whose stock is unknown; (): nothing."""
    services: str = ""
    pacer: str = ""
    note: str = ""
    latitude_deg: float | None = None
    longitude_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course on a uniform grid of ``n`` cells with ``n + 1`` edges, start to finish.

    Waypoints are sorted by distance; the first is the start (0 m), the last the finish (``distance_m``).
    """

    id: str
    name: str
    sport: Sport
    edition: str
    cell_m: float
    """Length of every cell; about 10 m, chosen to divide the course exactly."""
    elevation_m: FloatArray
    """Smoothed elevation at the n + 1 cell edges."""
    grade: FloatArray
    """Rise over run of each of the n cells, from the smoothed profile."""
    surface: NDArray[np.uint8]
    """Index into ``pacecalc.science.surfaces.SURFACES`` for each of the n cells."""
    waypoints: tuple[Waypoint, ...]
    ascent_m: float
    descent_m: float
    published_ascent_m: float | None
    start_clock: datetime
    """Gun time, aware."""
    timezone: str
    latitude_deg: FloatArray
    """Latitude at the n + 1 edges: of the track, or interpolated between known waypoints, or the start's."""
    longitude_deg: FloatArray
    bearing_deg: FloatArray | None = None
    """Direction of travel of each cell, when the profile came with a track."""
    radius_m: FloatArray | None = None
    """Bend radius of each cell, when the profile came with a track."""
    elevation_quality: Literal["surveyed", "track", "digitised", "composite", "sketch"] = "track"
    awards: tuple[Award, ...] = ()
    estimates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: str = ""

    @property
    def distance_m(self) -> float:
        return self.cell_m * len(self.grade)

    @property
    def edge_m(self) -> FloatArray:
        """Distance of the n + 1 cell edges from the start [m]."""
        return self.cell_m * np.arange(len(self.grade) + 1, dtype=np.float64)
