"""What makes a course profile contradict itself.

Every check also runs over what is left of a profile with bad values, where those are None: hence the many guards.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pacecalc.documents.base import Finding
from pacecalc.documents.readers import spell_time
from pacecalc.documents.tree import Place, shorten

if TYPE_CHECKING:
    from pacecalc.documents.course_profile import CourseProfile, CutoffRule, WaypointFacts

END_TOLERANCE_M = 50.0
"""Of the finish waypoint, surfaces and the like: 104.0 mi and 167.4 km are the same place."""
PROFILE_TOLERANCE = 0.05
"""By how much of the distance the elevation points may end elsewhere than at the finish; they are scaled to it."""


def find_course_contradictions(profile: CourseProfile) -> Iterator[Finding]:
    """Everything in a profile that cannot be true together with something else in it."""
    yield from _check_start(profile)
    yield from _check_cutoff_forms(profile)
    yield from _check_waypoint_places(profile)
    yield from _check_cutoff_order(profile)
    yield from _check_surfaces(profile)
    yield from _check_rides(profile)
    yield from _check_elevation(profile)


def spell_m(distance_m: float) -> str:
    return f"{distance_m / 1000.0:.2f} km ({distance_m / 1609.344:.2f} mi)"


def _check_start(profile: CourseProfile) -> Iterator[Finding]:
    start = profile.start
    if start is None or start.time is None or start.timezone is None:
        return
    if _is_skipped(start.time, start.timezone):
        yield Finding(
            ("start", "time"),
            f"{start.time:%Y-%m-%d %H:%M} does not exist in {start.timezone}: the clocks go forward over it",
        )
    seconds = 3600.0 * start.time.hour + 60.0 * start.time.minute + start.time.second
    for i, wave in enumerate(start.waves or ()):
        if wave is not None and wave.time is not None and wave.time < seconds:
            yield Finding(
                ("start", "waves", i, "time"),
                f"this wave starts at {spell_time(wave.time)}, before the gun at {spell_time(seconds)}",
            )


def _is_skipped(local: datetime, timezone: str) -> bool:
    aware = local.replace(tzinfo=ZoneInfo(timezone))
    return aware.astimezone(UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None) != local


def _cutoffs(profile: CourseProfile) -> Iterator[tuple[Place, str, CutoffRule]]:
    """Every cutoff in passing order: its place in the document, the name of its place on the course, the rule."""
    for i, waypoint in enumerate(profile.waypoints or ()):
        if waypoint is not None and waypoint.cutoff is not None:
            yield ("waypoints", i, "cutoff"), waypoint.name or f"waypoint {i + 1}", waypoint.cutoff
    if profile.cutoff is not None:
        yield ("cutoff",), "the finish", profile.cutoff


def _check_cutoff_forms(profile: CourseProfile) -> Iterator[Finding]:
    for place, _, rule in _cutoffs(profile):
        fields = rule.model_fields_set
        if "elapsed" in fields and "clock" in fields:
            yield Finding(place, "both 'elapsed' and 'clock' are given; keep the one the race publishes")
        elif "elapsed" not in fields and "clock" not in fields:
            yield Finding(place, "neither 'elapsed' nor 'clock' is given; write one, such as {elapsed: \"4:20\"}")
    last = next((w for w in reversed(profile.waypoints or ()) if w is not None), None)
    if last is not None and last.kind == "finish" and last.cutoff is not None and profile.cutoff is not None:
        yield Finding(
            ("waypoints", len(profile.waypoints) - 1, "cutoff"),
            "the finish has a cutoff here and under 'cutoff'; keep the one under 'cutoff'",
        )


def _check_waypoint_places(profile: CourseProfile) -> Iterator[Finding]:
    waypoints = profile.waypoints
    if not waypoints:
        return
    yield from _check_ends(profile, waypoints)
    before: WaypointFacts | None = None
    names: dict[str, int] = {}
    for i, waypoint in enumerate(waypoints):
        if waypoint is None:
            continue
        if waypoint.name is not None:
            first = names.setdefault(waypoint.name, i)
            if first != i:
                yield Finding(
                    ("waypoints", i, "name"),
                    f"'{shorten(waypoint.name)}' is already the name of waypoints[{first}]; a place passed twice is "
                    "two waypoints, such as 'Twin Lakes (out)' and 'Twin Lakes (in)'",
                )
        if waypoint.at is None:
            continue
        if profile.distance is not None and waypoint.at > profile.distance + END_TOLERANCE_M:
            yield Finding(
                ("waypoints", i, "at"), f"{spell_m(waypoint.at)} is beyond the finish at {spell_m(profile.distance)}"
            )
            # it says nothing about the order of those after it
            continue
        if before is not None and waypoint.at <= before.at:
            yield Finding(
                ("waypoints", i, "at"),
                f"{spell_m(waypoint.at)} is not after '{shorten(str(before.name))}' at {spell_m(before.at)}; list "
                "waypoints in passing order",
            )
        before = waypoint


def _check_ends(profile: CourseProfile, waypoints: list[WaypointFacts]) -> Iterator[Finding]:
    first, last = waypoints[0], waypoints[-1]
    if first is not None and first.at is not None and first.at != 0.0:
        yield Finding(
            ("waypoints", 0, "at"), f"the first waypoint is at {spell_m(first.at)}; it must be the start, at 0 km"
        )
    if first is not None and first.kind is not None and first.kind != "start":
        yield Finding(("waypoints", 0, "kind"), f"the first waypoint is of kind '{first.kind}'; it must be the start")
    if last is not None and last.kind is not None and last.kind != "finish":
        yield Finding(
            ("waypoints", len(waypoints) - 1, "kind"),
            f"the last waypoint is of kind '{last.kind}'; it must be the finish",
        )
    for i, waypoint in enumerate(waypoints[1:-1], 1):
        if waypoint is not None and waypoint.kind in ("start", "finish"):
            yield Finding(("waypoints", i, "kind"), f"kind '{waypoint.kind}' in the middle of the course; write 'aid'")
    if last is None or last.at is None or profile.distance is None:
        return
    if last.at < profile.distance - END_TOLERANCE_M:
        yield Finding(
            ("waypoints", len(waypoints) - 1, "at"),
            f"the last waypoint is at {spell_m(last.at)}; it must be the finish, at {spell_m(profile.distance)}",
        )


def _check_cutoff_order(profile: CourseProfile) -> Iterator[Finding]:
    if profile.start is None:
        return
    latest: dict[str, tuple[float, str]] = {}
    for place, name, rule in _cutoffs(profile):
        elapsed = rule.elapsed_s(profile.start)
        if elapsed is None or rule.measured is None:
            continue
        key = "elapsed" if rule.elapsed is not None else "clock"
        if elapsed <= 0.0:
            yield Finding((*place, key), "this cutoff is not after the start; check the time and the date")
            continue
        before = latest.get(rule.measured)
        if before is not None and elapsed < before[0]:
            yield Finding(
                (*place, key),
                f"the cutoff of '{shorten(name)}' ({spell_time(elapsed)} elapsed) is earlier than that of "
                f"'{shorten(before[1])}' ({spell_time(before[0])}) before it",
            )
        elif before is None or elapsed > before[0]:
            latest[rule.measured] = (elapsed, name)


def _check_rides(profile: CourseProfile) -> Iterator[Finding]:
    crowd = profile.congestion
    if profile.sport == "run":
        for key in ("stretches", "congestion"):
            if getattr(profile, key):
                yield Finding((key,), f"'{key}' is for rides, and this course is a run; take it out")
        return
    yield from _check_stretches(profile, "stretches")
    for i, stretch in enumerate(profile.stretches or ()):
        if stretch is not None and not stretch.model_fields_set & {"draft", "exposure", "speed_limit"}:
            yield Finding(("stretches", i), "says nothing; give draft, exposure or speed_limit")
    if crowd is None or crowd.start is None or crowd.end is None:
        return
    if crowd.end <= crowd.start:
        yield Finding(("congestion", "to"), f"'to' {spell_m(crowd.end)} is not after 'from' {spell_m(crowd.start)}")
    elif profile.distance is not None and crowd.end > profile.distance:
        yield Finding(("congestion", "to"), f"{spell_m(crowd.end)} is beyond the finish at {spell_m(profile.distance)}")


def _check_surfaces(profile: CourseProfile) -> Iterator[Finding]:
    yield from _check_stretches(profile, "surfaces")


def _check_stretches(profile: CourseProfile, key: str) -> Iterator[Finding]:
    """Stretches in order, none backwards, none over another, none beyond the finish."""
    reached = 0.0
    for i, stretch in enumerate(getattr(profile, key) or ()):
        if stretch is None or stretch.start is None or stretch.end is None:
            continue
        if stretch.end <= stretch.start:
            yield Finding((key, i, "to"), f"'to' {spell_m(stretch.end)} is not after 'from' {spell_m(stretch.start)}")
            continue
        if stretch.start < reached - END_TOLERANCE_M:
            yield Finding(
                (key, i, "from"),
                f"{spell_m(stretch.start)} lies inside a stretch that ends at {spell_m(reached)}; "
                "stretches must not overlap",
            )
        if profile.distance is not None and stretch.end > profile.distance + END_TOLERANCE_M:
            yield Finding((key, i, "to"), f"{spell_m(stretch.end)} is beyond the finish at {spell_m(profile.distance)}")
        reached = max(reached, stretch.end)


def _check_elevation(profile: CourseProfile) -> Iterator[Finding]:
    elevation = profile.elevation
    if elevation is None or elevation.points is None or elevation.unit is None:
        return
    faults = list(elevation.find_faults())
    yield from faults
    if faults or not profile.distance:
        return
    along = elevation.distance_m
    allowed = max(PROFILE_TOLERANCE * profile.distance, END_TOLERANCE_M)
    place: Place = ("elevation", "points")
    if along[0] > allowed:
        yield Finding(
            place, f"the first point is at {spell_m(along[0])}; it must be at the start", elevation.points.line[0]
        )
    if abs(along[-1] - profile.distance) > allowed:
        yield Finding(
            place,
            f"the last point is at {spell_m(along[-1])}, the finish at {spell_m(profile.distance)}; the points must "
            "cover the course (is 'unit' right?)",
            elevation.points.line[-1],
        )
