"""How busy agents are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plots.frames import points, scenarios_of
from ccsim.plots.style import TARGET, axes, color, dress, marker, percent_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results


def occupancy(results: Results, *, ax: Axes | None = None, ceiling: float = 0.85) -> Axes:
    """
    Occupancy of every pool with its 95 % interval, grouped by scenario, beside a ceiling.

    Parameters
    ----------
    ax
        Where to draw; a new figure if not given.
    ceiling
        Occupancy above which agents are expected to tire, in (0, 1].
    """
    scenarios = scenarios_of(results)
    found = points(results, "pool", "occupancy")
    ax = axes(ax, height=0.9 + 0.32 * len(found))
    for row, pool in enumerate(found):
        tone = color(scenarios, pool.scenario)
        ax.plot([0, pool.mean], [row, row], color=tone, linewidth=1.2, alpha=0.35)
        ax.errorbar(
            pool.mean,
            row,
            xerr=pool.bar,
            fmt=marker(scenarios, pool.scenario),
            color=tone,
            capsize=3,
            markersize=5,
        )
    ax.axvline(ceiling, **TARGET)
    ax.set_yticks(range(len(found)), [f"{pool.scenario}  |  {pool.name}" for pool in found])
    ax.set_ylim(len(found) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    percent_axis(ax.xaxis)
    dress(ax, f"Occupancy by pool (dashed: {100 * ceiling:.0f} %)", grid="x")
    return ax
