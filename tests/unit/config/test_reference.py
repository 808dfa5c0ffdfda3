"""The reference of the experiment file knows every key."""

import re
from pathlib import Path

import pytest

from ccsim.config.scenarios import KEYS, SCENARIO_KEYS
from ccsim.config.sentences import HOMES

TEXT = (Path(__file__).parents[3] / "docs" / "experiment-file.md").read_text(encoding="utf-8")
WORDS = {word for code in re.findall(r"`[^`]+`|```yaml.*?```", TEXT, re.DOTALL) for word in re.findall(r"\w+", code)}
WRITTEN_OTHERWISE = {
    "all_pools",
    "changes",
    "weekday",
    "begins",
    "ends",
    "stretches",
    "rates",
    "recorded_counts",
    "recorded_times",
    "bands",
}


@pytest.mark.parametrize("key", sorted({*HOMES, *KEYS, *SCENARIO_KEYS, "recorded", "missing"} - WRITTEN_OTHERWISE))
def test_every_key_is_explained(key):
    assert key in WORDS
