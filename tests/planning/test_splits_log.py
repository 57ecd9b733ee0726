"""The log of splits: appended to, never rewritten, and nothing whole in it is lost."""

from __future__ import annotations

import os

import pytest

from pacecalc.errors import DocumentError
from pacecalc.planning.build import load_course
from pacecalc.planning.plan import plan_race
from pacecalc.planning.records import Split
from pacecalc.planning.splits_log import append_split, read_log

RUN = load_course("leadville-trail-100-run")
FIRST = Split(name="May Queen (out)", arrive_s=9000.0, leave_s=9390.5)
SECOND = Split(name="Half Pipe (out)", arrive_s=23000.0)


@pytest.fixture(scope="module")
def plan():
    return plan_race("leadville-trail-100-run", goal="29:30")


@pytest.mark.parametrize("name", ["splits.csv", "splits.yaml"])
def test_what_is_appended_is_read_back(tmp_path, plan, name):
    path = tmp_path / name
    assert read_log(path, plan, RUN).splits == ()
    append_split(path, FIRST)
    append_split(path, SECOND)
    log = read_log(path, plan, RUN)
    assert log.splits == (FIRST, SECOND)
    assert log.remarks == ()


@pytest.mark.parametrize("name", ["splits.csv", "splits.yaml"])
def test_a_crash_in_the_middle_of_a_line_costs_that_line_only(tmp_path, plan, name):
    path = tmp_path / name
    append_split(path, FIRST)
    whole = path.read_bytes()
    append_split(path, SECOND)
    line = path.read_bytes()[len(whole) :]
    for cut in range(1, len(line) - 1):
        path.write_bytes(whole + line[:cut])
        log = read_log(path, plan, RUN)
        assert log.splits[0] == FIRST
        append_split(path, Split(name="Twin Lakes (out)", arrive_s=31000.0))
        again = read_log(path, plan, RUN)
        assert again.splits[0] == FIRST
        assert again.splits[-1].name == "Twin Lakes (out)"
        # Either the cut line was whole enough to be read, or it is said that it was left out.
        assert len(again.splits) == 3 or again.remarks


def test_appending_leaves_every_byte_that_was_there(tmp_path):
    path = tmp_path / "splits.csv"
    path.write_bytes(b"at,clock\r\nMay Queen (out),06:40")
    before = path.read_bytes()
    append_split(path, SECOND)
    assert path.read_bytes().startswith(before)


def test_a_log_written_by_hand_with_clocks_is_read(tmp_path, plan):
    path = tmp_path / "splits.csv"
    path.write_text("at,clock,left\nMay Queen (out),06:40,06:45\n\n")
    (split,) = read_log(path, plan, RUN).splits
    assert (split.arrive_s, split.leave_s) == (9600.0, 9900.0)
    path = tmp_path / "splits.yaml"
    path.write_text('- {at: "May Queen (out)", clock: "06:40"}\n')
    assert read_log(path, plan, RUN).splits[0].arrive_s == 9600.0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("s.csv", "place,time\nMay Queen,2:30\n", "the first line must name the columns"),
        ("s.csv", "at,elapsed\nMay Qeen (out),2:30\n", "s.csv:2: no place called"),
        ("s.csv", "at,elapsed\nMay Queen (out),soon\n", "s.csv:2:"),
        ("s.csv", "at,elapsed\nMay Queen (out),2:30,3:00,4:00\n", "4 values for 2 columns"),
        ("s.yaml", "at: May Queen\n", "expected a list of splits"),
        ("s.yaml", "- {place: May Queen}\n", "expected {at: place"),
        ("s.yaml", "- [1, 2]\n- }\n", "s.yaml"),
    ],
)
def test_lines_that_cannot_be_used_are_named_with_their_number(tmp_path, plan, name, text, message):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(DocumentError, match=message):
        read_log(path, plan, RUN)
    assert path.read_text() == text


def test_a_folder_or_a_huge_file_is_no_log(tmp_path, plan):
    with pytest.raises(DocumentError):
        read_log(tmp_path, plan, RUN)
    with pytest.raises(DocumentError, match="cannot be written"):
        append_split(tmp_path, FIRST)
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as stream:
        os.truncate(stream.fileno(), 2_000_000)
    with pytest.raises(DocumentError, match="too large"):
        read_log(huge, plan, RUN)
