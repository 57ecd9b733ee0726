"""A course as other programs read it: GPX with its waypoints, CSV of its profile."""

from __future__ import annotations

import csv
import io
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from pacecalc.planning.course import Course, Waypoint
from pacecalc.science.surfaces import SURFACES

POINT_SPACING_M = 20.0
"""Dense enough for bends where the course came with a track; else the line only joins known places."""


def course_to_gpx(course: Course) -> str:
    """GPX 1.1 with the course as one track and every waypoint beside it.

    A course that came without a track has positions only at known places; the line between them is straight, and the
    description says so.
    """
    step = max(1, round(POINT_SPACING_M / course.cell_m))
    index = np.unique(np.append(np.arange(0, len(course.edge_m), step), len(course.edge_m) - 1))
    points = zip(
        course.latitude_deg[index].tolist(),
        course.longitude_deg[index].tolist(),
        course.elevation_m[index].tolist(),
        strict=True,
    )
    about = (
        course.edition if course.bearing_deg is not None else "The line joins known places only; not for navigation."
    )
    kind = {"run": "running", "mtb": "mountain_biking", "ride": "cycling"}[course.sport]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="pacecalc" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<metadata><name>{_text(course.name)}</name><desc>{_text(about)}</desc></metadata>",
        *(_waypoint(course, waypoint) for waypoint in course.waypoints),
        f"<trk><name>{_text(course.name)}</name><type>{kind}</type><trkseg>",
        *(f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>{ele:.1f}</ele></trkpt>' for lat, lon, ele in points),
        "</trkseg></trk>",
        "</gpx>",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    # XML 1.0 has no way to write control characters
    return escape("".join(character for character in text if character >= " " or character in "\n\t"))


def _waypoint(course: Course, waypoint: Waypoint) -> str:
    if waypoint.latitude_deg is not None and waypoint.longitude_deg is not None:
        latitude, longitude = waypoint.latitude_deg, waypoint.longitude_deg
    else:
        edge = int(course.edge_at(waypoint.distance_m))
        latitude, longitude = float(course.latitude_deg[edge]), float(course.longitude_deg[edge])
    elevation = waypoint.elevation_m
    if elevation is None:
        elevation = float(course.elevation_at(waypoint.distance_m))
    where = f"lat={quoteattr(f'{latitude:.6f}')} lon={quoteattr(f'{longitude:.6f}')}"
    facts = [f"{waypoint.distance_m / 1000.0:.2f} km", waypoint.services, waypoint.note]
    description = _text("; ".join(fact for fact in facts if fact))
    return (
        f"<wpt {where}><ele>{elevation:.1f}</ele><name>{_text(waypoint.name)}</name>"
        f"<desc>{description}</desc><type>{_text(waypoint.kind)}</type></wpt>"
    )


def course_to_csv(course: Course) -> str:
    """One row a cell edge: distance, elevation, grade and surface of the cell behind it, position."""
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(["distance_m", "elevation_m", "grade", "surface", "latitude_deg", "longitude_deg"])
    grade = np.append(course.grade, course.grade[-1])
    surface = np.append(course.surface, course.surface[-1])
    rows = zip(
        course.edge_m.tolist(),
        course.elevation_m.tolist(),
        grade.tolist(),
        surface.tolist(),
        course.latitude_deg.tolist(),
        course.longitude_deg.tolist(),
        strict=True,
    )
    for along, height, slope, code, latitude, longitude in rows:
        table.writerow(
            [
                f"{along:.2f}",
                f"{height:.2f}",
                f"{slope:.4f}",
                SURFACES[code].name,
                f"{latitude:.6f}",
                f"{longitude:.6f}",
            ]
        )
    return buffer.getvalue()
