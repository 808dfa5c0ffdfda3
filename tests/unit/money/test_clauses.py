"""Every clause of a contract: what it adds to an invoice, recomputed to the cent by hand or from the Log."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ccsim.log import Outcome
from ccsim.money.books import books
from tests.small_center import EMAIL, PHONE
from tests.small_contracts import FAR, HERE, MANILA, cents, settled

PER_HOUR = {"price": [{"per": "scheduled hour", "rate": "10 USD"}]}
PER_CONTACT = {"price": [{"per": "contact", "rate": "3 USD"}]}
LEARNING = {
    "handle_time": "x1.5", "half_life": "4 weeks", "training": "2 days", "nesting": "3 days", "nesting_share": "60%",
}  # fmt: skip
NEW = {"far": {**FAR, "learning": LEARNING, "tenure": "new"}}
"""
Two agents round the clock in Manila, whose first day there is 28 March: in training until 16:00 UTC of the 29th, the
40th hour, nesting until 16:00 UTC of 1 April, the 112th; March ends at the 96th hour.
"""


def answered(center, *names):
    """How many contacts of these types the provider answered in each month."""
    found = [0, 0]
    for row, month in center.visits():
        found[month] += center.log.visits.outcome[row] == Outcome.ANSWERED and center.type(row) in (names or ("calls",))
    return found


def dollars(numbers, rate):
    """Cents of each month for so many units at a rate."""
    return [cents(number * Fraction(rate)) for number in numbers]


def test_training_is_not_billed_and_nesting_is_unless_a_ramp_says_how_much():
    center = settled(PER_HOUR, pools=NEW)
    assert center.lines == {("scheduled hours", "far"): dollars((2 * 56, 2 * 72), 10)}


def test_a_ramp_bills_a_share_of_the_time_of_those_who_are_nesting():
    center = settled({**PER_HOUR, "ramp": {"billed": "40%"}}, pools=NEW)
    assert center.lines == {
        ("scheduled hours", "far"): dollars((2 * 56, 2 * 72), 10),
        ("ramp", "far"): dollars((-2 * 56, -2 * 16), 6),
    }


def test_training_is_billed_at_the_share_of_the_ramp_if_the_contract_says_so():
    center = settled({**PER_HOUR, "ramp": {"billed": "40%", "training": "billed"}}, pools=NEW)
    assert center.item("scheduled hours") == dollars((192, 144), 10)
    assert center.item("ramp") == dollars((-2 * 96, -2 * 16), 6)


def test_the_experienced_are_billed_in_full_under_any_ramp():
    center = settled({**PER_HOUR, "ramp": {"billed": "40%"}}, pools={"far": {**FAR, "learning": LEARNING}})
    assert center.lines == {("scheduled hours", "far"): dollars((192, 144), 10), ("ramp", "far"): [0, 0]}


NIGHT = {"night": {"from": "22:00", "to": "06:00", "add": "15%"}}


def test_night_is_that_of_the_agents_site():
    """22:00 to 06:00 in Manila is 14:00 to 22:00 UTC: eight hours of each of the four and three days."""
    center = settled({**PER_HOUR, "premiums": NIGHT})
    assert center.lines["night premium", "manila"] == dollars((2 * 8 * 4, 2 * 8 * 3), "1.5")


def test_the_night_of_a_clock_change_is_an_hour_shorter():
    """On 8 March 2026 New York goes from 2:00 to 3:00."""
    sites = {"manila": {**MANILA, "timezone": "America/New_York", "country": "US"}}
    calendar = {"start": "2026-03-07", "days": 2, "timezone": "America/New_York"}
    center = settled({**PER_HOUR, "premiums": NIGHT}, sites=sites, calendar=calendar)
    assert center.item("scheduled hours") == dollars([2 * 47], 10)
    assert center.item("night premium") == dollars([2 * (6 + 2 + 5 + 2)], "1.5")


def test_a_holiday_is_a_date_of_the_site():
    """Maundy Thursday and Good Friday in Manila, from 16:00 UTC of 1 April on; both premiums on holiday nights."""
    center = settled({**PER_HOUR, "premiums": {"holiday": "50%", **NIGHT}})
    assert center.lines["holiday premium", "manila"] == dollars((0, 2 * 56), 5)
    assert center.lines["night premium", "manila"] == dollars((2 * 8 * 4, 2 * 8 * 3), "1.5")


def test_premiums_are_on_what_is_billed_of_the_time_of_who_still_learns():
    """Nights begin in hours 14, 38, 62 and 86 of March, 110, 134 and 158 of April, and last eight."""
    center = settled({**PER_HOUR, "ramp": {"billed": "40%"}, "premiums": NIGHT}, pools=NEW)
    nesting, later = (2 * (6 + 8 + 8), 2 * 2), (0, 2 * (6 + 8 + 8))
    paid = [new * Fraction("0.4") + usual for new, usual in zip(nesting, later, strict=True)]
    assert center.item("night premium") == dollars(paid, "1.5")


def test_premiums_of_ftes_are_by_their_hours():
    price = {"price": [{"per": "FTE-month", "rate": "1600 USD", "hours": "160 h"}]}
    center = settled({**price, "premiums": NIGHT})
    assert center.item("night premium") == dollars((64, 48), "1.5")


SPOKEN = {"calls": {**PHONE, "language": "ja"}, "mail": EMAIL}
BOTH = {"far": {**FAR, "handles": {"calls": {}, "mail": {}}}}


def test_a_language_costs_more_for_all_that_is_charged_for_its_contacts():
    price = [{"per": "contact", "rate": "3 USD"}, {"per": "outcome", "rate": "20 USD", "share": "5%"}]
    contract = {"price": price, "premiums": {"languages": {"ja": "20%"}}}
    center = settled(contract, contact_types=SPOKEN, pools=BOTH)
    assert center.lines["language premium", "calls"] == dollars(answered(center), (3 + 1) * Fraction("0.2"))
    assert {about for item, about in center.lines if item == "language premium"} == {"calls"}


def test_a_language_that_shares_bands_with_others_costs_more_in_proportion():
    bands = [{"up_to": 3100, "rate": "3 USD"}, {"rate": "2 USD"}]
    contract = {"price": [{"per": "contact", "bands": bands}], "premiums": {"languages": {"ja": "20%"}}}
    center = settled(contract, contact_types=SPOKEN, pools=BOTH)
    calls, all_ = answered(center), answered(center, "calls", "mail")
    charged = [first * 3 + (n - first) * 2 for n, first in zip(all_, (400, 310), strict=True)]
    ratio = [Fraction(own, of) * amount for own, of, amount in zip(calls, all_, charged, strict=True)]
    assert center.item("language premium") == dollars(ratio, "0.2")


FIXED = {"price": [{"per": "month", "rate": "9000 USD"}]}
BASELINE = {"dead_band": "5%", "additional": "2.95 USD", "reduced": "2.10 USD"}


def surprise(actual):
    """So much of what was forecast comes: 10 calls an hour, 960 in March and 720 in April."""
    return {"calls": {**PHONE, "demand": {"rate": "10 per hour", "actual": actual}}}


@pytest.mark.parametrize(("volume", "is_more"), [(6000, True), (9000, False)])
def test_contacts_outside_the_dead_band_are_charged_or_credited_from_its_edge(volume, is_more):
    """By the days that are counted: of 6,000 a month 774 in four days of March and 600 in three of April."""
    center = settled({**FIXED, "baseline": {"volume": f"{volume} per month", **BASELINE}})
    count, baseline = answered(center), [volume * Fraction(4, 31), volume * Fraction(3, 30)]
    if is_more:
        outside = [n - usual * Fraction("1.05") for n, usual in zip(count, baseline, strict=True)]
        assert center.item("additional contacts") == dollars(outside, "2.95")
        assert center.item("reduced contacts") == [0, 0]
    else:
        outside = [usual * Fraction("0.95") - n for n, usual in zip(count, baseline, strict=True)]
        assert center.item("reduced contacts") == dollars(outside, "-2.10")
        assert center.item("additional contacts") == [0, 0]
    assert min(outside) > 50


def test_a_baseline_of_the_forecast_is_neutral_while_the_forecast_holds():
    """Within a dead band of 20 %; half as much again leaves it."""
    contract = {**FIXED, "baseline": {"volume": "forecast", **BASELINE, "dead_band": "20%"}}
    center = settled(contract)
    assert center.item("additional contacts") == center.item("reduced contacts") == [0, 0]
    surprised = settled(contract, contact_types=surprise("x1.5"))
    count = answered(surprised)
    assert surprised.item("additional contacts") == dollars([count[0] - 1152, count[1] - 864], "2.95")
    assert min(count) > 1000


def test_a_minimum_bills_what_is_missing_to_its_share_of_the_charges_at_forecast_volume():
    """90 % of 960 and 720 contacts at 3 USD, and of 5 % outcomes of them at 20 USD; hours do not count."""
    price = [
        {"per": "contact", "rate": "3 USD"}, {"per": "outcome", "rate": "20 USD", "share": "5%"}, *PER_HOUR["price"],
    ]  # fmt: skip
    center = settled({"price": price, "minimum": "90%"}, contact_types=surprise("x0.5"))
    count = answered(center)
    assert center.item("minimum") == dollars([864 - count[0], 648 - count[1]], 4)
    assert settled({"price": price, "minimum": "90%"}, contact_types=surprise("x1")).item("minimum") == [0, 0]


def test_a_minimum_at_forecast_volume_follows_the_bands():
    """400 and 310 in the first band, by the days that are counted."""
    bands = [{"up_to": 3100, "rate": "3 USD"}, {"rate": "2 USD"}]
    contract = {"price": [{"per": "contact", "bands": bands}], "minimum": "80%"}
    center = settled(contract, contact_types=surprise("x0.5"))
    assert center.total == dollars((400 * 3 + 560 * 2, 310 * 3 + 410 * 2), "0.8")


def test_a_minimum_amount_is_of_all_charges_by_the_days_that_are_counted():
    center = settled({**PER_CONTACT, "minimum": "31000 USD per month"})
    count = answered(center)
    assert center.item("minimum") == [400_000 - 300 * count[0], 310_000 - 300 * count[1]]
    assert center.total == center.fees == [400_000, 310_000]


IMPATIENT = {
    "calls": {
        **PHONE,
        "demand": {"rate": "20 per hour", "actual": "x1.4"},
        "patience": {"exponential": "5 min"},
        "retrial": {"abandoned": {"probability": "50%", "delay": {"exponential": "1 h"}}},
    }
}  # fmt: skip


def beyond(center, band="0.1"):
    """How many answered contacts of each month came after as many as the forecast and its band allow."""
    log, found, offered = center.log, [0, 0], [0, 0]
    most = [int(volume * (1 + Fraction(band))) for volume in (20 * 96, 20 * 72)]
    for row, month in sorted(center.visits(), key=lambda visit: center.log.visits.arrived[visit[0]]):
        if log.journeys.cause[row] == 0 and log.visits.outcome[row] not in (Outcome.BLOCKED, Outcome.CLOSED):
            offered[month] += 1
            found[month] += offered[month] > most[month] and log.visits.outcome[row] == Outcome.ANSWERED
    assert min(found) > 50
    return found


def test_contacts_offered_beyond_the_forecast_and_its_band_cost_the_excess_rate_instead():
    """In the order of arrival, of customers who come for the first time; those who come again cost the usual."""
    contract = {**PER_CONTACT, "forecast": {"band": "10%", "excess": "4.50 USD"}}
    center = settled(contract, contact_types=IMPATIENT)
    count, dearer = answered(center), beyond(center)
    assert center.item("excess contacts") == dollars(dearer, "4.50")
    assert center.item("contacts") == dollars([n - more for n, more in zip(count, dearer, strict=True)], 3)


def test_an_excess_factor_is_on_what_the_contacts_would_have_cost_in_their_bands():
    bands = [{"up_to": 12_000, "rate": "3 USD"}, {"rate": "2 USD"}]
    contract = {"price": [{"per": "contact", "bands": bands}], "forecast": {"band": "10%", "excess": "x1.25"}}
    center = settled(contract, contact_types=IMPATIENT)

    def cost(n, limit):
        return min(n, limit) * 3 + max(0, n - limit) * 2

    limits = 12_000 * Fraction(4, 31), 12_000 * Fraction(3, 30)
    count, dearer = answered(center), beyond(center)
    last = [cost(n, limit) - cost(n - more, limit) for n, more, limit in zip(count, dearer, limits, strict=True)]
    assert center.item("excess contacts") == dollars(last, "1.25")


def test_within_the_band_nothing_is_excess():
    contract = {**PER_CONTACT, "forecast": {"band": "30%", "excess": "4.50 USD"}}
    assert settled(contract).item("excess contacts") == [0, 0]


LANES = {"calls": {"lanes": {"a": {"share": "40%", "ranks": ("far",)}, "b": {"share": "60%", "ranks": ("near",)}}}}
NEAR = {**FAR, "site": "here"}


def test_the_forecast_of_a_contract_is_what_its_lanes_are_given():
    """40 % of 960 and 720 calls."""
    contract = {**PER_CONTACT, "minimum": "100%"}
    center = settled(contract, pools={"near": NEAR, "far": FAR}, routing=LANES, contact_types=surprise("x0.5"))
    assert center.total == dollars((384, 288), 3)


def test_the_forecast_of_a_contract_is_the_share_that_it_names():
    contract = {**PER_CONTACT, "minimum": "100%", "forecast": {"share": "25%"}}
    center = settled(contract, pools={"near": NEAR, "far": FAR}, contact_types=surprise("x0.1"))
    assert center.total == dollars((240, 180), 3)


def test_half_a_contact_of_a_forecast_is_a_whole_one():
    """Half of 33 are 17, though the pieces of a profile add up to a little less than 33."""
    demand = {"weekly": {"profile": {"daily": [1, 3, 4, 7, 11, 3] * 4}, "volume": "77 per week"}, "actual": "x0.01"}
    contract = {**PER_CONTACT, "minimum": "100%", "forecast": {"share": "50%"}}
    center = settled(contract, contact_types={"calls": {**PHONE, "demand": demand}})
    assert center.total == dollars((22, 17), 3)


def test_prices_rise_at_each_anniversary():
    """From 1 April 2024: a year has passed in March 2026, two in April; 3 % each, of which 80 % are passed on."""
    contract = {**PER_HOUR, "indexation": {"rate": "3% per year", "from": "2024-04-01", "share": "80%"}}
    rise = Fraction("1.024")
    assert settled(contract).item("indexation") == [cents(1920 * (rise - 1)), cents(1440 * (rise**2 - 1))]


def test_prices_are_as_written_before_the_first_anniversary():
    contract = {**PER_HOUR, "indexation": {"rate": "3% per year", "from": "2026-04-01"}}
    assert settled(contract).total == settled(PER_HOUR).total


CURRENCY = {"report": "USD", "PHP": {"rate": 0.0175, "spread": "2%"}, "EUR": 1.1}


@pytest.mark.parametrize(
    ("baseline", "moves"),
    [
        (0.0175, 0),
        (0.01730, 0),
        (0.0160, Fraction("0.0175") / Fraction("0.016") - 1 - Fraction("0.02")),
        (0.0190, Fraction("0.0175") / Fraction("0.019") - 1 + Fraction("0.02")),
    ],
)
def test_charges_move_by_a_share_of_the_movement_of_the_rate_beyond_the_dead_band(baseline, moves):
    """A dearer peso makes the work in Manila dearer; 60 % of it, beyond 2 %, is the client's."""
    clause = {"currency": "PHP", "baseline": baseline, "dead_band": "2%", "share": "60%"}
    center = settled({**PER_HOUR, "exchange": clause}, currency=CURRENCY)
    adjusted = [cents(amount * Fraction("0.6") * moves) for amount in (1920, 1440)]
    assert center.total == [192_000 + adjusted[0], 144_000 + adjusted[1]]


def test_exchange_moves_what_indexation_has_raised():
    clause = {"currency": "PHP", "baseline": 0.0175, "share": "50%"}
    contract = {**PER_HOUR, "indexation": {"rate": "10% per year", "from": "2025-01-01"}, "exchange": clause}
    center = settled(contract, currency={"report": "USD", "PHP": 0.021})
    assert center.item("indexation") == [19_200, 14_400]
    assert center.item("exchange") == [21_120, 15_840]


def test_a_rate_between_two_foreign_currencies_is_that_of_both_in_the_reporting_one():
    """1 PHP = 0.0175 USD = 0.0175 / 1.1 EUR."""
    euros = {"currency": "EUR", "price": [{"per": "scheduled hour", "rate": "10 EUR"}]}
    clause = {"currency": "PHP", "baseline": 0.0125}
    center = settled({**euros, "exchange": clause}, currency=CURRENCY)
    moved = Fraction("0.0175") / Fraction("1.1") / Fraction("0.0125") - 1
    assert center.item("exchange") == [cents(1920 * moved), cents(1440 * moved)]


def test_changing_money_costs_its_spread_on_the_whole_invoice_penalties_included():
    """The invoice is in pesos, the books in dollars; every line is converted by itself."""
    term = {"type": "calls", "measure": "abandonment", "target": "0%", "penalty": {"per_point": "5%"}}
    contract = {
        "currency": "PHP",
        "price": [{"per": "contact", "rate": "170.55 PHP"}],
        "at_risk": "10%",
        "terms": [term],
    }
    types = {"calls": {**PHONE, "patience": {"exponential": "2 min"}}}
    center = settled(contract, contact_types=types, currency=CURRENCY)
    ledger = books(center.plan, center.log).ledger
    rows = list(zip(ledger.lines, ledger.invoiced.tolist(), ledger.amount.tolist(), strict=True))
    assert all(amount == cents(Fraction(invoiced, 100) * Fraction("0.0175")) for _, invoiced, amount in rows)
    for month in (0, 1):
        invoice = sum(invoiced for line, invoiced, _ in rows if line.month == month and line.item != "spread")
        (spread,) = (invoiced for line, invoiced, _ in rows if line.month == month and line.item == "spread")
        assert spread == cents(Fraction(invoice, 5000))
        assert invoice < center.fees[month]


def test_contracts_of_providers_without_a_pool_in_the_scenario_are_left_out():
    other = {"provider": "other", "currency": "USD", **PER_HOUR}
    sites = {"here": HERE, "manila": MANILA, "cebu": {**MANILA, "provider": "other"}}
    care = {"provider": "acme", "currency": "USD", **PER_HOUR}
    center = settled({}, sites=sites, contracts={"b": other, "a": care})
    assert [contract.name for contract in center.plan.contracts.all] == ["a"]
