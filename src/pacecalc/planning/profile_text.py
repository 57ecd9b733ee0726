"""A course profile as the YAML people read, edit and share."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pacecalc.documents.course_profile import Congestion, CourseProfile, CutoffRule, WaypointFacts

METRES_PER_MILE = 1609.344
WIDTH = 116
_HEAD = "# Course profile of pacecalc. `pacecalc course check` reads it, `pacecalc course schema` explains every field."

Fields = Mapping[str, object]


def profile_to_yaml(profile: CourseProfile, *, miles: bool = False) -> str:
    """Write a profile so that reading it back gives the same course.

    Parameters
    ----------
    profile : CourseProfile
        The profile.
    miles : bool
        Distances in miles and heights in feet, as American races publish them; else km and m.
    """
    return write_fields(profile_fields(profile, miles=miles))


def profile_fields(profile: CourseProfile, *, miles: bool = False) -> dict[str, object]:
    """The fields of a profile in the order of the format, every value as the text that stands in the file."""
    far = _miles if miles else _kilometres
    high = _feet if miles else _metres
    start = profile.start
    fields: dict[str, object] = {
        "id": profile.id,
        "name": profile.name,
        "sport": profile.sport,
        "edition": profile.edition,
        "distance": far(profile.distance),
        "ascent": _maybe(high, profile.ascent),
        "descent": _maybe(high, profile.descent),
        "ascent_estimates": [{"value": high(each.value), "what": each.what} for each in profile.ascent_estimates],
        "course_type": profile.course_type,
        "start": {
            "time": f"{start.time:%Y-%m-%d %H:%M:%S}".removesuffix(":00"),
            "timezone": start.timezone,
            "latitude": _number(start.latitude, 6),
            "longitude": _number(start.longitude, 6),
            "pattern": start.pattern,
            "waves": [{"name": wave.name, "time": _elapsed(wave.time, pad=True)} for wave in start.waves],
            "note": start.note,
        },
        "finish": profile.finish
        and {"latitude": _number(profile.finish.latitude, 6), "longitude": _number(profile.finish.longitude, 6)},
        "cutoff": profile.cutoff and _cutoff_fields(profile.cutoff),
        "awards": [
            {"name": each.name, "under": _maybe(_elapsed, each.under), "measured": each.measured, "note": each.note}
            for each in profile.awards
        ],
        "waypoints": [_waypoint_fields(each, far, high) for each in profile.waypoints],
        "surfaces": [
            {"from": far(each.start), "to": far(each.end), "surface": each.surface, "note": each.note}
            for each in profile.surfaces
        ],
        "stretches": [
            {
                "from": far(each.start),
                "to": far(each.end),
                "draft": _maybe(_number, each.draft),
                "exposure": _maybe(_number, each.exposure),
                "speed_limit": None if each.speed_limit is None else f"{_number(3.6 * each.speed_limit, 4)} km/h",
                "note": each.note,
            }
            for each in profile.stretches
        ],
        "congestion": profile.congestion and _congestion_fields(profile.congestion, far),
        "elevation": {
            "quality": profile.elevation.quality,
            "source": profile.elevation.source,
            "note": profile.elevation.note,
            "unit": ["km", "m"],
            "points": elevation_table(profile.elevation.distance_m, profile.elevation.elevation_m),
        },
        "estimates": list(profile.estimates),
        "notes": profile.notes,
        "sources": list(profile.sources),
    }
    return fields


def elevation_table(distance_m: Sequence[float], elevation_m: Sequence[float]) -> str:
    """Two columns, km and m, one line a point."""
    return "".join(f"{x / 1000.0:.3f} {z:.1f}\n" for x, z in zip(distance_m, elevation_m, strict=True))


def _waypoint_fields(facts: WaypointFacts, far: _Spell, high: _Spell) -> dict[str, object]:
    return {
        "name": facts.name,
        "at": far(facts.at),
        "kind": facts.kind,
        "elevation": _maybe(high, facts.elevation),
        "elevation_basis": facts.elevation_basis,
        "latitude": _maybe(_number, facts.latitude),
        "longitude": _maybe(_number, facts.longitude),
        "cutoff": facts.cutoff and _cutoff_fields(facts.cutoff),
        "crew": facts.crew,
        "drop_bag": facts.drop_bag,
        "pacer": facts.pacer,
        "stop": None if facts.stop is None else f"{_number(facts.stop, 3)} s",
        "water": facts.water,
        "offers": facts.offers,
        "services": facts.services,
        "note": facts.note,
        "basis": facts.basis,
    }


def _congestion_fields(crowd: Congestion, far: _Spell) -> dict[str, object]:
    return {
        "from": far(crowd.start),
        "to": far(crowd.end),
        "lost": _elapsed(crowd.lost),
        "last_start": _elapsed(crowd.last_start),
        "note": crowd.note,
    }


def _cutoff_fields(rule: CutoffRule) -> dict[str, object]:
    return {
        "elapsed": _maybe(_elapsed, rule.elapsed),
        "clock": None if rule.clock is None else f"{rule.clock:%Y-%m-%d %H:%M:%S}".removesuffix(":00"),
        "applies": rule.applies,
        "measured": rule.measured,
        "note": rule.note,
    }


class _Spell:
    """Spells metres in one unit, short enough to read and long enough to come back."""

    def __init__(self, unit: str, metres: float, digits: int) -> None:
        self.unit, self.metres, self.digits = unit, metres, digits

    def __call__(self, value_m: float) -> str:
        return f"{_number(value_m / self.metres, self.digits)} {self.unit}"


_kilometres, _miles = _Spell("km", 1000.0, 5), _Spell("mi", METRES_PER_MILE, 5)
_metres, _feet = _Spell("m", 1.0, 2), _Spell("ft", 0.3048, 1)


def _maybe(spell: Callable[[float], str], value: float | None) -> str | None:
    return None if value is None else spell(value)


def _number(value: float, digits: int = 6) -> str:
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _elapsed(seconds: float, *, pad: bool = False) -> str:
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours:02d}:" * pad + f"{hours}:" * (not pad) + f"{minutes:02d}" + (f":{rest:02d}" if rest else "")


def write_fields(fields: Fields) -> str:
    """YAML of a profile whose values are texts, lists and mappings; empty ones are left out."""
    lines = [_HEAD]
    for key, value in fields.items():
        if _is_absent(key, value):
            continue
        if key in ("start", "waypoints", "surfaces", "stretches", "congestion", "elevation", "estimates"):
            lines.append("")
        lines += _entry(key, value, 0)
    return "\n".join(lines) + "\n"


def _is_absent(key: str, value: object) -> bool:
    """Nothing to write; an empty list of offers is a fact: the station is known to have water only."""
    return value is None or (key != "offers" and isinstance(value, str | list | dict) and len(value) == 0)


def _entry(key: str, value: object, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(value, Mapping):
        if key in ("cutoff", "finish") and len(_flow(value)) + indent < WIDTH - len(key):
            yield f"{pad}{key}: {_flow(value)}"
            return
        yield f"{pad}{key}:"
        for inner, each in value.items():
            if not _is_absent(inner, each):
                yield from _entry(inner, each, indent + 2)
    elif isinstance(value, str) and "\n" in value:
        yield f"{pad}{key}: |"
        yield from (f"{pad}  {line}" for line in value.splitlines())
    elif isinstance(value, list):
        yield from _sequence(key, value, indent)
    else:
        yield from _text(f"{pad}{key}:", _scalar(value), indent)


def _sequence(key: str, values: list[object], indent: int) -> Iterator[str]:
    pad = " " * indent
    if key in ("unit", "offers"):
        yield f"{pad}{key}: [{', '.join(_scalar(each) for each in values)}]"
        return
    yield f"{pad}{key}:"
    for each in values:
        if not isinstance(each, Mapping):
            yield from _text(f"{pad}  -", _scalar(each), indent + 2)
        elif key != "waypoints":
            yield f"{pad}  - {_flow(each)}"
        else:
            lines = [
                line
                for inner, value in each.items()
                if not _is_absent(inner, value)
                for line in _entry(inner, value, indent + 4)
            ]
            yield f"{pad}  - {lines[0].lstrip()}"
            yield from lines[1:]


def _flow(fields: Fields) -> str:
    return (
        "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items() if not _is_absent(key, value)) + "}"
    )


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(str(value))


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PLAIN_START = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")
_NEVER_PLAIN = set("#{}[],:\"'&*!|>%@`\\")


def _quoted(text: str) -> str:
    """Plain where YAML cannot misread it, else in double quotes."""
    words_of_yaml = {"true", "false", "yes", "no", "on", "off", "null", "~"}
    plain = _NUMBER.fullmatch(text) is not None or (
        text.isascii()
        and text.isprintable()
        and text[:1] in _PLAIN_START
        and not _NEVER_PLAIN & set(text)
        and text == text.strip()
        and text.lower() not in words_of_yaml
    )
    if plain:
        return text
    escaped = "".join(_escape(character) for character in text)
    return f'"{escaped}"'


def _escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return {"\n": "\\n", "\t": "\\t"}.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    if len(head) + 1 + len(text) <= WIDTH or text[:1] == '"':
        yield f"{head} {text}"
        return
    yield f"{head} >-"
    pad = " " * (indent + 2)
    for line in textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False):
        yield pad + line
