"""What versions of an experiment cost over all replications; what two have in common is simulated and priced once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ccsim.business_case.running import Running, running
from ccsim.business_case.total_cost import total_cost
from ccsim.runner.crew import finish
from ccsim.sensitivities.playing import one_replication

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from ccsim.money.ledger import Ledger
    from ccsim.plan import Floats
    from ccsim.sensitivities.version import Priced, Version

    Totals = Mapping[str, Floats]
    """[R] present value of all that each case pays, the baseline among them. [reporting currency]"""


class Floor:
    """
    Simulates and prices, with the workers of ``hands``.

    Logs of the first versions asked of are kept in the folder: most others are paid otherwise, and play the same.
    """

    def __init__(
        self,
        crew: Executor | None,
        seed: int,
        replications: int,
        folder: Path,
        planned: int,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.crew, self.seed, self.folder = crew, seed, folder
        self.numbers = range(1, replications + 1)
        self.planned, self.progress = planned, progress
        self.priced: dict[str, Running] = {}
        self.logs: set[str] = set()
        self.simulated = 0
        """Scenarios x replications until now."""

    def totals(self, versions: Sequence[Version]) -> list[Totals]:
        """Of each version, by case."""
        wanted = {one.books: one for of in versions for one in of.scenarios.values() if one.books not in self.priced}
        if wanted:
            self.play(list(wanted.values()))
        return [self.totals_of(version) for version in versions]

    def play(self, scenarios: Sequence[Priced]) -> None:
        """Simulate what was not, and price all of it."""
        is_first = not self.logs
        new = {one.log for one in scenarios} - self.logs
        task = partial(one_replication, scenarios, self.seed, self.folder, keep=is_first)
        finished: dict[int, list[Ledger]] = {}
        finish(self.crew, task, self.numbers, finished, len(self.numbers), self.told(len(new)))
        if is_first:
            self.logs = new
        self.simulated += len(new) * len(self.numbers)
        for row, one in enumerate(scenarios):
            ledgers = [finished[number][row] for number in self.numbers]
            amounts = np.stack([ledger.amount for ledger in ledgers])
            self.priced[one.books] = running(one.plan, ledgers[0].lines, amounts)

    def told(self, simulated: int) -> Callable[[int, int], None] | None:
        """How far it has come, in replications of scenarios: looking for a break-even adds to what was planned."""
        if self.progress is None:
            return None
        before, progress = self.simulated, self.progress

        def tell(done: int, until: int) -> None:
            progress(before + simulated * done, max(self.planned, before + simulated * until))

        return tell

    def totals_of(self, version: Version) -> Totals:
        scenarios = {name: self.priced[one.books] for name, one in version.scenarios.items()}
        worth = version.question.present_value
        return {name: total_cost(case, scenarios).by_month() @ worth for name, case in version.question.cases.items()}
