"""What each case has cost until when, and what makes it cheaper or dearer than the baseline."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple

from ccsim.business_case.groups import DIFFERENCE, GROUPS, TOTAL
from ccsim.plots.money import HEIGHT, IN_ALL, ROOM, in_thousands, short, tell
from ccsim.plots.style import COVERED, INK, PARTLY, QUIET, axes, color, dress, key

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccsim.results import Results


def cumulative_cost(results: Results, *, ax: Axes | None = None) -> Axes:
    """
    Present value of all that each case pays until each month, with its interval as a band; lines cross at break-even.

    Parameters
    ----------
    ax
        Where to draw; a new figure, with a key to the cases, if not given.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    rows = results.ownership_months()
    alone, ax = ax is None, axes(ax, height=3.6)
    cases = list(dict.fromkeys(rows["case"]))
    for case in cases:
        own, tone = rows[rows["case"] == case], color(cases, case)
        ax.fill_between(own["month"], own["low"], own["high"], color=tone, alpha=0.18, linewidth=0)
        ax.plot(own["month"], own["mean"], color=tone, linewidth=1.7, label=case)
    ax.set_xlim(1, max(int(rows["month"].max()), 2))
    ax.set_ylim(bottom=min(0.0, float(rows["mean"].min())))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: short(amount)))
    ax.set_xlabel("month", fontsize=8)
    ax.set_ylabel(results.currency, fontsize=8)
    dress(ax)
    if alone:
        key(ax)
    return ax


def cost_bridge(results: Results, case: str, *, labels: bool = True, ax: Axes | None = None) -> Axes:
    """
    From what the baseline costs to what another case does, group by group of cost lines, in present value.

    Groups that save lead to the left, groups that cost more to the right. The last bar has the interval of the
    difference to the baseline. All cases of a run have the same rows and the same axis.

    Parameters
    ----------
    labels
        Whether the names of the rows stand beside them.
    ax
        Where to draw; a new figure if not given.
    """
    worth, cases = present_values(results), cases_of(results)
    baseline, groups = baseline_of(results), groups_of(results)
    rows = [baseline, *groups, IN_ALL]
    ax = axes(ax, width=7.0, height=0.9 + HEIGHT * len(rows))
    begin = worth[baseline, TOTAL].mean
    ax.barh(0, begin, height=0.66, color=color(cases, baseline))
    tell(ax, 0, begin, begin)
    for row, group in enumerate(groups, 1):
        more = worth.get((case, group), NOTHING).mean - worth.get((baseline, group), NOTHING).mean
        ax.plot([begin, begin], [row - 1, row], color=QUIET, linewidth=0.7, linestyle=(0, (2, 2)))
        ax.barh(row, more, left=begin, height=0.66, color=PARTLY if more > 0 else COVERED)
        tell(ax, row, max(begin, begin + more), more, is_change=True)
        begin += more
    last, apart = len(groups) + 1, worth[case, DIFFERENCE]
    ax.plot([begin, begin], [last - 1, last], color=QUIET, linewidth=0.7, linestyle=(0, (2, 2)))
    ax.barh(last, begin, height=0.66, color=color(cases, case))
    ax.errorbar(begin, last, xerr=[[apart.below], [apart.above]], color=INK, capsize=2, linewidth=0.9)
    tell(ax, last, begin + apart.above, begin)
    ax.set_yticks(range(len(rows)), rows if labels else [""] * len(rows))
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, max(worth[one, TOTAL].mean for one in cases) * ROOM)
    ax.set_xlabel(results.currency, fontsize=8)
    in_thousands(ax)
    dress(ax, case, grid="x")
    return ax


class Worth(NamedTuple):
    """An amount of a case as it is worth today; ends are NaN where there is no interval."""

    mean: float
    low: float
    high: float

    @property
    def below(self) -> float:
        return 0.0 if isnan(self.low) else self.mean - self.low

    @property
    def above(self) -> float:
        return 0.0 if isnan(self.high) else self.high - self.mean


NOTHING = Worth(0.0, nan, nan)


def present_values(results: Results) -> dict[tuple[str, str], Worth]:
    """By case and group, total and difference."""
    rows = results.ownership().query("basis == 'present value'")[["case", "group", "mean", "low", "high"]]
    return {(case, group): Worth(*numbers) for case, group, *numbers in rows.itertuples(index=False, name=None)}


def cases_of(results: Results) -> list[str]:
    """In the order of the file."""
    return list(dict.fromkeys(case for case, _ in present_values(results)))


def baseline_of(results: Results) -> str:
    """The only case that differs from nothing."""
    worth = present_values(results)
    return next(case for case in cases_of(results) if (case, DIFFERENCE) not in worth)


def groups_of(results: Results) -> list[str]:
    """Of which something is paid in some case, in the order of a report."""
    paid = {group for (_, group), amount in present_values(results).items() if amount.mean}
    return [group for group in GROUPS if group in paid]
