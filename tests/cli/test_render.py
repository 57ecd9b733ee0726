"""A saved plan again, in every form, as a user asks for it."""

from __future__ import annotations

import json
import os

import pytest

ENDINGS = ("json", "html", "pdf", "md", "csv", "ics", "txt")
PLAN = ("plan", "leadville-trail-100-mtb", "--goal", "11:45")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """All forms of one plan, made by one command."""
    from pacecalc.cli.app import run

    folder = tmp_path_factory.mktemp("plan")
    outputs = [part for ending in ENDINGS for part in ("-o", str(folder / f"plan.{ending}"))]
    assert run([*PLAN, *outputs]) == 0
    return folder


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_saved_plan_is_the_same_file_again(ending, saved, pacecalc, tmp_path):
    again = tmp_path / f"again.{ending}"
    outcome = pacecalc("render", saved / "plan.json", "-o", again)
    assert outcome.code == 0
    assert f"wrote {again}" in outcome.err
    assert again.read_bytes() == (saved / f"plan.{ending}").read_bytes()


def test_what_if_and_why_are_kept_with_the_plan(saved, pacecalc):
    told = pacecalc("render", saved / "plan.json", "--plan-b", "--explain").out
    assert "What if, after each place" in told
    assert "Planned/wanted an hour" in told
    assert told == pacecalc(*PLAN, "--plan-b", "--explain").out


def test_one_file_that_stands_already_keeps_all_from_being_written(saved, pacecalc, tmp_path):
    there = tmp_path / "plan.html"
    there.write_text("mine", encoding="utf-8")
    outcome = pacecalc("render", saved / "plan.json", "-o", tmp_path / "plan.md", "-o", there)
    assert outcome.code == 2
    assert "--force" in outcome.err
    assert there.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "plan.md").exists()


def test_one_form_that_cannot_be_made_keeps_all_from_being_written(saved, pacecalc, tmp_path):
    # The profile of this course knows no positions.
    outcome = pacecalc("render", saved / "plan.json", "-o", tmp_path / "plan.md", "-o", tmp_path / "plan.gpx")
    assert outcome.code != 0
    assert "no place of this course has a position" in outcome.err
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file_and_nothing_else(saved, pacecalc, tmp_path, monkeypatch):
    there = tmp_path / "plan.html"
    there.write_text("mine", encoding="utf-8")

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    outcome = pacecalc("render", saved / "plan.json", "-o", there, "--force")
    assert outcome.code == 3
    assert "no space left on device" in outcome.err
    assert there.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.html"]


def test_parts_of_the_print_set_are_smaller_files(saved, pacecalc, tmp_path):
    whole = (saved / "plan.pdf").stat().st_size
    for part in ("--cards", "--crew", "--bags"):
        path = tmp_path / f"{part[2:]}.pdf"
        assert pacecalc("render", saved / "plan.json", part, "-o", path).code == 0
        assert path.read_bytes().startswith(b"%PDF")
        assert path.stat().st_size < whole


def test_what_a_file_says_gives_no_orders_to_the_terminal(saved, pacecalc, tmp_path):
    data = json.loads((saved / "plan.json").read_text(encoding="utf-8"))
    data["schema"] = "pacecalc/plan/1\x1b[31m"
    data["course"]["name"] = "Evil\x1b]0;title\x07"
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    outcome = pacecalc("render", path)
    assert outcome.code == 3
    assert "\x1b" not in outcome.err
    path.write_text(json.dumps({**data, "schema": "pacecalc/plan/1"}), encoding="utf-8")
    outcome = pacecalc("render", path)
    assert outcome.code == 0
    assert "Evil" in outcome.out
    assert "\x1b" not in outcome.out
