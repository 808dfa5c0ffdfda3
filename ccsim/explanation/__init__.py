"""By how much Erlang C is wrong for a center, and why."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.explanation.explaining import explain
    from ccsim.explanation.explanation import Explanation

__all__ = ["Explanation", "explain"]

_MODULES = {"Explanation": "explanation", "explain": "explaining"}


def __getattr__(name: str) -> Any:
    # Worker processes import this package, too, and need neither files nor planning.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
