"""Who holds each seat when: leaving by tenure, replacement, hiring classes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from scipy import stats

from ccsim.chance import draw
from ccsim.chance.people import NEVER, People, hires, people, stay
from ccsim.chance.streams import Streams
from ccsim.plan import BlockKind, Plan
from tests.small_center import POOL, SHIFT, planned

FALSE_ALARMS = 1e-4
"""Of each statistical test here. The seed of a case is its name."""

MONTH = 365.25 / 12
YEAR = {"start": "2026-01-01", "days": 364, "timezone": "UTC", "run_on": "0 s"}
QUIET = {"calls": {"channel": "phone", "demand": {"rate": "1 per day"}, "handle_time": {"exponential": "5 min"}}}
QUIET["calls"]["patience"] = "endless"


def line(agents: int = 4, **keys: Any) -> dict[str, Any]:
    return {**POOL, "shifts": {"day": {**SHIFT, "agents": agents}}, **keys}


def center(*, calendar: Any = YEAR, **pools: Any) -> Plan:
    return planned(calendar=calendar, contact_types=QUIET, pools=pools)


def everyone(plan: Plan, case: str = "people") -> People:
    return people(plan, Streams(crc32(case.encode()), 0))


@pytest.mark.parametrize("tenure", [0.0, 50.0, 91.0, 200.0, np.inf])
@pytest.mark.parametrize("hazard", [(0.003, 0.001), (0.0, 0.01), (0.02, 0.0), (0.004, 0.0, 0.001)])
def test_the_time_that_people_stay_has_the_survival_of_its_bands(tenure: float, hazard: tuple[float, ...]) -> None:
    """The integral of the rate over the stay is -ln(1 - uniform): exact at every probability."""
    until = np.array([91.0, 182.0, np.inf][3 - len(hazard) :])
    begins = np.append(0.0, until[:-1])
    since = min(tenure, begins[-1])
    uniform = np.linspace(0.001, 0.999, 999)
    stays = stay(until, np.array(hazard), tenure, uniform)
    overlap = np.clip(np.minimum(until, (since + stays)[:, None]) - np.maximum(begins, since), 0.0, None)
    integral = np.where(overlap > 0, np.array(hazard) * np.where(np.isfinite(overlap), overlap, 0.0), 0.0).sum(axis=1)
    leave = np.isfinite(stays)
    assert integral[leave] == pytest.approx(-np.log1p(-uniform[leave]))
    assert np.all(np.isinf(stays[~leave]))
    assert leave.all() == (hazard[-1] > 0)


def test_of_those_hired_the_share_of_the_bands_is_left() -> None:
    """Exact binomial tests at four dates over 3,000 first people: 9 % a month for 13 weeks, then 4 %."""
    bands = [{"under": "13 weeks", "monthly": "9%"}, {"monthly": "4%"}]
    learning = {"handle_time": "x1.2", "half_life": "4 weeks"}
    plan = center(care=line(3000, attrition=bands, tenure="new", learning=learning))
    found = everyone(plan, "survival")
    first = found.number == 0
    stayed = (found.left - found.hired)[first]
    for days in (30, 91, 92, 300):
        survival = 0.91 ** (min(days, 91) / MONTH) * 0.96 ** (max(days - 91, 0) / MONTH)
        assert stats.binomtest(int((stayed > days).sum()), 3000, survival).pvalue > FALSE_ALARMS


def test_experienced_people_leave_at_the_rate_of_the_last_band() -> None:
    plan = center(care=line(3000, attrition=[{"under": "13 weeks", "monthly": "50%"}, {"monthly": "4%"}]))
    found = everyone(plan, "experienced")
    stayed = (found.left - found.hired)[found.number == 0]
    assert stats.binomtest(int((stayed > 30).sum()), 3000, 0.96 ** (30 / MONTH)).pvalue > FALSE_ALARMS


def test_with_higher_attrition_everybody_leaves_earlier() -> None:
    lower, higher = (everyone(center(care=line(200, attrition=share))) for share in ("4%", "9%"))
    assert np.all(higher.left[higher.number == 0] <= lower.left[lower.number == 0])
    assert np.any(higher.left[higher.number == 0] < lower.left[lower.number == 0])


@pytest.mark.parametrize(("hiring", "gap"), [({}, 0), ({"lead_time": "5 weeks"}, 35), ({"lead_time": "36 hours"}, 2)])
def test_leavers_are_replaced_one_by_one_after_the_lead_time(hiring: dict[str, Any], gap: int) -> None:
    written = {"hiring": hiring} if hiring else {}
    found = everyone(center(care=line(50, attrition="20%", **written)))
    same_seat = found.agent[1:] == found.agent[:-1]
    assert same_seat.sum() > 50
    assert np.all((found.hired[1:] - found.left[:-1])[same_seat] == gap)
    assert np.all((found.number[1:] - found.number[:-1])[same_seat] == 1)
    assert np.all(found.tenure[found.number > 0] == 0)


def hired(careers: dict[str, Any], leavers: list[tuple[int, int]], stays: int = NEVER) -> list[tuple[int, int]]:
    """(agent, date) of everybody hired for these vacancies of ten seats."""
    neutral = {
        **{"class_size": [0], "lead": [0], "class_offset": [0, 0], "class_date": [], "class_agents": []},
        **{"closes": [1000], **careers},
    }
    seats = np.arange(10)
    plan: Any = SimpleNamespace(
        careers=SimpleNamespace(**{name: np.array(values, np.int64) for name, values in neutral.items()}),
        agents=SimpleNamespace(line=seats * 0, seat=seats),
    )
    drawn: Any = SimpleNamespace(hired=lambda line, number: np.full(10, stays))
    return [(agent, date) for agent, _, date, _ in hires(plan, drawn, 0, leavers)]


def test_a_class_starts_a_lead_time_after_the_vacancy_that_completes_it() -> None:
    """Vacancies on 3, 5, 5, 9 and 20; classes of two, five days later; the odd one waits for ever."""
    leavers = [(9, 7), (3, 4), (5, 2), (5, 1), (20, 0)]
    assert hired({"class_size": [2], "lead": [5]}, leavers) == [(4, 10), (1, 10), (2, 14), (7, 14)]


def test_planned_classes_fill_what_is_vacant_then_longest_vacant_first() -> None:
    """Two start on 5, before which three have left; one place of the three on 12 stays empty; on 30 nobody starts."""
    leavers = [(3, 4), (4, 6), (5, 2), (9, 7), (40, 0)]
    classes = {"class_offset": [0, 3], "class_date": [5, 12, 30], "class_agents": [2, 3, 4]}
    assert hired(classes, leavers) == [(4, 5), (6, 5), (2, 12), (7, 12)]


def test_who_was_hired_may_leave_too() -> None:
    """Everybody hired stays ten days: seat 4 is vacant on 3, filled on 5, vacant on 15, filled on 17."""
    assert hired({"class_size": [1], "lead": [2], "closes": [30]}, [(3, 4)], stays=10) == [(4, 5), (4, 17), (4, 29)]


def test_nobody_is_hired_for_a_line_that_is_over() -> None:
    """Both classes would start after the last date, 7."""
    leavers = [(3, 4), (8, 1)]
    assert hired({"class_size": [1], "lead": [5], "closes": [7]}, leavers) == []


def test_a_seat_is_vacant_between_two_people() -> None:
    found = People(*(np.array(column) for column in ([0, 0, 1], [0, 1, 0], [10, 40, 10], [25, NEVER, 12])), np.zeros(3))
    agent = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    date = np.array([9, 10, 24, 25, 40, 11, 12, 60])
    assert found.holding(agent, date).tolist() == [0, 0, 0, -1, 1, 2, -1, -1]


def test_vacant_seats_have_no_spells() -> None:
    plan = center(care=line(30, attrition="20%", hiring={"lead_time": "4 weeks"}))
    found, rows = everyone(plan), draw(plan, crc32(b"people"), 0).spells
    date = plan.careers.opens[0] + rows.begins // (86_400 << 20)
    assert np.all(found.holding(rows.agent, date) >= 0)
    shifts = plan.shifts
    assert len(rows.agent) == np.sum(found.holding(shifts.agent, shifts.date) >= 0) < len(shifts.agent)


def test_a_line_of_35_is_the_34_and_one_more() -> None:
    fewer, more = (everyone(center(care=line(n, attrition="20%", speed_spread="20%"))) for n in (34, 35))
    kept = more.agent < 34
    for name in ("agent", "number", "hired", "left", "tenure"):
        assert np.array_equal(getattr(more, name)[kept], getattr(fewer, name))


def test_attrition_and_hiring_move_nobody_else() -> None:
    """Absence, off-phone blocks, lateness and order of the first people are the same until they leave."""
    also = {
        "shrinkage": {"absence": "10%", "absence_lasts": 4, "other": "12%"},
        "lateness": {"share": "20%", "by": {"exponential": "10 min"}},
    }
    other = line(20, attrition="10%", **also)
    plans = [
        center(a=line(20, attrition=share, hiring=hiring, **also), b=other)
        for share, hiring in (("3%", {}), ("30%", {"class_size": 4, "lead_time": "3 weeks"}))
    ]
    first, second = (draw(plan, 7, 1).spells for plan in plans)
    leavers = everyone(plans[1])
    assert leavers.left.min() < plans[1].careers.closes[0]
    described = []
    for rows in (first, second):
        off = rows.block_kind == BlockKind.OFF_PHONE
        owner = np.repeat(np.arange(len(rows.agent)), np.diff(rows.block_offset))
        place = np.bincount(owner[off], rows.block_due[off], minlength=len(rows.agent))
        columns = (rows.agent, rows.begins, rows.absent, rows.late, rows.order, place)
        described.append({(a, b): rest for a, b, *rest in zip(*(c.tolist() for c in columns), strict=True)})
    shared = described[0].keys() & described[1].keys()
    assert len(shared) > 10_000
    assert all(described[0][key] == described[1][key] for key in shared)
    assert {key for key in described[0] if key[0] >= 20} == {key for key in described[1] if key[0] >= 20}
