"""Sums of many replications: small in memory, and not a bit lost."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.results.record import narrowed


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ([0, 1, 255], np.uint8),
        ([0, 256], np.uint16),
        ([0, 65536], np.float32),
        ([0.5, 0.25], np.float32),
        ([-1.0, 0], np.float64),
        ([0.1, 3], np.float64),
        ([2.0**24 + 1], np.float64),
        ([1e300], np.float64),
        ([], np.uint8),
    ],
)
def test_numbers_are_kept_to_the_last_bit_in_the_smallest_type(numbers, kind):
    whole = np.array(numbers, dtype=np.float64)
    kept = narrowed(whole)
    assert kept.dtype == kind
    assert kept.astype(np.float64).tobytes() == whole.tobytes()
