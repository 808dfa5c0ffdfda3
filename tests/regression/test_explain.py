"""What ``ccsim explain`` says of the experiments that the project ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.explanation import explain
from ccsim.explanation.sentences import sentence
from ccsim.explanation.steps import ERLANG_A, SWITCHED, Real

FOLDER = Path(__file__).parents[2] / "experiments"


@pytest.mark.slow
def test_erlang_c_is_right_where_it_must_be():
    """Its experiment has one team, steady calls, exponential work and endless patience."""
    found = explain(FOLDER / "erlang_c_check.yaml", workers=1)

    assert len(found.gaps) == 3
    assert all(sentence(gap).startswith("Erlang C is right here") for gap in found.gaps)


@pytest.mark.slow
def test_each_failure_of_erlang_c_is_charged_to_its_own_step():
    """Four scenarios, one assumption broken in each; in the textbook, and for sales elsewhere, Erlang C is right."""
    gaps = {(gap.scenario, gap.contact_type): gap for gap in explain(FOLDER / "erlang_gap.yaml", replications=12).gaps}
    blamed = {
        "impatience": ERLANG_A,
        "uncertain-days": SWITCHED[Real.DAYS],
        "peaks": SWITCHED[Real.RATE],
        "shared-agents": SWITCHED[Real.SHARING],
    }

    for scenario, step in blamed.items():
        charges = gaps[scenario, "service"].forward
        largest = max(charges, key=lambda charge: abs(charge.points.mean))
        assert largest.step == step
        assert largest.is_real
        assert all(abs(charge.points.mean) < 0.015 for charge in charges if charge is not largest)
    right = [("textbook", "service"), *((scenario, "sales") for scenario in ("textbook", *blamed))]
    for scenario, contact_type in right:
        if (scenario, contact_type) != ("shared-agents", "sales"):
            assert sentence(gaps[scenario, contact_type]).startswith("Erlang C is right here")
