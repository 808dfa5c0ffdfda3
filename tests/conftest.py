"""What every test finds."""

from __future__ import annotations

import signal

import hypothesis
import pytest

# The same examples whenever the same tests are run on the same code. Not whichever are run: among them are constants
# from those of our modules that happen to be imported by then. No deadlines on busy machines.
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_interrupts():
    """Shells start background jobs with SIGINT ignored; tests of Ctrl-C, and the commands they start, need it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
