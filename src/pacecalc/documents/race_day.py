"""What is true of one race day: the date, the start, the goal, the weather, the stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field

from pacecalc.documents.base import Document, Finding, Part
from pacecalc.documents.course_checks import spell_m
from pacecalc.documents.course_profile import SurfaceStretch
from pacecalc.documents.readers import Duration
from pacecalc.documents.scalars import (
    BearingDeg,
    Date,
    DurationS,
    ElevationM,
    FractionFromPercent,
    Name,
    Prose,
    StopS,
    TemperatureC,
    WindMPerS,
)


class ForecastFacts(Part):
    """The weather expected at one elevation."""

    low: TemperatureC | None = None
    high: TemperatureC | None = None
    humidity: FractionFromPercent | None = None
    wind: WindMPerS | None = None
    wind_from: BearingDeg | None = None
    cloud: FractionFromPercent | None = None
    at_elevation: ElevationM | None = None
    hourly: Prose | None = None
    """File of hourly values; a relative path counts from the folder of this document."""


class RaceDay(Document):
    """One race day."""

    kind: ClassVar[str] = "a race day"
    may_be_empty: ClassVar[bool] = True

    date: Date | None = None
    start_delay: Annotated[float, Duration("20 min", 0.0, 12 * 3600.0)] | None = None
    congestion: Annotated[float, Duration("10 min", 0.0, 2 * 3600.0)] | None = None
    """Time a ride loses in the crowd after the start; without it what the profile knows, by the start delay."""
    ground: Annotated[list[SurfaceStretch], Field(max_length=1000)] = Field(default_factory=list)
    """Snow, mud and the like of the day, over the ground of the course profile."""
    goal: DurationS | None = None
    margin: Annotated[float, Duration("10 min", 0.0, 12 * 3600.0)] | None = None
    forecast: ForecastFacts | None = None
    stops: Annotated[dict[Name, StopS], Field(max_length=1000)] = Field(default_factory=dict)
    drop_bags: Annotated[list[Name], Field(max_length=1000)] | None = None
    """Places with a bag of one's own; without it, wherever the course allows one."""
    crew: Annotated[list[Name], Field(max_length=1000)] | None = None
    """Places where the crew will be; without it, wherever the course allows one."""

    def placed_in(self, folder: Path) -> RaceDay:
        if self.forecast is None or self.forecast.hourly is None:
            return self
        forecast = self.forecast.model_copy(update={"hourly": str(folder / self.forecast.hourly)})
        return self.model_copy(update={"forecast": forecast})

    def find_contradictions(self) -> Iterator[Finding]:
        for index, stretch in enumerate(self.ground):
            if stretch.end <= stretch.start:
                yield Finding(
                    ("ground", index, "to"),
                    f"'to' {spell_m(stretch.end)} is not after 'from' {spell_m(stretch.start)}; exchange them",
                )
        forecast = self.forecast
        if forecast is None:
            return
        if forecast.low is not None and forecast.high is not None and forecast.low > forecast.high:
            yield Finding(
                ("forecast", "low"),
                f"the low of {forecast.low:g} degC is above the high of {forecast.high:g} degC; exchange them",
            )
        fields = forecast.model_fields_set
        if "wind_from" in fields and "wind" not in fields:
            yield Finding(("forecast", "wind_from"), "a direction without a speed; add 'wind', such as 3 m/s")
