"""Contacts waiting and open, over time, against brute force and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.log import Outcome
from ccsim.plan import Channel
from tests.tiny_plan import TinyLine, TinyType, constant
from tests.written_logs import Visit, abandoned, answered, interval_values, small_plan, values, written_log

EMAIL = TinyType(channel=Channel.EMAIL, threshold=3600.0, work=constant(600.0))
LINES = (TinyLine(agents=1, begins=0.0, ends=24.0),)
times = st.integers(0, 3 * 3600)

visits_strategy = st.lists(
    st.builds(
        lambda arrived, wait, handling, lost: abandoned(arrived, wait) if lost else answered(arrived, wait, handling),
        times,
        st.integers(0, 5000),
        st.integers(1, 2000),
        st.booleans(),
    ),
    max_size=15,
)


def waiting_at(visits, second):
    return sum(
        visit.arrived <= second < max(visit.started, 0) + (visit.left if visit.started < 0 else 0) for visit in visits
    )


@settings(deadline=None, max_examples=20)
@given(visits_strategy)
def test_queue_agrees_with_looking_every_second(visits):
    """Contacts of the warm-up and of the run-on wait in the same queue and are counted while the period lasts."""
    result = values(small_plan(hours=(1.0, 2.0)), written_log(visits))
    seen = [waiting_at(visits, second) for second in range(3600, 7200)]

    assert result["queue_mean"] == pytest.approx(sum(seen) / 3600)
    assert result["queue_max"] == max(seen)


@settings(deadline=None, max_examples=20)
@given(visits_strategy)
def test_littles_law_is_exact_where_nothing_is_cut(visits):
    """Mean queue x time is the sum of waits: not an approximation, the same seconds counted twice."""
    result = values(small_plan(), written_log(visits))

    assert result["queue_mean"] * 86_400 == pytest.approx((result["wait_mean_s"] or 0) * result["offered"], abs=1e-6)


def test_queue_per_interval_is_its_own_time_average():
    """Time-based measures belong to the clock, not to the interval of arrival."""
    log = written_log([answered(1700.0, 200.0)])

    assert interval_values(small_plan(), log, "queue_mean")[:3] == pytest.approx([100 / 1800, 100 / 1800, 0.0])


def test_who_comes_and_goes_at_one_instant_never_queued():
    """An answer at once and a blocked call leave no trace in the queue."""
    visits = [answered(0.0), Visit(10.0, Outcome.BLOCKED, left=10.0), answered(20.0, 5.0), answered(25.0, 5.0)]

    assert values(small_plan(), written_log(visits))["queue_max"] == 1


def test_backlog_counts_deferred_work_until_it_is_completed():
    """From arrival to completion, not to the first start; live types have none."""
    visits = [answered(0.0, 3600.0, 3600.0), answered(0.0, 7200.0, 3600.0)]
    result = values(small_plan((EMAIL,), LINES), written_log(visits))

    assert result["backlog_mean"] == pytest.approx((2 + 3) / 24)
    assert result["backlog_max"] == 2
    assert result["oldest_age_max_s"] == 3 * 3600
    live = values(small_plan(), written_log(visits))
    assert [live[name] for name in ("backlog_mean", "backlog_max", "oldest_age_max_s", "backlog_hours_max")] == [
        None
    ] * 4


def test_age_counts_from_the_arrival_before_the_simulation():
    """Opening backlog is as old as it is; what is open at the end has the age it reached by then."""
    visits = [answered(-7200.0, 7200.0 + 600.0), Visit(60_000.0, Outcome.OPEN)]
    result = values(small_plan((EMAIL,), LINES), written_log(visits))

    assert result["oldest_age_max_s"] == 86_400 - 60_000
    assert values(small_plan((EMAIL,), LINES), written_log(visits[:1]))["oldest_age_max_s"] == 7200 + 660


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(times, st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 500)), max_size=8))
def test_work_to_come_agrees_with_looking_every_ten_seconds(rows):
    """Hours of work in the backlog: what agents really spent on the open contacts from then on."""
    rows = [(10 * a, 10 * (w // 10), 10 * (h // 10 + 1), 10 * (p // 10)) for a, w, h, p in rows]
    rows.sort(key=lambda row: row[0])
    visits = [answered(a, w, 2 * h + p) for a, w, h, p in rows]
    work = [
        piece
        for n, (a, w, h, p) in enumerate(rows)
        for piece in ((n, 0, a + w, a + w + h), (n, 0, a + w + h + p, a + w + 2 * h + p))
    ]
    plan = small_plan((EMAIL,), LINES, hours=(1.0, 2.0))
    result = values(plan, written_log(visits, work))

    def to_come(second):
        return sum(max(end - max(start, second), 0) for n, _, start, end in work if rows[n][0] <= second)

    seen = [to_come(second) for second in range(3600, 7200, 10)]
    middle = [(to_come(second) + to_come(second + 10 - 1e-9)) / 2 for second in range(3600, 7200, 10)]
    assert result["backlog_hours_max"] * 3600 == pytest.approx(max(seen))
    assert result["backlog_hours_mean"] * 3600 == pytest.approx(np.mean(middle), abs=1e-6)


def test_unfinished_work_needs_its_usual_time_less_what_it_had():
    """Nobody knows how long it would have taken; the forecast's mean stands in."""
    log = written_log([Visit(0.0, Outcome.OPEN, started=100.0)], [(0, 0, 100.0, 300.0)])
    result = values(small_plan((EMAIL,), LINES), log)

    assert result["backlog_hours_max"] * 3600 == pytest.approx(600.0)


def test_growth_is_the_difference_between_end_and_start():
    """A queue that is longer at the end than at the start has not been served by its staff."""
    visits = [
        answered(1000.0, 5000.0),
        Visit(4000.0, Outcome.OPEN),
        abandoned(4000.0, 100.0),
        answered(7000.0, 10_000.0),
        Visit(7100.0, Outcome.OPEN),
        answered(7300.0, 5.0),
    ]
    result = values(small_plan(hours=(1.0, 2.0)), written_log(visits))

    assert result["backlog_growth"] == pytest.approx((3 - 1) * 7 * 24)
    assert result["backlog_growth_share"] == 2 / 4
