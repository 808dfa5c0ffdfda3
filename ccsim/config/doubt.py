"""What a doubtful choice is."""

from __future__ import annotations

from typing import NamedTuple


class Doubt(NamedTuple):
    """The key that is meant, and what is doubtful about it."""

    path: tuple[str, ...]
    message: str
    is_idle: bool = False
    """What is written has no effect: doubtful only if it has none in any scenario."""
