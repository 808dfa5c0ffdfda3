"""A number over time is exact, whatever the order of its spans."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ccsim.measures.level import LONGEST, Level, aligned

spans = st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30)), max_size=12)


def level_of(pairs):
    begins, ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Level.count(begins, ends)


def count_at(pairs, tick):
    return sum(begin <= tick < end for begin, end in pairs)


@given(spans)
def test_counts_the_spans_that_hold_at_each_tick(pairs):
    """``begin <= t < end``; a span that ends before it begins is empty."""
    ticks = np.arange(-10, 35)

    assert level_of(pairs).at(ticks).tolist() == [count_at(pairs, tick) for tick in ticks]


@given(spans)
def test_is_in_its_shortest_form(pairs):
    """Times ascend and neighboring numbers differ, so that stretches are never cut without need."""
    level = level_of(pairs)

    assert (np.diff(level.times) > 0).all()
    assert (np.diff(level.values, prepend=0) != 0).all()


@given(spans, st.lists(st.integers(-8, 33), min_size=2, max_size=6).map(sorted))
def test_adds_number_times_time_between_edges(pairs, edges):
    """Totals are sums over ticks, including what began before the first edge."""
    expected = [sum(count_at(pairs, tick) for tick in range(low, high)) for low, high in pairwise(edges)]

    assert level_of(pairs).total(np.array(edges)).tolist() == expected


@given(spans, st.integers(-8, 33), st.integers(1, 20))
def test_finds_the_highest_number_of_a_stretch(pairs, begin, length):
    """Spans that meet end to begin at one instant are never counted together."""
    assert level_of(pairs).highest(begin, begin + length) == max(
        count_at(pairs, tick) for tick in range(begin, begin + length)
    )


@given(spans)
def test_stretches_are_the_union_of_the_spans(pairs):
    """Touching stretches are one."""
    begins, ends = level_of(pairs).spans()

    assert (begins[1:] > ends[:-1]).all()
    held = {tick for begin, end in zip(begins, ends, strict=True) for tick in range(begin, end)}
    assert held == {tick for tick in range(-5, 30) if count_at(pairs, tick)}


def test_totals_survive_sums_beyond_64_bits():
    """A running sum over millions of spans may wrap around; differences between edges must not notice."""
    year = 31_536_000 << 20
    many = Level(np.array([0, 10 * year]), np.array([1 << 20, 0]))

    assert many.total(np.array([9 * year, 9 * year + 1000])).tolist() == [1000 << 20]


@given(spans, spans)
def test_aligned_levels_keep_their_numbers(one, other):
    """On common times every level says what it said alone."""
    times, (first, second) = aligned(level_of(one), level_of(other))

    assert first.tolist() == [count_at(one, tick) for tick in times]
    assert second.tolist() == [count_at(other, tick) for tick in times]


def test_the_first_instant_from_a_time_on():
    """The time itself while the number is not 0, else the begin of the next stretch; in the end there is none."""
    level = Level.count(np.array([10, 15, 40]), np.array([20, 30, 50]))
    asked = np.array([0, 10, 29, 30, 39, 49, 50])
    assert level.first_from(asked).tolist() == [10, 10, 29, 40, 40, 49, LONGEST]
