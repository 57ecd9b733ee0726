"""README.md says what is so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from readme_printouts import README, find_printouts, print_plan

TEXT = README.read_text(encoding="utf-8")


def test_there_is_a_printout_in_the_readme():
    assert len(find_printouts(TEXT)) == 1


@pytest.mark.parametrize(("command", "text"), find_printouts(TEXT))
def test_the_printout_is_what_the_command_prints(command, text):
    assert text == print_plan(command), "renew it with  python tests/docs/readme_printouts.py"


def test_the_python_example_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    out = capsys.readouterr().out
    assert "Leadville Trail 100 MTB" in out
    assert "kilogram" in out or "kg" in out


def test_the_profile_example_plans(tmp_path):
    from pacecalc.planning.plan import plan_race

    (profile,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "my-race.yaml"
    path.write_text(profile, encoding="utf-8")
    plan = plan_race(path, goal="11:00")
    assert plan.finish_s == pytest.approx(11 * 3600, abs=1.0)
    assert plan.legal
