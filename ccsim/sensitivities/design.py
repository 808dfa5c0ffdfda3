"""What has to be simulated: the experiment as it is, and with each of its sensitivities at either end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccsim.config.file import File
from ccsim.config.sensitivities import HIGH, LOW, problems_with_sensitivities, value_of, values_now, with_value, written
from ccsim.config.tree import plain
from ccsim.errors import CcsimError, ConfigError, Problem
from ccsim.model.experiment import Experiment
from ccsim.sensitivities.scale import Scale
from ccsim.sensitivities.version import Version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from ccsim.config.file import Understood
    from ccsim.plan import Plan


@dataclass(frozen=True)
class Range:
    """A key of the file with the two values that it may have."""

    name: str
    key: str
    low: Any
    high: Any
    """As written, maps and texts and numbers."""
    now: tuple[Any, ...]
    """What stands there, each value once."""
    at_low: Version
    at_high: Version

    @property
    def scale(self) -> Scale | None:
        return Scale.of(self.low, self.high)

    @property
    def ends(self) -> tuple[Version, Version]:
        return self.at_low, self.at_high


@dataclass(frozen=True)
class Design:
    """Everything that is known before anything is simulated."""

    file: File
    understood: Understood
    base: Version
    ranges: tuple[Range, ...]

    @property
    def experiment(self) -> Experiment:
        return self.understood.experiment

    @property
    def replications(self) -> int:
        """Of everything; where the experiment asks for a precision, as many as it may take."""
        return self.experiment.most_replications

    @property
    def others(self) -> list[str]:
        """Cases that are compared with the baseline."""
        return [case for case in self.base.question.cases if case != self.base.question.baseline]

    @property
    def plans(self) -> dict[str, Plan]:
        """Of each scenario that has to be simulated, for break-even values not counted; by what its Log is known by."""
        versions = [self.base, *(end for range_ in self.ranges for end in range_.ends)]
        return {one.log: one.plan for of in versions for one in of.scenarios.values()}

    def at(self, name: str, value: Any) -> Version:
        """
        The experiment with another value under the key of a sensitivity.

        Raises
        ------
        ConfigError
            If the value cannot stand there.
        """
        return Version.of(with_value(self.file, self.understood, name, value_of(self.understood, name, value)))


def design(
    experiment: Experiment | str | PathLike[str],
    *,
    replications: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
) -> Design:
    """
    Read the file, and the file with each value.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem; if it has no sensitivities, if cases leave work unpaid, or if nothing
        depends on one of the keys.
    CcsimError
        If an experiment is no longer what its file says.
    """
    file, found = whole(experiment, replications, seed, changes)
    case = found.experiment.business_case
    problems = problems_with_sensitivities(file, found)
    if problems:
        raise ConfigError(problems)
    place = (found.written.get("business_case") or found.written).key
    if case is None or not case.sensitivities:
        example = "business_case: {months: 36, sensitivities: {wage: {key: sites.newark.wage, low: ..., high: ...}}}"
        raise ConfigError([place.problem(f"there are no sensitivities; write for example {example}")])
    base = Version.of(found.experiment)
    if len(base.question.cases) == 1:
        raise ConfigError([place.problem("there is one case, and nothing to compare it with; write another one")])
    ranges = tuple(range_of(file, found, name) for name in case.sensitivities)
    problems = [*unpaid(found, base, ranges), *(one for range_ in ranges for one in without_effect(found, range_))]
    if problems:
        raise ConfigError(problems)
    return Design(file, found, base, ranges)


def whole(
    experiment: Experiment | str | PathLike[str], replications: int | None, seed: int | None, changes: Sequence[str]
) -> tuple[File, Understood]:
    """The file, and what it says; of an experiment the file that it came from, if that still says the same."""
    if not isinstance(experiment, Experiment):
        file = File(experiment, changes, replications, seed)
        return file, file.understood()
    if changes:
        raise CcsimError("changes are applied while a file is loaded: give the file, or ccsim.load(file, changes=...)")
    file = File(experiment.file, experiment.changes)
    found = file.understood()
    asked = {"replications": replications or experiment.replications, "seed": experiment.seed if seed is None else seed}
    kept = {"replications": experiment.replications, "seed": experiment.seed}
    if found.experiment.model_copy(update=kept) != experiment:
        raise CcsimError(f"{experiment.file} says something else than the experiment; give the file, or load it whole")
    return file, found._replace(experiment=experiment.model_copy(update=asked))


def range_of(file: File, found: Understood, name: str) -> Range:
    """A sensitivity with what the file says at both ends of it."""
    case = found.experiment.business_case
    assert case is not None
    nodes = [written(found, name, end) for end in (LOW, HIGH)]
    at_low, at_high = (Version.of(with_value(file, found, name, node)) for node in nodes)
    low, high = map(plain, nodes)
    return Range(name, case.sensitivities[name].key, low, high, tuple(values_now(found, name)), at_low, at_high)


def unpaid(found: Understood, base: Version, ranges: Sequence[Range]) -> list[Problem]:
    """Free work would win every comparison, whatever the numbers."""
    case = found.written.get("business_case")
    assert case is not None
    sentence = "in {} somebody works for nothing; give sites of the client a wage, and providers a contract"
    if base.unpaid:
        return [case.key.problem(sentence.format(name)) for name in base.unpaid]
    ends = [(range_, end, version) for range_ in ranges for end, version in zip((LOW, HIGH), range_.ends, strict=True)]
    return [
        written(found, range_.name, end).place.problem(f"with this value {sentence.format(name)}")
        for range_, end, version in ends
        for name in version.unpaid
    ]


def without_effect(found: Understood, range_: Range) -> list[Problem]:
    """A key that leads nowhere is a mistake, not a number that does not matter."""
    if not range_.at_low.costs_the_same(range_.at_high):
        return []
    place = written(found, range_.name, "key").place
    return [
        place.problem(f"no case depends on {range_.key}: with either value they are the same; is it the right key?")
    ]
