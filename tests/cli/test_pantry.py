"""``pacecalc pantry``: what there is, what is wrong with one's own, and a file to begin with."""

from __future__ import annotations

import pytest

OWN = """\
extends: {extends}
bring: [my-gel]
products:
  - {{id: my-gel, name: Gel from the shop, kind: gel, mass: 40 g, carbohydrate: 25 g, sodium: 30 mg}}
"""


@pytest.fixture
def own(tmp_path):
    """A pantry file of one's own."""

    def write(text: str = OWN.format(extends="bundled")):
        path = tmp_path / "pantry.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_list_has_every_product_on_a_line(pacecalc):
    outcome = pacecalc("pantry", "list")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert sum("rice_ball" in line for line in lines) >= 5
    assert any(line.split()[:1] == ["saltstick-caps"] and "215" in line for line in lines)
    assert max(map(len, lines)) <= 120


def test_list_with_an_own_pantry_adds_to_the_bundled_one_or_stands_alone(pacecalc, own):
    both = pacecalc("pantry", "list", "--pantry", own())
    assert "my-gel" in both.out
    assert "saltstick-caps" in both.out
    alone = pacecalc("pantry", "list", "--pantry", own(OWN.format(extends="none")))
    assert "my-gel" in alone.out
    assert "saltstick-caps" not in alone.out


def test_show_tells_figures_source_and_standing(pacecalc):
    outcome = pacecalc("pantry", "show", "saltstick-caps")
    assert outcome.code == 0
    for words in ("SaltStick", "215", "mg", "source"):
        assert words.lower() in outcome.out.lower()


def test_show_of_an_unknown_product_suggests_the_nearest(pacecalc):
    outcome = pacecalc("pantry", "show", "saltstick-cap")
    assert outcome.code in (2, 3)
    assert len(outcome.err.strip().splitlines()) == 1
    assert "saltstick-caps" in outcome.err


def test_check_of_the_bundled_pantry_has_no_doubt(pacecalc):
    outcome = pacecalc("pantry", "check")
    assert outcome.code == 0
    assert outcome.out.endswith("0 doubts\n")


def test_check_doubts_energy_that_does_not_add_up(pacecalc, own):
    text = OWN.format(extends="none").replace("carbohydrate: 25 g", "carbohydrate: 25 g, energy: 400 kcal")
    outcome = pacecalc("pantry", "check", own(text))
    assert outcome.code == 0
    assert "doubt: " in outcome.out
    assert "my-gel" in outcome.out
    assert "1 products, 1 doubts" in outcome.out


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (("carbohydrate: 25 g, ", ""), "carbohydrate"),
        (("sodium: 30 mg", "sodium: -30 mg"), "sodium"),
        (("mass: 40 g", "mass: 40"), "mass"),
        (("mass: 40 g", "mass: 40 mL"), "mass"),
        (("kind: gel", "kind: jelly"), "kind"),
        (("bring: [my-gel]", "bring: [my-jel]"), "my-gel"),
        (("extends: bundled", "extends: everything"), "extends"),
        (("id: my-gel", "id: My Gel"), "id"),
        (("products:", "produkts:"), "products"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_what_was_expected(pacecalc, own, spoil, words):
    text = OWN.format(extends="bundled")
    assert spoil[0] in text
    path = own(text.replace(*spoil))
    for command in (("pantry", "check", path), ("pantry", "list", "--pantry", path)):
        outcome = pacecalc(*command)
        assert outcome.code == 3
        assert outcome.out == ""
        assert f"{path}:" in outcome.err
        assert words in outcome.err


def test_five_mistakes_are_all_shown(pacecalc, own):
    rows = "".join(f"  - {{id: p{i}, name: P, kind: gel, mass: {i}, carbohydrate: 20 g}}\n" for i in range(5))
    outcome = pacecalc("pantry", "check", own(f"products:\n{rows}"))
    assert outcome.code == 3
    assert len(outcome.err.strip().splitlines()) == 5


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff\xfea\x00", b"- a\n- b\n", b"just words", b"\xe9: 1\n"])
def test_what_is_no_pantry_is_refused_in_one_line(pacecalc, tmp_path, content):
    path = tmp_path / "pantry.yaml"
    path.write_bytes(content)
    outcome = pacecalc("pantry", "check", path)
    assert outcome.code == 3
    assert len(outcome.err.strip().splitlines()) == 1
    assert str(path) in outcome.err


def test_a_race_day_is_checked_with_line_and_column(pacecalc, tmp_path):
    path = tmp_path / "day.yaml"
    path.write_text("margin: 10 min\nforecast:\n  low: 4\n")
    outcome = pacecalc("day", "check", path)
    assert outcome.code == 3
    assert outcome.err.startswith(f"error: {path}:3:")
    assert "forecast.low" in outcome.err


def test_a_pantry_that_is_not_there_is_named(pacecalc, tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        outcome = pacecalc("pantry", "check", path)
        assert outcome.code == 3
        assert str(path) in outcome.err


@pytest.mark.parametrize("what", ["pantry", "athlete", "day"])
class TestStarters:
    def test_init_prints_a_file_that_passes_its_check(self, pacecalc, tmp_path, what):
        printed = pacecalc(what, "init")
        assert (printed.code, printed.err) == (0, "")
        path = tmp_path / f"{what}.yaml"
        written = pacecalc(what, "init", path)
        assert (written.code, written.out) == (0, "")
        assert str(path) in written.err
        assert path.read_text() == printed.out
        assert pacecalc(what, "check", path).code == 0

    def test_init_overwrites_only_by_force(self, pacecalc, tmp_path, what):
        path = tmp_path / "own.yaml"
        path.write_text("mine")
        refused = pacecalc(what, "init", path)
        assert refused.code == 2
        assert "--force" in refused.err
        assert path.read_text() == "mine"
        assert pacecalc(what, "init", path, "--force").code == 0
        assert path.read_text().startswith("#")

    def test_init_into_a_folder_or_nowhere_is_refused(self, pacecalc, tmp_path, what):
        assert pacecalc(what, "init", tmp_path).code == 2
        outcome = pacecalc(what, "init", tmp_path / "no" / "such.yaml")
        assert outcome.code == 3
        assert "no such file or directory" in outcome.err
        assert list(tmp_path.iterdir()) == []

    def test_the_starter_plans_like_no_file(self, pacecalc, tmp_path, what):
        path = tmp_path / "own.yaml"
        pacecalc(what, "init", path)
        race = ("plan", "leadville-10k", "--goal", "1:05", "-f", "json")
        with_file = pacecalc(*race, f"--{what}", path).data
        without = pacecalc(*race).data
        assert with_file["waypoints"] == without["waypoints"]
        assert with_file["totals"] == without["totals"]


def test_an_athlete_with_mistakes_shows_all_of_them(pacecalc, tmp_path):
    path = tmp_path / "athlete.yaml"
    path.write_text("mass: 62\nheight: 168 kg\nsex: other\nfuel:\n  bottles: -1 L\n  sweat_sodium: lots\n")
    outcome = pacecalc("athlete", "check", path)
    assert outcome.code == 3
    lines = outcome.err.strip().splitlines()
    assert len(lines) == 5
    assert [f":{n}:" in line for n, line in zip((1, 2, 3, 5, 6), lines, strict=True)] == [True] * 5


def test_groups_without_a_command_show_their_help(pacecalc):
    for group in ("pantry", "athlete", "course"):
        outcome = pacecalc(group)
        assert outcome.code in (0, 2)
        assert "Usage" in outcome.out + outcome.err
    assert pacecalc("pantry", "eat").code == 2
