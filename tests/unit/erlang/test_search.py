"""Searches over tables: where a statement begins to hold, and where it ceases to."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.erlang.search import largest, smallest_whole

FIRST = np.array([1.0, 2.0, 3.0, 17.0, 1000.0, 99_999.0])


@pytest.mark.parametrize("start", [0.0, 1.0, 16.5, 17.0, 1e5])
def test_the_first_number_is_found_wherever_the_search_begins(start):
    """Below, at and above the answer; every cell on its own."""
    found = smallest_whole(lambda number, cells: number >= FIRST[cells], np.full(6, start), 1e5)
    assert found.tolist() == FIRST.tolist()


def test_the_answer_and_one_less_are_both_seen():
    """No answer is inferred: it was asked, and so was its neighbor."""
    asked = set()

    def holds(number, cells):
        asked.update(number.tolist())
        return number >= 37.0

    smallest_whole(holds, np.array([30.0]), 1e6)
    assert {36.0, 37.0} <= asked


def test_where_no_number_does_there_is_none():
    found = smallest_whole(lambda number, cells: number >= FIRST[cells], np.ones(6), 500.0)
    assert np.isnan(found).tolist() == [False, False, False, False, True, True]


def test_the_largest_real_number_is_within_twelve_digits_and_on_the_good_side():
    """Of curves with a kink, with a cliff to NaN, and ten powers of ten away from where the search begins."""
    edge = np.array([3.0, 7e-9, 2.5e9, 11.0])

    def margin(x, cells):
        with np.errstate(invalid="ignore"):
            smooth = np.minimum(edge[cells] - x, 100 * (edge[cells] - x))
            return np.where(cells == 3, np.sqrt(edge[cells] - x), smooth)

    found = largest(margin, np.ones(4))
    assert np.all(found <= edge)
    assert found == pytest.approx(edge, rel=2e-12)


def test_what_always_or_never_holds_has_no_edge():
    found = largest(lambda x, cells: np.where(cells == 0, 1.0, -1.0), np.ones(2))
    assert found[0] == np.inf
    assert np.isnan(found[1])
