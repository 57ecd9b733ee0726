"""Commands kept for review with what they print: every report that is not a plan, and plans made on the way.

``python tests/golden/commands.py`` writes them anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "commands"
MIXED = ("--mass", "64 kg", "--low", "4 degC", "--high", "24 degC")
RUN, MTB = "leadville-trail-100-run", "leadville-trail-100-mtb"
SESSIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cutoffs-run": (("cutoffs", RUN, "--result", "marathon 3:45", *MIXED),),
    "cutoffs-mtb": (("cutoffs", MTB, "--ftp", "235 W", "--start-delay", "6min", "--units", "imperial", *MIXED),),
    "compare-mtb": (("compare", MTB, "--goal", "10:30", "--goal", "11:30", "--goal", "11:59", *MIXED),),
    "compare-run": (("compare", RUN, "--goal", "24:30", "--goal", "29:30", "--forecast", "hours.csv"),),
    "predict-run": (
        ("predict", "western-states-100", "--result", "50km 4:40:00 2026-03-01 +1200m", "--result", "marathon 3:20",
         "--for", "24:00", "--for", "29:00"),
        ("predict", "new-york-city-marathon", "--result", "10km 42:30", "--units", "imperial"),
        ("predict", "utmb", "--index", "560"),
    ),
    "predict-ride": (
        ("predict", MTB, "--ftp", "240 W", "--mass", "70 kg", "--for", "8:59", "--for", "11:00"),
        ("predict", "silver-rush-50-mtb", "--ftp", "265 W", "--mass", "160 lb", "--units", "imperial"),
    ),
    "series": (
        ("series", "list"),
        ("series", "show", "leadwoman", "--year", "2025", "--result", "marathon 3:50", "--ftp", "215 W",
         "--mass", "62 kg"),
        ("series", "show", "leadwoman", "--units", "imperial"),
        ("series", "show", "grand-slam", "--result", "50 mi 9:30"),
    ),
    "intake": (
        ("intake", "--duration", "5:00", "--temperature", "27degC", "--mass", "58 kg", "--speed", "9.5 km/h"),
        ("intake", "--duration", "9:30", "--temperature", "60degF", "--sport", "mtb", "--power", "165 W",
         "--mass", "75 kg", "--units", "imperial"),
        ("intake", "--duration", "2:15", "--temperature", "4degC", "--humidity", "85%", "--format", "json"),
    ),
    "course-show": (("course", "show", "wasatch-front-100", "--units", "imperial"),),
    "course-import": (
        ("course", "import", "loop.gpx", "--name", "Loop", "--distance", "24km", "--waypoints", "places.csv",
         "--start", "2027-08-14 06:30", "--timezone", "America/Denver", "-o", "loop.yaml"),
        ("course", "show", "loop.yaml"),
        ("plan", "loop.yaml", "--goal", "3:10", "--mass", "58 kg", "--high", "26 degC", "--low", "12 degC",
         "--explain"),
    ),
    "course-import-miles": (
        ("course", "import", "loop.gpx", "--name", "Loop", "--distance", "24km", "--waypoints", "places.csv",
         "--start", "2027-08-14 06:30", "--timezone", "America/Denver", "--miles", "-o", "loop.yaml"),
    ),
    "replan-run": (
        ("plan", RUN, "--goal", "29:00", "--forecast", "hours.csv", "-o", "plan.json"),
        ("replan", "plan.json", "--at", "May Queen (out)", "--elapsed", "2:20", "--left", "2:31",
         "--log", "splits.csv"),
        ("replan", "plan.json", "--at", "Twin Lakes (out)", "--elapsed", "8:50", "--left", "9:02", "--eaten", "0.8",
         "--feeling", "0.95", "--log", "splits.csv", "-o", "rest.json"),
        ("replan", "plan.json", "--log", "splits.csv", "--at", "Winfield (turnaround)", "--elapsed", "13:30"),
        ("render", "rest.json", "--units", "imperial", "--plan-b"),
    ),
    "replan-mtb": (
        ("plan", MTB, "--goal", "11:15", "--ftp", "225 W", *MIXED, "-o", "plan.json"),
        ("replan", "plan.json", "--at", "Pipeline (out)", "--clock", "08:41", "--eaten", "0.6"),
    ),
    "target": (
        ("plan", "silver-rush-50-run", "--target-probability", "0.8", "--result", "marathon 3:50", *MIXED),
        ("plan", RUN, "--goal", "29:20", "--margin", "90%", "--margin", "Twin Lakes (in)=40min", "--format", "csv"),
    ),
}  # fmt: skip
"""Commands of one folder, one after the other; what they print is kept together with the profile they write."""
IMPORT = ("course", "import", "loop.gpx", "--name", "Loop", "--distance", "24km", "--waypoints", "places.csv",
          "--start", "2027-08-14 06:30", "--timezone", "America/Denver", "-o", "loop.yaml", "--sport")  # fmt: skip
DAY = ("--forecast", "loop-hours.csv", "--mass", "61 kg")
NUMBERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "run": (
        (*IMPORT, "run"),
        ("plan", "loop.yaml", "--goal", "3:05", "--result", "half marathon 1:52", *DAY, "-o", "plan.json"),
        ("replan", "plan.json", "--at", "Ridge", "--elapsed", "1:02", "--left", "1:04", "--eaten", "0.5",
         "--log", "splits.csv", "-o", "rest.json"),
        ("replan", "plan.json", "--at", "Mill", "--elapsed", "2:12", "--feeling", "0.97", "--log", "splits.csv",
         "-o", "last.json"),
    ),
    "ride": (
        (*IMPORT, "mtb"),
        ("plan", "loop.yaml", "--goal", "1:25", "--ftp", "230 W", *DAY, "-o", "plan.json"),
        ("replan", "plan.json", "--at", "Ridge", "--elapsed", "0:32", "-o", "rest.json"),
    ),
    "reports": (
        (*IMPORT, "run"),
        ("cutoffs", "loop.yaml", "--result", "10km 51:00", *DAY, "--format", "json", "-o", "cutoffs.json"),
        ("compare", "loop.yaml", "--goal", "2:50", "--goal", "3:20", *DAY, "--format", "json", "-o", "compare.json"),
        ("predict", "loop.yaml", "--result", "10km 51:00", "--for", "3:00", *DAY, "--format", "json",
         "-o", "predict.json"),
        ("predict", "leadville-10k", "--index", "480", "--format", "json", "-o", "index.json"),
        ("intake", "--duration", "4:20", "--temperature", "22degC", "--sport", "ride", "--power", "180 W",
         "--format", "json", "-o", "intake.json"),
    ),
}  # fmt: skip
"""Commands whose every number is kept, not only the digits that are printed."""
PLACES = """name,at,kind,cutoff,crew,drop_bag
Start,0 km,start,,,
Ridge,7.5 km,aid,1:20,yes,
Mill,16 km,aid,2:30,,yes
Finish,24 km,finish,3:40,,
"""


def write_inputs(folder: Path) -> None:
    """The files the commands read: a forecast, a track and its places."""
    hours = [
        f"2025-08-{16 + h // 24}T{h % 24:02d}:00,{12.0 - 9.0 * math.cos((h - 4) / 24 * 2 * math.pi):.1f},"
        f"{55 + 25 * math.cos((h - 5) / 24 * 2 * math.pi):.0f},{8 + 6 * math.sin(h / 7):.1f},{(h * 11) % 360},"
        f"{40 + 35 * math.sin(h / 5):.0f}"
        for h in range(40)
    ]
    head = "time,temperature_c,humidity_percent,wind_km_per_h,wind_from_deg,cloud_percent\n"
    (folder / "hours.csv").write_text(head + "\n".join(hours) + "\n", encoding="utf-8")
    warm = [line.replace(f"2025-08-{16 + k // 24}", f"2027-08-{14 + k // 24}") for k, line in enumerate(hours)]
    (folder / "loop-hours.csv").write_text(head + "\n".join(warm) + "\n", encoding="utf-8")
    points = []
    for k in range(1200):
        turn = 2.0 * math.pi * k / 1200
        height = 3000.0 + 180.0 * math.sin(turn) + 60.0 * math.sin(5 * turn) + 1.5 * math.sin(997.0 * turn)
        points.append(
            f'<trkpt lat="{39.2 + 0.033 * math.sin(turn):.6f}" lon="{-106.3 + 0.045 * math.cos(turn):.6f}">'
            f"<ele>{height:.1f}</ele></trkpt>"
        )
    track = f"<trk><name>Loop</name><trkseg>{''.join(points)}</trkseg></trk>"
    gpx = f'<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{track}</gpx>'
    (folder / "loop.gpx").write_text(gpx, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")


@contextlib.contextmanager
def folder_of_inputs() -> Iterator[Path]:
    """A folder to work in, with the files the commands read."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            write_inputs(Path(folder))
            yield Path(folder)
        finally:
            os.chdir(before)


def run_command(command: tuple[str, ...]) -> str:
    """The command, what it prints, and its exit code."""
    from pacecalc.cli.app import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(command))
    return f"$ pacecalc {' '.join(command)}\n{out.getvalue()}{err.getvalue()}exit {code}\n"


def run_session(name: str) -> str:
    """All that the commands of a session print, and the profile they wrote."""
    with folder_of_inputs() as folder:
        said = [run_command(command) for command in SESSIONS[name]]
        said += [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(folder.glob("*.yaml"))]
    return "\n".join(said)


def run_numbers(name: str) -> dict[str, Any]:
    """The documents that the commands of a session write."""
    with folder_of_inputs() as folder:
        for command in NUMBERS[name]:
            said = run_command(command)
            if not said.endswith("exit 0\n"):
                raise RuntimeError(said)
        return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for session in SESSIONS:
        (FOLDER / f"{session}.txt").write_text(run_session(session), encoding="utf-8")
    for session in NUMBERS:
        made = json.dumps(run_numbers(session), indent=1, ensure_ascii=False)
        (FOLDER / f"{session}.json").write_text(made + "\n", encoding="utf-8")
