"""How the text of one scalar is read: with its unit, to one SI number, or refused in one line."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from pydantic_core import PydanticCustomError, core_schema

from pacecalc.documents.messages import describe, suggest
from pacecalc.documents.tree import shorten
from pacecalc.errors import UnitError
from pacecalc.record import record
from pacecalc.units import to_si

LONGEST_RACE_S = 30 * 86400.0
LONGEST_MESSAGE = 400


def refuse(message: str, **context: Any) -> PydanticCustomError:
    """An error whose text is already ours."""
    # what was found is repeated in the message, and may hold anything
    return PydanticCustomError("pacecalc", "{message}", {"message": shorten(message, LONGEST_MESSAGE), **context})


class Reader(ABC):
    """Base of the readers: pydantic calls ``read`` with the text, the schema shows ``schema``."""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """The value of a text, or an error from ``refuse``."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return self.schema()


def text_of(value: Any, expected: str) -> str:
    """The text of a scalar; numbers from a library caller count as what they look like."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    raise refuse(f"found {describe(value)}; expected {expected}")


def read_unit_text(text: str, unit: str, two_part: Literal["h:mm", "mm:ss"] | None = None) -> float:
    """The number of a written quantity in ``unit``."""
    try:
        return to_si(text, unit, name="", two_part=two_part)
    except UnitError as error:
        # the problem names the place already
        raise refuse(str(error).removeprefix(": ")) from None


@record(slots=False)
class Quantity(Reader):
    """A number with a unit, to ``unit``."""

    unit: str
    example: str
    minimum: float | None = None
    maximum: float | None = None

    def read(self, value: Any) -> float:
        text = text_of(value, f"a value such as '{self.example}'")
        number = read_unit_text(text, self.unit)
        if self.minimum is not None and number < self.minimum:
            limit = "not be negative" if self.minimum == 0.0 else f"be at least {self.minimum:,g} {self.unit}"
            raise refuse(f'"{text}" is too small; it must {limit}')
        if self.maximum is not None and number > self.maximum:
            raise refuse(f'"{text}" is too large; it must be at most {self.maximum:,.10g} {self.unit}')
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\s*[+-]?[0-9]", "examples": [self.example]}


@record(slots=False)
class Duration(Reader):
    """``h:mm``, ``h:mm:ss`` or a number with a unit of time, to seconds."""

    example: str = "11:45"
    minimum: float = 0.0
    maximum: float = LONGEST_RACE_S

    def read(self, value: Any) -> float:
        text = text_of(value, f"a time such as '{self.example}'")
        seconds = read_unit_text(text, "s", two_part="h:mm")
        if not self.minimum <= seconds <= self.maximum:
            least, most = spell_time(self.minimum), spell_time(self.maximum)
            raise refuse(f'"{text}" is out of range; expected {least} to {most} (h:mm)')
        return seconds

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\s*([0-9]+:[0-9]{2}(:[0-9]{2})?|[0-9])", "examples": [self.example]}


def spell_time(seconds: float) -> str:
    """``h:mm``, or ``h:mm:ss`` when there are seconds."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", re.ASCII)


@record(slots=False)
class Number(Reader):
    """A number without a unit."""

    minimum: float
    maximum: float
    example: str
    whole: bool = False

    def read(self, value: Any) -> float:
        text = text_of(value, f"a number such as {self.example}").strip()
        if not _NUMBER.fullmatch(text):
            raise refuse(f"found {describe(text)}; expected a plain number such as {self.example}")
        number = float(text)
        if self.whole and number != int(number):
            raise refuse(f"found {describe(text)}; expected a whole number such as {self.example}")
        if not self.minimum <= number <= self.maximum:
            raise refuse(f"{text} is out of range; expected {self.minimum:g} to {self.maximum:g}")
        return int(number) if self.whole else number

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"], "pattern": r"^\s*[+-]?[0-9.]+\s*$", "examples": [self.example]}


@record(slots=False)
class Percent(Reader):
    """A percentage, to a fraction."""

    example: str = "8 %"
    minimum: float = 0.0
    maximum: float = 100.0

    def read(self, value: Any) -> float:
        text = text_of(value, f"a percentage such as '{self.example}'").strip()
        number = text.removesuffix("%").rstrip()
        if not _NUMBER.fullmatch(number):
            raise refuse(f"found {describe(text)}; expected a percentage such as '{self.example}'")
        if not text.endswith("%"):
            raise refuse(f"'{text}' has no unit; write a percentage, for instance '{text} %'")
        percent = float(number)
        if not self.minimum <= percent <= self.maximum:
            raise refuse(f"'{text}' is out of range; expected {self.minimum:g} % to {self.maximum:g} %")
        return percent / 100.0

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\s*[+-]?[0-9.]+\s*%\s*$", "examples": [self.example]}


@record(slots=False)
class YesNo(Reader):
    """``yes`` or ``no``."""

    def read(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        text = text_of(value, "yes or no").strip().lower()
        if text in ("yes", "true", "on"):
            return True
        if text in ("no", "false", "off"):
            return False
        raise refuse(f"found {describe(value)}; expected yes or no")

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "boolean"], "enum": ["yes", "no", "true", "false", "on", "off", True, False]}


@record(slots=False)
class Choice(Reader):
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, value: Any) -> str:
        text = text_of(value, f"one of {', '.join(self.words)}").strip()
        if text in self.words:
            return text
        if text.lower() in self.words:
            return text.lower()
        hint = suggest(text, self.words)
        raise refuse(f"found {describe(value)}; expected one of {', '.join(self.words)}{hint}")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


_LOCAL_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Beyond these, time zones mean nothing and the calendar of the computer ends."""


def _check_year(day: date, text: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refuse(f"'{text}' is out of range; expected a year from {FIRST_YEAR} to {LAST_YEAR}")


@record(slots=False)
class LocalTime(Reader):
    """Date and time of day as on the race clock, without a zone."""

    def read(self, value: Any) -> datetime:
        if isinstance(value, datetime) and value.tzinfo is None:
            return value
        text = text_of(value, "a date and time such as '2026-08-15 06:30'").strip()
        match = _LOCAL_TIME.fullmatch(text)
        if not match:
            hint = (
                "; write the local time, the zone stands in start.timezone"
                if re.search(r"[Zz]$|[+-]\d\d:?\d\d$", text)
                else ""
            )
            raise refuse(f"found {describe(text)}; expected a date and time such as '2026-08-15 06:30'{hint}")
        day, hour, minute, second = match.groups()
        try:
            moment = datetime.fromisoformat(f"{day}T{int(hour):02d}:{minute}:{second or '00'}")
        except ValueError:
            raise refuse(
                f"'{text}' is no date and time of the calendar; write one such as '2026-08-15 06:30'"
            ) from None
        _check_year(moment, text)
        return moment

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": _LOCAL_TIME.pattern, "examples": ["2026-08-15 06:30"]}


@record(slots=False)
class CalendarDate(Reader):
    """A date, year first."""

    def read(self, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = text_of(value, "a date such as '2026-08-15'").strip()
        try:
            day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise refuse(f"found {describe(text)}; expected a date of the calendar, year first, such as 2026-08-15")
        _check_year(day, text)
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_DATE.pattern}$", "examples": ["2026-08-15"]}


@record(slots=False)
class ClockTime(Reader):
    """A time of day, to seconds after midnight."""

    def read(self, value: Any) -> float:
        text = text_of(value, "a time of day such as '09:45'").strip()
        match = _CLOCK.fullmatch(text)
        hour, minute, second = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
        if hour > 23 or minute > 59 or second > 59:
            raise refuse(f"found {describe(text)}; expected a time of day such as '09:45'")
        return hour * 3600.0 + minute * 60.0 + second

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_CLOCK.pattern}$", "examples": ["09:45"]}


class TimeZone(Reader):
    """A name of the time zone database."""

    def read(self, value: Any) -> str:
        from zoneinfo import ZoneInfo, available_timezones

        text = text_of(value, "a time zone such as 'America/Denver'").strip()
        try:
            ZoneInfo(text)
        except (ValueError, OSError, KeyError):
            hint = suggest(text, available_timezones()) or "; write one such as America/Denver or Europe/Paris"
            raise refuse(f"found {describe(text)}, which is no time zone{hint}") from None
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["America/Denver", "Europe/Paris"]}


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@record(slots=False)
class Text(Reader):
    """Words for people: printable, without control characters, which could rewrite a terminal."""

    longest: int = 300
    lines: bool = False

    def read(self, value: Any) -> str:
        text = text_of(value, "a text").strip()
        if not text:
            raise refuse("this text is empty; leave the key out or write something")
        if len(text) > self.longest:
            raise refuse(f"{len(text):,} characters; expected at most {self.longest:,}")
        if not self.lines:
            text = " ".join(text.split())
        bad = _CONTROL.search(text)
        if bad is not None:
            raise refuse(f"the control character U+{ord(bad.group()):04X} stands in this text; remove it")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@record(slots=False)
class Identifier(Reader):
    """Lower-case words joined by hyphens: a file name, a product."""

    example: str

    def read(self, value: Any) -> str:
        text = text_of(value, f"an id such as '{self.example}'").strip()
        if re.fullmatch(r"[a-z0-9]+([-_.][a-z0-9]+)*", text, re.ASCII) and len(text) <= 80:
            return text
        raise refuse(
            f"found {describe(text)}; expected lower-case letters, digits and hyphens, such as '{self.example}'"
        )

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[a-z0-9]+([-_.][a-z0-9]+)*$",
            "maxLength": 80,
            "examples": [self.example],
        }


class Surface(Reader):
    """A name of ``pacecalc.science.surfaces.SURFACES``."""

    def read(self, value: Any) -> str:
        return Choice(surface_names()).read(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(surface_names())}


@cache
def surface_names() -> tuple[str, ...]:
    # imported late: the table brings numpy along
    from pacecalc.science.surfaces import SURFACES

    return tuple(surface.name for surface in SURFACES)


@record(slots=False)
class Days(Reader):
    """A number of days, with or without the word."""

    maximum: float = 60.0

    def read(self, value: Any) -> float:
        text = text_of(value, "a number of days such as 3")
        return Number(0.0, self.maximum, "3").read(re.sub(r"\s*(days?|d)\s*$", "", text))

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"], "pattern": r"^\s*[0-9.]+\s*(d|days?)?\s*$", "examples": ["3"]}
