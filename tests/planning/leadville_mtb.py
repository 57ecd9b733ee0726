"""The researched Leadville MTB course as a Course record, straight from the draft facts."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import yaml

from pacecalc.planning.course import Course, Waypoint
from pacecalc.science.elevation import count_cells, interpolate_shape_preserving
from pacecalc.science.surfaces import CODE
from shared_data import shared_path

WORDS = (
    ("hike-a-bike", "rocky"),
    ("rocky jeep", "rocky"),
    ("jeep road", "doubletrack"),
    ("paved and gravel", "gravel"),
    ("paved", "asphalt"),
    ("doubletrack", "doubletrack"),
    ("dirt", "gravel"),
)
"""First word that matches decides; fixed before any fit."""


def surface_code(text: str) -> int:
    return CODE[next(name for word, name in WORDS if word in text)]


@lru_cache
def leadville_mtb() -> Course:
    facts = yaml.safe_load(shared_path("courses", "leadville-100-mtb.yaml").read_text())
    distance_m = 1000.0 * facts["official"]["distance_km"]
    points = np.array(facts["elevation_points"])
    cells = count_cells(distance_m)
    cell_m = distance_m / cells
    edge_m = cell_m * np.arange(cells + 1)
    elevation_m = interpolate_shape_preserving(1000.0 * points[:, 0], points[:, 1], edge_m)
    middle_km = 0.0005 * (edge_m[1:] + edge_m[:-1])
    surface = np.zeros(cells, dtype=np.uint8)
    for stretch in facts["surfaces"]:
        surface[(middle_km >= stretch["from_km"])] = surface_code(stretch["surface"])
    waypoints = tuple(
        Waypoint(name=w["name"], kind=w["kind"], distance_m=min(1000.0 * w["km"], distance_m), elevation_m=w["ele_m"])
        for w in facts["waypoints"]
    )
    rises = np.diff(elevation_m)
    return Course(
        id=facts["id"],
        name=facts["name"],
        sport="mtb",
        edition=facts["edition"],
        cell_m=cell_m,
        elevation_m=elevation_m,
        grade=rises / cell_m,
        surface=surface,
        waypoints=waypoints,
        ascent_m=float(rises[rises > 0].sum()),
        descent_m=float(-rises[rises < 0].sum()),
        published_ascent_m=float(facts["official"]["ascent_m"]),
        start_clock=datetime(2025, 8, 9, 6, 30, tzinfo=ZoneInfo("America/Denver")),
        timezone="America/Denver",
        latitude_deg=np.full(cells + 1, 39.25),
        longitude_deg=np.full(cells + 1, -106.29),
        elevation_quality="composite",
    )
