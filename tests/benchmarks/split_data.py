"""The open race splits as arrays: courses cut into short cells, finishers as rows of elapsed times."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import gpxpy
import numpy as np
from astral import Observer
from astral.sun import elevation as sun_elevation
from numpy.typing import NDArray
from split_places import SNOW_AT_WESTERN_STATES_MI, UTMB_MATS, Mats, lay_snow, read_profile_surfaces

from pacecalc.science.surfaces import CODE

FloatArray = NDArray[np.float64]

CELL_M = 500.0
EARTH_RADIUS_M = 6371008.8
GPX_STEP_M = 20.0
GPX_SMOOTHING_M = 100.0
LEG_GRADE_SHARES = (0.2, 0.2, 0.2, 0.2, 0.2)
LEG_GRADE_SPREAD = (0.14, 0.47, 0.86, 1.31, 2.22)
"""How a leg known only by its climb and descent is spread over grades around their mean: fifths of the length, measured
on the tracks of Western States (0.14, 0.47, 0.86, 1.30, 2.22) and UTMB (0.14, 0.48, 0.87, 1.32, 2.20)."""

ULTRAVASAN_KM = {
    "Smågan": 8.83,
    "Mångsbodarna": 23.36,
    "Risberg": 34.40,
    "Evertsberg": 46.75,
    "Oxberg": 61.54,
    "Hökberg": 70.71,
    "Eldris": 80.85,
    "Finish": 89.8,
}
"""Section lengths of the corrected later table; the printed one puts 1.2 km too much into the last section."""


@dataclass(frozen=True, slots=True)
class RaceSource:
    """Where one race's rows and course come from, and when and where it is run."""

    name: str
    course: str
    splits: str
    course_key: str
    start: datetime
    latitude_deg: float
    longitude_deg: float
    gpx: str | None = None
    limit_s: float | None = None
    surfaces: tuple[tuple[float, str], ...] = ((0.0, "asphalt"),)
    """Ground from each km on, from general knowledge of the courses, set before any fit."""
    profile: str | None = None
    """Shipped course profile whose ground counts instead."""
    mats: Mats | None = None
    """Where the timing mats stand, when the published distances are not to be trusted."""
    snow_mi: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Miles under snow, by year."""
    life_bases: tuple[str, ...] = ()
    """Stations with bag and hot meal, where no profile says so."""


def _clock(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type]


SOURCES = (
    RaceSource(
        "Western States", "Western States", "western_states_100.csv", "western_states_100",
        _clock("America/Los_Angeles", 2019, 6, 29, 5), 39.05, -120.6, "western-states-100.gpx",
        limit_s=30 * 3600.0, profile="western-states-100", snow_mi=SNOW_AT_WESTERN_STATES_MI,
    ),
    RaceSource(
        "UTMB 2015", "UTMB", "utmb_2015.csv", "utmb_2015",
        _clock("Europe/Paris", 2015, 8, 28, 18), 45.85, 6.95, "utmb-classic-171.gpx",
        limit_s=46.5 * 3600.0, profile="utmb-classic", mats=UTMB_MATS,
    ),
    RaceSource(
        "Transgrancanaria", "Transgrancanaria", "transgrancanaria_2023.csv", "transgrancanaria_2023",
        _clock("Atlantic/Canary", 2023, 2, 25, 0), 28.0, -15.6,
        limit_s=30 * 3600.0, surfaces=((0.0, "rocky"),), life_bases=("Garanon",),
    ),
    RaceSource(
        "Berlin Wall", "Berlin Wall", "mauerweg_100mi.csv", "", _clock("Europe/Berlin", 2017, 8, 12, 6), 52.5, 13.2,
        limit_s=30 * 3600.0,
    ),
    RaceSource(
        "Ultravasan 90", "Ultravasan", "ultravasan_90.csv", "ultravasan_90",
        _clock("Europe/Stockholm", 2019, 8, 17, 5), 61.05, 13.9,
        surfaces=((0.0, "gravel"), (8.83, "singletrack"), (34.4, "gravel")),
    ),
    RaceSource(
        "Boston 2015", "Boston", "boston_2015.csv", "boston_2017",
        _clock("America/New_York", 2015, 4, 20, 10), 42.3, -71.3,
    ),
    RaceSource(
        "Boston 2017", "Boston", "boston_2017.csv", "boston_2017",
        _clock("America/New_York", 2017, 4, 17, 10), 42.3, -71.3,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SplitRace:
    """One race: cells of at most 500 m with their grades, and what every finisher did."""

    name: str
    course: str
    cell_m: FloatArray
    grades: FloatArray
    """Grades inside every cell, one row a cell."""
    weights: FloatArray
    """Share of the cell at each of those grades."""
    elevation_m: FloatArray
    surface: NDArray[np.intp]
    snowy: dict[int, NDArray[np.intp]]
    """The ground of the years with snow on the course."""
    limit_s: float | None
    stations: tuple[str, ...]
    station_m: FloatArray
    station_edge: NDArray[np.intp]
    """Number of cells before each station."""
    elapsed_s: FloatArray
    """Finishers by stations; NaN where no time was taken."""
    finish_s: FloatArray
    year: NDArray[np.int64]
    female: NDArray[np.bool_]
    darkness_time_s: FloatArray
    darkness: FloatArray
    """0 by day, 1 between dusk and dawn, by seconds from the start."""
    profile: str | None
    """Shipped course profile, where there is one."""
    life_bases: tuple[str, ...]

    def by_ground(self) -> Iterator[tuple[NDArray[np.bool_], SplitRace]]:
        """Who ran on the same ground, and the race as it then was."""
        usual = ~np.isin(self.year, list(self.snowy))
        yield usual, self
        for year, surface in self.snowy.items():
            yield self.year == year, replace(self, surface=surface, snowy={})


def _read_rows(path: Path) -> tuple[list[str], dict[tuple[str, str], dict[str, float]], dict[tuple[str, str], str]]:
    order: dict[str, float] = {}
    times: dict[tuple[str, str], dict[str, float]] = {}
    sex: dict[tuple[str, str], str] = {}
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["status"] != "finished" or row["point"] == "out":
                continue
            runner = (row["year"], row["id"])
            order.setdefault(row["checkpoint"], float(row["km"]))
            times.setdefault(runner, {})[row["checkpoint"]] = float(row["elapsed_s"])
            sex[runner] = row["sex"]
    return sorted(order, key=order.__getitem__), times, sex


def _station_table(source: RaceSource, path: Path, facts: dict[str, list[dict[str, float]]]) -> list[dict[str, float]]:
    """Distance, climb and descent at the stations with times, start first."""
    if not source.course_key:
        km: dict[str, float] = {}
        with path.open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                km.setdefault(row["checkpoint"], float(row["km"]))
        flat = [{"checkpoint": name, "km": at, "ele": 40.0, "gain": 0.0, "loss": 0.0} for name, at in km.items()]
        return [{"checkpoint": "Start", "km": 0.0, "ele": 40.0, "gain": 0.0, "loss": 0.0}, *flat]  # type: ignore[dict-item]
    table = [dict(row) for row in facts[source.course_key]]
    if source.course == "Ultravasan":
        for row in table:
            row["km"] = ULTRAVASAN_KM.get(str(row["checkpoint"]), 0.0)
    return table


def _leg_cells(length_m: float, gain_m: float, loss_m: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Cells of a leg known by climb and descent: every cell holds the same mix of grades."""
    count = max(1, round(length_m / CELL_M + 0.499))
    steep = (gain_m + loss_m) / length_m
    climbing = gain_m / (gain_m + loss_m) if steep > 0.0 else 0.5
    spread = steep * np.array(LEG_GRADE_SPREAD)
    grades = np.concatenate([spread, -spread])
    weights = np.concatenate([climbing * np.array(LEG_GRADE_SHARES), (1.0 - climbing) * np.array(LEG_GRADE_SHARES)])
    return np.full(count, length_m / count), np.tile(grades, (count, 1)), np.tile(weights, (count, 1))


@dataclass(frozen=True, slots=True)
class Track:
    """A GPX track every 20 m, its elevation smoothed."""

    along_m: FloatArray
    height_m: FloatArray
    latitude_deg: FloatArray
    longitude_deg: FloatArray

    def offset_m(self, place: tuple[float, float]) -> FloatArray:
        """Distance of every point from a place."""
        north = np.radians(self.latitude_deg - place[0])
        east = np.radians(self.longitude_deg - place[1]) * np.cos(np.radians(place[0]))
        return np.asarray(EARTH_RADIUS_M * np.hypot(north, east))


def _read_track(path: Path) -> Track:
    with path.open(encoding="utf-8") as file:
        track = gpxpy.parse(file)
    points = [p for t in track.tracks for s in t.segments for p in s.points if p.elevation is not None]
    lat = np.radians([p.latitude for p in points])
    lon = np.radians([p.longitude for p in points])
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    along = np.concatenate([[0.0], np.cumsum(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half)))])
    even = np.arange(0.0, along[-1], GPX_STEP_M)
    height = np.interp(even, along, [float(p.elevation or 0.0) for p in points])
    reach = round(GPX_SMOOTHING_M / GPX_STEP_M / 2)
    window = 1.0 + reach - np.abs(np.arange(-reach, reach + 1))
    smooth = np.convolve(np.pad(height, reach, mode="edge"), window / window.sum(), mode="valid")
    place = (np.degrees(np.interp(even, along, angle)) for angle in (lat, lon))
    return Track(even, smooth, *place)


def _match_stations(track: Track, table: list[dict[str, float]], mats: Mats) -> NDArray[np.intp]:
    """Index on the track of every station: near its distance, where its mat stands, else where its altitude fits."""
    total = table[-1]["km"]
    indices = [0]
    for row in table[1:-1]:
        from_expected_m = np.abs(track.along_m - row["km"] / total * track.along_m[-1])
        mat = mats.get(str(row["checkpoint"]))
        off_m = np.abs(track.height_m - row["ele"]) if mat is None else track.offset_m(mat)
        misfit = from_expected_m / 2000.0 + off_m / 40.0
        misfit[: indices[-1] + 5] = np.inf
        indices.append(int(np.argmin(misfit)))
    return np.array([*indices, len(track.along_m) - 1])


def _measure_table(track: Track, marks: NDArray[np.intp], table: list[dict[str, float]]) -> list[dict[str, float]]:
    """The table with distances along the track, the whole as long as published."""
    scale = table[-1]["km"] / track.along_m[-1]
    return [{**row, "km": float(scale * track.along_m[mark])} for row, mark in zip(table, marks, strict=True)]


def _track_cells(
    height: FloatArray, first: int, last: int, length_m: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Cells of a leg cut from a track, stretched to the official length of the leg."""
    grade = np.diff(height[first : last + 1]) / GPX_STEP_M
    count = max(1, round(length_m / CELL_M + 0.499))
    pieces = np.array_split(np.arange(len(grade)), count)
    width = max(len(piece) for piece in pieces)
    grades = np.zeros((count, width))
    weights = np.zeros((count, width))
    middle = np.zeros(count)
    for k, piece in enumerate(pieces):
        grades[k, : len(piece)] = grade[piece]
        weights[k, : len(piece)] = 1.0 / len(piece)
        middle[k] = height[first + piece].mean()
    cell_m = np.array([len(piece) for piece in pieces]) / len(grade) * length_m
    return cell_m, grades, weights, middle


def _pad(blocks: list[FloatArray]) -> FloatArray:
    width = max(block.shape[1] for block in blocks)
    return np.concatenate([np.pad(block, ((0, 0), (0, width - block.shape[1]))) for block in blocks])


def _cut_course(
    table: list[dict[str, float]], track: Track | None, marks: NDArray[np.intp]
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, NDArray[np.intp]]:
    lengths, grades, weights, heights, edges = [], [], [], [], [0]
    for k, (row, following) in enumerate(pairwise(table)):
        length_m = 1000.0 * (following["km"] - row["km"])
        if track is not None:
            cell_m, grade, weight, middle = _track_cells(track.height_m, marks[k], marks[k + 1], length_m)
        else:
            cell_m, grade, weight = _leg_cells(
                length_m, following["gain"] - row["gain"], following["loss"] - row["loss"]
            )
            share = (np.arange(len(cell_m)) + 0.5) / len(cell_m)
            middle = row["ele"] + share * (following["ele"] - row["ele"])
        lengths.append(cell_m)
        grades.append(grade)
        weights.append(weight)
        heights.append(middle)
        edges.append(edges[-1] + len(cell_m))
    return np.concatenate(lengths), _pad(grades), _pad(weights), np.concatenate(heights), np.array(edges)


def _darkness(source: RaceSource) -> tuple[FloatArray, FloatArray]:
    seconds = np.arange(0.0, 50 * 3600.0, 600.0)
    place = Observer(source.latitude_deg, source.longitude_deg)
    start = source.start.astimezone(UTC)
    height = np.array([sun_elevation(place, start + timedelta(seconds=float(s))) for s in seconds])
    return seconds, np.clip((-0.833 - height) / (6.0 - 0.833), 0.0, 1.0)


def _surface_codes(source: RaceSource, cell_m: FloatArray) -> NDArray[np.intp]:
    surfaces = source.surfaces
    if source.profile is not None:
        surfaces = read_profile_surfaces(source.profile, float(cell_m.sum()) / 1000.0)
    starts_km = np.array([km for km, _ in surfaces])
    codes = np.array([CODE[name] for _, name in surfaces])
    return np.asarray(codes[np.searchsorted(starts_km, _middle_km(cell_m), side="right") - 1])


def _middle_km(cell_m: FloatArray) -> FloatArray:
    return np.asarray((np.cumsum(cell_m) - 0.5 * cell_m) / 1000.0)


def load_race(source: RaceSource, shared: Path) -> SplitRace:
    """Read one race from the shared folder."""
    splits = shared / "data" / "splits"
    facts = json.loads((splits / "course_checkpoints.json").read_text(encoding="utf-8"))
    table = _station_table(source, splits / source.splits, facts)
    track = _read_track(shared / "data" / "gpx" / source.gpx) if source.gpx else None
    marks = np.array([], dtype=np.intp) if track is None else _match_stations(track, table, source.mats or {})
    if track is not None and source.mats is not None:
        table = _measure_table(track, marks, table)
    cell_m, grades, weights, heights, edges = _cut_course(table, track, marks)
    names, times, sex = _read_rows(splits / source.splits)
    final = str(table[-1]["checkpoint"])
    stations = tuple(str(row["checkpoint"]) for row in table[1:-1] if row["checkpoint"] in names)
    place = {str(row["checkpoint"]): k for k, row in enumerate(table)}
    runners = [runner for runner in sorted(times) if final in times[runner]]
    elapsed = np.array([[times[r].get(name, np.nan) for name in stations] for r in runners])
    seconds, dark = _darkness(source)
    station_edge = np.array([edges[place[name]] for name in stations])
    surface = _surface_codes(source, cell_m)
    return SplitRace(
        name=source.name,
        course=source.course,
        cell_m=cell_m,
        grades=grades,
        weights=weights,
        elevation_m=heights,
        surface=surface,
        snowy={year: lay_snow(surface, _middle_km(cell_m), miles) for year, miles in source.snow_mi.items()},
        limit_s=source.limit_s,
        stations=stations,
        station_m=np.array([1000.0 * table[place[name]]["km"] for name in stations]),
        station_edge=station_edge,
        elapsed_s=elapsed,
        finish_s=np.array([times[r][final] for r in runners]),
        year=np.array([int(r[0]) for r in runners]),
        female=np.array([sex[r] == "F" for r in runners]),
        darkness_time_s=seconds,
        darkness=dark,
        profile=source.profile,
        life_bases=source.life_bases,
    )


def load_races(shared: Path) -> list[SplitRace]:
    """Every open race, in the order of the report."""
    return [load_race(source, shared) for source in SOURCES]
