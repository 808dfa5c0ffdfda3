"""Agents' time: paid >= present >= available >= handling, to the tick, for every agent."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.measures import StaffTime, hours_per_agent
from ccsim.plan import BlockKind, SpellKind
from tests.tiny_plan import TinyLine, TinyType
from tests.written_logs import Break, Spell, answered, interval_values, small_plan, values, written_log

DAY_SHIFT = (TinyLine(agents=2, begins=8.0, ends=16.0, breaks=((4.0, 0.5, False), (2.0, 0.25, True))),)
H = 3600.0
NAMES = ["scheduled", "paid", "present", "available", "handling", "overtime"]


def hours(plan, log, scope="pool"):
    result = values(plan, log, scope)
    return {name: result[f"{name}_hours"] for name in NAMES}


def on_site(**changes):
    plan = small_plan((TinyType(),), DAY_SHIFT)
    return replace(plan, sites=replace(plan.sites, **changes))


def test_breaks_leave_paid_and_available_time_as_they_should():
    """An unpaid break leaves everything; a paid one and off-phone time are present but not available."""
    breaks = (Break(10 * H, 10.25 * H, True), Break(12 * H, 12.5 * H), Break(14 * H, 15 * H, True, BlockKind.OFF_PHONE))
    log = written_log([answered(9 * H)], [(0, 0, 9 * H, 9.5 * H)], [Spell(0, 8 * H, 16 * H, breaks=breaks)])

    assert hours(on_site(), log) == {
        "scheduled": 7.5,
        "paid": 7.5,
        "present": 7.5,
        "available": 6.25,
        "handling": 0.5,
        "overtime": 0,
    }


def test_dropped_break_is_worked_and_paid():
    """Who misses an unpaid break because of a long call has worked that half hour."""
    dropped = Break(-1 / 2**20, -1 / 2**20)
    log = written_log(spells=[Spell(0, 8 * H, 16 * H, breaks=(dropped,))])

    assert hours(on_site(), log)["paid"] == 8


def test_absence_is_paid_as_planned_unless_the_site_does_not():
    """An absent agent's unpaid break stays unpaid: absence must not pay better than work."""
    log = written_log(
        spells=[Spell(0, 8 * H, 16 * H, absent=True), Spell(1, 8 * H, 16 * H, breaks=(Break(12 * H, 12.5 * H),))]
    )
    paid = hours(on_site(), log)
    unpaid = hours(on_site(pays_absence=np.array([False])), log)

    assert (paid["scheduled"], paid["paid"], paid["present"]) == (15, 15, 7.5)
    assert (unpaid["scheduled"], unpaid["paid"], unpaid["present"]) == (15, 7.5, 7.5)


def test_breaks_of_absent_agents_stay_unpaid_whether_the_log_tells_them_or_not():
    """The log may keep the breaks an absent agent would have taken; they count once."""
    told = Spell(0, 8 * H, 16 * H, absent=True, breaks=(Break(12 * H, 12.5 * H), Break(10 * H, 10.25 * H, True)))

    assert hours(on_site(), written_log(spells=[told]))["paid"] == 7.5


def test_overtime_is_present_available_and_paid():
    """A call that ends after the shift is work like any other."""
    log = written_log(
        [answered(15 * H)], [(0, 0, 15.5 * H, 16.5 * H)], [Spell(0, 8 * H, 16 * H, worked=(8 * H, 16.5 * H))]
    )
    result = hours(on_site(), log)

    assert result == dict.fromkeys(["paid", "present", "available"], 8.5) | {
        "scheduled": 8,
        "handling": 1,
        "overtime": 0.5,
    }


def test_overtime_into_the_next_part_of_a_split_shift_is_no_overtime():
    """Time is paid once: what is planned anyway is not overtime, even if the earlier part runs into it."""
    spells = [Spell(0, 8 * H, 12 * H, worked=(8 * H, 13.25 * H)), Spell(0, 13 * H, 17 * H, worked=(13.25 * H, 17 * H))]
    result = hours(on_site(), written_log(spells=spells))

    assert (result["scheduled"], result["overtime"], result["paid"]) == (8, 1, 9)


def test_an_absence_counts_whole_whatever_its_agent_does():
    """Overtime of the shift before, or standing in where nobody is named: its breaks do not cut into that work."""
    plan = small_plan((TinyType(),), (TinyLine(agents=1, begins=8.0, ends=16.0, breaks=((0.0, 0.5, False),)),))
    spells = [Spell(0, 4 * H, 7 * H, worked=(4 * H, 9 * H)), Spell(0, 8 * H, 16 * H, absent=True)]
    result = hours(plan, written_log([answered(6 * H)], [(0, 0, 6 * H, 9 * H)], spells))

    assert (result["present"], result["handling"], result["overtime"]) == (5, 3, 2)
    assert (result["scheduled"], result["paid"]) == (10.5, 12.5)


def test_lateness_is_scheduled_and_paid_but_not_present():
    """Also of who comes so late that the shift is over."""
    spells = [Spell(0, 8 * H, 16 * H, worked=(8.5 * H, 16 * H)), Spell(1, 8 * H, 16 * H, comes=False)]
    result = hours(on_site(), written_log(spells=spells))

    assert (result["scheduled"], result["paid"], result["present"], result["overtime"]) == (16, 16, 7.5, 0)


def test_who_goes_home_early_is_unpaid_from_then_on():
    spells = [Spell(0, 8 * H, 16 * H, worked=(8 * H, 13 * H), sent_home=True)]
    result = hours(on_site(), written_log(spells=spells))

    assert (result["scheduled"], result["paid"], result["present"]) == (8, 5, 5)


def test_agents_on_call_count_only_if_called_and_then_for_what_they_work():
    """The engine notes as planned what they were called for."""
    on_call = SpellKind.ON_CALL
    spells = [Spell(0, 8 * H, 20 * H, comes=False, kind=on_call), Spell(1, 9 * H, 11 * H, kind=on_call)]
    result = hours(on_site(), written_log(spells=spells))

    assert (result["scheduled"], result["paid"], result["present"], result["overtime"]) == (2, 2, 2, 0)


def test_the_bench_is_paid_beside_the_absent_and_overtime_is_overtime():
    """A shift of somebody absent and its stand-in: both are paid; only overtime is not scheduled."""
    absent = Spell(0, 8 * H, 16 * H, absent=True)
    lunch = (Break(12 * H, 12.5 * H),)
    bench, overtime = (Spell(1, 8 * H, 16 * H, breaks=lunch, kind=k) for k in (SpellKind.BENCH, SpellKind.OVERTIME))
    with_bench, in_overtime = (hours(on_site(), written_log(spells=[absent, spell])) for spell in (bench, overtime))

    assert (with_bench["scheduled"], with_bench["paid"], with_bench["overtime"]) == (15, 15, 0)
    assert (in_overtime["scheduled"], in_overtime["paid"], in_overtime["overtime"]) == (7.5, 15, 7.5)
    assert with_bench["present"] == in_overtime["present"] == 7.5


def test_training_is_present_and_paid_and_not_available():
    breaks = (Break(8 * H, 16 * H, True, BlockKind.TRAINING),)
    result = hours(on_site(), written_log(spells=[Spell(0, 8 * H, 16 * H, breaks=breaks)]))

    assert (result["paid"], result["present"], result["available"]) == (8, 8, 0)


def test_only_the_counted_period_counts():
    """Spells that began before it, end after it, or lie outside."""
    plan = small_plan((TinyType(),), DAY_SHIFT, hours=(10.0, 12.0))
    spells = [Spell(0, 8 * H, 11 * H), Spell(1, 11.5 * H, 16 * H), Spell(1, 8 * H, 9 * H)]
    log = written_log([answered(9.5 * H)], [(0, 0, 9.5 * H, 10.25 * H)], spells)
    result = hours(plan, log)

    assert (result["scheduled"], result["handling"]) == (1.5, 0.25)


def test_chats_are_counted_once_as_handling_and_each_as_slots():
    """An agent with three chats works one hour in an hour."""
    work = [(0, 0, 9 * H, 10 * H), (1, 0, 9.5 * H, 10.5 * H), (2, 0, 10.5 * H, 11 * H)]
    log = written_log([answered(9 * H + n) for n in range(3)], work, [Spell(0, 8 * H, 16 * H)])
    result = values(on_site(), log, "pool")

    assert (result["handling_hours"], result["slot_hours"]) == (2.0, 2.5)
    assert result["occupancy"] == 2 / 8


def test_neighboring_agents_are_not_mixed_up():
    """Agents lie end to end on one axis; the first one's last tick must not touch the next one's first."""
    plan = small_plan((TinyType(),), DAY_SHIFT, hours=(8.0, 16.0))
    log = written_log(spells=[Spell(0, 12 * H, 20 * H), Spell(1, 0.0, 9 * H)])

    assert hours_per_agent(StaffTime.of(plan, log))["present_hours"].tolist() == [4, 1]


def test_occupancy_and_heads_per_interval():
    """Each planning interval by itself; nobody on duty has no occupancy."""
    spells = [Spell(0, 8 * H, 16 * H, breaks=(Break(9 * H, 9.25 * H),)), Spell(1, 8 * H, 16 * H, absent=True)]
    log = written_log([answered(8.25 * H)], [(0, 0, 8.25 * H, 8.75 * H)], spells)
    plan = small_plan((TinyType(),), (replace(DAY_SHIFT[0], stream="floor", breaks=()),))

    def of(measure):
        return interval_values(plan, log, measure, "floor")[15:19]

    assert of("agents_scheduled") == [0, 2, 2, 1.5]
    assert of("agents_present") == [0, 1, 1, 0.5]
    assert of("occupancy") == [None, 0.5, 0.5, 0]


def test_time_above_the_ceiling_is_that_of_whole_intervals():
    """Half an hour at 100 % of eight hours: 1/16; the ceiling itself is not above."""
    log = written_log(
        [answered(9 * H), answered(10 * H)],
        [(0, 0, 9 * H, 9.5 * H), (1, 0, 10 * H, 10.25 * H)],
        [Spell(0, 8 * H, 16 * H)],
    )
    plan = small_plan((TinyType(),), DAY_SHIFT, occupancy_ceiling=0.5)

    assert values(plan, log, "pool")["above_ceiling_share"] == 1 / 16


@st.composite
def worked_days(draw):
    """Agents with a shift each, perhaps absent or in overtime, breaks in free places, work between them."""
    spells, work = [], []
    for agent in range(2):
        cuts = draw(st.lists(st.integers(0, 95), min_size=8, max_size=8, unique=True).map(sorted))
        begins, ends = cuts[0] * 900.0, cuts[-2] * 900.0
        absent, late = draw(st.booleans()), draw(st.booleans())
        until = cuts[-1] * 900.0 if late else ends
        breaks = (
            Break(cuts[1] * 900.0, cuts[2] * 900.0, draw(st.booleans())),
            Break(cuts[4] * 900.0, cuts[5] * 900.0, draw(st.booleans()), BlockKind.OFF_PHONE),
        )
        spells.append(Spell(agent, begins, ends, (begins, until), absent, breaks))
        if not absent:
            pieces = [(cuts[0], cuts[1]), (cuts[2], cuts[3]), (cuts[3], cuts[4]), (cuts[5], cuts[6])]
            chosen = [piece for piece in pieces if draw(st.booleans())]
            work += [(0, agent, low * 900.0, high * 900.0) for low, high in chosen]
            work += [(1, agent, ends, until)] if late else []
    return written_log([answered(0.0), answered(1.0)], work, spells)


@settings(deadline=None, max_examples=25)
@given(worked_days(), st.booleans(), st.tuples(st.integers(0, 40), st.integers(50, 96)))
def test_staff_time_is_nested_for_every_agent(log, pays_absence, counted):
    """paid >= present >= available >= handling, whatever is cut off by the counted period."""
    plan = on_site(pays_absence=np.array([pays_absence]))
    plan = replace(plan, counted_from=counted[0] * 900 << 20, counted_to=counted[1] * 900 << 20)
    time = hours_per_agent(StaffTime.of(plan, log))

    assert (time["paid_hours"] >= time["present_hours"]).all()
    assert (time["present_hours"] >= time["available_hours"]).all()
    assert (time["available_hours"] >= time["handling_hours"]).all()
    assert (time["slot_hours"] >= time["handling_hours"]).all()
    assert (time["present_hours"] >= time["overtime_hours"]).all()
    assert (time["scheduled_hours"] + time["overtime_hours"] >= time["paid_hours"]).all()
    if pays_absence:
        assert time["paid_hours"] == pytest.approx(time["scheduled_hours"] + time["overtime_hours"])
