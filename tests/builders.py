"""
Small centers made by hand, in seconds, with the story of what happened in them.

    center = Center(
        types=[Type("calls", patience=60)],
        pools=[Pool("home", agents=2)],
        contacts=[Contact("calls", at=0, work=30), Contact("calls", at=10, work=30)],
    )
    assert center.work() == [(0, 30, "home-0", 0), (10, 40, "home-1", 1)]

Types and pools are numbered in the order given, agents by pool, contacts by arrival (as the engine numbers them).
Without ``shifts`` every agent is on duty throughout; without ``routing`` each type goes to all pools that handle it, at
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from ccsim.engine import simulate
from ccsim.log import Log, Outcome, Why
from ccsim.plan import (
    TICKS_PER_SECOND,
    UNITS_PER_SECOND,
    UNITS_PER_TICK,
    AgentChoice,
    Agents,
    Channel,
    ContactChoice,
    Flexibility,
    Lines,
    Names,
    Plan,
    Pools,
    Routing,
    SpellKind,
    Types,
    Windows,
)
from ccsim.workload import Outages, Rates, Spells, Visits, Workload

Seconds = float
Stretch = tuple[Seconds, Seconds]

UNREAD: Any = None
"""Parts of a Plan that the engine must not read."""

PHONE, CHAT, EMAIL = Channel.PHONE, Channel.CHAT, Channel.EMAIL
LONG_AGO, FOR_EVER = 0, 10_000_000
"""The simulated time of a center that says nothing else. [s]"""


@dataclass(frozen=True)
class Type:
    """A contact type. ``patience`` is that of contacts that name none; -1 = endless."""

    name: str
    channel: Channel = PHONE
    priority: int | None = None
    patience: Seconds = -1
    choose: AgentChoice | None = None
    open: tuple[Stretch, ...] = ((LONG_AGO, FOR_EVER),)
    disconnects: bool = False
    max_waiting: int = -1
    lines: str = ""
    """Name of a group of lines, see ``Center.lines``."""
    weight: int = 1
    finish_if_under: Seconds = 0
    hand_over: Seconds = 0
    resume: Seconds = 0
    returned: bool = False


@dataclass(frozen=True)
class Pool:
    """A pool. It handles all types unless ``handles`` names some; ``slower`` multiplies handle times."""

    name: str
    agents: int = 1
    handles: tuple[str, ...] | None = None
    slower: dict[str, float] = field(default_factory=dict)
    speed: tuple[float, ...] = (1.0,)
    """Of one chat with k open; its length is the concurrency."""
    mixes: bool = False
    interruptible: bool = False
    pooled_leavers: bool = False
    leaves: tuple[Seconds, int, Seconds] | None = None
    """Willing agents go home: after so long idle, with more than so many others idle, with so much left."""
    calls: tuple[int, Seconds, Seconds, Seconds] | None = None
    """Agents on call come: while more than so many wait, so much later, for so long, with such a pause."""
    choose: ContactChoice = ContactChoice.LONGEST_WAITING


@dataclass(frozen=True)
class Step:
    """A pool in a type's list; steps of one rank are asked together."""

    pool: str
    rank: int = 0
    after: Seconds = 0
    window: tuple[Stretch, ...] | None = None
    awake: str = ""
    asleep: str = ""
    keep_free: int = 0


@dataclass(frozen=True)
class Shift:
    """One spell. ``agent`` counts within the pool; ``breaks`` are (due, length)."""

    pool: str
    agent: int
    begins: Seconds
    ends: Seconds
    breaks: tuple[Stretch, ...] = ()
    order: int = 0
    absent: bool = False
    late: Seconds = 0
    kind: SpellKind = SpellKind.ON_DUTY
    willing: bool = False
    """Goes home early if the pool lets agents go."""
    rate_row: int | None = None
    """Of ``Center.rates``; the pool if not given."""


@dataclass(frozen=True)
class Outage:
    """``pools`` and ``types`` are dark. ``back`` names agents who come so long after the end."""

    begins: Seconds
    ends: Seconds
    pools: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    requeues: bool = False
    back: dict[str, Seconds] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    type: str
    at: Seconds
    work: Seconds
    wrap_up: Seconds = 0
    patience: Seconds | None = None
    due: Seconds = -1
    balks: bool = False
    choice: float = 0.0


def ticks(seconds: Seconds) -> int:
    """Ticks of a time; "did not happen" stays -1."""
    return -1 if seconds == -1 else round(seconds * TICKS_PER_SECOND)


def seconds(ticks: Any) -> Seconds:
    return -1 if ticks == -1 else int(ticks) / TICKS_PER_SECOND


def ints(values: Any) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)


def offsets(groups: list[Any]) -> np.ndarray:
    return ints(accumulate((len(group) for group in groups), initial=0))


@dataclass(frozen=True)
class Center:
    """A center and all that happens to it. Times in seconds; the counted period is the whole time unless said."""

    types: list[Type]
    pools: list[Pool]
    contacts: list[Contact]
    routing: dict[str, list[Step]] = field(default_factory=dict)
    shifts: list[Shift] | None = None
    lines: dict[str, int] = field(default_factory=dict)
    counted: Stretch | None = None
    run_end: Seconds = FOR_EVER
    rates: tuple[Pool, ...] = ()
    """Agents of each row work as if of such a pool."""
    outages: tuple[Outage, ...] = ()

    # What goes in.

    @cached_property
    def arrivals(self) -> list[Contact]:
        """Contacts in the order of their rows."""
        return sorted(self.contacts, key=lambda contact: (contact.at, self.type_names.index(contact.type)))

    @cached_property
    def type_names(self) -> list[str]:
        return [type.name for type in self.types]

    @cached_property
    def pool_names(self) -> list[str]:
        return [pool.name for pool in self.pools]

    @cached_property
    def agent_names(self) -> list[str]:
        return [f"{pool.name}-{seat}" for pool in self.pools for seat in range(pool.agents)]

    def handles(self, pool: Pool, type: Type) -> bool:
        return pool.handles is None or type.name in pool.handles

    def steps(self, type: Type) -> list[Step]:
        if type.name in self.routing:
            return sorted(self.routing[type.name], key=lambda step: step.rank)
        return [Step(pool.name) for pool in self.pools if self.handles(pool, type)]

    def rate(self, pool: Pool, type: Type, k: int) -> int:
        if not self.handles(pool, type) or k > len(pool.speed):
            return 0
        speed = pool.speed[k - 1] if type.channel == CHAT else 1.0
        return max(1, round(UNITS_PER_TICK * speed / pool.slower.get(type.name, 1.0)))

    def priority(self, pool: Pool, type: Type) -> int:
        if not self.handles(pool, type):
            return -1
        return type.priority if type.priority is not None else int(not type.channel.is_deferred)

    @cached_property
    def plan(self) -> Plan:
        types, pools = self.types, self.pools
        steps = [self.steps(type) for type in types]
        flat = [step for group in steps for step in group]
        windows = [step.window for step in flat if step.window is not None]
        openings = [type.open for type in types]
        lines = list(self.lines)
        concurrency = max(len(pool.speed) for pool in pools)
        counted_from, counted_to = self.counted or (0, self.run_end)
        n, p = len(types), len(pools)
        default = {CHAT: AgentChoice.LEAST_LOADED}
        deepest = range(1, concurrency + 1)
        pool_row = {"": -1} | {name: row for row, name in enumerate(self.pool_names)}
        return Plan(
            scenario="by hand",
            epoch=0,
            counted_from=ticks(counted_from),
            counted_to=ticks(counted_to),
            run_end=ticks(self.run_end),
            currency="USD",
            types=Types(
                name=tuple(self.type_names),
                stream=tuple(self.type_names),
                channel=ints(type.channel for type in types),
                weight=ints(type.weight for type in types),
                max_waiting=ints(type.max_waiting for type in types),
                line_group=ints(lines.index(type.lines) if type.lines else -1 for type in types),
                at_close_disconnect=np.array([type.disconnects for type in types]),
                finish_if_under=ints(type.finish_if_under * UNITS_PER_SECOND for type in types),
                hand_over_work=ints(type.hand_over * UNITS_PER_SECOND for type in types),
                resume_work=ints(type.resume * UNITS_PER_SECOND for type in types),
                interrupted_returns=np.array([type.returned for type in types]),
                agent_choice=ints(
                    default.get(type.channel, AgentChoice.LONGEST_IDLE) if type.choose is None else type.choose
                    for type in types
                ),
                opening_offset=offsets(openings),
                opening_from=ints(ticks(begins) for group in openings for begins, _ in group),
                opening_to=ints(ticks(ends) for group in openings for _, ends in group),
                work_law=(),
                wrap_law=(),
                patience_law=(),
                balk=np.zeros(n),
            ),
            lines=Lines(name=tuple(lines), limit=ints(self.lines.values())),
            pools=Pools(
                name=tuple(self.pool_names),
                stream=tuple(self.pool_names),
                site=ints([0] * p),
                concurrency=ints(len(pool.speed) for pool in pools),
                mixes_calls=np.array([pool.mixes for pool in pools]),
                interruptible=np.array([pool.interruptible for pool in pools]),
                contact_choice=ints(pool.choose for pool in pools),
                pooled_leavers=np.array([pool.pooled_leavers for pool in pools]),
                rate=np.array([[[self.rate(pool, type, k) for k in deepest] for type in types] for pool in pools]),
                priority=np.array([[self.priority(pool, type) for type in types] for pool in pools]),
                factor=np.ones((p, n)),
                speed=np.ones((p, concurrency)),
            ),
            routing=Routing(
                offset=offsets(steps),
                pool=ints(pool_row[step.pool] for step in flat),
                rank=ints(step.rank for step in flat),
                after=ints(ticks(step.after) for step in flat),
                window=ints(-1 if step.window is None else windows.index(step.window) for step in flat),
                awake=ints(pool_row[step.awake] for step in flat),
                asleep=ints(pool_row[step.asleep] for step in flat),
                keep_free=ints(step.keep_free for step in flat),
                lane=ints(0 for _ in flat),
            ),
            windows=Windows(
                offset=offsets(windows),
                begins=ints(ticks(begins) for window in windows for begins, _ in window),
                ends=ints(ticks(ends) for window in windows for _, ends in window),
            ),
            agents=Agents(
                pool=ints(row for row, pool in enumerate(pools) for _ in range(pool.agents)),
                line=ints(row for row, pool in enumerate(pools) for _ in range(pool.agents)),
                seat=ints(seat for pool in pools for seat in range(pool.agents)),
                line_name=tuple(self.pool_names),
            ),
            shifts=UNREAD,
            heads=UNREAD,
            shrinkage=UNREAD,
            forecast=UNREAD,
            promises=UNREAD,
            months=UNREAD,
            sites=UNREAD,
            names=Names(tuple(range(n)), tuple(range(p)), ()),
            flexibility=self.flexibility,
        )

    @property
    def flexibility(self) -> Flexibility | None:
        """Agents of a pool are one line."""
        if all(pool.leaves is None and pool.calls is None for pool in self.pools):
            return None
        after_idle, keep_idle, left = zip(*(pool.leaves or (-1, -1, -1) for pool in self.pools), strict=True)
        waiting, lead, stays, pause = zip(*(pool.calls or (-1, -1, -1, -1) for pool in self.pools), strict=True)
        return Flexibility(
            leave_after_idle=ints(map(ticks, after_idle)),
            leave_keep_idle=ints(keep_idle),
            leave_at_least_left=ints(map(ticks, left)),
            call_when_waiting=ints(waiting),
            call_lead=ints(map(ticks, lead)),
            call_stays=ints(map(ticks, stays)),
            call_pause=ints(map(ticks, pause)),
        )

    @cached_property
    def spells(self) -> list[Shift]:
        """Shifts in the order of their rows."""
        if self.shifts is None:
            return [Shift(pool.name, seat, LONG_AGO, FOR_EVER) for pool in self.pools for seat in range(pool.agents)]
        return sorted(self.shifts, key=lambda shift: (shift.begins, self.agent_of(shift)))

    def agent_of(self, shift: Shift) -> int:
        return self.agent_names.index(f"{shift.pool}-{shift.agent}")

    @cached_property
    def workload(self) -> Workload:
        patience = {type.name: type.patience for type in self.types}
        spells = self.spells
        breaks = [shift.breaks for shift in spells]
        count = sum(map(len, breaks))
        return Workload(
            visits=Visits(
                type=ints(self.type_names.index(contact.type) for contact in self.arrivals),
                number=ints(range(len(self.arrivals))),
                arrived=ints(round(contact.at * TICKS_PER_SECOND) for contact in self.arrivals),
                work=ints(round(contact.work * UNITS_PER_SECOND) for contact in self.arrivals),
                wrap_up=ints(round(contact.wrap_up * UNITS_PER_SECOND) for contact in self.arrivals),
                patience=ints(
                    ticks(patience[contact.type] if contact.patience is None else contact.patience)
                    for contact in self.arrivals
                ),
                due=ints(ticks(contact.due) for contact in self.arrivals),
                balks=np.array([contact.balks for contact in self.arrivals], dtype=bool),
                choice=np.array([contact.choice for contact in self.arrivals]),
                lane=ints([]),
            ),
            spells=Spells(
                agent=ints(map(self.agent_of, spells)),
                begins=ints(ticks(shift.begins) for shift in spells),
                ends=ints(ticks(shift.ends) for shift in spells),
                rate_row=ints(
                    self.pool_names.index(shift.pool) if shift.rate_row is None else shift.rate_row for shift in spells
                ),
                order=ints(shift.order for shift in spells),
                absent=np.array([shift.absent for shift in spells], dtype=bool),
                kind=ints(shift.kind for shift in spells),
                late=ints(ticks(shift.late) for shift in spells),
                willing=np.array([shift.willing for shift in spells], dtype=bool),
                block_offset=offsets(breaks),
                block_due=ints(ticks(due) for group in breaks for due, _ in group),
                block_length=ints(ticks(length) for group in breaks for _, length in group),
                block_paid=np.zeros(count, dtype=bool),
                block_kind=ints([0] * count),
            ),
            rates=self.drawn_rates,
            outages=self.drawn_outages,
        )

    @property
    def drawn_rates(self) -> Rates | None:
        if not self.rates:
            return None
        deepest = range(1, max(len(pool.speed) for pool in self.pools) + 1)
        rate = [[[self.rate(row, type, k) for k in deepest] for type in self.types] for row in self.rates]
        return Rates(rate=np.array(rate), resolves=np.zeros((0, 0)), transfers=np.zeros((0, 0)))

    @property
    def drawn_outages(self) -> Outages | None:
        if not self.outages:
            return None
        rows = sorted(self.outages, key=lambda outage: outage.begins)
        return Outages(
            begins=ints(ticks(row.begins) for row in rows),
            ends=ints(ticks(row.ends) for row in rows),
            pools=np.array([[name in row.pools for name in self.pool_names] for row in rows]),
            types=np.array([[name in row.types for name in self.type_names] for row in rows]),
            requeues=np.array([row.requeues for row in rows]),
            back=np.array([[ticks(row.back.get(name, 0)) for name in self.agent_names] for row in rows]),
            name=tuple(str(row) for row in range(len(rows))),
        )

    # What comes out.

    @cached_property
    def log(self) -> Log:
        return simulate(self.plan, self.workload)

    def work(self) -> list[tuple[Seconds, Seconds, str, int]]:
        """Segments that ended as they should: (start, end, agent, contact), and why they ended where they did not."""
        s = self.log.segments
        rows = zip(s.start, s.end, s.agent, s.visit, s.why, strict=True)
        return [
            (seconds(start), seconds(end), self.agent_names[agent], int(visit))
            if why in (Why.DONE, Why.WRAPPED_UP)
            else (seconds(start), seconds(end), self.agent_names[agent], int(visit), Why(why).name.lower())
            for start, end, agent, visit, why in rows
        ]

    def outcomes(self) -> list[str]:
        """Per contact, in the order of rows."""
        return [Outcome(outcome).name.lower() for outcome in self.log.visits.outcome]

    def left(self) -> list[Seconds]:
        """When each customer left, -1 if not."""
        return [seconds(left) for left in self.log.visits.left]

    def waits(self) -> list[Seconds]:
        """Per contact: arrival to first start, -1 if none."""
        v = self.log.visits
        return [seconds(s - a) if s >= 0 else -1 for s, a in zip(v.started, v.arrived, strict=True)]

    def duty(self) -> list[tuple[str, Seconds, Seconds]]:
        """Spells as they were: (agent, begin, end)."""
        s = self.log.spells
        return [
            (self.agent_names[agent], seconds(begins), seconds(ends))
            for agent, begins, ends in zip(s.agent, s.begins, s.ends, strict=True)
        ]

    def down(self) -> list[tuple[str, Seconds, Seconds]]:
        """Agents out because of outages: (agent, begin, end)."""
        d = self.log.downtime
        assert d is not None
        return [
            (self.agent_names[agent], seconds(begins), seconds(ends))
            for agent, begins, ends in zip(d.agent, d.begins, d.ends, strict=True)
        ]

    def breaks(self) -> list[Stretch]:
        """Breaks as taken, (-1, -1) where dropped."""
        s = self.log.spells
        return [(seconds(begins), seconds(ends)) for begins, ends in zip(s.block_from, s.block_to, strict=True)]
