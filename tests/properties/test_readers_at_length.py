"""Byte-level fuzzing of both readers, longer than the default run allows: a document or a track, or a named refusal."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pacecalc.documents.course_profile import CourseProfile
from pacecalc.documents.library import find_profile
from pacecalc.documents.reading import load_document
from pacecalc.errors import PacecalcError
from pacecalc.tracks.reading import read_track

ROUNDS = 2500
DICTIONARY = [
    b"\x00",
    b"&a ",
    b"*a",
    b"<<: ",
    b"- ",
    b": ",
    b"\t",
    b"1e999",
    b"nan",
    b"<!DOCTYPE a [",
    b"<!ENTITY x",
    b"]]>",
]
DICTIONARY += [b"</trkpt>", b'lat="91"', b'lon="-181"', b"<ele>1e9</ele>", b"\xff\xfe", b"\xe9", b"12:30", b"kg"]

GPX = (
    '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>T</name><trkseg>'
    + "".join(f'<trkpt lat="{45 + i / 900:.5f}" lon="7.0"><ele>{100 + i}</ele></trkpt>' for i in range(40))
    + "</trkseg></trk></gpx>"
).encode()


def mutate(data: bytes, rng: np.random.Generator) -> bytes:
    for _ in range(int(rng.integers(1, 6))):
        at = int(rng.integers(0, len(data)))
        match int(rng.integers(0, 4)):
            case 0:
                data = data[:at] + bytes([int(rng.integers(0, 256))]) + data[at + 1 :]
            case 1:
                data = data[:at] + DICTIONARY[int(rng.integers(0, len(DICTIONARY)))] + data[at:]
            case 2:
                data = data[:at] + data[at + int(rng.integers(1, 60)) :]
            case _:
                data = data[:at] + data[max(0, at - 80) : at] + data[at:]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_profiles(tmp_path: Path, seed):
    rng = np.random.default_rng(seed)
    whole = find_profile("leadville-10k").read_bytes()
    path = tmp_path / "fuzz.yaml"
    refused: list[str] = []
    for _ in range(ROUNDS):
        path.write_bytes(mutate(whole, rng))
        try:
            load_document(CourseProfile, path)
        except PacecalcError as error:
            refused.append(str(error))
    assert len(refused) > ROUNDS // 10
    assert all("fuzz.yaml" in said for said in refused)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_tracks(tmp_path: Path, seed):
    rng = np.random.default_rng(seed)
    path = tmp_path / "fuzz.gpx"
    refused: list[str] = []
    for _ in range(ROUNDS):
        path.write_bytes(mutate(GPX, rng))
        try:
            read_track(path)
        except PacecalcError as error:
            refused.append(str(error))
    assert len(refused) > ROUNDS // 10
    assert not any("\n" in said for said in refused)
