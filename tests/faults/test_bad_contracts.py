# ruff: noqa: E501 (sentences stand as they are told)
"""Contracts that make no sense, one small broken file per fault: what the planner is told, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccsim.config import load
from tests.faults.broken import told_of

FILES = Path(__file__).parent / "files" / "contracts"
TOLD = {
    "amount-in-another-currency": [
        "amount-in-another-currency.yaml:2:49  contracts.acme.price.0.rate: PHP is not the contract's currency; write the amount in USD",
    ],
    "amount-without-a-currency": [
        "amount-without-a-currency.yaml:2:49  contracts.acme.price.0.rate: 3.4 is not an amount of money; write amount and currency, for example 1800 USD",
    ],
    "band-after-the-last": [
        "band-after-the-last.yaml:2:80  contracts.acme.price.0.bands.1.up_to: the last band has no up_to: it is for all further ones",
    ],
    "band-without-an-end": [
        "band-without-an-end.yaml:2:51  contracts.acme.price.0.bands.0: up_to is missing; only the last band is for all further ones",
    ],
    "bands-and-another-rate": [
        "bands-and-another-rate.yaml:2:49  contracts.acme.price.0.rate: rate is not that of the first band; leave it out beside bands",
    ],
    "bands-of-hours": [
        "bands-of-hours.yaml:2:50  contracts.acme.price.0.bands: bands goes with a price per talk minute, handle minute, contact, resolution or outcome, not per scheduled hour",
    ],
    "bands-that-descend": [
        "bands-that-descend.yaml:2:87  contracts.acme.price.0.bands.1.up_to: bands ascend and do not overlap: 1000 is no more than 2000",
    ],
    "baseline-per-week": [
        "baseline-per-week.yaml:2:39  contracts.acme.baseline.volume: 1000 per week is not a number of contacts per month; write for example 4000 per month",
    ],
    "contract-changed-that-is-not-there": [
        "contract-changed-that-is-not-there.yaml:2:38  scenarios.a.change.contracts.acne: there is no acne to change; did you mean acme?",
    ],
    "contract-in-house": [
        "contract-in-house.yaml:2:30  contracts.acme.provider: in-house is no provider with a contract; what its sites cost is said in costs",
    ],
    "contract-unknown-in-scenario": [
        "contract-unknown-in-scenario.yaml:2:29  scenarios.a.contracts.0: there is no contract acne; did you mean acme?",
    ],
    "currency-without-a-rate": [
        "currency-without-a-rate.yaml:2:81  contracts.other.price.0.rate: there is no exchange rate for EUR; write for example currency: {report: USD, EUR: 0.02}",
    ],
    "excess-of-hours": [
        "excess-of-hours.yaml:2:88  contracts.acme.forecast.excess: there is no price per contact that it could replace",
    ],
    "excess-without-a-band": [
        "excess-without-a-band.yaml:2:20  contracts.acme.forecast: band is missing; write how far volume may exceed the forecast, as in band: 10%",
    ],
    "exchange-of-its-own-currency": [
        "exchange-of-its-own-currency.yaml:2:41  contracts.acme.exchange.currency: USD is the contract's own currency; name another one",
    ],
    "exchange-without-a-rate": [
        "exchange-without-a-rate.yaml:2:41  contracts.acme.exchange.currency: there is no exchange rate for EUR; write for example currency: {report: USD, EUR: 0.02}",
    ],
    "forecast-that-is-shared": [
        "forecast-that-is-shared.yaml:2:20  contracts.acme.minimum: others are asked for calls, too, so its forecast is not all for acme; say how much is, for example forecast: {share: 60%}",
    ],
    "fte-month-without-hours": [
        "fte-month-without-hours.yaml:2:28  contracts.acme.price.0: hours is missing; a price per FTE-month needs it, for example hours: 160 h",
    ],
    "hours-priced-twice": [
        "hours-priced-twice.yaml:2:65  contracts.acme.price.1: the agents' hours are priced twice; give one price for time",
    ],
    "index-from-the-middle": [
        "index-from-the-middle.yaml:2:58  contracts.acme.indexation.from: 2026-01-15 is not the first of a month; prices change from one invoice to the next",
    ],
    "language-nobody-has": [
        "language-nobody-has.yaml:2:43  contracts.acme.premiums.languages.ja: no contact type of the contract has the language ja; there are en",
    ],
    "language-of-hours": [
        "language-of-hours.yaml:2:77  contracts.acme.premiums.languages: there is no price per contact or minute to which it adds",
    ],
    "minimum-of-hours": [
        "minimum-of-hours.yaml:2:75  contracts.acme.minimum: a share is of the price of contacts or outcomes at forecast volume, and neither is priced here; write an amount, for example 18000 USD per month",
    ],
    "minimum-without-a-month": [
        "minimum-without-a-month.yaml:2:29  contracts.acme.minimum: 18000 USD is not an amount per month; write amount, currency and month, for example 420 USD per month",
    ],
    "night-of-contacts": [
        "night-of-contacts.yaml:2:31  contracts.acme.premiums.night: there is no price per hour or FTE-month to which night adds",
    ],
    "no-price": [
        "no-price.yaml:2:27  contracts.acme.price: nothing is listed here; write at least one",
    ],
    "one-band": [
        "one-band.yaml:2:50  contracts.acme.price.0.bands: too few values are given; write at least 2",
    ],
    "outcome-without-a-share": [
        "outcome-without-a-share.yaml:2:28  contracts.acme.price.0: share is missing; a price per outcome needs it, for example share: 4%",
    ],
    "price-form-unknown": [
        "price-form-unknown.yaml:2:34  contracts.acme.price.0.per: call is not known here; write FTE-month, scheduled hour, productive hour, talk minute, handle minute, contact, resolution, outcome or month",
    ],
    "price-of-other-types": [
        "price-of-other-types.yaml:2:67  contracts.acme.price.0.types.0: mail is none of the types of the contract; add mail to them",
    ],
    "priced-twice": [
        "priced-twice.yaml:2:73  contracts.acme.price.1: every type is priced per contact already; name other types",
    ],
    "provider-unknown": [
        "provider-unknown.yaml:2:30  contracts.acme.provider: there is no provider acmee; did you mean acme?",
    ],
    "ramp-of-contacts": [
        "ramp-of-contacts.yaml:2:20  contracts.acme.ramp: there is no price per hour or FTE-month that a ramp could lower",
    ],
    "rate-missing": [
        "rate-missing.yaml:2:28  contracts.acme.price.0: rate is missing; write what one unit costs, for example rate: 3.40 USD",
    ],
    "round-up-of-contacts": [
        "round-up-of-contacts.yaml:2:56  contracts.acme.price.0.round_up: round_up goes with a price per talk minute or handle minute, not per contact",
    ],
    "share-above-all": [
        "share-above-all.yaml:2:64  contracts.acme.price.0.share: 104% is not a share; it must lie between 0% and 100%",
    ],
    "site-of-another-provider": [
        "site-of-another-provider.yaml:2:28  contracts.acme.sites.0: cebu is run by other, not by acme",
    ],
    "site-unknown": [
        "site-unknown.yaml:2:28  contracts.acme.sites.0: there is no site manilla; did you mean manila?",
    ],
    "time-paid-twice": [
        "time-paid-twice.yaml:2:83  contracts.mail: the agents' time in manila is paid by the contract acme, too; price it once",
    ],
    "two-contracts-for-the-same": [
        "two-contracts-for-the-same.yaml:2:13  contracts.hourly: calls in manila is under the contract acme, too; name the scenario's contracts, for example contracts: [hourly]",
    ],
    "type-not-handled": [
        "type-not-handled.yaml:2:35  contracts.acme.types.1: acme has no pool that handles sorting; add sorting to the handles of one",
    ],
    "type-unknown": [
        "type-unknown.yaml:2:28  contracts.acme.types.0: there is no contact type cals; did you mean calls?",
    ],
    "types-of-hours": [
        "types-of-hours.yaml:2:50  contracts.acme.price.0.types: types goes with a price per talk minute, handle minute, contact, resolution or outcome, not per scheduled hour",
    ],
}


@pytest.mark.parametrize("fault", sorted(TOLD))
def test_a_bad_contract_is_told_with_its_place(fault):
    """Every problem of the file stands in the message with file, line, column, key, and what to do; and no other."""
    assert told_of(FILES / f"{fault}.yaml") == TOLD[fault]


def test_every_broken_file_is_tested():
    assert {path.stem for path in FILES.glob("*.yaml")} - {"good"} == set(TOLD)


def test_the_contract_that_faults_are_made_from_is_good():
    assert load(FILES / "good.yaml").scenarios["base"].contracts


def test_a_contract_may_be_changed_or_chosen_by_a_scenario(tmp_path):
    """What a change leaves out stays; an index has a date beside its rate."""
    text = (FILES / "good.yaml").read_text(encoding="utf-8")
    more = """
  fixed: {provider: acme, currency: USD, price: [{per: month, rate: 9000 USD}], indexation: {rate: 2% per year, from: 2026-01-01}}
scenarios:
  usual: {contracts: [acme]}
  fixed: {contracts: [fixed], change: {contracts: {fixed: {indexation: {rate: 3% per year}}}}}
  none: {contracts: []}
"""
    (tmp_path / "x.yaml").write_text(text + more.lstrip("\n"), encoding="utf-8")
    found = load(tmp_path / "x.yaml").scenarios
    assert [list(center.contracts) for center in found.values()] == [["acme"], ["fixed"], []]
    index = found["fixed"].contracts["fixed"].indexation
    assert index is not None
    assert (float(index.rate), index.from_.isoformat()) == (0.03, "2026-01-01")
