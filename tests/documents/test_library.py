"""Profiles are found by name or path, the user's own first."""

from pathlib import Path

import pytest

from pacecalc.documents import library
from pacecalc.documents.library import find_profile, find_series, list_profiles, list_series, user_folder
from pacecalc.errors import CourseError


@pytest.fixture
def folders(tmp_path, monkeypatch) -> tuple[Path, Path]:
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    for folder in (own, bundled / "series"):
        folder.mkdir(parents=True)
    for name in ("leadville-trail-100-mtb", "western-states-100", "utmb"):
        (bundled / f"{name}.yaml").write_text("id: x\n")
    (bundled / "series" / "leadwoman.yaml").write_text("id: x\n")
    (bundled / "README.md").write_text("")
    monkeypatch.setenv(library.PROFILES_VARIABLE, str(own))
    monkeypatch.setattr(library, "bundled_folder", lambda: bundled)
    return own, bundled


def test_bundled_profiles_are_found_by_name(folders):
    assert list(list_profiles()) == ["leadville-trail-100-mtb", "utmb", "western-states-100"]
    assert find_profile("UTMB") == folders[1] / "utmb.yaml"
    assert list_series() == {"leadwoman": folders[1] / "series" / "leadwoman.yaml"}
    assert find_series("leadwoman").name == "leadwoman.yaml"


def test_the_users_own_profile_stands_before_the_bundled_one(folders):
    (folders[0] / "utmb.yml").write_text("id: mine\n")
    (folders[0] / "home-loop.yaml").write_text("id: mine\n")
    assert find_profile("utmb") == folders[0] / "utmb.yml"
    assert "home-loop" in list_profiles()


def test_a_yaml_ending_means_a_path(folders):
    assert find_profile("some/where/my-race.yaml") == Path("some/where/my-race.yaml")
    assert find_profile(Path("my-race.YML")) == Path("my-race.YML")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("leadville-100-mtb", "unknown course 'leadville-100-mtb'; did you mean 'leadville-trail-100-mtb'?"),
        ("Western States", "did you mean 'western-states-100'?"),
        ("100-mtb", "did you mean 'leadville-trail-100-mtb'?"),
        ("qqqq", "'pacecalc course list' shows them all; a file is given by its path, ending in .yaml"),
        ("x" * 500, "shows them all"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(folders, name, said):
    with pytest.raises(CourseError) as caught:
        find_profile(name)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 250


def test_an_unknown_series_says_series(folders):
    with pytest.raises(CourseError, match="unknown series 'leadmen'; did you mean 'leadwoman'"):
        find_series("leadmen")


def test_without_home_and_without_profiles_nothing_crashes(monkeypatch):
    monkeypatch.delenv(library.PROFILES_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: Path("~/.local/share/pacecalc"))
    monkeypatch.setattr(library, "bundled_folder", lambda: None)
    assert user_folder() is None
    assert list_profiles() == {}
    with pytest.raises(CourseError, match="no course file is installed; give the path of a"):
        find_profile("utmb")


def test_a_platform_that_knows_no_home_has_no_user_folder(monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv(library.PROFILES_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", fail)
    assert user_folder() is None


def test_the_platforms_folder_is_the_default(monkeypatch, tmp_path):
    monkeypatch.delenv(library.PROFILES_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: tmp_path)
    assert user_folder() == tmp_path / "profiles"


def test_this_checkout_or_package_has_a_folder_of_profiles_or_none(tmp_path, monkeypatch):
    found = library.bundled_folder()
    assert found is None or found.name == "profiles"
    monkeypatch.setattr(library, "__file__", str(tmp_path / "src" / "pacecalc" / "documents" / "library.py"))
    assert library.bundled_folder() is None
