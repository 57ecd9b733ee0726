"""A course profile: what is known about one race, as people write it and share it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from pydantic import Field

from pacecalc.clocks import seconds_since
from pacecalc.documents.base import Document, Finding, Part
from pacecalc.documents.elevation import Elevation
from pacecalc.documents.readers import Choice, Duration, Number, Quantity
from pacecalc.documents.scalars import (
    LONGEST_RACE_M,
    ClimbM,
    CourseId,
    DistanceM,
    DurationS,
    ElevationM,
    LatitudeDeg,
    LocalDateTime,
    LongitudeDeg,
    Name,
    ProductId,
    Prose,
    RidingSpeedMPerS,
    StopS,
    SurfaceName,
    TimeOfDayS,
    YesOrNo,
    ZoneName,
)

SHORTEST_COURSE_M = 100.0
MOST_LOST_S = 2 * 3600.0
"""Nobody waits longer for the way to clear."""
SPORTS = ("run", "mtb", "ride")
WAYPOINT_KINDS = ("start", "aid", "water", "crew", "junction", "summit", "turnaround", "finish")

Sport = Annotated[str, Choice(SPORTS)]
Applies = Annotated[str, Choice(("arrival", "leaving"))]
Measured = Annotated[str, Choice(("gun", "chip"))]


class AscentEstimate(Part):
    """A figure for the climb that somebody gives."""

    value: ClimbM
    what: Prose


class Wave(Part):
    """A group that starts later, at its own time of day."""

    name: Name
    time: TimeOfDayS


class Start(Part):
    """When and where the gun goes off."""

    time: LocalDateTime
    timezone: ZoneName
    latitude: LatitudeDeg
    longitude: LongitudeDeg
    pattern: Prose | None = None
    waves: list[Wave] = Field(default_factory=list, max_length=200)
    note: Prose | None = None

    @cached_property
    def clock(self) -> datetime:
        """Gun time, aware."""
        return self.time.replace(tzinfo=ZoneInfo(self.timezone))


class Finish(Part):
    latitude: LatitudeDeg
    longitude: LongitudeDeg


class CutoffRule(Part):
    """The latest legal time: elapsed from gun or chip, or by the clock."""

    elapsed: DurationS | None = None
    clock: LocalDateTime | None = None
    applies: Applies = "arrival"
    measured: Measured = "gun"
    note: Prose | None = None

    def elapsed_s(self, start: Start) -> float | None:
        """Seconds after the gun (or after the chip starts, for elapsed chip cutoffs)."""
        if self.elapsed is not None:
            return self.elapsed
        if self.clock is None or start.time is None or start.timezone is None:
            return None
        return seconds_since(start.clock, self.clock.replace(tzinfo=ZoneInfo(start.timezone)))


class AwardRule(Part):
    """A buckle or medal, and the time it is given under."""

    name: Name
    under: DurationS | None = None
    measured: Measured = "chip"
    note: Prose | None = None


class WaypointFacts(Part):
    """A named place on the course and its rules. What is left out is not known; ``no`` is known to be no."""

    name: Name
    at: DistanceM
    elevation: ElevationM | None = None
    elevation_basis: Annotated[str, Choice(("published", "track", "digitised", "composite", "estimate"))] | None = None
    kind: Annotated[str, Choice(WAYPOINT_KINDS)]
    cutoff: CutoffRule | None = None
    crew: YesOrNo | None = None
    drop_bag: YesOrNo | None = None
    pacer: Prose | None = None
    stop: StopS | None = None
    water: YesOrNo | None = None
    offers: Annotated[list[ProductId], Field(max_length=200)] | None = None
    services: Prose | None = None
    note: Prose | None = None
    latitude: LatitudeDeg | None = None
    longitude: LongitudeDeg | None = None
    basis: Annotated[str, Choice(("stated", "derived", "estimate"))] | None = None


class SurfaceStretch(Part):
    """What is underfoot from one distance to another."""

    start: DistanceM = Field(alias="from")
    end: DistanceM = Field(alias="to")
    surface: SurfaceName
    note: Prose | None = None


class RideStretch(Part):
    """What riders meet from one distance to another besides the ground; only rides take it in."""

    start: DistanceM = Field(alias="from")
    end: DistanceM = Field(alias="to")
    draft: Annotated[float, Number(0.4, 1.0, "0.7")] | None = None
    exposure: Annotated[float, Number(0.0, 1.0, "0.3")] | None = None
    speed_limit: RidingSpeedMPerS | None = None
    note: Prose | None = None


class Congestion(Part):
    """A crowded first climb: the time it costs those who start last; only rides take it in."""

    start: DistanceM = Field(alias="from")
    end: DistanceM = Field(alias="to")
    lost: Annotated[float, Duration("25 min", 0.0, MOST_LOST_S)]
    last_start: Annotated[float, Duration("20 min", 60.0, 6 * 3600.0)]
    note: Prose | None = None


class CourseProfile(Document):
    """One edition of one race."""

    kind: ClassVar[str] = "a course profile"

    id: CourseId
    name: Name
    sport: Sport
    edition: Prose | None = None
    distance: Annotated[float, Quantity("m", "104.0 mi", SHORTEST_COURSE_M, LONGEST_RACE_M)]
    ascent: ClimbM | None = None
    descent: ClimbM | None = None
    ascent_estimates: list[AscentEstimate] = Field(default_factory=list, max_length=50)
    course_type: Prose | None = None
    start: Start
    finish: Finish | None = None
    cutoff: CutoffRule | None = None
    awards: list[AwardRule] = Field(default_factory=list, max_length=50)
    waypoints: list[WaypointFacts] = Field(min_length=2, max_length=1000)
    surfaces: list[SurfaceStretch] = Field(default_factory=list, max_length=5000)
    stretches: list[RideStretch] = Field(default_factory=list, max_length=5000)
    congestion: Congestion | None = None
    elevation: Elevation
    estimates: list[Prose] = Field(default_factory=list, max_length=200)
    notes: Prose | None = None
    sources: list[Prose] = Field(default_factory=list, max_length=200)

    @property
    def distance_m(self) -> float:
        """Official length of the course [m]."""
        return self.distance

    @property
    def finish_cutoff_s(self) -> float | None:
        """The limit at the finish, elapsed, when there is one [s]."""
        return None if self.cutoff is None else self.cutoff.elapsed_s(self.start)

    def find_contradictions(self) -> Iterator[Finding]:
        from pacecalc.documents.course_checks import find_course_contradictions

        return find_course_contradictions(self)
