"""What ``import pacecalc`` offers, and what it does not load."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import pkgutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import pacecalc
from pacecalc.errors import UnitError

SOURCE = ast.parse(Path(pacecalc.__file__).read_text(encoding="utf-8"))


def _run_fresh(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("name", pacecalc.__all__)
def test_every_public_name_is_there_and_explains_itself(name: str) -> None:
    found = getattr(pacecalc, name)
    assert found.__name__ == name
    assert inspect.getdoc(found)


@pytest.mark.parametrize("name", sorted(pacecalc._UNIT_AWARE))
def test_public_science_takes_units(name: str) -> None:
    face = getattr(pacecalc, name)
    plain = getattr(importlib.import_module(pacecalc._UNIT_AWARE[name]), name)
    assert face is not plain
    assert face.__wrapped__ is plain
    assert list(inspect.signature(face).parameters) == list(inspect.signature(plain).parameters)
    assert pickle.loads(pickle.dumps(face)) is face


def test_air_weighs_the_same_in_whatever_unit() -> None:
    """1.1989 kg/m3 at 20 degC, 1013.25 hPa and 50 % humidity, as in the docstring of the science function."""
    metric = pacecalc.air_density("20 degC", "1013.25 hPa", "50 %")
    imperial = pacecalc.air_density("68 degF", "101.325 kPa", 0.5)
    assert round(metric.to("kg/m^3").magnitude, 4) == 1.1989
    assert imperial.magnitude == pytest.approx(metric.magnitude, rel=1e-12)
    with pytest.raises(UnitError, match=r'temperature_c: 20 has no unit; write "20 degC"'):
        pacecalc.air_density(20, "1013.25 hPa")


def test_a_40_minute_10_km_predicts_a_marathon_of_3_h_4_min() -> None:
    """Riegel 1981: 11040 s."""
    assert round(pacecalc.riegel_time("26.21875 mi", "10 km", "40 min").to("s").magnitude) == 11040


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'pacecalc' has no attribute 'plan_rase'"):
        pacecalc.plan_rase  # noqa: B018


def test_names_are_listed_before_they_are_loaded() -> None:
    assert set(pacecalc.__all__) <= set(dir(pacecalc))
    assert len(pacecalc.__all__) == len(set(pacecalc.__all__))


def test_the_version_is_the_installed_one() -> None:
    assert pacecalc.__version__ == version("pacecalc")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, pacecalc\n"
        "heavy = {'numpy', 'pint', 'pydantic', 'yaml', 'typer', 'highspy'}\n"
        "print(sorted(heavy & set(sys.modules)), sorted(m for m in sys.modules if m.startswith('pacecalc.')))"
    )
    assert _run_fresh(code) == "[] []"


def test_errors_and_durations_load_no_numpy() -> None:
    code = "import sys, pacecalc; pacecalc.UnitError, pacecalc.parse_duration_s; print('numpy' in sys.modules)"
    assert _run_fresh(code) == "False"


def test_star_import_gives_exactly_the_public_names() -> None:
    code = "names = {}; exec('from pacecalc import *', names); names.pop('__builtins__'); print(len(names))"
    assert _run_fresh(code) == str(len(pacecalc.__all__))


def test_no_public_name_is_a_modules_name() -> None:
    """A lazily loaded name equal to a module's would become the module as soon as that is imported."""
    modules = {info.name.rpartition(".")[2] for info in pkgutil.walk_packages(pacecalc.__path__, "pacecalc.")}
    assert not modules & set(pacecalc.__all__)


def test_type_checkers_see_every_public_name_where_it_stands() -> None:
    guarded = next(node for node in SOURCE.body if isinstance(node, ast.If))
    seen = {
        alias.asname: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    declared = {node.target.id for node in guarded.body if isinstance(node, ast.AnnAssign)}  # type: ignore[union-attr]
    assert seen == pacecalc._PUBLIC
    assert declared == {*pacecalc._UNIT_AWARE, "__version__"}


def test_python_dash_m_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "pacecalc", "--version"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"pacecalc {version('pacecalc')}"
