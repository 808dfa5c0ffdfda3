"""
Service levels as tests: run an experiment once per session, and hold it to what was promised.

Loaded by pytest at start wherever ccsim is installed, so nothing heavy is imported before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.results import Results


@pytest.fixture(scope="session")
def ccsim_run() -> Callable[..., Results]:
    """
    ``ccsim_run(path, **arguments)`` as ``ccsim.run``, but the same file with the same arguments only once per session.
    """
    kept: dict[str, Results] = {}

    def run(path: Any, **arguments: Any) -> Results:
        import ccsim

        asked = repr((str(path), sorted(arguments.items())))
        if asked not in kept:
            kept[asked] = ccsim.run(path, **arguments)
        return kept[asked]

    return run


@pytest.fixture(scope="session")
def assert_service_level() -> Callable[..., None]:
    """``ccsim.assert_service_level``, for tests that import nothing."""
    import ccsim

    return ccsim.assert_service_level
