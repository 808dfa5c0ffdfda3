"""Random centers of many seeds in a row: the same ones in every run, whatever else is tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def breaches(broken: Callable[[int], list[str]], seeds: Iterable[int]) -> dict[int, str]:
    """The first breach of each seed whose center breaks a law, or what made it crash."""
    found = ((seed, first_breach(broken, seed)) for seed in seeds)
    return {seed: breach for seed, breach in found if breach}


def first_breach(broken: Callable[[int], list[str]], seed: int) -> str:
    """Empty if there is none."""
    try:
        return next(iter(broken(seed)), "")
    except Exception as crash:  # the seeds after it are to be tried as well
        return repr(crash)
