"""What self-service leaves to agents."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.chance.laws import quantile
from ccsim.plan import Law
from ccsim.planning.laws import scaled
from tests.small_center import planned, with_demand

RATE = {"rate": "100 per hour"}


def test_the_forecast_is_net_of_the_share():
    """30 % do without an agent, on top of any scale."""
    usual = planned(contact_types=with_demand(RATE)).forecast.piece_contacts.sum()
    found = planned(contact_types=with_demand({**RATE, "scale": 1.1}, self_service={"share": "30%"}))
    assert found.forecast.piece_contacts.sum() == pytest.approx(usual * 1.1 * 0.7)


def test_what_is_left_takes_longer_and_erlang_sees_it():
    """The law itself is longer, so that whoever reads the Plan has the mean of the contacts that are left."""
    work = {"talk_time": {"lognormal": {"mean": "5 min", "cv": 0.8}}, "wrap_up": {"deterministic": "30 s"}}
    types = with_demand(RATE, **work, self_service={"share": "30%", "remaining_handle_time": "x1.2"})
    del types["calls"]["handle_time"]
    found = planned(contact_types=types).types
    wrap = found.wrap_law[0]
    assert (found.work_law[0].mean, found.work_law[0].cv) == pytest.approx((360.0, 0.8))
    assert wrap is not None
    assert wrap.mean == pytest.approx(36.0)


LAWS = [
    Law("constant", (10.0,), 10.0, 0.0),
    Law("exponential", (10.0,), 10.0, 1.0),
    Law("lognormal", (2.0, 0.5), 8.373, 0.533),
    Law("gamma", (2.0, 5.0), 10.0, 0.707),
    Law("weibull", (1.5, 10.0), 9.027, 0.679),
    Law("uniform", (5.0, 15.0), 10.0, 0.289),
    Law("empirical", (5.0, 10.0, 15.0), 10.0, 0.408),
    Law(
        "mixture", (0.4, 0.6), 14.0, 1.2, (Law("exponential", (5.0,), 5.0, 1.0), Law("exponential", (20.0,), 20.0, 1.0))
    ),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.family)
def test_a_scaled_law_gives_every_duration_so_many_times_as_long(law: Law):
    uniform, part = np.linspace(0.01, 0.99, 50), np.linspace(0.99, 0.01, 50)
    assert quantile(scaled(law, 1.3), uniform, part) == pytest.approx(1.3 * quantile(law, uniform, part))
    assert (scaled(law, 1.3).mean, scaled(law, 1.3).cv) == pytest.approx((1.3 * law.mean, law.cv))
