"""A group of athletes as a CSV table: who races, and what each of them says in place of what all say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pacecalc.errors import DocumentError, Problem, UsageError
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.records import Sport
from pacecalc.record import record

if TYPE_CHECKING:
    from pacecalc.documents.athlete import AthleteDocument

ATHLETE_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "mass": ("mass",),
    "height": ("height",),
    "age": ("age",),
    "sex": ("sex",),
    "home_elevation": ("home_elevation",),
    "days_at_altitude": ("days_at_altitude",),
    "heat_acclimatised": ("heat_acclimatised",),
    "experience": ("experience",),
    "spread": ("spread",),
    "index": ("run", "utmb_index"),
    "ftp": ("ride", "threshold_power"),
    "bike": ("ride", "bike"),
    "skill": ("ride", "skill"),
    "preset": ("ride", "preset"),
    "bottles": ("fuel", "bottles"),
    "carbohydrate_limit": ("fuel", "carbohydrate_limit"),
    "sweat_sodium": ("fuel", "sweat_sodium"),
}
"""Columns that say who the athlete is, and where an athlete file says the same."""
CHOICE_COLUMNS = {"mass": "mass", "threshold_power": "ftp", "index": "index"}
"""Options of a plan that are also columns of the athlete."""
FILE_COLUMNS = ("athlete", "day", "pantry", "forecast")
"""Paths, from the folder of the table."""
WRITTEN_COLUMNS = (
    "goal",
    "date",
    "low",
    "high",
    "humidity",
    "wind",
    "wind_from",
    "cloud",
    "start_delay",
    "wave",
    "margin",
    "fade",
    "pacing",
)
LIST_COLUMNS = ("results", "stops")
"""Several values in one cell, with a semicolon between them."""
SWITCH_COLUMNS = ("ignore_cutoffs", "assume_water_only")
NUMBER_COLUMNS = ("seed",)
COLUMNS = (*ATHLETE_COLUMNS, *FILE_COLUMNS, *WRITTEN_COLUMNS, *LIST_COLUMNS, *SWITCH_COLUMNS, *NUMBER_COLUMNS)
MOST_ATHLETES = 100_000
_SWITCHES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@record(kw_only=True)
class Entrant:
    """One athlete of a group, as written."""

    name: str
    written: Mapping[str, str]
    """By column; what is empty is not there."""
    file: str = ""
    line: int | None = None

    def place(self, message: str) -> str:
        """A message with the place of the row, on each of its lines."""
        where = f"{self.file}:{self.line}: " if self.line is not None else f"{self.name}: "
        return "\n".join(
            line if self.file and line.startswith(f"{self.file}:") else where + line for line in message.splitlines()
        )

    def named_files(self) -> tuple[Path, ...]:
        """The files this row names."""
        return tuple(self._path(column) for column in FILE_COLUMNS if column in self.written)

    def _path(self, column: str) -> Path:
        return Path(self.file).parent / self.written[column] if self.file else Path(self.written[column])

    def choices(self, common: RaceChoices, sport: Sport) -> RaceChoices:
        """What this athlete chooses: the row before what is common to all.

        Raises
        ------
        PacecalcError
            With all problems of the row.
        """
        said: dict[str, Any] = {key: self.written[key] for key in WRITTEN_COLUMNS if key in self.written}
        said |= {key: str(self._path(key)) for key in ("day", "pantry", "forecast") if key in self.written}
        said |= {key: self._switch(key) for key in SWITCH_COLUMNS if key in self.written}
        if "seed" in self.written:
            said["seed"] = self._whole("seed")
        if "results" in self.written:
            said["results"] = _split(self.written["results"])
        if "stops" in self.written:
            said["stops"] = {**(common.get("stops") or {}), **self._stops()}
        who = self._athlete(common, sport)
        # What all share must not override what this athlete says.
        rest = {key: value for key, value in common.items() if CHOICE_COLUMNS.get(key) not in self.written}
        return RaceChoices(**{**rest, **said, "athlete": who})  # type: ignore[typeddict-item]

    def _athlete(self, common: RaceChoices, sport: Sport) -> Athlete:
        from pacecalc.planning.resolve import collect_values, load_athlete, override_athlete

        given = common.get("athlete")
        path = self._path("athlete") if "athlete" in self.written else given
        own = collect_values(self._read_document())
        if isinstance(path, Athlete):
            return override_athlete(path, **own)
        return load_athlete(path, sport=sport, **own)

    def _read_document(self) -> AthleteDocument:
        from pacecalc.documents.athlete import AthleteDocument
        from pacecalc.documents.messages import find_problems

        data: dict[str, Any] = {}
        for column, place in ATHLETE_COLUMNS.items():
            if column in self.written:
                level = data
                for key in place[:-1]:
                    level = level.setdefault(key, {})
                level[place[-1]] = self.written[column]
        document, problems = find_problems(AthleteDocument, data, None, "")
        if document is None:
            raise DocumentError([Problem(p.message, p.path, self.file, self.line) for p in problems])
        return document

    def _switch(self, column: str) -> bool:
        found = _SWITCHES.get(self.written[column].lower())
        if found is None:
            raise UsageError(f"{column}: found '{self.written[column]}'; expected yes or no")
        return found

    def _whole(self, column: str) -> int:
        text = self.written[column]
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise UsageError(f"{column}: found '{text}'; expected a whole number such as 1")
        return int(text)

    def _stops(self) -> dict[str, str]:
        stops = {}
        for text in _split(self.written["stops"]):
            name, sign, duration = text.rpartition("=")
            if not sign or not name.strip():
                raise UsageError(f"stops: found '{text}'; expected NAME=DURATION, such as Twin Lakes (out)=8min")
            stops[name.strip()] = duration.strip()
        return stops


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def list_entrants(rows: Iterable[Mapping[str, str]]) -> tuple[Entrant, ...]:
    """Entrants from mappings of column to text, such as ``{"name": "Ann", "goal": "24:00", "mass": "60 kg"}``.

    Raises
    ------
    UsageError
        For a column that does not exist, or an athlete without a name.
    """
    found = []
    for number, row in enumerate(rows, 1):
        unknown = [key for key in row if key not in COLUMNS]
        if unknown:
            raise UsageError(f"athlete {number}: unknown column '{unknown[0]}'; known are {', '.join(COLUMNS)}")
        written = {key: str(value).strip() for key, value in row.items() if str(value).strip()}
        if "name" not in written:
            raise UsageError(f"athlete {number} has no name")
        found.append(Entrant(name=written["name"], written=written))
    return tuple(found)


def read_entrants(path: Path) -> tuple[tuple[Entrant, ...], tuple[Problem, ...]]:
    """Athletes of a CSV table with a header, and the rows that are none.

    Raises
    ------
    DocumentError
        When the file cannot be read, is no CSV, or its header is not understood.
    """
    from pacecalc.documents.reading import read_text

    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    entrants: list[Entrant] = []
    problems: list[Problem] = []
    try:
        header = _check_header([name.strip().lower().replace(" ", "_") for name in next(reader, [])], str(path))
        for cells in reader:
            written = [cell.strip() for cell in cells]
            if not any(written):
                continue
            if len(entrants) + len(problems) >= MOST_ATHLETES:
                raise DocumentError([Problem(f"more than {MOST_ATHLETES:,} athletes", file=str(path))])
            message = _row_fault(header, written)
            if message:
                problems.append(Problem(message, file=str(path), line=reader.line_num))
                continue
            row = {column: text for column, text in zip(header, written, strict=False) if text}
            entrants.append(Entrant(name=row["name"], written=row, file=str(path), line=reader.line_num))
    except csv.Error as error:
        raise DocumentError([Problem(f"not a CSV table ({error})", file=str(path), line=reader.line_num)]) from None
    if not entrants and not problems:
        raise DocumentError([Problem("no athletes; write one row for each below the header", file=str(path))])
    return tuple(entrants), tuple(problems)


def _check_header(header: list[str], file: str) -> list[str]:
    from pacecalc.documents.messages import suggest

    if "name" not in header:
        found = ", ".join(header[:12]) or "nothing"
        message = f"the first line is the header and must hold 'name'; found {found[:120]}"
        raise DocumentError([Problem(message, file=file, line=1)])
    problems = []
    for index, column in enumerate(header):
        if column not in COLUMNS:
            hint = suggest(column, COLUMNS) or f"; known are {', '.join(COLUMNS)}"
            problems.append(Problem(f"unknown column '{column[:60]}'{hint}", file=file, line=1))
        elif column in header[:index]:
            problems.append(Problem(f"the column '{column}' is there twice; keep one", file=file, line=1))
    if problems:
        raise DocumentError(problems)
    return header


def _row_fault(header: list[str], written: list[str]) -> str:
    if len(written) > len(header):
        return f"{len(written)} cells under {len(header)} columns; put a value that holds a comma in quotes"
    row = dict(zip(header, written, strict=False))
    return "" if row.get("name") else "an athlete without a name; write one"
