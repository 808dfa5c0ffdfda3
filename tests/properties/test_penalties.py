"""What holds of penalties over replications, whatever the months came to."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccsim.results.columns import COLUMNS
from ccsim.results.penalties import Lost, rows_of, together
from tests.small_terms import contract, term
from tests.written_logs import small_plan

PLAN = small_plan()
MONTHS = ("2026-03", "2026-04", "2026-05")
CARE = replace(contract(PLAN, term(PLAN)), relief=True)
SUMS = SimpleNamespace(plan=SimpleNamespace(months=SimpleNamespace(name=MONTHS)))
HEAD = 3
"""Columns before the month: scenario, contract and term."""


@st.composite
def losses(draw):
    """Of one term: a missed month may cost something, a month without contacts neither is judged nor costs anything."""
    shape = draw(st.integers(1, 12)), len(MONTHS)
    denominator = draw(arrays(float, shape, elements=st.sampled_from([0.0, 10.0, 100.0])))
    missed = draw(arrays(bool, shape)) & (denominator > 0)
    cents = arrays(np.int64, shape, elements=st.sampled_from([0, 1, 99, 12_345]))
    numerator = np.floor(denominator * draw(arrays(float, shape, elements=st.floats(0, 1))))
    return Lost(missed, denominator > 0, numerator, denominator, draw(cents) * missed, draw(cents), draw(cents))


def rows(lost):
    """By month, as numbers."""
    found = [dict(zip(COLUMNS["penalties"][HEAD:], row, strict=True)) for row in rows_of(SUMS, CARE, None, lost, 0.95)]
    return {row["month"]: row for row in found}


@settings(max_examples=20)
@given(losses())
def test_quantiles_are_in_order_and_none_exceeds_the_largest(lost):
    for row in rows(lost).values():
        assert 0 <= row["median"] <= row["p90"] <= row["p95"] <= row["largest"]
        assert row["penalty"] <= row["largest"] + 0.005
        assert not row["p90_low"] > row["p90"]
        assert not row["p90_high"] < row["p90"]


@settings(max_examples=20)
@given(losses())
def test_months_make_up_the_period(lost):
    """Penalties, bonuses and what relief excuses add up; any month is missed no more rarely than one of them."""
    found = rows(lost)
    for column in ("penalty", "bonus", "relieved"):
        parts = sum(found[month][column] for month in MONTHS)
        assert abs(found["all"][column] - parts) <= 0.005 * (len(MONTHS) + 1)
    ever = lost.missed.any(axis=1).sum()
    assert ever >= max(lost.missed.sum(axis=0))
    if lost.judged.any():
        assert np.isclose(found["all"]["missed"], ever / lost.judged.any(axis=1).sum())
        assert np.isclose(found["all"]["months_missed"], lost.missed.sum() / lost.judged.sum())


@settings(max_examples=20)
@given(losses())
def test_the_worst_month_costs_most(lost):
    """In every replication no less than any month, and no more than all of them."""
    worst = lost.of_months(lost.worst(sinks=False)).penalty[:, 0]
    assert np.array_equal(worst, lost.penalty.max(axis=1))
    assert np.all(worst <= lost.penalty.sum(axis=1))


@settings(max_examples=20)
@given(losses(), st.integers(0, 2))
def test_all_terms_together_cost_what_each_of_them_does(lost, shift):
    """And miss a month if one of them does."""
    other = lost.of_months((np.arange(len(MONTHS)) + shift) % len(MONTHS))
    both = together([lost, other])
    assert np.array_equal(both.penalty, lost.penalty + other.penalty)
    assert np.array_equal(both.missed, lost.missed | other.missed)
    assert rows(both)["all"]["missed"] >= rows(lost)["all"]["missed"] or not lost.judged.any()
