"""The tornado of every case, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.business_case.groups import DIFFERENCE
from ccsim.plots.style import figure
from ccsim.plots.tornado import HEIGHT, End, Swing, legend, tornado
from ccsim.sensitivities.words import written

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ccsim.analysis.estimates import Number
    from ccsim.sensitivities.found import Sensitivity


def page(found: Sensitivity) -> Figure:
    """A panel for each case that is compared with the baseline."""
    cases = {one.case: one.value.mean for one in found.now if one.outcome == DIFFERENCE}
    numbers = max(len(found.bars_of(case)) for case in cases)
    drawn = figure(9.0, 0.3 + len(cases) * (1.0 + HEIGHT * numbers))
    panels = drawn.subplots(len(cases), 1, squeeze=False).ravel()
    for panel, (case, base) in zip(panels, cases.items(), strict=True):
        unit = f"{found.currency} over {found.months} months, as it is worth today"
        tornado(swings(found, case), base, f"{case} less {found.baseline}", unit=unit, ax=panel)
    drawn.set_layout_engine("constrained", w_pad=0.12)
    legend(panels[0])
    return drawn


def swings(found: Sensitivity, case: str) -> list[Swing]:
    """Largest first."""
    rows = []
    for bar in found.bars_of(case):
        range_ = found.range(bar.name)
        ends = end(range_.low, bar.at_low), end(range_.high, bar.at_high)
        rows.append(Swing(bar.name, *ends, is_unsure=bar.is_unsure))
    return rows


def end(value: object, outcome: Number) -> End:
    return End(written(value), *outcome)
