"""The race plan as one self-contained web page: no network, readable on a phone, printable."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pacecalc.planning.records import RacePlan
from pacecalc.render import tables
from pacecalc.render.headlines import NOT_MEDICAL_ADVICE, SWEAT_UNCERTAINTY, bent_line, headline
from pacecalc.render.html_charts import draw_profile
from pacecalc.render.html_corridor import gate_text_x
from pacecalc.render.html_fuel import draw_fuel
from pacecalc.render.html_readout import collect_readouts
from pacecalc.render.html_sheet import NARROW, WIDE
from pacecalc.render.on_the_way import ahead_of, replan_lines
from pacecalc.render.plain_text import TURNING
from pacecalc.render.wording import (
    IMPERIAL,
    METRIC,
    System,
    Units,
    say_clock,
    say_elapsed,
    say_elapsed_s,
    say_margin,
    say_probability,
)

TEMPLATES = Path(__file__).parent / "templates"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
LINK = re.compile(r"(https?://[^\s<>\"')]+)")
ROW_HEADINGS = {"waypoints": "place", "segments": "to", "legs": "at", "shopping": "what", "factors": "to"}
"""The column that names a row; elsewhere it is the elapsed time."""
DENSE_ROWS = 45
"""Waypoints, segments and meals together; more are printed in smaller type."""
PACKED_ROWS = 100
"""More than these take a third printed page, for the meals."""
LONG_ROWS = 21
"""More waypoints than this do not fit on the first printed page with the profile."""


def render_html(plan: RacePlan, *, units: System = "metric") -> str:
    """One page with everything in it: drawings, tables, lists, assumptions and sources.

    Of a plan made on the way it shows what is still ahead, on the whole course.
    """
    system = IMPERIAL if units == "imperial" else METRIC
    page = _environment().get_template("plan.html.j2")
    return page.render(_collect(ahead_of(plan), system), on_the_way=replan_lines(plan))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    script = (TEMPLATES / "plan.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment.globals.update(
        style=Markup((TEMPLATES / "plan.css").read_text(encoding="utf-8")),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704 (our own file)
        script_hash=Markup(f"sha256-{digest}"),  # noqa: S704 (a hash)
        gate_text_x=gate_text_x,
    )
    environment.filters.update(px=_px, links=_split_links)
    return environment


def _clean(value: Any) -> Any:
    """Without characters that no page may hold, or that would turn round what follows them."""
    return CONTROLS.sub(" ", value.translate(TURNING)) if type(value) is str else value


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _split_links(text: str) -> list[tuple[str, bool]]:
    """Parts of a line, and which of them are web addresses."""
    return [(part, bool(LINK.fullmatch(part))) for part in LINK.split(text) if part]


def _collect(plan: RacePlan, units: Units) -> dict[str, Any]:
    shown = [
        tables.waypoint_table(plan, units),
        tables.segment_table(plan, units),
        tables.leg_table(plan, units),
        tables.schedule_table(plan, units),
        tables.shopping_table(plan),
        tables.temperature_table(plan, units),
        tables.factor_table(plan, units),
    ]
    course_line, day_line, _ = headline(plan, units)
    return {
        "plan": plan,
        "units": units,
        "facts": course_line.removeprefix(plan.course.name).split("   ")[1:],
        "day": day_line.split("   "),
        "answers": _answer(plan),
        "bent": bent_line(plan),
        "drawings": [draw_profile(plan, units, sheet) for sheet in (WIDE, NARROW)],
        "readouts": collect_readouts(plan, units),
        "tables": {table.key: table for table in shown if table.rows and table.columns},
        "fuel": draw_fuel(plan, units),
        "totals": _say_totals(plan, units),
        "places": [w for w in plan.waypoints if w.note or w.services or w.offers],
        "sweat_uncertainty": SWEAT_UNCERTAINTY,
        "not_medical_advice": NOT_MEDICAL_ADVICE,
        "has_night": bool((plan.profile.darkness > 0.0).any()),
        "looks": _choose_looks(plan),
        "slugs": _name_columns(units),
        "row_headings": {**ROW_HEADINGS, "temperature": units.temperature},
    }


def _choose_looks(plan: RacePlan) -> str:
    """Style names of the whole page, for paper."""
    rows = len(plan.waypoints) + len(plan.segments) + len(plan.schedule)
    looks = {
        "dense": rows > DENSE_ROWS,
        "packed": rows > PACKED_ROWS,
        "long": len(plan.waypoints) > LONG_ROWS and rows <= PACKED_ROWS,
        "powered": any(s.power_targets is not None for s in plan.segments),
    }
    return " ".join(name for name, holds in looks.items() if holds)


def _name_columns(units: Units) -> dict[str, str]:
    """Style names of the columns whose headings are units or hold signs."""
    return {
        units.distance: "distance",
        units.height: "height",
        units.temperature: "warmth",
        units.speed: "pace",
        f"min/{units.distance}": "pace",
        "80 % band": "band",
        "": "aside",
        "push min": "push",
        "g/h": "rate",
        "mL/h": "rate",
        "mg Na/h": "rate",
    }


def _answer(plan: RacePlan) -> list[dict[str, Any]]:
    """When, legal, how likely: a label, a large figure, its tone and the small print of each."""
    finish = plan.waypoints[-1]
    notes = [f"{say_clock(finish.arrive_clock, plan.day.start_clock)} on the clock"]
    if plan.risk is not None:
        notes.append(f"80 % band {say_elapsed(plan.risk.finish_p10_s)}-{say_elapsed(plan.risk.finish_p90_s)}")
    if plan.stopped_s >= 30.0:
        notes.append(f"{say_elapsed(plan.stopped_s)} of it standing")
    answers = [{"label": "Finish", "figure": say_elapsed_s(plan.finish_s), "tone": "plain", "notes": notes}]
    answers.append(_answer_legal(plan))
    if plan.risk is not None:
        limit = f" inside {say_elapsed(plan.course.finish_cutoff_s)}" if plan.course.finish_cutoff_s else ""
        limits = dict(plan.course.awards)
        awards = [
            f"{name} {say_probability(odds)}"
            for name, odds in plan.risk.award_probabilities
            if limits.get(name) != plan.course.finish_cutoff_s
        ]
        figure = say_probability(plan.risk.finish_probability)
        answers.append({"label": f"Odds to finish{limit}", "figure": figure, "tone": "plain", "notes": awards})
    return answers


def _answer_legal(plan: RacePlan) -> dict[str, Any]:
    timed = [w for w in plan.waypoints if w.margin_s is not None]
    if not timed:
        return {"label": "Cutoffs", "figure": "none known", "tone": "quiet", "notes": ["for this course"]}
    missed = [w for w in timed if (w.margin_s or 0.0) < 0.0]
    shown = missed[0] if missed else min(timed, key=lambda w: w.margin_s or 0.0)
    text, tone = say_margin(shown.margin_s or 0.0)
    margin, _, word = text.partition(" ")
    figure = text if "h" in margin else f"{margin} min {word}"
    label = "A cutoff is missed" if missed else "Legal at every cutoff"
    notes = [f"first at {shown.name}" if missed else f"tightest: {shown.name}"]
    return {"label": label, "figure": figure, "tone": tone, "notes": notes}


def _say_totals(plan: RacePlan, units: Units) -> list[tuple[str, str]]:
    totals = plan.totals
    said = [
        ("carbohydrate eaten", f"{totals.carbohydrate_g:,.0f} g"),
        ("drunk", units.say_fluid(totals.fluid_ml)),
        ("sweated", units.say_fluid(totals.sweat_ml)),
        ("sodium eaten", f"{totals.sodium_mg:,.0f} mg"),
        ("caffeine", f"{totals.caffeine_mg:,.0f} mg"),
        ("energy eaten", f"{totals.energy_kcal:,.0f} kcal"),
        ("body mass", f"{100.0 * totals.mass_change_fraction:+.1f} %"),
        ("blood sodium at the finish", f"{totals.plasma_sodium_mmol_per_l:.0f} mmol/L"),
    ]
    if plan.ride is not None:
        said.append(("mean power, walking included", f"{plan.ride.mean_power_w:.0f} W"))
    return [(name, figure) for name, figure in said if figure != "0 mg"]
