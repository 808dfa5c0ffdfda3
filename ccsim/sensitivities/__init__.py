"""Which numbers of a business case decide it: each otherwise, all else as it is, on the same customers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.sensitivities.finding import sensitivity
    from ccsim.sensitivities.found import Sensitivity

__all__ = ["Sensitivity", "sensitivity"]

_MODULES = {"Sensitivity": "found", "sensitivity": "finding"}


def __getattr__(name: str) -> Any:
    # Worker processes import this package, too, and need neither files nor planning.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
