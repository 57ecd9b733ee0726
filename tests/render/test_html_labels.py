"""Names above the profile never run into each other or into each other's leaders."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pacecalc.render.html_labels import Label, Wanted, measure_text, place_labels, shorten_name

LEFT, RIGHT, LANES, TYPE = 40.0, 980.0, 4, 12.0

wanted_names = st.lists(
    st.builds(
        Wanted,
        text=st.text(alphabet="abc DEF-é山🏃(", min_size=1, max_size=60),
        x_px=st.floats(LEFT, RIGHT),
        rank=st.integers(0, 5),
    ),
    max_size=24,
)


def place(wanted: list[Wanted]) -> list[Label]:
    return place_labels(wanted, left_px=LEFT, right_px=RIGHT, lanes=LANES, type_px=TYPE)


@given(wanted_names)
def test_names_overlap_neither_each_other_nor_leaders(wanted: list[Wanted]) -> None:
    labels = place(wanted)
    for label in labels:
        assert 0 <= label.lane < LANES
        assert label.left_px >= LEFT - 1.0
        assert label.right_px <= RIGHT + 1.0
    for one, other in combinations(labels, 2):
        if one.lane == other.lane:
            assert one.right_px < other.left_px or other.right_px < one.left_px
        else:
            high, low = (one, other) if one.lane > other.lane else (other, one)
            assert not low.left_px < high.x_px < low.right_px


@given(wanted_names)
def test_a_placed_name_hangs_at_its_place(wanted: list[Wanted]) -> None:
    labels = place(wanted)
    assert len({label.index for label in labels}) == len(labels)
    for label in labels:
        assert label.x_px == wanted[label.index].x_px
        assert label.x_px in (label.left_px, label.right_px)


def test_far_apart_names_share_the_lowest_lane_in_full() -> None:
    labels = place([Wanted("Twin Lakes (out)", 100.0, 1), Wanted("Columbine Mine", 500.0, 1)])
    assert [(label.text, label.lane) for label in labels] == [("Twin Lakes (out)", 0), ("Columbine Mine", 0)]


def test_near_names_climb_like_stairs() -> None:
    labels = place([Wanted("Carter Summit", 100.0 + 20.0 * i, 1) for i in range(4)])
    assert [label.lane for label in labels] == [3, 2, 1, 0]


def test_the_finish_is_written_to_the_left_of_its_place() -> None:
    (label,) = place([Wanted("Finish", RIGHT, 0)])
    assert label.anchor == "end"
    assert label.right_px == RIGHT


def test_the_lower_rank_stays_where_there_is_no_room_for_both() -> None:
    crowd = [Wanted(f"Place number {i}", 500.0 + i, 0 if i == 3 else 4) for i in range(9)]
    labels = place(crowd)
    assert 3 in {label.index for label in labels}
    assert len(labels) <= LANES


def test_names_lose_their_second_half_before_they_are_cut() -> None:
    name = "Outward Bound / Pipeline (out)"
    assert [shorten_name(name, step) for step in range(4)] == [
        "Outward Bound / Pipeline (o…",
        "Outward Bound",
        "Outward Bound",
        "Outward Bou…",
    ]


def test_wide_letters_take_more_room_and_accents_none() -> None:
    assert measure_text("山山", 10.0) > measure_text("ab", 10.0)
    assert measure_text("e\u0301", 10.0) == measure_text("e", 10.0)
