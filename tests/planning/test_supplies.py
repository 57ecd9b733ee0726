"""Where the athlete really has a bag or a crew."""

from __future__ import annotations

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.supplies import place_supplies

RUN = load_course("leadville-trail-100-run")


def named(course, field):
    return [w.name for w in course.waypoints if getattr(w, field)]


def test_without_a_word_the_profile_stands():
    assert place_supplies(RUN, None, None) is RUN


def test_bags_are_only_where_they_were_sent():
    course = place_supplies(RUN, ["winfield", "Twin Lakes (out)"], None)
    assert named(course, "drop_bag") == ["Twin Lakes (out)", "Winfield (turnaround)"]
    assert named(course, "crew") == named(RUN, "crew")


def test_no_crew_at_all():
    assert named(place_supplies(RUN, None, []), "crew") == []


def test_an_unknown_place_is_told_with_the_nearest_name():
    with pytest.raises(UsageError, match=r'"Winfeld".*did you mean "Winfield \(turnaround\)"'):
        place_supplies(RUN, ["Winfeld"], None)


def test_a_place_that_allows_none_is_refused():
    barred = next((w.name for w in RUN.waypoints if w.crew is False), None)
    if barred is None:
        pytest.skip("this profile bars no crew")
    with pytest.raises(UsageError, match="allows no crew"):
        place_supplies(RUN, None, [barred])
