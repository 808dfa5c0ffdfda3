"""All scenarios of an experiment: what the formulas say, what the floor gives, and why they differ."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from ccsim.analysis.estimates import CONFIDENCE
from ccsim.errors import ConfigError, Problem
from ccsim.explanation.decomposition import Gap, gap
from ccsim.explanation.explanation import Explanation
from ccsim.explanation.formulas import Formulas
from ccsim.explanation.intervals import COLUMNS, intervals
from ccsim.explanation.playing import one_replication
from ccsim.explanation.worlds import Worlds, worlds_needed
from ccsim.measures.contacts import is_deferred
from ccsim.measures.expected import expected
from ccsim.plan import TICKS_PER_SECOND
from ccsim.planning import plan
from ccsim.runner.asked import resolved
from ccsim.runner.crew import finish, hands, suitable_workers
from ccsim.runner.manifest import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    import pandas as pd

    from ccsim.explanation.playing import Played
    from ccsim.measures.tally import Ratio
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan

WITHOUT_STEP = {
    "moves": "retrials, recontacts and transfers",
    "dialing": "callbacks and campaigns",
    "lanes": "allocation to several queues",
    "careers": "agents who differ, learn or leave",
    "attendance": "lateness, long absence, stand-ins and agents on call",
    "outages": "outages",
}
"""Parts of a Plan that no step from Erlang to the floor stands for."""
FEW, CONTACTS = 10, 15_000_000
"""Unless asked otherwise: at least so many replications, and as many as fit into so many contacts, worlds counted."""


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
    the number of workers. After Ctrl-C it holds the replications finished until then, and ``Explanation.complete``
    is False. Where no live contact type has a service level nothing is simulated and there are no gaps.

    Parameters
    ----------
    experiment
        A file, or what ``load`` made of it.
    replications
        If not given the experiment's, but beyond 10 only as many as fit into 15 million contacts, all worlds counted.
    seed, scenarios, changes, workers
        As in ``run``.
    progress
        Called with the replications finished and their number.

    Raises
    ------
    ConfigError
        If the file is wrong, with every problem; or if a scenario has what no step stands for.
    SimulationError
        If a replication fails; names scenario, replication and seed.
    KeyboardInterrupt
        If Ctrl-C comes before the first replication is finished.
    """
    began = time.time()
    asked = resolved(experiment, replications=replications, seed=seed, scenarios=scenarios, changes=changes)
    plans = [made for made in (plan(asked, name) for name in asked.scenarios) if types_judged(made)]
    require_steps(asked, plans)
    count = (replications or usual_replications(asked, plans)) if plans else 0
    hired = workers or suitable_workers(plans, max(count, 1))
    finished: dict[int, list[Played]] = {}
    try:
        with hands(min(hired, count), None) as crew:
            task = partial(one_replication, plans, asked.seed)
            finish(crew, task, range(1, count + 1), finished, count, progress)
    except KeyboardInterrupt:
        if not finished:
            raise
    numbers = sorted(finished)
    told = [explained(made, [finished[number][row] for number in numbers]) for row, made in enumerate(plans)]
    import pandas as pd

    return Explanation(
        manifest(asked, numbers, CONFIDENCE, complete=len(numbers) == count, began=began, workers=hired),
        tuple(gap for gaps, _ in told for gap in gaps),
        pd.concat([frame for _, frame in told], ignore_index=True) if told else pd.DataFrame(columns=COLUMNS),
    )


def require_steps(experiment: Experiment, plans: Sequence[Plan]) -> None:
    """Refuse scenarios with rules whose part in the gap would be charged to something else."""
    problems = []
    for made in plans:
        used = [words for part, words in WITHOUT_STEP.items() if getattr(made, part) is not None]
        if used:
            message = f"explain has no step for {'; '.join(used)}; take them out, or look at what run says"
            problems.append(Problem(experiment.file, 0, 0, f"scenarios.{made.scenario}", message))
    if problems:
        raise ConfigError(problems)


def types_judged(plan: Plan) -> list[int]:
    """Live types that have a service level and expect contacts, in the order of the file."""
    judged = ~is_deferred(plan) & (plan.promises.threshold >= 0) & (expected(plan).contacts.sum(axis=1) > 0)
    return [type_ for type_ in plan.names.types if judged[type_]]


def usual_replications(experiment: Experiment, plans: Sequence[Plan]) -> int:
    """The experiment's own number, less where that would take long: each replication is played in up to 14 worlds."""
    contacts = sum(len(worlds_needed(Worlds(made).told_apart)) * made.forecast.piece_contacts.sum() for made in plans)
    most = max(FEW, int(CONTACTS / max(contacts, 1.0)))
    return min(experiment.most_replications, most)


def explained(plan: Plan, played: Sequence[Played]) -> tuple[list[Gap], pd.DataFrame]:
    """The gaps of a scenario's types, and its intervals."""
    formulas, worlds, types = Formulas.of(plan), Worlds(plan), types_judged(plan)
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
    ]
    return gaps, intervals(plan, types, formulas, [one.floor for one in played])


def overall(level: Ratio, type_: int) -> float:
    """Of the counted period, weighted with expected contacts."""
    return float(level.numerator[type_].sum() / level.denominator[type_].sum())
