"""The experiment as it is, or with one value otherwise: what is asked of it, and in numbers what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ccsim.money.not_counted import all_work_is_paid
from ccsim.planning import plan
from ccsim.results.traces import fingerprint
from ccsim.runner.business_case import business_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccsim.business_case.cases import BusinessCase
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan

NAME = frozenset({"scenario"})


@dataclass(frozen=True)
class Priced:
    """A scenario in numbers, with what tells it from others."""

    plan: Plan
    log: str
    """The same for all that leave the same Log, however it is paid."""
    books: str
    """The same for all that have the same books."""

    @classmethod
    def of(cls, plan: Plan) -> Priced:
        return cls(plan, fingerprint(plan), fingerprint(plan, NAME))


@dataclass(frozen=True)
class Version:
    """Cases, and the scenarios that they are made of."""

    question: BusinessCase
    scenarios: Mapping[str, Priced]

    @classmethod
    def of(cls, experiment: Experiment) -> Version:
        """Of an experiment with a business case."""
        question = business_case(experiment)
        assert question is not None
        needed = {phase.scenario for case in question.cases.values() for phase in case}
        return cls(
            question, {name: Priced.of(plan(experiment, name)) for name in experiment.scenarios if name in needed}
        )

    @cached_property
    def unpaid(self) -> list[str]:
        """Scenarios in which somebody works for nothing."""
        return [name for name, one in self.scenarios.items() if not all_work_is_paid(one.plan)]

    def costs_the_same(self, other: Version) -> bool:
        """Whether nothing that the cases cost can differ."""
        ours, theirs = ({name: one.books for name, one in of.scenarios.items()} for of in (self, other))
        return self.question == other.question and ours == theirs
