"""What holds of the frames of money whatever was paid: they add up as printed, and nothing is paid twice or lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ccsim.money.books import Books
from ccsim.money.ledger import CLIENT, MARKET, Ledger, Line
from ccsim.results.money import MARGIN, TOTAL, cost_lines, totals
from ccsim.results.stacked import Stacked

PARTIES = st.sampled_from([(CLIENT, MARKET, ""), (CLIENT, "acme", "care"), ("acme", MARKET, ""), ("bay", MARKET, "")])
LINES = st.lists(st.tuples(PARTIES, st.sampled_from("abc"), st.integers(0, 2)), min_size=1, max_size=12)


@st.composite
def stacks(draw):
    """Ledgers of some replications with the same lines; amounts in cents, credits among them."""
    lines = tuple(Line(*party, item, "", month, "USD") for party, item, month in draw(LINES))
    amounts = st.lists(st.integers(-(10**9), 10**9), min_size=len(lines), max_size=len(lines))
    each = [np.array(one, dtype=np.int64) for one in draw(st.lists(amounts, min_size=1, max_size=7))]
    return Stacked.of([Books(Ledger(lines, one * 0.0, one, one), None) for one in each])


@given(stacks())
def test_totals_are_sums_of_printed_means_and_of_replications(stack):
    paid = cost_lines(stack)
    sums = totals(paid, len(stack.amount))
    for payer in {line.payer for line in stack.lines}:
        (total,) = [sums[kind] for kind in sums if (kind.payer, kind.item) == (payer, TOTAL)]
        own = [column for column, line in enumerate(stack.lines) if line.payer == payer]
        assert total.mean == sum(paid[kind].mean for kind in paid if kind.payer == payer)
        assert total.each.tolist() == stack.amount[:, own].sum(axis=1).tolist()
        lines = len({kind for kind in paid if kind.payer == payer})
        assert abs(2 * (total.mean * len(stack.amount) - int(total.each.sum()))) <= lines * len(stack.amount)


@given(stacks())
def test_a_margin_is_income_less_cost_and_only_of_who_has_both(stack):
    sums = totals(cost_lines(stack), len(stack.amount))
    earning = {line.payee for line in stack.lines} & {line.payer for line in stack.lines} - {CLIENT}
    margins = {kind.payer: paid for kind, paid in sums.items() if kind.item == MARGIN}
    assert set(margins) == earning
    for provider, margin in margins.items():
        sign = np.array([(line.payee == provider) - (line.payer == provider) * 1 for line in stack.lines])
        assert margin.each.tolist() == (stack.amount * sign).sum(axis=1).tolist()
