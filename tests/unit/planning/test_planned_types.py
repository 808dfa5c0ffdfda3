"""Contact types, lines and pools in numbers."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.plan import TICKS_PER_SECOND, UNITS_PER_SECOND, AgentChoice, Channel, ContactChoice
from tests.small_center import CHAT, EMAIL, HOUR, PHONE, POOL, SITE, in_hours, planned

THREE = {"calls": PHONE, "chats": CHAT, "mails": EMAIL}
HANDLES_ALL = {"calls": {}, "chats": {}, "mails": {}}


def test_rows_follow_stream_keys_and_names_the_file() -> None:
    """A renamed type keeps its place; the file's order is for display alone."""
    kinds = {"zulu": {**PHONE, "stream": "alpha"}, "mike": PHONE}
    found = planned(contact_types=kinds, pools={"care": {**POOL, "handles": {"zulu": {}, "mike": {}}}})
    assert found.types.name == ("zulu", "mike")
    assert found.types.stream == ("alpha", "mike")
    kinds = {"zulu": PHONE, "mike": PHONE}
    found = planned(contact_types=kinds, pools={"care": {**POOL, "handles": {"zulu": {}, "mike": {}}}})
    assert found.types.name == ("mike", "zulu")
    assert found.names.types == (1, 0)


def test_rules_of_a_queue_as_numbers() -> None:
    """What is not limited is -1; times become ticks, work becomes units."""
    mail = {
        **EMAIL,
        "max_waiting": 7,
        "weight": 3,
        "hand_over": "90 s",
        "resume_overhead": "30 s",
        "interrupted": "returned",
    }
    types = planned(
        contact_types={"calls": PHONE, "mails": mail}, pools={"care": {**POOL, "handles": HANDLES_BOTH}}
    ).types
    assert types.channel.tolist() == [Channel.PHONE, Channel.EMAIL]
    assert types.max_waiting.tolist() == [-1, 7]
    assert types.weight.tolist() == [1, 3]
    assert types.hand_over_work.tolist() == [0, 90 * UNITS_PER_SECOND]
    assert types.resume_work.tolist() == [0, 30 * UNITS_PER_SECOND]
    assert types.interrupted_returns.tolist() == [False, True]


HANDLES_BOTH = {"calls": {}, "mails": {}}


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("hand over", 0),
        ({"finish_if_under": "5 min"}, 300 * UNITS_PER_SECOND),
        ("finish", 1 << 62),
    ],
)
def test_deferred_work_at_shift_end(written: object, units: int) -> None:
    """Work with less left than this is finished: none, some, all."""
    kinds = {"calls": PHONE, "mails": {**EMAIL, "at_shift_end": written}}
    assert (
        planned(contact_types=kinds, pools={"care": {**POOL, "handles": HANDLES_BOTH}}).types.finish_if_under[1]
        == units
    )


def test_talk_wrap_up_and_patience_have_their_laws() -> None:
    """Endless patience is no law."""
    split = {key: value for key, value in PHONE.items() if key != "handle_time"}
    split |= {
        "talk_time": {"exponential": "4 min"},
        "wrap_up": {"deterministic": "1 min"},
        "patience": {"exponential": "3 min"},
    }
    types = planned(contact_types={"calls": split}).types
    assert types.work_law[0].mean == 240
    assert types.wrap_law[0] is not None
    assert types.wrap_law[0].parameters == (60.0,)
    assert types.patience_law[0] is not None
    assert types.patience_law[0].mean == 180
    assert planned().types.patience_law == (None,)


def test_opening_hours_are_merged_windows_of_the_simulation() -> None:
    """Monday 08-12 and 12-18 are one; without opening hours a type is always open."""
    hours = {"mon": ["08:00-12:00", "12:00-18:00"], "tue": "22:00-06:00"}
    types = planned(contact_types={"calls": {**PHONE, "opening_hours": hours}}).types
    assert in_hours(types.opening_from) == [8, 24 + 22, 7 * 24 + 8, 8 * 24 + 22]
    assert in_hours(types.opening_to) == [18, 48 + 6, 7 * 24 + 18, 9 * 24]
    always = planned()
    assert always.types.opening_from.tolist() == [0]
    assert always.types.opening_to.tolist() == [always.run_end]


def test_opening_hours_close_on_holidays_by_the_date_of_their_begin() -> None:
    """The night that begins on Monday 1 June is closed, that of Sunday 31 May still open at the start."""
    hours = {"daily": "22:00-06:00", "closed_on": {"dates": ["2026-06-01"]}}
    types = planned(contact_types={"calls": {**PHONE, "opening_hours": hours}}).types
    assert in_hours(types.opening_from)[:2] == [0, 24 + 22]
    assert in_hours(types.opening_to)[:2] == [6, 48 + 6]


def test_lines_limit_their_types() -> None:
    """A type without a group has no limit."""
    kinds = {"a": PHONE, "b": PHONE, "c": PHONE}
    pool = {**POOL, "handles": {"a": {}, "b": {}, "c": {}}}
    found = planned(contact_types=kinds, pools={"care": pool}, lines={"trunk": {"types": ["a", "c"], "limit": 5}})
    assert found.types.line_group.tolist() == [0, -1, 0]
    assert (found.lines.name, found.lines.limit.tolist()) == (("trunk",), [5])


def test_rates_are_whole_numbers_of_speed_and_factor() -> None:
    """max(1, round(65536 speed[k] / factor)); calls at full rate beside chats, nothing beyond the concurrency."""
    chatters = {
        "site": "here",
        "handles": {"calls": {"handle_time": "x1.12"}, "chats": {"handle_time": "x1.25"}},
        "chat": {"concurrency": 3, "speed": [1.0, 0.62, 0.46]},
        "staffing": 1,
    }
    mailers = {"site": "here", "handles": {"mails": {}}, "staffing": 1}
    pools = planned(contact_types=THREE, pools={"chatters": chatters, "mailers": mailers}).pools
    full = round(65536 / 1.12)
    assert pools.rate[0].tolist() == [[full] * 3, [52429, 32506, 24117], [0, 0, 0]]
    assert pools.rate[1].tolist() == [[0, 0, 0], [0, 0, 0], [65536, 0, 0]]
    assert pools.concurrency.tolist() == [3, 1]
    np.testing.assert_array_equal(pools.speed, [[1.0, 0.62, 0.46], [1.0, np.nan, np.nan]])
    np.testing.assert_array_equal(pools.factor, [[1.12, 1.25, np.nan], [np.nan, np.nan, 1.0]])


def test_a_rate_is_at_least_one() -> None:
    """However slow the pool."""
    pool = {**POOL, "handles": {"calls": {"handle_time": "x1000000"}}}
    assert planned(pools={"care": pool}).pools.rate.tolist() == [[[1]]]


def test_live_types_come_first_unless_said() -> None:
    """Priority 1 for live, 0 for deferred types, -1 for those a pool does not handle."""
    said = {"site": "here", "handles": {"calls": {"priority": 3}, "mails": {"priority": 5}}, "staffing": 1}
    usual = {"site": "here", "handles": HANDLES_ALL, "staffing": 1}
    pools = planned(contact_types=THREE, pools={"said": said, "usual": usual}).pools
    assert pools.priority.tolist() == [[3, -1, 5], [1, 1, 0]]


def test_leavers_are_named_by_shifts_and_pooled_by_numbers_unless_said() -> None:
    """Rule 8."""
    staffed = {"site": "here", "handles": {"calls": {}}, "staffing": 1}
    pools = {"a": POOL, "b": staffed, "c": {**POOL, "leavers": "pooled"}, "d": {**staffed, "leavers": "named"}}
    assert planned(pools=pools).pools.pooled_leavers.tolist() == [False, True, True, False]


def test_pools_say_how_they_choose() -> None:
    """Words become the closed vocabulary."""
    pool = {**POOL, "choose": "longest queue", "interruptible": True}
    pools = planned(pools={"care": pool}).pools
    assert pools.contact_choice.tolist() == [ContactChoice.LONGEST_QUEUE]
    assert pools.interruptible.tolist() == [True]


def test_types_say_which_agent_they_take() -> None:
    """Longest idle; least loaded for chat; or what the route says."""
    pool = {**POOL, "handles": HANDLES_ALL}
    routing = {"mails": {"ranks": ["care"], "choose": "in order"}}
    types = planned(contact_types=THREE, pools={"care": pool}, routing=routing).types
    assert types.agent_choice.tolist() == [AgentChoice.LONGEST_IDLE, AgentChoice.LEAST_LOADED, AgentChoice.IN_ORDER]


def test_only_sites_of_the_scenarios_pools_are_there() -> None:
    """A site that nobody works at has no cost and no coverage."""
    found = planned(sites={"zoo": SITE, "here": SITE, "away": SITE})
    assert found.sites.name == ("here",)
    assert found.pools.site.tolist() == [0]


def test_windows_of_types_do_not_run_into_each_other() -> None:
    """CSR: the second type's opening hours begin where the first one's end."""
    kinds = {"a": {**PHONE, "opening_hours": {"mon": "08:00-09:00"}}, "b": PHONE}
    found = planned(contact_types=kinds, pools={"care": {**POOL, "handles": {"a": {}, "b": {}}}})
    assert found.types.opening_offset.tolist() == [0, 2, 3]
    assert found.types.opening_to[0] - found.types.opening_from[0] == HOUR
    assert TICKS_PER_SECOND * 3600 == HOUR
