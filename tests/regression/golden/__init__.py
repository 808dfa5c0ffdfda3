"""
The kept numbers of a small center. Regenerate them, after a change that is meant to move numbers, with

    python -m tests.regression.golden

and say so in CHANGELOG.md under **Results change**.
"""

from __future__ import annotations

from pathlib import Path

import ccsim

HERE = Path(__file__).parent
EXPERIMENT = HERE / "small_center.yaml"
TABLE = HERE / "small_center.csv"
COLUMNS = ["scenario", "scope", "name", "measure", "mean"]


def table() -> str:
    """Every measure of the small center as CSV, ten significant digits."""
    summary = ccsim.run(EXPERIMENT, workers=1).summary()
    return summary[COLUMNS].to_csv(index=False, float_format="%.10g", lineterminator="\n")
