"""Files are written whole or not at all."""

import os
import stat

import pytest

from pacecalc.documents.writing import write_atomically
from pacecalc.errors import DocumentError, UsageError


def test_text_and_bytes_are_written_as_given(tmp_path):
    assert write_atomically(tmp_path / "a.txt", "é\n") == tmp_path / "a.txt"
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\n"
    write_atomically(str(tmp_path / "b.bin"), b"\x00\r\n")
    assert (tmp_path / "b.bin").read_bytes() == b"\x00\r\n"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "b.bin"]


def test_an_existing_file_stays_without_force(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(UsageError, match="this file exists already; give --force to replace it"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    write_atomically(path, "new", force=True)
    assert path.read_text() == "new"


def test_a_file_made_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    real = os.fsync

    def meanwhile(descriptor):
        real(descriptor)
        path.write_text("theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(UsageError, match="--force"):
        write_atomically(path, "mine")
    assert path.read_text() == "theirs"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_what_was_there_and_no_debris(tmp_path, monkeypatch, force):
    path = tmp_path / "a.txt"
    if force:
        path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match="cannot be written: no space left on device"):
        write_atomically(path, "new", force=force)
    assert os.listdir(tmp_path) == (["a.txt"] if force else [])
    assert not force or path.read_text() == "old"


def test_an_interruption_leaves_no_debris(tmp_path, monkeypatch):
    def interrupt(_descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", "new")
    assert os.listdir(tmp_path) == []


def test_no_folder_and_a_folder_are_named(tmp_path):
    with pytest.raises(DocumentError, match="cannot be written: no such file or directory"):
        write_atomically(tmp_path / "no" / "a.txt", "x")
    with pytest.raises(UsageError, match="this is a folder; name a file in it"):
        write_atomically(tmp_path, "x")


def test_a_file_system_without_hard_links_works_too(tmp_path, monkeypatch):
    def no_links(*_args):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    write_atomically(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").read_text() == "x"


@pytest.mark.skipif(os.name != "posix", reason="permissions and links as on Unix")
def test_permissions_and_links_survive(tmp_path):
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, "new", force=True)
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
