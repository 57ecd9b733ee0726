"""The kinds of values people write, and the limits of plausibility: a value outside is a slip of the pen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pacecalc.documents.readers import (
    CalendarDate,
    ClockTime,
    Duration,
    Identifier,
    LocalTime,
    Number,
    Percent,
    Quantity,
    Surface,
    Text,
    TimeZone,
    YesNo,
)

LONGEST_RACE_M = 5_000_000.0
LOWEST_ELEVATION_M, HIGHEST_ELEVATION_M = -500.0, 9000.0
"""The Dead Sea shore lies at -430 m, Everest at 8,849 m."""
LIGHTEST_KG, HEAVIEST_KG = 25.0, 250.0
COLDEST_C, HOTTEST_C = -50.0, 60.0
HIGHEST_WIND_M_PER_S = 60.0

Name = Annotated[str, Text(300)]
Prose = Annotated[str, Text(10_000, lines=True)]
CourseId = Annotated[str, Identifier("leadville-trail-100-mtb")]
ProductId = Annotated[str, Identifier("gu-energy-gel")]
YesOrNo = Annotated[bool, YesNo()]
LocalDateTime = Annotated[datetime, LocalTime()]
Date = Annotated[date, CalendarDate()]
TimeOfDayS = Annotated[float, ClockTime()]
ZoneName = Annotated[str, TimeZone()]
DistanceM = Annotated[float, Quantity("m", "104.0 mi", 0.0, LONGEST_RACE_M)]
ElevationM = Annotated[float, Quantity("m", "9209 ft", LOWEST_ELEVATION_M, HIGHEST_ELEVATION_M)]
ClimbM = Annotated[float, Quantity("m", "12000 ft", 0.0, 200_000.0)]
LatitudeDeg = Annotated[float, Number(-90.0, 90.0, "39.24849")]
LongitudeDeg = Annotated[float, Number(-180.0, 180.0, "-106.29293")]
DurationS = Annotated[float, Duration()]
StopS = Annotated[float, Duration("5 min", 0.0, 24 * 3600.0)]
SurfaceName = Annotated[str, Surface()]
MassKg = Annotated[float, Quantity("kg", "62 kg", LIGHTEST_KG, HEAVIEST_KG)]
GearKg = Annotated[float, Quantity("kg", "2 kg", 0.0, 60.0)]
HeightM = Annotated[float, Quantity("m", "168 cm", 1.0, 2.5)]
PowerW = Annotated[float, Quantity("W", "210 W", 1.0, 2500.0)]
SpeedMPerS = Annotated[float, Quantity("m/s", "10 km/h", 0.0, 30.0)]
RidingSpeedMPerS = Annotated[float, Quantity("m/s", "25 km/h", 1.0, 40.0)]
WindMPerS = Annotated[float, Quantity("m/s", "3 m/s", 0.0, HIGHEST_WIND_M_PER_S)]
BearingDeg = Annotated[float, Quantity("deg", "270 deg", 0.0, 360.0)]
TemperatureC = Annotated[float, Quantity("degC", "24 degC", COLDEST_C, HOTTEST_C)]
FractionFromPercent = Annotated[float, Percent("35 %")]
DragAreaM2 = Annotated[float, Quantity("m^2", "0.42 m^2", 0.1, 1.5)]
WorkJ = Annotated[float, Quantity("J", "20 kJ", 1000.0, 80_000.0)]
MassG = Annotated[float, Quantity("g", "32 g", 0.0, 5000.0)]
MassMg = Annotated[float, Quantity("mg", "55 mg", 0.0, 20_000.0)]
EnergyKcal = Annotated[float, Quantity("kcal", "100 kcal", 0.0, 5000.0)]
VolumeMl = Annotated[float, Quantity("mL", "500 mL", 0.0, 20_000.0)]
GPerH = Annotated[float, Quantity("g/h", "75 g/h", 0.0, 150.0)]
LPerH = Annotated[float, Quantity("L/h", "0.9 L/h", 0.05, 4.0)]
CaffeineMg = Annotated[float, Quantity("mg", "400 mg", 0.0, 1000.0)]
ShelfS = Annotated[float, Duration("5 h", 0.0, 10 * 365 * 86400.0)]
