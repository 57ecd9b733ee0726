"""Where course profiles are found: the user's own folder, then those that come with pacecalc."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

from pacecalc.documents.tree import shorten
from pacecalc.errors import CourseError

PROFILES_VARIABLE = "PACECALC_PROFILES"
YAML_ENDINGS = (".yaml", ".yml")


def user_folder() -> Path | None:
    """The user's profiles: ``PACECALC_PROFILES``, else the platform's data folder; None when there is no home."""
    chosen = os.environ.get(PROFILES_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    try:
        folder = user_data_path("pacecalc", appauthor=False) / "profiles"
    except (RuntimeError, OSError, KeyError):
        return None
    # without a home the platform's answer starts with '~'
    return folder if folder.is_absolute() else None


def bundled_folder() -> Path | None:
    """The profiles inside the installed package, else those of the checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "profiles", package.parents[1] / "profiles"):
        if folder.is_dir():
            return folder
    return None


def list_profiles() -> dict[str, Path]:
    """Every profile that can be named, sorted by name; the user's own stand before bundled ones of the same name."""
    found: dict[str, Path] = {}
    for folder in (user_folder(), bundled_folder()):
        for path in _yaml_files(folder):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def list_series() -> dict[str, Path]:
    """Every series of races, from the folder ``series`` beside the profiles."""
    found: dict[str, Path] = {}
    for folder in (user_folder(), bundled_folder()):
        for path in _yaml_files(folder / "series" if folder else None):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def find_series(name_or_path: str | os.PathLike[str]) -> Path:
    """The file of a series: a path when it ends in ``.yaml`` or ``.yml``, else a name; like ``find_profile``."""
    return _find(os.fspath(name_or_path), list_series, "series")


def find_profile(name_or_path: str | os.PathLike[str]) -> Path:
    """The file of a course: a path when it ends in ``.yaml`` or ``.yml``, else a name.

    Raises
    ------
    CourseError
        When no profile has this name; the text suggests the nearest.
    """
    return _find(os.fspath(name_or_path), list_profiles, "course")


def _find(text: str, list_known: Callable[[], dict[str, Path]], what: str) -> Path:
    if text.lower().endswith(YAML_ENDINGS):
        return Path(text)
    known = list_known()
    name = text.strip().lower()
    if name in known:
        return known[name]
    raise CourseError(_unknown(text, list(known), what))


def _unknown(text: str, names: list[str], what: str) -> str:
    shown = shorten(text)
    wanted = "-".join(text.lower().replace("_", " ").split())[:80]
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    near += [name for name in names if len(wanted) >= 3 and wanted in name and name not in near][: 3 - len(near)]
    if near:
        hint = f"did you mean {' or '.join(repr(name) for name in near)}?"
    elif names:
        hint = f"'pacecalc {what} list' shows them all; a file is given by its path, ending in .yaml"
    else:
        hint = f"no {what} file is installed; give the path of a .yaml file"
    return f"unknown {what} '{shown}'; {hint}"


def _yaml_files(folder: Path | None) -> list[Path]:
    """Course files straight in a folder; a folder that cannot be read holds none."""
    if folder is None:
        return []
    try:
        return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in YAML_ENDINGS and path.is_file()]
    except OSError:
        return []
