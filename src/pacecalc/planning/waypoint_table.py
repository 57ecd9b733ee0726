"""Waypoints from a CSV table: where they are along the course, or where on the map."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pacecalc.errors import DocumentError, Problem, UnitError
from pacecalc.tracks.cleaning import CleanLine
from pacecalc.tracks.snapping import snap_places
from pacecalc.tracks.track import Place
from pacecalc.units import to_si

COLUMNS = (
    "name",
    "at",
    "latitude",
    "longitude",
    "kind",
    "cutoff",
    "crew",
    "drop_bag",
    "stop",
    "water",
    "services",
    "pacer",
    "note",
)
"""`at` is a distance such as "12.6 mi"; `cutoff` an elapsed time such as "3:45". Empty cells are not known."""
DEFAULT_KIND = "aid"

Found = tuple[float, dict[str, object]]


def read_waypoint_table(path: Path, line: CleanLine, scale: float) -> tuple[list[Found], list[str]]:
    """Distance on the official axis and fields of every waypoint, and remarks on places that are off the line.

    Raises
    ------
    DocumentError
        With all problems of the table, by line.
    """
    rows = _read_rows(path)
    problems: list[Problem] = []
    found: list[Found] = []
    remarks: list[str] = []
    for number, row in rows:
        try:
            placed, lost = _place_row(row, line, scale)
        except (UnitError, ValueError) as error:
            problems.append(Problem(str(error), file=str(path), line=number))
            continue
        found += placed
        remarks += lost
    if problems:
        raise DocumentError(problems)
    return sorted(found, key=lambda each: each[0]), remarks


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    from pacecalc.documents.reading import read_text

    text = read_text(path)
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    try:
        header = [name.strip().lower() for name in reader.fieldnames or ()]
        rows = [
            (reader.line_num, {name: (value or "").strip() for name, value in zip(header, row.values(), strict=False)})
            for row in reader
            if "" not in row
        ]
    except csv.Error as error:
        raise DocumentError([Problem(f"not a CSV table ({error})", file=str(path), line=reader.line_num)]) from None
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or "name" not in header or not ({"at"} <= set(header) or {"latitude", "longitude"} <= set(header)):
        found = ", ".join(header[:20]) or "nothing"
        message = (
            f"found the columns {found}; expected name, and at (or latitude and longitude), of: {', '.join(COLUMNS)}"
        )
        raise DocumentError([Problem(message, file=str(path), line=1)])
    return rows


def _place_row(row: dict[str, str], line: CleanLine, scale: float) -> tuple[list[Found], tuple[str, ...]]:
    name = row["name"]
    if not name:
        raise ValueError("a waypoint without a name; write one")
    fields: dict[str, object] = {key: row[key] for key in COLUMNS[4:] if key != "cutoff" and row.get(key)}
    fields.setdefault("kind", DEFAULT_KIND)
    if row.get("cutoff"):
        fields["cutoff"] = {"elapsed": row["cutoff"]}
    if row.get("at"):
        distance = to_si(row["at"], "m", name="at", minimum=0.0)
        length_m = float(line.distance_m[-1]) * scale
        if distance > length_m * 1.001:
            raise ValueError(f"'{name}' at {row['at']} is beyond the finish at {length_m / 1000:.2f} km")
        return [(distance, {"name": name, **fields})], ()
    if not (row.get("latitude") and row.get("longitude")):
        raise ValueError(f"'{name}' has no place; write a distance under 'at', or latitude and longitude")
    place = Place(name, _degrees(row, "latitude", 90.0), _degrees(row, "longitude", 180.0))
    passes, lost = snap_places((place,), line)
    return [(each.distance_m * scale, {"name": each.name, **fields}) for each in passes], lost


def _degrees(row: dict[str, str], key: str, limit: float) -> float:
    try:
        value = float(row[key])
    except ValueError:
        raise ValueError(f"found '{row[key]}' under {key}; expected decimal degrees such as 39.24849") from None
    if not abs(value) <= limit:
        raise ValueError(f"{key} {row[key]} is not on the earth; expected {-limit:.0f} to {limit:.0f} degrees")
    return value
