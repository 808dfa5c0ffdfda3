"""
Centers whose customers come again, go on to other types, are called, or stand in lanes. ``tests.builders`` and more.

    center = Journeys(
        types=[Type("calls", patience=60)],
        pools=[Pool("home")],
        moves={"again": retrial("calls", ABANDONED)},
        contacts=[Contact("calls", 0, 100), Customer("calls", 10, 30, then=(Further("again", 30, delay=50),))],
    )

First visits are numbered by arrival, further ones that may follow by customer, attempt and move.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim import workload
from ccsim.plan import (
    UNITS_PER_SECOND,
    Allocation,
    Cause,
    Channel,
    Dialing,
    Moves,
    Plan,
    Predictor,
)
from ccsim.plan import Lanes as PlannedLanes
from ccsim.workload import Dialed, Rates, Workload
from tests.builders import Center, Contact, Seconds, Step, Stretch, ints, offsets, seconds, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.log import Outcome

OUTBOUND = Channel.OUTBOUND
AT_MOST = 5


@dataclass(frozen=True)
class Move:
    """
    ``chances`` by the visit before, the last one goes on; ``passes_on`` by pool, 1 for those it does not name.
    """

    of: str
    to: str
    cause: Cause
    outcome: int = -1
    chances: tuple[float, ...] = (1.0,)
    in_opening_hours: bool = False
    warm: bool = False
    hold_limit: Seconds = 60
    keeps_clock: bool = False
    passes_on: dict[str, float] = field(default_factory=dict)


def retrial(of: str, outcome: Outcome, to: str = "", **more: Any) -> Move:
    return Move(of, to or of, Cause.RETRIAL, outcome, **more)


def recontact(of: str, to: str = "", **more: Any) -> Move:
    return Move(of, to or of, Cause.RECONTACT, **more)


def transfer(of: str, to: str, **more: Any) -> Move:
    return Move(of, to, Cause.TRANSFER, **more)


@dataclass(frozen=True)
class Further:
    """A visit that follows by a move if its ``uniform`` lies below the probability, and those that may follow it."""

    move: str
    work: Seconds
    wrap_up: Seconds = 0
    patience: Seconds = -1
    delay: Seconds = 0
    uniform: float = 0.0
    resolution: float = 0.0
    balks: bool = False
    lane: int = 0
    dial: Seconds = 10
    reached_at: int = 1
    accepts: bool = False
    then: tuple[Further, ...] = ()


@dataclass(frozen=True)
class Customer(Contact):
    """A first visit with what may follow. The matter is resolved if ``resolution`` lies below that of the pool."""

    resolution: float = 0.0
    lane: int = 0
    dial: Seconds = 10
    reached_at: int = 1
    accepts: bool = False
    then: tuple[Further, ...] = ()


@dataclass(frozen=True)
class Calls:
    """How the customers of a type are called: a campaign, or callbacks for who expects to wait longer than ``over``."""

    campaign: bool = False
    over: Seconds = -1
    predictor: Predictor = Predictor.QUEUE_LENGTH
    mean: Seconds = 60
    window: tuple[Seconds, Seconds] | None = None
    attempts: int = 1
    retry_after: Seconds = 100


@dataclass(frozen=True)
class Lanes:
    """The queues of a type: ``steps`` of each."""

    steps: tuple[tuple[Step, ...], ...]
    allocation: Allocation = Allocation.SHARE
    protect: Seconds = -1
    mean: Seconds = 60


@dataclass(frozen=True)
class Possible:
    """A row of the Workload."""

    visit: Customer | Further
    type: str
    customer: int
    attempt: int
    path: tuple[int, ...]


@dataclass(frozen=True)
class Journeys(Center):
    moves: dict[str, Move] = field(default_factory=dict)
    resolves: dict[str, float] = field(default_factory=dict)
    """By pool, 1 for those it does not name."""
    calls: dict[str, Calls] = field(default_factory=dict)
    lanes: dict[str, Lanes] = field(default_factory=dict)
    thresholds: dict[str, Seconds] = field(default_factory=dict)
    business: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    """Hours in which the threshold of a type counts."""

    # What goes in.

    @cached_property
    def move_names(self) -> list[str]:
        return list(self.moves)

    @cached_property
    def possible(self) -> list[Possible]:
        """First visits, then further ones by (customer, attempt, move)."""
        first = [
            Possible(
                contact if isinstance(contact, Customer) else Customer(**vars(contact)), contact.type, row, 0, (row,)
            )
            for row, contact in enumerate(self.arrivals)
        ]
        further = [visit for one in first for visit in self.after(one)]
        moves = {name: number for number, name in enumerate(self.moves)}
        return first + sorted(further, key=lambda p: (p.customer, p.attempt, moves[p.visit.move], p.path))

    def after(self, one: Possible) -> Iterator[Possible]:
        for number, visit in enumerate(one.visit.then):
            path = (*one.path, number)
            following = Possible(visit, self.moves[visit.move].to, one.customer, one.attempt + 1, path)
            yield following
            yield from self.after(following)

    def steps(self, type: Any) -> list[Step]:
        """Of a type with lanes one lane after the other."""
        if type.name in self.lanes:
            return [step for lane in self.lanes[type.name].steps for step in lane]
        return super().steps(type)

    @cached_property
    def plan(self) -> Plan:
        plan = super().plan
        return replace(
            plan,
            moves=self.planned_moves if self.moves or self.resolves else None,
            dialing=self.planned_dialing if self.calls else None,
            lanes=self.planned_lanes if self.lanes else None,
            routing=replace(plan.routing, lane=ints(lane for type in self.types for lane in self.lane_of_steps(type))),
            promises=self.planned_promises,
        )

    def lane_of_steps(self, type: Any) -> list[int]:
        if type.name not in self.lanes:
            return [0] * len(self.steps(type))
        return [lane for lane, steps in enumerate(self.lanes[type.name].steps) for _ in steps]

    @property
    def planned_moves(self) -> Moves:
        moves = list(self.moves.values())
        chances = [[m.chances[min(visit, len(m.chances) - 1)] for visit in range(AT_MOST)] for m in moves]
        transfers = [m.cause == Cause.TRANSFER for m in moves]
        return Moves(
            from_type=ints(self.type_names.index(m.of) for m in moves),
            to_type=ints(self.type_names.index(m.to) for m in moves),
            cause=ints(m.cause for m in moves),
            outcome=ints(m.outcome for m in moves),
            probability=np.where(np.array(transfers)[:, None], np.nan, np.array(chances).reshape(-1, AT_MOST))
            if moves
            else np.empty((0, AT_MOST)),
            delay_law=(None,) * len(moves),
            in_opening_hours=np.array([m.in_opening_hours for m in moves], dtype=bool),
            warm=np.array([m.warm for m in moves], dtype=bool),
            hold_limit=ints(ticks(m.hold_limit) for m in moves),
            keeps_clock=np.array([m.keeps_clock for m in moves], dtype=bool),
            at_most=AT_MOST,
            resolves=np.array([[self.resolves.get(pool, 1.0)] * len(self.types) for pool in self.pool_names]),
            transfers=np.array(
                [
                    [
                        m.passes_on.get(pool, 1.0) if is_transfer else 0.0
                        for m, is_transfer in zip(moves, transfers, strict=True)
                    ]
                    for pool in self.pool_names
                ]
            ).reshape(len(self.pools), len(moves)),
        )

    @property
    def drawn_rates(self) -> Rates | None:
        """Rows of the pools and of those who learn: these pass on as their pools do, and resolve the less."""
        drawn = super().drawn_rates
        if drawn is None or not (self.moves or self.resolves):
            return drawn
        moves, pool_of = self.planned_moves, [self.pool_names.index(row.name) for row in self.rates]
        learned = np.arange(len(pool_of)) >= len(self.pools)
        return replace(
            drawn,
            resolves=moves.resolves[pool_of] * np.where(learned, 0.5, 1.0)[:, None],
            transfers=moves.transfers[pool_of],
        )

    @property
    def planned_dialing(self) -> Dialing:
        calls = [self.calls.get(name, Calls()) for name in self.type_names]
        return Dialing(
            is_campaign=np.array([c.campaign for c in calls]),
            offer_over=ints(ticks(c.over) for c in calls),
            predictor=ints(c.predictor for c in calls),
            mean_work=ints(ticks(c.mean) for c in calls),
            accepts=np.zeros(len(calls)),
            window_from=ints(ticks(c.window[0]) if c.window else 0 for c in calls),
            window_to=ints(ticks(c.window[1]) if c.window else -1 for c in calls),
            dial_law=(None,) * len(calls),
            reached=np.zeros(len(calls)),
            attempts=ints(c.attempts for c in calls),
            retry_after=ints(ticks(c.retry_after) for c in calls),
        )

    @property
    def planned_lanes(self) -> PlannedLanes:
        lanes = [self.lanes.get(name, Lanes(((),))) for name in self.type_names]
        groups = [lane.steps for lane in lanes]
        return PlannedLanes(
            offset=offsets(groups),
            name=tuple(str(number) for steps in groups for number in range(len(steps))),
            allocation=ints(lane.allocation for lane in lanes),
            share=np.ones(sum(map(len, groups))),
            protect=ints(ticks(lane.protect) for lane in lanes),
            mean_work=ints(ticks(lane.mean) for lane in lanes),
        )

    @property
    def planned_promises(self) -> Any:
        hours = [self.business.get(name, ()) for name in self.type_names]
        return SimpleNamespace(
            threshold=ints(ticks(self.thresholds.get(name, -1)) for name in self.type_names),
            business_offset=offsets(hours),
            business_from=ints(ticks(begins) for group in hours for begins, _ in group),
            business_to=ints(ticks(ends) for group in hours for _, ends in group),
        )

    @cached_property
    def workload(self) -> Workload:
        first = super().workload
        rows = self.possible
        patience = {type.name: type.patience for type in self.types}
        number = len(self.arrivals)
        visits = [one.visit for one in rows]
        further = ints(-1 for _ in rows[number:])
        return replace(
            first,
            visits=replace(
                first.visits,
                type=ints(self.type_names.index(one.type) for one in rows),
                number=ints(one.customer for one in rows),
                arrived=np.concatenate([first.visits.arrived, further]),
                work=ints(round(visit.work * UNITS_PER_SECOND) for visit in visits),
                wrap_up=ints(round(visit.wrap_up * UNITS_PER_SECOND) for visit in visits),
                patience=ints(
                    ticks(patience[one.type] if one.visit.patience is None else one.visit.patience) for one in rows
                ),
                due=np.concatenate([first.visits.due, further]),
                balks=np.array([visit.balks for visit in visits], dtype=bool),
                choice=np.array([getattr(visit, "choice", 0.5) for visit in visits]),
                lane=ints(visit.lane for visit in visits),
            ),
            journeys=self.drawn_journeys if self.moves or self.resolves else None,
            dialed=self.drawn_calls if self.calls else None,
        )

    @property
    def drawn_journeys(self) -> workload.Journeys:
        first, rows = len(self.arrivals), self.possible
        further = rows[first:]
        row_of = {one.path: row for row, one in enumerate(rows)}
        following = [sorted(row_of[(*one.path, number)] for number in range(len(one.visit.then))) for one in rows]
        return workload.Journeys(
            first=first,
            customer=ints(one.customer for one in further),
            attempt=ints(one.attempt for one in further),
            move=ints(self.move_names.index(one.visit.move) for one in further),
            uniform=np.array([one.visit.uniform for one in further], dtype=float),
            delay=ints(ticks(one.visit.delay) for one in further),
            resolution=np.array([one.visit.resolution for one in rows], dtype=float),
            next_offset=offsets(following),
            next_row=ints(row for group in following for row in group),
        )

    @property
    def drawn_calls(self) -> Dialed:
        called = [(one.type in self.calls, one.visit) for one in self.possible]
        return Dialed(
            work=ints(round(visit.dial * UNITS_PER_SECOND) if is_called else -1 for is_called, visit in called),
            reached_at=ints(visit.reached_at if is_called else -1 for is_called, visit in called),
            accepts=np.array([is_called and visit.accepts for is_called, visit in called], dtype=bool),
        )

    # What comes out.

    def arrived(self) -> list[Seconds]:
        return [seconds(arrived) for arrived in self.log.visits.arrived]

    def due(self) -> list[Seconds]:
        return [seconds(due) for due in self.log.visits.due]

    def journeys(self) -> list[tuple[int, int, str, int]]:
        """Per visit: (customer, attempt, cause, next)."""
        j = self.log.journeys
        assert j is not None
        columns = (j.customer.tolist(), j.attempt.tolist(), j.cause.tolist(), j.next.tolist())
        return [
            (customer, attempt, Cause(cause).name.lower(), next)
            for customer, attempt, cause, next in zip(*columns, strict=True)
        ]

    def resolved(self) -> list[int]:
        assert self.log.journeys is not None
        return self.log.journeys.resolved.tolist()
