"""Searches over whole tables at once: where a statement about a number begins, or ceases, to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Cells = NDArray[np.intp]

DOUBLINGS = 100
"""How often a number may be doubled, or halved, from where a search begins."""
PRECISION = 1e-13
"""Of real numbers, relative."""


def smallest_whole(holds: Callable[[Floats, Cells], Bools], start: Floats, most: float) -> Floats:
    """
    Smallest whole number from 1 to ``most`` at which a statement holds that keeps holding beyond; NaN if there is none.

    ``holds`` is asked for numbers and the cells of the (flat) table that they are meant for. Whatever is returned
    was seen to hold, and one less was seen not to, unless it is 1. Begins near ``start`` and strides, each step
    twice as long as the one before, then halves.
    """
    low, high = np.zeros_like(start), np.full_like(start, np.inf)
    trial = np.clip(np.ceil(start), 1.0, most)
    step = np.ceil(np.sqrt(trial) / 2)
    cells = np.arange(start.size)
    while cells.size:
        at = trial[cells]
        met = holds(at, cells)
        high[cells] = np.where(met, at, high[cells])
        low[cells] = np.where(met, low[cells], at)
        cells = cells[(high[cells] - low[cells] > 1) & (low[cells] < most)]
        below, above, stride = low[cells], high[cells], step[cells]
        with np.errstate(invalid="ignore"):
            inside = np.maximum(np.floor((below + above) / 2), above - stride)
        trial[cells] = np.where(np.isinf(above), np.minimum(below + stride, most), inside)
        step[cells] = 2 * stride
    return np.where(np.isinf(high), np.nan, high)


def largest(margin: Callable[[Floats, Cells], Floats], start: Floats) -> Floats:
    """
    Largest number above 0 at which a margin is not negative, where it falls as the number grows.

    A margin that is NaN counts as negative. Infinite where it is not negative at 2**100 times ``start``, NaN where it
    is negative even at 2**-100 times ``start``. Whatever else is returned was seen to hold, and within a relative
    1e-12 beyond it the margin was seen to be negative.
    """
    logarithm = np.log(start)
    inner, outer, at_inner, at_outer = bracket(margin, logarithm)
    result = np.where(np.isfinite(inner), np.inf, np.nan)
    cells = np.flatnonzero(np.isfinite(inner) & np.isfinite(outer))
    if cells.size:
        result[cells] = np.exp(crossing(margin, cells, inner[cells], outer[cells], at_inner[cells], at_outer[cells]))
    return result


def bracket(margin: Callable[[Floats, Cells], Floats], logarithm: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Logarithms of numbers that hold and that do not, with their margins; infinite where there are none."""
    inner, outer = np.full_like(logarithm, -np.inf), np.full_like(logarithm, np.inf)
    at_inner, at_outer = np.full_like(logarithm, np.nan), np.full_like(logarithm, np.nan)
    trial, doublings = logarithm.copy(), 1.0
    cells = np.arange(logarithm.size)
    limit = DOUBLINGS * np.log(2.0)
    while cells.size:
        at = trial[cells]
        left = margin(np.exp(at), cells)
        met = left >= 0
        inner[cells], at_inner[cells] = np.where(met, (at, left), (inner[cells], at_inner[cells]))
        outer[cells], at_outer[cells] = np.where(met, (outer[cells], at_outer[cells]), (at, left))
        away = np.abs(at - logarithm[cells])
        cells = cells[(np.isinf(inner[cells]) | np.isinf(outer[cells])) & (away < limit * (1 - PRECISION))]
        upward = np.where(np.isinf(outer[cells]), 1.0, -1.0)
        trial[cells] = logarithm[cells] + upward * min(doublings * np.log(2.0), limit)
        doublings *= 2
    return inner, outer, at_inner, at_outer


def crossing(
    margin: Callable[[Floats, Cells], Floats],
    cells: Cells,
    inner: Floats,
    outer: Floats,
    at_inner: Floats,
    at_outer: Floats,
) -> Floats:
    """
    Where the margin changes its sign between ``inner`` (not negative) and ``outer`` (negative), in logarithms.

    T. R. Chandrupatla, A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function,
    Advances in Engineering Software 28, 1997. Returned is the last point on the side of ``inner``.
    """
    result = inner.copy()
    a, b, c = outer.copy(), inner.copy(), outer.copy()
    at_a, at_b, at_c = at_outer.copy(), at_inner.copy(), at_outer.copy()
    share = np.full_like(inner, 0.5)
    rows = np.arange(inner.size)
    while rows.size:
        x = a + share * (b - a)
        at_x = margin(np.exp(x), cells[rows])
        result[rows] = np.where(at_x >= 0, x, result[rows])
        same = (at_x >= 0) == (at_a >= 0)
        b, at_b, c, at_c = (
            np.where(same, b, a),
            np.where(same, at_b, at_a),
            np.where(same, a, b),
            np.where(same, at_a, at_b),
        )
        a, at_a = x, at_x
        least = PRECISION * np.maximum(1.0, np.abs(a)) / np.maximum(np.abs(b - a), 1e-300)
        share = np.clip(interpolated(a, b, c, at_a, at_b, at_c), least, 1 - least)
        wide = least < 0.5
        rows = rows[wide]
        a, b, c, at_a, at_b, at_c, share = (x[wide] for x in (a, b, c, at_a, at_b, at_c, share))
    return result


def interpolated(a: Floats, b: Floats, c: Floats, at_a: Floats, at_b: Floats, at_c: Floats) -> Floats:
    """How far from a to b the zero lies: by inverse quadratic interpolation where that is safe, else half-way."""
    with np.errstate(divide="ignore", invalid="ignore"):
        place, height = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
        safe = (height**2 < place) & ((1 - height) ** 2 < 1 - place)
        guess = at_a / (at_b - at_a) * at_c / (at_b - at_c) + (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (
            at_c - at_b
        )
    return np.where(safe & np.isfinite(guess), guess, 0.5)
