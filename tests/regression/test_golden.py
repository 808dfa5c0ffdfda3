"""Did numbers move without intent? The small center's table must stay as it is kept."""

from __future__ import annotations

import csv
import io

import pytest

from tests.regression.golden import TABLE, table


def rows(text: str) -> dict[tuple[str, ...], float]:
    """Mean by scenario, scope, name and measure; no value is NaN."""
    lines = csv.reader(io.StringIO(text))
    next(lines)
    return {tuple(key): float(mean or "nan") for *key, mean in lines}


def test_the_small_center_gives_the_kept_numbers():
    """If this is meant to move: python -m tests.regression.golden, and a line in CHANGELOG.md."""
    kept, found = rows(TABLE.read_text(encoding="utf-8")), rows(table())

    assert found == pytest.approx(kept, rel=1e-9, nan_ok=True)
