"""
The page docs/validation.md: every claim of the theory family beside what the simulation says.

Made by ``python -m tests.theory.table > docs/validation.md``, with the seeds and replications of the cases.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.theory import (
    cases_chat,
    cases_day,
    cases_email,
    cases_hand_over,
    cases_order,
    cases_shared,
    cases_shift_end,
    cases_single,
    cases_ssj,
)
from tests.theory.agreement import interval, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.theory.agreement import Case, Claim

CONFIDENCE = 0.999
TEST = "tests/theory/test_agreement.py::test_simulation_agrees_with_theory"
TECHNIQUES = {
    cases_single: "queue of one type",
    cases_shared: "several types or pools",
    cases_chat: "chat: limited processor sharing",
    cases_email: "deferred work, interrupted",
    cases_order: "order of service",
    cases_hand_over: "deferred work at the end of a shift",
    cases_shift_end: "transient queue at the end of a shift",
    cases_day: "transient queue of a day, by half-hour",
    cases_ssj: "transient queue of a day, mixed over its busyness",
}
HEAD = """# Validation

Cases whose answer is known exactly, and what the simulation of their experiment file says. Exact values come from
closed forms, Markov chains solved numerically and the transient queue of `ccsim.erlang.time_varying`; none of them
uses the simulation. Made by `python -m tests.theory.table > docs/validation.md`, with seeds that are fixed by the
names of the cases.

**Simulated** is the interval of confidence 99.9 % for each claim by itself. {outside} of {claims} exact values lie
outside of theirs; {expected:.1f} are expected to by chance alone. The tests judge the whole family at once, with a
false-alarm rate of 1 % ([tests/theory/agreement.py](../tests/theory/agreement.py)). Waits are in seconds, queues and
backlogs in contacts; *from 01:00* is one planning interval.

The call center of SSJ (P. L'Ecuyer) is also held against the published results of its own program over 10,000 days:
{published}
(`tests/theory/test_ssj.py`).

| technique | case | measure | exact | simulated | test |
|---|---|---|---:|---:|---|
"""


def table(folder: Path) -> str:
    rows, outside = [], 0
    for technique, case in cases():
        tallies = simulate(case, folder, case.seed(1), case.replications)
        for claim, exact in case.exact().items():
            low, high = interval(claim, tallies, CONFIDENCE)
            misses = not low <= exact <= high
            outside += misses
            simulated = f"{low:.4g} – {high:.4g}" + (" outside" if misses else "")
            cells = (technique, case.name, described(claim), f"{exact:.5g}", simulated, f"`{id_of(case)}`")
            rows.append(f"| {' | '.join(cells)} |\n")
    published = ";\n".join(
        f"`{claim.measure}` {mean:g} published, {cases_ssj.EXACT[claim]:.4g} exact"
        for claim, (mean, _) in cases_ssj.PUBLISHED.items()
    )
    head = HEAD.format(outside=outside, claims=len(rows), expected=(1 - CONFIDENCE) * len(rows), published=published)
    return head + "".join(rows)


def cases() -> Iterator[tuple[str, Case]]:
    for module, technique in TECHNIQUES.items():
        for case in module.CASES:
            yield technique, case


def id_of(case: Case) -> str:
    return f"{TEST}[{case.name}]"


def described(claim: Claim) -> str:
    """`calls`: `queue_mean` from 01:00"""
    measure = f"`{claim.measure}`" if claim.over is None else f"`{claim.measure}` / `{claim.over}`"
    start = "" if claim.interval is None else f" from {claim.interval // 2:02}:{claim.interval % 2 * 30:02}"
    return f"{claim.name}: {measure}{start}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(table(Path(name)), end="")
