"""Possible further visits: how many, whose, and with which draws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.journeys import with_further_visits
from ccsim.chance.possible import Possible
from ccsim.chance.streams import Streams
from ccsim.log import Outcome
from ccsim.plan import (
    TICKS_PER_SECOND,
    UNITS_PER_SECOND,
    Cause,
    Channel,
    DemandKind,
    Law,
    Moves,
    Plan,
)
from ccsim.workload import Rates, Workload
from tests.tiny_plan import DAY, HOUR, TinyLine, TinyType, callbacks, constant, exponential, ints, tiny_plan

FALSE_ALARM = 1e-6
CALLS = TinyType("calls", per_day=400.0, patience=exponential(120.0))
MAILS = TinyType("mails", channel=Channel.EMAIL, per_day=100.0)
SALES = TinyType("sales", per_day=60.0, patience=exponential(60.0))


@dataclass(frozen=True)
class Way:
    """A move, by names; ``share`` is the probability of a transfer in the only pool."""

    cause: Cause
    of: str = "calls"
    to: str = "calls"
    outcome: int = Outcome.ABANDONED
    chances: tuple[float, ...] = (0.5,)
    share: float = 0.2
    delay: Law = field(default_factory=lambda: constant(600.0))


RETRIAL, RECONTACT, TRANSFER = Way(Cause.RETRIAL), Way(Cause.RECONTACT), Way(Cause.TRANSFER, to="mails")


def moving(
    *ways: Way,
    types: tuple[TinyType, ...] = (CALLS, MAILS),
    at_most: int = 5,
    resolves: float = 0.8,
    days: int = 3,
    **parts: Any,
) -> Plan:
    """A tiny Plan with one pool and these moves, in the order of rows of any Plan."""
    plan = tiny_plan(types, (TinyLine(),), days=days)
    stream = plan.types.stream
    ways = tuple(sorted(ways, key=lambda way: (stream.index(way.of), way.cause, way.outcome, stream.index(way.to))))
    is_transfer = [way.cause == Cause.TRANSFER for way in ways]
    flags = np.zeros(len(ways), np.bool_)
    moves = Moves(
        from_type=ints([stream.index(way.of) for way in ways]),
        to_type=ints([stream.index(way.to) for way in ways]),
        cause=ints([way.cause for way in ways]),
        outcome=ints([way.outcome if way.cause == Cause.RETRIAL else -1 for way in ways]),
        probability=np.array(
            [[np.nan if moves else (*way.chances, *way.chances[-1:] * at_most)[a] for a in range(at_most)]
             for way, moves in zip(ways, is_transfer, strict=True)]
        ).reshape(len(ways), at_most),
        delay_law=tuple(None if moves else way.delay for way, moves in zip(ways, is_transfer, strict=True)),
        in_opening_hours=flags,
        warm=flags,
        hold_limit=ints([0] * len(ways)),
        keeps_clock=flags,
        at_most=at_most,
        resolves=np.full((1, len(stream)), resolves),
        transfers=np.array([[way.share if moves else 0.0 for way, moves in zip(ways, is_transfer, strict=True)]]),
    )  # fmt: skip
    return replace(plan, moves=moves, **parts)


def drawn(*ways: Way, seed: int = 1, **parts: Any) -> Workload:
    return draw(moving(*ways, **parts), seed, 0)


def counted(workload: Workload) -> list[int]:
    """Visits by attempt, first ones first."""
    journeys = workload.journeys
    assert journeys is not None
    return [journeys.first, *np.bincount(journeys.attempt)[1:].tolist()]


def told(plan: Plan, workload: Workload) -> dict[Any, tuple[Any, ...]]:
    """Every further visit's draws by what it is: first type, number, attempt and move, in names."""
    visits, journeys, moves, stream = workload.visits, workload.journeys, plan.moves, plan.types.stream
    assert journeys is not None
    assert moves is not None
    named = [
        (Cause(c).name, stream[f], int(o) if c == Cause.RETRIAL else stream[t])
        for c, f, o, t in zip(moves.cause, moves.from_type, moves.outcome, moves.to_type, strict=True)
    ]
    rows = journeys.first + np.arange(len(journeys.move))
    return {
        (stream[visits.type[c]], int(visits.number[row]), int(a), named[m]): (
            float(u), int(d), *(int(column[row]) for column in (visits.work, visits.patience, visits.balks)),
            float(journeys.resolution[row]),
        )
        for row, c, a, m, u, d in zip(
            rows.tolist(), journeys.customer, journeys.attempt, journeys.move, journeys.uniform, journeys.delay,
            strict=True,
        )
    }  # fmt: skip


def test_without_moves_nothing_is_drawn():
    workload = draw(tiny_plan((CALLS,)), 1, 0)
    assert workload.journeys is None
    assert workload.dialed is None


def test_first_visits_do_not_know_of_further_ones():
    """The same rows as in a Plan without moves."""
    alone, moved = draw(tiny_plan((CALLS, MAILS), (TinyLine(),), days=3), 1, 0), drawn(RETRIAL, TRANSFER)
    assert moved.journeys is not None
    first = slice(0, moved.journeys.first)
    for name in ("type", "number", "arrived", "work", "wrap_up", "patience", "due", "balks"):
        assert getattr(moved.visits, name)[first].tolist() == getattr(alone.visits, name).tolist()


def test_visits_follow_one_another():
    """
    Further ones stand by (customer, attempt, move), follow a visit of their customer one attempt earlier, by a move
    from its type, and every one follows some visit.
    """
    plan = moving(RETRIAL, RECONTACT, TRANSFER, replace(RECONTACT, of="mails", to="calls"))
    workload, moves = draw(plan, 1, 0), plan.moves
    visits, journeys = workload.visits, workload.journeys
    assert journeys is not None
    assert moves is not None
    assert set(visits.arrived[journeys.first :]) == set(visits.due[journeys.first :]) == {-1}
    order = list(zip(journeys.customer, journeys.attempt, journeys.move, strict=True))
    assert order == sorted(set(order))
    attempt = np.concatenate([np.zeros(journeys.first, np.int64), journeys.attempt])
    customer = np.concatenate([np.arange(journeys.first), journeys.customer])
    before = np.repeat(np.arange(len(attempt)), np.diff(journeys.next_offset))
    after = journeys.next_row
    move = journeys.move[after - journeys.first]
    assert np.array_equal(attempt[after], attempt[before] + 1)
    assert np.array_equal(customer[after], customer[before])
    assert np.array_equal(visits.type[before], moves.from_type[move])
    assert np.array_equal(visits.type[after], moves.to_type[move])
    assert np.array_equal(visits.number[after], visits.number[customer[after]])
    assert set(after) == set(range(journeys.first, len(attempt)))
    same = before[1:] == before[:-1]
    assert np.all(np.diff(after)[same] > 0)


def test_retrials_are_as_many_as_their_probabilities_by_attempt():
    """Exact binomial tests at 1e-6 each: half of all who might abandon, then 30 %, at most three times."""
    first, *further = counted(
        drawn(replace(RETRIAL, chances=(0.5, 0.3)), types=(replace(CALLS, per_day=4000.0),), at_most=3)
    )
    for before, after, probability in zip([first, *further], further, (0.5, 0.3, 0.3), strict=False):
        assert stats.binomtest(after, before, probability).pvalue > FALSE_ALARM
    assert len(further) == 3


@pytest.mark.parametrize("resolves", [0.5, 0.7, 0.9])
def test_recontacts_of_one_pool_are_geometric(resolves: float):
    """
    Where one pool resolves every visit with probability r and all unresolved come again, a customer makes 1 / r visits,
    up to the 20 at which the chain is cut. The test is of the mean over customers, at 1e-6.
    """
    workload = drawn(
        replace(RECONTACT, chances=(1.0,)), types=(replace(CALLS, per_day=4000.0),), resolves=resolves, at_most=20,
        seed=crc32(b"geometric"),
    )  # fmt: skip
    journeys = workload.journeys
    assert journeys is not None
    visits = 1 + np.bincount(journeys.customer, minlength=journeys.first)
    law = stats.geom(resolves)
    mean = sum(law.sf(k) for k in range(21))
    error = visits.std() / np.sqrt(len(visits))
    assert abs(visits.mean() - mean) < stats.norm.isf(FALSE_ALARM / 2) * error
    assert visits.mean() == pytest.approx(1 / resolves, rel=0.05)


def test_transfers_are_at_most_as_many_as_the_largest_probability_gives():
    """Exact binomial test of 30 % at 1e-6; without further moves there is one each, at once."""
    workload = drawn(replace(TRANSFER, share=0.3), resolves=1.0, types=(replace(CALLS, per_day=4000.0), MAILS))
    journeys = workload.journeys
    assert journeys is not None
    calls = int(np.sum(workload.visits.type[: journeys.first] == 0))
    assert stats.binomtest(len(journeys.move), calls, 0.3).pvalue > FALSE_ALARM
    assert set(journeys.delay) == {0}
    assert set(journeys.attempt) == {1}
    assert len(journeys.resolution) == 0


def test_an_agent_who_passes_on_more_often_makes_more_visits_possible():
    """The largest and the smallest probabilities of any agent count where agents differ."""
    plan = moving(TRANSFER, RECONTACT)
    assert plan.moves is not None
    usual = draw(plan, 1, 0)
    assert usual.journeys is not None
    first = {name: column[: usual.journeys.first].copy() for name, column in vars(usual.visits).items()}
    first = {name: column for name, column in first.items() if len(column)}
    first["resolution"] = usual.journeys.resolution[: usual.journeys.first]
    moves = plan.moves
    rates = Rates(
        rate=np.repeat(plan.pools.rate, 2, axis=0),
        resolves=np.vstack([moves.resolves, moves.resolves - 0.3]),
        transfers=np.vstack([moves.transfers, moves.transfers * 2]),
    )
    _, more = with_further_visits(Streams(1, 0), first, Possible(plan, rates))
    assert np.sum((more.attempt == 1) & (more.move == 1)) > 1.5 * np.sum(
        (usual.journeys.attempt == 1) & (usual.journeys.move == 1)
    )
    assert len(more.move) > 1.5 * len(usual.journeys.move)


def test_delays_are_those_of_the_law():
    """Kolmogorov-Smirnov at 1e-6; whole ticks."""
    law = Law("mixture", (0.3, 0.7), 0.0, 0.0, (exponential(60.0), exponential(3600.0)))
    journeys = drawn(replace(RETRIAL, delay=law, chances=(0.9,)), types=(replace(CALLS, per_day=2000.0),)).journeys
    assert journeys is not None

    def share(delay: np.ndarray) -> np.ndarray:
        return 0.3 * -np.expm1(-delay / 60.0) + 0.7 * -np.expm1(-delay / 3600.0)

    assert journeys.delay.dtype == np.int64
    assert stats.kstest(journeys.delay / TICKS_PER_SECOND, share).pvalue > FALSE_ALARM


def test_levels_are_those_of_the_first_visit():
    """Whatever type comes then: who came when work was long is long to the end."""
    calls = replace(CALLS, work=constant(300.0), handle_level=1.5, patience_level=0.5)
    mails = replace(MAILS, work=constant(100.0))
    workload = drawn(replace(RETRIAL, to="mails"), types=(calls, mails), at_most=1)
    assert workload.journeys is not None
    assert set(workload.visits.work[workload.journeys.first :]) == {150 * UNITS_PER_SECOND}


def test_levels_are_those_of_the_piece_in_which_the_first_visit_arrived():
    plan = moving(replace(RETRIAL, chances=(1.0,)), types=(replace(CALLS, work=constant(100.0)),), at_most=1)
    halves = replace(CALLS, work=constant(100.0), pieces=((0.0, 12.0, 1.0), (12.0, 24.0, 1.0)))
    forecast = tiny_plan((halves,), (TinyLine(),), days=3).forecast
    morning = (forecast.piece_from % DAY) == 0
    plan = replace(plan, forecast=replace(forecast, piece_handle_level=np.where(morning, 2.0, 1.0)))
    workload = draw(plan, 1, 0)
    visits, journeys = workload.visits, workload.journeys
    assert journeys is not None
    came = visits.arrived[journeys.customer] % DAY < 12 * HOUR
    assert np.array_equal(visits.work[journeys.first :], np.where(came, 200, 100) * UNITS_PER_SECOND)
    assert came.any()
    assert not came.all()


def test_contacts_of_the_opening_backlog_come_again_too():
    """They are people as well, known by negative numbers, at the level of the law as written."""
    backlog = (HOUR, 2 * HOUR, 3 * HOUR)
    mails = replace(MAILS, per_day=0.0, backlog=backlog, handle_level=3.0, work=constant(60.0))
    workload = drawn(replace(RECONTACT, of="mails", to="mails", chances=(1.0,)), types=(mails,), resolves=0.0)
    assert workload.journeys is not None
    assert counted(workload) == [3] * 6
    assert workload.visits.number[:3].tolist() == [-3, -2, -1]
    assert set(workload.visits.work) == {60 * UNITS_PER_SECOND}


class TestWhatCannotHappenIsNoRow:
    """Each rule that leaves out rows, and that it leaves out no more."""

    def test_only_impatient_customers_abandon(self):
        assert counted(drawn(RETRIAL, types=(replace(CALLS, patience=None),)))[1:] == []

    def test_only_those_who_balk_do(self):
        """Half of those 20 % come again."""
        workload = drawn(replace(RETRIAL, outcome=Outcome.BALKED), types=(replace(CALLS, balk=0.2),), at_most=1)
        journeys = workload.journeys
        assert journeys is not None
        assert workload.visits.balks[journeys.customer].all()
        balking = int(workload.visits.balks[: journeys.first].sum())
        assert stats.binomtest(len(journeys.move), balking, 0.5).pvalue > FALSE_ALARM

    def test_only_limited_types_block(self):
        way = replace(RETRIAL, outcome=Outcome.BLOCKED)
        plan = moving(way)
        assert counted(draw(plan, 1, 0))[1:] == []
        limited = replace(plan, types=replace(plan.types, max_waiting=ints([5, -1])))
        assert len(counted(draw(limited, 1, 0))) == 6
        lines = replace(plan, types=replace(plan.types, line_group=ints([0, -1])))
        assert len(counted(draw(lines, 1, 0))) == 6

    def test_only_types_that_hang_up_at_closing_time_disconnect(self):
        plan = moving(replace(RETRIAL, outcome=Outcome.DISCONNECTED))
        assert counted(draw(plan, 1, 0))[1:] == []
        hanging_up = replace(plan, types=replace(plan.types, at_close_disconnect=np.array([True, False])))
        assert len(counted(draw(hanging_up, 1, 0))) == 6

    def test_only_who_comes_to_closed_doors_is_turned_away(self):
        """Of first visits the Plan knows, of further ones nobody does. At the very end of a window it is closed."""
        times = (8 * HOUR - 1, 8 * HOUR, 17 * HOUR - 1, 17 * HOUR, 20 * HOUR)
        calls = replace(CALLS, kind=DemandKind.TIMES, times=times)
        plan = moving(replace(RETRIAL, outcome=Outcome.CLOSED, chances=(1.0,)), types=(calls,), at_most=2)
        hours = replace(
            plan.types,
            opening_offset=ints([0, 3]),
            opening_from=ints([8, 32, 56]) * HOUR,
            opening_to=ints([17, 41, 65]) * HOUR,
        )
        assert counted(draw(plan, 1, 0)) == [5]
        closed = draw(replace(plan, types=hours), 1, 0)
        assert closed.journeys is not None
        assert sorted(closed.journeys.customer) == [0, 0, 3, 3, 4, 4]

    def test_only_who_is_never_reached_is_unreached(self):
        calling = callbacks(reached=0.6, attempts=2)
        way = replace(RETRIAL, outcome=Outcome.UNREACHED, chances=(1.0,))
        workload = drawn(way, replace(way, of="mails"), dialing=calling, at_most=1)
        assert workload.journeys is not None
        assert workload.dialed is not None
        never = np.flatnonzero(workload.dialed.reached_at[: workload.journeys.first] == 0)
        assert workload.journeys.customer.tolist() == never.tolist()


WAYS = (RETRIAL, RECONTACT, TRANSFER, replace(RECONTACT, of="mails", to="calls"), replace(RETRIAL, to="mails"))


@settings(max_examples=12)
@given(
    chosen=st.sets(st.sampled_from(range(4)), min_size=1),
    others=st.sets(st.sampled_from(range(4))),
    volume=st.floats(0.3, 3.0),
    days=st.integers(1, 3),
    more=st.booleans(),
)
def test_a_visit_has_the_same_draws_whatever_else_there_is(
    chosen: set[int], others: set[int], volume: float, days: int, more: bool
):
    """Other moves, other types, other volumes, more days: what both have in common is drawn alike."""
    small = moving(*(WAYS[way] for way in sorted(chosen)), days=days)
    types = tuple(replace(one, per_day=one.per_day * volume) for one in (CALLS, MAILS)) + (SALES,) * more
    large = moving(*(WAYS[way] for way in sorted(chosen | others)), types=types, days=3)
    one, two = told(small, draw(small, 1, 0)), told(large, draw(large, 1, 0))
    common = one.keys() & two.keys()
    assert {key: one[key] for key in common} == {key: two[key] for key in common}
    if volume >= 1:
        assert one.keys() <= two.keys()


def test_a_renamed_type_keeps_its_chance():
    """Names are for people; the key of its streams is what counts."""
    plan = moving(RETRIAL, TRANSFER)
    renamed = moving(RETRIAL, TRANSFER, types=(replace(CALLS, name="service"), MAILS))
    assert told(plan, draw(plan, 1, 0)) == told(renamed, draw(renamed, 1, 0))


@settings(max_examples=12)
@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_a_higher_probability_only_adds_visits(low: float, high: float):
    """The same customers come again, and more: so scenarios are compared on the same people."""
    low, high = sorted((low, high))
    plans = [moving(replace(RETRIAL, chances=(p,)), replace(TRANSFER, share=p)) for p in (low, high)]
    fewer, more = (told(plan, draw(plan, 1, 0)) for plan in plans)
    assert fewer.items() <= more.items()


@settings(max_examples=12)
@given(low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_better_resolution_only_takes_visits_away(low: float, high: float):
    low, high = sorted((low, high))
    fewer, more = (told(plan, draw(plan, 1, 0)) for plan in (moving(RECONTACT, resolves=p) for p in (high, low)))
    assert fewer.items() <= more.items()


def test_draws_of_different_visits_are_independent():
    """Rank correlations between attempts, moves and the first visit of the same customers, at 1e-6 each."""
    ways = (replace(RETRIAL, chances=(0.9,)), replace(TRANSFER, share=0.9))
    plan = moving(*ways, types=(replace(CALLS, per_day=1500.0), MAILS), at_most=2)
    workload = draw(plan, crc32(b"independent"), 0)
    visits, journeys = workload.visits, workload.journeys
    assert journeys is not None
    work = {(0, -1): dict(enumerate(visits.work[: journeys.first]))}
    for row, (c, a, m) in enumerate(zip(journeys.customer, journeys.attempt, journeys.move, strict=True)):
        work.setdefault((int(a), int(m)), {})[int(c)] = visits.work[journeys.first + row]
    keys = sorted(work)
    assert len(keys) == 5
    for i, one in enumerate(keys):
        for other in keys[:i]:
            both = sorted(work[one].keys() & work[other].keys())
            assert len(both) > 1000
            x, y = ([work[key][c] for c in both] for key in (one, other))
            assert stats.spearmanr(x, y).pvalue > FALSE_ALARM
