"""Absence for a date, and for several working dates in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from tests.small_center import DAY, PHONE, POOL, SHIFT, planned

if TYPE_CHECKING:
    from ccsim.workload import Spells

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

QUIET = {"calls": {**PHONE, "demand": {"rate": "1 per day"}}}
CALENDAR = {"start": "2026-06-01", "weeks": 12, "timezone": "UTC", "run_on": "0 s"}


def spells(case: str, agents: int = 400, *, shift: Any = None, calendar: Any = CALENDAR, **shrinkage: Any) -> Spells:
    pool = {**POOL, "shifts": {"day": {**SHIFT, "agents": agents, **(shift or {})}}, "shrinkage": shrinkage}
    plan = planned(calendar=calendar, contact_types=QUIET, pools={"care": pool})
    return draw(plan, crc32(case.encode()), 0).spells


def by_date(rows: Spells, agents: int = 400) -> np.ndarray:
    """[agent, working date] whether absent."""
    return rows.absent[np.lexsort((rows.begins, rows.agent))].reshape(agents, -1)


@pytest.mark.parametrize("days", ["mon-sun", "mon-fri", "tue"])
def test_lasting_absence_is_a_stationary_chain_over_working_dates(days: str) -> None:
    """
    Exact binomial tests over 400 seats: the first date, those at work who fall ill, those ill who stay so. With these
    three probabilities the share of absence is 8 % on every date and an absence lasts 4 working days on average.
    """
    absent = by_date(spells(f"chain {days}", shift={"days": days}, absence="8%", absence_lasts=4))
    before, after = absent[:, :-1], absent[:, 1:]
    for hits, trials, share in (
        (absent[:, 0].sum(), len(absent), 0.08),
        (after[~before].sum(), (~before).sum(), 0.08 / (4 * 0.92)),
        ((after & before).sum(), before.sum(), 1 - 1 / 4),
    ):
        assert stats.binomtest(int(hits), int(trials), share).pvalue > FALSE_ALARMS


def test_the_share_of_lasting_absence_is_the_share_written() -> None:
    """z-test of mean absence per seat over 2,000 seats, which are independent."""
    absent = by_date(spells("share", 2000, absence="8%", absence_lasts=6), 2000).mean(axis=1)
    assert abs((absent.mean() - 0.08) / (absent.std() / 2000**0.5)) < stats.norm.isf(FALSE_ALARMS / 2)


def test_absences_of_a_day_are_drawn_as_without_a_length() -> None:
    """To the bit, so that a file that says what is the default stays the file it was."""
    plain, one_day = spells("one day", absence="8%"), spells("one day", absence="8%", absence_lasts=1)
    assert np.array_equal(plain.absent, one_day.absent)
    beside = spells("one day", absence="8%", absence_lasts=2)
    assert not np.array_equal(plain.absent, beside.absent)


def test_with_more_absence_nobody_comes_who_did_not() -> None:
    fewer, more = (spells("monotone", absence=share, absence_lasts=3) for share in ("5%", "15%"))
    assert np.all(more.absent >= fewer.absent)


def test_both_parts_of_a_split_shift_are_missed() -> None:
    pool = {"parts": ["06:00-10:00", "12:00-16:00"], "agents": 100}
    plan = planned(
        contact_types=QUIET,
        pools={"care": {**POOL, "shifts": {"day": pool}, "shrinkage": {"absence": "30%", "absence_lasts": 3}}},
    )
    absent = by_date(draw(plan, 1, 1).spells, 100).reshape(100, -1, 2)
    assert np.array_equal(absent[:, :, 0], absent[:, :, 1])
    assert absent.any()


def test_an_illness_goes_over_the_weekend() -> None:
    """Of seats that work from Monday to Friday, Monday is the next working date after Friday."""
    rows = spells("weekend", shift={"days": "mon-fri"}, absence="8%", absence_lasts=20)
    absent = by_date(rows)
    friday, monday = absent[:, 4::5][:, :-1], absent[:, 5::5]
    assert set((rows.begins // DAY % 7).tolist()) == {0, 1, 2, 3, 4}
    ill = int((friday & monday).sum()), int(friday.sum())
    assert stats.binomtest(*ill, 1 - 1 / 20).pvalue > FALSE_ALARMS
