from __future__ import annotations

import pytest

import ccsim
from tests.small_desk import SMALL_DESK


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """The small desk, run once in this process; the log of the first replication kept."""
    file = tmp_path_factory.mktemp("desk") / "desk.yaml"
    file.write_text(SMALL_DESK, encoding="utf-8")
    return ccsim.run(file, workers=1, keep_log="first")
