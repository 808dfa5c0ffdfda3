"""Loads for planners: against closed forms, the exact transient queue, and what each is known to get right."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ccsim.erlang import erlang_c, modified_offered_load, sipp_load, time_varying

RATES = np.array([1.0, 2.0, 4.0, 4.0, 3.0, 1.0]) / 60
HANDLE = 300.0
QUARTER = 900.0


def test_one_interval_per_period_is_its_own_load():
    for how in ("average", "max", "mix"):
        assert sipp_load(RATES, HANDLE, rate=how) == pytest.approx(RATES * HANDLE)


def test_periods_of_two_by_hand():
    """Mix: the average while the rate rises, the larger where it falls; periods of rates (1 2) (4 4) (3 1)."""
    assert sipp_load(RATES, 60.0, 2) == pytest.approx([1.5, 4.0, 2.0])
    assert sipp_load(RATES, 60.0, 2, rate="max") == pytest.approx([2.0, 4.0, 3.0])
    assert sipp_load(RATES, 60.0, 2, rate="mix") == pytest.approx([1.5, 4.0, 3.0])


@pytest.mark.parametrize(
    ("lag", "expected"),
    [
        (900.0, [1.0, 1.0, 2.0, 4.0, 4.0, 3.0]),
        (450.0, [1.0, 1.5, 3.0, 4.0, 3.5, 2.0]),
        (1350.0, [1, 1, 1.5, 3, 4, 3.5]),
    ],
)
def test_lagged_rates_are_earlier_ones(lag, expected):
    """A lag of half an interval takes half of each neighbor; before the first interval it was like the first."""
    assert sipp_load(RATES, 60.0, lag=lag, interval=QUARTER) == pytest.approx(expected)


def test_a_lag_of_half_an_interval_has_the_larger_of_both_as_its_maximum():
    found = sipp_load(RATES, 60.0, rate="max", lag=450.0, interval=QUARTER)
    assert found == pytest.approx([1.0, 2.0, 4.0, 4.0, 4.0, 3.0])


def test_modified_offered_load_is_the_number_busy_among_plenty_of_agents():
    """Against the exact transient queue with more agents than calls."""
    plenty = time_varying(RATES, 90, QUARTER, HANDLE, in_system=7)
    found = modified_offered_load(RATES, HANDLE, QUARTER, rate="average", start=7.0)
    assert found == pytest.approx(plenty.occupancy * 90, rel=1e-9)
    edges = np.concatenate([[7.0], plenty.in_system])
    found = modified_offered_load(RATES, HANDLE, QUARTER, start=7.0)
    assert found == pytest.approx(np.maximum(edges[:-1], edges[1:]), rel=1e-9)


def test_modified_offered_load_of_a_wave_lags_and_is_damped():
    """
    rate = mean + swing sin(w t): m = load (mean, swing sin(w t - atan(w h)) / sqrt(1 + (w h)^2)), S. Eick, W. Massey
    and W. Whitt, M(t)/G/infinity queues with sinusoidal arrival rates, 1993.
    """
    fine, day = 30.0, 86_400.0
    wave, handle = 2 * math.pi / day, 5_400.0
    at = (np.arange(2 * int(day / fine)) + 0.5) * fine
    found = modified_offered_load(0.5 + 0.3 * np.sin(wave * at), handle, fine, rate="average", start=0.5 * handle)
    swing = 0.3 * np.sin(wave * at - math.atan(wave * handle)) / math.hypot(1, wave * handle)
    second_day = at > day
    assert found[second_day] == pytest.approx(handle * (0.5 + swing)[second_day], rel=1e-4)


def test_all_agree_where_the_rate_never_changes():
    rates = np.full((3, 8), [[0.1], [0.2], [0.3]])
    for loads in (
        sipp_load(rates, HANDLE, 2, rate="mix", lag=HANDLE, interval=QUARTER),
        modified_offered_load(rates, HANDLE, QUARTER, 2, start=rates[:, 0] * HANDLE),
    ):
        assert loads == pytest.approx(np.full((3, 4), [[30.0], [60.0], [90.0]]))


def smallest(load: float, waiting: float) -> int:
    agents = math.ceil(load + 1e-9)
    while not erlang_c(load, agents, HANDLE).waiting_probability <= waiting:
        agents += 1
    return agents


@pytest.mark.slow
def test_staffing_by_the_modified_load_keeps_waiting_more_even():
    """
    Handle times of two hours, hourly staffing for at most 20 % waiting. By the load of the hour itself 1 to 81 % wait,
    lagged 9 to 33 %, by the offered load of infinitely many agents 13 to 19 %.
    """
    handle, hour = 7_200.0, 3_600.0
    rates = (10 + 7 * np.sin(2 * math.pi * (np.arange(48) + 0.5) / 24)) / hour
    start = int(modified_offered_load(rates, handle, hour)[23])
    spread = {}
    for name, loads in {
        "sipp": sipp_load(rates, handle),
        "lag": sipp_load(rates, handle, lag=handle, interval=hour),
        "modified": modified_offered_load(rates, handle, hour, rate="average", start=start),
    }.items():
        agents = [smallest(load, 0.2) for load in loads]
        day = time_varying(rates, agents, hour, handle, leavers="pooled", threshold=0, in_system=start)
        waited = day.waited[24:]
        spread[name] = waited.max() - waited.min()
    assert spread["modified"] < 0.1 < spread["lag"] < spread["sipp"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sipp_load([-1.0], HANDLE), "arrival_rate"),
        (lambda: sipp_load(RATES, 0.0), "handle_time"),
        (lambda: sipp_load(RATES, HANDLE, 4), "must divide"),
        (lambda: sipp_load(RATES, HANDLE, lag=-1.0), "lag"),
        (lambda: sipp_load(RATES, HANDLE, rate="mean"), "average, max or mix"),
        (lambda: modified_offered_load(RATES, HANDLE, 0.0), "interval"),
        (lambda: modified_offered_load(RATES, HANDLE, QUARTER, rate="mix"), "average or max"),
        (lambda: modified_offered_load(RATES, HANDLE, QUARTER, start=-1.0), "start"),
    ],
)
def test_impossible_loads_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
