"""Waterfalls from Erlang C to the floor: a figure for each contact type, with a panel for each scenario."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from ccsim.explanation.steps import ERLANG_C
from ccsim.plots.style import figure
from ccsim.plots.waterfall import HEIGHT, Fall, waterfall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.figure import Figure

    from ccsim.explanation.decomposition import Gap

PANELS_A_ROW = 3
FLOOR = "the floor"


def pages(gaps: Sequence[Gap]) -> Iterator[tuple[str, Figure]]:
    """Contact type and figure, one after the other."""
    for contact_type in dict.fromkeys(gap.contact_type for gap in gaps):
        yield contact_type, page([gap for gap in gaps if gap.contact_type == contact_type])


def page(gaps: Sequence[Gap]) -> Figure:
    """One contact type in all scenarios."""
    across = min(len(gaps), PANELS_A_ROW)
    down = -(-len(gaps) // across)
    rows = len(falls(gaps[0]))
    drawn = figure(2.3 + 3.3 * across, down * (0.8 + 0.8 * HEIGHT * rows))
    panels = drawn.subplots(down, across, squeeze=False)
    for place, panel in enumerate(panels.ravel()):
        if place < len(gaps):
            gap = gaps[place]
            waterfall(falls(gap), f"{gap.contact_type}, {gap.scenario}", labels=place % across == 0, ax=panel)
        else:
            panel.set_axis_off()
    return drawn


def falls(gap: Gap) -> list[Fall]:
    """Erlang C, the steps, and the floor."""
    rows, before = [Fall(ERLANG_C.name, nan, gap.erlang_c, nan, nan)], gap.erlang_c
    for charge in gap.forward:
        low, high = (before + end for end in (charge.points.low, charge.points.high))
        rows.append(Fall(charge.step.name, before, before + charge.points.mean, low, high))
        before += charge.points.mean
    return [*rows, Fall(FLOOR, nan, gap.floor.mean, gap.floor.low, gap.floor.high)]
