"""Months of a large operation fit into memory."""

from __future__ import annotations

import pytest

from benchmarks.six_months import MOST_MEMORY, played_apart

VISITS = 5_100_000
"""Of the longest scenario of benchmarks/six_months.yaml over its 26 weeks."""
AT_REST = 100
"""Libraries and Plan. [MB]"""


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["constant agents", "returns and working lives"])
def test_six_months_of_a_large_operation_fit_into_two_gigabytes(scenario):
    """A quarter of the time needs no more than a quarter of the memory, so that all of it has room."""
    visits, _, peak = played_apart(scenario, 7)
    assert visits > 1_200_000
    assert peak - AT_REST < (MOST_MEMORY - AT_REST) * visits / VISITS
