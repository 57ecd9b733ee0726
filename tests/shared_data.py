"""Where the researched courses, tracks and race splits lie, when this checkout has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_root() -> Path:
    return Path(os.environ.get("PACECALC_SHARED", Path(__file__).parents[2] / "shared"))


def shared_path(*parts: str) -> Path:
    """Path of a shared file; skips the test when it is absent."""
    path = shared_root().joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared data not present: {'/'.join(parts)}")
    return path
