"""
Service levels as tests: ``ccsim_run`` runs an experiment once per session, ``assert_service_level`` holds it to
its promise.

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
    ``ccsim_run(path, **arguments)`` as ``ccsim.run``, but each experiment with the same arguments runs once per
    session.
    """
    kept: dict[str, Results] = {}

    def run(path: Any, **arguments: Any) -> Results:
        import ccsim

        asked = repr((str(path), sorted(arguments.items())))
        if asked not in kept:
            kept[asked] = ccsim.run(path, **arguments)
        return kept[asked]

    return run
