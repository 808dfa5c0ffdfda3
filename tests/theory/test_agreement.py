"""The simulation agrees with theory, through the text of an experiment file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.theory import cases_shared, cases_single
from tests.theory.agreement import Case, disagreements, simulate, sums
from tests.theory.cases import CASES, FAMILY

if TYPE_CHECKING:
    from pathlib import Path

SIMULATED = {
    *("erlang_a", "erlang_a_uncertain", "erlang_b", "erlang_c", "queue_with_patience", "chat", "deferred", "m_d_c"),
    *("m_g_1", "two_priorities", "two_priorities_one_agent", "time_varying"),
}
"""Models of ``ccsim.erlang`` whose world the engine can play."""
BY_NAME = {case.name: case for case in CASES}
QUICK = [
    BY_NAME["M/M/4"],
    BY_NAME["M/M/3+M"],
    BY_NAME["hyperexponential patience and two places"],
    BY_NAME["M/D/1"],
    BY_NAME["two priorities"],
    BY_NAME["N-model"],
    BY_NAME["chat to the least loaded"],
    BY_NAME["a backlog worked off"],
    BY_NAME["half of those who give up write instead"],
    BY_NAME["four weeks of learning"],
]
"""Those whose simulation is among the quick tests, too: one or two of most techniques."""


def quick_or_slow(case: Case, *values: Any) -> Any:
    """The case, or ``values`` of it, for a test of its name that is slow if the case is long."""
    return pytest.param(*(values or (case,)), id=case.name, marks=[pytest.mark.slow] * case.long)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name, marks=[pytest.mark.slow] * (case not in QUICK)) for case in CASES]
)
def test_simulation_agrees_with_theory(case: Case, tmp_path: Path):
    """
    Every claim of the case lies in its interval, with 1 % of false alarms over the whole family.

    Quick cases play half of their replications, with half-widths of up to 42 % of the exact value; slow ones all, with
    up to 30 %. What is off by a half-width is seen every other time.
    """
    assert disagreements(case, tmp_path, FAMILY, scale=0.5 if case in QUICK else 1) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_simulation_agrees_with_theory_with_all_replications(case: Case, tmp_path: Path):
    """The quick cases with half-widths as narrow as those of the slow ones."""
    assert disagreements(case, tmp_path, FAMILY) == []


def test_every_model_that_can_be_played_is_simulated():
    assert {case.formula.name for case in CASES if case.formula} == SIMULATED


@pytest.mark.parametrize("case", [quick_or_slow(case) for case in CASES if case.formula])
def test_models_of_ccsim_are_the_exact_values(case: Case):
    """Formula and reference are computed in different ways, so the simulation is held against both."""
    said, exact = case.formula.says(), case.exact()
    shared = said.keys() & exact.keys()
    assert shared
    assert {claim: said[claim] for claim in shared} == pytest.approx(
        {claim: exact[claim] for claim in shared}, rel=2e-6
    )


@pytest.mark.slow
def test_wait_grows_with_the_wait_before_overflow(tmp_path: Path):
    """Between one queue for two pools and two centers apart, later help is less help; the same customers throughout."""
    waits = []
    for after in ("0 s", "30 s", "2 min", "10 min", "40 hours"):
        case = Case(f"overflow after {after}", cases_shared.overflow_text(after), dict, replications=10)
        numerator, denominator = sums(cases_single.calls("wait_mean_s"), simulate(case, tmp_path, 1, 10))
        waits.append(numerator.sum() / denominator.sum())

    assert waits == sorted(waits)
    assert waits[0] < waits[2] < waits[-1]
