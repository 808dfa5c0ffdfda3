"""Planning intervals one by one: what the formulas say of each, and what the floor gives there."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.analysis.estimates import estimate
from ccsim.plan import TICKS_PER_SECOND
from ccsim.results.over_time import local_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from ccsim.explanation.formulas import Formulas
    from ccsim.measures.tally import Ratio
    from ccsim.plan import Floats, Plan

COLUMNS = (
    "scenario",
    "contact_type",
    "interval_start_utc",
    "interval_start_local",
    "contacts",
    "agents",
    "servers",
    "load",
    "erlang_c",
    "erlang_a",
    "floor",
    "low",
    "high",
)


def intervals(plan: Plan, types: Sequence[int], formulas: Formulas, floor: Sequence[Ratio]) -> pd.DataFrame:
    """Rows of one scenario: what each formula says of an interval and what the floor gave there."""
    import pandas as pd

    starts = plan.epoch + plan.promises.edges[:-1] // TICKS_PER_SECOND
    utc = pd.DatetimeIndex(starts.astype("datetime64[s]").astype("datetime64[us]")).tz_localize("UTC")
    queues, parts = formulas.queues, []
    for type_ in types:
        within, offered = (np.array([one[side][type_] for one in floor]) for side in (0, 1))
        found = estimate("share", within, offered)
        columns = (
            plan.scenario,
            plan.types.name[type_],
            utc,
            local_texts(starts, plan.promises.utc_offset[plan.promises.type_zone[type_]]),
            queues.contacts[type_],
            queues.agents[type_],
            queues.servers[type_],
            queues.load[type_],
            by_interval(formulas.erlang_c, type_),
            by_interval(formulas.erlang_a, type_),
            found.mean,
            found.low,
            found.high,
        )
        parts.append(pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))))
    return pd.concat(parts, ignore_index=True)


def by_interval(level: Ratio, type_: int) -> Floats:
    """[I], NaN where nobody is expected."""
    top, bottom = level.numerator[type_], level.denominator[type_]
    share: Floats = np.divide(top, bottom, out=np.full(len(top), nan), where=bottom > 0)
    return share
