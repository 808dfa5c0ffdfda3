"""Plans of a few hours and Logs written by hand, in seconds, for tests of measures."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ccsim.log import Log, LoggedSpells, LoggedVisits, Outcome, Segments, Why
from ccsim.measures import measure
from ccsim.plan import TICKS_PER_SECOND, BlockKind, Plan, Routing, SpellKind
from tests.tiny_plan import HOUR, TinyLine, TinyType, flat, ints, offsets, tiny_plan


def ticks(seconds):
    return np.rint(np.asarray(seconds, dtype=float) * TICKS_PER_SECOND).astype(np.int64)


@dataclass(frozen=True)
class Step:
    """
    One routing step; ``window`` is a row of ``windows`` of the plan, ``awake`` and ``asleep`` are pools, ``after`` is
    in seconds.
    """

    pool: int
    window: int = -1
    awake: int = -1
    asleep: int = -1
    after: float = 0.0
    lane: int = 0


def small_plan(
    types: tuple[TinyType, ...] = (TinyType(threshold=20.0),),
    lines: tuple[TinyLine, ...] = (TinyLine(agents=1, begins=0.0, ends=24.0),),
    *,
    hours: tuple[float, float] = (0.0, 24.0),
    interval: float = 0.5,
    days: int = 1,
    steps: tuple[tuple[Step, ...], ...] | None = None,
    windows: tuple[tuple[tuple[float, float], ...], ...] = (),
    opening: tuple[tuple[float, float], ...] | None = None,
    **promises: object,
) -> Plan:
    """
    A plan counted from and to these hours, in intervals of ``interval`` hours. Type k takes ``steps[k]``, by default
    all pools. All types are open in the ``opening`` hours. Types and lines must come in the order of their streams.
    """
    plan = tiny_plan(types, lines, days)
    t, p = len(types), len(lines)
    counted = [int(hour * HOUR) for hour in hours]
    edges = np.arange(counted[0], counted[1] + 1, int(interval * HOUR))
    count = len(edges) - 1
    steps = steps or ((*(Step(pool) for pool in range(p)),),) * t
    rows = flat(steps)
    changes = {
        "edges": edges,
        "interval_day": edges[:-1] // (24 * HOUR) - counted[0] // (24 * HOUR),
        "interval_week": np.zeros(count, np.int64),
        "utc_offset": np.zeros((1, count), np.int64),
    }
    types_ = plan.types
    if opening is not None:
        types_ = replace(
            types_,
            opening_offset=np.arange(t + 1) * len(opening),
            opening_from=ints([int(begin * HOUR) for begin, _ in opening] * t),
            opening_to=ints([int(end * HOUR) for _, end in opening] * t),
        )
    return replace(
        plan,
        counted_from=counted[0],
        counted_to=counted[1],
        types=types_,
        routing=Routing(
            offsets(steps),
            ints([step.pool for step in rows]),
            ints([0] * len(rows)),
            ticks([step.after for step in rows]),
            ints([step.window for step in rows]),
            ints([step.awake for step in rows]),
            ints([step.asleep for step in rows]),
            ints([0] * len(rows)),
            ints([step.lane for step in rows]),
        ),
        windows=replace(
            plan.windows,
            offset=offsets(windows),
            begins=ints([int(begin * HOUR) for begin, _ in flat(windows)]),
            ends=ints([int(end * HOUR) for _, end in flat(windows)]),
        ),
        promises=replace(plan.promises, **(changes | promises)),
    )


@dataclass(frozen=True)
class Visit:
    """A visit in seconds; times that did not happen are -1."""

    arrived: float
    outcome: Outcome = Outcome.ANSWERED
    started: float = -1
    left: float = -1
    ended: float | None = None
    type: int = 0
    due: float = -1
    pool: int = 0


def answered(arrived: float, wait: float = 0.0, handling: float = 60.0, **more: object) -> Visit:
    start = arrived + wait
    return Visit(arrived, Outcome.ANSWERED, start, start + handling, start + handling, **more)


def abandoned(arrived: float, wait: float, **more: object) -> Visit:
    return Visit(arrived, Outcome.ABANDONED, -1, arrived + wait, -1, **more)


@dataclass(frozen=True)
class Break:
    begins: float
    ends: float
    paid: bool = False
    kind: BlockKind = BlockKind.BREAK


@dataclass(frozen=True)
class Spell:
    """A spell in seconds; worked as planned unless ``worked`` says otherwise, not at all by absent agents."""

    agent: int
    begins: float
    ends: float
    worked: tuple[float, float] | None = None
    absent: bool = False
    breaks: tuple[Break, ...] = ()
    kind: SpellKind = SpellKind.ON_DUTY
    sent_home: bool = False
    comes: bool = True
    """Neither absent nor ever there: too late, or on call and not called."""


def written_log(
    visits: list[Visit] | tuple[Visit, ...] = (),
    work: list[tuple[int, int, float, float]] = (),
    spells: list[Spell] = (),
    stopped: float = 24 * 3600.0,
) -> Log:
    """``work``: (visit, agent, start, end) in seconds."""
    visits = sorted(visits, key=lambda visit: visit.arrived)

    def column(name: str) -> np.ndarray:
        values = [getattr(visit, name) for visit in visits]
        return np.where(np.array(values) == -1, -1, ticks(values))

    real = [spell.worked or (spell.begins, spell.ends) for spell in spells]
    absent = np.array([spell.absent for spell in spells], dtype=bool)
    comes = np.array([spell.comes for spell in spells], dtype=bool)
    breaks = flat(spell.breaks for spell in spells)
    work = sorted(work, key=lambda row: (row[2], row[1], row[0]))
    return Log(
        stopped=int(ticks(stopped)),
        visits=LoggedVisits(
            type=ints([visit.type for visit in visits]),
            number=np.arange(len(visits)),
            arrived=ticks([visit.arrived for visit in visits]),
            due=column("due"),
            outcome=ints([visit.outcome for visit in visits]),
            started=column("started"),
            left=column("left"),
            ended=np.array(
                [-1 if visit.ended in (None, -1) else int(ticks(visit.ended)) for visit in visits], dtype=np.int64
            ),
            pool=ints([visit.pool if visit.started != -1 else -1 for visit in visits]),
            agent=ints([0 if visit.started != -1 else -1 for visit in visits]),
        ),
        segments=Segments(
            visit=ints([row[0] for row in work]),
            agent=ints([row[1] for row in work]),
            spell=ints([0] * len(work)),
            start=ticks([row[2] for row in work]),
            end=ticks([row[3] for row in work]),
            why=ints([Why.DONE] * len(work)),
        ),
        spells=LoggedSpells(
            agent=ints([spell.agent for spell in spells]),
            planned_from=ticks([spell.begins for spell in spells]),
            planned_to=ticks([spell.ends for spell in spells]),
            begins=np.where(absent | ~comes, -1, ticks([begin for begin, _ in real])),
            ends=np.where(absent | ~comes, -1, ticks([end for _, end in real])),
            absent=absent,
            kind=ints([spell.kind for spell in spells]),
            sent_home=np.array([spell.sent_home for spell in spells], dtype=bool),
            block_offset=offsets([spell.breaks for spell in spells]),
            block_from=ticks([one.begins for one in breaks]),
            block_to=ticks([one.ends for one in breaks]),
            block_paid=np.array([one.paid for one in breaks], dtype=bool),
            block_kind=ints([one.kind for one in breaks]),
        ),
    )


def values(plan: Plan, log: Log, scope: str = "contact_type", name: str | None = None) -> dict[str, float | None]:
    """Measures of one row of a scope by name, None without a value; of the first row if no name is given."""
    tally = measure(plan, log)
    name = next(key.name for key in tally.keys if key.scope == scope) if name is None else name
    rows = zip(tally.keys, tally.numerator, tally.denominator, strict=True)
    return {k.measure: up / down if down else None for k, up, down in rows if (k.scope, k.name) == (scope, name)}


def interval_values(plan: Plan, log: Log, measure_name: str, name: str = "care") -> list[float | None]:
    """One measure of one row in every planning interval."""
    tally = measure(plan, log)
    row = next(k for k, key in enumerate(tally.interval_keys) if (key.name, key.measure) == (name, measure_name))
    pairs = zip(tally.interval_numerator[row], tally.interval_denominator[row], strict=True)
    return [up / down if down else None for up, down in pairs]
