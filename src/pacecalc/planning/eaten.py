"""What was eaten so far, as people say it: a share of the plan, or pieces."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from pacecalc.errors import UsageError
from pacecalc.planning.records import RacePlan
from pacecalc.planning.refeed import Eaten

SHARE_MAX = 3.0


def read_eaten(plan: RacePlan, written: Sequence[str]) -> Eaten:
    """A share such as ``0.8`` or ``80%``, or ``ID=COUNT`` once for every product.

    Raises
    ------
    UsageError
        For anything else, with the nearest product of the plan.
    """
    if not written:
        return None
    if len(written) == 1 and "=" not in written[0]:
        return _read_share(written[0])
    known = {item.id: item.name for row in plan.schedule for item in row.items}
    counts: dict[str, int] = {}
    for text in written:
        name, sign, number = text.rpartition("=")
        if not sign or not number.strip().isdigit():
            raise UsageError(f'--eaten "{text}": expected one share such as 0.8, or ID=COUNT such as gu-gel=3')
        counts[_find_product(name.strip(), known)] = int(number)
    return counts


def _read_share(text: str) -> float:
    bare = text.strip()
    try:
        share = float(bare.rstrip("% ")) / (100.0 if bare.endswith("%") else 1.0)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= SHARE_MAX:
        raise UsageError(f'--eaten "{text}": expected a share of the plan from 0 to 3, such as 0.8 or 80%')
    return share


def _find_product(name: str, known: dict[str, str]) -> str:
    folded = {word.casefold(): product_id for product_id, label in known.items() for word in (product_id, label)}
    found = folded.get(name.casefold())
    if found is not None:
        return found
    near = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.4)
    hint = f"did you mean {folded[near[0]]}?" if near else f"it has: {', '.join(sorted(known))}"
    raise UsageError(f'--eaten: the plan holds no "{name}"; {hint}')
