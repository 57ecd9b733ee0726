import os

import pytest

from pacecalc.errors import UsageError
from pacecalc.planning.workers import ONE_THREAD, count_jobs, run_on_cores


def double(number):
    if number == 3:
        raise ValueError("three")
    return 2 * number


def die_at_two(number):
    if number == 2:
        os._exit(9)
    return number


def read_threads(name):
    return os.environ.get(name)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_is_told_and_the_rest_is_done(jobs):
    found = dict(run_on_cores(double, [1, 2, 3, 4, 5], jobs))
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert isinstance(found.pop(2), ValueError)
    assert found == {0: 2, 1: 4, 3: 8, 4: 10}


def test_a_process_that_is_killed_costs_only_what_it_held():
    found = dict(run_on_cores(die_at_two, list(range(40)), 2))
    assert sorted(found) == list(range(40))
    lost = [index for index, result in found.items() if isinstance(result, Exception)]
    assert 2 in lost
    assert len(lost) <= 6, "no more than what two processes had in hand"
    assert all(found[index] == index for index in found if index not in lost)


def test_processes_use_one_thread_each_and_the_host_keeps_its_setting(monkeypatch):
    monkeypatch.delenv(ONE_THREAD[0], raising=False)
    assert dict(run_on_cores(read_threads, [ONE_THREAD[0]] * 2, 2)) == {0: "1", 1: "1"}
    assert ONE_THREAD[0] not in os.environ
    monkeypatch.setenv(ONE_THREAD[0], "3")
    assert dict(run_on_cores(read_threads, [ONE_THREAD[0]] * 2, 2)) == {0: "3", 1: "3"}


def test_no_more_processes_than_items_and_nonsense_is_refused():
    assert count_jobs(8, 3) == 3
    assert count_jobs(0, 1) == 1
    assert count_jobs(0, 1000) >= 1
    with pytest.raises(UsageError, match="0 for all cores"):
        count_jobs(-1, 5)
    with pytest.raises(UsageError):
        count_jobs(100_000, 5)


def test_stopping_half_way_ends_the_processes():
    runs = run_on_cores(double, [1, 2, 4, 5, 6, 7, 8, 9], 2)
    next(runs)
    runs.close()
    assert ONE_THREAD[0] not in os.environ or os.environ[ONE_THREAD[0]]
