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
    """Four weeks need no more than their share of the memory by visits, so that all of them have room."""
    visits, _, peak = played_apart(scenario, 4)
    assert visits > 1_000_000
    assert peak - AT_REST < (MOST_MEMORY - AT_REST) * visits / VISITS
