"""Everything that can go wrong with what a user gives, as one exception tree and one record.

A problem is collected as data and turned into text last, so that a file with five mistakes reports all five.
This module imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from pacecalc.record import record


@record()
class Problem:
    """One thing that is wrong (or doubtful) in what a user gave.

    ``message`` says what was found, what was expected and what to write instead, in one line. ``path`` is the place
    inside a document (``waypoints[3].cutoff.elapsed``); ``file``, ``line`` and ``column`` (both counted from 1) say
    where it stands. ``doubt`` marks a finding that does not stop the work.
    """

    message: str
    path: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    doubt: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        return ": ".join(part for part in (place, self.path, self.message) if part)


class PacecalcError(Exception):
    """Base of every error pacecalc raises on purpose; its text is one clear line per problem."""

    exit_code = 3


class UsageError(PacecalcError, ValueError):
    """Options or arguments that do not go together."""

    exit_code = 2


class UnitError(PacecalcError, ValueError):
    """A quantity without a unit, in an unknown unit, or of the wrong kind."""


class DocumentError(PacecalcError, ValueError):
    """A written document (course profile, athlete, race day, pantry, plan) that cannot be used as it is."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TrackError(PacecalcError, ValueError):
    """A GPX, TCX or FIT file that cannot be read as a course."""


class CourseError(PacecalcError, ValueError):
    """A course that is unknown, or whose facts contradict each other."""


class GoalError(PacecalcError, ValueError):
    """A goal that is missing, later than a cutoff, or faster than anyone can go."""


class IntakeError(PacecalcError, ValueError):
    """No intake meets the hard safety bounds; the text names the binding stretch and amount."""


class MissingExtraError(PacecalcError, ImportError):
    """An optional library is not installed; the text holds the line that installs it."""

    def __init__(self, feature: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{feature} needs an optional library: install it with  pip install 'pacecalc[{extra}]'")
