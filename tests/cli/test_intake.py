"""``pacecalc intake``, plan B, packing lists and ``--explain``; what is wrong with food and bottles in one line."""

from __future__ import annotations

import pytest

MTB = "leadville-trail-100-mtb"
RUN = "leadville-trail-100-run"
HOT = ("--low", "14degC", "--high", "30degC")
FIVE_HOURS = ("intake", "--duration", "5:00", "--temperature", "24degC", "--mass", "62kg")


def test_an_intake_without_a_course(pacecalc):
    outcome = pacecalc(*FIVE_HOURS)
    assert outcome.code == 0, outcome.err
    for words in (
        "5:00 run",
        "An hour:",
        "g carbohydrate",
        "What in which hour",
        "by temperature",
        "Not medical advice",
    ):
        assert words in outcome.out
    assert max(len(line) for line in outcome.out.splitlines()) <= 100


def test_it_is_data_too(pacecalc):
    data = pacecalc(*FIVE_HOURS, "--format", "json").data
    assert data["schema"] == "pacecalc/intake/1"
    assert data["carbohydrate_g_per_h"] > 50.0
    assert sum(hour["carbohydrate_g"] for hour in data["hours"]) == pytest.approx(
        5.0 * data["carbohydrate_g_per_h"], rel=0.08
    )


def test_a_ride_in_fahrenheit_on_a_plain_terminal(pacecalc, tmp_path):
    path = tmp_path / "ride.txt"
    arguments = (
        "intake",
        "-d",
        "3:30",
        "-t",
        "86degF",
        "--sport",
        "ride",
        "--power",
        "190W",
        "-u",
        "imperial",
        "--plain",
    )
    assert pacecalc(*arguments, "-o", path).code == 0
    text = path.read_text()
    assert text.isascii()
    assert "190 W" in text
    assert "fl oz" in text


def test_plan_b_is_printed_on_request_and_always_in_the_data(pacecalc):
    assert "What if" not in pacecalc("plan", MTB, "--goal", "11:30").out
    shown = pacecalc("plan", MTB, "--goal", "11:30", "--plan-b").out
    for words in ("What if", "the stomach turns", "5 °C hotter", "the station is empty", "an hour slower"):
        assert words in shown
    data = pacecalc("plan", MTB, "--goal", "11:30", "-f", "json").data
    assert all({"nauseous", "hotter", "slower"} <= {b["code"] for b in leg["plan_b"]} for leg in data["legs"])


def test_packing_lists_name_place_giver_and_spares_and_mark_doubtful_products(pacecalc):
    text = pacecalc("plan", RUN, "--goal", "29:00", *HOT).out
    packing = text.partition("What do I pack")[2].partition("What do I buy")[0]
    for words in ("drop bag", "crew hands over", "pockets", "spares", "check the pack", "Clif Bar *"):
        assert words in " ".join(packing.split())


def test_explain_gives_proof_targets_and_what_sweat_rests_on(pacecalc):
    text = " ".join(pacecalc("plan", RUN, "--goal", "29:00", *HOT, "--explain").out.split())
    for words in (
        "proven within",
        "of the optimum",
        "Planned/wanted an hour",
        "no sweat test",
        "0.3 clo",
        "137 mmol/L",
    ):
        assert words in text
    assert "proven within" not in pacecalc("plan", RUN, "--goal", "29:00", *HOT).out


def test_every_intake_printout_says_that_it_is_no_medical_advice(pacecalc):
    for arguments in (FIVE_HOURS, ("plan", MTB, "--goal", "11:30")):
        assert "Not medical advice" in pacecalc(*arguments).out


def refuse(pacecalc, *arguments):
    outcome = pacecalc(*arguments)
    assert outcome.code in (2, 3)
    assert outcome.out == ""
    lines = [line for line in outcome.err.splitlines() if line.startswith("error:")]
    assert len(lines) == 1
    return lines[0]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("products: [{id: my-bar, name: My bar, kind: bar, mass: 50 g}]", "'carbohydrate' of 'my-bar' is missing"),
        (
            "products: [{id: my-bar, name: My bar, kind: bar, mass: 50 g, carbohydrate: 30 g, sodium: -20 mg}]",
            "must not be negative",
        ),
        ("bring: [gu-energy-gell]", "did you mean 'gu-energy-gel"),
    ],
)
def test_a_doubtful_pantry_is_told_with_its_line(pacecalc, tmp_path, written, words):
    path = tmp_path / "pantry.yaml"
    path.write_text(written + "\n", encoding="utf-8")
    line = refuse(pacecalc, "plan", RUN, "--goal", "29:00", "--pantry", path)
    assert words in line
    assert "pantry.yaml:1" in line


def test_a_drop_bag_at_an_unknown_station(pacecalc, tmp_path):
    path = tmp_path / "day.yaml"
    path.write_text("drop_bags: [Winfeld]\n", encoding="utf-8")
    line = refuse(pacecalc, "plan", RUN, "--goal", "29:00", "--day", path)
    assert "Winfield (turnaround)" in line


def test_no_bottles_on_a_long_leg(pacecalc, tmp_path):
    path = tmp_path / "athlete.yaml"
    path.write_text("mass: 70 kg\nfuel: {bottles: 0 mL}\n", encoding="utf-8")
    line = refuse(pacecalc, "plan", RUN, "--goal", "29:00", "--athlete", path)
    assert "bottles hold 0.0 L" in line
    assert "May Queen" in line


def test_bags_go_only_where_the_race_day_says(pacecalc, tmp_path):
    path = tmp_path / "day.yaml"
    path.write_text("drop_bags: [Winfield]\ncrew: []\n", encoding="utf-8")
    data = pacecalc("plan", RUN, "--goal", "29:00", "--day", path, "-f", "json").data
    packed = {leg["from"] for leg in data["legs"] if leg["packed"]}
    assert packed <= {"Start - 6th St & Harrison Ave", "Winfield (turnaround)"}
