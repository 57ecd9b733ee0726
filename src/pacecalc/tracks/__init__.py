"""Recorded and drawn tracks: GPX, TCX and FIT, in and out."""

TRACK_SUFFIXES = (".gpx", ".tcx", ".fit")
"""Of the files read as tracks; here, so that to look at a name loads no reader."""
