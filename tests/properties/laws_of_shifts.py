"""
Laws of agents who come late, are called in, go home early, learn, and whose sites go dark; and the story of a center
where they are, for which the laws of the floor hold as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ccsim.log import Outcome, Why
from ccsim.plan import SpellKind
from tests.properties import laws_of_the_floor as floor
from tests.properties.laws_of_the_floor import BEGINNING, COMES, GOES, NEVER, Moment, Segment, Story, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.log import Log
    from ccsim.plan import Plan
    from ccsim.workload import Workload

BEHIND_AGENTS = 1 << 40
TIMER = 7
WORK_HAS_ENDED: Moment = (1, BEHIND_AGENTS)
END: Moment = (9, 0)
Stretch = tuple[int, int]


class WorkingStory(Story):
    """What a Log tells of agents who are not always there."""

    def __init__(self, plan: Plan, workload: Workload, log: Log) -> None:
        super().__init__(plan, workload, log)
        spells, outages, flexibility = workload.spells, workload.outages, plan.flexibility
        self.window = list(zip(spells.begins.tolist(), spells.ends.tolist(), strict=True))
        self.on_call = (spells.kind == SpellKind.ON_CALL).tolist()
        self.planned_from = log.spells.planned_from.tolist()
        self.called = [
            is_on_call and (self.worked(d) or (self.planned_from[d], self.planned_to[d]) != self.window[d])
            for d, is_on_call in enumerate(self.on_call)
        ]
        late = zip(spells.begins.tolist(), spells.late.tolist(), self.planned_from, self.on_call, strict=True)
        self.comes = [planned if is_on_call else begins + by for begins, by, planned, is_on_call in late]
        self.sent_home = log.spells.sent_home.tolist()
        self.rate_row = spells.rate_row.tolist()
        self.flexibility = flexibility
        self.outages = [] if outages is None else list(
            zip(
                outages.begins.tolist(), outages.ends.tolist(), outages.pools.tolist(), outages.types.tolist(),
                outages.requeues.tolist(), outages.back.tolist(), strict=True,
            )
        )  # fmt: skip
        self.downtime: dict[int, list[Stretch]] = defaultdict(list)
        if log.downtime is not None:
            rows = zip(
                log.downtime.spell.tolist(), log.downtime.begins.tolist(), log.downtime.ends.tolist(), strict=True
            )
            for spell, begins, ends in rows:
                self.downtime[spell].append((begins, ends))
        self.passed: set[int] = set()
        self.pending: dict[int, list[Stretch]] = defaultdict(list)
        """By spell: from when a block was due, which its agent could not take, until it passed, or the rest was due."""
        for d in range(len(self.comes)):
            self.let_blocks_pass(d)

    def let_blocks_pass(self, spell: int) -> None:
        """Of a block that fell due before its agent came, or while it was down, only the rest is left, if any."""
        for gate in sorted([self.comes[spell], *(ends for _, ends in self.downtime[spell])]):
            for block in super().blocks(spell):
                if block in self.passed or 0 <= self.block_from[block] < gate:
                    continue
                if self.block_due[block] >= gate:
                    break
                self.pending[spell].append((self.block_due[block], gate))
                over = self.workload.spells.block_due[block] + self.workload.spells.block_length[block]
                if over > gate and gate < self.ends[spell]:
                    self.block_due[block], self.block_length[block] = gate, int(over) - gate
                    break
                self.passed.add(block)

    def blocks(self, spell: int) -> Iterable[int]:
        return (block for block in super().blocks(spell) if block not in self.passed)

    # The dark.

    @cached_property
    def dark(self) -> list[list[Stretch]]:
        """By agent, when its site is dark for it; stretches that only touch stay apart."""
        stretches: list[list[Stretch]] = [[] for _ in self.pool_of]
        for begins, ends, pools, _, _, back in self.outages:
            for agent, pool in enumerate(self.pool_of):
                mine = stretches[agent]
                if pools[pool] and mine and begins < mine[-1][1]:
                    mine[-1] = (mine[-1][0], max(mine[-1][1], ends + back[agent]))
                elif pools[pool]:
                    mine.append((begins, ends + back[agent]))
        return stretches

    def is_dark(self, agent: int, at: int) -> bool:
        return any(begins <= at < ends for begins, ends in self.dark[agent])

    # Who is on shift.

    def is_expected(self, spell: int) -> bool:
        """Comes at all, if the run lasts so long."""
        if self.on_call[spell]:
            return self.called[spell]
        return not self.workload.spells.absent[spell] and self.comes[spell] < self.window[spell][1]

    def end_of_plan(self, spell: int) -> int:
        """Of those called in as they were called."""
        if not self.on_call[spell]:
            return self.window[spell][1]
        assert self.flexibility is not None
        line = self.plan.agents.line[self.workload.spells.agent[spell]]
        return min(self.window[spell][1], self.planned_from[spell] + int(self.flexibility.call_stays[line]))

    @cached_property
    def on_shift_pieces(self) -> list[tuple[int, int, Moment, int, Moment]]:
        """(pool, begin, its moment, end, its moment) of what counts as on shift."""
        planned = self.workload.spells.agent.tolist()
        rows = [
            (planned[d], self.comes[d], self.end_of_plan(d), (GOES, planned[d]), self.comes_at_the_latest(d))
            for d in range(len(self.comes))
            if self.is_expected(d)
        ]
        for d, gone in enumerate(self.sent_home):
            if gone:  # the end that it took with it falls due no more
                pool = self.pool_of[self.spell_agent[d]]
                old = next(
                    row
                    for row in rows
                    if self.pool_of[row[0]] == pool and row[2] == self.planned_to[d] and row[3][0] == GOES
                    and (self.pooled[pool] or row[:2] == (planned[d], self.comes[d]))
                )  # fmt: skip
                rows[rows.index(old)] = (*old[:2], self.ends[d], (TIMER, self.spell_agent[d]), old[4])
        return [piece for row in rows for piece in self.lit_pieces(*row)]

    def lit_pieces(
        self, agent: int, begins: int, ends: int, goes: Moment, comes: Moment
    ) -> Iterator[tuple[int, int, Moment, int, Moment]]:
        """A spell less the dark. Who is back at the very end of the spell comes before it goes (rule 11)."""
        pool, since = self.pool_of[agent], begins
        for falls, back in self.dark[agent]:
            if back <= since or falls >= ends:
                continue
            if since <= falls:
                row = max(o for o, outage in enumerate(self.outages) if outage[0] == falls and outage[2][pool])
                yield pool, since, comes, falls, (GOES, BEHIND_AGENTS + row)
            since, comes = back, (COMES, agent)
        if since <= ends:
            yield pool, since, comes, ends, goes

    # Who is called in to come at once.

    def comes_at_once(self, spell: int) -> bool:
        """The agent comes in the course of the event that calls it."""
        line = self.plan.agents.line[self.workload.spells.agent[spell]]
        return self.called[spell] and self.flexibility is not None and self.flexibility.call_lead[line] == 0

    def comes_to(self, spell: int) -> tuple[int, Moment]:
        agent = int(self.workload.spells.agent[spell])
        return self.comes[spell], BEGINNING if self.comes_at_once(spell) else (COMES, agent)

    def comes_at_the_latest(self, spell: int) -> Moment:
        """
        The moment of its instant at which an agent comes; of those called in to come at once the moment by which as
        many contacts, each with more waiting than should, have called as agents of the line were called.
        """
        agent = int(self.workload.spells.agent[spell])
        if not self.comes_at_once(spell):
            return COMES, agent
        agent_of, line_of = self.workload.spells.agent.tolist(), self.plan.agents.line
        before = sum(
            self.called[d] and self.comes[d] == self.comes[spell] and line_of[a] == line_of[agent] and a < agent
            for d, a in enumerate(agent_of)
        )
        calls = sorted(self.calls_for(agent, self.comes[spell]))
        return calls[before] if before < len(calls) else END

    def calls_for(self, agent: int, at: int) -> Iterator[Moment]:
        """
        By when contacts have called the agent's line that arrive at the instant and surely find more waiting than
        should. One that this agent takes finds it there, or has called as well.
        """
        assert self.flexibility is not None
        limit = int(self.flexibility.call_when_waiting[self.plan.agents.line[agent]])
        mine = [w for w in self.waiting if self.pool_of[agent] in _pools_of(self, self.type_of[w.visit])]
        long_there = sum(w.since < at < w.until for w in mine)
        stay = {w.visit for w in mine if w.since == at == max(self.arrived[w.visit], 0)}
        taken = {s.visit for s in self.by_agent.get(agent, []) if s.start == at == max(self.arrived[s.visit], 0)} - stay
        for visit in stay | taken:
            moment = self.arrives_at(visit)
            waiting = long_there + sum(self.arrives_at(other) <= moment for other in stay) + (visit in taken)
            if waiting > limit:
                yield max(moment, WORK_HAS_ENDED)

    def on_shift(self, at: int) -> Counter[int]:
        return Counter(pool for pool, begins, _, ends, _ in self.on_shift_pieces if begins <= at < ends)

    def course(self, at: int) -> list[tuple[Moment, Counter[int]]]:
        changes = [(comes, pool, 1) for pool, begins, comes, _, _ in self.on_shift_pieces if begins == at]
        changes += [(goes, pool, -1) for pool, _, _, ends, goes in self.on_shift_pieces if ends == at]
        present = self.on_shift(at - 1)
        stages = [(BEGINNING, present)]
        for moment, pool, change in sorted(changes):
            present = present + Counter()
            present[pool] += change
            stages.append((moment, present))
        return stages

    def is_overdue(self, pool: int, at: int) -> bool:
        """Whoever goes on into another spell is not to leave, unless that one went to somebody whose end had waited."""
        given_away = {d for d, ends in enumerate(self.ends) if ends == self.comes[d]} | {None}
        return self.pooled[pool] and any(
            self.planned_to[d] <= at < self.ends[d] and self.goes_on_into(d) in given_away
            for d, a in enumerate(self.spell_agent)
            if self.pool_of[a] == pool and not self.passes_in_overtime(d)
        )

    def goes_on_into(self, spell: int) -> int | None:
        """The agent's spell that begins when this one is to end."""
        planned = self.workload.spells.agent
        return next(
            (
                d
                for d in range(len(self.comes))
                if d != spell and planned[d] == self.spell_agent[spell] and self.comes[d] == self.planned_to[spell]
                and self.is_expected(d) and not self.on_call[d]
            ),
            None,
        )  # fmt: skip

    def takes_work(self, agent: int, at: int) -> bool:
        """Not in the dark, nor before a break or another spell, while the agent finishes what it has in hand."""
        finishes = any(
            mine == agent
            and self.is_expected(d)
            and self.comes[d] <= at < (self.begins[d] if self.worked(d) else NEVER)
            for d, mine in enumerate(self.spell_agent)
        )
        spell = self.spell_at(agent, at)
        due = spell is not None and any(since <= at < until for since, until in self.pending[spell])
        return not (finishes or due or self.is_dark(agent, at)) and super().takes_work(agent, at)

    # Work.

    def rates(self, segment: Segment) -> list[int]:
        if self.workload.rates is None:
            return super().rates(segment)
        return self.workload.rates.rate[self.rate_row[segment.spell], self.type_of[segment.visit]].tolist()

    @cached_property
    def kept(self) -> list[tuple[int, int, int, int]]:
        """Kept work goes back when the site goes dark, and with an agent who goes straight on."""
        rows = []
        for visit, stretches in self.by_visit.items():
            returns = self.plan.types.interrupted_returns[self.type_of[visit]]
            for segment, later in zip(stretches, [*stretches[1:], None], strict=True):
                if segment.why == Why.PAUSED or (segment.why == Why.INTERRUPTED and not returns):
                    resumed = later is not None and self.resumes(segment, later)
                    until = later.start if resumed and later is not None else self.gives_back(segment)
                    rows.append((segment.agent, visit, segment.end, until))
        return rows

    def resumes(self, segment: Segment, later: Segment) -> bool:
        """Whether the agent goes on with what it has kept; one who left and comes back takes it as anybody would."""
        is_still_on = later.agent == segment.agent and later.spell in self.straight_on(segment.spell)
        return is_still_on and later.start <= self.gives_back(segment)

    def gives_back(self, segment: Segment) -> int:
        """When an agent returns to the queue what it keeps since a segment ended, unless it resumes it before."""
        return min(self.released_after_all(segment), self.falls_dark(segment))

    def falls_dark(self, segment: Segment) -> int:
        """When the site is next dark for the agent of a segment that ended."""
        return min((begins for begins, _ in self.dark[segment.agent] if begins >= segment.end), default=NEVER)

    def released_after_all(self, segment: Segment) -> int:
        """When the agent, going straight on from spell to spell, is off duty; not while it is late for the next one."""
        last = self.straight_on(segment.spell)[-1]
        return self.released(last) if self.worked(last) else NEVER

    def straight_on(self, spell: int) -> list[int]:
        """A spell and those into which its agent goes straight on, the last one perhaps after the end of the run."""
        spells, agent = [spell], self.spell_agent[spell]
        while (following := self.goes_on_into(spells[-1])) is not None and self.spell_agent[following] == agent:
            spells.append(following)
        return spells

    def overhead(self, segment: Segment, later: Segment) -> int:
        """
        An outage adds nothing, be the work in hand or kept; also where leavers are pooled and it lets an agent go who
        has stayed on. Where they are not, what is kept is handed over at the end, before an outage of the same instant.
        """
        types, type = self.plan.types, self.type_of[segment.visit]
        if segment.why == Why.OUTAGE:
            return 0
        if (segment.agent, segment.visit, segment.end) not in {row[:3] for row in self.kept}:
            return super().overhead(segment, later)
        if self.resumes(segment, later):
            return int(types.resume_work[type])
        falls, released = self.falls_dark(segment), self.released_after_all(segment)
        cut = any(s.agent == segment.agent and s.end == falls and s.why == Why.OUTAGE for s in self.segments)
        lets_go = falls == released and cut and self.pooled[self.pool_of[segment.agent]]
        return 0 if falls < released or lets_go else int(types.hand_over_work[type])

    @cached_property
    def instants(self) -> list[int]:
        times = {*super().instants, *(t for _, begins, _, ends, _ in self.on_shift_pieces for t in (begins, ends))}
        return sorted(t for t in times if 0 <= t < self.log.stopped)


# Laws of the floor that agents who come and go as they like put in other words.


def the_number_on_duty_is_kept(story: WorkingStory) -> Iterator[str]:
    """Who is expected comes, not before its time, and stays until its end; where leavers are pooled ends are traded."""
    planned, traded = defaultdict(Counter), defaultdict(Counter)
    for d, agent in enumerate(story.spell_agent):
        pool = story.pool_of[agent]
        if not story.is_expected(d):
            if story.worked(d):
                yield f"spell {d} is worked at {story.begins[d]}, though nobody was to come"
            continue
        planned[pool][story.end_of_plan(d)] += 1
        traded[pool][story.planned_to[d]] += 1
        passed = story.log.stopped if not story.pooled[pool] else story.comes[d]
        if not story.worked(d) and story.comes[d] < story.log.stopped and story.planned_to[d] <= passed:
            yield f"spell {d}, expected at {story.comes[d]}, is never worked"
        if story.worked(d) and not story.pooled[pool]:
            if story.begins[d] < story.comes[d] or story.planned_to[d] != story.end_of_plan(d):
                yield f"spell {d} is not as planned"
            if story.ends[d] < min(story.planned_to[d], story.log.stopped) and not story.sent_home[d]:
                yield f"spell {d} ends too early, at {story.ends[d]}"
    for pool, ends in planned.items():
        if ends != traded[pool]:
            yield f"pool {pool} was to leave at {sorted(ends.elements())}, not {sorted(traded[pool].elements())}"
        if story.pooled[pool]:
            yield from _heads_are_as_planned(story, pool)


def _heads_are_as_planned(story: WorkingStory, pool: int) -> Iterator[str]:
    """Those on duty are as many as planned, or more while all of them are busy, on a break or out."""
    mine = [d for d, a in enumerate(story.spell_agent) if story.pool_of[a] == pool and story.is_expected(d)]
    begins = sorted(story.comes[d] for d in mine)
    ends = sorted(story.ends[d] if story.sent_home[d] else story.planned_to[d] for d in mine)
    for at in story.instants:
        plan = bisect_right(begins, at) - bisect_right(ends, at)
        present = [a for a, p in enumerate(story.pool_of) if p == pool and story.spell_at(a, at) is not None]
        if len(present) < plan:
            yield f"pool {pool} has {len(present)} on duty at {at}, planned {plan}"
        idle = [
            a for a in present if not story.hands(a, at) and not story.is_dark(a, at) and not _on_break(story, a, at)
        ]
        if len(present) > plan and idle:
            yield f"pool {pool} has {len(present)} on duty at {at}, planned {plan}, and somebody is idle"


def _on_break(story: Story, agent: int, at: int) -> bool:
    spell = story.spell_at(agent, at)
    return spell is not None and any(story.block_from[b] <= at < story.block_to[b] for b in story.blocks(spell))


# Outages.


def nobody_works_in_the_dark(story: WorkingStory) -> Iterator[str]:
    """What is in hand when the site goes dark is cut off there."""
    for s in story.segments:
        for begins, ends in story.dark[s.agent]:
            if max(s.start, begins) < min(s.end, ends) or begins < s.start == s.end < ends:
                yield f"agent {s.agent} works from {s.start} to {s.end}, dark from {begins} to {ends}"
        if (s.why == Why.OUTAGE) != any(s.end == begins for begins, _ in story.dark[s.agent]) and not (
            s.why != Why.OUTAGE and _is_over_before(s)
        ):
            yield f"visit {s.visit} of agent {s.agent} ends at {s.end} for {Why(s.why).name}"


def _is_over_before(s: Segment) -> bool:
    """Work may end, be interrupted, handed over or passed on at the very instant, before the outage begins."""
    return s.why not in (Why.OUTAGE, Why.CUT)


def who_is_out_is_down_but_for_breaks(story: WorkingStory) -> Iterator[str]:
    """Downtime is the dark in a spell, less the blocks that were taken."""
    for d, agent in enumerate(story.spell_agent):
        if not story.worked(d):
            continue
        expected = [
            (max(falls, story.begins[d]), min(back, story.ends[d]))
            for falls, back in story.dark[agent]
            if max(falls, story.begins[d]) < min(back, story.ends[d])
        ]
        for block in range(story.offset[d], story.offset[d + 1]):
            begun, over = story.block_from[block], story.block_to[block]
            if begun >= 0:
                expected = [
                    piece
                    for begins, ends in expected
                    for piece in ((begins, min(ends, begun)), (max(begins, over), ends))
                    if piece[0] < piece[1]
                ]
        if expected != story.downtime[d]:
            yield f"agent {agent} is down in spell {d} at {story.downtime[d]}, not {expected}"


def live_contacts_are_lost_or_requeued(story: WorkingStory) -> Iterator[str]:
    """
    By the rule of the first outage that hits their agent; deferred work is never lost. What one outage requeues another
    one of the same instant may cut off where it was taken.
    """
    for s in story.segments:
        if s.why != Why.OUTAGE:
            continue
        requeues = next(
            outage[4] for outage in story.outages if outage[0] == s.end and outage[2][story.pool_of[s.agent]]
        )
        is_last = s == story.by_visit[s.visit][-1]
        lost = is_last and story.outcome[s.visit] == Outcome.DISCONNECTED and story.left[s.visit] == s.end
        goes_on = requeues or story.is_deferred(s.visit) or story.completes(s)
        if lost and goes_on and not _closes(story, s.visit, s.end):
            yield f"visit {s.visit} is lost at {s.end}, though it goes back"
        if not lost and not goes_on:
            yield f"visit {s.visit} is not lost at {s.end}"


def _closes(story: WorkingStory, visit: int, at: int) -> bool:
    types, type = story.plan.types, story.type_of[visit]
    closes = types.opening_to[types.opening_offset[type] : types.opening_offset[type + 1]]
    return bool(types.at_close_disconnect[type]) and at in closes.tolist()


def the_disconnected_were_cut_off_or_closed_upon(story: WorkingStory) -> Iterator[str]:
    """There is no other reason."""
    for visit, outcome in enumerate(story.outcome):
        if outcome == Outcome.DISCONNECTED:
            left = story.left[visit]
            cut = any(s.why == Why.OUTAGE and s.end == left for s in story.by_visit.get(visit, []))
            if not cut and not _closes(story, visit, left):
                yield f"visit {visit} is disconnected at {left} for no reason"


def who_arrives_in_the_dark_is_turned_away(story: WorkingStory) -> Iterator[str]:
    """While the channel is out."""
    for visit, outcome in enumerate(story.outcome):
        arrived = story.arrived[visit]
        before = story.arrives_at(visit) < (GOES, BEHIND_AGENTS)
        dark = any(
            o[3][story.type_of[visit]] and o[0] <= arrived < o[1] and not (before and arrived == o[0])
            for o in story.outages
        )
        if dark and arrived <= story.log.stopped and outcome not in (Outcome.BLOCKED, Outcome.CLOSED, Outcome.OPEN):
            yield f"visit {visit} comes at {arrived} in the dark and is {outcome.name}"
        if dark and outcome == Outcome.OPEN and arrived < story.log.stopped:
            yield f"visit {visit} comes at {arrived} in the dark and stays"


# Hours that follow the queue.


def agents_are_called_in_when_needed(story: WorkingStory) -> Iterator[str]:
    """While more wait than should, the lowest number at home, not more often than the pause allows."""
    if story.flexibility is None:
        return
    for line, limit in enumerate(story.flexibility.call_when_waiting.tolist()):
        if limit >= 0:
            yield from _line_is_called_in(story, line, limit)


def _line_is_called_in(story: WorkingStory, line: int, limit: int) -> Iterator[str]:
    flexibility = story.flexibility
    assert flexibility is not None
    lead, stays, pause = (
        int(column[line]) for column in (flexibility.call_lead, flexibility.call_stays, flexibility.call_pause)
    )
    agent_of = story.workload.spells.agent.tolist()
    windows = [d for d, a in enumerate(agent_of) if story.on_call[d] and story.plan.agents.line[a] == line]
    called = sorted((story.planned_from[d] - lead, agent_of[d], d) for d in windows if story.called[d])
    pool = story.pool_of[agent_of[windows[0]]] if windows else 0
    types = {t for t in range(len(story.channel)) if pool in _pools_of(story, t)}
    waiting = [w for w in _stays(story) if story.type_of[w.visit] in types]
    for at, agent, d in called:
        comes = at + lead
        if not story.window[d][0] <= comes < story.window[d][1]:
            yield f"agent {agent} is called at {at} to come at {comes}, outside window {story.window[d]}"
        if story.worked(d) and not story.pooled[pool] and story.planned_to[d] != min(story.window[d][1], comes + stays):
            yield f"agent {agent} is called at {at} until {story.planned_to[d]}"
        if at < story.log.stopped and sum(w.since <= at <= w.until for w in waiting) <= limit:
            yield f"agent {agent} is called at {at}, though no more than {limit} wait"
        at_home = [o for o in windows if not story.called[o] or story.planned_from[o] > comes]
        for o in at_home:
            begins, ends = story.window[o]
            if agent_of[o] < agent and begins <= comes < ends and not story.is_dark(agent_of[o], at):
                yield f"agent {agent} is called at {at} before agent {agent_of[o]}"
    times = [at for at, _, _ in called]
    for before, after in pairwise(times):
        if after - before < pause:
            yield f"line {line} is called at {before} and at {after}, within its pause of {pause}"
    for at in {w.since for w in waiting if w.since < w.until and w.since < story.log.stopped}:
        joined = [w.visit for w in waiting if w.since == at < w.until]
        more = (
            sum(w.since < at < w.until or (w.since == at < w.until and w.visit <= max(joined)) for w in waiting) > limit
        )
        free = [
            o
            for o in windows
            if story.window[o][0] <= at + lead < story.window[o][1] and not story.is_dark(agent_of[o], at)
            and (not story.called[o] or story.planned_from[o] - lead > at)
        ]  # fmt: skip
        if more and free and not any(at - max(pause, 1) < time <= at for time in times):
            yield f"nobody of line {line} is called at {at}"


def _pools_of(story: Story, type: int) -> set[int]:
    routing = story.plan.routing
    return set(routing.pool[routing.offset[type] : routing.offset[type + 1]].tolist())


def _stays(story: Story) -> list[Waiting]:
    """Stays in a queue, those included that lasted no time because somebody came at once."""
    first = [Waiting(v, max(story.arrived[v], 0), s[0].start) for v, s in story.by_visit.items()]
    ends = (Why.OUTAGE, Why.HANDED_OVER, Why.INTERRUPTED)
    again = [Waiting(s.visit, s.end, s.end) for s in story.segments if s.why in ends]
    again += [Waiting(visit, until, until) for _, visit, _, until in story.kept]
    return [*story.waiting, *(w for w in first if w.since == w.until), *again]


def idle_agents_go_home_when_enough_are_left(story: WorkingStory) -> Iterator[str]:
    """Those who went were willing and idle so long, with enough others idle; of those who stayed one of these fails."""
    flexibility = story.flexibility
    for d, agent in enumerate(story.spell_agent):
        if not story.sent_home[d]:
            continue
        assert flexibility is not None
        pool, at = story.pool_of[agent], story.ends[d]
        after, keep, least = (
            int(column[pool])
            for column in (
                flexibility.leave_after_idle, flexibility.leave_keep_idle, flexibility.leave_at_least_left,
            )
        )  # fmt: skip
        if after < 0 or not story.workload.spells.willing[d] or story.planned_to[d] - at < least:
            yield f"agent {agent} goes home at {at} without the right to"
        worked = any(s.end > at - after for s in story.by_agent.get(agent, []) if s.spell == d and s.start <= at)
        rested = any(story.block_to[b] > at - after for b in story.blocks(d) if story.block_from[b] >= 0)
        if worked or rested or story.begins[d] > at - after or story.is_dark(agent, at):
            yield f"agent {agent} goes home at {at}, idle for less than {after}"
        if at < story.log.stopped and _others_idle(story, agent, at) <= keep:
            yield f"agent {agent} goes home at {at}, though no more than {keep} others are idle"
    yield from _those_who_stay(story)


def _others_idle(story: WorkingStory, agent: int, at: int) -> int:
    """When the agent's timer rings: lower numbers who go home at this instant are gone, higher ones are not yet."""
    pool = story.pool_of[agent]
    later = sum(
        gone and story.ends[d] == at and story.spell_agent[d] > agent and story.pool_of[story.spell_agent[d]] == pool
        for d, gone in enumerate(story.sent_home)
    )
    itself = not story.hands(agent, at) and story.takes_work(agent, at)
    return story.idle(pool, at) + later - itself


def _perhaps_called_later(story: WorkingStory, pool: int, at: int, moment: Moment) -> int:
    """Idle agents who were called in to come at once, perhaps after the moment."""
    return sum(
        story.comes[d] == at
        and story.comes_at_once(d)
        and story.comes_at_the_latest(d) > moment
        and not story.hands(agent, at)
        and story.takes_work(agent, at)
        for d, agent in enumerate(story.spell_agent)
        if story.pool_of[agent] == pool
    )


def _those_who_stay(story: WorkingStory) -> Iterator[str]:
    flexibility = story.flexibility
    if flexibility is None:
        return
    for d, agent in enumerate(story.spell_agent):
        pool = story.pool_of[agent]
        after = int(flexibility.leave_after_idle[pool])
        if after < 0 or not story.worked(d) or not story.workload.spells.willing[d] or story.pooled[pool]:
            continue
        mine = [s for s in story.by_agent.get(agent, []) if s.spell == d]
        taken = [b for b in story.blocks(d) if story.block_from[b] >= 0]
        back = [ends for _, ends in story.downtime[d]]
        for since in {story.begins[d], *(s.end for s in mine), *(story.block_to[b] for b in taken), *back}:
            at = since + after
            lasts = at < min(story.ends[d], story.planned_to[d], story.log.stopped) and not (
                story.hands(agent, since)
                or any(since <= s.start <= at for s in mine)
                or any(
                    since <= story.block_due[b] <= at or story.block_from[b] <= since < story.block_to[b]
                    for b in story.blocks(d)
                )
                or any(begins <= at and since < ends for begins, ends in story.dark[agent])
            )
            if not lasts or story.planned_to[d] - at < flexibility.leave_at_least_left[pool]:
                continue
            others = _others_idle(story, agent, at) - _perhaps_called_later(story, pool, at, (TIMER, agent))
            if others > flexibility.leave_keep_idle[pool]:
                yield f"agent {agent} stays at {at}, idle since {since}"


LAWS = (
    *(law for law in floor.LAWS if law is not floor.the_number_on_duty_is_kept),
    the_number_on_duty_is_kept,
    nobody_works_in_the_dark,
    who_is_out_is_down_but_for_breaks,
    live_contacts_are_lost_or_requeued,
    the_disconnected_were_cut_off_or_closed_upon,
    who_arrives_in_the_dark_is_turned_away,
    agents_are_called_in_when_needed,
    idle_agents_go_home_when_enough_are_left,
)


def broken_laws(plan: Plan, workload: Workload, log: Log) -> list[str]:
    """Every breach of every law, as a sentence."""
    story = WorkingStory(plan, workload, log)
    return [f"{law.__name__}: {breach}" for law in LAWS for breach in law(story)]
