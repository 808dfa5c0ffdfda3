"""What customers cost who give up or leave, customer by customer from a Log written by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import TYPE_CHECKING, Any

from ccsim.costs import Price
from ccsim.money.customers import ITEMS, lost_customers
from ccsim.money.ledger import CLIENT, MARKET, Writer
from ccsim.plan import TICKS_PER_SECOND
from ccsim.strings import Churn, Strings
from tests.small_losses import log_of_losses, plan_of_losses, with_journeys

if TYPE_CHECKING:
    from ccsim.log import Log

LOG = log_of_losses()
RETURNING = with_journeys(LOG)
CHURN = Churn(
    value=Price(F(220), "USD"),
    unanswered=F("0.02"),
    unresolved=F("0.015"),
    after=180 * TICKS_PER_SECOND,
    waited=F("0.005"),
    pools=(F(1), F("1.2")),
)


def lost(log: Log, abandoned: Price | None = None, churn: Churn | None = None) -> dict[tuple[str, str], list[Any]]:
    """Quantity and cents of both months, by item and contact type."""
    writer = Writer("USD")
    lost_customers(plan_of_losses(), Strings((), abandoned, churn), log, writer)
    found: dict[tuple[str, str], list[Any]] = {}
    for line, quantity, cents in zip(writer.lines, writer.quantity, writer.invoiced, strict=True):
        assert (line.payer, line.payee, line.contract) == (CLIENT, MARKET, "")
        assert line.item in ITEMS
        found.setdefault((line.item, line.about), []).append((quantity, cents))
    return found


def test_each_contact_given_up_for_good_costs_its_price() -> None:
    """Two gave up in the morning, of whom one came again; one balked at noon. Who was cut off did not give up."""
    price = Price(F(4), "USD")
    assert lost(RETURNING, price) == {
        ("abandonment", "calls"): [(1.0, 400), (1.0, 400)],
        ("abandonment", "mail"): [(0.0, 0), (0.0, 0)],
    }
    assert lost(LOG, price)["abandonment", "calls"] == [(2.0, 800), (1.0, 400)]


def test_customers_leave_by_what_they_met() -> None:
    """
    In the morning 2 % of one who was never answered, 1.2 x (1.5 + 0.5) % of one unresolved after four minutes and
    1.2 x 0.5 % of one who waited 230 s in two visits; at noon 2 % of each of three. Two hours are no wait of mail.
    """
    found = lost(RETURNING, churn=CHURN)
    assert found == {
        ("churn (expected)", "calls"): [(0.05, 11_00), (0.06, 13_20)],
        ("churn (expected)", "mail"): [(0.0, 0), (0.0, 0)],
    }


def test_where_nobody_comes_again_every_visit_is_a_customer_whose_matter_an_answer_resolves() -> None:
    """Two were not answered, and two waited for more than three minutes, both for the far pool."""
    (morning, noon) = lost(LOG, churn=CHURN)["churn (expected)", "calls"]
    assert morning == (float(2 * F("0.02") + 2 * F("0.006")), 11_44)
    assert noon == (0.06, 13_20)


def test_nobody_leaves_more_than_once() -> None:
    """A factor of 100 makes it certain, not more: 1 unresolved, and 1 who waited long at 0.5 x 100 %."""
    churn = replace(CHURN, pools=(F(1), F(100)))
    ((number, cents), _) = lost(RETURNING, churn=churn)["churn (expected)", "calls"]
    assert (number, cents) == (1.52, 334_40)


def test_a_wait_of_exactly_the_limit_is_not_long() -> None:
    """The third customer waited 240 s, the first 230 s in all."""
    churn = replace(CHURN, unanswered=F(0), unresolved=F(0), after=240 * TICKS_PER_SECOND)
    assert lost(RETURNING, churn=churn)["churn (expected)", "calls"][0] == (0.0, 0)
    churn = replace(churn, after=239 * TICKS_PER_SECOND)
    assert lost(RETURNING, churn=churn)["churn (expected)", "calls"][0] == (0.006, 1_32)


def test_nothing_is_written_where_customers_cost_nothing() -> None:
    assert lost(RETURNING) == {}
