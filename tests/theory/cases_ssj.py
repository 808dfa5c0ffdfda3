"""
The call center of the SSJ library: a day from 8:00 to 21:00, busyness gamma from day to day, agents by the hour.

P. L'Ecuyer, SSJ User's Guide, example CallCenter; its program is ``tutorial/CallCenter.java``, its data
``CallCenter.dat`` and its results over 10,000 days ``CallCenter.txt`` in github.com/umontreal-simul/ssj under
``src/main/docs/examples``. What the program does, in the words of an experiment:

- Agents above the number of the new hour finish, and nobody starts a contact before fewer are busy than there are
  agents: leavers are pooled. At 21:00 arrivals end; the last four agents stay until nobody waits.
- A customer who would have to wait has no patience with probability 0.1 (``balk``), else an exponential one.
- A wait is good if it is below 20 s, whether answered or lost: the formula ``positive``. Lost customers' waits count.
- Sums of a day are divided by 1,660, the calls *expected* of a day, so a single day reaches a "proportion" of 1.196;
  the mean over days is E[good] / E[calls], as is the ratio of sums here.
"""

from __future__ import annotations

import numpy as np
from scipy.special import roots_genlaguerre

from ccsim.erlang import time_varying
from tests.theory.agreement import Case
from tests.theory.cases_single import calls

AGENTS = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4]
ARRIVALS = [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]
SHAPE = 10.0
BALK, PATIENCE, HANDLE = 0.1, 1_000.0, 100.0

EXACT = {
    calls("wait_mean_s"): 12.5197,
    calls("service_level_positive"): 0.854676,
    calls("service_level_offered"): 0.827150,
    calls("abandonment_rate"): 0.0364895,
}
"""By ``expected_of_a_day``, to all digits given."""

PUBLISHED = {
    calls("wait_mean_s"): (12.736, 29.966),
    calls("service_level_positive"): (0.854, 0.168),
    calls("abandonment_rate"): (0.037, 0.059),
}
"""Mean and standard deviation over the 10,000 days of ``CallCenter.txt``, rounded as printed there."""
DAYS = 10_000
ROUNDING = 0.0005

HOURS = {8 + i: agents for i, agents in enumerate(AGENTS)}
TEXT = f"""
calendar: {{start: 2026-06-01, days: 1, run_on: 3 hours, timezone: UTC, interval: 60 min}}
contact_types:
  calls:
    channel: phone
    demand:
      weekly:
        profile: {{mon: {[0] * 8 + ARRIVALS + [0] * 3}, tue-sun: 0}}
        volume_by_date: {{2026-06-01: {sum(ARRIVALS)}}}
      day_factor: {100 / SHAPE**0.5:.9f}%
    handle_time: {{exponential: {HANDLE:g} s}}
    patience: {{exponential: {PATIENCE:g} s}}
    balk: {BALK:.0%}
    service_level: {{share: 80%, within: 20 s, formula: positive}}
sites: {{hall: {{location: in-house, country: CA, timezone: UTC}}}}
pools:
  team:
    site: hall
    handles: {{calls: {{}}}}
    leavers: pooled
    staffing: {{daily: {{{", ".join(f"{h:02}:00-{h + 1:02}:00: {n}" for h, n in HOURS.items())}, 21:00-08:00: 4}}}}
"""


def expected_of_a_day(nodes: int = 20) -> dict:
    """
    The transient queue of the day given its busyness, integrated over the gamma law by Gauss-Laguerre.

    Three hours after closing are followed too, so that all who wait have their outcome. Nodes of a weight below 1e-9
    are left out: days of five times the usual calls.
    """
    at, weights = roots_genlaguerre(nodes, SHAPE - 1)
    weights /= weights.sum()
    sums = sum(w * sums_of_a_day(x / SHAPE) for x, w in zip(at, weights, strict=True) if w > 1e-9)
    return dict(zip(EXACT, sums / sum(ARRIVALS), strict=True))


def sums_of_a_day(busyness: float) -> np.ndarray:
    """Expected sum of waits [s], good calls, calls answered in time, lost calls."""
    rates = busyness * np.array([*ARRIVALS, 0, 0, 0]) / 3600
    day = time_varying(rates, [*AGENTS, 4, 4, 4], 3600.0, HANDLE, PATIENCE, balk=BALK, leavers="pooled", threshold=20.0)
    good, answered = (np.nansum(day.arrivals * share) for share in (day.service_level_positive, day.service_level))
    return np.array([3600.0 * day.queue_mean.sum(), good, answered, day.lost.sum()])


CASES = [
    Case(
        "a day of the SSJ call center",
        TEXT,
        lambda: {claim: EXACT[claim] for claim in (calls("service_level_positive"), calls("service_level_offered"))},
        440,
        long=True,
    )
]
