"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property

import pytest

from pacecalc.record import record


@record(kw_only=True)
class Stop:
    """A stop at a station."""

    place: str
    stop_s: float = 180.0
    taken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStop:
    place: str
    stop_s: float = 180.0
    taken: list[str] = field(default_factory=list)


@record()
class Split:
    place: str
    arrive_s: float
    leave_s: float | None = None


@record(slots=False)
class Leg:
    distance_m: float
    moving_s: float = 600.0

    @cached_property
    def speed_m_per_s(self) -> float:
        return self.distance_m / self.moving_s


def test_a_record_prints_as_a_dataclass_does():
    ours, plain = Stop(place="Twin Lakes", taken=["gel"]), PlainStop(place="Twin Lakes", taken=["gel"])
    assert repr(ours) == repr(plain).replace("PlainStop", "Stop")
    assert asdict(ours) == asdict(plain)
    assert [f.name for f in fields(ours)] == [f.name for f in fields(plain)]
    assert is_dataclass(Stop)


def test_what_was_set_once_stays():
    for each, name in (
        (Stop(place="Winfield"), "stop_s"),
        (Split("Winfield", 1.0), "leave_s"),
        (Leg(100.0), "moving_s"),
        (Leg(100.0), "distance_m"),
    ):
        before = getattr(each, name)
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(each, name, 1.5)
        with pytest.raises(FrozenInstanceError, match=name):
            delattr(each, name)
        assert getattr(each, name) == before


def test_a_record_takes_no_other_attributes():
    with pytest.raises((FrozenInstanceError, AttributeError)):
        Split("Winfield", 1.0).margin_s = 3.0  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        Leg(100.0).margin_s = 3.0  # type: ignore[attr-defined]


def test_records_are_equal_when_all_their_fields_are():
    assert Split("Winfield", 1.0) == Split("Winfield", 1.0, None)
    assert Split("Winfield", 1.0) != Split("Winfield", 2.0)
    assert Split("Winfield", 1.0) != ("Winfield", 1.0, None)
    assert Leg(100.0, 600.0) != Split("Winfield", 1.0)
    assert hash(Split("Winfield", 1.0)) == hash(Split("Winfield", 1.0))
    assert len({Split("Winfield", 1.0), Split("Winfield", 1.0), Split("Winfield", 2.0)}) == 2


def test_fields_are_given_by_name_where_the_record_asks_for_it():
    with pytest.raises(TypeError):
        Stop("Twin Lakes")  # type: ignore[misc]
    with pytest.raises(TypeError, match="place"):
        Stop()  # type: ignore[call-arg]
    assert Stop(place="Twin Lakes").taken is not Stop(place="Twin Lakes").taken


def test_a_changed_copy_leaves_the_record_alone():
    first = Stop(place="Twin Lakes")
    second = replace(first, stop_s=60.0)
    assert (first.stop_s, second.stop_s, second.place) == (180.0, 60.0, "Twin Lakes")


@pytest.mark.parametrize("each", [Stop(place="Twin Lakes", stop_s=1.0), Split("Winfield", 1.0), Leg(100.0)])
def test_records_go_to_other_processes_and_come_back(each):
    for again in (pickle.loads(pickle.dumps(each)), copy.copy(each), copy.deepcopy(each)):
        assert again == each
        with pytest.raises(FrozenInstanceError):
            setattr(again, fields(each)[0].name, "other")


def test_a_record_without_slots_keeps_what_it_worked_out():
    leg = Leg(1200.0)
    assert leg.speed_m_per_s == 2.0
    assert leg.__dict__["speed_m_per_s"] == 2.0
