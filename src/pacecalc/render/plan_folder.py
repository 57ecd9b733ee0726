"""A folder with one plan for each athlete of a group: whole files only, none lost or made twice after a crash."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from pacecalc.documents.writing import write_atomically
from pacecalc.errors import DocumentError, PacecalcError, Problem, UsageError
from pacecalc.planning.choices import FilePath, RaceChoices
from pacecalc.planning.field import FieldResult, PacedAthlete, plan_entrant
from pacecalc.planning.field_table import Entrant
from pacecalc.planning.records import RacePlan
from pacecalc.planning.spelling import spell_time
from pacecalc.record import record
from pacecalc.render.formats import FORMATS, render_format
from pacecalc.render.wording import System

INDEX = "batch-index.jsonl"
"""What was made from what, one JSON object a line; a line cut short by a crash is as if it were not there."""
SUMMARY = "summary.csv"
SPLITS = "splits.csv"
LONGEST_NAME = 60


@record(kw_only=True)
class SummaryRow:
    """One athlete of a group in one line."""

    name: str
    line: int | None = None
    file: str = ""
    goal: str = ""
    finish: str = ""
    finish_s: float | None = None
    finish_p10_s: float | None = None
    finish_p90_s: float | None = None
    finish_probability: float | None = None
    tightest_at: str = ""
    tightest_margin_s: float | None = None
    legal: bool | None = None
    problem: str = ""


@record(kw_only=True)
class Printing:
    """How the plans of a group are made and written."""

    course: str
    format: str
    units: System
    common: RaceChoices


@record(kw_only=True)
class Errand:
    """One athlete, and the file their plan goes to."""

    entrant: Entrant
    path: Path
    inputs: str
    """Fingerprint of everything the plan is made from."""


def name_files(entrants: Sequence[Entrant], ending: str) -> list[str]:
    """A file name for each athlete, in plain letters; the second of a name gets ``-2``."""
    names, used = [], set[str]()
    for entrant in entrants:
        stem = slug = _slugify(entrant.name)
        number = 1
        while slug in used:
            number += 1
            slug = f"{stem}-{number}"
        used.add(slug)
        names.append(slug + ending)
    return names


def _slugify(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or "athlete"


class PlanFolder:
    """The folder and its index."""

    def __init__(self, path: Path, printing: Printing) -> None:
        self.path, self.printing = path, printing
        self._known: dict[str, dict[str, Any]] = {}

    def open(self) -> None:
        """Make the folder if need be, and read what an earlier run left.

        Raises
        ------
        DocumentError
            When it cannot be made or written to.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            text = (self.path / INDEX).read_text(encoding="utf-8") if (self.path / INDEX).exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise DocumentError([Problem(f"cannot be used: {reason.lower()}", file=str(self.path))]) from None
        for line in text.splitlines():
            try:
                record = json.loads(line)
                self._known[record["file"]] = record
            except (ValueError, KeyError, TypeError):
                continue

    def assign(self, entrants: Sequence[Entrant], *, force: bool) -> tuple[list[Errand], list[SummaryRow]]:
        """What is left to do, and the rows of plans that stand already.

        Raises
        ------
        UsageError
            When a file is in the way that no earlier run made.
        """
        shared = self._fingerprint_of_all()
        errands, done, strange = [], [], []
        for entrant, name in zip(entrants, name_files(entrants, self._ending), strict=True):
            errand = Errand(entrant=entrant, path=self.path / name, inputs=_fingerprint(shared, entrant))
            record = self._known.get(name)
            kept = None if force or record is None else _kept_row(record, errand)
            if kept is not None:
                done.append(kept)
                continue
            if record is None and errand.path.exists() and not force:
                strange.append(name)
            errands.append(errand)
        if strange:
            shown = ", ".join(strange[:3]) + (f" and {len(strange) - 3} more" if len(strange) > 3 else "")
            raise UsageError(
                f"{self.path}: {shown} not made by an earlier run; choose another folder, or add --force to replace"
            )
        # From now on these names are ours: a file found there after a crash may be replaced.
        self._append({"file": errand.path.name} for errand in errands if errand.path.name not in self._known)
        return errands, done

    def note(self, errand: Errand, row: SummaryRow) -> None:
        """Remember a finished plan."""
        if not row.problem:
            self._append([{"file": errand.path.name, "inputs": errand.inputs, "row": asdict(row)}])

    def write_summary(self, rows: Iterable[SummaryRow]) -> Path:
        """All athletes in one table."""
        return write_table(self.path / SUMMARY, [f.name for f in fields(SummaryRow)], [asdict(row) for row in rows])

    @property
    def _ending(self) -> str:
        return FORMATS[self.printing.format].endings[0]

    def _append(self, records: Iterable[Mapping[str, Any]]) -> None:
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        if not lines:
            return
        path = self.path / INDEX
        try:
            # A line cut short by a crash must not swallow the next one.
            torn = path.exists() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
            with open(path, "a", encoding="utf-8") as stream:
                stream.write(("\n" if torn else "") + lines)
        except OSError as error:
            raise DocumentError([Problem(f"cannot be written: {error.strerror}", file=str(path))]) from None

    def _fingerprint_of_all(self) -> str:
        from pacecalc import __version__

        printing = self.printing
        said = {key: str(value) for key, value in sorted(printing.common.items()) if value is not None}
        files = [printing.course, *(str(v) for k, v in printing.common.items() if k in _FILES and v is not None)]
        return repr((__version__, printing.format, printing.units, said, [_digest_file(f) for f in files]))


_FILES = ("athlete", "day", "pantry", "forecast")


def _fingerprint(shared: str, entrant: Entrant) -> str:
    own = [_digest_file(path) for path in entrant.named_files()]
    return hashlib.sha256(repr((shared, sorted(entrant.written.items()), own)).encode()).hexdigest()


def _digest_file(path: FilePath) -> str:
    """Digest of what a file holds, of a bundled course by its name; of nothing when it cannot be read."""
    from pacecalc.documents.library import find_profile

    try:
        found = Path(path) if os.path.exists(path) else find_profile(path)
        return hashlib.sha256(found.read_bytes()).hexdigest()
    except (OSError, PacecalcError):
        return ""


def _kept_row(record: Mapping[str, Any], errand: Errand) -> SummaryRow | None:
    """The row of a plan that need not be made again."""
    if record.get("inputs") != errand.inputs or not errand.path.is_file():
        return None
    try:
        return SummaryRow(**{**record["row"], "line": errand.entrant.line})
    except (KeyError, TypeError):
        return None


def run_errand(printing: Printing, errand: Errand) -> SummaryRow:
    """Plan, render and write for one athlete."""
    result = plan_entrant(printing.course, errand.entrant, common=printing.common)
    if result.plan is None:
        return summarise(result)
    try:
        content = render_format(result.plan, printing.format, units=printing.units)
        # Whether it may be replaced was settled when the errand was given.
        write_atomically(errand.path, content, force=True)
    except PacecalcError as error:
        return SummaryRow(name=result.name, line=result.line, problem=errand.entrant.place(str(error)))
    return summarise(result, file=errand.path.name)


def summarise(result: FieldResult, *, file: str = "") -> SummaryRow:
    """One line of what became of one athlete."""
    made: RacePlan | PacedAthlete | None = result.plan or result.paced
    if made is None:
        return SummaryRow(name=result.name, line=result.line, problem=result.problem)
    limits = [(w.margin_s, w.name) for w in made.waypoints if w.margin_s is not None]
    margin_s, place = min(limits) if limits else (None, "")
    risk = made.risk
    return SummaryRow(
        name=result.name,
        line=result.line,
        file=file,
        goal=spell_time(made.goal_s),
        finish=spell_time(made.finish_s),
        finish_s=round(made.finish_s, 1),
        finish_p10_s=None if risk is None else round(risk.finish_p10_s, 1),
        finish_p90_s=None if risk is None else round(risk.finish_p90_s, 1),
        finish_probability=None if risk is None else risk.finish_probability,
        tightest_at=place,
        tightest_margin_s=None if margin_s is None else round(margin_s, 1),
        legal=made.legal,
    )


SPLIT_COLUMNS = (
    "athlete",
    "waypoint",
    "distance_m",
    "arrive_s",
    "arrive_clock",
    "leave_s",
    "cutoff_s",
    "margin_s",
    "arrive_p10_s",
    "arrive_p90_s",
    "miss_probability",
)


def write_splits(path: Path, results: Iterable[FieldResult]) -> Path:
    """Every place of every athlete in one long table."""
    rows = []
    for result in results:
        for point in () if result.paced is None else result.paced.waypoints:
            own = {key: getattr(point, key) for key in SPLIT_COLUMNS[2:]}
            own["arrive_clock"] = point.arrive_clock.isoformat(timespec="seconds")
            rows.append({"athlete": result.name, "waypoint": point.name, **own})
    return write_table(path, SPLIT_COLUMNS, rows)


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Path:
    """A CSV file, whole; a table of an earlier run is replaced."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return write_atomically(path, text.getvalue(), force=True)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{round(value, 6):.10g}"
    text = " | ".join(str(value).splitlines())
    # A spreadsheet must not take a name for a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
