"""Random races as people could write them: athletes, weather, goals, small courses.

Everything is drawn as the text of a document or of an option, so that a race that breaks something can be pasted into a
file and run again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from pacecalc.documents.athlete import AthleteDocument
from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.library import list_profiles
from pacecalc.documents.reading import parse_document
from pacecalc.planning.athlete import Athlete
from pacecalc.planning.build import build_course, load_course
from pacecalc.planning.course import Course
from pacecalc.planning.goal import find_best_possible
from pacecalc.planning.inputs import RaceInputs
from pacecalc.planning.plan import resolve_parts, resolve_race
from pacecalc.planning.resolve import resolve_athlete
from pacecalc.science.surfaces import SURFACES

BUNDLED = sorted(name for name in list_profiles() if name not in ("leadwoman", "grand-slam"))
ZONES = ["America/Denver", "Europe/Paris", "Asia/Tokyo", "UTC", "Australia/Lord_Howe", "America/Punta_Arenas"]
STATION_FOOD = ["water", "cola", "banana", "gu-energy-gel", "chicken-broth-cup", "watermelon-wedge"]
QUALITIES = ["surveyed", "track", "digitised", "composite", "sketch"]


@dataclass(frozen=True)
class RaceCase:
    """One race as it was written."""

    course: str
    """Bundled name, or the text of a profile."""
    athlete: str
    """Text of an athlete file; empty without one."""
    goal_factor: float
    """Goal over the best time anybody could do."""
    options: dict[str, Any] = field(default_factory=dict)

    def load(self) -> tuple[Course, Athlete]:
        course = _bundled(self.course) if "\n" not in self.course else parse_course(self.course)
        document = parse_document(AthleteDocument, self.athlete, file="athlete.yaml") if self.athlete else None
        return course, resolve_athlete(document, sport=course.sport)

    def resolve(self, **changes: Any) -> RaceInputs:
        """Inputs of the plan; ``changes`` go before the options."""
        course, athlete = self.load()
        options = {**self.options, **changes}
        loaded, who, conditions, _ = resolve_parts(course, {"athlete": athlete, **options})
        best_s = find_best_possible(loaded, who, conditions)
        options.setdefault("goal", f"{self.goal_factor * best_s:.0f} s")
        return resolve_race(course, {"athlete": athlete, **options})


@cache
def _bundled(name: str) -> Course:
    return load_course(name)


def parse_course(text: str) -> Course:
    return build_course(parse_document(CourseProfile, text, file="course.yaml"))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def numbers(low: float, high: float, digits: int = 2) -> st.SearchStrategy[float]:
    scale = 10**digits
    return st.integers(round(low * scale), round(high * scale)).map(lambda n: n / scale)


def written(**lines: Any) -> str:
    """``key: value`` lines inside braces; what is None is left out."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in lines.items() if value is not None) + "}"


@st.composite
def athletes(draw: st.DrawFn) -> str:
    """Text of an athlete file; any part may be missing."""

    def say(strategy: st.SearchStrategy[Any], form: str = "{}") -> str | None:
        value = draw(maybe(strategy))
        return None if value is None else form.format(value)

    sweat_test = written(
        rate=f"{draw(numbers(0.2, 2.5))} L/h",
        temperature=f"{draw(st.integers(-5, 40))} degC",
        humidity=f"{draw(st.integers(5, 95))} %",
        speed=f"{draw(st.integers(5, 16))} km/h",
    )
    parts = {
        "mass": say(numbers(40, 120, 1), "{} kg"),
        "height": say(st.integers(145, 205), "{} cm"),
        "age": say(st.integers(16, 85)),
        "sex": say(st.sampled_from(["female", "male"])),
        "home_elevation": say(st.integers(-100, 3800), "{} m"),
        "days_at_altitude": say(st.integers(0, 40)),
        "heat_acclimatised": say(st.sampled_from(["yes", "no"])),
        "experience": say(st.sampled_from(["first", "some", "veteran"])),
        "spread": say(st.integers(1, 40), "{} %"),
        "run": written(
            uphill_effort=say(numbers(0.6, 1.4)),
            downhill_skill=say(numbers(-1, 1)),
            slow_down=say(numbers(0, 3)),
            fade=say(st.integers(-10, 120), "{} %"),
            pack=say(numbers(0, 12, 1), "{} kg"),
            utmb_index=say(st.integers(200, 950)),
        ),
        "ride": written(
            threshold_power=say(st.integers(120, 400), "{} W"),
            test_elevation=say(st.integers(0, 3000), "{} m"),
            bike=say(st.integers(6, 25), "{} kg"),
            kit=say(st.integers(0, 12), "{} kg"),
            drag_area=say(numbers(0.2, 0.7), "{} m^2"),
            rolling=say(numbers(0.5, 2.5)),
            gross_efficiency=say(numbers(0.16, 0.27)),
            skill=say(st.sampled_from(["beginner", "median", "expert"])),
            durability=say(numbers(0, 0.02, 4)),
            minimum_speed=say(numbers(1.2, 10.8, 1), "{} km/h"),
            w_prime=say(st.integers(1, 40), "{} kJ"),
        ),
        "fuel": written(
            bottles=say(st.integers(500, 3000), "{} mL"),
            carbohydrate_limit=say(st.integers(20, 120), "{} g/h"),
            gut_trained=say(st.sampled_from(["yes", "no"])),
            fat_adapted=say(st.sampled_from(["yes", "no"])),
            appetite=say(st.integers(50, 100), "{} %"),
            sweat_factor=say(numbers(0.4, 2.5)),
            sweat_tests=say(st.just(f"[{sweat_test}]")),
            sweat_sodium=say(st.integers(200, 2500), "{} mg/L"),
            sodium_policy=say(numbers(0, 1)),
            caffeine=say(
                st.just(
                    written(
                        habit=say(st.sampled_from(["none", "some", "daily"])),
                        limit=say(st.integers(0, 900), "{} mg"),
                    )
                )
            ),
            carry=say(numbers(1, 8, 1), "{} kg"),
            fluid_limit=say(numbers(0.3, 1.2), "{} L/h"),
        ),
    }
    return "".join(f"{key}: {value}\n" for key, value in parts.items() if value not in (None, "{}"))


@st.composite
def small_courses(draw: st.DrawFn, miles: bool = False) -> str:
    """Text of a profile with 1 to 8 places between start and finish."""
    sport = draw(st.sampled_from(["run", "run", "mtb", "ride"]))
    length_km = draw(numbers(0.5, 12) | numbers(5, 60) | numbers(40, 170))
    middle = draw(st.lists(st.integers(2, 98), min_size=1, max_size=8, unique=True))
    hours_per_km = draw(numbers(0.08, 0.3, 3))
    waypoints, cutoff_h = [written(name="Start", at="0 km", kind="start")], 0.0
    for number, percent in enumerate(sorted(middle), 1):
        cutoff = None
        if draw(st.booleans()):
            earned = percent / 100.0 * length_km * hours_per_km * draw(numbers(0.6, 1.8))
            cutoff_h = max(cutoff_h + 0.02, earned)
            cutoff = written(elapsed=f"{cutoff_h * 60:.1f} min", applies=_applies(draw), measured=_measured(draw))
        offers = draw(maybe(st.lists(st.sampled_from(STATION_FOOD), max_size=4, unique=True)))
        waypoints.append(
            written(
                name=f"P{number}",
                at=f"{percent / 100.0 * length_km:.4f} km",
                kind=draw(st.sampled_from(["aid", "water", "crew", "junction", "summit", "turnaround"])),
                cutoff=cutoff,
                crew=_yes_no(draw),
                drop_bag=_yes_no(draw),
                water=_yes_no(draw),
                stop=draw(maybe(st.integers(0, 15).map("{} min".format))),
                offers=None if offers is None else f"[{', '.join(offers)}]",
            )
        )
    waypoints.append(written(name="Finish", at=f"{length_km} km", kind="finish"))
    finish = draw(maybe(numbers(0.8, 3)))
    finish_h = None if finish is None else max(cutoff_h + 0.02, finish * length_km * hours_per_km)
    date = f"{draw(st.integers(2024, 2028))}-{draw(st.integers(1, 12)):02d}-{draw(st.integers(1, 28)):02d}"
    lines = [
        f"id: c\nname: C\nsport: {sport}\ndistance: {length_km} km",
        "start: "
        + written(
            time=f"{date} {draw(st.integers(0, 23)):02d}:{draw(st.sampled_from(['00', '35']))}",
            timezone=draw(st.sampled_from(ZONES)),
            latitude=draw(numbers(-67, 68)),
            longitude=draw(numbers(-180, 180)),
        ),
        "waypoints:",
        *(f"  - {waypoint}" for waypoint in waypoints),
        _surfaces(draw, length_km),
        _elevation(draw, length_km),
    ]
    if finish_h is not None:
        lines.append("cutoff: " + written(elapsed=f"{finish_h * 60:.1f} min", measured=_measured(draw)))
    return "\n".join(line for line in lines if line) + "\n"


def _yes_no(draw: st.DrawFn) -> str | None:
    return draw(st.sampled_from([None, None, "yes", "no"]))


def _applies(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["arrival", "leaving"]))


def _measured(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["gun", "chip"]))


def _surfaces(draw: st.DrawFn, length_km: float) -> str:
    ends = sorted(draw(st.lists(st.integers(1, 100), max_size=3, unique=True)))
    rows, start = [], 0
    for end in ends:
        kind = draw(st.sampled_from([surface.name for surface in SURFACES]))
        span = {"from": f"{start / 100 * length_km:.4f} km", "to": f"{end / 100 * length_km:.4f} km"}
        rows.append("  - " + written(**span, surface=kind))
        start = end
    return "surfaces:\n" + "\n".join(rows) if rows else ""


def _elevation(draw: st.DrawFn, length_km: float) -> str:
    count = draw(st.integers(2, 12))
    height_m = float(draw(st.integers(-100, 3500)))
    step_km = length_km / (count - 1)
    rows = []
    for point in range(count):
        rows.append(f"    {point * step_km:.6f} {height_m:.1f}")
        grade = draw(st.sampled_from([0.0, 0.01, -0.01, 0.05, -0.05, 0.12, -0.12, 0.3, -0.3]))
        height_m = float(np.clip(height_m + 1000.0 * step_km * grade, -400.0, 4500.0))
    quality = draw(st.sampled_from(QUALITIES))
    return f"elevation:\n  quality: {quality}\n  unit: [km, m]\n  points: |\n" + "\n".join(rows)


@st.composite
def weathers(draw: st.DrawFn) -> dict[str, str]:
    """Options of the day, all of them or none."""
    if draw(st.booleans()):
        return {}
    low_c = draw(st.integers(-10, 32))
    day = {
        "low": f"{low_c} degC",
        "high": f"{draw(st.integers(low_c, 40))} degC",
        "humidity": f"{draw(st.integers(0, 100))} %",
        "cloud": f"{draw(st.integers(0, 100))} %",
    }
    if draw(st.booleans()):
        day |= {"wind": f"{draw(numbers(0, 15, 1))} m/s", "wind_from": f"{draw(st.integers(0, 360))} deg"}
    return day


@st.composite
def races(draw: st.DrawFn, courses: st.SearchStrategy[str] | None = None) -> RaceCase:
    """A race that may or may not be possible."""
    course = draw(st.sampled_from(BUNDLED) if courses is None else courses)
    options: dict[str, Any] = {
        "ignore_cutoffs": True,
        "assume_water_only": draw(st.booleans()),
        "fade": draw(st.sampled_from(["auto", "auto", "none", "15%", "0%", "80%"])),
        "pacing": draw(st.sampled_from(["optimal", "optimal", "steady"])),
        **draw(weathers()),
    }
    if draw(st.booleans()):
        options["start_delay"] = f"{draw(st.sampled_from([1, 5, 25]))} min"
    if draw(st.booleans()):
        options["margin"] = f"{draw(st.sampled_from([0, 1, 5, 30]))} min"
    if draw(st.integers(0, 3)) == 0:
        options["ground"] = draw(st.sampled_from(["snow 20 m to 300 m", "mud 0 m to 0.4 km", "sand 100 ft to 900 ft"]))
    return RaceCase(
        course=course,
        athlete=draw(st.just("") | athletes()),
        goal_factor=draw(numbers(1.15, 4.5)),
        options=options,
    )
