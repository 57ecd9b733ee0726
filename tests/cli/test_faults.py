"""What the world does to a command: kills it, fills the disk, closes the pipe, speaks another language."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from documents.profile_text import PROFILE
from pacecalc.cli.app import run as run_in_process

MTB = "leadville-trail-100-mtb"
PLAN = ("plan", MTB, "--goal", "11:45")
SECONDS = 120

posix = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and users of POSIX")


def start(*arguments, before="", env=None, **options) -> subprocess.Popen:
    """One command in a process of its own; ``before`` is run in it first."""
    program = ["-m", "pacecalc"]
    if before:
        program = ["-c", f"{before}\nfrom pacecalc.cli.app import main\nmain()"]
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    options.setdefault("stdin", subprocess.DEVNULL)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("COV_")}
    # The installed command does not look for modules in the working folder either.
    words = [sys.executable, "-P", *program, *map(str, arguments)]
    return subprocess.Popen(words, env=clean if env is None else env, **options)


def finish(process: subprocess.Popen) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=SECONDS)
    said = (err or b"").decode("utf-8", "replace")
    assert "Traceback" not in said, said
    assert "Exception ignored" not in said, said
    return process.returncode, (out or b"").decode("utf-8", "replace"), said


def call(*arguments, **options) -> tuple[int, str, str]:
    return finish(start(*arguments, **options))


def bare_environment(**extra) -> dict[str, str]:
    """Nothing but what is needed to find Python."""
    return {"PATH": os.environ.get("PATH", ""), **extra}


KILL = "import os, signal\nos.{name} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)"


# A test run in the background may have been told to ignore it, and children inherit that.
HEARS_CONTROL_C = "import os, signal, time\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"


@posix
class TestKilled:
    @pytest.mark.parametrize("name", ["fsync", "replace", "open"])
    def test_a_kill_in_the_middle_of_writing_leaves_the_old_file_whole(self, tmp_path, name):
        path = tmp_path / "athlete.yaml"
        path.write_text("mass: 62 kg\n")
        process = start("athlete", "init", path, "--force", before=KILL.format(name=name))
        process.communicate(timeout=SECONDS)
        assert process.returncode == -signal.SIGKILL
        assert path.read_text() == "mass: 62 kg\n"

    @pytest.mark.parametrize("name", ["fsync", "link"])
    def test_a_kill_in_the_middle_of_writing_leaves_no_new_file(self, tmp_path, name):
        path = tmp_path / "athlete.yaml"
        process = start("athlete", "init", path, before=KILL.format(name=name))
        process.communicate(timeout=SECONDS)
        assert process.returncode == -signal.SIGKILL
        assert not path.exists()
        # what the kill left behind is not in the way of the next try
        assert call("athlete", "init", path)[0] == 0
        assert path.stat().st_size > 1000

    @pytest.mark.slow
    def test_killed_at_any_moment_the_plan_is_the_old_or_the_new_one(self, tmp_path):
        path = tmp_path / "plan.json"
        whole = set()
        for number in range(40):
            process = start(*PLAN, "-o", path, "--force")
            time.sleep(0.05 * number)
            process.kill()
            process.communicate()
            if path.exists():
                whole.add(json.loads(path.read_text())["goal_s"])
        assert whole <= {42300.0}

    def test_control_c_is_said_in_one_word(self):
        before = (
            f"{HEARS_CONTROL_C}import pacecalc.planning.plan as made\n"
            "made.resolve_race = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)"
        )
        code, out, err = call(*PLAN, before=before)
        assert (code, out, err.strip()) == (130, "", "stopped")

    def test_control_c_that_a_compiled_module_swallowed_is_said_all_the_same(self):
        before = (
            f"{HEARS_CONTROL_C}import pacecalc.planning.plan as made\n"
            "def load(*a, **k):\n    try:\n        os.kill(os.getpid(), signal.SIGINT)\n"
            "    except KeyboardInterrupt:\n        raise SystemError('no exception was set') from None\n"
            "made.resolve_race = load"
        )
        code, out, err = call(*PLAN, before=before)
        assert (code, out, err.strip()) == (130, "", "stopped")

    def test_control_c_in_a_destructor_is_not_lost(self):
        before = (
            f"{HEARS_CONTROL_C}import pacecalc.planning.plan as made\n"
            "class Dying:\n    def __del__(self):\n"
            "        os.kill(os.getpid(), signal.SIGINT)\n        time.sleep(0.1)\n"
            "def load(*a, **k):\n    Dying()\n    time.sleep(20)\nmade.resolve_race = load"
        )
        code, out, err = call(*PLAN, before=before)
        assert (code, out, err.strip()) == (130, "", "stopped")

    def test_control_c_from_outside_is_no_traceback(self):
        # Into the work, or on a slow machine into the imports of the command; before that it is Python's own.
        process = start(
            "plan",
            "leadville-trail-100-run",
            "--target-probability",
            "0.5",
            before=f"{HEARS_CONTROL_C}print('on', flush=True)",
        )
        process.stdout.read(2)
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        code, _, err = finish(process)
        assert (code, err.strip()) in ((130, "stopped"), (0, ""))


@posix
class TestStreams:
    @pytest.mark.parametrize("command", [PLAN, ("pantry", "list"), ("course", "schema"), (*PLAN, "-f", "json")])
    def test_a_reader_that_has_seen_enough_is_no_error(self, command):
        process = start(*command, bufsize=0)
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        assert process.wait(SECONDS) == 0
        assert err == ""

    def test_a_full_device_is_told(self):
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("no /dev/full here")
        for command in (PLAN, ("pantry", "init")):
            with full.open("wb") as stream:
                code, _, err = call(*command, stdout=stream)
            assert code == 3, command
            assert err.strip() == "error: No space left on device"

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams_are_no_traceback(self, closed, tmp_path):
        log = tmp_path / "log"
        for command in (f"plan {MTB} --goal 11:45 -o {tmp_path}/plan.json --force", "pantry list", "plan nowhere"):
            line = f"{sys.executable} -m pacecalc {command} {closed}"
            with log.open("wb") as stream:
                done = subprocess.run(["sh", "-c", line], stdout=stream, stderr=stream, stdin=subprocess.DEVNULL)
            said = log.read_text()
            assert "Traceback" not in said
            assert "Exception ignored" not in said
            assert done.returncode == (3 if "nowhere" in command else 0)
        assert json.loads((tmp_path / "plan.json").read_text())["goal_s"] == 42300.0


@pytest.fixture
def tmp_disk(tmp_path):
    """A disk of its own, with options of mount; only root may make one."""
    made = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(made)}"
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("mounting is not allowed here")
        made.append(folder)
        return folder

    yield mount
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)


@posix
class TestDisks:
    def test_a_read_only_disk_is_told_and_nothing_is_left(self, tmp_disk):
        folder = tmp_disk("ro")
        code, _, err = call("athlete", "init", folder / "athlete.yaml")
        assert code == 3
        assert err.strip().endswith("athlete.yaml: cannot be written: read-only file system")
        assert list(folder.iterdir()) == []

    def test_a_working_folder_that_cannot_be_written_does_not_matter(self, tmp_disk):
        code, out, _ = call(*PLAN, cwd=tmp_disk("ro"))
        assert code == 0
        assert "Finish 11:45:00" in out

    def test_a_working_folder_that_is_gone_does_not_matter(self, tmp_path):
        gone = tmp_path / "gone"
        gone.mkdir()
        code, out, _ = call(*PLAN, cwd=gone, before=f"import os\nos.rmdir({str(gone)!r})")
        assert code == 0
        assert "Finish 11:45:00" in out

    def test_a_full_disk_leaves_the_old_file_and_no_debris(self, tmp_disk):
        folder = tmp_disk("size=16k")
        path = folder / "plan.json"
        path.write_text("old")
        code, _, err = call(*PLAN, "-o", path, "--force")
        assert code == 3
        assert err.strip().endswith("plan.json: cannot be written: no space left on device")
        assert path.read_text() == "old"
        assert [p.name for p in folder.iterdir()] == ["plan.json"]

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("no/such/plan.json", "no such file or directory"),
            ("x" * 300 + ".json", "file name too long"),
            ("plan\x01.json", None),
        ],
    )
    def test_a_name_that_cannot_be_written_is_told_in_one_line(self, tmp_path, capsys, name, words):
        code = run_in_process([*PLAN, "-o", str(tmp_path / name)])
        err = capsys.readouterr().err
        assert len(err.strip().splitlines()) == 1
        assert (code, words is None) in ((0, True), (3, False))
        assert words is None or words in err.lower()


@posix
class TestHomes:
    @pytest.mark.parametrize("command", [PLAN, ("course", "list"), ("course", "show", MTB), ("pantry", "check")])
    def test_without_a_home_everything_works(self, command):
        code, out, err = call(*command, env=bare_environment())
        assert (code, err) == (0, "")
        assert out

    def test_a_user_the_system_does_not_know_has_no_home_either(self):
        before = "import pwd\ndef unknown(*a): raise KeyError('uid not found')\npwd.getpwuid = pwd.getpwnam = unknown"
        code, out, err = call("course", "list", env=bare_environment(), before=before)
        assert (code, err) == (0, "")
        assert MTB in out

    def test_a_home_that_is_a_file_does_not_matter(self, tmp_path):
        home = tmp_path / "home"
        home.write_text("")
        code, out, err = call("course", "list", env=bare_environment(HOME=str(home), XDG_CONFIG_HOME=str(home)))
        assert (code, err) == (0, "")
        assert MTB in out


LANGUAGES = [
    {"LANG": "C", "LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONIOENCODING": "ascii:strict"},
]


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES, ids=lambda e: " ".join(f"{k}={v}" for k, v in e.items()))
    def test_every_terminal_gets_a_plan(self, language):
        process = start(*PLAN, env=bare_environment(**language))
        out, err = process.communicate(timeout=SECONDS)
        assert (process.returncode, err) == (0, b"")
        text = out.decode(language.get("PYTHONIOENCODING", "utf-8").partition(":")[0])
        assert "Finish 11:45:00" in text
        if "ascii" in language.get("PYTHONIOENCODING", ""):
            assert "?" not in text.replace("What do I take from where?", "")

    def test_accents_of_a_document_survive_a_terminal_without_them(self, tmp_path):
        path = tmp_path / "kurs å.yaml"
        path.write_text(PROFILE.replace("name: Short Ridge", "name: Fjällräven 富士"), encoding="utf-8")
        code, out, _ = call("plan", path, "--goal", "3:00", env=bare_environment(PYTHONIOENCODING="ascii"))
        assert code == 0
        assert out.isascii()
        assert "Fj" in out
        plan = tmp_path / "plan.json"
        code, *_ = call("plan", path, "--goal", "3:00", "-o", plan, env=bare_environment(LC_ALL="C", PYTHONUTF8="0"))
        assert code == 0
        assert json.loads(plan.read_text(encoding="utf-8"))["course"]["name"] == "Fjällräven 富士"

    def test_an_argument_that_is_no_text_is_refused_in_one_line(self):
        code, _, err = call("plan", os.fsdecode(b"caf\xe9.yaml"), "--goal", "3:00")
        assert code == 3
        assert len(err.strip().splitlines()) == 1


class TestWindows:
    @pytest.fixture
    def written(self, tmp_path):
        """The same documents with the line ends and the byte-order mark of another system."""

        def write(name: str, text: str, end: str = "\r\n", mark: bytes = b"\xef\xbb\xbf") -> Path:
            path = tmp_path / name
            path.write_bytes(mark + text.replace("\n", end).encode())
            return path

        return write

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends_do_not_change_a_plan(self, pacecalc, written, end):
        course = written("course.yaml", PROFILE, end)
        athlete = written("athlete.yaml", "mass: 62 kg\nfuel:\n  bottles: 2 L\n", end)
        outcome = pacecalc("plan", course, "--athlete", athlete, "--goal", "3:00", "-f", "json")
        assert outcome.code == 0
        data = outcome.data
        assert data["athlete"]["mass_kg"] == 62.0
        del data["inputs"]
        plain = pacecalc(
            "plan", written("c.yaml", PROFILE, "\n", b""), "--athlete", athlete, "--goal", "3:00", "-f", "json"
        ).data
        del plain["inputs"]
        assert data == plain

    def test_a_mistake_stands_on_its_line_whatever_ends_the_lines(self, pacecalc, written):
        spoiled = PROFILE.replace("distance: 20 km", "distance: 20")
        line = spoiled.splitlines().index("distance: 20") + 1
        for end in ("\n", "\r\n"):
            outcome = pacecalc("plan", written("course.yaml", spoiled, end), "--goal", "3:00")
            assert outcome.code == 3
            assert f"course.yaml:{line}:" in outcome.err

    @pytest.mark.parametrize(
        "path", [r"C:\races\course.yaml", r"races\course.yaml", "C:/races/c.yaml", r"\\host\c.yaml"]
    )
    def test_a_path_of_windows_that_is_not_there_is_named_as_written(self, pacecalc, path):
        outcome = pacecalc("plan", path, "--goal", "3:00")
        assert outcome.code == 3
        assert len(outcome.err.strip().splitlines()) == 1
        assert path in outcome.err


def in_terminal(*arguments, code=0, **env) -> str:
    """What a terminal shows."""
    master, slave = pty.openpty()
    environment = bare_environment(**{"TERM": "xterm-256color", "LANG": "C.UTF-8", **env})
    process = start(*arguments, stdout=slave, stderr=slave, stdin=slave, env=environment)
    os.close(slave)
    shown = bytearray()
    while True:
        ready, _, _ = select.select([master], [], [], SECONDS)
        try:
            block = os.read(master, 65536) if ready else b""
        except OSError:
            block = b""
        if not block:
            break
        shown += block
    os.close(master)
    assert process.wait(SECONDS) == code
    return shown.decode()


@posix
class TestTerminals:
    def test_none_is_flooded_with_a_course(self):
        shown = in_terminal("course", "export", "leadville-10k", code=2)
        assert re.fullmatch(r"error: \d+ lines are not for a terminal; .* -o leadville-10k.gpx\r\n", shown)

    def test_colour_only_where_it_is_wanted(self):
        assert "\x1b[" in in_terminal(*PLAN)
        # On a slow machine the bar of waiting moves the cursor, in no colour.
        assert not re.search(r"\x1b\[[0-9;]*m", in_terminal(*PLAN, NO_COLOR="1"))
        assert "\x1b" not in in_terminal(*PLAN, TERM="dumb")

    @pytest.mark.parametrize("columns", ["1", "20", "80", "97", "1000", "-5", "abc", ""])
    def test_any_width_gives_lines_of_80_to_140(self, columns):
        # Of a bar of waiting, on a slow machine, nothing stays: it is written over from the beginning of the line.
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", in_terminal(*PLAN, NO_COLOR="1", COLUMNS=columns))
        lines = [line.rstrip("\r").rpartition("\r")[2] for line in shown.split("\n")]
        assert any("Finish 11:45:00" in line for line in lines)
        widest = max(len(line) for line in lines)
        assert widest <= (140 if columns == "1000" else max(80, int(columns) if columns.isdigit() else 80))


def run_at_once(times: int, jobs: int) -> set[str]:
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(lambda _: call(*PLAN, "--format", "json"), range(times)))
    assert all(code == 0 and err == "" for code, _, err in results)
    return {out for _, out, _ in results}


def test_ten_runs_at_once_give_one_plan():
    assert len(run_at_once(10, 10)) == 1


@pytest.mark.slow
def test_two_hundred_runs_at_once_give_one_plan():
    assert len(run_at_once(200, 50)) == 1


def test_many_writers_of_one_file_leave_one_whole_file(tmp_path):
    path = tmp_path / "athlete.yaml"
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(lambda _: call("athlete", "init", path)[0], range(8)))
    assert codes == [0] + [2] * 7
    assert path.read_text().startswith("# You")
    assert [p.name for p in tmp_path.iterdir()] == ["athlete.yaml"]
