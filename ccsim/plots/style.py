"""One look for all plots: colors that color-blind readers tell apart, quiet axes, the same files every time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

COLORS = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#E69F00", "#56B4E9", "#882255", "#5B5B5B")
"""Okabe and Ito's palette without its faint yellow; from the ninth scenario on they come again with other markers."""
MARKERS = "osDv^P"
INK, QUIET, FAINT = "#222222", "#6b6b6b", "#e6e6e6"
TARGET: Any = {"color": INK, "linewidth": 0.9, "linestyle": (0, (4, 3))}
"""Of a line at what is to be reached."""
GAP, PARTLY, COVERED, CLOSED = "#D55E00", "#F3C99B", "#9CCFC4", "#f2f2f2"
SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "ccsim",
    "svg.fonttype": "path",
    "path.simplify": False,
    "figure.dpi": 100,
    "savefig.dpi": 150,
}


METADATA = {"svg": dict.fromkeys(("Date", "Creator", "Format", "Type")), "png": {"Software": None}}
"""Nothing of when and by which version: files of one run are the same wherever it is repeated."""


def color(scenarios: Sequence[str], scenario: str) -> str:
    """Color of a scenario, the same in every plot of a run."""
    return COLORS[list(scenarios).index(scenario) % len(COLORS)]


def marker(scenarios: Sequence[str], scenario: str) -> str:
    """Marker of a scenario: changes when the colors begin again."""
    return MARKERS[list(scenarios).index(scenario) // len(COLORS) % len(MARKERS)]


def axes(ax: Axes | None, width: float = 9.0, height: float = 3.0) -> Axes:
    """The given Axes; else those of a new figure of pyplot, which notebooks show. [inches]"""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def key(ax: Axes) -> None:
    """Which color is which scenario, above the plot."""
    handles, names = ax.get_legend_handles_labels()
    ax.figure.legend(handles, names, loc="outside upper right", ncols=4, frameon=False, fontsize=8)


def figure(width: float, height: float) -> Figure:
    """An empty figure that needs no window. [inches]"""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def dress(ax: Axes, title: str = "", *, grid: Literal["both", "x", "y"] = "y") -> None:
    """Take away what is not data."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(QUIET)
    ax.tick_params(colors=QUIET, labelcolor=INK, labelsize=8)
    ax.set_axisbelow(True)
    ax.grid(visible=True, axis=grid, color=FAINT, linewidth=0.8)
    if title:
        ax.set_title(title, loc="left", fontsize=9, fontweight="bold", color=INK)


def percent_axis(axis: Axis) -> None:
    """Ticks at whole percents."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.3g} %"))


def picture(drawn: Figure, kind: str) -> bytes:
    """The figure as ``svg`` or ``png``; the same bytes for the same figure, whenever it is saved."""
    from matplotlib import rc_context

    data = BytesIO()
    with rc_context(SETTINGS):
        drawn.savefig(data, format=kind, metadata=METADATA[kind], facecolor="white")
    # The layout is found at the first drawing; finding it again for the next kind of file would take as long.
    drawn.set_layout_engine("none")
    return data.getvalue()
