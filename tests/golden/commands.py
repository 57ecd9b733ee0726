"""Commands kept for review with what they print: every report that is not a plan, and plans made on the way.

``python tests/golden/commands.py`` writes them anew.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import tempfile
from pathlib import Path

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


def run_session(name: str) -> str:
    """All that the commands of a session print, and the profile they wrote."""
    from pacecalc.cli.app import run

    before = Path.cwd()
    said = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            write_inputs(Path(folder))
            for command in SESSIONS[name]:
                out, err = io.StringIO(), io.StringIO()
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                    code = run(list(command))
                said.append(f"$ pacecalc {' '.join(command)}\n{out.getvalue()}{err.getvalue()}exit {code}\n")
            said += [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(Path(folder).glob("*.yaml"))]
        finally:
            os.chdir(before)
    return "\n".join(said)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for session in SESSIONS:
        (FOLDER / f"{session}.txt").write_text(run_session(session), encoding="utf-8")
