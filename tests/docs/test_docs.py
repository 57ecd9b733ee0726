"""The pages of docs/ say what is so: commands and examples run, generated pages are current, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from references import DOCS, EXAMPLES, ROOT, generate, walk_commands

PAGES = sorted(DOCS.glob("*.md"))
HAND_WRITTEN = [page for page in PAGES if page.name not in {"command-line.md", "library.md", "constants.md"}]
BLOCK = re.compile(r"(?:<!-- file: (?P<file>[\w.-]+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
QUOTED = re.compile(r"<!-- from (?P<report>[\w./-]+) -->\n```text\n(?P<text>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
EXTRAS = {".pdf": "typst", ".ics": "icalendar", ".fit": "fit_tool"}


def can_run(command: str) -> bool:
    """Whether the optional library a file needs is there."""
    return all(find_spec(library) for ending, library in EXTRAS.items() if ending in command)


def run_command(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    from pacecalc.cli.app import run

    code = run(shlex.split(command)[1:])
    printed = capsys.readouterr()
    assert code == 0, f"{command}\n{printed.err}"
    return printed.out


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "command-line.md"], ids=lambda p: p.name)
def test_every_example_of_a_page_runs_in_order(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["file"]:
            Path(block["file"]).write_text(block["text"], encoding="utf-8")
        elif block["kind"] == "sh":
            for line in block["text"].splitlines():
                if line.startswith("pacecalc ") and can_run(line):
                    run_command(line, capsys)
        elif block["kind"] == "python":
            exec(compile(block["text"], page.name, "exec"), names)  # noqa: S102


@pytest.mark.parametrize("page", [p for p in PAGES if p in generate()], ids=lambda p: p.name)
def test_generated_pages_are_current(page):
    assert page.read_text(encoding="utf-8") == generate()[page], "renew it with  python tests/docs/references.py"


def test_every_command_has_an_example_and_every_example_a_command():
    assert {name for name, _ in walk_commands()} == set(EXAMPLES)


ORDER = ("course export", "course import", "athlete init", "pantry init", "day init", "plan")
"""What makes the files that other examples use."""


def test_the_example_of_every_command_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("athletes.csv").write_text("name,goal,mass\nAnn,1:00,60 kg\nBob,1:10,80 kg\n", encoding="utf-8")
    for name in (*ORDER, *(n for n in EXAMPLES if n not in ORDER)):
        run_command(EXAMPLES[name], capsys)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page):
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        if "://" not in link["target"]:
            assert (page.parent / link["target"]).exists(), link["target"]


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=lambda p: p.name)
def test_quoted_figures_stand_in_the_report_they_come_from(page):
    for quote in QUOTED.finditer(page.read_text(encoding="utf-8")):
        report = {line.strip() for line in (ROOT / quote["report"]).read_text(encoding="utf-8").splitlines()}
        for line in quote["text"].splitlines():
            assert not line.strip() or line.strip() in report, line


def test_the_models_page_quotes_the_reports():
    assert len(QUOTED.findall((DOCS / "models.md").read_text(encoding="utf-8"))) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_no_page_names_a_place_on_a_machine(page):
    assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root)/", page.read_text(encoding="utf-8"))
