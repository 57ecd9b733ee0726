"""Every choice of a race has its option, and every option its choice."""

from __future__ import annotations

import inspect

import pytest

from pacecalc.cli import batch, compare, cutoffs, plan, predict
from pacecalc.cli.options import Pacing, SportChoice
from pacecalc.cli.race_options import OPTIONS, choose
from pacecalc.planning.choices import RaceChoices


def test_all_options_together_are_all_choices_of_the_library():
    said = dict.fromkeys(OPTIONS)
    said |= {
        "sport": SportChoice.mtb,
        "pacing": Pacing.steady,
        "margin": ["5min", "Finish=20min"],
        "stop": ["Finish=1min"],
    }
    chosen = choose(said)
    assert set(chosen) == set(RaceChoices.__annotations__)
    assert (chosen["sport"], chosen["pacing"]) == ("mtb", "steady")
    assert (chosen["margin"], chosen["margins"]) == ("5min", {"Finish": "20min"})
    assert chosen["stops"] == {"Finish": "1min"}


def test_what_a_command_leaves_out_it_does_not_choose():
    assert choose({"sport": None, "low": "4degC"}) == {"sport": None, "low": "4degC"}


@pytest.mark.parametrize("command", [plan.plan, compare.compare, cutoffs.cutoffs, predict.predict, batch.batch])
def test_the_options_of_a_race_stand_where_the_command_asks_for_them(command):
    names = list(inspect.signature(command).parameters)
    assert names[0] == "course"
    assert "race" not in names
    assert names.index("sport") < names.index("date") < names.index("units")
    own = [name for name in names if name in OPTIONS and name != "goal"]
    assert own == [name for name in OPTIONS if name in own]
