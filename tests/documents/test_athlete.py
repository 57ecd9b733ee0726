"""What athletes write about themselves."""

import pytest

from pacecalc.documents.athlete import AthleteDocument, choose_time_s
from pacecalc.documents.race_day import RaceDay
from pacecalc.documents.reading import load_document, parse_document
from pacecalc.documents.series import SeriesDocument
from pacecalc.errors import DocumentError


def refusal(text: str, model=AthleteDocument) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse_document(model, text, file="f.yaml")
    return str(caught.value).splitlines()


def test_any_unit_will_do():
    athlete = parse_document(
        AthleteDocument,
        "mass: 137 lb\nheight: 5 ft 6 in\nhome_elevation: 300 ft\nspread: 8 %\n"
        "ride: {threshold_power: 210 W, drag_area: 4200 cm^2, minimum_speed: 3.9 km/h, w_prime: 20 kJ}\n"
        "fuel: {sweat_sodium: 40 mmol/L, bottles: 1.5 L, caffeine: {habit: none, limit: 0.2 g}}\n",
    )
    assert athlete.mass == pytest.approx(62.14, abs=0.01)
    assert athlete.height == pytest.approx(1.6764)
    assert athlete.spread == 0.08
    assert athlete.ride.drag_area == pytest.approx(0.42)
    assert athlete.ride.minimum_speed == pytest.approx(1.0833, abs=1e-4)
    assert athlete.fuel.sweat_sodium == pytest.approx(919.6)
    assert athlete.fuel.bottles == 1500.0
    assert athlete.fuel.caffeine.limit == 200.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mass: -62 kg", 'f.yaml:1:7: mass: "-62 kg" is too small; it must be at least 25 kg'),
        ("mass: 62", 'mass: "62" has no unit; write "62 kg"'),
        ("mass: 62 km", '"62 km" is a length, expected a mass such as "62 kg"'),
        ("mass: 620 kg", '"620 kg" is too large; it must be at most 250 kg'),
        ("mass: nan kg", "mass:"),
        ("age: forty", "found 'forty'; expected a plain number such as 38"),
        ("age: 4", "4 is out of range; expected 8 to 110"),
        ("sex: Femal", "found 'Femal'; expected one of female, male (did you mean 'female'?)"),
        ("heat_acclimatised: a bit", "found 'a bit'; expected yes or no"),
        ("days_at_altitude: 300 days", "300 is out of range; expected 0 to 60"),
        ("spread: 8", "'8' has no unit; write a percentage, for instance '8 %'"),
        ("spread: big %", "found 'big %'; expected a percentage such as '8 %'"),
        ("spread: 99 %", "'99 %' is out of range; expected 0.1 % to 50 %"),
        ("ride: {threshold_power: 3000 W}", '"3000 W" is too large; it must be at most 600 W'),
        ("ride: {threshold_power: 3.4 W/kg}", "f.yaml:1:25: ride.threshold_power: W/kg says nothing without a mass"),
        ("mass: 62 kg\nride: {threshold_power: 34 W/kg}", '"34 W/kg" is out of range; expected 0.5 to 7.5 W/kg'),
        ("ride: {drag_area: 0.42 m}", "expected an area"),
        ("ride: {skil: median}", "f.yaml:1:8: ride: unknown key 'skil' (did you mean 'skill'?)"),
        ("fuel: {sweat_sodium: 920 mg}", "fuel.sweat_sodium"),
        ("fuel: {sweat_sodium: 9 g/L}", "sweat holds 100 to 3,500 mg/L (4 to 150 mmol/L) of sodium"),
        ("fuel: {caffeine: {limit: 4 g}}", '"4 g" is too large; it must be at most 1,000 mg'),
        ("fuel: {fluid_limit: 2 L/h}", "it must be at most 1.2 L/h"),
        ("fuel: {bottles: -1 mL}", '"-1 mL" is too small; it must not be negative'),
        ("fuel: {likes: [cola], dislikes: [gel, cola]}", "fuel.dislikes[1]: 'cola' is liked and disliked; keep one"),
        (
            "fuel: {sweat_tests: [{rate: 1 L/h, temperature: 20 degC, humidity: 50 %}]}",
            "neither 'power' nor 'speed' is given; say how hard the test was",
        ),
        (
            "fuel: {sweat_tests: [{rate: 1 L/h, temperature: 20 degC, humidity: 50 %, power: 200 W, speed: 9 km/h}]}",
            "both 'power' and 'speed' are given",
        ),
        ("run: {results: [{distance: 10 km, time: soon:now}]}", '"soon:now" is no time; write "40:00" (mm:ss)'),
        ("run: {results: [{distance: 10 km, time: fast}]}", "run.results[0].time"),
        ("run: {results: [{distance: 10 km, time: 40:00, date: 12.4.2026}]}", "a date of the calendar, year first"),
        ("run: {results: [{distance: 10 km, time: 40:00, date: 2026-02-30}]}", "a date of the calendar, year first"),
    ],
)
def test_a_slip_is_one_line_that_shows_what_to_write(text, said):
    lines = refusal(text)
    assert len(lines) == 1
    assert said in lines[0]


@pytest.mark.parametrize(
    ("distance", "time", "seconds"),
    [
        ("10 km", "40:00", 2400.0),
        ("marathon", "3:05", 11_100.0),
        ("Half  Marathon", "1:35", 5700.0),
        ("5 km", "25:30", 1530.0),
        ("100 mi", "29:30", 106_200.0),
        ("100 mi", "23:59:59", 86_399.0),
        ("marathon", "2 h 59 min", 10_740.0),
    ],
)
def test_a_two_part_time_means_what_its_distance_allows(distance, time, seconds):
    text = f'run: {{results: [{{distance: {distance}, time: "{time}"}}]}}'
    assert parse_document(AthleteDocument, text).run.results[0].time_s == seconds


@pytest.mark.parametrize(
    ("distance", "time", "said"),
    [
        ("10 km", "10:00", "0:10 or 10:00 (h:mm) over 10 km is 1.0 or 60.0 min/km"),
        ("10 km", "20:00:00", "20:00 (h:mm) over 10 km is 120.0 min/km"),
    ],
)
def test_a_time_no_runner_has_is_refused(distance, time, said):
    lines = refusal(f'run: {{results: [{{distance: {distance}, time: "{time}"}}]}}')
    assert said in lines[0]
    assert "expected one pace between 2:20 and 25 min/km" in lines[0]


def test_a_time_both_readings_of_which_fit_is_not_guessed():
    # the readings lie sixty times apart, the allowed paces eleven: only made-up readings can both fit
    assert choose_time_s(10_000.0, (2400.0, 3600.0)) is None
    assert choose_time_s(10_000.0, (2400.0,)) == 2400.0


def test_a_race_day_finds_its_hourly_forecast_beside_itself(tmp_path):
    path = tmp_path / "day.yaml"
    path.write_text(
        "date: 2026-08-15\nstart_delay: 20 min\ngoal: 11:45\nmargin: 0:10\nstops: {Twin Lakes (out): 8 min}\n"
        "forecast: {low: 39 degF, high: 24 degC, humidity: 35 %, wind: 3 m/s, wind_from: 270 deg, hourly: hours.csv}\n"
    )
    day = load_document(RaceDay, path)
    assert day.goal == 42_300.0
    assert day.start_delay == 1200.0
    assert day.margin == 600.0
    assert day.stops == {"Twin Lakes (out)": 480.0}
    assert day.forecast.low == pytest.approx(3.889, abs=1e-3)
    assert day.forecast.humidity == 0.35
    assert day.forecast.hourly == str(tmp_path / "hours.csv")
    plain_day = parse_document(RaceDay, "forecast: {low: 1 degC}").placed_in(tmp_path)
    assert plain_day.forecast.hourly is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("forecast: {low: 24 degC, high: 4 degC}", "the low of 24 degC is above the high of 4 degC; exchange them"),
        ("forecast: {wind_from: 270 deg}", "a direction without a speed; add 'wind', such as 3 m/s"),
        ("forecast: {humidity: 120 %}", "'120 %' is out of range; expected 0 % to 100 %"),
        ("forecast: {humidity: 0.35}", "'0.35' has no unit; write a percentage"),
        ("forecast: {high: 240 degC}", '"240 degC" is too large; it must be at most 60 degC'),
        ("goal: soon", "goal:"),
        ("goal: 11.45", '"11.45" has no unit'),
        ("stops: {Twin Lakes: soon}", "f.yaml:1:21: stops.Twin Lakes: "),
        ("stops: {'': 8 min}", "f.yaml:1:13: stops.: this text is empty"),
    ],
)
def test_a_slip_in_a_race_day_is_one_line(text, said):
    lines = refusal(text, RaceDay)
    assert len(lines) == 1
    assert said in lines[0]


SERIES = """\
id: leadwoman
name: Leadwoman
events:
  - {course: leadville-trail-marathon, dates: [2025-06-28]}
  - {any_of: [silver-rush-50-run, silver-rush-50-mtb], time_factors: {silver-rush-50-run: 0.57}}
rules: [every event must be finished]
"""


def test_a_series_knows_the_courses_of_each_event():
    series = parse_document(SeriesDocument, SERIES)
    assert [event.courses for event in series.events] == [
        ("leadville-trail-marathon",),
        ("silver-rush-50-run", "silver-rush-50-mtb"),
    ]
    assert series.events[1].time_factors == {"silver-rush-50-run": 0.57}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{course: leadville-trail-marathon,", "{", "events[0]: neither 'course' nor 'any_of' is given"),
        (
            "{course: leadville-trail-marathon,",
            "{course: a, any_of: [b, c],",
            "both 'course' and 'any_of' are given; keep one",
        ),
        (
            "time_factors: {silver-rush-50-run",
            "time_factors: {silver-rush",
            "'silver-rush' is not a course of this event",
        ),
        ("rules:", "least_finishes: 3\nrules:", "least_finishes: 3 finishes of 2 events cannot be had"),
        ("0.57", "lots", "events[1].time_factors.silver-rush-50-run: found 'lots'; expected a plain number"),
        ("rules:", "least_finishes: 1.5\nrules:", "found '1.5'; expected a whole number such as 4"),
    ],
)
def test_a_series_that_contradicts_itself_says_so(old, new, said):
    assert old in SERIES
    lines = refusal(SERIES.replace(old, new, 1), SeriesDocument)
    assert said in lines[0]


def test_contradictions_of_a_series_are_found_beside_a_broken_event():
    lines = refusal(
        SERIES.replace("name: Leadwoman", "nam: Leadwoman").replace("course: leadville-trail-marathon,", ""),
        SeriesDocument,
    )
    assert any("neither 'course' nor 'any_of'" in line for line in lines)
    assert any("unknown key 'nam' (did you mean 'name'?)" in line for line in lines)
    assert refusal(
        SERIES.replace("  - {course: leadville-trail-marathon, dates: [2025-06-28]}", "  - soon"), SeriesDocument
    )
