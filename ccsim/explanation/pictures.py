"""Figures of a contact type with a panel for each scenario: waterfalls from Erlang C to the floor, and weeks."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from ccsim.explanation.steps import ERLANG_C
from ccsim.plots.sheets import grid
from ccsim.plots.style import COLORS, INK, dress, figure, percent_axis
from ccsim.plots.waterfall import HEIGHT, Fall, waterfall
from ccsim.plots.week import HOUR, WEEK, week_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from ccsim.explanation.decomposition import Gap

PANELS_A_ROW = 3
FLOOR = "the floor"
LINES = {
    "erlang_c": ("Erlang C", {"color": COLORS[0], "linewidth": 1.0}),
    "erlang_a": ("Erlang A", {"color": COLORS[1], "linewidth": 1.0, "linestyle": (0, (4, 2))}),
    "floor": (FLOOR, {"color": INK, "linewidth": 1.6}),
}


def falls_page(gaps: Sequence[Gap]) -> Figure:
    """Waterfalls of one contact type in all scenarios."""
    shown = [step for step in falls(gaps[0]) if any(applies(gap, step.label) for gap in gaps)]
    names = [step.label for step in shown]
    row = 0.8 + 0.8 * HEIGHT * len(names)
    drawn, panels = grid(len(gaps), PANELS_A_ROW, lambda across, down: (2.3 + 3.3 * across, down * row))
    for place, (panel, gap) in enumerate(zip(panels, gaps, strict=True)):
        rows = [fall for fall in falls(gap) if fall.label in names]
        waterfall(rows, f"{gap.contact_type}, {gap.scenario}", labels=place % PANELS_A_ROW == 0, ax=panel)
    return drawn


def applies(gap: Gap, label: str) -> bool:
    """Whether a row says anything of a scenario; both levels always do."""
    return all(charge.applies for charge in gap.forward if charge.step.name == label)


def falls(gap: Gap) -> list[Fall]:
    """Erlang C, the steps, and the floor."""
    rows, before = [Fall(ERLANG_C.name, nan, gap.erlang_c, nan, nan)], gap.erlang_c
    for charge in gap.forward:
        low, high = (before + end for end in (charge.points.low, charge.points.high))
        rows.append(Fall(charge.step.name, before, before + charge.points.mean, low, high))
        before += charge.points.mean
    return [*rows, Fall(FLOOR, nan, gap.floor.mean, gap.floor.low, gap.floor.high)]


def week_page(intervals: pd.DataFrame, contact_type: str) -> Figure:
    """What formulas and floor give in each hour of the week, in all scenarios one below the other."""
    of_type = intervals[intervals["contact_type"] == contact_type]
    scenarios = list(dict.fromkeys(of_type["scenario"]))
    drawn = figure(9.5, 0.7 + 1.7 * len(scenarios))
    panels = drawn.subplots(len(scenarios), 1, squeeze=False, sharex=True).ravel()
    for panel, scenario in zip(panels, scenarios, strict=True):
        hours = by_hour(of_type[of_type["scenario"] == scenario])
        for column, (label, look) in LINES.items():
            panel.plot(hours.index + HOUR / 2, hours[column], label=label, **look)
        panel.set_ylim(-0.03, 1.03)
        percent_axis(panel.yaxis)
        dress(panel, f"{contact_type}, {scenario}")
        week_axis(panel, "of the customers")
    for panel in panels[:-1]:
        panel.set_xlabel("")
    drawn.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", ncols=3, frameon=False, fontsize=8)
    return drawn


def by_hour(intervals: pd.DataFrame) -> pd.DataFrame:
    """All weeks in one, weighted with expected contacts, by hours since Monday 0:00; hours without any are holes."""
    import numpy as np
    import pandas as pd

    local = pd.DatetimeIndex(intervals["interval_start_local"].str.slice(0, 16))
    hour = pd.Series(local.day_of_week * 24.0 + local.hour, index=intervals.index)
    known = {}
    for column in LINES:
        weight = intervals["contacts"].where(intervals[column].notna(), 0.0)
        sums = (intervals[column].fillna(0.0) * weight).groupby(hour).sum(), weight.groupby(hour).sum()
        known[column] = sums[0] / sums[1].where(sums[1] > 0)
    return pd.DataFrame(known).reindex(np.arange(0.0, WEEK, HOUR))
