"""What measures say of whatever the engine did, in centers of all mechanisms."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.log import Outcome
from ccsim.measures import StaffTime, hours_per_agent, measure
from ccsim.plan import TICKS_PER_SECOND, Heads, Law, Shifts
from tests.properties.random_centers import random_center
from tests.tiny_plan import TinyType, ints, tiny_plan

centers = st.integers(0, 2**32 - 1).map(lambda seed: random_center(Random(seed)))
INTERVALS = 6
HOUR = 3600 * TICKS_PER_SECOND


def promised(center):
    """The center's plan with what measures read beside the engine: shifts as in the workload, targets, wages."""
    plan, spells = center.plan, center.workload.spells
    types, pools = len(center.types), len(center.pools)
    rest = tiny_plan(tuple(TinyType(f"type {n}", threshold=10.0) for n in range(types)), (), 1)
    steady = Law("constant", (10.0,), 10.0, 0.0)
    width = (plan.counted_to - plan.counted_from) // INTERVALS
    return replace(
        plan,
        counted_to=plan.counted_from + width * INTERVALS,
        types=replace(plan.types, work_law=(steady,) * types, wrap_law=(None,) * types),
        shifts=Shifts(
            spells.agent,
            spells.begins,
            spells.ends,
            np.zeros_like(spells.agent),
            spells.block_offset,
            spells.block_due,
            spells.block_length,
            spells.block_paid,
            spells.block_kind,
        ),
        heads=Heads(np.zeros(pools + 1, np.int64), *[ints([])] * 3),
        shrinkage=replace(
            rest.shrinkage,
            absence=np.zeros(pools),
            other=np.zeros(pools),
            block=np.ones(pools, np.int64),
            as_heads=np.zeros(pools, bool),
        ),
        forecast=rest.forecast,
        promises=replace(
            rest.promises,
            edges=plan.counted_from + np.arange(INTERVALS + 1) * width,
            interval_day=np.zeros(INTERVALS, np.int64),
            interval_week=np.zeros(INTERVALS, np.int64),
        ),
        sites=rest.sites,
    )


@settings(deadline=None, max_examples=40)
@given(centers)
def test_staff_time_is_nested_for_every_agent(center):
    """paid >= present >= available >= handling, with chats, interruptions, hand-overs, breaks and overtime."""
    time = hours_per_agent(StaffTime.of(promised(center), center.log))

    for more, less in (("paid", "present"), ("present", "available"), ("available", "handling"), ("slot", "handling")):
        assert (time[f"{more}_hours"] >= time[f"{less}_hours"] - 1e-15).all(), (more, less)
    assert time["scheduled_hours"] + time["overtime_hours"] == pytest.approx(time["paid_hours"])


@settings(deadline=None, max_examples=40)
@given(centers)
def test_agents_time_agrees_with_adding_up_each_spell(center):
    """Present: spells as worked, less breaks as taken. Handling: every instant with a contact in hand, once."""
    plan, log = promised(center), center.log
    time = hours_per_agent(StaffTime.of(plan, log))

    def length(begin, end):
        return max(min(end, plan.counted_to) - max(begin, plan.counted_from), 0)

    for agent in range(len(plan.agents.pool)):
        present = 0
        for row in np.flatnonzero((log.spells.agent == agent) & (log.spells.begins >= 0)):
            blocks = range(*log.spells.block_offset[row : row + 2])
            present += length(log.spells.begins[row], log.spells.ends[row])
            present -= sum(length(log.spells.block_from[block], log.spells.block_to[block]) for block in blocks)
        handling, reached = 0, 0
        for row in np.flatnonzero(log.segments.agent == agent):
            start, end = max(log.segments.start[row], reached), max(log.segments.end[row], reached)
            handling, reached = handling + length(start, end), end
        assert time["present_hours"][agent] * HOUR == pytest.approx(present)
        assert time["handling_hours"][agent] * HOUR == pytest.approx(handling)


@settings(deadline=None, max_examples=40)
@given(centers)
def test_contacts_and_queues_agree_with_counting_one_by_one(center):
    """Counts by outcome, waits, and the queue at every instant at which it can change."""
    plan, log = promised(center), center.log
    tally, v = measure(plan, log), log.visits
    value = {
        (key.name, key.measure): up / down if down else None
        for key, up, down in zip(tally.keys, tally.numerator, tally.denominator, strict=True)
        if key.scope == "contact_type"
    }
    for row, name in enumerate(plan.types.name):
        mine = [n for n in range(len(v.type)) if v.type[n] == row]
        counted = [n for n in mine if plan.counted_from <= v.arrived[n] < plan.counted_to]
        for outcome in Outcome:  # nobody is unreached, and no measure says so, where nobody is called
            assert value.get((name, outcome.name.lower()), 0) == sum(v.outcome[n] == outcome for n in counted)
        assert value[name, "arrived"] == len(counted)

        stay = [(v.arrived[n], v.started[n] if v.started[n] >= 0 else v.left[n]) for n in mine]
        stay = [(begin, end if end >= 0 else log.stopped) for begin, end in stay]
        clipped = [(max(begin, plan.counted_from), min(end, plan.counted_to)) for begin, end in stay]
        waited = sum(max(end - begin, 0) for begin, end in clipped)
        assert value[name, "queue_mean"] == pytest.approx(waited / (plan.counted_to - plan.counted_from))
        instants = [begin for begin, end in clipped if begin < end]
        assert value[name, "queue_max"] == max(
            (sum(begin <= now < end for begin, end in stay) for now in instants), default=0
        )
