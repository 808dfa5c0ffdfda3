"""What chance does to money: a dot for every replication, piled up where several come to about the same amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.analysis.quantiles import quantile
from ccsim.plots.frames import scenarios_of
from ccsim.plots.money import in_thousands, short
from ccsim.plots.style import INK, QUIET, axes, color, dress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from ccsim.plan import Floats, Ints
    from ccsim.results import Results

TENTH = 0.9
MEAN: Any = {"color": INK, "linewidth": 1.2}
WORST: Any = {"color": INK, "linewidth": 1.2, "linestyle": (0, (3, 2))}
PILES = 72
"""Places along the axis at which dots may pile up."""
MOST_DOTS = 100
"""Replications up to which each of them can be seen; more are a histogram."""
HIGHEST = 8
"""Dots of a pile that fit above each other; those of a higher one move together, and its number stands beside it."""


def cost_risk(results: Results, scenario: str, *, ax: Axes | None = None) -> Axes:
    """
    What the client pays in all, replication by replication, with its mean and its worst tenth.

    All scenarios of a run have the same axis.
    """
    costs = total_costs(results)
    ax = axes(ax, height=1.5)
    return piled(costs[scenario], list(costs.values()), scenario, scenario, results, ax)


def contract_risk(results: Results, scenario: str, contract: str, item: str, *, ax: Axes | None = None) -> Axes:
    """
    The ``invoice`` or the ``penalty`` of a contract, replication by replication, with its mean and its worst tenth.

    All contracts of all scenarios have the same axis for each item.
    """
    bills = billed(results, item)
    ax = axes(ax, height=1.5)
    is_alone = sum(name == scenario for name, _ in bills) == 1
    title = scenario if is_alone else f"{scenario}: {contract}"
    return piled(bills[scenario, contract], list(bills.values()), title, scenario, results, ax)


def total_costs(results: Results) -> dict[str, Floats]:
    """[R] what the client pays in all, of each scenario that has a total."""
    sums = results.sums()
    rows = sums[(sums["measure"] == "total_cost") & (sums["denominator"] > 0)]
    return {name: rows.loc[rows["scenario"] == name, "numerator"].to_numpy(float) for name in rows["scenario"].unique()}


def billed(results: Results, item: str) -> dict[tuple[str, str], Floats]:
    """[R] invoices, penalties or bonuses of each contract of each scenario."""
    rows = results.billed()
    groups = rows.groupby(["scenario", "contract"], sort=False)[item]
    return {(str(scenario), str(contract)): amounts.to_numpy(float) for (scenario, contract), amounts in groups}


def varies(amounts: Iterable[Floats]) -> bool:
    """Whether chance does anything to some of these amounts."""
    return any(np.ptp(each) > 0 for each in amounts)


def piled(amounts: Floats, everywhere: list[Floats], title: str, scenario: str, results: Results, ax: Axes) -> Axes:
    """One panel: ``everywhere`` are the amounts of all panels of the axis."""
    known = np.concatenate(everywhere)
    low, high = float(known.min()), float(known.max())
    edges = np.linspace(low, high if high > low else low + 1, PILES + 1)
    mean, tenth = float(amounts.mean()), quantile(amounts, TENTH).value
    own = color(scenarios_of(results), scenario)
    margin = 0.03 * (edges[-1] - edges[0])
    ax.set_xlim(edges[0] - margin, edges[-1] + margin)
    if len(amounts) > MOST_DOTS:
        parts = [amounts[amounts <= tenth], amounts[amounts > tenth]]
        ax.hist(parts, edges.tolist(), stacked=True, color=[own, INK])
        ax.set_ylim(0, 1.05 * max(int(np.bincount(places(each, edges)).max()) for each in everywhere))
    else:
        tones = np.where(amounts > tenth, INK, own)
        dots(amounts, places(amounts, edges), tones, ax)
    ax.axvline(mean, label="mean", **MEAN)
    ax.axvline(tenth, label="worst tenth begins", **WORST)
    ax.set_yticks([])
    in_thousands(ax)
    dress(ax, grid="x")
    ax.spines["left"].set_visible(False)
    ax.set_title(title, loc="left", fontsize=9, fontweight="bold", color=INK, pad=14)
    numbers = f"mean {short(mean)}, worst tenth from {short(tenth)}"
    above: Any = {"xycoords": "axes fraction", "textcoords": "offset points"}
    ax.annotate(numbers, (0, 1), (0, 4), fontsize=7.5, color=QUIET, **above)
    return ax


def places(amounts: Floats, edges: Floats) -> Ints:
    """The pile to which each amount belongs."""
    return np.clip(np.searchsorted(edges, amounts, side="right") - 1, 0, len(edges) - 2)


def dots(amounts: Floats, place: Ints, tones: NDArray[np.str_], ax: Axes) -> None:
    """Each amount where it is, above those of the same pile that come before it."""
    rank = np.array([int((place[:at] == one).sum()) for at, one in enumerate(place)])
    sizes = np.bincount(place)
    height = (rank + 0.5) * np.minimum(1, HIGHEST / sizes[place])
    ax.scatter(amounts, height, s=22, c=tones, edgecolors="white", linewidths=0.4, zorder=3)
    ax.set_ylim(0, HIGHEST + 0.3)
    for pile in np.flatnonzero(sizes > HIGHEST):
        own = amounts[place == pile]
        at_left = own[0] < np.mean(ax.get_xlim())
        ax.annotate(
            str(sizes[pile]), (float(own.max() if at_left else own.min()), HIGHEST / 2), (6 if at_left else -6, 0),
            textcoords="offset points", ha="left" if at_left else "right", va="center", fontsize=7.5, color=QUIET,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8}, zorder=4,
        )  # fmt: skip
