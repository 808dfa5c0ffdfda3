"""``ccsim check``: is the file right, how large is the run, and which choices deserve a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ccsim.cli.effort import contacts, counted, guess
from ccsim.cli.options import Changes, ExperimentFile, Scenarios
from ccsim.cli.sentences import existing, sentences

if TYPE_CHECKING:
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan


def check(file: ExperimentFile, scenarios: Scenarios = None, changes: Changes = None) -> None:
    """Validate an experiment, without running it.

    Says how many contacts, agents and seconds a run will take, and points out doubtful choices.
    """
    with sentences():
        from ccsim import config, planning

        experiment = config.load(existing(file), changes=changes or (), scenarios=scenarios or ())
        doubts = config.doubts(experiment)
        plans = [planning.plan(experiment, name) for name in experiment.scenarios]
        typer.echo(f"{file}: no problems")
        for line in size(experiment, plans):
            typer.echo(line)
        typer.echo(f"\nWorth a second look ({len(doubts)}):" if doubts else "\nNothing looks doubtful.")
        for doubt in doubts:
            typer.echo(f"  {doubt}")


def size(experiment: Experiment, plans: list[Plan]) -> list[str]:
    """What each scenario simulates, and how long the whole run may take."""
    lines = [
        f"  {plan.scenario}: {contacts(plan):,.0f} contacts expected, {counted(agents(plan), 'agent')}"
        for plan in plans
    ]
    most, is_fixed = experiment.most_replications, isinstance(experiment.replications, int)
    often = f"{'' if is_fixed else 'at most '}{counted(most, 'replication')}"
    return [*lines, f"  {often}: {most * sum(map(contacts, plans)):,.0f} contacts, {guess(plans, most)}"]


def agents(plan: Plan) -> int:
    """People on the roster; of pools staffed by numbers the largest number."""
    heads = plan.heads
    pools = range(len(plan.pools.name))
    numbers = (heads.number[heads.offset[pool] : heads.offset[pool + 1]] for pool in pools)
    on_shifts = len(set(plan.shifts.agent.tolist()))
    return on_shifts + sum(int(number.max(initial=0)) for number in numbers)
