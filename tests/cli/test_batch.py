import csv
import json

import pytest

COURSE = "new-york-city-marathon"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "group.csv"
    path.write_text("name,goal,mass\nAnn Müller,3:30,58 kg\nBob,4:10,80 kg\nBob,4:20,75 kg\n", encoding="utf-8")
    return path


def read_summary(folder):
    with open(folder / "summary.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_athlete_gets_a_file_and_a_line(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    made = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    assert made.code == 0, made.err
    assert made.out == ""
    assert sorted(p.name for p in plans.glob("*.json")) == ["ann-muller.json", "bob-2.json", "bob.json"]
    assert json.loads((plans / "ann-muller.json").read_text(encoding="utf-8"))["goal_s"] == 12600.0
    rows = read_summary(plans)
    assert [(r["name"], r["file"], r["goal"], r["legal"]) for r in rows] == [
        ("Ann Müller", "ann-muller.json", "3:30", "yes"),
        ("Bob", "bob.json", "4:10", "yes"),
        ("Bob", "bob-2.json", "4:20", "yes"),
    ]
    assert all(0.0 <= float(r["finish_probability"]) <= 1.0 for r in rows)
    assert float(rows[0]["finish_p10_s"]) < float(rows[0]["finish_s"]) < float(rows[0]["finish_p90_s"])


def test_a_second_run_makes_only_what_changed(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    before = {p.name: p.stat().st_mtime_ns for p in plans.glob("*.json")}
    summary = read_summary(plans)
    again = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    assert "3 plans stand already" in again.err
    assert {p.name: p.stat().st_mtime_ns for p in plans.glob("*.json")} == before
    assert read_summary(plans) == summary
    table.write_text(table.read_text(encoding="utf-8").replace("4:10", "4:05"), encoding="utf-8")
    pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    after = {p.name: p.stat().st_mtime_ns for p in plans.glob("*.json")}
    assert [name for name in after if after[name] != before[name]] == ["bob.json"]
    hotter = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1, "--high", "25degC", "--low", "15degC")
    assert "stand already" not in hotter.err
    forced = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1, "--force")
    assert "stand already" not in forced.err


def test_after_a_crash_no_plan_is_lost_or_made_twice(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    lines = (plans / "batch-index.jsonl").read_bytes().splitlines(keepends=True)
    # As killed after the second plan was written, with its line of the index cut short.
    (plans / "batch-index.jsonl").write_bytes(b"".join(lines[:4]) + lines[4][:30])
    (plans / "bob-2.json").unlink()
    (plans / "summary.csv").unlink()
    kept = (plans / "ann-muller.json").stat().st_mtime_ns
    again = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    assert again.code == 0, again.err
    assert "1 plans stand already" in again.err
    assert (plans / "ann-muller.json").stat().st_mtime_ns == kept
    assert len(read_summary(plans)) == 3
    assert "3 plans stand" in pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1).err


def test_bad_rows_are_told_with_their_line_and_the_rest_is_done(pacecalc, table, tmp_path):
    with open(table, "a", encoding="utf-8") as stream:
        stream.write("Cid,soon,70 kg\n,3:00,\n=HYPERLINK(1),4:00,70\n")
    plans = tmp_path / "plans"
    made = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    assert made.code == 3
    assert f"error: {table}:5: goal: " in made.err
    assert f"error: {table}:6: an athlete without a name" in made.err
    assert "3 of 6 athletes have a plan" in made.err
    rows = read_summary(plans)
    assert len(rows) == 6
    assert "goal" in rows[3]["problem"]
    assert rows[5]["name"] == "'=HYPERLINK(1)", "a spreadsheet must not run a name"


def test_pacing_only_writes_one_long_table(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    made = pacecalc("batch", COURSE, table, "-o", plans, "--pacing-only", "--jobs", 1)
    assert made.code == 0, made.err
    with open(plans / "splits.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {r["athlete"] for r in rows} == {"Ann Müller", "Bob"}
    finish = [r for r in rows if r["athlete"] == "Ann Müller"][-1]
    assert abs(float(finish["arrive_s"]) - 12600.0) < 1.0
    assert len(read_summary(plans)) == 3
    assert not list(plans.glob("*.json"))


def test_other_formats_are_written(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    assert pacecalc("batch", COURSE, table, "-o", plans, "-f", "table", "--jobs", 1).code == 0
    text = (plans / "ann-muller.txt").read_text(encoding="utf-8")
    assert text.startswith("New York City Marathon")
    assert "goal 3:30" in text


def test_files_of_others_are_not_replaced(pacecalc, table, tmp_path):
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "bob.json").write_text("mine", encoding="utf-8")
    made = pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1)
    assert made.code == 2
    assert "bob.json not made by an earlier run" in made.err
    assert (plans / "bob.json").read_text(encoding="utf-8") == "mine"
    assert pacecalc("batch", COURSE, table, "-o", plans, "--jobs", 1, "--force").code == 0


def test_one_clear_line_for_what_cannot_work(pacecalc, table, tmp_path):
    assert pacecalc("batch", "nowhere", table, "-o", tmp_path / "a").err.startswith("error: unknown course")
    assert "no such file" in pacecalc("batch", COURSE, tmp_path / "none.csv", "-o", tmp_path / "a").err
    (tmp_path / "file").write_text("x", encoding="utf-8")
    blocked = pacecalc("batch", COURSE, table, "-o", tmp_path / "file")
    assert blocked.code == 3
    assert "cannot be used" in blocked.err
    assert pacecalc("batch", COURSE, table, "-o", tmp_path / "a", "--jobs", -1).code == 2


def test_a_bug_on_one_athlete_does_not_cost_the_others(pacecalc, table, tmp_path, monkeypatch):
    from pacecalc.render import plan_folder

    real = plan_folder.plan_entrant

    def fail_for_bob(course, entrant, **options):
        if entrant.line == 3:
            raise ZeroDivisionError("float division")
        return real(course, entrant, **options)

    monkeypatch.setattr(plan_folder, "plan_entrant", fail_for_bob)
    made = pacecalc("batch", COURSE, table, "-o", tmp_path / "plans", "--jobs", 1)
    assert made.code == 3
    assert f"error: {table}:3: a bug in pacecalc (ZeroDivisionError: float division)" in made.err
    assert "2 of 3 athletes have a plan" in made.err


def test_a_terminal_sees_a_bar(pacecalc, table, tmp_path, monkeypatch, capsys):
    from pacecalc.cli import batch

    class Terminal:
        @staticmethod
        def isatty():
            return True

    with monkeypatch.context() as patch:
        patch.setattr(batch.sys, "stderr", Terminal())
        with batch._progress(0) as step:
            step()
    import io

    shown = io.StringIO()
    shown.isatty = lambda: True
    with monkeypatch.context() as patch:
        patch.setattr(batch.sys, "stderr", shown)
        with batch._progress(2) as step:
            step()
            step()
    assert "2/2" in shown.getvalue()
