"""Spans of time: merged, clipped, measured."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.calendar.spans import Spans


def spans(*pairs: tuple[int, int]) -> Spans:
    return Spans(np.array([a for a, _ in pairs], np.int64), np.array([b for _, b in pairs], np.int64))


def pairs(found: Spans) -> list[tuple[int, int]]:
    return list(zip(found.begins.tolist(), found.ends.tolist(), strict=True))


@pytest.mark.parametrize(
    ("given", "merged"),
    [
        ((), []),
        (((0, 2), (2, 3)), [(0, 3)]),
        (((5, 6), (0, 2)), [(0, 2), (5, 6)]),
        (((0, 9), (1, 2), (4, 5), (9, 10), (12, 13)), [(0, 10), (12, 13)]),
    ],
)
def test_touching_and_overlapping_spans_merge(
    given: tuple[tuple[int, int], ...], merged: list[tuple[int, int]]
) -> None:
    """A span within an earlier, longer one does not end it."""
    assert pairs(spans(*given).merged()) == merged


def test_clipping_drops_what_lies_outside() -> None:
    """Spans that only touch a limit lie outside."""
    assert pairs(spans((0, 2), (2, 5), (4, 8), (8, 9)).clipped(2, 8)) == [(2, 5), (4, 8)]


def test_measure_is_the_total_length() -> None:
    """In ticks."""
    assert spans((0, 2), (5, 9)).measure == 6


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (((0, 5),), (), []),
        (((0, 5),), ((5, 8),), []),
        (((0, 5), (7, 9)), ((3, 8),), [(3, 5), (7, 8)]),
        (((0, 9),), ((1, 2), (4, 5)), [(1, 2), (4, 5)]),
    ],
)
def test_times_in_both(
    one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...], both: list[tuple[int, int]]
) -> None:
    """In whichever order; spans that only touch have nothing in common."""
    assert pairs(spans(*one).and_(spans(*other))) == both
    assert pairs(spans(*other).and_(spans(*one))) == both
