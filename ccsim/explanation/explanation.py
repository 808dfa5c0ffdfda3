"""What ``explain`` found: gaps charged to their steps, and every planning interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ccsim.explanation.decomposition import Gap


@dataclass(frozen=True, eq=False)
class Explanation:
    """By how much Erlang C is off in each scenario, for each live contact type with a service level, and why."""

    manifest: dict[str, Any]
    gaps: tuple[Gap, ...]
    intervals: pd.DataFrame
    """Per planning interval: expected contacts, agents, both formulas, and the floor with its interval."""

    @property
    def title(self) -> str:
        return str(self.manifest["title"])

    @property
    def scenarios(self) -> tuple[str, ...]:
        """In the order of the file, those with nothing for Erlang C to say, too."""
        return tuple(self.manifest["experiment"]["scenarios"])

    @property
    def replications(self) -> int:
        """Finished in every scenario."""
        return len(self.manifest["replications"])

    @property
    def complete(self) -> bool:
        """False after Ctrl-C."""
        return bool(self.manifest["complete"])

    def summary(self) -> pd.DataFrame:
        """One row for each contact type of each scenario: both formulas, the floor, the gap, and its sentence."""
        from ccsim.explanation.tables import gaps_table

        return gaps_table(self)

    def steps(self) -> pd.DataFrame:
        """One row for each step, in both orders: the service level after it, and what it is charged."""
        from ccsim.explanation.tables import steps_table

        return steps_table(self)

    def waterfall(self, contact_type: str) -> Figure:
        """From Erlang C to the floor, step by step, with a panel for each scenario."""
        from ccsim.explanation.pictures import falls_page

        return falls_page(self.of(contact_type))

    def week(self, contact_type: str) -> Figure:
        """Both formulas and the floor by hour of the week, with a panel for each scenario."""
        from ccsim.explanation.pictures import week_page

        self.of(contact_type)
        return week_page(self.intervals, contact_type)

    def of(self, contact_type: str) -> list[Gap]:
        """The gaps of one contact type, in the order of the scenarios."""
        found = [gap for gap in self.gaps if gap.contact_type == contact_type]
        if not found:
            known = ", ".join(dict.fromkeys(gap.contact_type for gap in self.gaps)) or "none"
            raise CcsimError(f"nothing is explained of a contact type {contact_type}; explained: {known}")
        return found
