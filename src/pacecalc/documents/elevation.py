"""The elevation of a course as two columns of text, which stay readable and parse fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from pacecalc.documents.base import Finding, Part
from pacecalc.documents.messages import describe
from pacecalc.documents.readers import Choice, Reader, refuse
from pacecalc.documents.scalars import HIGHEST_ELEVATION_M, LOWEST_ELEVATION_M, Prose
from pacecalc.record import record

DISTANCE_UNITS = {"km": 1000.0, "mi": 1609.344, "m": 1.0}
ELEVATION_UNITS = {"m": 1.0, "ft": 0.3048}
STEEPEST_GRADE = 3.0
"""Between two points; a wall of 72 degrees is a slip of the pen."""
STEEPEST_RISE_M = 60.0
"""Rises smaller than this say nothing about the grade: points may stand close together."""

Quality = Annotated[str, Choice(("surveyed", "track", "digitised", "composite", "sketch"))]
DistanceUnit = Annotated[str, Choice(tuple(DISTANCE_UNITS))]
ElevationUnit = Annotated[str, Choice(tuple(ELEVATION_UNITS))]

_NOT_NUMERIC = re.compile(r"[^0-9.+\-eE\s]")


class Points(NamedTuple):
    """Both columns in the units of the document, and the line of the text each point stands on."""

    distance: tuple[float, ...]
    elevation: tuple[float, ...]
    line: tuple[int, ...]


@record(slots=False)
class TwoColumns(Reader):
    """Lines of ``distance elevation``; empty lines and what follows ``#`` are skipped."""

    def read(self, value: Any) -> Points:
        if isinstance(value, Points):
            return value
        if not isinstance(value, str):
            raise refuse(
                f"found {describe(value)}; expected 'points: |' and below it one 'distance elevation' line a point"
            )
        lines = value.splitlines()
        clean = _NOT_NUMERIC.search(value) is None
        distance, elevation, numbers = [], [], []
        for number, line in enumerate(lines):
            if not clean:
                line = line.partition("#")[0]
                if _NOT_NUMERIC.search(line):
                    raise _unreadable(line, number)
            pair = line.split()
            if not pair:
                continue
            try:
                along, height = pair
                distance.append(float(along))
                elevation.append(float(height))
            except ValueError:
                raise _unreadable(line, number) from None
            numbers.append(number)
        if len(numbers) < 2:
            raise refuse("fewer than two points; write one 'distance elevation' line a point")
        return Points(tuple(distance), tuple(elevation), tuple(numbers))

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "description": "One line a point: distance and elevation, in the units of 'unit', distances rising.",
            "pattern": r"^\s*[0-9]",
            "examples": ["0.00 3094\n0.25 3090\n"],
        }


def _unreadable(line: str, number: int) -> Exception:
    return refuse(f"found {describe(line.strip())}; expected two numbers, distance and elevation", line_in_text=number)


class Units(NamedTuple):
    distance: str
    elevation: str


@record(slots=False)
class UnitPair(Reader):
    """``[km, m]``."""

    def read(self, value: Any) -> Units:
        if isinstance(value, (list, tuple)) and len(value) == 2:
            along, height = value
            # a list in the place of a word cannot be looked up
            if (
                isinstance(along, str)
                and isinstance(height, str)
                and along in DISTANCE_UNITS
                and height in ELEVATION_UNITS
            ):
                return Units(along, height)
        found = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else describe(value)
        raise refuse(
            f"found {found[:60]}; expected the unit of distance ({', '.join(DISTANCE_UNITS)}) and of elevation "
            f"({', '.join(ELEVATION_UNITS)}), such as [km, m]"
        )

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "prefixItems": [{"enum": list(DISTANCE_UNITS)}, {"enum": list(ELEVATION_UNITS)}],
            "minItems": 2,
            "maxItems": 2,
            "examples": [["km", "m"], ["mi", "ft"]],
        }


class Elevation(Part):
    """How high the course is along its way, how that is known, and how far it is to be trusted."""

    quality: Quality
    source: Prose | None = None
    note: Prose | None = None
    unit: Annotated[Units, UnitPair()] = Units("km", "m")
    points: Annotated[Points, TwoColumns()]

    @cached_property
    def distance_m(self) -> tuple[float, ...]:
        """Distance of every point from the start [m]."""
        scale = DISTANCE_UNITS[self.unit.distance]
        return tuple([scale * x for x in self.points.distance])

    @cached_property
    def elevation_m(self) -> tuple[float, ...]:
        """Elevation of every point [m]."""
        scale = ELEVATION_UNITS[self.unit.elevation]
        return tuple([scale * z for z in self.points.elevation])

    def find_faults(self) -> Iterator[Finding]:
        """Distances that do not rise, elevations that are not on this earth; the first of each."""
        if self.points is None or self.unit is None:
            return
        along, heights = self.distance_m, self.elevation_m
        if along[0] < 0.0:
            yield self._at(0, f"the distance {self._spell(0)} is negative; start at 0")
        stuck = next((i for i, (a, b) in enumerate(pairwise(along), 1) if b <= a), None)
        if stuck is not None:
            yield self._at(
                stuck, f"the distance {self._spell(stuck)} comes after {self._spell(stuck - 1)}; distances must rise"
            )
        high = next((i for i, z in enumerate(heights) if not LOWEST_ELEVATION_M <= z <= HIGHEST_ELEVATION_M), None)
        if high is not None:
            unit = self.unit.elevation
            yield self._at(
                high,
                f"the elevation {self.points.elevation[high]:g} {unit} is out of range; expected "
                f"{LOWEST_ELEVATION_M:g} m to {HIGHEST_ELEVATION_M:g} m (is 'unit' right?)",
            )
        if stuck is None and high is None:
            yield from self._find_walls()

    def _find_walls(self) -> Iterator[Finding]:
        along, heights = self.distance_m, self.elevation_m
        for i in range(1, len(along)):
            rise = abs(heights[i] - heights[i - 1])
            if rise > STEEPEST_RISE_M and rise > STEEPEST_GRADE * (along[i] - along[i - 1]):
                yield self._at(i, f"{rise:.0f} m of climb or fall in {along[i] - along[i - 1]:.0f} m; check this point")
                return

    def _spell(self, index: int) -> str:
        return f"{self.points.distance[index]:g} {self.unit.distance}"

    def _at(self, index: int, message: str) -> Finding:
        return Finding(("elevation", "points"), message, self.points.line[index])
