"""What the number of Erlang C beside the simulation is for, where it is not simply for the type and its agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccsim.report.facts import Facts

LIVE = ("phone", "chat")
FOR = {
    "a": "its part of shared agents, split by load",
    "b": "all pools it may go to, as one queue all the time",
}
"""By mark, which stands before the number."""
BECAUSE = {"a": "shared agents", "b": "not one queue"}
"""The same in a sentence that has no room."""


def marks(facts: Facts, scenario: str, name: str) -> str:
    """``a`` where agents are shared, ``b`` where contacts overflow or are allocated, both or none."""
    if not facts.of_type(scenario, name, "erlang_c_service_level").exists:
        return ""
    return f"{'a' * is_shared(facts, scenario, name)}{'b' * is_divided(facts, scenario, name)}"


def because(found: str) -> str:
    """Why a number with these marks is not simply for a type and its agents; empty without any."""
    return ", ".join(BECAUSE[mark] for mark in found)


def legend(facts: Facts) -> str:
    """One sentence that explains the marks of a run; empty if there is none."""
    shown = {
        mark for scenario in facts.scenarios for name in facts.types(scenario) for mark in marks(facts, scenario, name)
    }
    told = "; ".join(f"{mark}: {words}" for mark, words in FOR.items() if mark in shown)
    return f"Erlang C is for a type and its agents, but {told}." if told else ""


def is_shared(facts: Facts, scenario: str, name: str) -> bool:
    """Whether some pool that may take the type may take another live one, too, of which contacts are forecast."""
    kinds = facts.center(scenario)["contact_types"]
    others = [other for other in kinds if other != name and is_forecast(kinds[other])]
    own = pools(facts, scenario, name)
    return any(own & pools(facts, scenario, other) for other in others)


def is_forecast(kind: Any) -> bool:
    """Whether contacts of a live type come, and not only from other types."""
    return kind["channel"] in LIVE and kind["demand"]["rate"] != 0


def is_divided(facts: Facts, scenario: str, name: str) -> bool:
    """Whether some pools may take a contact only after a wait, under a condition, or if it is allocated to them."""
    found = list(queues(facts, scenario, name))
    later = (rank for ranks in found for rank in ranks[1:])
    conditions = (rank["when"] for ranks in found for rank in ranks)
    return len(found) > 1 or any(rank["after"] > 0 for rank in later) or any(conditions)


def pools(facts: Facts, scenario: str, name: str) -> set[str]:
    """Pools of the scenario that may take a type."""
    center: Any = facts.center(scenario)
    if name not in center["routing"]:
        return {pool for pool, below in center["pools"].items() if name in below["handles"]}
    return {pool for ranks in queues(facts, scenario, name) for rank in ranks for pool in there(center, rank)}


def queues(facts: Facts, scenario: str, name: str) -> Iterator[list[Any]]:
    """Of each lane of a type, or of its one queue, the ranks that have a pool of the scenario."""
    center: Any = facts.center(scenario)
    route = center["routing"].get(name)
    if route is None:
        return
    of_lanes: Iterable[Any] = [lane["ranks"] for lane in route["lanes"].values()] or [route["ranks"]]
    for ranks in of_lanes:
        if found := [rank for rank in ranks if there(center, rank)]:
            yield found


def there(center: Any, rank: Any) -> list[str]:
    """Pools of a rank that the scenario has."""
    return [pool for pool in rank["pools"] if pool in center["pools"]]
