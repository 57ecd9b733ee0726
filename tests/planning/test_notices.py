"""What a plan warns of, in the words the athlete reads."""

from __future__ import annotations

import pytest

from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.reading import parse_document
from pacecalc.planning.build import build_course
from pacecalc.planning.plan import plan_race


def say(plan) -> dict[str, str]:
    return {caution.code: caution.message for caution in plan.warnings}


def test_a_missed_cutoff_is_told_with_by_how_much_and_what_it_would_take():
    plan = plan_race("leadville-trail-100-run", goal="33:00", ignore_cutoffs=True)
    assert not plan.legal
    assert say(plan)["cutoff-missed"] == (
        "No plan is legal at this effort: Finish - 6th St & Harrison Ave is missed by 180 min; "
        "it would take 10 % more effort on the way there."
    )


def test_a_legal_plan_says_nothing_of_missed_cutoffs():
    assert "cutoff-missed" not in say(plan_race("leadville-trail-100-run", goal="29:00"))


def test_a_goal_near_the_finish_cutoff_is_named_with_its_margin():
    plan = plan_race("leadville-trail-100-mtb", goal="11:50", margin="45 min", threshold_power="200 W", mass="75 kg")
    assert say(plan)["finish-margin"].startswith("The goal leaves 10 min to the finish cutoff")
    assert "6 % more than your fitness predicts (about 12:23)" in say(plan)["goal-above-fitness"]


@pytest.mark.parametrize(("course", "warned"), [("leadville-trail-100-mtb", True), ("leadville-trail-100-run", False)])
def test_a_profile_put_together_is_not_trusted_like_a_track(course, warned):
    goal = "11:30" if course.endswith("mtb") else "29:00"
    assert ("elevation-quality" in say(plan_race(course, goal=goal))) is warned


def test_margins_that_cannot_be_kept_are_counted_by_place():
    alone = plan_race("leadville-trail-100-mtb", goal="11:50", margin="60 min", threshold_power="200 W", mass="75 kg")
    assert "is not kept at Twin Lakes Dam (out) (+52 of 60 min): it would take" in say(alone)["margin-thin"]
    plan = plan_race("leadville-trail-100-run", goal="29:50", margin="90 min", results=["marathon 4:20"])
    thin = [w for w in plan.waypoints[1:-1] if w.margin_s is not None and w.margin_s < 90 * 60.0 - 30.0]
    assert len(thin) == 2
    assert f"is not kept at {thin[0].name} (+87 of 90 min) and 1 more: it would" in say(plan)["margin-thin"]


TWO_GATES = """
id: two-gates
name: Two gates
sport: run
distance: 30 km
start: {time: "2027-07-10 06:00", timezone: Europe/Paris, latitude: 45.9, longitude: 6.9}
waypoints:
  - {name: Start, at: 0 km, kind: start}
  - {name: Dam, at: 10 km, kind: aid, cutoff: {elapsed: "0:45"}}
  - {name: Mine, at: 12 km, kind: aid, cutoff: {elapsed: "0:54"}}
  - {name: Finish, at: 30 km, kind: finish}
elevation:
  quality: track
  unit: [km, m]
  points: |
    0 100
    30 100
"""


def test_further_missed_cutoffs_are_counted():
    """The first gate is out of reach, and the second comes right after it."""
    course = build_course(parse_document(CourseProfile, TWO_GATES))
    plan = plan_race(course, goal="3:30", results=["marathon 4:30"])
    missed = [w.name for w in plan.waypoints if w.margin_s is not None and w.margin_s < 0.0]
    assert missed == ["Dam", "Mine"]
    assert say(plan)["cutoff-missed"].endswith(" 1 more after it.")
