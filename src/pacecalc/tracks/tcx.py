"""TCX in: the track points of activities and courses, and course points."""

from __future__ import annotations

from array import array
from math import nan
from pathlib import Path

from pacecalc.errors import TrackError
from pacecalc.tracks.track import MAXIMUM_PLACES, MAXIMUM_POINTS, Place, Track, make_track
from pacecalc.tracks.xml_events import parse_xml

_NUMBERS = ("LatitudeDegrees", "LongitudeDegrees", "AltitudeMeters")


class TcxListener:
    """Collects what a course needs from the elements of a TCX file."""

    def __init__(self) -> None:
        self.latitude, self.longitude, self.elevation = array("d"), array("d"), array("d")
        self.places: list[Place] = []
        self.first_time = self.name = self.sport = ""
        self._facts: dict[str, str] | None = None

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("Trackpoint", "CoursePoint"):
            self._facts = {}
        elif name == "Activity":
            self.sport = attributes.get("Sport", "")

    def close_element(self, name: str, text: str) -> None:
        facts = self._facts
        if facts is None:
            if name == "Name" and not self.name:
                self.name = text
        elif name == "Trackpoint":
            self._add_point(facts)
            self._facts = None
        elif name == "CoursePoint":
            self._add_place(facts)
            self._facts = None
        else:
            facts.setdefault(name, text.strip())

    def _add_point(self, facts: dict[str, str]) -> None:
        # a recorder without reception writes points with time and pulse only
        if "LatitudeDegrees" not in facts or "LongitudeDegrees" not in facts:
            return
        if len(self.latitude) >= MAXIMUM_POINTS:
            raise TrackError(f"more than {MAXIMUM_POINTS:,} points; thin the track (one every 5 m is enough)")
        latitude, longitude, elevation = (float(facts.get(name) or nan) for name in _NUMBERS)
        self.latitude.append(latitude)
        self.longitude.append(longitude)
        self.elevation.append(elevation)
        self.first_time = self.first_time or facts.get("Time", "")

    def _add_place(self, facts: dict[str, str]) -> None:
        if len(self.places) >= MAXIMUM_PLACES:
            raise TrackError(f"more than {MAXIMUM_PLACES:,} course points; keep those of the race")
        if "LatitudeDegrees" in facts and "LongitudeDegrees" in facts:
            name = facts.get("Name") or f"Waypoint {len(self.places) + 1}"
            latitude, longitude = float(facts["LatitudeDegrees"]), float(facts["LongitudeDegrees"])
            self.places.append(Place(name, latitude, longitude, facts.get("PointType", ""), facts.get("Notes", "")))


def read_tcx(path: Path) -> Track:
    """Read a TCX file; laps and tracks are joined."""
    listener = TcxListener()
    parse_xml(path, listener)
    return make_track(
        name=listener.name or path.stem,
        latitude_deg=listener.latitude,
        longitude_deg=listener.longitude,
        elevation_m=listener.elevation,
        places=listener.places,
        first_time=listener.first_time,
        sport_text=listener.sport,
    )
