"""Immutable records: dataclasses that cost little to define.

``dataclass`` compiles six functions for every frozen class; with the 130 classes a plan loads, that was a good part of
the time a command takes to start. Five of the six are the same for every class and stand here; only ``__init__`` is
compiled. What ``dataclasses`` offers for instances (``fields``, ``replace``, ``asdict``) works as on any dataclass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field
from reprlib import recursive_repr
from typing import Any, Never, TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(*, kw_only: bool = False, slots: bool = True) -> Callable[[type[Class]], type[Class]]:
    """Make a class an immutable record of its annotated fields.

    Parameters
    ----------
    kw_only : bool
        Fields are given by name only
    slots : bool
        No other attributes; without it cached properties are possible

    Returns
    -------
    callable
        The decorator

    Examples
    --------
    >>> @record(kw_only=True)
    ... class Split:
    ...     distance_m: float
    ...     elapsed_s: float = 0.0
    >>> Split(distance_m=100.0)
    Split(distance_m=100.0, elapsed_s=0.0)
    >>> Split(distance_m=100.0) == Split(distance_m=100.0, elapsed_s=0.0)
    True
    """

    def make(plain: type[Class]) -> type[Class]:
        plain.__doc__ = plain.__doc__ or plain.__name__  # else dataclass spells out the signature, which takes its time
        made = dataclass(repr=False, eq=False, slots=slots, kw_only=kw_only)(plain)
        for name, function in (_SHARED | (_OF_SLOTS if slots else _OF_DICT)).items():
            if name not in plain.__dict__:
                setattr(made, name, function)
        return made

    return make


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in type(self).__dataclass_fields__)


@recursive_repr()
def _repr(self: Any) -> str:
    pairs = zip(type(self).__dataclass_fields__, _values(self), strict=True)
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"


def _eq(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _set_slot_once(self: Any, name: str, value: object) -> None:
    """What ``__init__`` sets stays."""
    if hasattr(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _set_attribute_once(self: Any, name: str, value: object) -> None:
    if name in self.__dict__ or name not in type(self).__dataclass_fields__:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    self.__dict__[name] = value


def _refuse_delete(self: Any, name: str) -> Never:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__delattr__": _refuse_delete,
}
_OF_SLOTS: dict[str, Callable[..., Any]] = {"__setattr__": _set_slot_once}
_OF_DICT: dict[str, Callable[..., Any]] = {"__setattr__": _set_attribute_once}
