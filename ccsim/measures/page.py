"""The page of all measures: ``python -m ccsim.measures.page > docs/measures.md``."""

from __future__ import annotations

import sys

from ccsim.measures.catalog import CATALOG, Measure

HEAD = """\
# Measures

Made from the catalog in `ccsim/measures/catalog.py` by `python -m ccsim.measures.page > docs/measures.md`.

**In a period**, by time of arrival: A offered, S answered, L lost (abandoned or balked), T the type's threshold; S_T,
L_T within T, which is a wait of at most T. For deferred types (email, back-office) the wait ends with the first start,
*answered* means completed, and S_T are those completed by their due time; of those open when the run ended, the ones
not yet due leave A. Live contacts that stay open stay in A.

**Over time**: queues, backlogs and agents' time are measured on the clock, over the counted period, with all contacts,
whether they count or not. Unpaid breaks are in no kind of agents' time: those of agents at work as they were taken (a
dropped one is worked and paid), those of absent agents, and of agents who went home before them, as planned. Overtime
is present, and available outside breaks.
For every agent paid >= present >= available >= handling, and scheduled + overtime >= paid.

**No value** (empty in CSV, null in JSON) stands where the denominator is 0, where a type has no target or a site no
wage, and for waits (*of waits*) of types that are unstable. 0/0 is neither 0 % nor 100 %.

**Kinds**: *share* in [0, 1], *positive*, and *plain* (may be negative) are ratios of sums over replications, with
intervals by the jackknife of the logit, of the logarithm, and of the value itself; *amount* is money, positive unless
credits exceed charges in some replication, then plain; *order* is the mean over
replications of each replication's value; *exact* depends on the plan alone. *by interval* names those for whom the
measure is also given per planning interval. Where a scenario uses no returns, callbacks, outages, flexible hours or
stand-ins, their measures do not exist (the part of the Plan that each *needs*); nor does *satisfaction* where
it is not declared, nor do those of *books* where there are no costs beside wages and no contracts.

"""


def page() -> str:
    """The whole page, Markdown."""
    lines = ["| measure | unit | kind | of | by interval | needs | formula |", "|---|---|---|---|---|---|---|"]
    return HEAD + "\n".join(lines + [row(measure) for measure in CATALOG.values()]) + "\n"


def row(measure: Measure) -> str:
    """One line of the table."""
    kind = f"{measure.kind}, of waits" if measure.of_waits else measure.kind
    scopes, interval_scopes = (", ".join(names) for names in (measure.scopes, measure.interval_scopes))
    cells = (f"`{measure.name}`", measure.unit, kind, scopes, interval_scopes, measure.needs, measure.formula)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
