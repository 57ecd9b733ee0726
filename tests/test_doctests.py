"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import pacecalc

MODULES = sorted(
    info.name for info in pkgutil.walk_packages(pacecalc.__path__, "pacecalc.") if not info.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(name)
    results = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert results.failed == 0, f"{results.failed} of {results.attempted} examples of {name} fail"


def test_modules_are_found() -> None:
    assert "pacecalc.units.conversion" in MODULES
    assert len(MODULES) > 20
