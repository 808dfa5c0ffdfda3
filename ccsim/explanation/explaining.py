"""All scenarios of an experiment: what the formulas say, what the floor gives, and why they differ."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.analysis.estimates import CONFIDENCE, estimate
from ccsim.explanation.decomposition import Gap, gap
from ccsim.explanation.formulas import Formulas
from ccsim.explanation.playing import one_replication
from ccsim.explanation.worlds import Worlds, worlds_needed
from ccsim.measures.contacts import is_deferred
from ccsim.model.experiment import Precision
from ccsim.plan import TICKS_PER_SECOND
from ccsim.planning import plan
from ccsim.results.frames import local_texts
from ccsim.runner.asked import resolved
from ccsim.runner.crew import alone, hands, suitable_workers, together
from ccsim.runner.manifest import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    import pandas as pd

    from ccsim.explanation.playing import Played
    from ccsim.measures.tally import Ratio
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Floats, Plan

FEW, CONTACTS = 10, 15_000_000
"""Unless asked otherwise: at least so many replications, and as many as fit into so many contacts, worlds counted."""


@dataclass(frozen=True)
class Explanation:
    """By how much Erlang C is off in each scenario, for each live contact type with a target, and why."""

    manifest: dict[str, Any]
    gaps: tuple[Gap, ...]
    intervals: pd.DataFrame
    """Per planning interval: expected contacts, agents, both formulas, and the floor with its interval."""

    @property
    def title(self) -> str:
        return str(self.manifest["title"])


def explain(
    experiment: Experiment | str | PathLike[str],
    *,
    replications: int | None = None,
    seed: int | None = None,
    scenarios: Sequence[str] = (),
    changes: Sequence[str] = (),
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Explanation:
    """
    Say by how much Erlang C is wrong in each scenario, and charge the difference to its assumptions.

    From the world in which Erlang A is true the real assumptions are switched on one after another on the same
    chance, until the world is the scenario itself; and once more in the reverse order. The result does not depend on
    the number of workers.

    Parameters
    ----------
    experiment
        A file, or what ``load`` made of it.
    replications
        If not given the experiment's, but beyond 10 only as many as fit into 15 million contacts, all worlds counted.
    seed, scenarios, changes, workers
        As in ``run``.
    progress
        Called with the replications finished and their number, counted over all scenarios.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem.
    SimulationError
        If a replication fails; names scenario, replication and seed.
    """
    began = time.time()
    asked = resolved(experiment, replications=replications, seed=seed, scenarios=scenarios, changes=changes)
    plans = [plan(asked, name) for name in asked.scenarios]
    count = replications or usual_replications(asked, plans)
    total = count * len(plans)
    hired = workers or suitable_workers(plans, total)
    finished: dict[int, Played] = {}
    task = partial(one_replication, plans, asked.seed)
    with hands(min(hired, total), None) as crew:
        numbers = range(total)
        with closing(alone(task, numbers) if crew is None else together(crew, task, numbers)) as done:
            for number, played in done:
                finished[number] = played
                if progress is not None:
                    progress(len(finished), total)
    told = [
        explained(made, [finished[number] for number in range(row, total, len(plans))])
        for row, made in enumerate(plans)
    ]
    import pandas as pd

    about = manifest(asked, range(1, count + 1), CONFIDENCE, complete=True, began=began, workers=hired)
    return Explanation(
        about,
        tuple(gap for gaps, _ in told for gap in gaps),
        pd.concat([frame for _, frame in told], ignore_index=True),
    )


def usual_replications(experiment: Experiment, plans: Sequence[Plan]) -> int:
    """The experiment's own number, less where that would take long: each replication is played in up to 14 worlds."""
    wanted = experiment.replications
    contacts = sum(len(worlds_needed(Worlds(made).told_apart)) * made.forecast.piece_contacts.sum() for made in plans)
    most = max(FEW, int(CONTACTS / max(contacts, 1.0)))
    return min(wanted.at_most if isinstance(wanted, Precision) else wanted, most)


def explained(plan: Plan, played: Sequence[Played]) -> tuple[list[Gap], pd.DataFrame]:
    """The gaps of a scenario's live types with a target, in the order of the file, and its intervals."""
    formulas, worlds = Formulas.of(plan), Worlds(plan)
    judged = ~is_deferred(plan) & (plan.promises.threshold >= 0)
    types = [type_ for type_ in plan.names.types if judged[type_]]
    by_world = {world: [one.worlds[world] for one in played] for world in played[0].worlds}
    gaps = [
        gap(
            (plan.scenario, plan.types.name[type_]),
            type_,
            float(plan.promises.threshold[type_]) / TICKS_PER_SECOND,
            {
                "erlang_c": overall(formulas.erlang_c, type_),
                "erlang_a": overall(formulas.erlang_a, type_),
                "unstable_share": overall(formulas.unstable, type_),
            },
            by_world,
            worlds.told_apart,
        )
        for type_ in types
        if formulas.erlang_c.denominator[type_].any()
    ]
    return gaps, intervals(plan, types, formulas, [one.floor for one in played])


def overall(level: Ratio, type_: int) -> float:
    """Of the counted period, weighted with expected contacts."""
    expected = float(level.denominator[type_].sum())
    return float(level.numerator[type_].sum()) / expected if expected else nan


def intervals(plan: Plan, types: Sequence[int], formulas: Formulas, floor: Sequence[Ratio]) -> pd.DataFrame:
    """Rows of one scenario: what each formula says of an interval and what the floor gave there."""
    import pandas as pd

    starts = plan.epoch + plan.promises.edges[:-1] // TICKS_PER_SECOND
    utc = pd.DatetimeIndex(starts.astype("datetime64[s]").astype("datetime64[us]")).tz_localize("UTC")
    queues, parts = formulas.queues, []
    for type_ in types:
        within, offered = (np.array([one[side][type_] for one in floor]) for side in (0, 1))
        found = estimate("share", within, offered)
        parts.append(
            pd.DataFrame(
                {
                    "scenario": plan.scenario,
                    "contact_type": plan.types.name[type_],
                    "interval_start_utc": utc,
                    "interval_start_local": local_texts(
                        starts, plan.promises.utc_offset[plan.promises.type_zone[type_]]
                    ),
                    "contacts": queues.contacts[type_],
                    "agents": queues.agents[type_],
                    "servers": queues.servers[type_],
                    "load": queues.load[type_],
                    "erlang_c": by_interval(formulas.erlang_c, type_),
                    "erlang_a": by_interval(formulas.erlang_a, type_),
                    "floor": found.mean,
                    "low": found.low,
                    "high": found.high,
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def by_interval(level: Ratio, type_: int) -> Floats:
    """[I], NaN where nobody is expected."""
    top, bottom = level.numerator[type_], level.denominator[type_]
    share: Floats = np.divide(top, bottom, out=np.full(len(top), nan), where=bottom > 0)
    return share
