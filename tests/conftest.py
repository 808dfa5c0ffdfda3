"""What every test finds."""

from __future__ import annotations

import signal

import hypothesis
import pytest

# The same examples whenever the same selection of tests is run on the same code: whoever breaks nothing sees nothing
# break. Another selection may see others, since among them are constants of those of our modules that are imported by
# then. No deadlines on busy machines. Fewer examples than usual: the quick tests must be quick.
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_interrupts():
    """Shells start background jobs with SIGINT ignored; tests of Ctrl-C, and the commands they start, need it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
