"""Who waits longer than a second sees that something happens; nobody else sees or loads anything."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest

from pacecalc.cli.waiting import waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watch(monkeypatch):
    """A terminal on stderr; from inside the test, for pytest sets its own stderr after the fixtures."""
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


def wait_for(happened, limit_s=10.0):
    end_s = time.monotonic() + limit_s
    while not happened() and time.monotonic() < end_s:
        time.sleep(0.01)


def test_a_long_wait_shows_what_is_done_and_leaves_the_line_clean(monkeypatch):
    watched = watch(monkeypatch)
    with waiting("planning", patience_s=0.0):
        wait_for(lambda: "planning" in watched.getvalue())
    assert "planning" in watched.getvalue()
    # The last thing done is to erase the line of the bar.
    assert watched.getvalue().rstrip("\n").endswith("\x1b[2K")


def test_a_short_wait_shows_nothing(monkeypatch):
    watched = watch(monkeypatch)
    with waiting("planning", patience_s=60.0):
        pass
    assert watched.getvalue() == ""


def test_work_that_fails_takes_the_bar_down_too(monkeypatch):
    watched = watch(monkeypatch)

    def work():
        with waiting("planning", patience_s=0.0):
            wait_for(lambda: "planning" in watched.getvalue())
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()
    assert watched.getvalue().rstrip("\n").endswith("\x1b[2K")


@pytest.mark.parametrize("kind", ["piped", "dumb"])
def test_where_nobody_watches_nothing_is_shown(kind, monkeypatch):
    watched = watch(monkeypatch)
    if kind == "piped":
        monkeypatch.setattr(watched, "isatty", lambda: False)
    else:
        monkeypatch.setenv("TERM", "dumb")
    with waiting("planning", patience_s=0.0):
        time.sleep(0.1)
    assert watched.getvalue() == ""


def test_nothing_is_loaded_before_it_is_needed():
    code = """
import sys
from pacecalc.cli.waiting import waiting
sys.stderr.isatty = lambda: True
with waiting("planning"):
    pass
print("rich" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert done.stderr == ""
