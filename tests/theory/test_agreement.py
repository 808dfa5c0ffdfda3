"""The simulation agrees with theory, through the text of an experiment file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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
from tests.theory.agreement import Case, disagreements, simulate, sums

if TYPE_CHECKING:
    from pathlib import Path

CASES: list[Case] = [
    *cases_single.CASES,
    *cases_shared.CASES,
    *cases_chat.CASES,
    *cases_email.CASES,
    *cases_shift_end.CASES,
    *cases_order.CASES,
    *cases_hand_over.CASES,
    *cases_day.CASES,
    *cases_ssj.CASES,
]
FAMILY = sum(len(case.exact()) for case in CASES)
LONG = {
    "M/M/40",
    "M/M/4/6 by waiting places",
    "M/M/3/3",
    "M/M/4+M with gamma days",
    "overflow after a negligible wait is one queue",
    "overflow after all patience is two centers",
    "named leavers of shifts",
    "pooled count of shifts",
    *(case.name for case in [*cases_day.CASES, *cases_ssj.CASES]),
}
"""Left to the slow tests."""


def by_name(case: Case, *marks: pytest.MarkDecorator) -> Any:
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [by_name(case, *[pytest.mark.slow] * (case.name in LONG)) for case in CASES])
def test_simulation_agrees_with_theory(case: Case, tmp_path: Path):
    """Every claim of the case lies in its interval, with 1 % of false alarms over the whole family."""
    assert disagreements(case, tmp_path, FAMILY, scale=0.5) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", [by_name(case) for case in CASES])
def test_simulation_agrees_with_theory_at_more_than_twice_the_resolution(case: Case, tmp_path: Path):
    """The same with six times the replications."""
    assert disagreements(case, tmp_path, FAMILY, scale=3) == []


def test_every_case_left_to_the_slow_tests_is_one():
    assert {case.name for case in CASES} >= LONG


def test_wait_grows_with_the_wait_before_overflow(tmp_path: Path):
    """Between one queue for two pools and two centers apart, later help is less help; the same customers throughout."""
    waits = []
    for after in ("0 s", "30 s", "2 min", "10 min", "40 hours"):
        case = Case(f"overflow after {after}", cases_shared.overflow_text(after), dict, replications=10)
        numerator, denominator = sums(cases_single.calls("wait_mean_s"), simulate(case, tmp_path, 1, 10))
        waits.append(numerator.sum() / denominator.sum())

    assert waits == sorted(waits)
    assert waits[0] < waits[2] < waits[-1]
