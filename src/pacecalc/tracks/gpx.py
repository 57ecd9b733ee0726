"""GPX in: tracks of one or many segments, else routes, and waypoints.

An own listener on expat: ten times faster than a document tree and bounded in memory. A test holds it against gpxpy.
"""

from __future__ import annotations

from array import array
from math import nan
from pathlib import Path

from pacecalc.errors import TrackError
from pacecalc.tracks.track import MAXIMUM_PLACES, MAXIMUM_POINTS, Place, Track, make_track
from pacecalc.tracks.xml_events import parse_xml

_POINTS = {"trkpt": 0, "rtept": 1}


class _Line:
    """The points of all tracks, or of all routes."""

    def __init__(self) -> None:
        self.latitude, self.longitude, self.elevation = array("d"), array("d"), array("d")

    def add(self, latitude: float, longitude: float) -> None:
        if len(self.latitude) >= MAXIMUM_POINTS:
            raise TrackError(f"more than {MAXIMUM_POINTS:,} points; thin the track (one every 5 m is enough)")
        self.latitude.append(latitude)
        self.longitude.append(longitude)
        self.elevation.append(nan)


class GpxListener:
    """Collects what a course needs from the elements of a GPX file."""

    def __init__(self) -> None:
        self.lines = (_Line(), _Line())
        self.places: list[Place] = []
        self.texts: dict[str, str] = {}
        self.path: list[str] = []
        self._line: _Line | None = None
        self._depth = 0
        self._place: dict[str, str] = {}

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        if self._line is None and name in _POINTS:
            self._line = self.lines[_POINTS[name]]
            self._line.add(float(attributes.get("lat", "")), float(attributes.get("lon", "")))
            self._depth = len(self.path)
        elif name == "wpt":
            self._place = {"lat": attributes.get("lat", ""), "lon": attributes.get("lon", "")}
        self.path.append(name)

    def close_element(self, name: str, text: str) -> None:
        path = self.path
        path.pop()
        if self._line is not None:
            self._close_in_point(name, text)
        elif name == "wpt":
            self._close_place()
        elif path:
            if path[-1] == "wpt":
                self._place[name] = text.strip()
            elif name in ("name", "type", "time") and path[-1] in ("trk", "rte", "metadata"):
                self.texts.setdefault(f"{path[-1]}/{name}", text.strip())

    def _close_in_point(self, name: str, text: str) -> None:
        depth = len(self.path)
        if depth == self._depth:
            self._line = None
        elif depth == self._depth + 1 and self._line is not None:
            if name == "ele":
                self._line.elevation[-1] = float(text) if text.strip() else nan
            elif name == "time" and "time" not in self.texts:
                self.texts["time"] = text

    def _close_place(self) -> None:
        if len(self.places) >= MAXIMUM_PLACES:
            raise TrackError(f"more than {MAXIMUM_PLACES:,} waypoints; keep those of the race")
        facts = self._place
        latitude, longitude = float(facts["lat"]), float(facts["lon"])
        name = facts.get("name") or f"Waypoint {len(self.places) + 1}"
        kind = facts.get("sym") or facts.get("type") or ""
        self.places.append(Place(name, latitude, longitude, kind, facts.get("desc") or facts.get("cmt") or ""))


def read_gpx(path: Path) -> Track:
    """Read a GPX file; tracks go before routes, which are what planners draw."""
    listener = GpxListener()
    parse_xml(path, listener)
    line = listener.lines[0] if len(listener.lines[0].latitude) else listener.lines[1]
    texts = listener.texts
    return make_track(
        name=texts.get("trk/name") or texts.get("rte/name") or texts.get("metadata/name") or path.stem,
        latitude_deg=line.latitude,
        longitude_deg=line.longitude,
        elevation_m=line.elevation,
        places=listener.places,
        first_time=texts.get("time", ""),
        sport_text=texts.get("trk/type", ""),
    )
