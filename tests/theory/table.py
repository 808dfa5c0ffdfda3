"""
The page docs/validation.md: every claim of the theory family beside what the simulation says, and approximations.

Made by ``python -m tests.theory.table > docs/validation.md``, with the seeds and replications of the cases.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.theory import cases_ssj
from tests.theory.agreement import interval, simulate
from tests.theory.cases import TECHNIQUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.theory.agreement import Case, Claim

CONFIDENCE = 0.999
TEST = "tests/theory/test_agreement.py::test_simulation_agrees_with_theory"
HEAD = """# Validation

Cases whose answer is known exactly, and what the simulation of their experiment file says. Made by
`python -m tests.theory.table > docs/validation.md`, with seeds that are fixed by the names of the cases.

Exact values come from closed forms, numerical integrals and Markov chains solved numerically, of which none uses the
simulation. Where a function of `ccsim.erlang` has the case for its model it is named, and a test holds it to the same
values. The service levels of the day by half-hour and the day of the call center are those of `time_varying` itself,
whose queues are held against chains of their own.

**Simulated** is the interval of confidence 99.9 % for each claim by itself. {outside} of {claims} exact values lie
outside of theirs; {expected:.1f} are expected to by chance alone. The tests judge the whole family at once, with a
false-alarm rate of 1 % ([tests/theory/agreement.py](../tests/theory/agreement.py)). Waits are in seconds, queues and
backlogs in contacts; *from 01:00* is one planning interval.

The call center of SSJ (P. L'Ecuyer) is also held against the published results of its own program over 10,000 days:
{published}
(`tests/theory/test_ssj.py`).

| technique | case | measure | exact | simulated | test |
|---|---|---|---:|---:|---|
{rows}
## Approximations

What formulas that are not exact say of the same cases, and by how much they are wrong.

| formula | case | measure | formula says | exact | error | simulated |
|---|---|---|---:|---:|---:|---:|
{approximations}"""


def page(folder: Path) -> str:
    rows, approximations, outside = [], [], 0
    for technique, case in cases():
        tallies = simulate(case, folder, case.seed(1), case.replications)
        simulated = {}
        for claim, exact in case.exact().items():
            low, high = interval(claim, tallies, CONFIDENCE)
            misses = not low <= exact <= high
            outside += misses
            simulated[claim] = f"{low:.4g} – {high:.4g}" + (" outside" if misses else "")
        rows += [exact_row(technique, case, claim, simulated[claim]) for claim in case.exact()]
        approximations += [
            approximate_row(case, name, claim, says) + f" {simulated[claim]} |\n"
            for name, claim, says in approximated(case)
        ]
    published = ";\n".join(
        f"`{claim.measure}` {mean:g} published, {cases_ssj.EXACT[claim]:.4g} exact"
        for claim, (mean, _) in cases_ssj.PUBLISHED.items()
    )
    return HEAD.format(
        outside=outside,
        claims=len(rows),
        expected=(1 - CONFIDENCE) * len(rows),
        published=published,
        rows="".join(rows),
        approximations="".join(approximations),
    )


def exact_row(technique: str, case: Case, claim: Claim, simulated: str) -> str:
    model = f": `{case.formula.name}`" if case.formula else ""
    cells = (f"{technique}{model}", case.name, described(claim), f"{case.exact()[claim]:.5g}", simulated)
    return f"| {' | '.join(cells)} | `{id_of(case)}` |\n"


def approximate_row(case: Case, name: str, claim: Claim, says: float) -> str:
    """All but the last cell, which is that of the simulation."""
    exact = case.exact()[claim]
    error = f"{100 * (says - exact):+.1f} points" if claim.is_share else f"{100 * (says / exact - 1):+.1f} %"
    return f"| `{name}` | {case.name} | {described(claim)} | {says:.5g} | {exact:.5g} | {error} |"


def approximated(case: Case) -> Iterator[tuple[str, Claim, float]]:
    """What each approximation says of the claims of the case."""
    for formula in case.approximations:
        for claim, says in formula.says().items():
            if claim in case.exact():
                yield formula.name, claim, says


def cases() -> Iterator[tuple[str, Case]]:
    for technique, group in TECHNIQUES.items():
        for case in group:
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
        print(page(Path(name)), end="")
