"""Hourly forecasts: read from CSV or JSON (ours, or as Open-Meteo writes them), looked up at any moment.

Every column but the time carries its unit in its name: ``temperature_c``, ``wind_km_per_h`` or
``temperature_2m (degC)``.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike

from pacecalc.arrays import FloatArray, as_floats
from pacecalc.errors import DocumentError, Problem
from pacecalc.record import record

WIND_SHARE_AT_PERSON = 0.67
"""Wind at 1.5 m over wind at 10 m: logarithmic profile over short grass, roughness 0.03 m (a choice)."""

_DAY_S = 86400.0
_LONGEST_GAP_S = 6.0 * 3600.0


@record(kw_only=True)
class HourlyForecast:
    """Weather at rising UTC times; fields that the file did not hold are None.

    Between hours values are interpolated. After the last hour the last day repeats (or the last hour holds, when
    the forecast is shorter than a day); before the first hour the first holds.
    """

    unix_time_s: FloatArray
    temperature_c: FloatArray
    humidity_fraction: FloatArray | None = None
    wind_m_per_s: FloatArray | None = None
    wind_from_deg: FloatArray | None = None
    cloud_fraction: FloatArray | None = None
    radiation_w_per_m2: FloatArray | None = None
    elevation_m: float | None = None
    """Height the forecast is for, when it says so."""
    source: str = ""

    def temperature(self, unix_time_s: ArrayLike) -> FloatArray:
        return self._at(self.temperature_c, unix_time_s)

    def humidity(self, unix_time_s: ArrayLike) -> FloatArray:
        return self._at(_known(self.humidity_fraction), unix_time_s)

    def cloud(self, unix_time_s: ArrayLike) -> FloatArray:
        return self._at(_known(self.cloud_fraction), unix_time_s)

    def radiation(self, unix_time_s: ArrayLike) -> FloatArray:
        return self._at(_known(self.radiation_w_per_m2), unix_time_s)

    def wind(self, unix_time_s: ArrayLike) -> tuple[FloatArray, FloatArray | None]:
        """Speed and, when known, direction; directions turn the short way round."""
        speed = self._at(_known(self.wind_m_per_s), unix_time_s)
        if self.wind_from_deg is None:
            return speed, None
        angle = np.radians(self.wind_from_deg)
        east, north = self._at(np.sin(angle), unix_time_s), self._at(np.cos(angle), unix_time_s)
        return speed, np.degrees(np.arctan2(east, north)) % 360.0

    def low_and_high(self, start_unix_s: float) -> tuple[float, float]:
        """Lowest and highest temperature of the 24 h from the start."""
        values = self.temperature(start_unix_s + np.linspace(0.0, _DAY_S, 97))
        return float(values.min()), float(values.max())

    def covers(self, unix_time_s: float) -> bool:
        return bool(self.unix_time_s[0] - _LONGEST_GAP_S <= unix_time_s <= self.unix_time_s[-1])

    def _at(self, values: FloatArray, unix_time_s: ArrayLike) -> FloatArray:
        time = as_floats(unix_time_s)
        last = float(self.unix_time_s[-1])
        if last - float(self.unix_time_s[0]) >= _DAY_S - 3600.0:
            time = np.where(time > last, time - _DAY_S * np.ceil((time - last) / _DAY_S), time)
        return np.interp(time, self.unix_time_s, values)


def _known(values: FloatArray | None) -> FloatArray:
    if values is None:
        raise ValueError("this forecast has no such column")
    return values


def _times(factor: float) -> Callable[[float], float]:
    return lambda value: value * factor


_SPEEDS = {
    "m_per_s": _times(1.0),
    "km_per_h": _times(1.0 / 3.6),
    "mph": _times(0.44704),
    "kn": _times(1852.0 / 3600.0),
}
_SHARES = {"fraction": _times(1.0), "percent": _times(0.01)}
_UNITS: dict[str, dict[str, Callable[[float], float]]] = {
    "temperature": {"c": _times(1.0), "f": lambda value: (value - 32.0) / 1.8},
    "humidity": _SHARES,
    "wind": _SPEEDS,
    "wind_from": {"deg": _times(1.0)},
    "cloud": _SHARES,
    "radiation": {"w_per_m2": _times(1.0)},
}
_FIELDS = {
    "temperature": "temperature_c",
    "humidity": "humidity_fraction",
    "wind": "wind_m_per_s",
    "wind_from": "wind_from_deg",
    "cloud": "cloud_fraction",
    "radiation": "radiation_w_per_m2",
}
_LIMITS = {
    "temperature": (-60.0, 60.0),
    "humidity": (0.0, 1.0),
    "wind": (0.0, 80.0),
    "wind_from": (0.0, 360.0),
    "cloud": (0.0, 1.0),
    "radiation": (0.0, 1500.0),
}
_OTHER_NAMES = {
    "temperature_2m": "temperature",
    "relative_humidity_2m": "humidity",
    "relativehumidity_2m": "humidity",
    "wind_speed_10m": "wind",
    "windspeed_10m": "wind",
    "wind_direction_10m": "wind_from",
    "winddirection_10m": "wind_from",
    "cloud_cover": "cloud",
    "cloudcover": "cloud",
    "shortwave_radiation": "radiation",
}
_UNIT_SPELLINGS = {
    "°c": "c", "degc": "c", "°f": "f", "degf": "f", "%": "percent", "1": "fraction", "m/s": "m_per_s", "ms": "m_per_s",
    "km/h": "km_per_h", "kmh": "km_per_h", "mp/h": "mph", "kt": "kn", "knots": "kn", "°": "deg", "w/m²": "w_per_m2",
    "w/m2": "w_per_m2", "w/m^2": "w_per_m2",
}  # fmt: skip
_EXAMPLE = "time,temperature_c,humidity_percent,wind_m_per_s,wind_from_deg,cloud_percent"


@record()
class _Column:
    field: str
    convert: Callable[[float], float]
    factor: float


def load_forecast(path: str | Path, timezone: str) -> HourlyForecast:
    """Read an hourly forecast; times without an offset are local to ``timezone``.

    Raises
    ------
    DocumentError
        With every problem found, as ``file:line: message``.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _refusal(file, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise _refusal(file, "is not a text file: expected a forecast as CSV or JSON") from error
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(file, text, timezone)
    return _read_csv(file, text, timezone)


def _refusal(file: Path, message: str, line: int | None = None) -> DocumentError:
    return DocumentError([Problem(message, file=str(file), line=line)])


def _read_csv(file: Path, text: str, timezone: str) -> HourlyForecast:
    lines = list(csv.reader(text.splitlines()))
    header_at = next((i for i, row in enumerate(lines) if row and row[0].strip().lower() == "time"), None)
    if header_at is None:
        raise _refusal(file, f"no column called time: the first line names the columns, as in  {_EXAMPLE}", 1)
    header = [cell.strip() for cell in lines[header_at]]
    columns = _columns(file, header[1:], header_at + 1)
    rows: list[tuple[int, Sequence[Any]]] = []
    for number, row in enumerate(lines[header_at + 1 :], start=header_at + 2):
        if any(cell.strip() for cell in row):
            rows.append((number, row))
    return _assemble(file, columns, rows, timezone, _csv_elevation(lines[:header_at]))


def _csv_elevation(preamble: list[list[str]]) -> float | None:
    """The height of the grid point, which Open-Meteo writes above the table."""
    for names, values in pairwise(preamble):
        if "elevation" in names and len(values) > names.index("elevation"):
            return _number(values[names.index("elevation")])
    return None


def _read_json(file: Path, text: str, timezone: str) -> HourlyForecast:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refusal(file, f"is not JSON: {error.msg}", error.lineno) from error
    elevation = None
    units: Mapping[str, Any] = {}
    if isinstance(content, dict):
        elevation = _number(content.get("elevation", content.get("elevation_m")))
        units = content.get("hourly_units", {}) if isinstance(content.get("hourly_units", {}), dict) else {}
        content = content.get("hourly", content)
    if isinstance(content, list) and content and all(isinstance(row, dict) for row in content):
        names = list(dict.fromkeys(key for row in content for key in row))
        table = {name: [row.get(name) for row in content] for name in names}
    elif isinstance(content, dict) and all(isinstance(content.get(k), list) for k in content if k in ("time",)):
        table = {name: values for name, values in content.items() if isinstance(values, list)}
    else:
        table = {}
    if "time" not in table:
        raise _refusal(file, "holds no hours: expected a list of objects with time and temperature_c, or one list each")
    names = [name for name in table if name != "time"]
    lengths = {len(values) for values in table.values()}
    if len(lengths) > 1:
        raise _refusal(
            file, f"its lists have different lengths ({', '.join(map(str, sorted(lengths)))}): give one value an hour"
        )
    headers = [f"{name} ({units[name]})" if name in units else name for name in names]
    columns = _columns(file, headers, None)
    rows = [(i + 1, [table["time"][i], *(table[name][i] for name in names)]) for i in range(lengths.pop())]
    return _assemble(file, columns, rows, timezone, elevation, line_word="hour")


def _columns(file: Path, names: Sequence[str], line: int | None) -> list[_Column | None]:
    problems: list[Problem] = []
    columns: list[_Column | None] = []
    for name in names:
        column, complaint = _column(name)
        columns.append(column)
        if complaint:
            problems.append(Problem(complaint, file=str(file), line=line))
    found = [column.field for column in columns if column is not None]
    if not problems and "temperature" not in found:
        problems.append(Problem(f"no temperature: expected columns such as  {_EXAMPLE}", file=str(file), line=line))
    doubled = sorted({field for field in found if found.count(field) > 1})
    problems += [
        Problem(f"two columns hold the {field}: leave one out", file=str(file), line=line) for field in doubled
    ]
    if problems:
        raise DocumentError(problems)
    return columns


def _column(name: str) -> tuple[_Column | None, str]:
    """The column a heading stands for; None for a heading that is none of ours (kept, not read)."""
    match = re.fullmatch(r"\s*([^(]+?)\s*(?:\(([^)]*)\))?\s*", name.lower())
    if match is None:
        return None, ""
    stem, unit = match.group(1), match.group(2)
    field = _OTHER_NAMES.get(stem, stem if stem in _FIELDS else None)
    if field is None and unit is None:
        for candidate in sorted(_FIELDS, key=len, reverse=True):
            if stem.startswith(candidate + "_") and stem[len(candidate) + 1 :] in _UNITS[candidate]:
                field, unit = candidate, stem[len(candidate) + 1 :]
                break
    if field is None:
        return None, ""
    spelled = _UNIT_SPELLINGS.get((unit or "").strip(), (unit or "").strip())
    if spelled not in _UNITS[field]:
        options = " or ".join(f"{field}_{option}" for option in _UNITS[field])
        return None, f"column {name!r} has {'no unit' if not unit else f'an unknown unit {unit!r}'}: write {options}"
    lifted = WIND_SHARE_AT_PERSON if stem in ("wind_speed_10m", "windspeed_10m") else 1.0
    return _Column(field, _UNITS[field][spelled], lifted), ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _assemble(
    file: Path,
    columns: Sequence[_Column | None],
    rows: Sequence[tuple[int, Sequence[Any]]],
    timezone: str,
    elevation_m: float | None,
    line_word: str = "",
) -> HourlyForecast:
    problems: list[Problem] = []

    def complain(number: int, message: str) -> None:
        where = f"{line_word} {number}: " if line_word else ""
        problems.append(Problem(where + message, file=str(file), line=None if line_word else number))

    times: list[float] = []
    series: dict[str, list[float]] = {column.field: [] for column in columns if column is not None}
    zone = ZoneInfo(timezone)
    for number, row in rows:
        moment = _moment(row[0], zone)
        if moment is None:
            complain(number, f"time {row[0]!r} is not a time: write 2026-08-15T06:00 (local) or with an offset")
            continue
        if times and moment <= times[-1]:
            complain(number, f"time {row[0]!r} is not after the hour before it: put the hours in order")
        elif times and moment - times[-1] > _LONGEST_GAP_S:
            complain(number, f"more than 6 h lie between {row[0]!r} and the hour before it: fill the gap")
        times.append(moment)
        for position, column in enumerate(columns, start=1):
            if column is not None:
                series[column.field].append(_value(column, row, position, number, complain))
    if len(times) < 2 and not problems:
        problems.append(Problem(f"holds {len(times)} hour(s): a forecast needs two or more", file=str(file)))
    if problems:
        raise DocumentError(problems)
    arrays: dict[str, Any] = {_FIELDS[field]: np.array(values) for field, values in series.items()}
    return HourlyForecast(unix_time_s=np.array(times), elevation_m=elevation_m, source=file.name, **arrays)


def _value(
    column: _Column, row: Sequence[Any], position: int, number: int, complain: Callable[[int, str], None]
) -> float:
    raw = row[position] if position < len(row) else ""
    value = _number(raw)
    if value is None:
        shown = "nothing" if raw in ("", None) else repr(raw)
        complain(number, f"{column.field} is {shown}: expected a number")
        return math.nan
    converted = column.convert(value)
    low, high = _LIMITS[column.field]
    if not low <= converted <= high:
        complain(number, f"{column.field} {value:g} is out of range: check the unit in the heading")
    return converted * column.factor


def _moment(value: object, zone: ZoneInfo) -> float | None:
    """UTC seconds of an ISO time; a number is already that."""
    number = _number(value) if not isinstance(value, str) else None
    if number is not None:
        return number
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC).timestamp()
