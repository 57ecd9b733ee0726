"""What a plan warns of, in the words the athlete reads."""

from __future__ import annotations

import pytest

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
