import pytest

from pacecalc.errors import CourseError, DocumentError, UsageError
from pacecalc.planning.build import load_course
from pacecalc.planning.choices import RaceChoices
from pacecalc.planning.field import plan_field
from pacecalc.planning.field_table import COLUMNS, Entrant, list_entrants, read_entrants
from pacecalc.planning.plan import plan_race

COURSE = "new-york-city-marathon"


@pytest.fixture(scope="module")
def course():
    return load_course(COURSE)


def write(tmp_path, text):
    path = tmp_path / "athletes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_in_a_group_is_the_plan_made_alone(course):
    (ann,) = plan_field(course, [{"name": "Ann", "goal": "3:30", "mass": "58 kg"}], high="22 degC")
    alone = plan_race(course, goal="3:30", mass="58 kg", high="22 degC")
    assert ann.plan.athlete.name == "Ann"
    assert ann.plan.waypoints == alone.waypoints
    assert ann.plan.totals == alone.totals


def test_without_intake_clock_and_odds_are_the_same(course):
    row = {"name": "Ann", "goal": "3:30", "mass": "58 kg"}
    (fed,), (paced,) = plan_field(course, [row]), plan_field(course, [row], intake=False)
    assert paced.plan is None
    assert paced.paced.waypoints == fed.plan.waypoints
    assert paced.paced.risk == fed.plan.risk
    assert paced.paced.legal
    assert paced.paced.finish_s == fed.plan.finish_s


def test_riders_without_intake_ride_the_same_clock():
    ride = load_course("silver-rush-50-mtb")
    row = {"name": "Ann", "goal": "7:30", "mass": "62 kg", "ftp": "190 W"}
    (fed,), (paced,) = plan_field(ride, [row]), plan_field(ride, [row], intake=False)
    assert [w.arrive_s for w in paced.paced.waypoints] == [w.arrive_s for w in fed.plan.waypoints]


def test_a_bad_row_costs_only_itself_and_says_where_it_stands(tmp_path, course):
    table = write(
        tmp_path,
        "name,goal,mass,sex\nAnn,3:30,58 kg,female\nBob,tomorrow,,\nCid,3:50,70,male\n"
        ',3:00,,\nDee,4:00,,,,x\n"Eve",4:10,,\n',
    )
    results = plan_field(course, table, intake=False)
    assert [(r.name, r.line) for r in results if r.paced] == [("Ann", 2), ("Eve", 7)]
    problems = {r.line: r.problem for r in results if r.problem}
    assert sorted(problems) == [3, 4, 5, 6]
    assert problems[3].startswith(f"{table}:3: goal: ")
    assert problems[4].startswith(f"{table}:4: mass: ")
    assert '"70 kg"' in problems[4]
    assert "without a name" in problems[5]
    assert "6 cells under 4 columns" in problems[6]


def test_two_processes_give_what_one_gives():
    group = [{"name": f"runner {i}", "goal": f"3:{i}"} for i in range(10, 16)]
    told = []
    spread = plan_field(COURSE, group, intake=False, jobs=2, on_done=lambda *so_far: told.append(so_far))
    assert spread == plan_field(COURSE, group, intake=False)
    assert told == [(n, 6) for n in range(1, 7)]


def test_results_predict_the_goal_that_is_not_given(course):
    (ann,) = plan_field(course, [{"name": "Ann", "results": "half marathon 1:30:00; 10km 40:30"}], intake=False)
    assert 3.0 * 3600 < ann.paced.finish_s < 3.4 * 3600


def test_a_row_goes_before_what_holds_for_all(course):
    common = RaceChoices(goal="4:00", mass="80 kg", stops={"Finish": "0 min"}, seed=7)
    own = Entrant(name="Ann", written={"name": "Ann", "goal": "3:30", "mass": "58 kg", "seed": "2"})
    choices = own.choices(common, "run")
    assert choices["goal"] == "3:30"
    assert choices["seed"] == 2
    assert "mass" not in choices, "the row's own mass stands in the athlete"
    assert choices["athlete"].mass_kg == 58.0
    plain = Entrant(name="Bob", written={"name": "Bob"}).choices(common, "run")
    assert (plain["goal"], plain["mass"], plain["seed"]) == ("4:00", "80 kg", 7)


def test_an_athlete_file_stands_beside_the_table(tmp_path):
    (tmp_path / "ann.yaml").write_text("mass: 55 kg\nsex: female\nrun:\n  fade: 9 %\n", encoding="utf-8")
    table = write(
        tmp_path, "name,athlete,mass,stops,assume_water_only\nAnn,ann.yaml,57 kg,Halfway=2min; End=1min,yes\n"
    )
    (entrant,), problems = read_entrants(table)
    assert not problems
    assert entrant.named_files() == (tmp_path / "ann.yaml",)
    choices = entrant.choices(RaceChoices(), "run")
    who = choices["athlete"]
    assert (who.name, who.mass_kg, who.sex, who.runner.fade_fraction) == ("Ann", 57.0, "female", 0.09)
    assert choices["stops"] == {"Halfway": "2min", "End": "1min"}
    assert choices["assume_water_only"] is True


def test_an_athlete_record_can_be_what_all_start_from(course):
    from pacecalc.planning.athlete import Athlete

    base = Athlete(mass_kg=64.0, sex="male")
    who = Entrant(name="Bob", written={"name": "Bob", "height": "180 cm"}).choices(RaceChoices(athlete=base), "run")
    assert (who["athlete"].mass_kg, who["athlete"].height_m, who["athlete"].name) == (64.0, 1.8, "Bob")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"seed": "x"}, "expected a whole number"),
        ({"seed": "²"}, "expected a whole number"),
        ({"ignore_cutoffs": "perhaps"}, "expected yes or no"),
        ({"stops": "Halfway"}, "NAME=DURATION"),
        ({"results": "10km"}, "no time"),
        ({"ftp": "3000 W"}, "too large"),
        ({"athlete": "nobody.yaml"}, "no such file"),
        ({"wave": "9"}, "wave"),
        ({"goal": "0:30"}, "out of reach"),
    ],
)
def test_bad_cells_are_told_in_a_line(course, row, said):
    (result,) = plan_field(course, [{"name": "Ann", "goal": "3:30", **row}], intake=False)
    assert result.paced is None
    assert said in result.problem
    assert all(line.startswith("Ann: ") for line in result.problem.splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must hold 'name'"),
        ("goal,mass\n3:30,58 kg\n", "must hold 'name'"),
        ("name,gaol\nAnn,3:30\n", "did you mean 'goal'"),
        ("name,goal,goal\nAnn,3:30,3:40\n", "there twice"),
        ("name,goal\n", "no athletes"),
        ('name,goal\n"Ann,3:30\n', "not a CSV table"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path, text, said):
    path = write(tmp_path, text)
    with pytest.raises(DocumentError, match=said) as caught:
        read_entrants(path)
    assert str(caught.value).startswith(f"{path}:")


def test_windows_tables_are_read(tmp_path):
    path = tmp_path / "athletes.csv"
    path.write_bytes("\ufeffName,Goal\r\nZoë,3:30\r\n\r\n".encode())
    entrants, problems = read_entrants(path)
    assert [(e.name, e.written["goal"], e.line) for e in entrants] == [("Zoë", "3:30", 2)]
    assert not problems


def test_mappings_are_checked_too():
    with pytest.raises(UsageError, match="unknown column 'gaol'"):
        list_entrants([{"name": "Ann", "gaol": "3:30"}])
    with pytest.raises(UsageError, match="athlete 2 has no name"):
        list_entrants([{"name": "Ann"}, {"goal": "3:30"}])
    assert set(list_entrants([{"name": "Ann", "goal": ""}])[0].written) == {"name"}


def test_an_unknown_course_is_one_mistake():
    with pytest.raises(CourseError, match="unknown course"):
        plan_field("nowhere-100", [{"name": "Ann", "goal": "3:30"}])


def test_every_option_of_a_plan_that_differs_between_athletes_is_a_column():
    said_otherwise = {"threshold_power": "ftp", "margins": "margin"}
    shared_by_all = {"congestion", "ground", "target_probability", "sport"}
    options = {said_otherwise.get(key, key) for key in RaceChoices.__annotations__} - shared_by_all
    assert options <= set(COLUMNS)


def test_empty_rows_between_athletes_are_passed_over(tmp_path):
    table = tmp_path / "group.csv"
    table.write_text("name,goal\nAnn,3:30\n\n , \nBob,4:10\n", encoding="utf-8")
    entrants, problems = read_entrants(table)
    assert [(each.name, each.line) for each in entrants] == [("Ann", 2), ("Bob", 5)]
    assert problems == ()
