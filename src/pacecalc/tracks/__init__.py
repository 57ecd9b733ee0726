"""Recorded and drawn tracks: GPX, TCX and FIT, in and out."""
