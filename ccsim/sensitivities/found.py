"""What ``sensitivity`` found: bars of every number, and break-evens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccsim.business_case.groups import DIFFERENCE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ccsim.sensitivities.bars import Bar, Now
    from ccsim.sensitivities.design import Range
    from ccsim.sensitivities.looking import BreakEven


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Which numbers of a business case decide it, and where each would turn the decision."""

    manifest: dict[str, Any]
    ranges: tuple[Range, ...]
    """All that were asked, in the order of the file."""
    now: tuple[Now, ...]
    bars: tuple[Bar, ...]
    evens: tuple[BreakEven, ...]

    @property
    def title(self) -> str:
        return str(self.manifest["title"])

    @property
    def currency(self) -> str:
        """In which all amounts are."""
        return str(self.manifest["experiment"]["currency"]["report"])

    @property
    def baseline(self) -> str:
        """The case that differs from nothing."""
        others = {one.case for one in self.now if one.outcome == DIFFERENCE}
        return next(one.case for one in self.now if one.case not in others)

    @property
    def months(self) -> int:
        """Of every case, with the file as it is."""
        return int(self.manifest["experiment"]["business_case"]["months"])

    @property
    def replications(self) -> int:
        """Of every version."""
        return len(self.manifest["replications"])

    @property
    def simulated(self) -> int:
        """Replications of scenarios that were simulated; whatever else was priced is the same with other prices."""
        return int(self.manifest["simulated"])

    @property
    def complete(self) -> bool:
        """False after Ctrl-C."""
        return bool(self.manifest["complete"])

    def range(self, name: str) -> Range:
        """The key and the values of a sensitivity."""
        return next(range_ for range_ in self.ranges if range_.name == name)

    def bars_of(self, case: str) -> list[Bar]:
        """What each number does to what a case costs beyond the baseline, largest swing first."""
        own = [bar for bar in self.bars if (bar.case, bar.outcome) == (case, DIFFERENCE)]
        return sorted(own, key=lambda bar: -abs(bar.swing.mean))

    def tornado(self) -> pd.DataFrame:
        """One row for each number and case: what it costs at both ends, largest swing first."""
        from ccsim.sensitivities.tables import tornado_table

        return tornado_table(self)

    def break_even(self) -> pd.DataFrame:
        """One row for each number and case: at which value the case costs what the baseline does."""
        from ccsim.sensitivities.tables import break_even_table

        return break_even_table(self)

    def plot(self) -> Figure:
        """The tornado, with a panel for each case that is compared with the baseline."""
        from ccsim.sensitivities.pictures import page

        return page(self)
