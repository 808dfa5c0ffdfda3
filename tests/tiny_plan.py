"""Small hand-made Plans for tests of chance: contact types and lines of agents, a few days, no calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from ccsim.plan import (
    TICKS_PER_SECOND,
    AgentChoice,
    Agents,
    Channel,
    DemandKind,
    Dialing,
    Forecast,
    Heads,
    Law,
    Lines,
    Months,
    Names,
    Plan,
    Pools,
    Promises,
    Routing,
    Shifts,
    Shrinkage,
    Sites,
    Types,
    Windows,
)

HOUR = 3600 * TICKS_PER_SECOND
DAY = 24 * HOUR
FIRST_DATE = 739_678
"""Monday, 9 March 2026."""


def exponential(mean: float) -> Law:
    """Exponential law. [s]"""
    return Law("exponential", (mean,), mean, 1.0)


def constant(value: float) -> Law:
    """Always this. [s]"""
    return Law("constant", (value,), value, 0.0)


@dataclass(frozen=True)
class TinyType:
    """A contact type: ``per_day`` expected contacts, spread over the pieces [h, h) of each day by their weights."""

    stream: str = "care"
    name: str = ""
    channel: Channel = Channel.PHONE
    kind: DemandKind = DemandKind.POISSON
    per_day: float = 100.0
    pieces: tuple[tuple[float, float, float], ...] = ((0.0, 24.0, 1.0),)
    handle_level: float = 1.0
    patience_level: float = 1.0
    work: Law = field(default_factory=lambda: exponential(300.0))
    wrap: Law | None = None
    patience: Law | None = None
    balk: float = 0.0
    agent_choice: AgentChoice = AgentChoice.LONGEST_IDLE
    day_cv: float = 0.0
    day_group: str = "care"
    error_cv: float = 0.0
    error_group: str = "care"
    actual: float = 1.0
    times: tuple[int, ...] = ()
    backlog: tuple[int, ...] = ()
    threshold: float = -1.0
    """[s]"""
    business: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class TinyLine:
    """
    A line of agents on every day, from ``begins`` to ``ends`` hours after local midnight.

    ``numbers`` ((hour of the run, agents), ...) staffs the line by numbers instead.
    """

    stream: str = "floor/day"
    agents: int = 3
    begins: float = 8.0
    ends: float = 16.0
    breaks: tuple[tuple[float, float, bool], ...] = ()
    """(hours into the shift, hours, paid)"""
    parts: tuple[tuple[float, float], ...] = ()
    numbers: tuple[tuple[float, int], ...] = ()
    pooled: bool = True
    absence: float = 0.0
    other: float = 0.0
    block: float = 0.5
    as_heads: bool = False


def callbacks(reached: float, attempts: int, accepts: float = 0.5) -> Dialing:
    """Of two types the first is called back, with 25 s of dialing; the second is not."""
    zeros = ints([0, 0])
    return Dialing(
        is_campaign=zeros > 0,
        offer_over=ints([60 * TICKS_PER_SECOND, -1]),
        predictor=zeros,
        mean_work=zeros,
        accepts=np.array([accepts, 0.0]),
        window_from=zeros,
        window_to=zeros - 1,
        dial_law=(constant(25.0), None),
        reached=np.array([reached, 0.0]),
        attempts=ints([attempts, 0]),
        retry_after=zeros,
    )


def ints(values: object) -> np.ndarray:
    return np.array(values, dtype=np.int64).reshape(-1)


def offsets(lists: object) -> np.ndarray:
    return np.concatenate([[0], np.cumsum([len(rows) for rows in lists])]).astype(np.int64)


def flat(lists: object) -> list:
    return [value for rows in lists for value in rows]


def tiny_plan(types: tuple[TinyType, ...] = (TinyType(),), lines: tuple[TinyLine, ...] = (), days: int = 7) -> Plan:
    """A Plan of these types and lines; each line is a pool. Rows stand in the order of stream keys, as in any Plan."""
    types = tuple(sorted(types, key=lambda type_: type_.stream))
    lines = tuple(sorted(lines, key=lambda line: line.stream))
    end = days * DAY
    t, p = len(types), len(lines)
    zeros, nothing = np.zeros(t, np.int64), ints([])
    agents = [max([n for _, n in line.numbers], default=0) if line.numbers else line.agents for line in lines]
    owner = np.repeat(np.arange(p), agents)
    seat = np.concatenate([np.arange(0), *(np.arange(n) for n in agents)]).astype(np.int64)
    return Plan(
        scenario="tiny",
        epoch=0,
        counted_from=0,
        counted_to=end,
        run_end=end,
        currency="USD",
        types=Types(
            name=tuple(type_.name or type_.stream for type_ in types),
            stream=tuple(type_.stream for type_ in types),
            channel=ints([type_.channel for type_ in types]),
            weight=zeros + 1,
            max_waiting=zeros - 1,
            line_group=zeros - 1,
            at_close_disconnect=zeros > 0,
            finish_if_under=zeros,
            hand_over_work=zeros,
            resume_work=zeros,
            interrupted_returns=zeros > 0,
            agent_choice=ints([type_.agent_choice for type_ in types]),
            opening_offset=np.arange(t + 1),
            opening_from=zeros,
            opening_to=zeros + end,
            work_law=tuple(type_.work for type_ in types),
            wrap_law=tuple(type_.wrap for type_ in types),
            patience_law=tuple(type_.patience for type_ in types),
            balk=np.array([type_.balk for type_ in types]),
        ),
        lines=Lines((), nothing),
        pools=Pools(
            name=tuple(line.stream for line in lines),
            stream=tuple(line.stream for line in lines),
            site=np.zeros(p, np.int64),
            concurrency=np.ones(p, np.int64),
            mixes_calls=np.zeros(p, np.bool_),
            interruptible=np.zeros(p, np.bool_),
            contact_choice=np.zeros(p, np.int64),
            pooled_leavers=np.array([line.pooled for line in lines], np.bool_),
            rate=np.full((p, t, 1), 1 << 16),
            priority=np.ones((p, t), np.int64),
            factor=np.ones((p, t)),
            speed=np.ones((p, 1)),
        ),
        routing=Routing(zeros[:1].repeat(t + 1), *[nothing] * 8),
        windows=Windows(ints([0]), nothing, nothing),
        agents=Agents(owner, owner, seat, tuple(line.stream for line in lines)),
        shifts=tiny_shifts(lines, days),
        heads=tiny_heads(lines, days),
        shrinkage=Shrinkage(
            absence=np.array([line.absence for line in lines]),
            other=np.array([line.other for line in lines]),
            block=ints([line.block * HOUR for line in lines]),
            as_heads=np.array([line.as_heads for line in lines], np.bool_),
        ),
        forecast=tiny_forecast(types, days),
        promises=Promises(
            edges=ints([0, end]),
            interval_day=ints([0]),
            interval_week=ints([0]),
            zone=("UTC",),
            utc_offset=np.zeros((1, 1), np.int64),
            type_zone=zeros,
            site_zone=ints([0]),
            reporting_zone=0,
            threshold=ints([-1 if x.threshold < 0 else round(x.threshold * TICKS_PER_SECOND) for x in types]),
            share=np.full(t, 0.8),
            formula=zeros,
            short_call=zeros - 1,
            business_offset=offsets([type_.business for type_ in types]),
            business_from=ints([begins for begins, _ in flat(type_.business for type_ in types)]),
            business_to=ints([ends for _, ends in flat(type_.business for type_ in types)]),
            minimum_agents=2,
            occupancy_ceiling=0.85,
        ),
        months=Months(name=("2026-03",), edges=ints([0, end]), share=(Fraction(1),)),
        sites=Sites(
            ("here",), ("in-house",), ("US",), ("own",), ("USD",), *[np.ones(1)] * 3, np.ones(1, np.bool_),
            ints([0, 0]), nothing, nothing, np.empty(0),
        ),
        names=Names(tuple(range(t)), tuple(range(p)), (0,)),
    )  # fmt: skip


def tiny_shifts(lines: tuple[TinyLine, ...], days: int) -> Shifts:
    rows, breaks, agent = [], [], -1
    for line in lines:
        if line.numbers:
            agent += max(n for _, n in line.numbers)
            continue
        for _ in range(line.agents):
            agent += 1
            for day in range(days):
                for begins, ends in line.parts or ((line.begins, line.ends),):
                    at = [int(day * DAY + hour * HOUR) for hour in (begins, ends)]
                    rows.append((agent, *at, FIRST_DATE + day))
                    breaks.append(
                        [(at[0] + int(due * HOUR), int(hours * HOUR), paid) for due, hours, paid in line.breaks]
                    )
    columns = ints(rows).reshape(-1, 4).T
    due, length, paid = ints(flat(breaks)).reshape(-1, 3).T
    return Shifts(*columns, offsets(breaks), due, length, paid > 0, np.zeros(len(due), np.int64))


def tiny_heads(lines: tuple[TinyLine, ...], days: int) -> Heads:
    tables = []
    for line in lines:
        rows = {hour * HOUR: number for hour, number in line.numbers}
        for day in range(days if rows else 0):
            rows.setdefault(day * DAY, [n for at, n in sorted(rows.items()) if at <= day * DAY][-1])
        tables.append(sorted(rows.items()))
    begins, number = ints(flat(tables)).reshape(-1, 2).T
    return Heads(offsets(tables), begins, number, FIRST_DATE + begins // DAY)


def tiny_forecast(types: tuple[TinyType, ...], days: int) -> Forecast:
    t = len(types)
    day = np.tile(np.arange(days), t)
    pieces = [
        (row * days + d, d * DAY + int(begins * HOUR), d * DAY + int(ends * HOUR), type_, weight)
        for row, type_ in enumerate(types)
        for d in range(days)
        for begins, ends, weight in type_.pieces
    ]
    total = [sum(weight for *_, weight in type_.pieces) for type_ in types]
    return Forecast(
        kind=ints([type_.kind for type_ in types]),
        day_offset=np.arange(t + 1) * days,
        day_date=FIRST_DATE + day,
        day_from=day * DAY,
        day_to=(day + 1) * DAY,
        day_period=day // 7,
        piece_offset=offsets([type_.pieces * days for type_ in types]),
        piece_from=ints([begins for _, begins, *_ in pieces]),
        piece_to=ints([ends for _, _, ends, *_ in pieces]),
        piece_contacts=np.array([x.per_day * weight / total[types.index(x)] for *_, x, weight in pieces]),
        piece_handle_level=np.array([type_.handle_level for *_, type_, _ in pieces]),
        piece_patience_level=np.array([type_.patience_level for *_, type_, _ in pieces]),
        piece_day=ints([row for row, *_ in pieces]),
        day_cv=np.array([type_.day_cv for type_ in types]),
        day_group=tuple(type_.day_group for type_ in types),
        error_cv=np.array([type_.error_cv for type_ in types]),
        error_group=tuple(type_.error_group for type_ in types),
        actual=np.array([type_.actual for type_ in types]),
        time_offset=offsets([type_.times for type_ in types]),
        times=ints(flat(type_.times for type_ in types)),
        backlog_offset=offsets([type_.backlog for type_ in types]),
        backlog_age=ints(flat(type_.backlog for type_ in types)),
    )
