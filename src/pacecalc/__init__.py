"""Plan endurance races: pacing that is legal at every cutoff, risk, and what to eat and drink where."""

__version__ = "0.1.0"
