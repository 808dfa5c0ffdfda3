"""Rules 8 and 9: agents who come late, and agents who are not like the others of their pool, or not for ever."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ccsim.engine import simulate
from ccsim.errors import SimulationError
from ccsim.plan import SpellKind
from ccsim.workload import Rates
from tests.builders import EMAIL, Center, Contact, Outage, Pool, Shift, Step, Type


def home(*shifts: Shift, contacts: tuple[Contact, ...] = (), agents: int = 1, **pool: object) -> Center:
    return Center(
        types=[Type("calls")], pools=[Pool("home", agents, **pool)], contacts=list(contacts), shifts=list(shifts)
    )


def test_who_is_late_takes_work_from_its_coming_on():
    """The call of 5 waits for the agent who is due at 0 and comes at 20; the end is as planned."""
    center = home(Shift("home", 0, 0, 100, late=20), contacts=(Contact("calls", 5, 10),))

    assert center.work() == [(20, 30, "home-0", 0)]
    assert center.duty() == [("home-0", 20, 100)]
    assert center.log.spells.planned_from.tolist() == [0]


@pytest.mark.parametrize("late", [100, 130])
def test_who_would_come_at_the_end_or_after_it_never_comes(late):
    """It is not absent either: it was expected."""
    center = home(Shift("home", 0, 0, 100, breaks=((50, 10),), late=late), contacts=(Contact("calls", 5, 10),))

    assert center.work() == []
    assert center.duty() == [("home-0", -1, -1)]
    assert center.breaks() == [(-1, -1)]
    assert not center.log.spells.absent.any()


def test_those_who_are_late_come_in_the_order_of_their_coming():
    """home-0 is due first and comes last."""
    center = home(
        Shift("home", 0, 0, 100, late=30), Shift("home", 1, 10, 100, late=5), agents=2,
        contacts=(Contact("calls", 0, 50), Contact("calls", 1, 5)),
    )  # fmt: skip
    assert center.work() == [(15, 65, "home-1", 0), (30, 35, "home-0", 1)]


def test_breaks_that_are_over_when_the_agent_comes_are_dropped():
    """Nobody who comes at 40 takes the break of 20 to 30; the one of 60 is taken."""
    center = home(Shift("home", 0, 0, 100, breaks=((20, 10), (60, 10)), late=40))
    assert center.breaks() == [(-1, -1), (60, 70)]


def test_of_a_break_that_is_on_when_the_agent_comes_the_rest_is_left():
    """A trainee who is late takes no contacts either: training from 0 to 100 goes on."""
    center = home(Shift("home", 0, 0, 100, breaks=((0, 100),), late=40), contacts=(Contact("calls", 50, 10),))
    assert center.breaks() == [(40, 100)]
    assert center.work() == []


def test_a_break_due_at_the_very_coming_is_taken():
    """It is capacity that goes (class 3), after capacity that comes (class 2)."""
    center = home(Shift("home", 0, 0, 100, breaks=((40, 10),), late=40), contacts=(Contact("calls", 5, 10),))
    assert center.breaks() == [(40, 50)]
    assert center.work() == [(50, 60, "home-0", 0)]


def test_a_pool_is_asleep_until_the_first_agent_comes():
    """Who is late is not on shift: the pool that takes over while it sleeps goes on."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home"), Pool("away")],
        routing={"calls": [Step("home"), Step("away", 1, asleep="home")]},
        shifts=[Shift("home", 0, 10, 100, late=30), Shift("away", 0, 0, 100)],
        contacts=[Contact("calls", 20, 60), Contact("calls", 21, 10)],
    )
    assert center.work() == [(20, 80, "away-0", 0), (40, 50, "home-0", 1)]


def test_who_comes_late_while_an_end_waits_lets_the_busy_one_stay():
    """Leavers pooled: the newcomer of 100, late until 110, would leave at once."""
    center = home(
        Shift("home", 0, 0, 100), Shift("home", 1, 100, 200, late=10), agents=2, pooled_leavers=True,
        contacts=(Contact("calls", 80, 50), Contact("calls", 120, 10)),
    )  # fmt: skip
    assert center.work() == [(80, 130, "home-0", 0), (130, 140, "home-0", 1)]


@pytest.mark.parametrize("kind", [SpellKind.BENCH, SpellKind.OVERTIME])
def test_who_stands_in_for_the_absent_works_like_anybody_and_stands_in_the_log_as_such(kind):
    """Overtime is a matter of wages."""
    center = home(Shift("home", 0, 0, 100, kind=kind), contacts=(Contact("calls", 5, 10),))
    assert center.work() == [(5, 15, "home-0", 0)]
    assert center.log.spells.kind.tolist() == [kind]


def test_agents_of_a_pool_may_differ_in_their_rates():
    """One is new and takes twice as long; in her second spell she has learned."""
    center = Center(
        types=[Type("calls")],
        pools=[Pool("home", 2)],
        rates=tuple(Pool("home", slower={"calls": factor}) for factor in (1.0, 2.0, 1.5)),
        shifts=[
            Shift("home", 0, 0, 100, order=1, rate_row=0), Shift("home", 1, 0, 100, rate_row=1),
            Shift("home", 1, 200, 300, rate_row=2),
        ],
        contacts=[Contact("calls", 5, 10), Contact("calls", 6, 10), Contact("calls", 210, 10)],
    )  # fmt: skip
    assert center.work()[:2] == [(5, 25, "home-1", 0), (6, 16, "home-0", 1)]
    (start, end, agent, contact) = center.work()[2]
    assert (start, agent, contact) == (210, "home-1", 2)
    assert end - start == pytest.approx(15, abs=1e-3)


def at_new_rates(*contacts: Contact, pooled: bool = False, agents: int = 1, **pool: object) -> Center:
    """Agents work from 0 to 100 at their usual rates, and from 100 to 200 in half the time."""
    return Center(
        types=[Type("calls"), Type("mail", EMAIL, hand_over=5, resume=3)],
        pools=[Pool("home", agents, pooled_leavers=pooled, **pool)],
        rates=(Pool("home"), Pool("home", slower={"calls": 0.5, "mail": 0.5})),
        shifts=[
            Shift("home", agent, begins, begins + 100, rate_row=row)
            for row, begins in enumerate((0, 100))
            for agent in range(agents)
        ],
        contacts=list(contacts),
    )


@pytest.mark.parametrize("pooled", [False, True])
def test_an_agent_goes_straight_on_at_new_rates(pooled):
    """At midnight it has been there a week longer: who is idle takes what comes then at the new rates."""
    center = at_new_rates(Contact("calls", 100, 10), pooled=pooled)
    assert center.work() == [(100, 105, "home-0", 0)]
    assert center.duty() == [("home-0", 0, 100), ("home-0", 100, 200)]


@pytest.mark.parametrize("pooled", [False, True])
def test_a_contact_in_hand_is_finished_at_the_old_rates(pooled):
    """The new spell begins when it is done."""
    center = at_new_rates(Contact("calls", 80, 50), Contact("calls", 90, 10), pooled=pooled)
    assert center.work() == [(80, 130, "home-0", 0), (130, 135, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 130), ("home-0", 130, 200)]


@pytest.mark.parametrize("pooled", [False, True])
def test_mail_in_hand_is_not_handed_over_by_an_agent_who_goes_on(pooled):
    """There is nobody else."""
    center = at_new_rates(Contact("mail", 80, 50), pooled=pooled)
    assert center.work() == [(80, 130, "home-0", 0)]


@pytest.mark.parametrize("pooled", [False, True])
def test_mail_that_is_kept_stays_kept(pooled):
    """Interrupted at 90 with 40 s left, resumed for 3 s more at twice the pace."""
    center = at_new_rates(Contact("mail", 80, 50), Contact("calls", 90, 20), pooled=pooled, interruptible=True)
    assert center.work() == [(80, 90, "home-0", 0, "interrupted"), (90, 110, "home-0", 1), (110, 131.5, "home-0", 0)]


def test_a_pool_of_which_everybody_goes_on_goes_on():
    """Leavers pooled: at 100 two spells end and two begin, one agent is busy, and nobody is at home."""
    center = at_new_rates(Contact("calls", 80, 50), Contact("calls", 110, 10), pooled=True, agents=2)
    assert center.work() == [(80, 130, "home-0", 0), (110, 115, "home-1", 1)]
    assert sorted(center.duty()) == [
        ("home-0", 0, 130), ("home-0", 130, 200), ("home-1", 0, 100), ("home-1", 100, 200),
    ]  # fmt: skip


def test_a_spell_between_two_others_may_pass_in_overtime():
    """The call of 80 lasts until 230: the spell of 100 to 200 has no length, that of 200 begins when it is done."""
    center = at_new_rates(Contact("calls", 80, 150))
    center = replace(center, shifts=[*center.spells, Shift("home", 0, 200, 300, rate_row=0)])
    assert center.duty() == [("home-0", 0, 230), ("home-0", 200, 200), ("home-0", 230, 300)]


def test_mail_that_is_kept_through_a_spell_that_passes_goes_back_at_its_end():
    """Off duty from 200 on, with the call in hand that interrupted the mail: a colleague takes it."""
    center = at_new_rates(Contact("mail", 80, 30), Contact("calls", 90, 200), interruptible=True, agents=2)
    center = replace(center, shifts=[*(s for s in center.spells if s.agent == 0), Shift("home", 1, 190, 400)])
    assert center.work() == [
        (80, 90, "home-0", 0, "interrupted"), (90, 290, "home-0", 1), (200, 225, "home-1", 0),
    ]  # fmt: skip


def test_where_leavers_are_pooled_an_idle_agent_leaves_when_a_spell_passes():
    """The call of 80 lasts until 250; at 200 home-1, who was to stay until 400, goes in place of home-0."""
    center = at_new_rates(Contact("calls", 80, 170), agents=2, pooled=True)
    center = replace(center, shifts=[*(s for s in center.spells if s.agent == 0), Shift("home", 1, 150, 400)])
    assert center.duty() == [("home-0", 0, 400), ("home-0", 200, 200), ("home-1", 150, 200)]
    assert (center.log.spells.planned_to / 2**20).tolist() == [400, 100, 200]


def test_where_leavers_are_pooled_and_none_is_idle_who_comes_next_lets_the_agent_stay():
    """At 200 the spell that passed is over, and with it the day of the only agent; its next one begins at 210."""
    center = at_new_rates(Contact("calls", 80, 170), Contact("calls", 260, 10), pooled=True)
    center = replace(center, shifts=[*center.spells, Shift("home", 0, 210, 300)])
    assert center.work() == [(80, 250, "home-0", 0), (260, 270, "home-0", 1)]
    assert center.duty() == [("home-0", 0, 300), ("home-0", 200, 200), ("home-0", 210, 210)]


def test_who_goes_on_in_the_dark_is_down_in_both_spells():
    center = replace(at_new_rates(Contact("calls", 90, 10)), outages=(Outage(50, 150, ("home",)),))
    assert center.work() == [(150, 155, "home-0", 0)]
    assert center.down() == [("home-0", 50, 100), ("home-0", 100, 150)]


def test_an_agent_who_cannot_do_what_its_pool_handles_is_refused():
    """The simulation would hang."""
    center = home(Shift("home", 0, 0, 100), contacts=(Contact("calls", 5, 10),))
    spells = center.workload.spells
    of_nobody = replace(center.workload, spells=replace(spells, rate_row=np.array([7])))
    nothing = Rates(rate=np.zeros((1, 1, 1), dtype=np.int64), resolves=np.zeros((0, 0)), transfers=np.zeros((0, 0)))

    with pytest.raises(SimulationError, match="not among the 1 given"):
        simulate(center.plan, of_nobody)
    with pytest.raises(SimulationError, match="cannot do calls, which pool home handles"):
        simulate(center.plan, replace(center.workload, rates=nothing))


def test_who_comes_early_is_refused():
    center = home(Shift("home", 0, 50, 100, late=-10))
    with pytest.raises(SimulationError, match="never early"):
        simulate(center.plan, center.workload)


def test_spells_on_call_may_touch():
    """Day after day from midnight to midnight: each may be worked once."""
    center = home(Shift("home", 0, 0, 100, kind=SpellKind.ON_CALL), Shift("home", 0, 100, 200, kind=SpellKind.ON_CALL))
    assert center.duty() == [("home-0", -1, -1), ("home-0", -1, -1)]
