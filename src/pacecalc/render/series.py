"""A series of races for a terminal: when each is, its limit, and what a fitness makes of it."""

from __future__ import annotations

from pacecalc.planning.series import SeriesOutlook, SeriesRace
from pacecalc.render.layout import Canvas
from pacecalc.render.tables import EMPTY, Cell, Column, Table, build_table
from pacecalc.render.wording import IMPERIAL, METRIC, System, Units, say_date, say_elapsed


def render_series(
    outlook: SeriesOutlook, *, units: System = "metric", width: int = 100, color: bool = False, plain: bool = False
) -> str:
    """The races in their order, the sum of the expected times, and the rules."""
    system = IMPERIAL if units == "imperial" else METRIC
    canvas = Canvas(width=width, color=color, plain=plain)
    canvas.say(outlook.name, style="bold")
    canvas.say(f"{outlook.year}   {outlook.pattern}")
    canvas.table(_race_table(outlook, system))
    canvas.skip()
    if outlook.total_s is not None:
        canvas.say(f"Together: {say_elapsed(outlook.total_s)}{_say_factors(outlook)}.", style="bold green")
    for race in outlook.races:
        if race.is_late:
            canvas.say(f"{race.course_name}: expected after its time limit.", style="red")
    for line in _closing(outlook):
        canvas.say(line)
    return canvas.text()


def _race_table(outlook: SeriesOutlook, units: Units) -> Table:
    shown: set[int] = set()
    is_first = {}
    for race in outlook.races:
        is_first[race.course_id] = race.event not in shown
        shown.add(race.event)

    def date(race: SeriesRace) -> Cell:
        if not is_first[race.course_id]:
            return Cell("or", "quiet")
        return Cell(say_date(race.date), "strong") if race.date is not None else Cell("not known", "quiet")

    def rest(race: SeriesRace) -> Cell:
        return Cell(f"{race.rest_d}") if race.rest_d is not None and is_first[race.course_id] else EMPTY

    def expected(race: SeriesRace) -> Cell:
        if race.prediction is None:
            return EMPTY
        return Cell(say_elapsed(race.prediction.time_s), "bad" if race.is_late else "strong")

    def band(race: SeriesRace) -> Cell:
        found = race.prediction
        return EMPTY if found is None else Cell(f"{say_elapsed(found.low_s)}-{say_elapsed(found.high_s)}", "quiet")

    return build_table(
        "series",
        "The races",
        outlook.races,
        [
            (Column("date", "left"), date),
            (Column("days since"), rest),
            (Column("race", "left", wrap=True), lambda r: Cell(r.course_name)),
            (Column("sport", "left", optional=2), lambda r: Cell(r.sport, "quiet")),
            (Column(units.distance), lambda r: Cell(units.say_distance(r.distance_m))),
            (Column(f"{units.height} up", optional=1), lambda r: Cell(units.say_height(r.ascent_m), "quiet")),
            (Column("limit"), lambda r: EMPTY if r.limit_s is None else Cell(say_elapsed(r.limit_s))),
            (Column("expect"), expected),
            (Column("80 % band"), band),
        ],
    )


def _say_factors(outlook: SeriesOutlook) -> str:
    factors = [f"{r.course_name} x {r.time_factor:g}" for r in outlook.races if r.time_factor != 1.0]
    return f" ({', '.join(factors)}; the better one where two count)" if factors else ""


def _closing(outlook: SeriesOutlook) -> list[str]:
    lines = []
    if outlook.least_finishes is not None:
        lines.append(f"{outlook.least_finishes} of {outlook.events} must be finished.")
    lines += [f"{rule[:1].upper()}{rule[1:]}." for rule in outlook.rules]
    notes = dict.fromkeys(race.note for race in outlook.races if race.note)
    lines += [f"{note[:1].upper()}{note[1:]}." for note in notes]
    if any(race.prediction is not None for race in outlook.races):
        lines.append("Each race is predicted by itself, rested: what the races before leave in the legs is not known.")
    missing = dict.fromkeys(race.sport for race in outlook.races if race.prediction is None)
    if "run" in missing:
        lines.append('For the runs give a result (--result "marathon 3:50"), an --index or an athlete file.')
    if missing.keys() - {"run"}:
        lines.append("For the rides give a threshold power (--ftp 210W) or an athlete file.")
    if outlook.estimates:
        lines.append(f"Estimated: {'; '.join(outlook.estimates)}.")
    assumed = [each.what for each in outlook.assumptions if not each.change_with.startswith("fuel.")]
    if assumed:
        lines.append(f"Assumed: {'; '.join(assumed)}.")
    return lines
