"""The suite on every Python and at both ends of the dependencies: nox, or nox -s lowest."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "uv|virtualenv"


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """The default suite with the newest dependencies that this Python can have."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(python="3.11", venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """The default suite at the lower bounds in pyproject.toml; reviewed printouts may differ there by a gram."""
    session.install("--resolution", "lowest-direct", ".[test]")
    session.run("python", "-m", "pytest", "-n", "auto", "--ignore=tests/golden", *session.posargs)
