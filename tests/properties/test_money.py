"""What holds of invoices whatever a contract says: one small outsourced center, simulated once, under any contract."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ccsim.chance import draw as drawn
from ccsim.contracts import OF_CONTACTS, OF_HOURS, Band, Baseline, Contracts, Excess, Per, Price
from ccsim.costs import Exchange
from ccsim.engine import simulate
from ccsim.money.bands import cost, split
from tests.small_center import EMAIL, PHONE
from tests.small_contracts import FAR, Settled, settled

if TYPE_CHECKING:
    from ccsim.log import Log

rates = st.fractions(0, 50, max_denominator=1000)
shares = st.fractions(0, 1, max_denominator=50)
units = st.fractions(0, 5000, max_denominator=3600)
LEARNING = {
    "handle_time": "x1.2", "half_life": "1 week", "training": "1 day", "nesting": "3 days", "nesting_share": "60%",
}  # fmt: skip
NEW = {"learning": LEARNING, "tenure": "new"}
TYPES = {"calls": {**PHONE, "language": "ja", "recontact": {"delay": {"exponential": "10 h"}}}, "mail": EMAIL}
HANDLES = {"calls": {"resolves": "80%"}, "mail": {}}
CLAUSES = {"premiums": {"night": {"from": "22:00", "to": "06:00", "add": "10%"}, "holiday": "50%"}}


@cache
def center() -> Settled:
    """A contract that every other one is made from."""
    pools = {"far": {**FAR, **NEW, "handles": HANDLES}, "old": {**FAR, "handles": HANDLES}}
    price = [{"per": "scheduled hour", "rate": "10 USD"}]
    return settled({"price": price, **CLAUSES}, contact_types=TYPES, pools=pools)


def under(*, currency: str = "USD", worth: Fraction = Fraction(1), **changes) -> Settled:
    """The same Log under another contract."""
    plan = center().plan
    assert plan.contracts is not None
    contract = replace(plan.contracts.all[0], currency=currency, **changes)
    exchange = {**plan.exchange, currency: Exchange(worth, Fraction(0))}
    return Settled(replace(plan, contracts=Contracts((contract,)), exchange=exchange), center().log, center().staff)


@st.composite
def bands(draw, falling: bool = False):
    """One to four bands; their rates fall or go up and down."""
    ends = sorted(draw(st.sets(st.integers(1, 4000), max_size=3)))
    costs = draw(st.lists(rates, min_size=len(ends) + 1, max_size=len(ends) + 1))
    costs = sorted(costs, reverse=True) if falling else costs
    return tuple(Band(end, rate) for end, rate in zip([*map(Fraction, ends), None], costs, strict=True))


@st.composite
def prices(draw, forms=tuple(Per)):
    """At most one for time, and each other form at most once; some only for one type."""
    found = []
    for per in sorted(draw(st.sets(st.sampled_from(forms), min_size=1, max_size=4))):
        if per in OF_HOURS and any(price.per in OF_HOURS for price in found):
            continue
        one = Price(
            per=per,
            types=draw(st.sampled_from([(0,), (1,), (0, 1)])) if per in OF_CONTACTS else (),
            bands=draw(bands()) if per in OF_CONTACTS else (Band(None, draw(rates)),),
            hours=Fraction(160) if per == Per.FTE_MONTH else Fraction(0),
            counts=draw(st.sampled_from(["available", "handling"])),
            round_up=draw(st.sampled_from([0, 1 << 20, 60 << 20])),
            window=draw(st.sampled_from([-1, 3600 << 20, 86400 << 20])),
            share=draw(shares) if per == Per.OUTCOME else Fraction(0),
        )
        found.append(one)
    return tuple(found)


baselines = st.builds(Baseline, st.none() | st.fractions(0, 30_000, max_denominator=7), shares, rates, rates)
clauses = st.fixed_dictionaries(
    {},
    optional={
        "ramp": shares,
        "bills_training": st.booleans(),
        "baseline": baselines,
        "language_premiums": st.builds(lambda share: ((0, share),), shares),
        "index": st.tuples(*[st.fractions(1, 2, max_denominator=100)] * 2),
        "exchange_factor": st.fractions(Fraction(1, 2), 2, max_denominator=100),
    },
)
excesses = st.one_of(
    st.builds(Excess, rates, st.none()), st.builds(Excess, st.none(), st.fractions(1, 3, max_denominator=20))
)


@given(bands(), units, shares.filter(bool))
def test_bands_sum_to_the_whole(some, number, share):
    """Every unit is in one band, lower bands are full before higher ones begin, and each costs the rate of its own."""
    within = list(split(some, number, share))
    assert sum(within) == number
    assert all(amount >= 0 for amount in within)
    for k, band in enumerate(some[:-1]):
        reached = sum(within[: k + 1])
        assert reached <= band.up_to * share
        assert reached == band.up_to * share or reached == number
    lowest, highest = min(band.rate for band in some), max(band.rate for band in some)
    assert lowest * number <= cost(some, number, share) <= highest * number


@given(bands(falling=True), units, units)
def test_falling_rates_make_more_units_cost_more_and_each_of_them_less(some, one, other):
    few, many = sorted((one, other))
    whole = Fraction(1)
    assert cost(some, few, whole) <= cost(some, many, whole)
    assert cost(some, few, whole) * many >= cost(some, many, whole) * few


@settings(max_examples=20)
@given(prices(), clauses, st.none() | excesses)
def test_the_lines_of_an_invoice_add_to_its_total(some, more, excess):
    band = None if excess is None else Fraction(1, 20)
    found = under(prices=some, excess=excess, band=band, **more)
    assert found.fees == found.total
    keys = [tuple(line) for line in found.writer.lines]
    assert len(set(keys)) == len(keys)


@settings(max_examples=20)
@given(prices(), clauses)
def test_one_currency_is_another_at_rate_one(some, more):
    dollars, euros = under(prices=some, **more), under(prices=some, currency="EUR", **more)
    assert dollars.lines == euros.lines
    assert euros.writer.amount == euros.writer.invoiced == dollars.writer.amount


@settings(max_examples=20)
@given(prices(), clauses)
def test_the_lines_of_an_invoice_depend_on_the_plan_alone(some, more):
    """Also on a Log in which nothing happens to fall due: another replication has the same lines."""
    found = under(prices=some, **more)
    other = Settled(found.plan, other_log())
    assert [*found.lines] == [*other.lines]
    assert found.writer.lines == other.writer.lines


@cache
def other_log() -> Log:
    return simulate(center().plan, drawn(center().plan, 99, 7))


@settings(max_examples=20)
@given(prices(), clauses, st.fractions(0, 100_000, max_denominator=3), shares)
def test_a_minimum_never_lowers_an_invoice_and_is_reached(some, more, amount, share):
    """Neither an amount nor a share of the charges at forecast volume; rises and exchange come on top."""
    free = under(prices=some, **more)
    for kind, least in (("minimum_amount", amount), ("minimum_share", share)):
        if kind == "minimum_share" and not any(price.per in OF_CONTACTS for price in some):
            continue
        bound = under(prices=some, **more, **{kind: least})
        assert all(new >= old for new, old in zip(bound.fees, free.fees, strict=True))
        if kind == "minimum_amount" and not {"index", "exchange_factor"} & more.keys():
            days = bound.plan.months.share
            assert all(fee >= int(least * part * 100) for fee, part in zip(bound.fees, days, strict=True))


@settings(max_examples=20)
@given(st.fractions(0, 30_000, max_denominator=7), shares, rates, rates)
def test_a_dead_band_is_neutral_inside_and_charges_or_credits_outside(volume, dead_band, additional, reduced):
    """By the days that are counted; never both in one month."""
    contacts = (Price(Per.CONTACT, (0, 1), (Band(None, Fraction(1)),), Fraction(0), "available", 0, -1, Fraction(0)),)
    found = under(prices=contacts, baseline=Baseline(volume, dead_band, additional, reduced))
    count = [cents // 100 for cents in found.item("contacts")]
    for month, share in enumerate(found.plan.months.share):
        usual = volume * share
        above, below = found.item("additional contacts")[month], found.item("reduced contacts")[month]
        if abs(count[month] - usual) <= dead_band * usual:
            assert (above, below) == (0, 0)
        assert above >= 0
        assert below <= 0
        assert not (above and below)


@settings(max_examples=20)
@given(bands(), st.fractions(0, 1, max_denominator=20))
def test_excess_at_the_usual_price_changes_an_invoice_by_rounding_alone(some, band):
    """Who is beyond the forecast costs the same, on another line."""
    contacts = (Price(Per.CONTACT, (0, 1), some, Fraction(0), "available", 0, -1, Fraction(0)),)
    plain = under(prices=contacts)
    split_up = under(prices=contacts, band=band, excess=Excess(None, Fraction(1)))
    lines = len(split_up.lines)
    assert all(abs(new - old) <= lines for new, old in zip(split_up.fees, plain.fees, strict=True))


@settings(max_examples=20)
@given(shares, shares, st.booleans())
def test_a_ramp_bills_more_the_more_of_it_is_billed_and_all_at_100_percent(one, other, bills_training):
    hours = (Price(Per.SCHEDULED_HOUR, (), (Band(None, Fraction(10)),), Fraction(0), "available", 0, -1, Fraction(0)),)
    low, high = sorted((one, other))
    assume(low < high)
    fees = [under(prices=hours, ramp=ramp, bills_training=bills_training).fees for ramp in (low, high, Fraction(1))]
    assert fees[0][0] < fees[1][0] <= fees[2][0]
    without = under(prices=hours, bills_training=bills_training, hour_premiums=()).item("scheduled hours")
    assert without[0] == (384_000 if bills_training else 384_000 - 2 * 1600 * 10)
