"""
Laws of customers who come again, go on to other types, are called and stand in lanes.

Read from Plan, Workload and Log alone. What follows a visit is decided anew from draws and outcomes; the laws of the
floor hold for the visits that the Log shows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ccsim.log import Log, Outcome, Why
from ccsim.plan import Cause, Channel, Plan
from tests.properties.laws_of_the_floor import (
    BEGINNING,
    Moment,
    Segment,
    Story,
    Waiting,
    _done_in,
    agents_do_one_thing_at_a_time,
    breaks_are_taken_when_due,
    conditions_hold_when_work_starts,
    idle_agents_take_the_highest_priority,
    nobody_waits_beside_a_free_agent,
    the_number_on_duty_is_kept,
    work_starts_in_time_and_ends_in_overtime,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.plan import Dialing, Moves
    from ccsim.workload import Dialed, Journeys, Workload

NEVER = 1 << 62
GOES_ON = {Why.TRANSFERRED, Why.HOLDING}


def shown(workload: Workload, log: Log) -> Workload:
    """A Workload with the visits of the Log, row by row. Who accepted a callback has no patience."""
    assert log.journeys is not None
    visits, rows = workload.visits, log.journeys.row
    columns = {name: column[rows] for name, column in vars(visits).items() if len(column)}
    columns["arrived"] = log.visits.arrived
    if log.calls is not None:
        columns["patience"] = np.where(log.calls.accepted == 1, -1, columns["patience"])
    return replace(workload, visits=replace(visits, **columns))


class CustomersStory(Story):
    """What a Log tells of visits, first and further ones. Segments without a gap in an agent's hands are one here."""

    def __init__(self, plan: Plan, workload: Workload, log: Log) -> None:
        super().__init__(plan, shown(workload, log), log)
        assert plan.moves is not None
        assert workload.journeys is not None
        assert log.journeys is not None
        self.drawn = workload
        self.moves: Moves = plan.moves
        self.possible: Journeys = workload.journeys
        self.row = log.journeys.row.tolist()
        self.customer = log.journeys.customer.tolist()
        self.attempt = log.journeys.attempt.tolist()
        self.cause = log.journeys.cause.tolist()
        self.next = log.journeys.next.tolist()
        self.resolved = log.journeys.resolved.tolist()
        self.started = log.visits.started.tolist()
        self.ended = log.visits.ended.tolist()
        self.lane_of = workload.visits.lane[log.journeys.row].tolist()
        self.stretches = self.by_visit
        """Segments as they are in the Log, by visit."""
        del self.by_visit
        self.segments = [joined for visit in self.stretches for joined in in_hand(self.stretches[visit])]

    def arrives_at(self, visit: int) -> Moment:
        """A contact is passed on when talk ends, before anything else of the instant."""
        return BEGINNING if self.cause[visit] == Cause.TRANSFER else super().arrives_at(visit)

    def begins_beside_others(self, segment: Segment) -> bool:
        """Also beside a chat on hold that it answers itself, which ends the hold."""
        return (segment.agent, segment.start) in self.ends_of_holds or super().begins_beside_others(segment)

    @cached_property
    def ends_of_holds(self) -> set[tuple[int, int]]:
        """(agent, instant)"""
        return {(s.agent, s.end) for v in self.stretches for s in self.stretches[v] if s.why == Why.HOLDING}

    def move_of(self, visit: int) -> int:
        """Row of ``plan.Moves`` that led to a further visit."""
        return int(self.possible.move[self.row[visit] - self.possible.first])

    @cached_property
    def before(self) -> dict[int, int]:
        return {after: visit for visit, after in enumerate(self.next) if after >= 0}

    def rates(self, segment: Segment) -> list[int]:
        """Units of work per tick with one, two, ... contacts open, by the agent's row."""
        drawn = self.drawn.rates
        rate = self.plan.pools.rate if drawn is None else drawn.rate
        return rate[self.rates_of(segment), self.type_of[segment.visit]].tolist()

    def rates_of(self, segment: Segment) -> int:
        return int(self.drawn.spells.rate_row[segment.spell])

    def resolution(self, segment: Segment) -> float:
        """Probability that the agent resolves the matter."""
        drawn = self.drawn.rates
        resolves = self.moves.resolves if drawn is None else drawn.resolves
        return float(resolves[self.rates_of(segment), self.type_of[segment.visit]])

    def passes_on(self, segment: Segment, move: int) -> float:
        """Probability that the agent passes it on so, if in no way before."""
        drawn = self.drawn.rates
        transfers = self.moves.transfers if drawn is None else drawn.transfers
        return float(transfers[self.rates_of(segment), move])

    def is_called(self, visit: int) -> bool:
        """Whether agents call the customer."""
        dialing, calls = self.plan.dialing, self.log.calls
        if dialing is None or calls is None:
            return False
        return bool(dialing.is_campaign[self.type_of[visit]]) or calls.accepted[visit] == 1

    def completes(self, segment: Segment) -> bool:
        return segment.why in GOES_ON or super().completes(segment)

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Those called wait from the begin of their window, and again a while after each vain attempt."""
        kept = {(visit, since): until for _, visit, since, until in self.kept}
        rows = []
        for visit, arrived in enumerate(self.arrived):
            since = self.comes_into_line(visit, max(arrived, 0))
            gone = self.left[visit] if self.outcome[visit] not in (Outcome.ANSWERED, Outcome.OPEN) else NEVER
            for segment in self.by_visit.get(visit, []):
                rows.append(Waiting(visit, since, segment.start))
                since = kept.get((visit, segment.end), segment.end)
                if segment.why == Why.DIALED and self.plan.dialing is not None:
                    since += int(self.plan.dialing.retry_after[self.type_of[visit]])
                if self.completes(segment) or segment.why == Why.CUT:
                    since = NEVER
            rows.append(Waiting(visit, since, min(gone, self.log.stopped)))
        return [row for row in rows if row.since < row.until]

    def comes_into_line(self, visit: int, arrived: int) -> int:
        """
        On arrival, or at the begin of a promised window: of the first one whose whole length lies in opening hours; if
        they are never so long, at the next opening; where no hours are left, at the time that was meant.
        """
        dialing, type = self.plan.dialing, self.type_of[visit]
        if dialing is None or self.log.calls is None or self.log.calls.accepted[visit] != 1:
            return arrived
        first, last = int(dialing.window_from[type]), int(dialing.window_to[type])
        if last < 0:
            return arrived
        mine, types = slice(*self.plan.types.opening_offset[type : type + 2]), self.plan.types
        hours = list(zip(types.opening_from[mine].tolist(), types.opening_to[mine].tolist(), strict=True))
        is_possible = any(closes - opens >= last - first for opens, closes in hours)
        lasts = last - first if is_possible else 1
        fitting = [
            max(opens, arrived + first) for opens, closes in hours if max(opens, arrived + first) + lasts <= closes
        ]
        return min(fitting, default=arrived + first)

    def has_room(self, agent: int, type: int, hands: list[int]) -> bool:
        """Campaigns are dialed with nothing else in hand, and are calls to whom chats may be added."""
        if not hands:
            return True
        pools, pool, channel = self.plan.pools, self.pool_of[agent], self.channel[type]
        mixes = bool(pools.mixes_calls[pool])
        in_hand = [self.channel[self.type_of[visit]] for visit in hands]
        if any(c.is_deferred for c in in_hand) or channel not in (Channel.PHONE, Channel.CHAT):
            return False
        on_call = any(c in (Channel.PHONE, Channel.OUTBOUND) for c in in_hand)
        if len(hands) >= pools.concurrency[pool] or (on_call and channel == Channel.PHONE):
            return False
        return mixes or (channel == Channel.CHAT and not on_call)

    def steps_open(self, visit: int, at: int, on_shift: Counter[int]) -> Iterator[int]:
        """Those of its lane, which is drawn here."""
        one = self.has_one_lane(self.type_of[visit])
        for row in super().steps_open(visit, at, on_shift):
            if one or self.plan.routing.lane[row] == self.lane_of[visit]:
                yield row

    def outages_of(self, pool: int) -> set[int]:
        """When they begin."""
        outages = self.drawn.outages
        return set() if outages is None else set(outages.begins[outages.pools[:, pool]].tolist())

    def has_one_lane(self, type: int) -> bool:
        lanes = self.plan.lanes
        return lanes is None or int(lanes.offset[type + 1] - lanes.offset[type]) == 1

    def longest_after(self, type: int, pool: int) -> int:
        """Wait from which all steps of a pool are open to a type."""
        routing = self.plan.routing
        rows = range(int(routing.offset[type]), int(routing.offset[type + 1]))
        return max(int(routing.after[row]) for row in rows if routing.pool[row] == pool)

    def place(self, visit: int) -> tuple[int, int]:
        """Where it stands in the order of contacts: since when, and its row."""
        clock = visit
        if self.cause[visit] == Cause.TRANSFER and self.moves.keeps_clock[self.move_of(visit)]:
            while self.cause[clock] == Cause.TRANSFER:
                clock = self.before[clock]
        return self.arrived[clock], self.row[visit]


def in_hand(stretches: list[Segment]) -> list[Segment]:
    """Segments of one visit, joined where the agent had it in hand all the while."""
    joined: list[Segment] = []
    for segment in stretches:
        if joined and joined[-1].why in GOES_ON and joined[-1].agent == segment.agent:
            joined[-1] = replace(joined[-1], end=segment.end, why=segment.why)
        else:
            joined.append(segment)
    return joined


def broken_laws(plan: Plan, workload: Workload, log: Log) -> list[str]:
    """Every breach of every law, as a sentence."""
    story = CustomersStory(plan, workload, log)
    return [breach for law in LAWS for breach in law(story)]


def visits_are_conserved(story: CustomersStory) -> Iterator[str]:
    """Each visit that came ends in exactly one way, at a time that fits, and is awaited if its customer counts."""
    patience = story.workload.visits.patience.tolist()
    for v, outcome in enumerate(story.outcome):
        arrived, left, started = story.arrived[v], story.left[v], story.started[v]
        talk = [s for s in story.stretches.get(v, []) if s.why != Why.DIALED]
        if story.is_called(v):
            talk = [s for s in talk if s.start == started or started >= 0]
        elif (started >= 0) != bool(talk) or (talk and started != talk[0].start):
            yield f"visit {v} starts at {started}, its segments say otherwise"
        if (story.ended[v] >= 0) != (bool(talk) and story.completes(talk[-1]) and left >= 0):
            yield f"visit {v} ended at {story.ended[v]}, its segments say otherwise"
        if story.ended[v] >= 0 and story.ended[v] != talk[-1].end:
            yield f"visit {v} ended at {story.ended[v]}, its last segment at {talk[-1].end}"
        if any(s.start < max(arrived, 0) for s in story.stretches.get(v, [])):
            yield f"visit {v} is worked on before it comes"
        if outcome == Outcome.ANSWERED and started < 0:
            yield f"visit {v} is answered by nobody"
        if outcome == Outcome.ABANDONED and (started >= 0 or left - arrived != patience[v]):
            yield f"visit {v} abandons after {left - arrived}, patience {patience[v]}"
        if outcome in (Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED) and (left != arrived or talk):
            yield f"visit {v} was turned away at {left}, came at {arrived}"
        if outcome != Outcome.ABANDONED and not story.is_deferred(v) and patience[v] >= 0:
            end = started if started >= 0 else left if left >= 0 else story.log.stopped
            if end - arrived > patience[v]:
                yield f"visit {v} waits longer than its patience"


def the_run_waits_for_counted_customers(story: CustomersStory) -> Iterator[str]:
    """No counted visit, and no visit of a counted customer, is left open before the end of the run."""
    plan = story.plan
    for v, outcome in enumerate(story.outcome):
        first = story.arrived[story.customer[v]]
        counts = any(plan.counted_from <= at < plan.counted_to for at in (first, story.arrived[v]))
        final = outcome != Outcome.OPEN and (outcome != Outcome.ANSWERED or story.ended[v] >= 0)
        if counts and not final and story.arrived[v] <= plan.run_end and story.log.stopped < plan.run_end:
            yield f"visit {v} is open, though the run was stopped before its end"


def draws_decide_what_follows(story: CustomersStory) -> Iterator[str]:
    """Each visit has the successor that draws, outcome and agent give it, at the time that these give, and no other."""
    follows = Counter(after for after in story.next if after >= 0)
    for v, row in enumerate(story.row):
        expected, arrives, resolved = what_follows(story, v)
        after = story.next[v]
        if (after >= 0) != (expected >= 0):
            yield f"visit {v} is followed by {after}, expected row {expected}"
        elif after >= 0:
            known = story.row[after], story.arrived[after], story.attempt[after], story.customer[after]
            if known != (expected, arrives, story.attempt[v] + 1, story.customer[v]):
                yield f"visit {v} is followed by {known}, expected row {expected} at {arrives}"
            if story.cause[after] != story.moves.cause[story.move_of(after)]:
                yield f"visit {after} says it is a {story.cause[after]}"
        if story.resolved[v] != resolved:
            yield f"visit {v} is resolved {story.resolved[v]}, expected {resolved}"
        if follows[v] != (row >= story.possible.first):
            yield f"visit {v} follows {follows[v]} visits"


def what_follows(story: CustomersStory, v: int) -> tuple[int, int, int]:
    """Row of the Workload that follows, when it arrives, and whether the matter is resolved; -1 for none."""
    row, possible, moves, left = story.row[v], story.possible, story.moves, story.left[v]
    following = possible.next_row[possible.next_offset[row] : possible.next_offset[row + 1]].tolist()
    candidates = [(r, int(possible.move[r - possible.first]), possible.uniform[r - possible.first]) for r in following]
    if story.outcome[v] == Outcome.ANSWERED and left >= 0:
        talk = talk_ended(story, v)
        for r, m, uniform in candidates:
            if moves.cause[m] == Cause.TRANSFER and uniform < story.passes_on(talk, m):
                return r, left, -1
        if possible.resolution[row] < story.resolution(talk):
            return -1, -1, 1
        return *comes_again(story, v, [c for c in candidates if moves.cause[c[1]] == Cause.RECONTACT]), 0
    if story.outcome[v] in (Outcome.ANSWERED, Outcome.OPEN):
        return -1, -1, -1
    return *comes_again(story, v, [c for c in candidates if moves.outcome[c[1]] == story.outcome[v]]), -1


def talk_ended(story: CustomersStory, v: int) -> Segment:
    """The segment in which the customer left."""
    return next(s for s in story.stretches[v] if s.why != Why.DIALED and s.start <= story.left[v] <= s.end)


def comes_again(story: CustomersStory, v: int, candidates: list[tuple[int, int, float]]) -> tuple[int, int]:
    for r, m, uniform in candidates:
        if uniform < story.moves.probability[m, story.attempt[v]]:
            delay = int(story.possible.delay[r - story.possible.first])
            if not story.moves.in_opening_hours[m]:
                return r, story.left[v] + delay
            comes = opens(story.plan, int(story.moves.to_type[m]), story.left[v], delay)
            return r, story.plan.run_end + 1 if comes < 0 else comes
    return -1, -1


def opens(plan: Plan, type: int, at: int, left: int) -> int:
    """When so much of opening hours has passed and the type is open; -1 if not before the run ends."""
    mine = slice(int(plan.types.opening_offset[type]), int(plan.types.opening_offset[type + 1]))
    for begins, ends in zip(plan.types.opening_from[mine].tolist(), plan.types.opening_to[mine].tolist(), strict=True):
        begin = max(begins, at)
        if begin < ends:
            if left < ends - begin:
                return begin + left
            left -= ends - begin
    return -1


def holds_are_as_long_as_they_should_be(story: CustomersStory) -> Iterator[str]:
    """
    From the end of talk until the next visit is answered, lost or to be called back, at most to the limit, and not
    beyond the end of the shift; wherever a transfer is warm, and nowhere else.
    """
    for v, after in enumerate(story.next):
        is_transfer = after >= 0 and story.cause[after] == Cause.TRANSFER
        holding = [s for s in story.stretches.get(v, []) if s.why == Why.HOLDING]
        if not is_transfer:
            if holding:
                yield f"visit {v} is on hold, and goes on to nobody"
            continue
        m, talk = story.move_of(after), talk_ended(story, v)
        warm = story.moves.warm[m] and not story.is_deferred(v) and not story.is_deferred(after)
        if not warm:
            if holding:
                yield f"visit {v} is on hold, though its transfer is cold"
            continue
        pooled = story.pooled[story.pool_of[talk.agent]]
        for s in holding:
            reasons = {s.start + int(story.moves.hold_limit[m]), story.planned_to[s.spell], free_at(story, after)}
            reasons |= story.outages_of(story.pool_of[s.agent])
            if s.start != story.left[v] or (s.end not in reasons and not pooled):
                yield f"visit {v} is on hold from {s.start} to {s.end}, expected an end in {sorted(reasons)}"
            if s.end > min(s.start + int(story.moves.hold_limit[m]), max(free_at(story, after), s.start)):
                yield f"visit {v} is on hold until {s.end}, visit {after} needs nobody from {free_at(story, after)} on"
        cut = any(s.start == story.left[v] and s.why == Why.CUT for s in story.stretches[v])
        if not holding and not cut and not pooled and story.left[v] < story.planned_to[talk.spell]:
            yield f"visit {v} goes on warm without being held"


def free_at(story: CustomersStory, visit: int) -> int:
    """From when on nobody needs to hold for a visit: answered, lost, or to be called back."""
    calls = story.log.calls
    if calls is not None and calls.accepted[visit] == 1:
        return int(calls.offered[visit])
    if story.started[visit] >= 0:
        return story.started[visit]
    first = story.stretches.get(visit)
    if first:  # deferred work, or a campaign: begun is answered
        return first[0].start
    return story.left[visit] if story.left[visit] >= 0 else NEVER


def customers_are_called_as_agreed(story: CustomersStory) -> Iterator[str]:
    """Offers follow the expected wait; attempts are as many as allowed, a while apart, and reach whom they should."""
    dialing, dialed, calls = story.plan.dialing, story.drawn.dialed, story.log.calls
    if dialing is None or dialed is None or calls is None:
        return
    for v in range(len(story.outcome)):
        yield from _offer_is_as_agreed(story, v, dialing)
        yield from _attempts_are_as_agreed(story, v, dialing, dialed)


def _offer_is_as_agreed(story: CustomersStory, v: int, dialing: Dialing) -> Iterator[str]:
    calls, type = story.log.calls, story.type_of[v]
    assert calls is not None
    expected, offered, accepted = int(calls.expected[v]), int(calls.offered[v]), int(calls.accepted[v])
    over = int(dialing.offer_over[type])
    if (offered >= 0) != (accepted >= 0) or (offered >= 0 and (over < 0 or offered != story.arrived[v])):
        yield f"visit {v}: offered {offered}, accepted {accepted}, came at {story.arrived[v]}"
    if offered >= 0 and 0 <= expected < over:
        yield f"visit {v} is offered a callback, expects to wait {expected}, threshold {over}"
    if offered < 0 and expected > over >= 0:
        yield f"visit {v} is offered nothing, expects to wait {expected}, threshold {over}"
    if story.outcome[v] == Outcome.ABANDONED and over >= 0 and expected < 0 and offered < 0:
        yield f"visit {v} waits, and nobody knows how long"


def _attempts_are_as_agreed(story: CustomersStory, v: int, dialing: Dialing, dialed: Dialed) -> Iterator[str]:
    assert story.log.calls is not None
    type, attempts = story.type_of[v], int(story.log.calls.attempts[v])
    stretches = story.stretches.get(v, [])
    vain = [s for s in stretches if s.why == Why.DIALED]
    reached_at, at_most = int(dialed.reached_at[story.row[v]]), int(dialing.attempts[type])
    reached = story.started[v] >= 0
    if not story.is_called(v):
        if attempts >= 0 or vain or story.outcome[v] == Outcome.UNREACHED:
            yield f"visit {v} is called {attempts} times, though nobody was to call it"
        return
    if max(attempts, 0) != len(vain) + reached or attempts > at_most:
        yield f"visit {v} is called {attempts} times, of these {len(vain)} in vain"
    if reached != (reached_at > 0 and attempts == reached_at):
        yield f"visit {v} is reached {reached} after {attempts} attempts, was to be at {reached_at}"
    if (story.outcome[v] == Outcome.UNREACHED) != (not reached and attempts == at_most):
        yield f"visit {v} is {story.outcome[v].name} after {attempts} vain attempts"
    if reached and story.started[v] not in {s.start for s in stretches if s.why != Why.DIALED}:
        yield f"visit {v} is answered at {story.started[v]}, its segments say otherwise"
    for segment, later in pairwise(stretches):
        if segment.why == Why.DIALED and later.start < segment.end + int(dialing.retry_after[type]):
            yield f"visit {v} is called at {later.start}, too soon after {segment.end}"
    if stretches and stretches[0].start < story.comes_into_line(v, story.arrived[v]):
        yield f"visit {v} is called at {stretches[0].start}, before its window"


def work_is_conserved(story: CustomersStory) -> Iterator[str]:
    """On a completed visit dialing, talk, wrap-up and what hand-overs and interruptions add are done, and no more."""
    visits, dialed = story.workload.visits, story.drawn.dialed
    for visit, stretches in story.stretches.items():
        if story.ended[visit] < 0 or stretches[-1].why == Why.OUTAGE:  # which drops the wrap-up
            continue
        phases = 2
        owed = int(visits.work[visit] + visits.wrap_up[visit])
        if story.is_called(visit) and dialed is not None and story.log.calls is not None:
            attempts = int(story.log.calls.attempts[visit])
            owed += attempts * int(dialed.work[story.row[visit]])
            phases += attempts
        put_down = (Why.INTERRUPTED, Why.PAUSED, Why.HANDED_OVER)
        owed += sum(story.overhead(segment, later) for segment, later in pairwise(stretches) if segment.why in put_down)
        done = sum(_done_in(story, s) for s in stretches if s.why != Why.HOLDING)
        fastest = max(max(story.rates(s)) for s in stretches)
        if not owed <= done < owed + phases * fastest:
            yield f"visit {visit} took {done} units of work for {owed}"


def queues_are_in_the_order_of_places(story: CustomersStory) -> Iterator[str]:
    """
    Nobody is taken from a queue past one of the same lane who has come before, or kept an older clock, and has waited
    long enough in this queue for the pool. Who is passed on as a window opens finds it open before those who wait.
    """
    opens = set(story.plan.windows.begins.tolist())
    resumed = {(agent, visit, until) for agent, visit, _, until in story.kept}
    for s in story.segments:
        if (s.agent, s.visit, s.start) in resumed:
            continue
        place, lane, type = story.place(s.visit), story.lane_of[s.visit], story.type_of[s.visit]
        after = story.longest_after(type, story.pool_of[s.agent])
        for w in story.waiting:
            same = story.type_of[w.visit] == type and (story.has_one_lane(type) or story.lane_of[w.visit] == lane)
            waits = max(w.since, story.arrived[w.visit] + after) < s.start < w.until
            passed_on = story.arrived[s.visit] == s.start in opens and story.cause[s.visit] == Cause.TRANSFER
            if same and waits and not passed_on and story.place(w.visit) < place:
                yield f"visit {s.visit} is taken at {s.start} past visit {w.visit}"


LAWS = (
    visits_are_conserved,
    the_run_waits_for_counted_customers,
    draws_decide_what_follows,
    holds_are_as_long_as_they_should_be,
    customers_are_called_as_agreed,
    work_is_conserved,
    queues_are_in_the_order_of_places,
    agents_do_one_thing_at_a_time,
    work_starts_in_time_and_ends_in_overtime,
    breaks_are_taken_when_due,
    nobody_waits_beside_a_free_agent,
    conditions_hold_when_work_starts,
    idle_agents_take_the_highest_priority,
    the_number_on_duty_is_kept,
)
