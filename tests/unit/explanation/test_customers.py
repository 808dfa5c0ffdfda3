"""Demand and customers of simpler worlds, by hand-made numbers."""

from dataclasses import replace

import numpy as np
import pytest

from ccsim.chance import draw
from ccsim.explanation.customers import has_steady_rates, pieces_of, simpler_forecast, simpler_types
from ccsim.explanation.steps import EVERYTHING, Real
from ccsim.explanation.worlds import Worlds
from ccsim.plan import TICKS_PER_SECOND, Channel, DemandKind, Law
from tests.tiny_plan import HOUR, TinyType, constant, exponential
from tests.written_logs import small_plan


def without(*real):
    return EVERYTHING - set(real)


def test_patience_becomes_exponential_with_its_mean_and_nobody_balks_or_meets_a_limit():
    """That is all Erlang A knows of customers; what is endless stays endless."""
    plan = small_plan(
        (TinyType("a", patience=constant(60.0), balk=0.3), TinyType("b", patience=Law("endless", (), np.inf, 0.0)))
    )
    types = simpler_types(plan, without(Real.PATIENCE))

    assert types.patience_law == (exponential(60.0), plan.types.patience_law[1])
    assert types.balk.tolist() == [0, 0]
    assert (types.max_waiting == -1).all()
    assert types.work_law == plan.types.work_law


def test_talk_and_wrap_up_become_one_exponential_handle_time():
    plan = small_plan((TinyType(work=constant(200.0), wrap=constant(40.0)),))
    types = simpler_types(plan, without(Real.HANDLE_TIME))

    assert types.work_law == (exponential(240.0),)
    assert types.wrap_law == (None,)


def test_contact_n_takes_long_in_every_world():
    """The exponential law goes through the same uniform, so the order of customers by work stays."""
    plan = small_plan((TinyType(work=Law("lognormal", (5.0, 0.8), 204.4, 0.95)),))
    simpler = replace(plan, types=simpler_types(plan, without(Real.HANDLE_TIME)))
    works = [draw(made, 1, 1).visits.work for made in (plan, simpler)]

    assert np.array_equal(*(np.argsort(work) for work in works))


def test_rates_are_averaged_within_planning_intervals():
    """30 in a quarter of an hour and 10 in the next are 40 spread evenly over the half hour that is planned."""
    pieces = ((0.0, 0.25, 30.0), (0.25, 0.5, 10.0), (0.5, 24.0, 47.0))
    plan = small_plan((TinyType(per_day=87.0, pieces=pieces),))
    forecast = simpler_forecast(plan, Worlds(plan).grid, without(Real.RATE), None)
    average = pieces_of(forecast, 0)

    assert average.contacts[:3] == pytest.approx([40, 1, 1])
    assert (average.ends - average.begins == HOUR // 2).all()
    assert average.contacts.sum() == pytest.approx(87)
    assert not has_steady_rates(plan, Worlds(plan).grid)


def test_levels_are_averaged_with_the_contacts_they_belong_to():
    """30 contacts of double length and 10 of single: 1.75 on average."""
    pieces = ((0.0, 0.25, 30.0), (0.25, 0.5, 10.0))
    plan = small_plan((TinyType(per_day=40.0, pieces=pieces),))
    levels = np.array([2.0, 1.0])
    plan = replace(plan, forecast=replace(plan.forecast, piece_handle_level=levels))
    forecast = simpler_forecast(plan, Worlds(plan).grid, without(Real.RATE), None)

    assert pieces_of(forecast, 0).handle_level == pytest.approx([1.75])


def test_who_comes_while_closed_is_not_averaged_into_open_hours():
    """Open from 08:15: the rate of the open quarter is that of the forecast, not half of it."""
    pieces = ((8.25, 16.0, 31.0),)
    plan = small_plan((TinyType(per_day=31.0, pieces=pieces),), opening=((8.25, 16.0),))
    average = pieces_of(simpler_forecast(plan, Worlds(plan).grid, without(Real.RATE), None), 0)

    assert average.begins[0] / HOUR == 8.25
    assert average.contacts[:2] == pytest.approx([1, 2])
    assert has_steady_rates(plan, Worlds(plan).grid)


def test_recorded_counts_become_a_poisson_process_where_rates_are_not_real():
    plan = small_plan((TinyType(kind=DemandKind.COUNTS, per_day=48.0, pieces=((0.0, 24.0, 1.0),)),))

    assert simpler_forecast(plan, Worlds(plan).grid, without(Real.RATE), None).kind.tolist() == [DemandKind.POISSON]
    assert not has_steady_rates(plan, Worlds(plan).grid)


def test_without_blending_no_deferred_work_comes():
    """Not even what waits at the start."""
    plan = small_plan((TinyType("a"), TinyType("b", channel=Channel.EMAIL, backlog=(5 * TICKS_PER_SECOND,))))
    forecast = simpler_forecast(plan, Worlds(plan).grid, without(Real.BLENDING), None)
    visits = draw(replace(plan, forecast=forecast), 1, 1).visits

    assert set(visits.type.tolist()) == {0}


def test_without_days_nothing_varies_but_the_poisson_process():
    plan = small_plan((TinyType(day_cv=0.3, error_cv=0.2, actual=1.3),))
    forecast = simpler_forecast(plan, Worlds(plan).grid, without(Real.DAYS), None)

    assert forecast.day_cv.tolist() == forecast.error_cv.tolist() == [0]
    assert forecast.actual.tolist() == [1]
    assert np.array_equal(forecast.piece_contacts, plan.forecast.piece_contacts)
