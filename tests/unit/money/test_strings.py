"""What comes with outsourcing to a provider, every line counted again by hand."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest

from ccsim.chance import draw
from ccsim.engine import simulate
from ccsim.measures.staff import StaffTime
from ccsim.money.books import books
from ccsim.money.fees import fees
from ccsim.money.ledger import CLIENT, MARKET, Writer
from ccsim.money.strings import ITEMS, strings
from tests.small_center import EMAIL, PHONE, planned
from tests.small_contracts import FAR, center, cents

MARCH, APRIL = F(4, 31), F(3, 30)
"""Shares of the months that are counted."""
PER_CONTACT = {"price": [{"per": "contact", "rate": "3.45 USD"}]}
FEES = ((329_475, 255_990),)
"""Cents that the one contract bills in March and April."""
PESOS = {"report": "USD", "PHP": {"rate": 0.0175, "spread": "1%"}}
UNREAD: Any = None
"""A Log that is not looked at: what comes with a provider follows from the calendar and its fees."""


def charged(written: dict[str, Any], billed: Any = FEES, contract: Any = PER_CONTACT, **parts: Any) -> Any:
    """Minor units of each month by item, of all that comes with acme; all of it is paid by the client to nobody."""
    plan = planned(**center(contract, strings={"acme": written}, **parts))
    writer = Writer(plan.currency)
    strings(plan, UNREAD, billed, writer)
    found: dict[str, list[int]] = {}
    for line, amount in zip(writer.lines, writer.invoiced, strict=True):
        assert (line.payer, line.payee, line.contract, line.about) == (CLIENT, MARKET, "", "acme")
        assert line.item in ITEMS
        assert line.month == len(found.setdefault(line.item, []))
        found[line.item].append(amount)
    return found


def test_moving_the_work_costs_once_in_the_first_month() -> None:
    """Whole, however little of the month is counted; six weeks of a parallel run at 22,000 USD."""
    transition = {
        "set_up": "150000 USD",
        "knowledge_transfer": "40000 USD",
        "travel": "12000 USD",
        "parallel_run": {"lasts": "6 weeks", "costs": "22000 USD per week"},
    }
    assert charged({"transition": transition}) == {
        "set-up": [150_000_00, 0],
        "knowledge transfer": [40_000_00, 0],
        "travel": [12_000_00, 0],
        "parallel run": [132_000_00, 0],
    }


def test_a_transition_may_be_spread_over_months_as_they_are_counted() -> None:
    """A 36th for each whole month."""
    transition = {"set_up": "150000 USD", "spread_over": "36 months"}
    each = F(150_000, 36)
    assert charged({"transition": transition}) == {"set-up": [cents(each * MARCH), cents(each * APRIL)]}


def test_what_is_spread_is_paid_once_and_no_more() -> None:
    """16 days of January, February and March: two months are over in the middle of March."""
    calendar = {"start": "2026-01-16", "days": 75, "timezone": "UTC"}
    transition = {"travel": "12000 USD", "spread_over": "2 months"}
    (paid,) = charged({"transition": transition}, [(0, 0, 0)], calendar=calendar).values()
    assert paid == [cents(6000 * F(16, 31)), 6000_00, cents(6000 * (1 - F(16, 31)))]
    assert sum(paid) == 12_000_00


def test_what_is_due_every_month_counts_by_the_days_that_are_counted() -> None:
    written = {
        "governance": "9000 USD per month",
        "change_requests": {"per_month": 2, "price": "1500 USD"},
        "security": "2500 USD per month",
        "management": {"hours": "30 h per month", "wage": "60 USD per hour"},
    }
    amounts = {"governance": 9000, "change requests": 3000, "security": 2500, "management": 1800}
    assert charged(written) == {item: [cents(a * MARCH), cents(a * APRIL)] for item, a in amounts.items()}


def test_governance_may_be_a_share_of_the_fees() -> None:
    """3 % of 3,294.75 USD and of 2,559.90 USD, rounded."""
    shares = {"governance, share of fees": [9_884, 7_680]}
    assert charged({"governance": "3%"}) == shares
    both = charged({"governance": {"fixed": "9000 USD per month", "share": "3%"}})
    assert both == {"governance": [cents(9000 * MARCH), 900_00], **shares}


def test_of_a_credit_balance_no_share_is_taken() -> None:
    assert charged({"governance": "3%"}, ((-100, 10_000),)) == {"governance, share of fees": [0, 300]}


def test_fees_of_all_contracts_of_a_provider_count_and_those_of_others_do_not() -> None:
    """Two contracts with acme, for calls and mail, and one with bayani."""
    manila = {"location": "offshore", "country": "PH", "timezone": "Asia/Manila", "provider": "acme"}
    parts = {
        "contact_types": {"calls": PHONE, "mail": EMAIL},
        "sites": {"manila": manila, "cebu": {**manila, "provider": "bayani"}},
        "pools": {"far": {**FAR, "handles": {"calls": {}, "mail": {}}}, "else": {**FAR, "site": "cebu"}},
        "contracts": {
            "calls": {"provider": "acme", "currency": "USD", "types": ["calls"], **PER_CONTACT},
            "mail": {"provider": "acme", "currency": "USD", "types": ["mail"], **PER_CONTACT},
            "other": {"provider": "bayani", "currency": "USD", **PER_CONTACT},
        },
    }
    found = charged({"governance": "10%"}, ((1_000, 2_000), (10_000, 20_000), (700_000, 700_000)), **parts)
    assert found == {"governance, share of fees": [1_100, 2_200]}


def test_only_fees_in_foreign_currency_are_hedged() -> None:
    """0.8 % of 10,000.00 pesos; and changing these 80 pesos costs 1 % more, as on all that is paid in pesos."""
    in_pesos = {"currency": "PHP", "price": [{"per": "contact", "rate": "190 PHP"}]}
    found = charged({"hedging": "0.8%"}, ((1_000_000, 0),), in_pesos, currency=PESOS)
    assert found == {"hedging": [8_000, 0], "spread": [80, 0]}
    assert charged({"hedging": "0.8%"}) == {}


def test_strings_in_another_currency_are_converted_and_cost_the_spread() -> None:
    """100,000 pesos a month are 12,903.23 in these four days, 225.81 dollars, and 1 % of them 2.26."""
    plan = planned(
        **center(PER_CONTACT, strings={"acme": {"security": "100000 PHP per month", "governance": "10 USD per month"}}),
        currency=PESOS,
    )
    writer = Writer(plan.currency)
    strings(plan, UNREAD, FEES, writer)
    found = [
        (line.item, line.currency, invoiced, amount)
        for line, invoiced, amount in zip(writer.lines, writer.invoiced, writer.amount, strict=True)
        if line.month == 0
    ]
    assert found == [
        ("governance", "USD", 129, 129),
        ("security", "PHP", 1_290_323, 22_581),
        ("spread", "PHP", 12_903, 226),
    ]


def test_going_back_is_expected_at_the_end_or_spread() -> None:
    """15 % of 80,000 USD."""
    once = {"cost": "80000 USD", "probability": "15%"}
    assert charged({"exit": once}) == {"exit (expected)": [0, 12_000_00]}
    assert charged({"exit": {"cost": "80000 USD"}}) == {"exit (expected)": [0, 80_000_00]}
    spread = charged({"exit": {**once, "spread_over": "24 months"}})
    assert spread == {"exit (expected)": [cents(500 * MARCH), cents(500 * APRIL)]}


@pytest.mark.parametrize("loss", ["breach", "outage"])
def test_what_may_happen_is_expected_by_the_days_that_are_counted(loss: str) -> None:
    """2 % a year of 400,000 USD in four and three days of 365.25."""
    found = charged({loss: {"probability": "2% per year", "loss": "400000 USD"}})
    assert found == {f"{loss} (expected)": [cents(F(8000 * 4 * 4, 1461)), cents(F(8000 * 3 * 4, 1461))]}


def test_what_comes_once_is_known_whole_however_little_of_it_is_counted() -> None:
    """For who looks beyond the counted period; what comes every month has no whole."""
    written = {
        "transition": {
            "set_up": "150000 USD",
            "parallel_run": {"lasts": "6 weeks", "costs": "22000 USD per week"},
            "spread_over": "36 months",
        },
        "security": "2500 USD per month",
        "exit": {"cost": "80000 USD", "probability": "15%"},
    }
    plan = planned(**center(PER_CONTACT, strings={"acme": written}))
    assert plan.strings is not None
    (acme,) = plan.strings.providers
    assert {one.item: one.whole for one in acme.planned} == {
        "set-up": 1,
        "parallel run": 6,
        "security": None,
        "exit (expected)": F(15, 100),
    }


def test_strings_of_who_is_not_there_cost_nothing() -> None:
    """The work stays here in this scenario."""
    here = {"here": {**FAR, "site": "here"}}
    plan = planned(**center(PER_CONTACT, strings={"acme": {"security": "2500 USD per month"}}, pools=here))
    assert plan.strings is None


def test_books_have_strings_behind_all_else() -> None:
    """And nothing else in them changes; shares are of fees as they were billed."""
    written = {"governance": {"fixed": "9000 USD per month", "share": "3%"}, "hedging": "1%"}
    with_strings, without = (planned(**center(PER_CONTACT, strings=given)) for given in ({"acme": written}, {}))
    log = simulate(with_strings, draw(with_strings, 1, 0))
    found, usual = books(with_strings, log), books(without, log)
    assert found is not None
    assert usual is not None
    before = len(usual.ledger.lines)
    assert found.ledger.lines[:before] == usual.ledger.lines
    assert found.ledger.amount[:before].tolist() == usual.ledger.amount.tolist()
    (billed,) = fees(without, log, StaffTime.of(without, log), Writer("USD"))
    assert [line.item for line in found.ledger.lines[before:]] == ["governance"] * 2 + ["governance, share of fees"] * 2
    assert found.ledger.amount[before + 2 :].tolist() == [cents(F(whole, 100) * F(3, 100)) for whole in billed]


def test_without_strings_there_are_none() -> None:
    assert planned(**center(PER_CONTACT)).strings is None
