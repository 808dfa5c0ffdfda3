"""Short names for the scenarios of a sweep, where full ones would fill the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from ccsim.results import Results

SWEPT = " | "
"""Stands between a scenario's own name and each value of its sweep: ``base | pools.care.shifts.day.agents=4``."""
COLUMNS = ("scenario", "a", "b", "right", "dominated_by", "case", "candidate", "below", "above")


def shortened(results: Results) -> Results:
    """The same results with scenarios under short names; those without a sweep as they are."""
    from ccsim.results import Results
    from ccsim.results.results import SOME_RUNS, TABLES

    names = short_names(results.scenarios)
    if all(name == short for name, short in names.items()):
        return results

    def renamed(table: Callable[[], pd.DataFrame]) -> Callable[[], pd.DataFrame]:
        return lambda: table().replace({column: names for column in COLUMNS})

    experiment = results.experiment
    scenarios = {names[name]: center for name, center in experiment["scenarios"].items()}
    manifest = results.manifest | {"experiment": experiment | {"scenarios": scenarios}}
    if results.not_counted:
        manifest["not_counted"] = {names[name]: missing for name, missing in results.not_counted.items()}
    methods = {name: name for name in (*TABLES, *SOME_RUNS)} | {"replications": "sums"}
    tables = {table: renamed(getattr(results, method)) for table, method in methods.items()}
    return Results(manifest, tables, {})


def short_names(scenarios: Iterable[str]) -> dict[str, str]:
    """
    By full name; ``agents=4`` for ``base | pools.care.shifts.day.agents=4`` if no other sweep is of agents.

    The scenario's own name is left out where it is the same in all of them.
    """
    split = {name: name.split(SWEPT) for name in scenarios}
    paths = {value.partition("=")[0] for parts in split.values() for value in parts[1:]}
    one_base = len({parts[0] for parts in split.values()}) == 1 and all(len(parts) > 1 for parts in split.values())
    names = {}
    for name, (base, *swept) in split.items():
        # No commas between: names are told in lists of names.
        values = " & ".join(short_value(value, paths) for value in swept)
        names[name] = values if one_base else f"{base} ({values})" if swept else base
    return names if len(set(names.values())) == len(names) else {name: name for name in names}


def short_value(value: str, paths: set[str]) -> str:
    """``path.to.key=value`` with as much of the path as no other path ends with."""
    path, equals, given = value.partition("=")
    words = path.split(".")
    ends = (".".join(words[-count:]) for count in range(1, len(words) + 1))
    unique = next((end for end in ends if sum(f".{other}".endswith(f".{end}") for other in paths) == 1), path)
    return f"{unique}{equals}{given}"
