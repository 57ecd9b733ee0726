"""A log of splits: one line each, only ever appended to, on the disk before anything else is done with it.

CSV with the columns ``at``, ``elapsed`` or ``clock``, and ``left``; or YAML, a list of the same. A line that a crash
cut short is left out and said; every whole line before it counts.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from pacecalc.documents.tree import Mapping, Scalar, Sequence, grow_tree
from pacecalc.errors import DocumentError, PacecalcError, Problem
from pacecalc.planning.course import Course
from pacecalc.planning.records import RacePlan, Split
from pacecalc.planning.split_times import read_split
from pacecalc.record import record

COLUMNS = ("at", "elapsed", "clock", "left")
HEADER = "at,elapsed,clock,left"
YAML_ENDINGS = (".yaml", ".yml")
MAXIMUM_BYTES = 1_000_000


@record()
class LoggedSplit:
    """One line of the log as it is written."""

    line: int
    at: str
    elapsed: str
    clock: str
    left: str
    torn: bool = False
    """The last line, without its end: a crash may have cut it."""


@record()
class SplitsLog:
    """The splits of a log, and what was left out."""

    splits: tuple[Split, ...]
    remarks: tuple[str, ...]


def read_log(path: Path, plan: RacePlan, course: Course) -> SplitsLog:
    """Splits of a log file; a file that does not exist yet is an empty log.

    Raises
    ------
    DocumentError
        All lines that cannot be used, at once.
    """
    if not path.exists():
        return SplitsLog((), ())
    text = _read_text(path)
    rows, remarks = (_read_yaml if _is_yaml(path) else _read_csv)(text, str(path))
    splits, problems = [], []
    for row in rows:
        try:
            splits.append(
                read_split(
                    plan,
                    course,
                    row.at,
                    clock=row.clock or None,
                    elapsed=row.elapsed or None,
                    left=row.left or None,
                )
            )
        except PacecalcError as error:
            if row.torn:
                remarks.append(f"{path}:{row.line}: this line is cut short and left out: {row.at}")
            else:
                problems.append(Problem(str(error), file=str(path), line=row.line))
    if problems:
        raise DocumentError(problems)
    return SplitsLog(tuple(splits), tuple(remarks))


def append_split(path: Path, split: Split) -> None:
    """Add one split; when this returns it is on the disk. Nothing that was there is touched.

    Raises
    ------
    DocumentError
        When the file cannot be written.
    """
    arrive, leave = _spell(split.arrive_s), "" if split.leave_s is None else _spell(split.leave_s)
    if _is_yaml(path):
        line = f'- {{at: "{_escape(split.name)}", elapsed: "{arrive}"' + (f', left: "{leave}"}}' if leave else "}")
        first = ""
    else:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="").writerow([split.name, arrive, "", leave])
        line, first = buffer.getvalue(), f"{HEADER}\n"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "rb+", buffering=0) as stream:
            size = stream.seek(0, os.SEEK_END)
            lead = first if size == 0 else ""
            if size > 0:
                stream.seek(size - 1)
                # a crash may have cut the last line: it keeps a line of its own
                lead = "" if stream.read(1) == b"\n" else "\n"
            stream.write(f"{lead}{line}\n".encode())
            os.fsync(stream.fileno())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentError([Problem(f"the split cannot be written: {reason}", file=str(path))]) from None


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in YAML_ENDINGS


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError([Problem((error.strerror or str(error)).lower(), file=str(path))]) from None
    if len(data) > MAXIMUM_BYTES:
        raise DocumentError([Problem("is too large for a log of splits (over 1 MB)", file=str(path))])
    return data.decode("utf-8-sig", errors="replace").replace("\0", "�")


def _read_csv(text: str, file: str) -> tuple[list[LoggedSplit], list[str]]:
    rows: list[LoggedSplit] = []
    remarks: list[str] = []
    lines = text.splitlines(keepends=True)
    header: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        fields = [field.strip() for field in next(csv.reader([line]), [])]
        if not any(fields):
            continue
        if header is None:
            header = [field.lower() for field in fields]
            if "at" not in header or not {"elapsed", "clock"} & set(header) or set(header) - set(COLUMNS):
                raise DocumentError(
                    [Problem(f"the first line must name the columns: {HEADER} (elapsed or clock)", file=file, line=1)]
                )
            continue
        torn = not line.endswith("\n") and number == len(lines)
        if len(fields) != len(header):
            if not torn and len(fields) > len(header):
                raise DocumentError(
                    [Problem(f"{len(fields)} values for {len(header)} columns", file=file, line=number)]
                )
            remarks.append(f"{file}:{number}: this line is cut short and left out: {line.strip()}")
            continue
        values = dict(zip(header, fields, strict=True))
        at, elapsed, clock, left = (values.get(column, "") for column in COLUMNS)
        rows.append(LoggedSplit(number, at, elapsed, clock, left, torn))
    return rows, remarks


def _read_yaml(text: str, file: str) -> tuple[list[LoggedSplit], list[str]]:
    remarks: list[str] = []
    lines = text.splitlines()
    try:
        tree = grow_tree(text, file=file)
    except DocumentError:
        # A crash can only have cut the line that was being written: read what stands before it.
        whole = [line for line in lines if not (line.startswith("- {") and not line.rstrip().endswith("}"))]
        if len(whole) == len(lines):
            raise
        tree = grow_tree("\n".join(whole) + "\n", file=file)
        remarks += [f"{file}: this line is cut short and left out: {line}" for line in lines if line not in whole]
    if tree is None:
        return [], remarks
    if not isinstance(tree, Sequence):
        raise DocumentError([Problem('expected a list of splits: - {at: "May Queen", elapsed: "2:51"}', file=file)])
    empty = [item for item in tree.items if isinstance(item, Scalar) and item.empty]
    remarks += [f"{file}:{item.line}: this line is cut short and left out" for item in empty]
    return [_read_entry(item, file) for item in tree.items if item not in empty], remarks


def _read_entry(item: object, file: str) -> LoggedSplit:
    if not isinstance(item, Mapping) or set(item.entries) - set(COLUMNS) or "at" not in item.entries:
        line = getattr(item, "line", None)
        raise DocumentError(
            [Problem('expected {at: place, elapsed: "h:mm"} or clock, and perhaps left', file=file, line=line)]
        )
    values = [item.entries.get(column) for column in COLUMNS]
    at, elapsed, clock, left = (node.text if isinstance(node, Scalar) and not node.empty else "" for node in values)
    return LoggedSplit(item.line, at, elapsed, clock, left)


def _spell(seconds: float) -> str:
    """Hours, minutes and seconds, to the tenth when there is one."""
    tenths = round(seconds * 10.0)
    text = f"{tenths // 36000:d}:{tenths // 600 % 60:02d}:{tenths // 10 % 60:02d}"
    return text if tenths % 10 == 0 else f"{text}.{tenths % 10}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
