"""
Laws that hold in every center, read from Plan, Workload and Log alone, in another way than the engine goes.

``broken_laws`` returns a sentence for each breach. Between events nothing changes, so it is enough to look at the floor
right after each instant at which something happens or becomes possible.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ccsim.log import Log, Outcome, Why
from ccsim.plan import Channel, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.workload import Workload

NEVER = 1 << 62
Moment = tuple[int, int]
"""Within an instant: class and number of an event (rule 11)."""
COMES, GOES, ARRIVES = 2, 3, 5
BEGINNING: Moment = (1, 0)
SERVED = {Why.DONE, Why.WRAPPED_UP}


@dataclass(frozen=True)
class Segment:
    visit: int
    agent: int
    spell: int
    start: int
    end: int
    why: int


@dataclass(frozen=True)
class Waiting:
    """A visit in its queue during [since, until)."""

    visit: int
    since: int
    until: int


class Story:
    """What a Log tells, arranged for questions."""

    def __init__(self, plan: Plan, workload: Workload, log: Log) -> None:
        self.plan = plan
        self.workload = workload
        self.log = log
        s = log.segments
        columns = (s.visit, s.agent, s.spell, s.start, s.end, s.why)
        self.segments = [Segment(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]
        self.type_of = workload.visits.type.tolist()
        self.arrived = workload.visits.arrived.tolist()
        self.pool_of = plan.agents.pool.tolist()
        self.channel = [Channel(c) for c in plan.types.channel.tolist()]
        self.pooled = plan.pools.pooled_leavers.tolist()
        self.outcome = [Outcome(o) for o in log.visits.outcome.tolist()]
        self.left = log.visits.left.tolist()
        spells = log.spells
        self.spell_agent = spells.agent.tolist()
        self.planned_to = spells.planned_to.tolist()
        self.begins = spells.begins.tolist()
        self.ends = spells.ends.tolist()
        self.offset = spells.block_offset.tolist()
        self.block_due = workload.spells.block_due.tolist()
        self.block_length = workload.spells.block_length.tolist()
        self.block_from = spells.block_from.tolist()
        self.block_to = spells.block_to.tolist()

    def arrives_at(self, visit: int) -> Moment:
        """The moment of its instant."""
        return ARRIVES, visit

    def is_deferred(self, visit: int) -> bool:
        return self.channel[self.type_of[visit]].is_deferred

    @cached_property
    def by_visit(self) -> dict[int, list[Segment]]:
        """In the order worked; of two at one instant the one without length was first."""
        stretches = defaultdict(list)
        for segment in sorted(self.segments, key=lambda s: (s.start, s.end)):
            stretches[segment.visit].append(segment)
        return stretches

    @cached_property
    def by_agent(self) -> dict[int, list[Segment]]:
        stretches = defaultdict(list)
        for segment in self.segments:
            stretches[segment.agent].append(segment)
        return stretches

    def completes(self, segment: Segment) -> bool:
        """All work on the visit is done with it, be it that an outage dropped the rest of the wrap-up."""
        visit = segment.visit
        dropped = segment.why == Why.OUTAGE and not self.is_deferred(visit) and self.outcome[visit] == Outcome.ANSWERED
        return segment.why in SERVED or (dropped and 0 <= self.left[visit] <= segment.end)

    def overhead(self, segment: Segment, later: Segment) -> int:
        """Base work that was added between two segments of a visit."""
        types, type = self.plan.types, self.type_of[segment.visit]
        returned = segment.why == Why.INTERRUPTED and types.interrupted_returns[type]
        resumed = segment.why in (Why.INTERRUPTED, Why.PAUSED) and segment.spell == later.spell
        return int(types.resume_work[type] if returned or resumed else types.hand_over_work[type])

    def rates(self, segment: Segment) -> list[int]:
        """Units of work per tick with one, two, ... contacts open."""
        return self.plan.pools.rate[self.pool_of[segment.agent], self.type_of[segment.visit]].tolist()

    def blocks(self, spell: int) -> Iterable[int]:
        return range(self.offset[spell], self.offset[spell + 1])

    def worked(self, spell: int) -> bool:
        return self.begins[spell] >= 0

    def released(self, spell: int) -> int:
        """When an agent hands over what it keeps: at the planned end, where leavers are pooled on leaving."""
        agent = self.spell_agent[spell]
        return self.ends[spell] if self.pooled[self.pool_of[agent]] else min(self.planned_to[spell], self.ends[spell])

    @cached_property
    def kept(self) -> list[tuple[int, int, int, int]]:
        """(agent, visit, since, until): deferred work that waits for its agent."""
        rows = []
        for visit, stretches in self.by_visit.items():
            returns = self.plan.types.interrupted_returns[self.type_of[visit]]
            for segment, later in zip(stretches, [*stretches[1:], None], strict=True):
                if segment.why == Why.PAUSED or (segment.why == Why.INTERRUPTED and not returns):
                    resumed = later is not None and later.spell == segment.spell
                    until = later.start if resumed and later is not None else self.released(segment.spell)
                    rows.append((segment.agent, visit, segment.end, until))
        return rows

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Every stay in a queue that lasted longer than an instant."""
        kept = {(visit, since): until for _, visit, since, until in self.kept}
        rows = []
        for visit, arrived in enumerate(self.arrived):
            since = max(arrived, 0)
            gone = self.left[visit] if self.outcome[visit] not in (Outcome.ANSWERED, Outcome.OPEN) else NEVER
            for segment in self.by_visit.get(visit, []):
                rows.append(Waiting(visit, since, segment.start))
                since = kept.get((visit, segment.end), segment.end)
                if self.completes(segment) or segment.why == Why.CUT:
                    since = NEVER
            rows.append(Waiting(visit, since, min(gone, self.log.stopped)))
        return [row for row in rows if row.since < row.until]

    @cached_property
    def instants(self) -> list[int]:
        """Instants after which the floor may look different, before the end."""
        after = self.plan.routing.after.tolist()
        times = {0, *self.plan.windows.begins.tolist(), *self.plan.windows.ends.tolist()}
        times.update(t for s in self.segments for t in (s.start, s.end))
        times.update(t for w in self.waiting for t in (w.since, w.until))
        times.update(self.arrived[w.visit] + a for w in self.waiting for a in after)
        times.update(t for column in (self.begins, self.ends, self.planned_to, self.block_to) for t in column)
        times.update(t for spells in [self.workload.spells] for t in [*spells.begins.tolist(), *spells.ends.tolist()])
        return sorted(t for t in times if 0 <= t < self.log.stopped)

    # The floor right after an instant.

    def hands(self, agent: int, at: int) -> list[int]:
        """Visits that the agent has open."""
        return [s.visit for s in self.by_agent.get(agent, []) if s.start <= at < s.end]

    def begins_beside_others(self, segment: Segment) -> bool:
        """Whether the agent has other work in hand then."""
        return self.hands(segment.agent, segment.start) not in ([segment.visit], [])

    def comes_to(self, spell: int) -> tuple[int, Moment]:
        """When the agent of a spell comes, and the first moment of the instant at which that can be."""
        return int(self.workload.spells.begins[spell]), (COMES, int(self.workload.spells.agent[spell]))

    def not_before(self, segment: Segment) -> Iterator[Moment]:
        """Moments of its instant before which the segment cannot have begun: contact and agent are there."""
        yield BEGINNING
        at, agent = segment.start, segment.agent
        if max(self.arrived[segment.visit], 0) == at:
            yield self.arrives_at(segment.visit)
        comes, moment = self.comes_to(segment.spell)
        if comes == at:
            yield moment
        if any(self.block_to[block] == at for block in self.blocks(segment.spell)):
            yield COMES, agent
        for before in self.by_visit[segment.visit]:
            if before.end == at and before.why == Why.HANDED_OVER:
                yield GOES, before.agent

    def is_still_on_from_before(self, spell: int) -> bool:
        """When the run stops, its agent is on in another spell, with work in hand or to a later end."""
        agent, begins = self.spell_agent[spell], int(self.workload.spells.begins[spell])
        if self.worked(spell):
            return False
        return any(
            self.begins[d] < begins <= self.ends[d] == self.log.stopped
            and (self.planned_to[d] > self.log.stopped or any(s.why == Why.CUT and s.spell == d for s in self.segments))
            for d, other in enumerate(self.spell_agent)
            if other == agent and d != spell
        )

    def spell_at(self, agent: int, at: int) -> int | None:
        """The spell that the agent works."""
        mine = (d for d, a in enumerate(self.spell_agent) if a == agent and self.begins[d] <= at < self.ends[d])
        return next(mine, None)

    def passes_in_overtime(self, spell: int) -> bool:
        """Over before it could begin: its agent, who was to go on into it, was still finishing contacts."""
        return self.comes_to(spell)[0] < self.begins[spell] == self.ends[spell] == self.end_of_plan(spell)

    def end_of_plan(self, spell: int) -> int:
        """When somebody is to leave."""
        return int(self.workload.spells.ends[spell])

    def is_overdue(self, pool: int, at: int) -> bool:
        """Leavers are pooled and an end waits for somebody to be free."""
        return self.pooled[pool] and any(
            self.planned_to[d] <= at < self.ends[d]
            for d, a in enumerate(self.spell_agent)
            if self.pool_of[a] == pool and not self.passes_in_overtime(d)
        )

    def takes_work(self, agent: int, at: int) -> bool:
        """On duty, its end not past, no block due or being taken."""
        spell = self.spell_at(agent, at)
        if spell is None or self.planned_to[spell] <= at or self.is_overdue(self.pool_of[agent], at):
            return False
        for block in self.blocks(spell):
            over = self.block_to[block] if self.block_from[block] >= 0 else NEVER
            if self.block_due[block] <= at < over:
                return False
        return True

    def has_room(self, agent: int, type: int, hands: list[int]) -> bool:
        if not hands:
            return True
        pools, pool, channel = self.plan.pools, self.pool_of[agent], self.channel[type]
        if any(self.is_deferred(v) for v in hands) or channel.is_deferred or len(hands) >= pools.concurrency[pool]:
            return False
        on_call = any(self.channel[self.type_of[v]] == Channel.PHONE for v in hands)
        if channel == Channel.PHONE:
            return bool(pools.mixes_calls[pool]) and not on_call
        return bool(pools.mixes_calls[pool]) or not on_call

    def idle(self, pool: int, at: int) -> int:
        return sum(
            self.pool_of[a] == pool and not self.hands(a, at) and self.takes_work(a, at)
            for a in range(len(self.pool_of))
        )

    @cached_property
    def planned(self) -> list[tuple[int, int, int]]:
        """(agent, begins, ends) of the planned spells, without those of absent agents."""
        spells = self.workload.spells
        columns = (spells.agent.tolist(), spells.begins.tolist(), spells.ends.tolist(), spells.absent.tolist())
        return [(agent, begins, ends) for agent, begins, ends, absent in zip(*columns, strict=True) if not absent]

    def on_shift(self, at: int) -> Counter[int]:
        """Planned spells that are on right after an instant, by pool."""
        return Counter(self.pool_of[agent] for agent, begins, ends in self.planned if begins <= at < ends)

    def course(self, at: int) -> list[tuple[Moment, Counter[int]]]:
        """Who is on shift, by pool, in the course of an instant: from each moment at which somebody comes or goes."""
        changes = [(COMES, agent, 1) for agent, begins, _ in self.planned if begins == at]
        changes += [(GOES, agent, -1) for agent, _, ends in self.planned if ends == at]
        present = self.on_shift(at - 1)
        stages = [(BEGINNING, present)]
        for event, agent, change in sorted(changes):
            present = present + Counter()
            present[self.pool_of[agent]] += change
            stages.append(((event, agent), present))
        return stages

    def steps_open(self, visit: int, at: int, on_shift: Counter[int]) -> Iterator[int]:
        """Rows of ``Routing`` whose every condition, the reserve left aside, holds with these on shift."""
        routing, windows = self.plan.routing, self.plan.windows
        type = self.type_of[visit]
        for row in range(int(routing.offset[type]), int(routing.offset[type + 1])):
            window, awake, asleep = int(routing.window[row]), int(routing.awake[row]), int(routing.asleep[row])
            if window >= 0:
                mine = slice(int(windows.offset[window]), int(windows.offset[window + 1]))
                pairs = list(zip(windows.begins[mine].tolist(), windows.ends[mine].tolist(), strict=True))
                if not any(begins <= at < ends for begins, ends in pairs):
                    continue
            if awake >= 0 and not on_shift[awake]:
                continue
            if asleep >= 0 and on_shift[asleep]:
                continue
            if at - self.arrived[visit] >= routing.after[row]:
                yield row


def broken_laws(plan: Plan, workload: Workload, log: Log) -> list[str]:
    """Every breach of every law, as a sentence."""
    story = Story(plan, workload, log)
    return [breach for law in LAWS for breach in law(story)]


def contacts_are_conserved(story: Story) -> Iterator[str]:
    """Each visit that came ends in exactly one way, at a time that fits; nothing is known of those yet to come."""
    visits, patience = story.log.visits, story.workload.visits.patience.tolist()
    counted = range(
        int(visits.arrived.searchsorted(story.plan.counted_from)),
        int(visits.arrived.searchsorted(story.plan.counted_to)),
    )
    started, ended = visits.started.tolist(), visits.ended.tolist()
    for v, outcome in enumerate(story.outcome):
        arrived, left = story.arrived[v], story.left[v]
        stretches = story.by_visit.get(v, [])
        if (started[v] >= 0) != bool(stretches) or (stretches and started[v] != stretches[0].start):
            yield f"visit {v} starts at {started[v]}, its segments say otherwise"
        if (ended[v] >= 0) != any(story.completes(s) for s in stretches):
            yield f"visit {v} ended at {ended[v]}, its segments say otherwise"
        if sum(map(story.completes, stretches)) > 1 or (stretches and max(s.end for s in stretches) < ended[v]):
            yield f"visit {v} is completed more than once"
        if any(s.start < max(arrived, 0) for s in stretches):
            yield f"visit {v} is worked on before it comes"
        if outcome == Outcome.ANSWERED and not stretches:
            yield f"visit {v} is answered by nobody"
        if outcome == Outcome.ABANDONED and (started[v] >= 0 or left - arrived != patience[v]):
            yield f"visit {v} abandons after {left - arrived}, patience {patience[v]}"
        if outcome in (Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED) and (left != arrived or stretches):
            yield f"visit {v} was turned away at {left}, came at {arrived}"
        if outcome == Outcome.OPEN and v in counted and story.log.stopped < story.plan.run_end:
            yield f"visit {v} is open, though the run was stopped before its end"
        if outcome != Outcome.ABANDONED and not story.is_deferred(v) and patience[v] >= 0:
            end = started[v] if started[v] >= 0 else left if left >= 0 else story.log.stopped
            if end - arrived > patience[v]:
                yield f"visit {v} waits longer than its patience"


def agents_do_one_thing_at_a_time(story: Story) -> Iterator[str]:
    """At most one call, at most as many chats as allowed, deferred work alone."""
    for agent, segments in story.by_agent.items():
        pool = story.pool_of[agent]
        for at in {s.start for s in segments if s.end > s.start}:
            hands = story.hands(agent, at)
            channels = Counter(story.channel[story.type_of[v]] for v in hands)
            if channels[Channel.PHONE] > 1:
                yield f"agent {agent} has two calls at {at}"
            if len(hands) > story.plan.pools.concurrency[pool]:
                yield f"agent {agent} has {len(hands)} contacts at {at}"
            if len(hands) > 1 and any(channel.is_deferred for channel in channels):
                yield f"agent {agent} has deferred work beside others at {at}"
            if channels[Channel.PHONE] and len(hands) > 1 and not story.plan.pools.mixes_calls[pool]:
                yield f"agent {agent} has a call beside chats at {at}"


def work_starts_in_time_and_ends_in_overtime(story: Story) -> Iterator[str]:
    """Outside the spell agents only finish; after a block is due they start nothing; overtime is work."""
    for s in story.segments:
        d = s.spell
        pooled = story.pooled[story.pool_of[s.agent]]
        if story.spell_agent[d] != s.agent or not story.begins[d] <= s.start <= s.end <= story.ends[d]:
            yield f"agent {s.agent} works on visit {s.visit} outside spell {d}"
        if not (s.start < story.planned_to[d] or (pooled and s.start == story.planned_to[d])):
            yield f"agent {s.agent} starts visit {s.visit} at {s.start}, after its end {story.planned_to[d]}"
        for block in story.blocks(d):
            over = story.block_to[block] if story.block_from[block] >= 0 else NEVER
            if story.block_due[block] <= s.start < over:
                yield f"agent {s.agent} starts visit {s.visit} at {s.start}, block due at {story.block_due[block]}"
            if s.start < over and s.end > story.block_from[block] >= 0 and s.end > s.start:
                yield f"agent {s.agent} works on visit {s.visit} in a break"
    for d, agent in enumerate(story.spell_agent):
        end, planned = story.ends[d], story.planned_to[d]
        if story.worked(d) and end > story.begins[d] and end > planned:
            in_hand = any(s.spell == d and s.end == end for s in story.by_agent.get(agent, []))
            on_break = story.pooled[story.pool_of[agent]] and any(story.block_to[b] == end for b in story.blocks(d))
            if not (in_hand or on_break or story.log.stopped == end):
                yield f"agent {agent} stays on after {planned} without work"


def breaks_are_taken_when_due(story: Story) -> Iterator[str]:
    """As soon as the agent is free, one after another, at full length, unless the spell ends."""
    for d in range(len(story.spell_agent)):
        free = story.begins[d]
        for block in story.blocks(d):
            begun, over = story.block_from[block], story.block_to[block]
            due = max(story.block_due[block], free)
            hands = [s.end for s in story.by_agent.get(story.spell_agent[d], []) if s.spell == d and s.start < due]
            expected = max([due, *(end for end in hands if end > due)])
            # Leavers pooled: a planned end may have been traded for one that was past already.
            pooled = story.pooled[story.pool_of[story.spell_agent[d]]]
            ended = story.ends[d] if pooled else min(story.planned_to[d], story.ends[d])
            if begun < 0:
                if story.worked(d) and expected < ended:
                    yield f"block {block} of spell {d} is dropped, could begin at {expected}"
                continue
            if begun != expected or (begun >= ended and begun != story.log.stopped):
                yield f"block {block} of spell {d} begins at {begun}, not {expected}, spell ends {ended}"
            if over - begun != story.block_length[block] and not (
                over == story.ends[d] < begun + story.block_length[block]
            ):
                yield f"block {block} of spell {d} lasts {over - begun}, not {story.block_length[block]}"
            free = over


def nobody_waits_beside_a_free_agent(story: Story) -> Iterator[str]:
    """No contact waits while an agent who may take it has room for it."""
    agents = range(len(story.pool_of))
    routing = story.plan.routing
    for at in story.instants:
        waiting = [w.visit for w in story.waiting if w.since <= at < w.until]
        if not waiting:
            continue
        ready = [(a, story.hands(a, at)) for a in agents if story.takes_work(a, at)]
        on_shift = story.on_shift(at)
        for visit in waiting:
            type = story.type_of[visit]
            for row in story.steps_open(visit, at, on_shift):
                pool, reserve = int(routing.pool[row]), int(routing.keep_free[row])
                if reserve and story.idle(pool, at) <= reserve:
                    continue
                for agent, hands in ready:
                    if story.pool_of[agent] == pool and story.has_room(agent, type, hands):
                        yield f"visit {visit} waits at {at} beside agent {agent}, who has {hands}"


def conditions_hold_when_work_starts(story: Story) -> Iterator[str]:
    """
    Who takes a contact from the queue may do so: its pool, wait, window and awake conditions.

    Where agents come and go at the very instant there is a moment, in the order of rule 11, at which all conditions of
    a step hold together; not before the agent is back and the contact there.
    """
    resumed = {(agent, visit, until) for agent, visit, _, until in story.kept}
    for s in story.segments:
        if (s.agent, s.visit, s.start) in resumed:
            continue
        pools = {
            int(story.plan.routing.pool[row])
            for on_shift in _from(max(story.not_before(s)), story.course(s.start))
            for row in story.steps_open(s.visit, s.start, on_shift)
        }
        if story.pool_of[s.agent] not in pools:
            yield f"agent {s.agent} may not take visit {s.visit} at {s.start}"


def _from(moment: Moment, course: list[tuple[Moment, Counter[int]]]) -> list[Counter[int]]:
    """Who is on shift at the moment and at the later ones of its instant."""
    first = max(stage for stage, (begins, _) in enumerate(course) if begins <= moment)
    return [on_shift for _, on_shift in course[first:]]


def work_is_conserved(story: Story) -> Iterator[str]:
    """On a completed visit base work and what hand-overs and interruptions add is done, and less than a tick more."""
    visits = story.workload.visits
    for visit, stretches in story.by_visit.items():
        if stretches[-1].why not in SERVED:
            continue
        owed = int(visits.work[visit] + visits.wrap_up[visit])
        owed += sum(story.overhead(segment, later) for segment, later in pairwise(stretches))
        done = sum(_done_in(story, s) for s in stretches)
        phases = 2 if visits.wrap_up[visit] else 1
        fastest = max(max(story.rates(s)) for s in stretches)
        if not owed <= done < owed + phases * fastest:
            yield f"visit {visit} took {done} units of work for {owed}"


def _done_in(story: Story, segment: Segment) -> int:
    """Units done in a segment, at the rate of as many contacts as the agent had open at each instant."""
    others = story.by_agent[segment.agent]
    cuts = {t for s in [*others, segment] for t in (s.start, s.end) if segment.start <= t <= segment.end}
    rates = story.rates(segment)
    done = 0
    for begins, ends in pairwise(sorted(cuts)):
        k = len(story.hands(segment.agent, begins))
        done += rates[k - 1] * (ends - begins) if k <= len(rates) else 0
    return done


def queues_are_first_come_first_served(story: Story) -> Iterator[str]:
    """Nobody is taken from a queue past one of the same type who has waited longer."""
    resumed = {(agent, visit, until) for agent, visit, _, until in story.kept}
    for s in story.segments:
        if (s.agent, s.visit, s.start) in resumed:
            continue
        for w in story.waiting:
            same = w.visit < s.visit and story.type_of[w.visit] == story.type_of[s.visit]
            if same and w.since < s.start < w.until:
                yield f"visit {s.visit} is taken at {s.start} past visit {w.visit}"


def idle_agents_take_the_highest_priority(story: Story) -> Iterator[str]:
    """
    An idle agent does not take a contact past one of higher priority that it may take as well.

    Nor is one interrupted for it, but where a pool starts again whose leavers were awaited: there waiting contacts look
    for somebody to interrupt by their number, whatever their priority.
    """
    priority = story.plan.pools.priority
    interrupted = {(s.agent, s.end) for s in story.segments if s.why == Why.INTERRUPTED}
    resumed = {(agent, visit, until) for agent, visit, _, until in story.kept}
    for s in story.segments:
        pool = story.pool_of[s.agent]
        if (s.agent, s.visit, s.start) in resumed or story.begins_beside_others(s):
            continue
        for w in story.waiting:
            by_number = story.is_overdue(pool, s.start - 1) and s.visit < w.visit
            if (s.agent, s.start) in interrupted and by_number:
                continue
            if (
                w.since < s.start < w.until
                and priority[pool, story.type_of[w.visit]] > priority[pool, story.type_of[s.visit]]
            ):
                course = [(s.start - 1, story.on_shift(s.start - 1))]
                course += [(s.start, on_shift) for _, on_shift in story.course(s.start)]
                throughout = set.intersection(*(set(story.steps_open(w.visit, *stage)) for stage in course))
                rows = [r for r in throughout if story.plan.routing.pool[r] == pool]
                if any(story.plan.routing.keep_free[r] == 0 for r in rows):
                    yield f"agent {s.agent} takes visit {s.visit} at {s.start} past visit {w.visit}"


def the_number_on_duty_is_kept(story: Story) -> Iterator[str]:
    """Spells are worked as planned; where leavers are pooled ends are traded, never lost."""
    planned, traded = defaultdict(Counter), defaultdict(Counter)
    spells = story.workload.spells
    for d, agent in enumerate(story.spell_agent):
        pool = story.pool_of[agent]
        planned[pool][int(spells.ends[d])] += 1
        traded[pool][story.planned_to[d]] += 1
        waits = story.is_still_on_from_before(d)
        if spells.absent[d] != (not story.worked(d)) and spells.begins[d] <= story.log.stopped and not waits:
            yield f"spell {d}: absent {spells.absent[d]}, begins {story.begins[d]}"
        if story.worked(d) and not story.pooled[pool]:
            if story.begins[d] < spells.begins[d] or story.planned_to[d] != spells.ends[d]:
                yield f"spell {d} is not as planned"
            if story.ends[d] < min(story.planned_to[d], story.log.stopped):
                yield f"spell {d} ends too early, at {story.ends[d]}"
    for pool, ends in planned.items():
        if ends != traded[pool]:
            yield f"pool {pool} was to leave at {sorted(ends.elements())}, not {sorted(traded[pool].elements())}"
        if story.pooled[pool]:
            yield from _heads_are_as_planned(story, pool)


def _heads_are_as_planned(story: Story, pool: int) -> Iterator[str]:
    """Those on duty are as many as planned, or more while all of them are busy or on a break."""
    spells = story.workload.spells
    mine = [d for d, a in enumerate(story.spell_agent) if story.pool_of[a] == pool and not spells.absent[d]]
    begins, ends = (sorted(column[d] for d in mine) for column in (spells.begins.tolist(), spells.ends.tolist()))
    for at in story.instants:
        plan = bisect_right(begins, at) - bisect_right(ends, at)
        present = [a for a, p in enumerate(story.pool_of) if p == pool and story.spell_at(a, at) is not None]
        if len(present) < plan:
            yield f"pool {pool} has {len(present)} on duty at {at}, planned {plan}"
        if len(present) > plan and any(not story.hands(a, at) and not _on_break(story, a, at) for a in present):
            yield f"pool {pool} has {len(present)} on duty at {at}, planned {plan}, and somebody is idle"


def _on_break(story: Story, agent: int, at: int) -> bool:
    spell = story.spell_at(agent, at)
    return spell is not None and any(story.block_from[b] <= at < story.block_to[b] for b in story.blocks(spell))


LAWS = (
    contacts_are_conserved,
    agents_do_one_thing_at_a_time,
    work_starts_in_time_and_ends_in_overtime,
    breaks_are_taken_when_due,
    nobody_waits_beside_a_free_agent,
    conditions_hold_when_work_starts,
    work_is_conserved,
    queues_are_first_come_first_served,
    idle_agents_take_the_highest_priority,
    the_number_on_duty_is_kept,
)
