"""A small course profile as text, for tests to spoil."""

PROFILE = """\
id: short-ridge
name: Short Ridge
sport: run
edition: "2026"
distance: 20 km
ascent: 400 m
start: {time: 2026-08-15 06:30, timezone: America/Denver, latitude: 39.24849, longitude: -106.29293}
cutoff: {elapsed: "5:00", measured: gun}
awards: [{name: buckle, under: "4:00"}]
waypoints:
  - {name: Start, at: 0 km, kind: start, elevation: 3094 m}
  - {name: Dam (out), at: 5 km, kind: aid, cutoff: {elapsed: "1:30"}, crew: true, drop_bag: no, stop: 5 min,
     offers: [water, cola]}
  - {name: Dam (in), at: 15 km, kind: aid, cutoff: {clock: "2026-08-15 10:30", applies: leaving}}
  - {name: Finish, at: 12.427 mi, kind: finish}
surfaces:
  - {from: 0 km, to: 5 km, surface: asphalt, note: "paved, downhill"}
  - {from: 5 km, to: 20 km, surface: singletrack}
elevation:
  quality: track
  unit: [km, m]
  points: |
    0.0 3094
    10.0 3300
    20.0 3094
sources: [a page]
"""


def spoiled(old: str, new: str) -> str:
    """The profile with one passage replaced; the passage must be there."""
    assert old in PROFILE
    return PROFILE.replace(old, new, 1)
