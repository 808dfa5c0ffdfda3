"""What the client pays, line upon line."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from ccsim.business_case.groups import GROUPS, group_of
from ccsim.plots.frames import points, scenarios_of
from ccsim.plots.style import COVERED, GAP, INK, QUIET, axes, color, dress

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.results import Results

CLIENT, TOTAL, IN_ALL = "client", "total", "in all"
HEIGHT = 0.26
"""Of one row. [inches]"""
MOST_LINES = 15
"""Rows of a waterfall that can be read."""
OWN = ("labor", "people", "place")
"""Groups of lines of the client's own sites; the others, but for those of contracts, are beside them."""
ROOM = 1.22
"""Length of the axis over that of the longest bar, for the numbers beside the bars."""


def cost_waterfall(results: Results, scenario: str, *, labels: bool = True, ax: Axes | None = None) -> Axes:
    """
    Cost lines of the client from top to bottom, each beginning where the one before ends; credits go back.

    The last bar is the total with its interval. All scenarios of a run have the same rows and the same axis.

    Parameters
    ----------
    labels
        Whether the names of the rows stand beside them.
    ax
        Where to draw; a new figure if not given.
    """
    paid = client_lines(results)
    names = list(paid.columns)
    ends = paid.cumsum(axis=1).to_numpy()
    totals = points(results, "total", "total_cost")
    longest = max(float(ends.max(initial=0.0)), *(point.high for point in totals if not isnan(point.high)), 1.0)
    amounts = paid.to_numpy()[list(paid.index).index(scenario)]
    ax = axes(ax, width=7.0, height=0.9 + HEIGHT * (len(names) + 1))
    begin = 0.0
    for row, amount in enumerate(amounts.tolist()):
        ax.barh(row, amount, left=begin, height=0.66, color=COVERED if amount >= 0 else GAP)
        begin += amount
        ax.plot([begin, begin], [row, row + 1], color=QUIET, linewidth=0.7, linestyle=(0, (2, 2)))
        if amount:
            tell(ax, row, max(begin, begin - amount), amount)
    for point in totals:
        if point.scenario != scenario:
            continue
        ax.barh(len(names), point.mean, height=0.66, color=color(scenarios_of(results), scenario))
        ax.errorbar(point.mean, len(names), xerr=point.bar, color=INK, capsize=2, linewidth=0.9)
        tell(ax, len(names), point.mean if isnan(point.high) else point.high, point.mean)
    rows = [*names, IN_ALL]
    ax.set_yticks(range(len(rows)), rows if labels else [""] * len(rows))
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(float(ends.min(initial=0.0)), longest * ROOM)
    ax.set_xlabel(results.currency, fontsize=8)
    in_thousands(ax)
    dress(ax, scenario, grid="x")
    return ax


def client_lines(results: Results) -> pd.DataFrame:
    """
    What the client pays: a row for each scenario, a column for each item of own sites, contracts, and beside them.

    Of more items than can be read there is a column for each group of them, as in the total cost of ownership.
    """
    costs = results.costs()
    lines = costs[(costs["payer"] == CLIENT) & (costs["item"] != TOTAL) & (costs["mean"] != 0)]
    prefix = lines["contract"].where(lines["contract"] == "", lines["contract"] + ": ")
    groups = lines["item"].map(group_of)
    are_many = (prefix + lines["item"]).nunique() > MOST_LINES
    lines = lines.assign(line=prefix + (groups if are_many else lines["item"]), place=groups.map(list(GROUPS).index))
    lines["part"] = np.where(lines["contract"] != "", 1, np.where(groups.isin(OWN), 0, 2))
    lines["bill"] = lines["contract"].map(list(dict.fromkeys(lines["contract"])).index)
    in_order = lines.sort_values(["part", "bill", "place"], kind="stable")
    paid = lines.pivot_table(index="scenario", columns="line", values="mean", aggfunc="sum", fill_value=0.0)
    return paid.reindex(index=scenarios_of(results), columns=list(dict.fromkeys(in_order["line"])), fill_value=0.0)


def tell(ax: Axes, row: int, edge: float, amount: float, *, is_change: bool = False) -> None:
    """The amount beside the end of its bar."""
    text = f"+{short(amount)}" if is_change and amount > 0 else short(amount)
    ax.annotate(text, (edge, row), (3, 0), textcoords="offset points", va="center", fontsize=7.5, color=INK)


def in_thousands(ax: Axes) -> None:
    """Few ticks, large numbers short, and told where they are: 1,500 is ``1.5k``."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda amount, _: exact(amount)))


def exact(amount: float) -> str:
    """``1.25k``, ``52k``, ``1.2m``: an amount of few digits, all of them."""
    for size, letter in ((1e6, "m"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:,.6g}{letter}"
    return f"{amount:,.6g}"


def short(amount: float, digits: int = 1) -> str:
    """``39.0k``, ``1.2m``; amounts below 1,000 in whole units."""
    for size, letter in ((1e6, "m"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:,.{max(digits, 1) if size == 1e6 else digits}f}{letter}"
    return f"{amount:,.0f}"
