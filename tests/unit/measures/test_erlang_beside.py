"""What Erlang C says of the planned staffing, by hand-made numbers."""

from dataclasses import replace

import numpy as np
import pytest

from ccsim.erlang import erlang_c
from ccsim.measures.erlang_beside import simple_queues
from ccsim.measures.expected import expected
from ccsim.measures.planned import expected_agents
from ccsim.plan import Channel
from tests.tiny_plan import TinyLine, TinyType, constant, exponential
from tests.written_logs import Step, interval_values, small_plan, values, written_log

ALL_DAY = {"begins": 0.0, "ends": 24.0}


def calls(stream="care", erlangs=10.0, handling=300.0, **more):
    """A steady stream of this many erlangs."""
    return TinyType(stream, per_day=erlangs * 86_400 / handling, work=exponential(handling), threshold=20.0, **more)


def level(load, agents, handling=300.0, threshold=20.0):
    return float(erlang_c(load, agents, handling).service_level(threshold))


def test_one_pool_all_day_is_erlang_c_itself():
    """No breaks, no shrinkage, one type: the textbook formula."""
    result = values(small_plan((calls(),), (TinyLine(agents=13, **ALL_DAY),)), written_log())

    assert result["erlang_c_service_level"] == pytest.approx(level(10, 13))
    assert result["erlang_c_unstable_share"] == 0


def test_who_comes_outside_the_opening_hours_is_not_expected():
    """Open from 08:15 to 16:00: Erlang C judges those who are offered, and no empty night counts as a failure."""
    plan = small_plan((calls(),), (TinyLine(agents=13, begins=8.0, ends=16.0),), opening=((8.25, 16.0),))
    contacts = expected(plan).contacts[0]
    rate = 10 * 1800 / 300

    assert contacts[:18] == pytest.approx([0.0] * 16 + [rate / 2, rate])
    assert contacts[31:34] == pytest.approx([rate, 0, 0])


def test_breaks_absence_and_shrinkage_take_a_real_number_of_agents():
    """
    10 % absent; of 8 h an unpaid half hour and a paid quarter; 20 % off the phone of the 7.5 h present.

    13 agents x 0.9 x (7.25 h at the desk - 0.2 x 7.5 h) = 67.275 agent hours, none lost to rounding.
    """
    line = TinyLine(
        agents=13, begins=8.0, ends=16.0, breaks=((4.0, 0.5, False), (2.0, 0.25, True)), absence=0.1, other=0.2
    )
    agents = expected_agents(small_plan((calls(),), (line,)))

    assert agents.sum() / 2 == pytest.approx(13 * 0.9 * (7.25 - 0.2 * 7.5))
    assert agents[0, 16] == pytest.approx(13 * 0.9 * (1 - 0.2 * 7.5 / 7.25))
    assert agents[0, 24] == 0
    assert agents[0, 20] == pytest.approx(agents[0, 16] / 2)


def test_shrinkage_as_heads_takes_its_share_of_heads():
    """The spreadsheet rule takes whole agents away, breaks or not."""
    line = TinyLine(agents=10, begins=8.0, ends=16.0, breaks=((2.0, 0.25, True),), other=0.2, as_heads=True)

    assert expected_agents(small_plan((calls(),), (line,)))[0, 16] == pytest.approx(8)


def test_numbers_per_time_are_averaged_within_the_interval():
    """12 agents for a third of the half hour, then 6: 8 on average, a quarter of them absent."""
    line = TinyLine("floor/day", numbers=((0.0, 12), (1 / 6, 6)), absence=0.25)

    assert expected_agents(small_plan((calls(),), (line,)))[0, :2] == pytest.approx([6, 4.5])


def test_every_agent_is_counted_once_among_the_types_of_a_pool():
    """Ten and five erlangs share eighteen agents as twelve and six, each with its own queue."""
    plan = small_plan((calls("a", 10.0), calls("b", 5.0, 600.0)), (TinyLine(agents=18, **ALL_DAY),))

    assert values(plan, written_log(), name="a")["erlang_c_service_level"] == pytest.approx(level(10, 12))
    assert values(plan, written_log(), name="b")["erlang_c_service_level"] == pytest.approx(level(5, 6, 600.0))
    assert interval_values(plan, written_log(), "erlang_c_agents", "b") == pytest.approx([6] * 48)


def test_deferred_types_get_no_agents_and_no_erlang_c():
    """Email waits for hours; Erlang C has nothing to say of it."""
    email = replace(calls("b", 5.0), channel=Channel.EMAIL)
    plan = small_plan((calls("a"), email), (TinyLine(agents=13, **ALL_DAY),))
    result = values(plan, written_log(), name="b")

    assert values(plan, written_log(), name="a")["erlang_c_service_level"] == pytest.approx(level(10, 13))
    assert [v for name, v in result.items() if name.startswith("erlang_c") or name == "understaffed_hours_per_day"] == [
        None,
        None,
        None,
    ]


def test_pools_of_a_type_are_added_and_their_handle_times_weighted():
    """Nine agents at 300 s and three at 360 s: 315 s, and as many more erlangs."""
    plan = small_plan((calls(),), (TinyLine("a", 9, **ALL_DAY), TinyLine("b", 3, **ALL_DAY)))
    plan = replace(plan, pools=replace(plan.pools, factor=np.array([[1.0], [1.2]])))

    assert values(plan, written_log())["erlang_c_service_level"] == pytest.approx(level(10.5, 12, 315.0))


def test_pools_that_may_not_take_the_type_do_not_help_it():
    """Only routing steps bring a pool to a type."""
    plan = small_plan(
        (calls("a"), calls("b")),
        (TinyLine("x", 13, **ALL_DAY), TinyLine("y", 14, **ALL_DAY)),
        steps=((Step(0),), (Step(1),)),
    )

    assert values(plan, written_log(), name="b")["erlang_c_service_level"] == pytest.approx(level(10, 14))


def test_chat_is_agents_times_concurrency_at_the_slow_speed_of_full_load():
    """What planners do: four agents with three chats are twelve servers, each chat at 46 % of its speed."""
    plan = small_plan((calls("care", 4.0, 300.0, channel=Channel.CHAT),), (TinyLine(agents=4, **ALL_DAY),))
    pools = replace(plan.pools, concurrency=np.array([3]), speed=np.array([[1.0, 0.62, 0.46]]))
    plan = replace(plan, pools=pools)

    assert values(plan, written_log())["erlang_c_service_level"] == pytest.approx(level(4 / 0.46, 12, 300 / 0.46))
    needed = next(n for n in range(9, 99) if level(4 / 0.46, n, 300 / 0.46) >= 0.8)
    assert interval_values(plan, written_log(), "required_agents")[0] == pytest.approx(needed / 3)


def test_unstable_and_unstaffed_intervals_count_as_zero_with_their_volume():
    """Night without anybody, morning with too few: their contacts are in the average, and their share is printed."""
    kind = calls(pieces=((0.0, 6.0, 1.0), (6.0, 12.0, 3.0)))
    kind = replace(kind, per_day=100.0 + 300.0, work=exponential(720.0))
    plan = small_plan((kind,), (TinyLine(agents=13, begins=6.0, ends=9.0), TinyLine("late", 10, 9.0, 12.0)))
    result = values(plan, written_log())

    assert result["erlang_c_unstable_share"] == pytest.approx((100 + 150) / 400)
    assert result["erlang_c_service_level"] == pytest.approx(150 / 400 * level(10, 13, 720.0))
    by_interval = interval_values(plan, written_log(), "erlang_c_service_level")
    assert by_interval[0] == by_interval[20] == 0
    assert by_interval[30] is None


def test_levels_of_the_interval_change_its_handle_time():
    """Calls that last 20 % longer at night are 20 % more erlangs then."""
    kind = replace(calls(), handle_level=1.2)
    result = values(small_plan((kind,), (TinyLine(agents=14, **ALL_DAY),)), written_log())

    assert result["erlang_c_service_level"] == pytest.approx(level(12, 14, 360.0))


def test_wrap_up_is_part_of_the_handle_time():
    """The agent is not free before it."""
    kind = replace(calls(), wrap=constant(60.0))

    assert simple_queues(small_plan((kind,))).handle_time[0, 0] == pytest.approx(360)


@pytest.mark.parametrize("erlangs", [0.2, 1.0, 10.0, 87.3])
def test_required_agents_are_the_smallest_that_meet_the_target(erlangs):
    """One fewer would miss it."""
    plan = small_plan((calls(erlangs=erlangs),))
    needed = interval_values(plan, written_log(), "required_agents")[0]

    assert level(erlangs, needed) >= 0.8
    assert needed - 1 <= erlangs or level(erlangs, needed - 1) < 0.8


def test_understaffed_hours_do_not_net_out():
    """Ten too many by day do not help the two that are missing at night."""
    required = interval_values(small_plan((calls(),)), written_log(), "required_agents")[0]
    lines = (TinyLine("a", int(required) - 2, 0.0, 12.0), TinyLine("b", int(required) + 10, 12.0, 24.0))

    assert values(small_plan((calls(),), lines), written_log())["understaffed_hours_per_day"] == pytest.approx(24)


def test_nobody_may_take_the_type_is_unstaffed():
    """A scenario without the pool that handles the type promises nothing, and must not crash."""
    plan = small_plan((calls(),), steps=((),))
    result = values(plan, written_log())

    assert (result["erlang_c_service_level"], result["erlang_c_unstable_share"], result["coverage"]) == (0, 1, 0)


def test_campaigns_take_no_agents_from_live_types_and_have_neither_coverage_nor_abandonment():
    """They are dialed when agents are idle: whoever plans by Erlang C leaves them aside, as he does emails."""
    dialed = calls("dialed", erlangs=5.0, channel=Channel.OUTBOUND)
    lines = (TinyLine(agents=13, **ALL_DAY),)
    both, alone = small_plan((calls("care"), dialed), lines), small_plan((calls("care"),), lines)

    level_of = [values(plan, written_log(), name="care")["erlang_c_service_level"] for plan in (both, alone)]
    assert level_of[0] == level_of[1] == pytest.approx(level(10, 13))
    campaign = values(both, written_log(), name="dialed")
    for measure in ("erlang_c_service_level", "coverage", "few_agents_share", "abandonment_rate"):
        assert campaign[measure] is None
