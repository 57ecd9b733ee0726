"""The command line in process: what it prints, and its exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from pacecalc.cli.app import run


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def pacecalc(capsys):
    """Run one command."""

    def call(*arguments: str) -> Outcome:
        code = run([str(a) for a in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Outcome(code, captured.out, captured.err)

    return call
