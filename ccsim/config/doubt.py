"""What a doubtful choice is."""

from __future__ import annotations

from typing import NamedTuple


class Doubt(NamedTuple):
    """The key that is meant, and what is doubtful about it."""

    path: tuple[str, ...]
    message: str
