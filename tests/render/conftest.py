"""Plans the printouts are held to: two Leadville races, a marathon, one on a track, one with hostile names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pacecalc.planning.plan import plan_race
from pacecalc.planning.records import RacePlan, TrackTrace

HOSTILE_NAMES = (
    '=HYPERLINK("http://x.example","go")',
    "<script>alert('x')</script>",
    "#let x = 1; $x^2$ *bold* _under_ `code` @cite \\escape",
    "+1 | pipe \t tab \r\n =2+2",
    "جبل الشيخ – مرحبا",
    "תחנה \u202ereversed\u202c",
    "🏔️👩🏽\u200d🚀 summit & “quotes”",
    "A" * 300,
    "very long name " * 20,
    "-2+3 cmd|' /C calc'!A0",
    "]]> &amp; --> nul \x00\x07 end",
)


@pytest.fixture(scope="session")
def mtb_plan() -> RacePlan:
    return plan_race("leadville-trail-100-mtb", goal="11:45")


@pytest.fixture(scope="session")
def run_plan() -> RacePlan:
    return plan_race("leadville-trail-100-run", goal="28:00")


@pytest.fixture(scope="session")
def marathon_plan() -> RacePlan:
    return plan_race("new-york-city-marathon", goal="3:45")


@pytest.fixture(scope="session")
def tracked_plan(run_plan: RacePlan) -> RacePlan:
    """The run on a winding line, as if its profile had come with a track."""
    profile = run_plan.profile
    along = profile.distance_m / profile.distance_m[-1]
    return replace(
        run_plan,
        track=TrackTrace(
            distance_m=profile.distance_m,
            elevation_m=profile.elevation_m,
            elapsed_s=profile.elapsed_s,
            latitude_deg=39.25 - 0.6 * np.sin(np.pi * along),
            longitude_deg=-106.29 + 0.05 * np.sin(40.0 * along),
        ),
    )


@pytest.fixture(scope="session")
def hostile_plan(tracked_plan: RacePlan) -> RacePlan:
    """Names and notes that try to be a formula, markup, a script, or too long."""
    names = [HOSTILE_NAMES[i % len(HOSTILE_NAMES)] + " " * (i // 11) for i in range(len(tracked_plan.waypoints))]
    known = dict(zip((w.name for w in tracked_plan.waypoints), names, strict=True))
    return replace(
        tracked_plan,
        course=replace(tracked_plan.course, name="<b>Race</b> #x $y$ 🏃 " + "Z" * 300),
        athlete=replace(tracked_plan.athlete, name='Zoë "O\'Neil" <script>'),
        waypoints=tuple(replace(w, name=known[w.name], note=known[w.name]) for w in tracked_plan.waypoints),
        segments=tuple(replace(s, start=known[s.start], end=known[s.end]) for s in tracked_plan.segments),
        legs=tuple(replace(leg, start=known[leg.start], end=known[leg.end]) for leg in tracked_plan.legs),
    )
