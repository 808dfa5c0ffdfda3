"""What people can: the learning curve, training, nesting, and the spread from agent to agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.plan import UNITS_PER_TICK, BlockKind, Plan
from tests.small_center import CHAT, DAY, HOUR, PHONE, POOL, SHIFT, planned

if TYPE_CHECKING:
    from ccsim.workload import Rates, Spells

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

HALF_YEAR = {"start": "2026-06-01", "weeks": 26, "timezone": "UTC", "run_on": "0 s"}
QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
LEARNING = {"handle_time": "x1.6", "resolves": "x0.7", "half_life": "4 weeks"}
LUNCH = {"between": ["4 h", "4 h"], "length": "1 h"}


def center(calendar: Any = HALF_YEAR, types: Any = QUIET, agents: int = 2, **keys: Any) -> Plan:
    """A pool of one shift, 08:00 to 16:00 on every day."""
    breaks = keys.pop("breaks", ())
    pool = {**POOL, "shifts": {"day": {**SHIFT, "agents": agents, "breaks": breaks}}, **keys}
    return planned(calendar=calendar, contact_types=types, pools={"care": pool})


def working_lives(plan: Plan, case: str = "experience") -> tuple[Spells, Rates]:
    found = draw(plan, crc32(case.encode()), 0)
    assert found.rates is not None
    return found.spells, found.rates


def off_phone(rows: Spells, kind: BlockKind) -> np.ndarray:
    """Time in blocks of this kind in each spell. [h]"""
    owner = np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))
    chosen = rows.block_kind == kind
    return np.bincount(owner[chosen], rows.block_length[chosen], minlength=len(rows.agent)) / HOUR


def test_handle_time_and_resolution_follow_the_learning_curve_by_whole_weeks() -> None:
    """x1.6 on the first day, half of the rest after four weeks; the rate is the rounded inverse (rule 1)."""
    types = {"calls": {**QUIET["calls"], "recontact": {"delay": {"exponential": "1 h"}}}}
    handles = {"calls": {"handle_time": "x1.1", "resolves": "80%"}}
    rows, rates = working_lives(center(types=types, tenure="new", learning=LEARNING, handles=handles))
    left = 0.5 ** (rows.begins // (7 * DAY) / 4)
    assert np.array_equal(rates.rate[rows.rate_row, 0, 0], np.rint(UNITS_PER_TICK / (1.1 * (1 + 0.6 * left))))
    assert rates.resolves[rows.rate_row, 0] == pytest.approx(0.8 * (1 - 0.3 * left))
    assert len(rates.rate) == 26


def test_mean_handle_time_over_the_horizon_is_the_mean_of_the_curve() -> None:
    """All agents new, contacts spread evenly: mean factor = 1 + (1.6 - 1) x mean of 0.5 ** (w / 4) over 26 weeks."""
    rows, rates = working_lives(center(tenure="new", learning=LEARNING))
    mean = np.mean(UNITS_PER_TICK / rates.rate[rows.rate_row, 0, 0])
    assert mean == pytest.approx(1 + 0.6 * (1 - 0.5**6.5) / (1 - 0.5**0.25) / 26, rel=1e-5)


def test_tenure_and_training_say_where_on_the_curve_people_begin() -> None:
    """Hired five weeks ago with two weeks of training: three weeks on the floor."""
    rows, rates = working_lives(center(tenure="5 weeks", learning={**LEARNING, "training": "2 weeks"}))
    first = UNITS_PER_TICK / rates.rate[rows.rate_row[0], 0, 0]
    assert first == pytest.approx(1 + 0.6 * 0.5**0.75, rel=1e-5)


def test_the_experienced_work_at_the_rates_of_their_pool_to_the_unit() -> None:
    """Also chats, at every number of them, beside a pool that is learning."""
    types = {**QUIET, "chats": {**CHAT, "demand": {"rate": "1 per day"}}}
    handles = {"calls": {"handle_time": "x1.12"}, "chats": {"handle_time": "x0.93"}}
    skilled = {**POOL, "handles": handles, "chat": {"concurrency": 3, "speed": [1, 0.62, 0.46]}}
    pools = {"a": skilled, "b": {**POOL, "learning": LEARNING, "tenure": "new"}, "c": {**skilled, "learning": LEARNING}}
    plan = planned(contact_types=types, pools=pools)
    rows, rates = working_lives(plan)
    pool = plan.agents.pool[rows.agent]
    for name in (0, 2):
        (row,) = set(rows.rate_row[pool == name].tolist())
        assert np.array_equal(rates.rate[row], plan.pools.rate[name])


def test_only_combinations_that_occur_have_a_row() -> None:
    """One row for each pool and week, however many agents; experienced people share one with those who never learn."""
    plan = center(agents=40, tenure="new", learning=LEARNING)
    assert len(working_lives(plan)[1].rate) == 26
    plan = center(agents=40, learning=LEARNING)
    assert len(working_lives(plan)[1].rate) == 1


def test_without_anything_to_learn_there_are_no_rates() -> None:
    found = draw(center(attrition="5%"), 1, 1)
    assert found.rates is None
    assert set(found.spells.rate_row.tolist()) == {0}


def test_trainees_are_at_no_contact_but_on_their_breaks() -> None:
    """Two weeks of training from Monday: shifts of fourteen dates are one block, cut by the lunch; then none is."""
    learning = {**LEARNING, "training": "2 weeks"}
    keys: Any = {"tenure": "new", "learning": learning, "breaks": [LUNCH], "shrinkage": {"other": "20%"}}
    rows, _ = working_lives(center(agents=3, **keys))
    in_training = rows.begins < 14 * DAY
    assert set(off_phone(rows, BlockKind.TRAINING)[in_training]) == {7.0}
    assert not off_phone(rows, BlockKind.TRAINING)[~in_training].any()
    assert not off_phone(rows, BlockKind.OFF_PHONE)[in_training].any()
    assert set(off_phone(rows, BlockKind.BREAK)) == {1.0}
    dues = rows.block_due[: rows.block_offset[1]]
    assert ((dues - rows.begins[0]) / HOUR).tolist() == [0.0, 4.0, 5.0]
    assert rows.block_paid[: rows.block_offset[1]].tolist() == [True, False, True]


@pytest.mark.parametrize("as_", ["blocks", "heads"])
def test_nesting_leaves_its_share_of_present_time_for_contacts(as_: str) -> None:
    """
    70 % of the first three weeks, also where shrinkage takes heads; z-test over 4,200 shifts of seven hours.
    """
    learning = {**LEARNING, "nesting": "3 weeks", "nesting_share": "70%"}
    calendar = {**HALF_YEAR, "weeks": 4}
    keys: Any = {"tenure": "new", "breaks": [LUNCH], "shrinkage": {"other": "10%", "as": as_}, "learning": learning}
    rows, _ = working_lives(center(calendar, agents=200, **keys), f"nesting {as_}")
    off, nesting = off_phone(rows, BlockKind.OFF_PHONE), rows.begins < 21 * DAY
    for chosen, share in ((nesting, 0.3), (~nesting, 0.1)):
        differences = off[chosen] - 7 * share
        if as_ == "heads" and share == 0.1:
            assert differences.sum() == pytest.approx(0.0)
        else:
            z = differences.sum() / (differences.std() * len(differences) ** 0.5)
            assert abs(z) < stats.norm.isf(FALSE_ALARMS / 2)


def test_usual_shrinkage_holds_for_nesting_where_it_takes_more() -> None:
    learning = {**LEARNING, "nesting": "1 week", "nesting_share": "95%"}
    keys: Any = {"tenure": "new", "shrinkage": {"other": "25%"}, "learning": learning}
    nests, _ = working_lives(center(agents=50, **keys))
    usual, _ = working_lives(center(agents=50, **{**keys, "learning": LEARNING}))
    assert np.array_equal(nests.block_due, usual.block_due)


def test_speed_differs_from_agent_to_agent_by_a_lognormal_factor_of_mean_one() -> None:
    """Kolmogorov-Smirnov over 2,000 agents, who keep their factor."""
    plan = center({**HALF_YEAR, "weeks": 1}, agents=2000, speed_spread="25%")
    rows, rates = working_lives(plan, "spread")
    factor = UNITS_PER_TICK / rates.rate[rows.rate_row, 0, 0]
    by_agent = factor[np.lexsort((rows.begins, rows.agent))].reshape(2000, 7)
    assert np.all(by_agent == by_agent[:, :1])
    sigma = np.sqrt(np.log1p(0.25**2))
    assert stats.kstest(by_agent[:, 0], stats.lognorm(sigma, scale=np.exp(-(sigma**2) / 2)).cdf).pvalue > FALSE_ALARMS


def test_agents_of_a_number_differ_too() -> None:
    pools = {"care": {"site": "here", "handles": {"calls": {}}, "staffing": 6, "speed_spread": "20%"}}
    rows, rates = working_lives(planned(contact_types=QUIET, pools=pools))
    assert len(rows.agent) == len(rates.rate) == len(set(rates.rate[:, 0, 0].tolist())) == 6


def test_who_comes_after_a_leaver_is_another_person() -> None:
    plan = center(agents=10, attrition="50%", speed_spread="20%")
    rows, rates = working_lives(plan)
    speeds = {agent: set(rates.rate[rows.rate_row[rows.agent == agent], 0, 0].tolist()) for agent in range(10)}
    assert max(map(len, speeds.values())) > 1


def test_around_the_clock_a_spell_ends_where_the_rates_change() -> None:
    """Touching shifts of one person are one spell for a week, and the next week another."""
    pool = {**POOL, "shifts": {"day": {**SHIFT, "from": "00:00", "to": "00:00", "agents": 1}}}
    pools = {"care": {**pool, "tenure": "new", "learning": LEARNING}}
    rows, _ = working_lives(planned(calendar={**HALF_YEAR, "weeks": 3}, contact_types=QUIET, pools=pools))
    assert (rows.begins // DAY).tolist() == [0, 7, 14]
    assert (rows.ends // DAY).tolist() == [7, 14, 21]


def test_every_spell_tells_the_tenure_of_who_works_it() -> None:
    """Hired five weeks ago; the people of a pool that neither learns nor leaves are experienced."""
    pools = {"a": {**POOL, "learning": LEARNING, "tenure": "5 weeks"}, "b": POOL}
    plan = planned(calendar=HALF_YEAR, contact_types=QUIET, pools=pools)
    rows = draw(plan, 1, 0).spells
    learns = plan.agents.pool[rows.agent] == 0
    assert rows.tenure is not None
    assert np.array_equal(rows.tenure[learns], 35 + rows.begins[learns] // DAY)
    assert np.isinf(rows.tenure[~learns]).all()
    assert draw(planned(contact_types=QUIET), 1, 0).spells.tenure is None


def test_spells_that_touch_at_the_end_of_nesting_stay_apart() -> None:
    """From midnight to midnight on every day: one spell throughout, but for the midnight on which nesting ends."""
    always = {"days": "daily", "from": "00:00", "to": "24:00", "agents": 1}
    learning = {**LEARNING, "nesting": "3 days", "nesting_share": "70%"}
    pool = {**POOL, "shifts": {"day": always}, "learning": learning, "tenure": "new"}
    week = {"start": "2026-06-01", "weeks": 1, "timezone": "UTC", "run_on": "0 s"}
    rows = draw(planned(calendar=week, contact_types=QUIET, pools={"a": pool}), 1, 0).spells
    assert (rows.begins // DAY).tolist() == [0, 3]
