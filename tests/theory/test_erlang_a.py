"""Erlang A against the same formulas in sixty digits, against its Markov chain, and against Erlang B and C."""

from __future__ import annotations

import time

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.erlang import erlang_a, erlang_b, erlang_c
from ccsim.erlang.erlang_a import FORMULAS
from tests.theory.chains import reached_within, stationary

DIGITS = 60
MEASURES = (
    "blocking_probability",
    "delay_probability",
    "waiting_probability",
    "answered_at_once",
    "answer_probability",
    "abandonment_probability",
    "balking_probability",
    "mean_wait",
    "mean_wait_answered",
    "mean_wait_abandoned",
    "mean_wait_delayed",
    "mean_virtual_wait",
    "mean_queue",
    "occupancy",
)


def many_digits(load, handle_time, patience, agents, threshold):
    """
    All measures of M/M/c+M in sixty digits, by confluent hypergeometric functions and sums over the queue.

    With s = c x patience / handle time and x = arrivals in one patience, the states with all busy weigh
    x**j / ((s + 1) ... (s + j)); the wait of one who finds j waiting is a sum of exponentials with rates
    (s + i) / patience, i = 0 .. j, by which the sums over j become 1F1(1; s + 1; x) and its neighbors.
    """
    with mpmath.workdps(DIGITS):
        a, c, h, p, t = (mpmath.mpf(value) for value in (load, agents, handle_time, patience, threshold))
        s, x, y = c * p / h, a * p / h, mpmath.exp(-t / p)

        def longer(left):
            return left**s * mpmath.exp(x * (1 - left)) * mpmath.hyp1f1(1, s + 1, x * left, maxterms=10**7)

        def answered_later(left):
            return (
                s
                / (s + 1)
                * left ** (s + 1)
                * mpmath.exp(x * (1 - left))
                * mpmath.hyp1f1(1, s + 2, x * left, maxterms=10**7)
            )

        def density(time):
            return c / h * mpmath.exp(x * -mpmath.expm1(-time / p) - c / h * time)

        busy = mpmath.exp(c * mpmath.log(a) - a) / mpmath.gammainc(c + 1, a, mpmath.inf)
        idle, waits, answered = 1 / busy - 1, longer(1), answered_later(1)
        total = idle + waits
        peak, spans = p * mpmath.log(max(x / s, 1)), (-9, -3, 0, 3, 9, 27, 81)
        width = min(mpmath.sqrt(p * h / c), h / abs(c - a) if a < c else mpmath.inf)
        ends = sorted(
            {mpmath.mpf(0)}
            | {peak + k * width for k in spans if peak + k * width > 0}
            | {peak + 200 * p, peak + 20 * h / c, peak + 200 * h / c}
        )
        with mpmath.workdps(DIGITS // 2):  # of integrals of what is positive no digits are lost
            virtual = mpmath.quad(lambda time: time * density(time), ends)
            slow = mpmath.quad(lambda time: time * mpmath.exp(-time / p) * density(time), ends)
        gone = waits - answered
        within, later = idle + answered - answered_later(y), longer(y)
        return {
            "blocking_probability": mpmath.mpf(0),
            "delay_probability": waits / total,
            "waiting_probability": waits / total,
            "answered_at_once": idle / total,
            "answer_probability": (idle + answered) / total,
            "abandonment_probability": gone / total,
            "balking_probability": mpmath.mpf(0),
            "mean_wait": p * gone / total,
            "mean_wait_answered": slow / (idle + answered),
            "mean_wait_abandoned": (p * gone - slow) / gone,
            "mean_wait_delayed": p * gone / waits,
            "mean_virtual_wait": virtual / total,
            "mean_queue": x * gone / total,
            "occupancy": a / c * (idle + answered) / total,
            "offered": within / total,
            "answered": within / (idle + answered),
            "ignored": within / (within + y * later),
            "positive": (total - y * later) / total,
            "virtual": (total - later) / total,
            "waits_longer": y * later / total,
            "lost_within": (total - y * later - within) / total,
        }


def everything(queue, threshold):
    """All measures of a queue by name, distribution functions at the threshold."""
    return (
        {name: getattr(queue, name) for name in MEASURES}
        | {formula: queue.service_level(threshold, formula) for formula in FORMULAS}
        | {"waits_longer": queue.waits_longer(threshold), "lost_within": queue.lost_within(threshold)}
    )


def agrees(load, patience, agents):
    """Hold every measure against sixty digits; some are differences there, good to 1e-50."""
    handle_time, threshold = 300.0, 20.0 if agents < 1000 else 1.0
    queue = erlang_a(load / handle_time, handle_time, patience, agents)
    exact = many_digits(load, handle_time, patience, agents, threshold)
    for name, value in everything(queue, threshold).items():
        assert abs(value - exact[name]) <= max(exact[name] * 1e-11, 1e-50), name


@pytest.mark.parametrize("agents", [1.0, 7.3, pytest.param(100_000.0, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("share", "patience"), [(0.99, 150.0), (1.0, 1500.0), (1.05, 30.0)])
def test_erlang_a_agrees_with_many_digits(agents, share, patience):
    """Light, critical and heavy load, patience short and long against handle time: 11 digits of every measure."""
    agrees(share * agents, patience, agents)


@pytest.mark.slow
@pytest.mark.parametrize("agents", [1.0, 2.0, 7.3, 50.0, 1000.0, 100_000.0])
@pytest.mark.parametrize("share", [1e-9, 0.1, 0.9, 0.999, 1.001, 1.2, 50.0])
@pytest.mark.parametrize("patience", [3.0, 150.0, 300.0, 1500.0])
def test_erlang_a_agrees_with_many_digits_at_the_extremes(agents, share, patience):
    """Loads from almost nothing to fifty times the agents."""
    agrees(share * agents, patience, agents)


def chain(rate, handle_time, patience, agents, room, balk):
    """Moves of the number of calls in M/M/c/c+room+M."""

    def moves(calls):
        waiting = max(calls - agents, 0)
        if calls < agents:
            yield rate, calls + 1
        elif waiting < room:
            yield rate * (1 - balk), calls + 1
        if calls:
            yield min(calls, agents) / handle_time + waiting / patience, calls - 1

    return moves


def tagged(handle_time, patience, agents):
    """Moves of one who waits behind ``ahead`` others, until answered or gone."""

    def moves(ahead):
        if ahead == "answered" or ahead == "gone":
            return
        yield 1 / patience, "gone"
        yield agents / handle_time + ahead / patience, ahead - 1 if ahead else "answered"

    return moves


@pytest.mark.parametrize("room", [1, 4, 20])
@pytest.mark.parametrize(("load", "balk"), [(2.0, 0.0), (5.0, 0.1), (9.0, 0.4)])
def test_limited_room_and_balking_agree_with_the_markov_chain(room, load, balk):
    """Stationary distribution by linear algebra, the tagged customer's fate by matrix exponentials."""
    handle_time, patience, agents, threshold = 200.0, 120.0, 5, 30.0
    rate = load / handle_time
    states = stationary(0, chain(rate, handle_time, patience, agents, room, balk))
    blocked = states[agents + room]
    finds = {ahead: states[agents + ahead] / (1 - blocked) for ahead in range(room)}
    staying = {ahead: probability * (1 - balk) for ahead, probability in finds.items()}
    idle = 1 - sum(finds.values())
    fate = tagged(handle_time, patience, agents)
    answered = idle + reached_within(staying, fate, threshold, lambda state: state == "answered")
    gone = reached_within(staying, fate, threshold, lambda state: state == "gone")
    ever = idle + reached_within(staying, fate, 5e3, lambda state: state == "answered")
    patient = tagged(handle_time, patience, agents)
    virtual = idle + reached_within(
        finds,
        lambda ahead: (move for move in patient(ahead) if move[1] != "gone"),
        threshold,
        lambda s: s == "answered",
    )
    queue_length = sum(ahead * states[agents + ahead] for ahead in range(room + 1))
    lost = balk * sum(finds.values()) + gone

    queue = erlang_a(rate, handle_time, patience, agents, room=room, balk=balk)
    expected = {
        "blocking_probability": blocked,
        "delay_probability": 1 - idle,
        "waiting_probability": sum(staying.values()),
        "answer_probability": ever,
        "abandonment_probability": queue_length / patience / (rate * (1 - blocked)),
        "balking_probability": balk * sum(finds.values()),
        "mean_queue": queue_length,
        "mean_wait": queue_length / (rate * (1 - blocked)),
        "occupancy": sum(min(calls, agents) * probability for calls, probability in states.items()) / agents,
        "offered": answered,
        "answered": answered / ever,
        "ignored": answered / (1 - lost),
        "positive": answered + lost,
        "virtual": virtual,
        "waits_longer": 1 - answered - lost,
        "lost_within": lost,
    }
    ours = everything(queue, threshold)
    for name, value in expected.items():
        assert ours[name] == pytest.approx(value, rel=1e-9, abs=1e-12), name


def test_every_wait_is_of_somebody():
    """The mean wait of all is the mean over answered and abandoned; abandoned = queue / patience (Little)."""
    loads, agents = np.array([3.0, 9.0, 12.0, 40.0]), 10
    for room in (None, 2, 30):
        queue = erlang_a(loads / 240, 240.0, 100.0, agents, room=room, balk=0.05)
        by_fate = (
            queue.mean_wait_answered * queue.answer_probability
            + queue.mean_wait_abandoned * queue.abandonment_probability
        )
        assert queue.mean_wait == pytest.approx(by_fate, rel=1e-12)
        accepted = loads / 240 * (1 - queue.blocking_probability)
        assert accepted * queue.abandonment_probability == pytest.approx(queue.mean_queue / 100, rel=1e-12)
        assert accepted * queue.answer_probability * 240 == pytest.approx(queue.occupancy * agents, rel=1e-12)
        total = queue.answer_probability + queue.abandonment_probability + queue.balking_probability
        assert total == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(("load", "agents"), [(0.01, 1), (9.0, 10), (14.0, 10), (100_100.0, 100_000)])
@pytest.mark.parametrize("room", [None, 3])
def test_percentiles_lead_back_to_their_share(load, agents, room):
    """Of the wait of everybody, of the answered, and of the virtual wait; 0 where more find a free agent."""
    queue = erlang_a(load / 240, 240.0, 100.0, agents, room=room, balk=0.05)
    shares = np.array([0.1, 0.5, 0.9, 0.999, 0.999999])
    for percentile, within in (
        (queue.wait_percentile, lambda time: 1 - queue.waits_longer(time)),
        (queue.answered_wait_percentile, lambda time: queue.service_level(time, "answered")),
        (queue.virtual_wait_percentile, lambda time: queue.service_level(time, "virtual")),
    ):
        times, at_once = percentile(shares), within(0.0)
        assert np.all((times > 0) == (shares > at_once))
        assert within(times) == pytest.approx(np.maximum(shares, at_once), rel=1e-11)


def test_percentiles_at_the_edges_of_the_model():
    """Nobody gives up: Erlang C. Too many who never do: no number. No agents: patience alone, and nobody answered."""
    patient, known = erlang_a(8 / 300, 300.0, np.inf, 10), erlang_c(8.0, 10, 300.0)
    for percentile in (patient.wait_percentile, patient.answered_wait_percentile, patient.virtual_wait_percentile):
        assert percentile(0.95) == pytest.approx(float(known.wait_percentile(0.95)), rel=1e-12)
    assert np.isnan(erlang_a(11 / 300, 300.0, np.inf, 10).wait_percentile(0.9))
    closed = erlang_a(0.1, 300.0, 180.0, 0)
    assert closed.wait_percentile(0.5) == pytest.approx(180 * np.log(2), rel=1e-12)
    assert closed.virtual_wait_percentile(0.5) == np.inf
    assert np.isnan(closed.answered_wait_percentile(0.5))
    with pytest.raises(ValueError, match=r"share \(=1.0\) must be below 1"):
        patient.wait_percentile(1.0)


@pytest.mark.parametrize("agents", [1.0, 12.5, 300.0, 100_000.0])
def test_endless_patience_is_erlang_c(agents):
    """Infinite patience to all digits; very long patience nearly."""
    load, handle_time = agents * 0.97, 180.0
    known, queue = erlang_c(load, agents, handle_time), erlang_a(load / handle_time, handle_time, np.inf, agents)
    for formula in FORMULAS:
        assert queue.service_level(5.0, formula) == pytest.approx(known.service_level(5.0), rel=1e-12)
    assert queue.delay_probability == pytest.approx(known.waiting_probability, rel=1e-12)
    assert queue.mean_wait == pytest.approx(known.mean_wait, rel=1e-11)
    assert queue.mean_wait_answered == pytest.approx(known.mean_wait, rel=1e-11)
    assert queue.occupancy == pytest.approx(known.occupancy, rel=1e-12)
    assert np.isnan(queue.mean_wait_abandoned)
    patient = erlang_a(load / handle_time, handle_time, 1e9 * handle_time, agents)
    assert patient.mean_wait == pytest.approx(known.mean_wait, rel=1e-5)


@pytest.mark.parametrize("load", [0.3, 4.0, 90.0, 1e5, 3e6])
def test_no_waiting_place_is_erlang_b(load):
    """K = c: blocked is Erlang B, and nobody else waits."""
    agents = np.array([1.0, 5.0, 77.0, 100_000.0])
    queue = erlang_a(load / 60, 60.0, 45.0, agents, room=0, balk=0.2)
    assert queue.blocking_probability == pytest.approx(erlang_b(load, agents), rel=1e-11)
    assert queue.answer_probability.tolist() == [1.0] * 4
    assert queue.mean_queue.tolist() == [0.0] * 4
    assert queue.service_level(0.0).tolist() == [1.0] * 4


def test_much_room_is_no_limit():
    """A limit that is never reached changes nothing, beside cells that have none."""
    limited = erlang_a(9 / 60, 60.0, 45.0, 10, room=[400.0, np.inf, 3.0])
    free = erlang_a(9 / 60, 60.0, 45.0, 10)
    for name, value in everything(limited, 10.0).items():
        assert value[:2] == pytest.approx(float(everything(free, 10.0)[name]), rel=1e-12), name
    assert limited.blocking_probability[2] > 0.01


def test_a_queue_without_a_stationary_state_has_no_numbers():
    """Nobody gives up and the load is not below the agents: unstable, unless the room is limited."""
    queue = erlang_a([1.0, 0.5, 1.0], 10.0, np.inf, 10, room=[np.inf, np.inf, 5.0])
    assert queue.stable.tolist() == [False, True, True]
    for value in everything(queue, 10.0).values():
        if not np.isnan(value).all():
            assert np.isnan(value).tolist() == [True, False, False]


def test_nobody_waits_where_nobody_calls():
    """No arrivals: who came would be answered at once; those who waited would wait as behind one call."""
    queue = erlang_a(0.0, 100.0, 50.0, 1)
    assert (queue.delay_probability, queue.answer_probability, queue.service_level(0.0)) == (0.0, 1.0, 1.0)
    assert queue.mean_wait_delayed == pytest.approx(1 / (1 / 100 + 1 / 50))


def test_without_agents_everybody_gives_up():
    """M/M/infinity of waiting customers; with r places their number is Erlang's M/M/r/r."""
    queue = erlang_a(0.1, 300.0, 180.0, 0, room=[np.inf, 10.0])
    assert queue.abandonment_probability == pytest.approx([1.0, 1.0], rel=1e-12)
    assert queue.blocking_probability == pytest.approx([0.0, float(erlang_b(18.0, 10))], rel=1e-12)
    assert queue.mean_wait == pytest.approx([180.0, 180.0], rel=1e-12)
    assert queue.mean_virtual_wait.tolist() == [np.inf, np.inf]
    for nothing in (queue.occupancy, queue.mean_wait_answered, queue.service_level(20.0, "answered")):
        assert np.isnan(nothing).all()
    assert queue.service_level(20.0).tolist() == queue.service_level(20.0, "ignored").tolist() == [0.0, 0.0]
    assert queue.lost_within(180.0) == pytest.approx(-np.expm1([-1.0, -1.0]), rel=1e-12)
    assert not erlang_a(0.1, 300.0, np.inf, 0).stable


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"arrival_rate": -1.0}, r"arrival_rate \(=-1.0\) must be finite and not negative"),
        ({"patience": [20.0, 0.0]}, r"patience \(=0.0\) must be > 0"),
        ({"agents": -2}, r"agents \(=-2.0\) must be finite and not negative"),
        ({"handle_time": 0}, r"handle_time \(=0.0\) must be > 0"),
        ({"room": -1}, r"room \(=-1.0\) must be a whole number of places, not negative"),
        ({"room": [3, 7.5]}, r"room \(=7.5\) must be a whole number of places"),
        ({"balk": 1.4}, r"balk \(=1.4\) must be at most 1"),
    ],
)
def test_impossible_arguments_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        erlang_a(**({"arrival_rate": 0.1, "handle_time": 60.0, "patience": 60.0, "agents": 5} | changes))


def test_an_unknown_formula_is_refused():
    with pytest.raises(ValueError, match="must be one of offered, answered, ignored, positive, virtual"):
        erlang_a(0.1, 60.0, 60.0, 5).service_level(20.0, "negative")


def test_a_month_of_hours_for_twenty_types_is_quick():
    """24 x 7 x 4 intervals of 20 types take 0.2 s, with limited room 0.3 s; one second allows for a slow machine."""
    load = np.linspace(0.1, 40.0, 24 * 7 * 4 * 20)
    for room in (None, 20):
        begin = time.process_time()
        erlang_a(load / 300.0, 300.0, 180.0, load + 2.5, room=room).service_level(20.0)
        assert time.process_time() - begin < 1.0


def limited_in_many_digits(load, handle_time, patience, agents, room, balk, threshold):
    """
    Some measures of M/M/c/K+M with balking, by sums over the queue in sixty digits.

    One who finds j waiting waits for j + 1 exponentials with rates (s + i) / patience: the chance that they are longer
    than t is the incomplete beta function of exp(-t / patience) with parameters s and j + 1; it is answered with
    probability s / (s + j + 1), and then s is to be replaced by s + 1.
    """
    with mpmath.workdps(DIGITS):
        a, c, h, p, t = (mpmath.mpf(value) for value in (load, agents, handle_time, patience, threshold))
        s, x, y = c * p / h, a * (1 - mpmath.mpf(balk)) * p / h, mpmath.exp(-t / p)
        busy = mpmath.exp(c * mpmath.log(a) - a) / mpmath.gammainc(c + 1, a, mpmath.inf)
        weights, longer, slower = [mpmath.mpf(1)], [y**s], [y ** (s + 1)]
        term, slow_term = y**s, y ** (s + 1)
        for j in range(1, room + 1):
            weights.append(weights[-1] * x / (s + j))
            term *= (1 - y) * (s + j - 1) / j
            slow_term *= (1 - y) * (s + j) / j
            longer.append(longer[-1] + term)
            slower.append(slower[-1] + slow_term)
        full, finding = weights.pop(), list(enumerate(weights))
        offered = 1 / busy - 1 + sum(weights)
        stays = 1 - mpmath.mpf(balk)
        queue = (sum(j * weight for j, weight in finding) + room * full) / (offered + full)
        return {
            "blocking_probability": full / (offered + full),
            "delay_probability": sum(weights) / offered,
            "answer_probability": (1 / busy - 1 + stays * sum(w * s / (s + j + 1) for j, w in finding)) / offered,
            "mean_queue": queue,
            "mean_wait": queue / (a / h * offered / (offered + full)),
            "offered": (1 / busy - 1 + stays * sum(w * s / (s + j + 1) * (1 - slower[j]) for j, w in finding))
            / offered,
            "virtual": (1 / busy - 1 + sum(w * (1 - longer[j]) for j, w in finding)) / offered,
            "waits_longer": stays * y * sum(w * longer[j] for j, w in finding) / offered,
        }


@pytest.mark.parametrize(
    ("agents", "share"), [(1.0, 0.3), (1.0, 20.0), (40.0, 0.9), (40.0, 1.5), (1e5, 1.0), (1e5, 3.0)]
)
@pytest.mark.parametrize(("room", "patience"), [(1, 30.0), (20, 3000.0), (400, 150.0)])
def test_limited_room_agrees_with_many_digits(agents, share, room, patience):
    """From one place to more than are ever needed, up to 100,000 agents."""
    queue = erlang_a(share * agents / 300.0, 300.0, patience, agents, room=room, balk=0.1)
    ours = everything(queue, 2.0)
    for name, exact in limited_in_many_digits(share * agents, 300.0, patience, agents, room, 0.1, 2.0).items():
        assert abs(ours[name] - exact) <= max(exact * 1e-10, 1e-50), name


CENTERS = {
    "load": st.floats(0.01, 200.0),
    "agents": st.integers(1, 150),
    "patience": st.floats(1.0, 5000.0),
    "room": st.sampled_from([np.inf, 0.0, 1.0, 7.0]),
    "balk": st.sampled_from([0.0, 0.3]),
}


@given(**CENTERS)
@settings(max_examples=25, deadline=None)
def test_more_agents_serve_better(load, agents, patience, room, balk):
    """Fewer wait, fewer are lost or blocked, more are answered in time; never outside [0, 1]."""
    queue = erlang_a(load / 200.0, 200.0, patience, [agents, agents + 1], room=room, balk=balk)
    lost = queue.abandonment_probability + queue.balking_probability
    for falls in (queue.blocking_probability, queue.delay_probability, lost, queue.occupancy):
        assert falls[1] <= falls[0] * (1 + 1e-10)
    for formula in FORMULAS:
        level = queue.service_level(15.0, formula)
        assert 0 <= level[0] <= level[1] * (1 + 1e-10) <= 1 + 2e-10


@given(**CENTERS)
@settings(max_examples=25, deadline=None)
def test_more_load_serves_worse(load, agents, patience, room, balk):
    """More wait, are lost, and are blocked; agents are busier, and answer no fewer calls."""
    queue = erlang_a(np.array([load, 1.1 * load]) / 200.0, 200.0, patience, agents, room=room, balk=balk)
    for grows in (queue.blocking_probability, queue.delay_probability, queue.occupancy, queue.mean_queue):
        assert grows[1] >= grows[0] * (1 - 1e-10)
    level = queue.service_level(15.0, "virtual")
    assert level[1] <= level[0] * (1 + 1e-10)


@given(**CENTERS)
@settings(max_examples=25, deadline=None)
def test_more_patience_means_longer_queues(load, agents, patience, room, balk):
    """Patient customers wait longer and more of them are answered or, with limited room, blocked."""
    queue = erlang_a(load / 200.0, 200.0, [patience, 1.2 * patience], agents, room=room, balk=balk)
    for grows in (queue.mean_virtual_wait, queue.delay_probability, queue.blocking_probability, queue.occupancy):
        assert grows[1] >= grows[0] * (1 - 1e-10)
    assert queue.abandonment_probability[1] <= queue.abandonment_probability[0] * (1 + 1e-10)
