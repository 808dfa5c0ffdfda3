"""Streams of uniforms are known by their names."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.chance.streams import SMALLEST, Streams


def test_a_stream_is_the_same_on_every_machine():
    """Pinned: if these numbers move, every result of every experiment moves."""
    assert Streams(1, 0).uniforms("work", "care", 739_678, 3).tolist() == [
        0.14771949441975052,
        0.05757486429283576,
        0.26172121797546577,
    ]


def test_whoever_draws_more_gets_the_same_beginning():
    streams = Streams(7, 3)
    assert streams.uniforms("work", "care", 1, 1000)[:10].tolist() == streams.uniforms("work", "care", 1, 10).tolist()


@pytest.mark.parametrize(
    "other",
    [
        Streams(8, 3).uniforms("work", "care", 1, 4),
        Streams(7, 4).uniforms("work", "care", 1, 4),
        Streams(7, 3).uniforms("wrap-up", "care", 1, 4),
        Streams(7, 3).uniforms("work", "sales", 1, 4),
        Streams(7, 3).uniforms("work", "care", 2, 4),
        Streams(7, 3).uniforms("work", "1\ncare", 1, 4),
    ],
    ids=["seed", "replication", "purpose", "key", "date", "key that looks like a date"],
)
def test_every_part_of_the_name_makes_another_stream(other):
    assert not np.isin(other, Streams(7, 3).uniforms("work", "care", 1, 4)).any()


def test_streams_of_neighbors_are_not_correlated():
    """Dates follow each other, names do too: hashing must leave no trace of that (z-test at 1e-6)."""
    streams = Streams(0, 0)
    first = np.array([streams.uniforms("work", "care", date, 1)[0] for date in range(20_000)])
    correlation = np.corrcoef(first[1:], first[:-1])[0, 1]
    assert abs(correlation) < 4.9 / 20_000**0.5
    assert abs(first.mean() - 0.5) < 4.9 * (1 / 12 / 20_000) ** 0.5


def test_a_drawn_zero_is_guarded():
    """Uniforms lie in the open interval: no infinite logarithm, no exact 0."""
    streams = Streams(0, 0)
    streams.generator = type("Zeros", (), {"random": staticmethod(np.zeros)})()
    assert streams.uniforms("work", "care", 1, 2).tolist() == [SMALLEST, SMALLEST]


def test_by_date_reads_each_date_from_its_own_stream():
    streams = Streams(5, 0)
    both = streams.by_date("balk", "care", [10, 11, 12], [2, 0, 3])
    expected = [*streams.uniforms("balk", "care", 10, 2), *streams.uniforms("balk", "care", 12, 3)]
    assert both.tolist() == expected
    assert streams.by_date("balk", "care", [], []).tolist() == []
