"""Past races in one line, as people say them: ``"marathon 3:05 2026-04-12"``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from pacecalc.errors import UsageError
from pacecalc.planning.athlete import RaceResult
from pacecalc.units import to_si

FORM = 'write DISTANCE TIME [DATE] [+ASCENT], such as "marathon 3:05 2026-04-12" or "50 mi 8:12:00 +8000ft"'
ASCENT_MAX_M = 40_000.0
_ASCENT = re.compile(r"\s\+\s*(?P<ascent>[0-9][0-9.,]*\s*[a-z]*)(?=\s|$)", re.IGNORECASE)
_DATE = re.compile(r"\s(?:on\s+)?(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?=\s|$)")
_TIME = re.compile(
    r"(?:^|\s)(?:in\s+)?(?P<time>[0-9]{1,3}(?::[0-9]{1,2}){1,2}|[0-9]{1,3}\s?h(?:\s?[0-9]{1,2}(?:\s?min)?)?)$"
)


def read_results(written: Iterable[str | RaceResult] | None) -> tuple[RaceResult, ...]:
    """Past races from their lines; a record is taken as it is.

    Raises
    ------
    UsageError
        For a line that is not understood, with the way to write it.
    """
    if isinstance(written, (str, RaceResult)):
        written = [written]
    return tuple(item if isinstance(item, RaceResult) else read_result(item) for item in written or ())


def read_result(text: str) -> RaceResult:
    """One past race: distance, time, and perhaps its date and ascent.

    Examples
    --------
    >>> read_result("marathon 3:05 2026-04-12").time_s
    11100.0
    """
    from pydantic_core import PydanticCustomError

    from pacecalc.documents.athlete import ResultDistance, ResultTime

    if not isinstance(text, str):
        raise UsageError(f"a result of {text!r}: {FORM}")
    rest = " ".join(text.split())
    ascent_text, rest = _take(_ASCENT, "ascent", rest)
    date_text, rest = _take(_DATE, "date", rest)
    time_text, distance_text = _take(_TIME, "time", rest)
    if not time_text or not distance_text.strip():
        raise UsageError(f'result "{text}": {"no distance" if time_text else "no time"} found; {FORM}')
    try:
        distance_m = ResultDistance().read(distance_text)
        readings = ResultTime().read(time_text)
    except PydanticCustomError as error:
        raise UsageError(f'result "{text}": {error.message()}') from None
    return RaceResult(
        distance_m=distance_m,
        time_s=_choose_time(text, distance_m, readings),
        on=_read_date(text, date_text),
        ascent_m=_read_ascent(text, ascent_text),
    )


def _take(pattern: re.Pattern[str], group: str, text: str) -> tuple[str, str]:
    """What a pattern finds, and the text without it."""
    found = pattern.search(text)
    return ("", text) if found is None else (found[group], text[: found.start()] + text[found.end() :])


def _choose_time(text: str, distance_m: float, readings: tuple[float, ...]) -> float:
    from pacecalc.documents.athlete import FASTEST_S_PER_KM, SLOWEST_S_PER_KM, choose_time_s

    time_s = choose_time_s(distance_m, readings)
    if time_s is not None:
        return time_s
    fitting = [t for t in readings if FASTEST_S_PER_KM <= 1000.0 * t / distance_m <= SLOWEST_S_PER_KM]
    if fitting:
        raise UsageError(f'result "{text}": the time can be hours or minutes; write h:mm:ss, such as 0:40:00')
    minutes, seconds = divmod(round(1000.0 * max(readings) / distance_m), 60)
    pace = f"{minutes}:{seconds:02d} min/km"
    raise UsageError(f'result "{text}": that is {pace}, expected 2:20 to 25:00 min/km; check distance and time')


def _read_date(text: str, written: str) -> dt.date | None:
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise UsageError(f'result "{text}": "{written}" is no date; write year-month-day such as 2026-04-12') from None


def _read_ascent(text: str, written: str) -> float:
    if not written:
        return 0.0
    return to_si(written, "m", name=f'result "{text}": ascent', minimum=0.0, maximum=ASCENT_MAX_M)
