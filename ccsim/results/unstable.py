"""Which contact types of a run are unstable, and which measures have no value because of it (rule 10)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.stability import weekly_growth
from ccsim.measures.catalog import CATALOG
from ccsim.measures.tally import CONTACT_TYPE, Key

if TYPE_CHECKING:
    from ccsim.plan import Floats
    from ccsim.results.record import Sums


def unstable_types(sums: Sums) -> dict[str, float]:
    """Contacts per week by which the backlog of each unstable contact type grows (rule 10)."""
    names = [key.name for key in sums.keys if (key.scope, key.measure) == (CONTACT_TYPE, "backlog_growth")]
    if not names:
        return {}

    def columns(measure: str) -> tuple[Floats, Floats]:
        pairs = [sums.of(Key(CONTACT_TYPE, name, measure)) for name in names]
        return np.column_stack([pair[0] for pair in pairs]), np.column_stack([pair[1] for pair in pairs])

    (left_open, _), (arrived, _) = columns("open"), columns("arrived")
    growth = weekly_growth((left_open, arrived), columns("backlog_growth_share"), columns("backlog_growth"))
    return {name: float(rate) for name, rate in zip(names, growth, strict=True) if not math.isnan(rate)}


def has_no_value(key: Key, growing: dict[str, float]) -> bool:
    """Whether this is a wait of an unstable contact type."""
    return key.scope == CONTACT_TYPE and key.name in growing and CATALOG[key.measure].of_waits
