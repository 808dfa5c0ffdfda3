"""
Scenarios x replications, on one core or many; and what has to be known to do it again.

Loaded on first use: worker processes import this package too, and need neither files nor planning.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.runner.asked import check
    from ccsim.runner.pricing import price
    from ccsim.runner.running import run
    from ccsim.runner.single import simulate

__all__ = ["check", "price", "run", "simulate"]

_MODULES = {"check": "asked", "price": "pricing", "run": "running", "simulate": "single"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
