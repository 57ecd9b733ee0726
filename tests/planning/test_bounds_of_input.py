"""What nobody can mean is refused, with the name of what was said and the bound."""

from __future__ import annotations

import pytest

from pacecalc.errors import UnitError
from pacecalc.planning.plan import plan_race


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"low": "-60 degC"}, ("low", "-50")),
        ({"high": "70 degC"}, ("high", "60")),
        ({"humidity": "130 %"}, ("humidity", "1")),
        ({"cloud": "-10 %"}, ("cloud", "0")),
        ({"wind": "80 m/s"}, ("wind", "60")),
        ({"wind": "3 m/s", "wind_from": "400 deg"}, ("wind direction", "360")),
        ({"mass": "20 kg"}, ("mass", "25")),
        ({"mass": "300 kg"}, ("mass", "250")),
        ({"index": 1200}, ("index", "1000")),
        ({"start_delay": "-5 min"}, ("start delay", "negative")),
        ({"start_delay": "30 h"}, ("start delay", "86")),
        ({"stops": {"Turnaround": "-1 min"}}, ("stop at Turnaround", "negative")),
        ({"threshold_power": "20 W"}, ("threshold power", "40")),
        ({"threshold_power": "900 W"}, ("threshold power", "600")),
        ({"threshold_power": "34 W/kg"}, ("threshold power", "2380 W at 70 kg", "600 W")),
        ({"threshold_power": "3.4"}, ("threshold power", "no unit")),
    ],
)
def test_what_lies_outside_its_bounds_is_refused_by_name(said, words):
    with pytest.raises(UnitError) as refused:
        plan_race("leadville-10k", goal="1:00", **said)
    text = str(refused.value)
    assert "\n" not in text
    for word in words:
        assert word in text
