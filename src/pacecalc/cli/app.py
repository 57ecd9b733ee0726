"""The command line: parse, one library call, one render, print, exit code.

Nothing heavy is imported here: ``pacecalc --help`` must not wait for numpy, pint or pydantic.
"""

from __future__ import annotations

import _thread
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

import typer

from pacecalc.cli import (
    athlete,
    batch,
    compare,
    course,
    cutoffs,
    day,
    intake,
    pantry,
    plan,
    predict,
    render,
    replan,
    series,
)
from pacecalc.errors import PacecalcError

GARBAGE_THRESHOLD = 500_000
"""New objects between two searches for garbage; Python's own 700 is for programs that run on."""

INTERRUPTED = 130
INTERRUPT_AGAIN_S = 0.01
_interrupts: list[int] = []
"""Signals of control-C so far."""

app = typer.Typer(
    name="pacecalc",
    help="Plan endurance races: pacing that is legal at every cutoff, the odds, and what to eat and drink where.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("plan")(plan.plan)
app.command("render")(render.render)
app.command("batch")(batch.batch)
app.command("predict")(predict.predict)
app.command("cutoffs")(cutoffs.cutoffs)
app.command("intake")(intake.intake)
app.command("compare")(compare.compare)
app.command("replan")(replan.replan)
app.add_typer(course.app, name="course")
app.add_typer(series.app, name="series")
app.add_typer(athlete.app, name="athlete")
app.add_typer(day.app, name="day")
app.add_typer(pantry.app, name="pantry")


def _show_version(wanted: bool) -> None:
    if wanted:
        from pacecalc import __version__

        typer.echo(f"pacecalc {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    """Plan endurance races."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 fine, 1 a bug, 2 usage, 3 bad input, 4 a cutoff is missed."""
    try:
        code = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        if code == INTERRUPTED:
            # Newer typers tell of control-C by this code alone.
            return _say_stopped()
        return int(code) if isinstance(code, int) else 0
    except PacecalcError as error:
        from pacecalc.render.plain_text import mute_controls

        # A message quotes what stood in a file, and the terminal must not obey it.
        for line in str(error).split("\n"):
            typer.echo(f"error: {mute_controls(line)}", err=True)
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _say_stopped()
    except BrokenPipeError:
        # The reader has seen enough (`| head`); what is left must not end in a traceback when Python flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"error: {place}{error.strerror or error}", err=True)
        return 3
    except Exception as error:
        if _interrupts:
            # A compiled module that is just being loaded makes an error of its own of control-C.
            return _say_stopped()
        # Usage errors come from whichever click typer brings along; they know how to show themselves.
        code = getattr(error, "exit_code", None)
        if not (isinstance(code, int) and hasattr(error, "show")):
            raise
        error.show()
        return code


def _say_stopped() -> int:
    typer.echo("stopped", err=True)
    return INTERRUPTED


def _own_process() -> None:
    """Set up the process of a command, which is short and has no other tenant; a library must not do this."""
    # Threads of the matrix library cost more to wake than the small products of a plan take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Looking for plugins of pydantic reads every installed package's metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Imports make many objects and next to no garbage.
    gc.set_threshold(GARBAGE_THRESHOLD)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _note_interrupt)
        sys.unraisablehook = _interrupt_again


def _note_interrupt(number: int, _frame: FrameType | None) -> None:
    _interrupts.append(number)
    raise KeyboardInterrupt


def _interrupt_again(lost: sys.UnraisableHookArgs) -> None:
    """Control-C that falls into a destructor is lost there: it comes again a moment later."""
    if lost.exc_type is KeyboardInterrupt:
        threading.Timer(INTERRUPT_AGAIN_S, _interrupt_main).start()
    else:
        sys.__unraisablehook__(lost)


def _interrupt_main() -> None:
    if hasattr(signal, "pthread_kill"):
        # Wakes it from waiting, too.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _open_closed_streams() -> None:
    """A stream that the caller has closed (`2>&-`) is not there in Python; what is written to it goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def main() -> None:
    """Entry point of the console script."""
    _own_process()
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a letter gets a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    code = run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # What is left is not searched for garbage on the way out.
    gc.freeze()
    raise SystemExit(code)
