"""Which kind of track a file is, by what it holds and not by what it is called."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pacecalc.errors import TrackError
from pacecalc.tracks.track import MAXIMUM_BYTES, Track

_HEAD_BYTES = 4096
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)", re.ASCII)


def read_track(path: str | Path) -> Track:
    """Read a GPX, TCX or FIT file.

    Parameters
    ----------
    path : str or Path
        The file; its kind is found from its content.

    Raises
    ------
    TrackError
        When it is no track, damaged, larger than 64 MB, or has fewer than two points; one line that names the file.
    MissingExtraError
        When it is a FIT file and fitdecode is not installed.
    """
    path = Path(path)
    try:
        return _read_by_content(path)
    except OSError as error:
        raise TrackError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except TrackError as error:
        raise TrackError(f"{path}: {error}") from None


def _read_by_content(path: Path) -> Track:
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise TrackError("this is not a file; name a GPX, TCX or FIT file")
    if status.st_size > MAXIMUM_BYTES:
        raise TrackError(
            f"{status.st_size / 1e6:.0f} MB, larger than {MAXIMUM_BYTES / 1e6:.0f} MB; "
            "thin the track (one point every 5 m is enough)"
        )
    with open(path, "rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise TrackError("the file is empty; a GPX, TCX or FIT file is expected")
    if head[8:12] == b".FIT":
        from pacecalc.tracks.fit import read_fit

        return read_fit(path)
    root = _name_of_root(head)
    if root == "gpx":
        from pacecalc.tracks.gpx import read_gpx

        return read_gpx(path)
    if root == "TrainingCenterDatabase":
        from pacecalc.tracks.tcx import read_tcx

        return read_tcx(path)
    if root:
        raise TrackError(f"found XML that starts with <{root[:40]}>; a GPX, TCX or FIT file is expected")
    raise TrackError("this is neither GPX, TCX nor FIT; export the track in one of these formats")


def _name_of_root(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = head.decode(encoding, errors="ignore").removeprefix("\xef\xbb\xbf").lstrip()
    if not text.startswith("<"):
        return ""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TrackError(
            "the file declares a document type; tracks need none and such files can be bombs: remove <!DOCTYPE>"
        )
    without_comments = re.sub(r"<!--.*?(-->|$)", "", text, flags=re.DOTALL)
    match = _ROOT.search(without_comments)
    return match.group(1) if match else ""
