"""``pacecalc series`` and ``pacecalc day``: what they print and refuse."""

from __future__ import annotations


def test_a_series_as_json_adds_up(pacecalc):
    data = pacecalc("series", "show", "grand-slam", "--result", "50 mi 9:30", "-f", "json").data
    assert data["schema"] == "pacecalc/series/1"
    assert data["races"][0]["course_id"] == "western-states-100"
    total_s = sum(race["prediction"]["time_s"] for race in data["races"])
    assert abs(data["total_s"] - total_s) < 0.01


def test_a_series_goes_to_a_file_once(pacecalc, tmp_path):
    path = tmp_path / "slam.txt"
    assert pacecalc("series", "show", "grand-slam", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("Grand Slam of Ultrarunning\n")
    refused = pacecalc("series", "show", "grand-slam", "-o", path)
    assert refused.code == 2
    assert "--force" in refused.err


def test_unknown_series_years_and_files_are_one_line(pacecalc, tmp_path):
    bad = tmp_path / "mine.yaml"
    bad.write_text(
        "id: mine\nname: Mine\nevents:\n  - {course: leadville-10k, dates: [2027-13-01]}\n", encoding="utf-8"
    )
    for arguments in (("leadwomen",), ("leadwoman", "--year", "1999"), (bad,), (tmp_path / "none.yaml",)):
        outcome = pacecalc("series", "show", *arguments)
        assert outcome.code in (2, 3)
        assert len(outcome.err.strip().splitlines()) == 1


def test_a_series_of_unknown_courses_names_the_nearest(pacecalc, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "id: mine\nname: Mine\nevents:\n  - {course: leadville-10kk, dates: [2027-05-01]}\n", encoding="utf-8"
    )
    outcome = pacecalc("series", "show", path)
    assert outcome.code == 3
    assert "leadville-10k" in outcome.err
