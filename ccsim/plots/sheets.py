"""Pages of several panels: how large they are, where panels stand, and the key to the scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ccsim.plots.frames import scenarios_of
from ccsim.plots.style import color, figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ccsim.results import Results

KEYS_A_ROW = 4
KEY_WIDTH, LETTER = 0.5, 0.075
"""Of a line of the key, and of a letter beside it. [inches]"""


def grid(count: int, a_row: int, size: Callable[[int, int], tuple[float, float]]) -> tuple[Figure, list[Axes]]:
    """
    A page of so many panels, at most ``a_row`` beside each other.

    ``size`` gives width and height of the page from the number of panels across and down. [inches]
    """
    across = min(count, a_row)
    down = -(-count // across)
    page = figure(*size(across, down))
    panels = page.subplots(down, across, squeeze=False).ravel().tolist()
    for panel in panels[count:]:
        panel.set_axis_off()
    return page, panels[:count]


def sheet(
    width: float,
    row: float,
    down: int,
    across: int,
    *,
    top: float,
    bottom: float,
    left: float,
    right: float,
    between: tuple[float, float],
) -> tuple[Figure, list[list[Axes]]]:
    """
    A page of panels with fixed margins, which are found much faster than by trying how much room the words need.

    ``row`` is the height of a row with the gap under it; ``between`` the gaps below and beside panels. [inches]
    """
    from matplotlib.figure import Figure

    height = top + down * row - between[0] + bottom
    page = Figure(figsize=(width, height))
    panels = page.subplots(down, across, squeeze=False)
    tall, wide = row - between[0], (width - left - right - (across - 1) * between[1]) / across
    page.subplots_adjust(
        left=left / width,
        right=1 - right / width,
        top=1 - top / height,
        bottom=bottom / height,
        hspace=between[0] / tall,
        wspace=between[1] / wide,
    )
    return page, [list(of) for of in panels]


def rows_of_key(results: Results, width: float) -> int:
    """Rows that the names of the scenarios take on a page of so many inches, at most four names in each."""
    scenarios = scenarios_of(results)
    room = int(width / (KEY_WIDTH + LETTER * max(map(len, scenarios))))
    return -(-len(scenarios) // max(1, min(KEYS_A_ROW, room)))


def key(page: Figure, results: Results, marker: str = "") -> None:
    """Which color is which scenario, once for the page."""
    from matplotlib.lines import Line2D

    scenarios = scenarios_of(results)
    lines = [Line2D([], [], color=color(scenarios, name), marker=marker, linewidth=2, label=name) for name in scenarios]
    across = -(-len(scenarios) // rows_of_key(results, float(page.get_size_inches()[0])))
    place: Literal["outside upper right", "upper right"] = (
        "outside upper right" if page.get_layout_engine() else "upper right"
    )
    page.legend(handles=lines, loc=place, ncols=across, frameon=False, fontsize=8)
