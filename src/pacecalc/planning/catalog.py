"""Which courses there are: those shipped with pacecalc and those in the user's own folder."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from pacecalc.errors import CourseError

PROFILES_VARIABLE = "PACECALC_PROFILES"
"""Environment variable that names the folder of the user's own profiles."""
SUFFIXES = (".yaml", ".yml")


def bundled_folder() -> Path:
    """Folder of the profiles that came with pacecalc, in a wheel or in a checkout."""
    inside = Path(__file__).parents[1] / "profiles"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "profiles"


def user_folder() -> Path:
    """Folder of the user's own profiles: ``$PACECALC_PROFILES``, else the platform's place for user data."""
    named = os.environ.get(PROFILES_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("pacecalc", appauthor=False) / "profiles"


def list_profiles() -> dict[str, Path]:
    """Every course id with its file, sorted; a user's profile goes before a bundled one of the same name."""
    found: dict[str, Path] = {}
    for folder in (bundled_folder(), user_folder()):
        if folder.is_dir():
            found.update({path.stem: path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file()})
    return dict(sorted(found.items()))


def find_profile(name_or_path: str | Path) -> Path:
    """File of a course given by its id or by a path.

    Raises
    ------
    CourseError
        When there is no such course or file; the message suggests the nearest id.
    """
    text = str(name_or_path)
    path = Path(name_or_path)
    if isinstance(name_or_path, Path) or os.sep in text or path.suffix.lower() in (*SUFFIXES, ".gpx", ".tcx", ".fit"):
        if path.exists():
            return path
        raise CourseError(f"no such file: {text}{_nearest(path.stem, list_profiles())}")
    profiles = list_profiles()
    if text in profiles:
        return profiles[text]
    if path.exists() and not path.is_dir():
        return path
    hint = _nearest(text, profiles) or "; `pacecalc course list` shows all, a path names your own file"
    raise CourseError(f"unknown course '{text[:80]}'{hint}")


def _nearest(name: str, profiles: dict[str, Path]) -> str:
    matches = get_close_matches(name.lower().replace(" ", "-").replace("_", "-"), profiles, n=1, cutoff=0.5)
    if not matches:
        words = set(name.lower().replace("-", " ").split())
        matches = [each for each in profiles if words & set(each.split("-"))][:1]
    return f"; did you mean '{matches[0]}'?" if matches else ""
