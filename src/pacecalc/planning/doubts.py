"""What is allowed in a course profile and yet probably wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from pacecalc.errors import Problem
from pacecalc.planning.records import Sport

if TYPE_CHECKING:
    from pacecalc.documents.course_profile import CourseProfile
    from pacecalc.planning.course import Course, Waypoint

ASCENT_FRACTION = 0.15
"""Difference from the published ascent worth a doubt (science page 7.3)."""
ASCENT_LEAST_M = 60.0
"""On flat courses the figure itself is uncertain by this much (science page 7.2)."""
ELEVATION_M = 60.0
FASTEST_M_PER_S: dict[Sport, float] = {"run": 5.6, "mtb": 9.5, "ride": 15.0}
"""Nobody does better over a course: 2:05 for a marathon, the records of mountain-bike and road races; recalled."""
CLIMB_M_PER_S: dict[Sport, float] = {"run": 0.45, "mtb": 0.50, "ride": 0.55}
"""Nobody climbs faster for hours (1,600 to 2,000 m/h); recalled."""
ZONE_HOURS = 2.75
"""Zones stray from the sun by up to this much (China's west and summer time in the west of a zone); a choice."""


def find_doubts(profile: CourseProfile, course: Course | None = None) -> tuple[Problem, ...]:
    """Doubts about a profile that loads without errors, each as a ``Problem`` with ``doubt`` set.

    Parameters
    ----------
    profile : CourseProfile
        The profile.
    course : Course, optional
        The course built from it, when at hand.
    """
    if course is None:
        from pacecalc.planning.build import build_course

        course = build_course(profile)
    found = [
        *_doubt_ascent(course),
        *_doubt_elevations(course),
        *_doubt_cutoffs(course),
        *_doubt_zone(profile),
        *_doubt_end(profile),
    ]
    return tuple(Problem(message, path=path, doubt=True) for path, message in found)


def _doubt_ascent(course: Course) -> Iterator[tuple[str, str]]:
    published = course.published_ascent_m
    if published is None:
        return
    difference = course.ascent_m - published
    if abs(difference) > max(ASCENT_FRACTION * published, ASCENT_LEAST_M):
        share = f"{abs(difference) / published:.0%} " if published > 0.0 else ""
        yield (
            "ascent",
            f"the profile climbs {course.ascent_m:.0f} m, {share}{'more' if difference > 0 else 'less'} than "
            f"the published {published:.0f} m; pacing uses the profile",
        )


def _doubt_elevations(course: Course) -> Iterator[tuple[str, str]]:
    for index, waypoint in enumerate(course.waypoints):
        if waypoint.elevation_m is None:
            continue
        profile_m = float(course.elevation_at(waypoint.distance_m))
        if abs(profile_m - waypoint.elevation_m) > ELEVATION_M:
            yield (
                f"waypoints[{index}].elevation",
                f"'{waypoint.name}' is given at {waypoint.elevation_m:.0f} m, the profile has {profile_m:.0f} m there; "
                "check its distance and its elevation",
            )


def _doubt_cutoffs(course: Course) -> Iterator[tuple[str, str]]:
    up, _ = course.climbed_m()
    for index, waypoint in enumerate(course.waypoints):
        if waypoint.cutoff is None:
            continue
        limit_s = waypoint.cutoff.limit_s(course.start_clock)
        fastest_s = _fastest_s(course.sport, waypoint.distance_m, float(up[course.edge_at(waypoint.distance_m)]))
        path = "cutoff" if waypoint.kind == "finish" else f"waypoints[{index}].cutoff"
        if limit_s < fastest_s:
            yield path, _spell_impossible(waypoint, limit_s, fastest_s)


def _spell_impossible(waypoint: Waypoint, limit_s: float, fastest_s: float) -> str:
    return (
        f"no one can make the cutoff of '{waypoint.name}': {_spell(limit_s)} after the start, the best in the world "
        f"need about {_spell(fastest_s)}; check the time, the distance and the date"
    )


def _fastest_s(sport: Sport, distance_m: float, ascent_m: float) -> float:
    """A time nobody beats: flat records or climbing records, whichever takes longer."""
    return max(distance_m / FASTEST_M_PER_S[sport], ascent_m / CLIMB_M_PER_S[sport])


def _spell(seconds: float) -> str:
    minutes = round(abs(seconds) / 60.0)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}"


def _doubt_zone(profile: CourseProfile) -> Iterator[tuple[str, str]]:
    offset = profile.start.clock.utcoffset()
    if offset is None:
        return
    zone_hours = offset / timedelta(hours=1)
    sun_hours = profile.start.longitude / 15.0
    difference = (zone_hours - sun_hours + 12.0) % 24.0 - 12.0
    if abs(difference) > ZONE_HOURS:
        yield (
            "start.timezone",
            f"{profile.start.timezone} is {abs(difference):.1f} h {'ahead of' if difference > 0 else 'behind'} the sun "
            f"at longitude {profile.start.longitude:g}; check the zone and the sign of the longitude",
        )


def _doubt_end(profile: CourseProfile) -> Iterator[tuple[str, str]]:
    end_m = profile.elevation.distance_m[-1]
    if abs(end_m / profile.distance - 1.0) > 0.03:
        yield (
            "elevation.points",
            f"the elevation points end at {end_m / 1000:.2f} km, the course at {profile.distance / 1000:.2f} km; "
            "they are stretched to fit",
        )
