"""Tables fit their width: text folds, gaps close, the least important columns go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pacecalc.render.layout import Canvas, lay_out, to_ascii
from pacecalc.render.tables import Cell, Column, build_table

PLACES = ["Twin Lakes Dam (out)", "Columbine Mine (turnaround)", "富士山五合目", "x" * 60]


def make_table(places=PLACES, note=None):
    return build_table(
        "t",
        "Title",
        places,
        [
            (Column("place", "left", wrap=True), Cell),
            (Column("km"), lambda place: Cell(f"{len(place):.1f}")),
            (Column("empty"), lambda place: Cell("")),
            (Column("extra", optional=2), lambda place: Cell("e" * 20)),
            (Column("more", optional=1), lambda place: Cell("m" * 12)),
        ],
        note=note,
    )


def test_columns_that_are_empty_disappear():
    assert [c.heading for c in make_table().columns] == ["place", "km", "extra", "more"]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_no_line_is_wider_than_asked(width):
    for line in lay_out(make_table(PLACES[:3]), width):
        assert cell_len(line.plain) <= width


def test_the_least_important_columns_go_first():
    heading = lay_out(make_table(PLACES[:2]), 50)[0].plain
    assert "extra" not in heading
    assert "more" in heading


def test_no_letter_of_a_place_is_lost_by_folding():
    text = "".join("".join(line.plain.split()) for line in lay_out(make_table([PLACES[3]]), 44))
    assert text.count("x") == 60


def make_wide_table():
    """More columns that must stay than fit beside a long word."""
    return build_table(
        "t",
        "Title",
        [*PLACES[:2], "Hochgebirgswanderwegabzweigung"],
        [
            (Column("place", "left", wrap=True), Cell),
            (Column("stop min"), lambda place: Cell("5")),
            *((Column("h"), lambda place: Cell("12:34:56")) for _ in range(3)),
        ],
    )


def test_a_long_heading_folds_before_a_name_does():
    lines = [line.plain for line in lay_out(make_wide_table(), 70)]
    assert [line.split() for line in lines[:2]] == [["stop"], ["place", "min", "h", "h", "h"]]
    assert "Hochgebirgswanderwegabzweigung" in lines[-1]


@pytest.mark.parametrize("width", [46, 50, 60, 80])
def test_a_word_is_cut_where_nothing_else_can_give_way(width):
    lines = [line.plain for line in lay_out(make_wide_table(), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()).count("12:34:56") == 9


def test_notes_stand_under_their_row():
    lines = [line.plain for line in lay_out(make_table(PLACES[:1], note=lambda place: "eat a gel"), 100)]
    assert lines[-1].strip() == "eat a gel"


def test_an_empty_table_prints_nothing():
    canvas = Canvas(width=80, color=False, plain=False)
    canvas.table(build_table("t", "Title", [], [(Column("a"), Cell)]))
    assert canvas.text().strip() == ""


def test_colour_only_when_asked_for():
    for color in (False, True):
        canvas = Canvas(width=80, color=color, plain=False)
        canvas.say("finish", style="bold green")
        assert ("\x1b[" in canvas.text()) is color


@given(st.text(max_size=60))
def test_plain_text_is_ascii(text):
    assert to_ascii(text).isascii()


def test_markup_in_names_stays_text():
    canvas = Canvas(width=80, color=False, plain=False)
    canvas.say("[bold]Start[/bold] [red]")
    assert "[bold]Start[/bold] [red]" in canvas.text()
