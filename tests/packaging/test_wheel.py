"""The wheel holds what it must and plans a race outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
NO_NETWORK = ("No matching distribution", "Could not find a version", "ConnectionError", "Temporary failure in name")

pytestmark = pytest.mark.slow


def _clean_environment(home: Path) -> dict[str, str]:
    """Nothing of this checkout or of the person's own profiles."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("PACECALC_", "PYTHON", "VIRTUAL_ENV", "XDG_", "COV_"))
    }
    return kept | {"HOME": str(home), "NO_COLOR": "1", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(CHECKOUT)]
    done = subprocess.run(build, capture_output=True, text=True)
    if done.returncode and any(reason in done.stderr for reason in NO_NETWORK):
        pytest.skip("the build backend cannot be fetched here")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("pacecalc-*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are the ones the tests run with, pacecalc itself is not."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, cwd=folder, env=_clean_environment(folder))
    ask = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    # a folder named in a .pth is searched last and its own .pth files, such as our editable install's, are not read
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def _run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(installed / "venv" / "bin" / arguments[0]), *arguments[1:]]
    return subprocess.run(command, capture_output=True, text=True, cwd=installed, env=_clean_environment(installed))


def test_every_file_of_the_package_is_in_the_wheel(names: set[str]) -> None:
    source = CHECKOUT / "src"
    ours = {
        path.relative_to(source).as_posix()
        for path in (source / "pacecalc").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours <= names
    assert {"pacecalc/py.typed", "pacecalc/units.txt", "pacecalc/data/pantry.yaml"} <= names


def test_the_race_profiles_are_inside_the_package(names: set[str]) -> None:
    profiles = {f"pacecalc/profiles/{path.name}" for path in (CHECKOUT / "profiles").glob("*.yaml")}
    assert {
        "pacecalc/profiles/leadville-trail-100-mtb.yaml",
        "pacecalc/profiles/leadville-trail-100-run.yaml",
    } <= profiles
    assert profiles <= names


def test_the_wheel_brings_nothing_else(names: set[str]) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"pacecalc"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc") or "/tests/" in name]


def test_the_wheel_says_what_it_is(wheel: Path, names: set[str]) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = f"pacecalc-{project['version']}.dist-info"
    assert f"{info}/licenses/LICENSE" in names
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"{info}/METADATA").decode()
        scripts = archive.read(f"{info}/entry_points.txt").decode()
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert "pacecalc = pacecalc.cli.app:main" in scripts


def test_the_installed_package_is_not_the_checkout(installed: Path) -> None:
    done = _run(installed, "python", "-c", "import pacecalc; print(pacecalc.__file__)")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize(
    ("course", "goal"), [("leadville-trail-100-mtb", "11:45"), ("leadville-trail-100-run", "29:00")]
)
def test_the_installed_command_plans_the_race(installed: Path, course: str, goal: str) -> None:
    done = _run(installed, "pacecalc", "plan", course, "--goal", goal)
    assert done.returncode == 0, done.stderr
    assert "Leadville" in done.stdout
    assert goal in done.stdout
    assert "Twin Lakes" in done.stdout


def test_python_dash_m_gives_the_same_plan_as_the_command(installed: Path) -> None:
    arguments = ("plan", "leadville-trail-100-mtb", "--goal", "11:45", "--format", "json")
    command, module = _run(installed, "pacecalc", *arguments), _run(installed, "python", "-m", "pacecalc", *arguments)
    assert command.returncode == 0, command.stderr
    assert command.stdout == module.stdout


def test_help_loads_nothing_heavy(installed: Path) -> None:
    done = _run(installed, "python", "-X", "importtime", "-m", "pacecalc", "--help")
    assert done.returncode == 0, done.stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"numpy", "pint", "pydantic", "yaml", "highspy"}
