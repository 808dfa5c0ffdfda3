"""Contacts as a contract bills them, by type and month of their arrival."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ccsim.calendar.spans import Spans
from ccsim.contracts import Per
from ccsim.log import Outcome
from ccsim.measures.expected import contacts_in
from ccsim.money.ledger import rounded
from ccsim.money.pay import counted, exact
from ccsim.plan import TICKS_PER_SECOND, Cause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccsim.contracts import Contract, Price
    from ccsim.money.belonging import Belonging
    from ccsim.money.pay import Fractions
    from ccsim.plan import Bools, Ints

TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND


class BilledContacts:
    """
    What a contract's agents did for contacts of its types that arrived in the counted period.

    A contact is answered by the provider whose agent picked it up; deferred work by the one who completed it. Every
    visit of a customer counts, also those after a transfer and of who comes again.
    """

    def __init__(self, contract: Contract, belonging: Belonging) -> None:
        self.contract, self.belonging = contract, belonging
        self.plan, self.log, self.counted = belonging.plan, belonging.log, belonging.counted
        self.month = np.searchsorted(self.plan.months.edges, self.counted.arrived, side="right") - 1
        self.months = len(self.plan.months.name)
        by_these = (self.counted.outcome == Outcome.ANSWERED) & np.isin(belonging.answered_by, contract.pools)
        self.answered: Bools = by_these & np.isin(self.counted.type, contract.types)

    def units(self, price: Price) -> dict[int, Fractions]:
        """By type what is charged for: [M] minutes, contacts, resolutions or outcomes."""
        if price.per in (Per.TALK_MINUTE, Per.HANDLE_MINUTE):
            ticks = self._ticks(price)
            return {type_: counted(ticks[type_], TICKS_PER_MINUTE) for type_ in price.types}
        which = self._resolved(price.window) if price.per == Per.RESOLUTION else self.answered
        times = price.share if price.per == Per.OUTCOME else 1
        return {type_: contacts * times for type_, contacts in self.number(which, price.types).items()}

    def beyond(self, price: Price) -> dict[int, Fractions]:
        """By type the answered contacts beyond the band of the forecast, if they have a price of their own. [M]"""
        if price.per != Per.CONTACT or self.contract.excess is None:
            return {}
        return self.number(self.answered & self.excess, price.types)

    def number(self, which: Bools, types: Sequence[int]) -> dict[int, Fractions]:
        """By type how many of the counted visits. [M]"""
        of_type = (which & (self.counted.type == type_) for type_ in types)
        numbers = (np.bincount(self.month[chosen], minlength=self.months) for chosen in of_type)
        return dict(zip(types, map(counted, numbers), strict=True))

    def _ticks(self, price: Price) -> Ints:
        """[T, M] time in hand of the contract's agents, each contact's rounded up."""
        segments, visits = self.log.segments, self.log.visits
        own = np.isin(self.plan.agents.pool[segments.agent], self.contract.pools)
        visit, begins, ends = segments.visit[own], segments.start[own], segments.end[own]
        if price.per == Per.TALK_MINUTE:
            started, left = visits.started[visit], visits.left[visit]
            begins = np.maximum(begins, started)
            ends = np.where(started < 0, begins, np.where(left < 0, ends, np.minimum(ends, left)))
        ticks = np.zeros(len(visits.type), np.int64)
        np.add.at(ticks, visit, np.maximum(ends - begins, 0))
        ticks = ticks[self.counted.rows]
        if price.round_up:
            ticks = -(-ticks // price.round_up) * price.round_up
        total = np.zeros((len(self.plan.types.name), self.months), np.int64)
        np.add.at(total, (self.counted.type, self.month), ticks)
        return total

    def _resolved(self, window: int) -> Bools:
        """
        Answered contacts that count as a resolution: not passed on, and either resolved (without a window) or without
        another answer to the same customer within the window after.
        """
        journeys = self.log.journeys
        if journeys is None:
            return self.answered
        rows = self.counted.rows
        if window < 0:
            return np.asarray(self.answered & (journeys.resolved[rows] == 1))
        kept: Bools = self.answered & (journeys.resolved[rows] >= 0)
        visits, until = self.log.visits, self.counted.left + window
        later = journeys.next[rows]
        while np.any(kept & (later >= 0)):
            again = (later >= 0) & (visits.arrived[later] <= until)
            kept &= ~(again & (visits.outcome[later] == Outcome.ANSWERED))
            later = np.where(again, journeys.next[later], -1)
        return kept

    @cached_property
    def excess(self) -> Bools:
        """
        Which visits came beyond the band of the forecast: in the order of arrival, of those that are offered to the
        provider in their month, of customers who come for the first time, as the forecast counts them.
        """
        counted_, contract, band = self.counted, self.contract, self.contract.band
        assert band is not None
        claim = self.belonging.claim(contract.pools, contract.belongs, contract.clock)
        offered = claim.own & ~np.isin(counted_.outcome, (Outcome.BLOCKED, Outcome.CLOSED))
        if self.log.journeys is not None:
            offered &= self.log.journeys.cause[counted_.rows] == Cause.FIRST
        beyond = np.zeros(len(offered), np.bool_)
        for type_, volume in self.volume.items():
            rows = np.flatnonzero(offered & (counted_.type == type_))
            month = self.month[rows]
            place = np.arange(len(rows)) - np.searchsorted(month, month)
            most = np.array([math.floor((1 + band) * forecast) for forecast in volume])
            beyond[rows[place >= most[month]]] = True
        return beyond

    @cached_property
    def volume(self) -> dict[int, Fractions]:
        """By type the forecast of the contract: whole contacts of each month, as they stand in its schedule. [M]"""
        edges = self.plan.months.edges
        always = Spans(edges[:1], edges[-1:])
        found = {}
        for type_, share in zip(self.contract.types, self.contract.forecast_share, strict=True):
            # To a millionth of a contact: sums of a forecast's pieces are not exact, and a half is to be rounded up.
            forecast = np.round(contacts_in(self.plan, type_, edges, always), 6).tolist()
            found[type_] = exact(Fraction(rounded(share * Fraction(contacts))) for contacts in forecast)
        return found
