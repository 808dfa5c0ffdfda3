"""Other contracts for an experiment that was run: read from a file, checked as if they had stood in the experiment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from ccsim.config.amounts import problems_with_amounts
from ccsim.config.contracts import problems_with_contracts, unknown_to_contracts
from ccsim.config.scenarios import Resolution, read_file
from ccsim.config.sentences import problems_of
from ccsim.config.tree import Node, Place, Source, plain
from ccsim.errors import ConfigError
from ccsim.model.base import Frozen, Name
from ccsim.model.contract import Contract
from ccsim.model.experiment import Currency

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from ccsim.errors import Problem
    from ccsim.model.experiment import Center, Experiment


class Bid(Frozen):
    """Contracts of one scenario."""

    contracts: dict[Name, Contract] = Field(default_factory=dict)


class Bids(Frozen):
    """What the file says, as far as it counts."""

    currency: Currency = Currency()
    scenarios: dict[str, Bid]


def with_contracts(experiment: Experiment, path: str | PathLike[str]) -> Experiment:
    """
    The experiment with the contracts of a file in place of its own, and with its rates of exchange if it gives any.

    The file is written like an experiment; all but its contracts, currency and scenarios is left aside. Contracts are
    for all scenarios of the run; if the file has scenarios, those of the run have the contracts that they have there.

    Raises
    ------
    ConfigError
        With every problem of the file: place, key, what is wrong and what to do.
    """
    file = read_file(str(path), Path(path))
    problems: list[Problem] = []
    if "contracts" not in file.value:
        problems.append(file.place.problem("contracts is missing; write contracts: {name: {provider: ...}}"))
    tree = bids(experiment, file, problems)
    if problems:
        raise ConfigError(problems)
    try:
        found = Bids.model_validate(plain(tree))
    except ValidationError as error:
        raise ConfigError(list(problems_of(error, tree))) from None
    currency = found.currency if "currency" in file.value else experiment.currency
    centers = {
        name: center.model_copy(update={"contracts": found.scenarios[name].contracts})
        for name, center in experiment.scenarios.items()
    }
    problems = list(problems_across(centers, currency, tree, file.map("pools")))
    if problems:
        raise ConfigError(problems)
    return experiment.model_copy(update={"currency": currency, "scenarios": centers})


def bids(experiment: Experiment, file: Node, problems: list[Problem]) -> Node:
    """Currency, and the contracts of every scenario of the experiment; scenarios without any are told."""
    resolved = Resolution(file, [], problems).experiment().map("scenarios")
    scenarios = {}
    for name in experiment.scenarios:
        found = resolved.get(name) if "scenarios" in file.value else next(iter(resolved.values()), None)
        if found is None:
            place = file.value["scenarios"].place
            problems.append(place.problem(f"the run has the scenario {name}, too; say which contracts it has"))
            continue
        contracts = {key: node for key, node in found.value.items() if key == "contracts"}
        scenarios[name] = Node(contracts, found.place, found.key)
    place = file.place
    return Node({"scenarios": Node(scenarios, place, place)}, place, place).having(currency=file.value.get("currency"))


def problems_across(
    centers: dict[str, Center], currency: Currency, tree: Node, others: dict[str, Node]
) -> Iterator[Problem]:
    """Whether contracts fit the centers of the run, and ``others``: pools of the file that the run may lack."""
    written = {name: written_center(center, tree.value["scenarios"].value[name]) for name, center in centers.items()}
    pools = others | {name: pool for node in written.values() for name, pool in node.map("pools").items()}
    for name, center in centers.items():
        problems = list(unknown_to_contracts(written[name], pools))
        yield from problems
        if not problems:
            yield from problems_with_amounts(center, currency, written[name])
            yield from problems_with_contracts(center, currency, written[name])


def written_center(center: Center, bid: Node) -> Node:
    """The center of a stored run as a tree with the contracts of the file; all else stands in no file any more."""
    run = Place(Source("the stored run", Path()))
    parts = center.model_dump(mode="json", by_alias=True, include={"contact_types", "sites", "pools"})
    return node_of(parts, run).having(contracts=bid.value.get("contracts"))


def node_of(value: Any, place: Place) -> Node:
    """A tree of plain data; what is not given has no node."""
    if isinstance(value, dict):
        return Node({key: node_of(child, place) for key, child in value.items() if child is not None}, place, place)
    if isinstance(value, list):
        return Node(tuple(node_of(child, place) for child in value), place, place)
    return Node(value, place, place)
