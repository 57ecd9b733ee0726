"""The edge between quantities and the plain numbers inside; the only place that knows pint.

Strings are read by our own grammar without pint; quantities of any registry are understood; results are quantities of
pint's application registry, and a host's registry is never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pacecalc.units.conversion import (
    install_slim_registry,
    is_quantity,
    parse_duration_s,
    quantity,
    to_si,
    to_si_array,
)
from pacecalc.units.definitions import suffix_of
from pacecalc.units.faces import declared_units, unit_aware

if TYPE_CHECKING:
    # for the annotations of modules that must not import pint themselves
    from pint import Quantity as Quantity

__all__ = [
    "declared_units",
    "install_slim_registry",
    "is_quantity",
    "parse_duration_s",
    "quantity",
    "suffix_of",
    "to_si",
    "to_si_array",
    "unit_aware",
]
