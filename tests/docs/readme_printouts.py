"""Printouts in README.md, made by the commands written beside them.

``python tests/docs/readme_printouts.py`` writes them anew; a test holds them to what the command prints now.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"(<!-- printout: (?P<command>[^>]*) -->\n```text\n)(?P<text>.*?)(```\n<!-- end -->)", re.DOTALL)
LINES = 32


def print_plan(command: str) -> str:
    """First lines of what a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pacecalc", *shlex.split(command)], capture_output=True, text=True, check=True
    )
    return "\n".join(done.stdout.splitlines()[:LINES]).rstrip() + "\n"


def find_printouts(text: str) -> list[tuple[str, str]]:
    return [(match["command"], match["text"]) for match in BLOCK.finditer(text)]


def renew(text: str) -> str:
    return BLOCK.sub(lambda m: m[1] + print_plan(m["command"]) + m[4], text)


if __name__ == "__main__":
    README.write_text(renew(README.read_text(encoding="utf-8")), encoding="utf-8")
