"""A course as the planner sees it: a uniform grid with grade and surface, and waypoints with their rules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.clocks import seconds_since
from pacecalc.errors import CourseError
from pacecalc.planning.climbs import Climb, find_climbs
from pacecalc.planning.records import Applies, GroundStretch, Measured, Sport
from pacecalc.record import record
from pacecalc.science.elevation import accumulate_ascent

if TYPE_CHECKING:
    from pacecalc.units import Quantity


@record(kw_only=True)
class Cutoff:
    """The latest legal time at a waypoint; exactly one of ``elapsed_s`` and ``clock`` is set."""

    elapsed_s: float | None = None
    clock: datetime | None = None
    applies: Applies = "arrival"
    measured: Measured = "gun"
    note: str = ""

    def limit_s(self, gun: datetime) -> float:
        """The limit from the gun, by the clock or elapsed [s]."""
        return self.elapsed_s or 0.0 if self.clock is None else seconds_since(gun, self.clock)


@record(kw_only=True)
class Award:
    name: str
    under_s: float
    measured: Measured = "chip"


@record(kw_only=True)
class Wave:
    """A group that starts after the gun."""

    name: str
    delay_s: float
    """From the gun to the wave's own start."""


@record(kw_only=True)
class Congestion:
    """A stretch that is crowded after the start of a ride."""

    start_m: float
    end_m: float
    lost_s: float
    """What it costs those who start last."""
    last_start_s: float
    """From the gun to the start of the last; who starts sooner loses in proportion less."""


@record(kw_only=True)
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


@record(kw_only=True)
class Segment:
    """The way from one waypoint to the next."""

    start: Waypoint
    end: Waypoint
    ascent_m: float
    descent_m: float

    @property
    def length_m(self) -> float:
        return self.end.distance_m - self.start.distance_m

    @property
    def length(self) -> Quantity[Any]:
        return _quantity(self.length_m / 1000.0, "km")

    @property
    def ascent(self) -> Quantity[Any]:
        return _quantity(self.ascent_m, "m")

    @property
    def descent(self) -> Quantity[Any]:
        return _quantity(self.descent_m, "m")


@record(kw_only=True)
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
    draft_factor: FloatArray | None = None
    """Factor on a rider's drag area in each cell, where the profile says that groups form."""
    exposure: FloatArray | None = None
    """Wind at a rider over the forecast's in each cell, where the profile says it; NaN elsewhere."""
    speed_limit_m_per_s: FloatArray | None = None
    """Highest speed a rider is let go in each cell; inf where nothing but ground and bends limits it."""
    congestion: Congestion | None = None
    awards: tuple[Award, ...] = ()
    waves: tuple[Wave, ...] = ()
    ground: tuple[GroundStretch, ...] = ()
    """Ground of the day, already in ``surface``."""
    estimates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: str = ""

    @property
    def distance_m(self) -> float:
        return self.cell_m * len(self.grade)

    @property
    def time_limit_s(self) -> float | None:
        """Time limit of the finish from the gun; None without one [s]."""
        cutoff = self.waypoints[-1].cutoff if self.waypoints else None
        return None if cutoff is None else cutoff.limit_s(self.start_clock)

    @property
    def edge_m(self) -> FloatArray:
        """Distance of the n + 1 cell edges from the start [m]."""
        return self.cell_m * np.arange(len(self.grade) + 1, dtype=np.float64)

    @property
    def waypoint_edges(self) -> NDArray[np.intp]:
        """Grid edge of each waypoint: the nearest, and never one of another waypoint; the start is 0, the finish n.

        Raises
        ------
        CourseError
            When there are more places than cells.
        """
        cells, places = len(self.grade), len(self.waypoints)
        if places > cells + 1:
            raise CourseError(
                f"{self.id}: {places} places on {self.distance_m:.0f} m are too many; keep one every 10 m"
            )
        order = np.arange(places, dtype=np.intp)
        edges = self.edge_at([w.distance_m for w in self.waypoints])
        # Two places of one cell move apart: forward, and back again where that runs beyond the finish.
        edges = np.maximum.accumulate(edges - order) + order
        edges = np.minimum(edges, cells - order[::-1])
        edges[0], edges[-1] = 0, cells
        return edges

    def edge_at(self, distance_m: ArrayLike) -> NDArray[np.intp]:
        """Index of the nearest grid edge at distances from the start; the first and last beyond the ends."""
        # Midway between two edges the farther one, by a millimetre: a place given in miles lands where its km do.
        edges = np.floor((as_floats(distance_m) + 0.001) / self.cell_m + 0.5).astype(np.intp)
        return np.asarray(np.clip(edges, 0, len(self.grade)), dtype=np.intp)

    def elevation_at(self, distance_m: ArrayLike) -> FloatArray:
        """Smoothed elevation at distances from the start [m]; the ends hold beyond them."""
        return as_floats(np.interp(as_floats(distance_m), self.edge_m, self.elevation_m))

    def cell_at(self, distance_m: ArrayLike) -> NDArray[np.int_]:
        """Index of the cell at distances from the start; the first and last beyond the ends."""
        cells = (as_floats(distance_m) / self.cell_m).astype(np.int_)
        return np.asarray(np.clip(cells, 0, len(self.grade) - 1), dtype=np.int_)

    def grade_at(self, distance_m: ArrayLike) -> FloatArray:
        """Grade of the cell at distances from the start [1]."""
        return self.grade[self.cell_at(distance_m)]

    def elevation(self, distance: Quantity[Any] | str) -> Quantity[Any]:
        """Smoothed elevation at a distance from the start such as ``"40.8 mi"``, in m."""
        return _quantity(float(self.elevation_at(self._place_m(distance))), "m")

    def slope(self, distance: Quantity[Any] | str) -> Quantity[Any]:
        """Grade at a distance from the start such as ``"40.8 mi"``, in percent; above zero uphill."""
        return _quantity(100.0 * float(self.grade_at(self._place_m(distance))), "percent")

    def _place_m(self, distance: Quantity[Any] | str) -> float:
        from pacecalc.units import to_si

        return to_si(distance, "m", name="distance", minimum=0.0, maximum=self.distance_m)

    def climbed_m(self) -> tuple[FloatArray, FloatArray]:
        """Ascent and descent from the start to each of the n + 1 edges [m]; the last values are the totals."""
        return accumulate_ascent(self.elevation_m)

    def segments(self) -> tuple[Segment, ...]:
        """The way between consecutive waypoints; their ascents add up to that of the course."""
        up, down = (np.interp([w.distance_m for w in self.waypoints], self.edge_m, each) for each in self.climbed_m())
        return tuple(
            Segment(
                start=start,
                end=end,
                ascent_m=float(up[index + 1] - up[index]),
                descent_m=float(down[index + 1] - down[index]),
            )
            for index, (start, end) in enumerate(zip(self.waypoints[:-1], self.waypoints[1:], strict=True))
        )

    def climbs(self) -> tuple[Climb, ...]:
        """The hardest climbs, hardest first."""
        return find_climbs(self.elevation_m, self.cell_m, {w.name: w.distance_m for w in self.waypoints})

    @property
    def distance(self) -> Quantity[Any]:
        """Official length, in km."""
        return _quantity(self.distance_m / 1000.0, "km")

    @property
    def ascent(self) -> Quantity[Any]:
        """Total ascent of the smoothed profile, in m; good to about 3 % in mountains, 50 m on flat courses."""
        return _quantity(self.ascent_m, "m")

    @property
    def descent(self) -> Quantity[Any]:
        """Total descent of the smoothed profile, in m."""
        return _quantity(self.descent_m, "m")

    @property
    def published_ascent(self) -> Quantity[Any] | None:
        """Ascent the race publishes, in m; None when it publishes none."""
        return None if self.published_ascent_m is None else _quantity(self.published_ascent_m, "m")

    @property
    def highest(self) -> Quantity[Any]:
        """Elevation of the highest point, in m."""
        return _quantity(float(self.elevation_m.max()), "m")

    @property
    def lowest(self) -> Quantity[Any]:
        """Elevation of the lowest point, in m."""
        return _quantity(float(self.elevation_m.min()), "m")


def _quantity(value: float, unit: str) -> Quantity[Any]:
    # late, so that planning works and starts without pint
    from pacecalc.units import quantity

    return quantity(value, unit)
