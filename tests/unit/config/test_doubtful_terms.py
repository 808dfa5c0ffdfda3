"""Terms that are allowed but may not be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import doubts, load

GOOD = Path(__file__).parents[2] / "faults" / "files" / "terms" / "good.yaml"
STEPS = "[{below: 80%, credit: 3%}, {below: 70%, credit: 8%}]"


def told(*changes: str) -> list[str]:
    """Doubts about the contract."""
    found = doubts(load(GOOD, changes=[f"contracts.acme.{change}" for change in changes]))
    return [f"{doubt.path.removeprefix('contracts.acme.')}: {doubt.message}" for doubt in found if "acme" in doubt.path]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("100%", []),
        (
            "40%",
            [
                "terms: calls service level: its last step is 8 % of the month's fees, but weight x at_risk lets it "
                "cost 4.8 % at most"
            ],
        ),
    ],
)
def test_a_step_that_the_cap_never_lets_pay_is_pointed_out(weight, expected):
    """12 % at risk."""
    term = f"{{type: calls, measure: service_level, target: 80%, weight: {weight}, penalty: {STEPS}}}"
    assert told(f"terms=[{term}]") == expected


def test_a_run_too_short_to_earn_anything_back_is_pointed_out():
    """One week of March."""
    assert told("earn_back=1 month") == [
        "earn_back: the counted period has 1 calendar month: nothing can be earned back"
    ]
    assert told() == []
