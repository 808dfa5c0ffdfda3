"""Can service-level terms be measured: has every contact type the channel, the target and the limits they need?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.model.allotment import types_of
from ccsim.model.contact_type import DEFERRED, LIVE
from ccsim.model.terms import WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccsim.config.tree import Node
    from ccsim.errors import Problem
    from ccsim.model.experiment import Center
    from ccsim.model.terms import Term


def problems_with_terms(center: Center, node: Node) -> Iterator[Problem]:
    """Problems of terms that are valid, each for itself."""
    for name, contract in center.contracts.items():
        handled = types_of(center, contract)
        for number, term in enumerate(contract.terms):
            written = node.get("contracts", name, "terms", number)
            if written is not None:
                yield from _of_another_channel(term, center, written)
                yield from _without_limits(term, [*term.types] or handled, center, written)


def _of_another_channel(term: Term, center: Center, written: Node) -> Iterator[Problem]:
    measured = " and ".join(DEFERRED if term.measure == "response" else LIVE)
    for name in term.types:
        channel = center.contact_types[name].channel
        if not term.fits(channel):
            hint = "; the measure of deferred work is response" if channel in DEFERRED else ""
            place = (written.get("measure") or written).place
            yield place.problem(f"{term.measure} is for {measured}, and {name} is {channel}{hint}")


def _without_limits(term: Term, types: list[str], center: Center, written: Node) -> Iterator[Problem]:
    """Types without a target of their own, or without a limit of short calls, where the term needs them."""
    kinds = {name: kind for name in types if term.fits((kind := center.contact_types[name]).channel)}
    if not kinds and not term.types:
        place = (written.get("measure") or written).place
        yield place.problem(f"{term.measure} fits none of the contact types of the contract; take another measure")
    if term.measure not in WITHIN:
        return
    for name, kind in kinds.items():
        if term.within is None and kind.service_level is None:
            yield written.place.problem(f"within is missing: {name} has no service_level whose time could be meant")
        formula = term.formula or (kind.service_level.formula if kind.service_level is not None else None)
        if formula == "short-excluded" and kind.short_call is None:
            place = (written.get("formula") or written).place
            sentence = f"{name} has no short_call; short-excluded leaves out those who abandon within it"
            yield place.problem(sentence)
