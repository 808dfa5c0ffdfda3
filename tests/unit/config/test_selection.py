"""What bids may be scored by, and in which unit it is written."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ccsim.config import doubts, load
from ccsim.measures.catalog import BOOKS, CATALOG
from ccsim.measures.tally import CONTACT_TYPE, TOTAL
from ccsim.model.selection import MONEY, NUMBER, SHARE, TIME, UNITS, Criterion, Measured, Statistic

OF_UNIT = {"currency": MONEY, "share": SHARE, "s": TIME, "visits": NUMBER}


@pytest.mark.parametrize("name", UNITS)
def test_measures_are_written_in_the_unit_and_scope_of_the_catalog(name):
    """All of them are ratios of sums over replications, of the whole center or of a contact type."""
    measure = CATALOG[name]
    assert UNITS[name] is OF_UNIT[measure.unit]
    assert measure.kind in ("share", "positive", "amount")
    of_the_whole = Measured(measure=name, **({} if UNITS[name] is MONEY else {"contact_type": "calls"})).is_of_the_whole
    assert (TOTAL if of_the_whole else CONTACT_TYPE) in measure.scopes
    assert (measure.needs == BOOKS) == of_the_whole


@pytest.mark.parametrize(
    ("written", "of", "share", "label"),
    [
        ("mean", "mean", None, "mean"),
        ("deviation", "deviation", None, "deviation"),
        ("worst 10%", "worst", Fraction(1, 10), "worst 10%"),
        ("worst 2.5 %", "worst", Fraction(1, 40), "worst 2.5%"),
    ],
)
def test_statistics_are_written_as_they_are_said(written, of, share, label):
    found = Statistic.model_validate(written)
    assert (found.of, found.share, found.label) == (of, share, label)


@pytest.mark.parametrize(
    ("measure", "statistic", "best", "worst", "anchors"),
    [
        ("speed_of_answer_s", "mean", "10 s", "2 min", (10.0, 120.0)),
        ("contacts_per_resolution", "mean", 1.1, 1.6, (1.1, 1.6)),
        ("service_level", "deviation", "1%", "9%", (0.01, 0.09)),
    ],
)
def test_anchors_are_numbers_in_the_unit_of_the_measure(measure, statistic, best, worst, anchors):
    """Of a deviation less is better whatever it is of."""
    written = {"measure": measure, "statistic": statistic, "contact_type": "calls", "best": best, "worst": worst}
    assert Criterion.model_validate({**written, "weight": "100%"}).anchors == anchors


def test_a_tail_of_too_few_replications_is_doubtful():
    """Of the good file's five replications nothing holds five but all of them; of fifty a tenth does."""
    file = Path(__file__).parents[2] / "faults" / "files" / "selections" / "good.yaml"
    tail = ["selection.criteria.cost.statistic=worst 10%"]
    message = "of 5 replications these are 0.5, too few to say how sure the choice is; run at least 50"

    told = [problem.message for problem in doubts(load(file, changes=tail))]
    assert message in told
    assert not any("too few" in problem.message for problem in doubts(load(file, changes=tail, replications=50)))
    assert message not in [problem.message for problem in doubts(load(file))]
