"""Every price form: its lines recomputed to the cent, visit by visit and hour by hour, from the Log of a simulation."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from ccsim.log import Outcome, Why
from ccsim.money.fees import CLAUSES, ITEMS
from ccsim.plan import TICKS_PER_SECOND, BlockKind
from tests.small_center import EMAIL, HOUR, PHONE
from tests.small_contracts import FAR, HERE, MANILA, cents, settled

MINUTE = 60 * TICKS_PER_SECOND
LATER = {"uniform": {"low": "1 h", "high": "60 h"}}
RETURNING = {
    "calls": {**PHONE, "patience": {"exponential": "4 min"}, "recontact": {"probability": "60%", "delay": LATER}}
}
RESOLVES = {"far": {**FAR, "handles": {"calls": {"resolves": "70%"}}}}


def answered(center, name="calls", provider="acme"):
    """Rows and months of the visits of a type that agents of the provider answered."""
    visits = center.log.visits
    for row, month in center.visits():
        own = center.provider(visits.pool[row]) == provider
        if own and visits.outcome[row] == Outcome.ANSWERED and center.type(row) == name:
            yield row, month


def by_month(numbers, months=2):
    """Sums by month."""
    found = [Fraction(0)] * months
    for month, number in numbers:
        found[month] += number
    return found


def test_a_contact_costs_its_rate():
    center = settled({"price": [{"per": "contact", "rate": "3.45 USD"}]})
    count = by_month((month, 1) for _, month in answered(center))
    assert min(count) > 100
    assert center.lines == {("contacts", "calls"): [cents(number * Fraction("3.45")) for number in count]}
    assert center.fees == center.total


def test_each_type_may_have_a_price_of_its_own_and_only_those_named_are_paid():
    types = {"calls": PHONE, "mail": EMAIL, "more": EMAIL}
    pools = {"far": {**FAR, "handles": {"calls": {}, "mail": {}, "more": {}}}}
    price = [
        {"per": "contact", "types": [name], "rate": rate} for name, rate in (("calls", "3 USD"), ("mail", "4 USD"))
    ]
    center = settled({"price": price}, contact_types=types, pools=pools)
    for name, rate in (("calls", 300), ("mail", 400)):
        assert center.lines["contacts", name] == [n * rate for n in by_month((m, 1) for _, m in answered(center, name))]
    assert set(center.lines) == {("contacts", "calls"), ("contacts", "mail")}


def test_only_what_the_provider_answered_is_paid():
    """Calls that in-house agents took first are not on the invoice."""
    pools = {
        "near": {**FAR, "site": "here", "shifts": {"day": {"from": "08:00", "to": "16:00", "agents": 1}}},
        "far": FAR,
    }
    routing = {"calls": ({"pools": ("near",)}, {"pools": ("far",), "after": "20 s"})}
    center = settled({"price": [{"per": "contact", "rate": "1 USD"}]}, pools=pools, routing=routing)
    here = sum(1 for _ in answered(center, provider="in-house"))
    assert here > 50
    assert sum(center.total) == 100 * sum(1 for _ in answered(center))


def test_bands_are_marginal_and_by_the_days_that_are_counted():
    """Up to 3,100 a month are 400 in four days of March and 310 in three of April; the rest costs the next rate."""
    bands = [{"up_to": 3100, "rate": "3 USD"}, {"up_to": 4650, "rate": "2.50 USD"}, {"rate": "2 USD"}]
    center = settled({"price": [{"per": "contact", "bands": bands}]})
    count = by_month((month, 1) for _, month in answered(center))
    found = [[], [], []]
    for number, days in zip(count, (Fraction(4, 31), Fraction(3, 30)), strict=True):
        first, second = min(number, 3100 * days), min(number, 4650 * days)
        for band, (units, rate) in enumerate(((first, 3), (second - first, Fraction(5, 2)), (number - second, 2))):
            found[band].append(cents(units * rate))
    assert all(all(band) for band in found)
    assert [center.lines[f"contacts, band {number}", "calls"] for number in (1, 2, 3)] == found


def test_types_of_one_price_fill_its_bands_together():
    types, pools = {"calls": PHONE, "mail": EMAIL}, {"far": {**FAR, "handles": {"calls": {}, "mail": {}}}}
    bands = [{"up_to": 3100, "rate": "3 USD"}, {"rate": "2 USD"}]
    center = settled({"price": [{"per": "contact", "bands": bands}]}, contact_types=types, pools=pools)
    count = by_month((month, 1) for name in types for _, month in answered(center, name))
    assert center.lines["contacts, band 1", ""] == [120_000, 93_000]
    assert center.lines["contacts, band 2", ""] == [cents((count[0] - 400) * 2), cents((count[1] - 310) * 2)]


def test_bands_of_several_types_are_told_apart_by_their_types():
    """Two prices with bands, each for two of four types: no two lines are for the same."""
    names = ("calls", "mail", "more", "rest")
    types = {name: PHONE if name == "calls" else EMAIL for name in names}
    pools = {"far": {**FAR, "handles": {name: {} for name in names}}}
    bands = [{"up_to": 310, "rate": "3 USD"}, {"rate": "2 USD"}]
    price = [{"per": "contact", "types": list(pair), "bands": bands} for pair in (names[:2], names[2:])]
    center = settled({"price": price}, contact_types=types, pools=pools)
    assert set(center.lines) == {
        (f"contacts, band {number}", about) for number in (1, 2) for about in ("calls + mail", "more + rest")
    }
    assert center.lines["contacts, band 1", "more + rest"] == [12_000, 9_300]


@pytest.mark.parametrize(("written", "round_up"), [({}, 1), ({"round_up": "6 s"}, 6), ({"round_up": "1 min"}, 60)])
@pytest.mark.parametrize("per", ["talk minute", "handle minute"])
def test_minutes_are_those_of_each_contact_rounded_up(per, written, round_up):
    """Wrap-up belongs to handling, not to talk; the exact time is counted in ticks."""
    calls = {key: value for key, value in PHONE.items() if key != "handle_time"}
    types = {"calls": {**calls, "talk_time": {"exponential": "4 min"}, "wrap_up": {"exponential": "50 s"}}}
    center = settled({"price": [{"per": per, "rate": "0.52 USD", **written}]}, contact_types=types)
    segments, visits = center.log.segments, center.log.visits
    ticks = [0] * len(visits.type)
    for visit, start, end in zip(segments.visit, segments.start.tolist(), segments.end.tolist(), strict=True):
        ticks[visit] += (end if per == "handle minute" else min(end, int(visits.left[visit]))) - start
    unit = round_up * TICKS_PER_SECOND if written else 1
    minutes = by_month((month, Fraction(-(-ticks[row] // unit) * unit, MINUTE)) for row, month in center.visits())
    name = f"{per}s"
    assert center.lines == {(name, "calls"): [cents(amount * Fraction("0.52")) for amount in minutes]}
    assert center.lines[name, "calls"][0] > 50_000


def test_a_provider_bills_the_minutes_of_its_own_agents_on_work_that_others_complete():
    """Mail that Manila leaves at the end of its shift goes on in-house."""
    mail = {"mail": {**EMAIL, "handle_time": {"deterministic": "3 h"}, "demand": {"rate": "1 per hour"}}}
    shift = {"from": "08:00", "to": "16:00", "agents": 2}
    far = {"site": "manila", "handles": {"mail": {}}, "shifts": {"day": shift}}
    price = [{"per": "handle minute", "rate": "0.50 USD"}]
    center = settled({"price": price}, contact_types=mail, pools={"near": {**far, "site": "here"}, "far": far})
    segments, minutes, shared = center.log.segments, [], 0
    pool = center.plan.agents.pool[segments.agent]
    far = center.plan.pools.name.index("far")
    for row, month in center.visits():
        here = segments.visit == row
        shared += len(set(pool[here].tolist())) > 1
        minutes.append((month, Fraction(int((segments.end - segments.start)[here & (pool == far)].sum()), MINUTE)))
    assert shared > 3
    assert any(why == Why.HANDED_OVER for why in segments.why)
    assert center.item("handle minutes") == [cents(number / 2) for number in by_month(minutes)]


def test_an_outcome_is_a_share_of_answered_contacts():
    center = settled({"price": [{"per": "outcome", "rate": "22.10 USD", "share": "4.5%"}]})
    count = by_month((month, 1) for _, month in answered(center))
    assert center.item("outcomes") == [cents(number * Fraction("0.045") * Fraction("22.10")) for number in count]


def later_visits(log, row):
    """The visits of the same customer after one."""
    while (row := int(log.journeys.next[row])) >= 0:
        yield row


@pytest.mark.parametrize("window", [None, 24])
def test_a_resolution_is_an_answer_that_resolves_or_that_is_not_followed_by_another_within_the_window(window):
    written = {} if window is None else {"window": f"{window} h"}
    price = [{"per": "resolution", "rate": "4.60 USD", **written}]
    center = settled({"price": price}, contact_types=RETURNING, pools=RESOLVES)
    log, resolved = center.log, []
    for row, month in answered(center):
        limit = log.visits.left[row] + (window or 0) * HOUR
        again = [
            other
            for other in later_visits(log, row)
            if log.visits.arrived[other] <= limit and log.visits.outcome[other] == Outcome.ANSWERED
        ]
        resolved.append((month, int(log.journeys.resolved[row] == 1) if window is None else int(not again)))
    count = by_month(resolved)
    assert 0 < sum(count) < len(resolved)
    assert center.item("resolutions") == [cents(number * Fraction("4.60")) for number in count]


def test_who_is_passed_on_is_resolved_by_the_next_agent_or_by_nobody():
    types = {"calls": {**PHONE, "recontact": {"delay": {"exponential": "5 h"}}}, "experts": {**PHONE, "demand": "none"}}
    handles = {"calls": {"transfer": {"to": "experts", "probability": "30%"}, "resolves": "80%"}, "experts": {}}
    for written in ({}, {"window": "100 days"}):
        price = [{"per": "resolution", "rate": "1 USD", **written}]
        center = settled({"price": price}, contact_types=types, pools={"far": {**FAR, "handles": handles}})
        journeys, visits = center.log.journeys, center.log.visits
        passed_on = [row for row, _ in answered(center) if journeys.resolved[row] == -1]
        assert len(passed_on) > 50
        last = [row for row, _ in answered(center) if journeys.resolved[row] == 1]
        assert sum(center.lines["resolutions", "calls"]) == 100 * len(last)
        experts = [row for row, _ in answered(center, "experts") if journeys.resolved[row] == 1]
        assert sum(center.lines["resolutions", "experts"]) == 100 * len(experts)
        assert visits.outcome[journeys.next[passed_on]].tolist().count(Outcome.ANSWERED) > 40


def test_a_month_costs_by_the_days_that_are_counted():
    """Four of the 31 days of March, three of the 30 of April."""
    center = settled({"price": [{"per": "month", "rate": "21000 USD"}]})
    assert center.lines == {("monthly fee", ""): [270_968, 210_000]}


ABSENT = {"absence": "20%", "other": "10%"}


def test_scheduled_hours_are_those_of_the_roster_whoever_comes():
    """Absence is the provider's risk where hours of work are paid, the client's where the roster is."""
    pools = {"far": {**FAR, "shrinkage": ABSENT}}
    center = settled({"price": [{"per": "scheduled hour", "rate": "14.25 USD"}]}, pools=pools)
    assert center.log.spells.absent.any()
    assert center.lines == {("scheduled hours", "far"): [cents(n * Fraction("14.25")) for n in (192, 144)]}


def test_an_fte_month_is_so_many_scheduled_hours():
    center = settled({"price": [{"per": "FTE-month", "rate": "2450 USD", "hours": "160 h"}]})
    assert center.lines == {("FTE-months", "far"): [cents(Fraction(n, 160) * 2450) for n in (192, 144)]}


@pytest.mark.parametrize("counts", ["available", "handling"])
def test_productive_hours_are_those_with_or_ready_for_contacts(counts):
    """Second by second of the Log: at work less blocks; or with a contact in hand."""
    pools = {"far": {**FAR, "shrinkage": ABSENT}}
    price = [{"per": "productive hour", "rate": "18.90 USD", "counts": counts}]
    center = settled({"price": price}, pools=pools)
    log, edges = center.log, center.plan.months.edges.tolist()
    spans = []
    if counts == "handling":
        spans = list(zip(log.segments.start.tolist(), log.segments.end.tolist(), strict=True))
    else:
        spells = log.spells
        for spell in np.flatnonzero(spells.begins >= 0):
            blocks = range(spells.block_offset[spell], spells.block_offset[spell + 1])
            at = int(spells.begins[spell])
            for block in blocks:
                assert spells.block_kind[block] == BlockKind.OFF_PHONE
                if spells.block_from[block] >= 0:
                    spans.append((at, int(spells.block_from[block])))
                    at = int(spells.block_to[block])
            spans.append((at, int(spells.ends[spell])))
    ticks = [sum(max(0, min(end, to) - max(begin, of)) for begin, end in spans) for of, to in pairwise(edges)]
    assert center.item("productive hours") == [cents(Fraction(number, HOUR) * Fraction("18.90")) for number in ticks]
    assert ticks[0] < 192 * HOUR


def test_two_sites_of_a_provider_are_paid_by_pool_and_one_alone_if_named():
    cebu = {"far": FAR, "night": {**FAR, "site": "cebu"}}
    sites = {"here": HERE, "manila": MANILA, "cebu": MANILA}
    price = {"price": [{"per": "scheduled hour", "rate": "10 USD"}]}
    both = settled(price, pools=cebu, sites=sites)
    assert both.lines == {("scheduled hours", name): [192_000, 144_000] for name in ("far", "night")}
    one = settled({**price, "sites": ["cebu"]}, pools=cebu, sites=sites)
    assert set(one.lines) == {("scheduled hours", "night")}


def test_every_item_has_its_place_in_a_report():
    assert len(set(ITEMS)) == len(ITEMS)
    assert set(CLAUSES) < set(ITEMS)
