"""The options that describe a race: one table for every command that plans one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pacecalc.cli import options
from pacecalc.cli.options import Pacing, SportChoice

if TYPE_CHECKING:
    from pacecalc.planning.choices import RaceChoices

Code = TypeVar("Code")
RACE: Any = None
"""Default of the parameter in whose place the options come."""
OPTIONS: dict[str, tuple[Any, Any]] = {
    "sport": (SportChoice | None, options.SPORT),
    "goal": (str | None, options.GOAL),
    "athlete": (Path | None, options.ATHLETE),
    "day": (Path | None, options.DAY),
    "pantry": (Path | None, options.PANTRY),
    "mass": (str | None, options.MASS),
    "ftp": (str | None, options.FTP),
    "result": (list[str] | None, options.RESULT),
    "index": (str | None, options.INDEX),
    "date": (str | None, options.DATE),
    "low": (str | None, options.LOW),
    "high": (str | None, options.HIGH),
    "humidity": (str | None, options.HUMIDITY),
    "wind": (str | None, options.WIND),
    "wind_from": (str | None, options.WIND_FROM),
    "cloud": (str | None, options.CLOUD),
    "forecast": (Path | None, options.FORECAST),
    "start_delay": (str | None, options.START_DELAY),
    "wave": (str | None, options.WAVE),
    "congestion": (str | None, options.CONGESTION),
    "ground": (list[str] | None, options.GROUND),
    "margin": (list[str] | None, options.MARGIN),
    "target_probability": (str | None, options.TARGET),
    "stop": (list[str] | None, options.STOP),
    "fade": (str, options.FADE),
    "pacing": (Pacing, options.PACING),
    "ignore_cutoffs": (bool, options.IGNORE_CUTOFFS),
    "assume_water_only": (bool, options.WATER_ONLY),
    "seed": (int, options.SEED),
}
"""Parameter name, type, and typer's description; in the order of the help."""
RENAMED = {"ftp": "threshold_power", "result": "results", "stop": "stops"}
"""Options whose choice has another name."""


def describes_race(*left_out: str) -> Callable[[Callable[..., Code]], Callable[..., Code]]:
    """Give a command the options of a race, but those left out, in the place of its parameter ``race``."""
    names = [name for name in OPTIONS if name not in left_out]

    def widen(command: Callable[..., Code]) -> Callable[..., Code]:
        # Typer reads types by evaluating them, and the choices are not loaded for a help.
        command.__annotations__.pop("race")
        parameters: list[inspect.Parameter] = []
        for own in inspect.signature(command, eval_str=True).parameters.values():
            if own.name != "race":
                parameters.append(own)
                continue
            parameters += [
                inspect.Parameter(name, own.kind, default=OPTIONS[name][1], annotation=OPTIONS[name][0])
                for name in names
            ]

        @functools.wraps(command)
        def widened(**given: Any) -> Code:
            said = {name: given.pop(name) for name in names}
            return command(race=choose(said), **given)

        widened.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        widened.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return widened

    return widen


def choose(said: dict[str, Any]) -> RaceChoices:
    """What the options say, by the names of the library."""
    chosen = {RENAMED.get(name, name): value for name, value in said.items()}
    if "sport" in said:
        chosen["sport"] = options.name_sport(said["sport"])
    if "margin" in said:
        chosen["margin"], chosen["margins"] = options.split_margins(said["margin"] or [])
    if "stop" in said:
        chosen["stops"] = options.split_stops(said["stop"] or [])
    if "pacing" in said:
        chosen["pacing"] = said["pacing"].value
    return cast("RaceChoices", chosen)
