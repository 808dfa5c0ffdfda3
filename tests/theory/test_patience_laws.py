"""Queues with any law of patience, against exponential patience, closed forms and numerical integration."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from ccsim.erlang import erlang_a, queue_with_patience
from ccsim.erlang.patience import Deterministic, Exponential, Mixture, Uniform, Weibull, hyperexponential
from tests.theory.test_erlang_a import FORMULAS, everything

HANDLE_TIME, THRESHOLD = 300.0, 20.0
LAWS = {
    "the same for all": Deterministic(60.0),
    "uniform": Uniform(100.0),
    "two kinds": hyperexponential((0.3, 0.7), (2.0, 200.0)),
    "soon or late": Weibull(120.0, 0.5),
    "all about then": Weibull(120.0, 3.0),
}
QUICK = ("the same for all", "uniform")


def integrated(law, load, agents):
    """The integrals of Zeltyn and Mandelbaum (2005, section 3), by adaptive quadrature in seventeen digits."""
    rate = load / HANDLE_TIME

    def column(time):
        return np.array([[float(time)]])

    flat = law.spread((1,)).cells(slice(None))

    def spent(time):
        return float(flat.spent(column(0), column(time))[0, 0])

    def survival(time):
        return float(flat.survival(column(time))[0, 0])

    def density(time):
        return agents / HANDLE_TIME * mpmath.exp(rate * spent(time) - agents / HANDLE_TIME * time)

    steps = [0.0] + [0.01 * 1.5**k for k in range(26)] + [20.0, 60.0, 100.0, 2000.0, 8000.0]

    def integral(weight, end=np.inf):
        return mpmath.quad(lambda time: weight(time) * density(time), sorted({min(end, step) for step in steps}))

    with mpmath.workdps(17):
        busy = mpmath.exp(agents * mpmath.log(load) - load) / mpmath.gammainc(agents + 1, load, mpmath.inf)
        idle, waits, answered = 1 / busy - 1, integral(lambda t: 1), integral(survival)
        total = idle + waits
        return {
            "delay_probability": waits / total,
            "answer_probability": (idle + answered) / total,
            "mean_wait": integral(spent) / total,
            "mean_wait_answered": integral(lambda t: t * survival(t)) / (idle + answered),
            "mean_virtual_wait": integral(lambda t: t) / total,
            "offered": (idle + integral(survival, THRESHOLD)) / total,
            "virtual": (idle + integral(lambda t: 1, THRESHOLD)) / total,
        }


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name not in QUICK)) for name in LAWS])
@pytest.mark.parametrize(("load", "agents"), [(4.5, 5), pytest.param(88.0, 80, marks=pytest.mark.slow)])
def test_general_patience_agrees_with_the_integrals(name, load, agents):
    """Light and heavy load; bends, jumps, two scales, and a hazard that is infinite at 0."""
    queue = queue_with_patience(load / HANDLE_TIME, HANDLE_TIME, LAWS[name], agents)
    ours = everything(queue, THRESHOLD)
    for measure, exact in integrated(LAWS[name], load, agents).items():
        assert float(ours[measure]) == pytest.approx(float(exact), rel=1e-9), measure


@pytest.mark.slow
@pytest.mark.parametrize("room", [None, 3])
def test_exponential_patience_in_other_words_is_erlang_a(room):
    """Weibull with exponent 1, and kinds of customers that do not differ."""
    loads, agents = np.array([2.0, 10.0, 14.0]), 10
    known = erlang_a(loads / HANDLE_TIME, HANDLE_TIME, 90.0, agents, room=room, balk=0.1)
    for law in (
        Exponential(90.0),
        Weibull(90.0, 1.0),
        hyperexponential((0.25, 0.75), (90.0, 90.0)),
        Mixture((0.5, 0.5), (Exponential(90.0), Weibull(90.0, 1.0))),
    ):
        queue = queue_with_patience(loads / HANDLE_TIME, HANDLE_TIME, law, agents, room=room, balk=0.1)
        for name, value in everything(queue, THRESHOLD).items():
            assert value == pytest.approx(everything(known, THRESHOLD)[name], rel=1e-9), name


def test_customers_who_give_up_at_once_balk():
    """Patience of nearly nothing for a tenth is balking of a tenth."""
    law = hyperexponential((0.1, 0.9), (1e-9, 200.0))
    queue = queue_with_patience(0.04, HANDLE_TIME, law, 10)
    balking = erlang_a(0.04, HANDLE_TIME, 200.0, 10, balk=0.1)
    assert queue.answer_probability == pytest.approx(float(balking.answer_probability), rel=1e-9)
    for formula in FORMULAS:
        assert queue.service_level(20.0, formula) == pytest.approx(
            float(balking.service_level(20.0, formula)), rel=1e-9
        )


def test_nobody_waits_longer_than_the_patience_of_all():
    """Patience of exactly a minute: waits end there, and who is answered at that instant is answered."""
    queue = queue_with_patience(0.05, HANDLE_TIME, Deterministic(60.0), 10)
    assert queue.waits_longer([59.9, 60.0])[0] > 0 == queue.waits_longer(60.0)
    assert queue.mean_wait_abandoned == pytest.approx(60.0, rel=1e-12)
    assert queue.lost_within([59.9, 60.0]).tolist()[0] == 0.0
    assert queue.service_level(60.0) == pytest.approx(float(queue.answer_probability), rel=1e-12)


def test_some_who_never_give_up_can_make_a_queue_unstable():
    """Half of the customers wait for ever: stable while their load is below the agents."""
    law = Mixture((0.5, 0.5), (Exponential(np.inf), Exponential(60.0)))
    queue = queue_with_patience(np.array([1.9, 2.1]) * 10 / HANDLE_TIME, HANDLE_TIME, law, 10)
    assert queue.stable.tolist() == [True, False]
    assert queue.answer_probability[0] == pytest.approx(10 / 19, abs=0.002)
    assert np.isnan(queue.answer_probability[1])


def test_laws_differ_by_cell():
    """Arrays of parameters: every cell is its own queue."""
    table = queue_with_patience(0.03, HANDLE_TIME, Weibull(np.array([60.0, 120.0]), np.array([0.5, 3.0])), [9, 10])
    for cell, (mean, exponent, agents) in enumerate(((60.0, 0.5, 9), (120.0, 3.0, 10))):
        single = queue_with_patience(0.03, HANDLE_TIME, Weibull(mean, exponent), agents)
        for name, value in everything(table, THRESHOLD).items():
            assert value[cell] == pytest.approx(float(everything(single, THRESHOLD)[name]), rel=1e-12), name


@pytest.mark.parametrize(
    ("law", "message"),
    [
        (lambda: Deterministic(0.0), r"value of patience \(=0.0\) must be > 0"),
        (lambda: Weibull(60.0, -1.0), r"exponent of patience \(=-1.0\) must be > 0"),
        (lambda: hyperexponential((0.5, 0.6), (1.0, 2.0)), "must add up to 1"),
    ],
)
def test_impossible_laws_are_refused(law, message):
    with pytest.raises(ValueError, match=message):
        law()
