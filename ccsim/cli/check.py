"""``ccsim check``: is the file right, how large is the run, and which choices deserve a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ccsim.cli.options import Changes, ExperimentFile, Scenarios
from ccsim.cli.sentences import existing, sentences

if TYPE_CHECKING:
    from ccsim.model.experiment import Experiment
    from ccsim.plan import Plan

CONTACTS_PER_SECOND = 50_000
"""Simulated and measured by one worker on an ordinary machine; half or twice as many is common."""
START_S = 8.0
"""Importing, starting workers, drawing plots and writing the report."""


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
    from ccsim.runner.crew import suitable_workers

    lines = [
        f"  {plan.scenario}: {contacts(plan):,.0f} contacts expected, {counted(agents(plan), 'agent')}"
        for plan in plans
    ]
    planned = experiment.replications
    most = planned if isinstance(planned, int) else planned.at_most
    workers = suitable_workers(plans, most)
    total = most * sum(contacts(plan) for plan in plans)
    seconds = duration(total, workers)
    often = counted(most, "replication") if isinstance(planned, int) else f"at most {counted(most, 'replication')}"
    lines.append(
        f"  {often}: {total:,.0f} contacts, about {told(seconds)} with {counted(workers, 'worker')} "
        "(an estimate; machines differ)"
    )
    return lines


def duration(contacts: float, workers: int) -> float:
    """Of simulating so many contacts, importing and reporting. [s]"""
    return START_S + contacts / CONTACTS_PER_SECOND / workers


def counted(number: int, noun: str) -> str:
    """``1 agent``, ``2 agents``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def contacts(plan: Plan) -> float:
    """Contacts expected in one replication, warm-up and run-on included."""
    return float(plan.forecast.piece_contacts.sum())


def agents(plan: Plan) -> int:
    """People on the roster; of pools staffed by numbers the largest number."""
    heads = plan.heads
    pools = range(len(plan.pools.name))
    numbers = (heads.number[heads.offset[pool] : heads.offset[pool + 1]] for pool in pools)
    on_shifts = len(set(plan.shifts.agent.tolist()))
    return on_shifts + sum(int(number.max(initial=0)) for number in numbers)


def told(seconds: float) -> str:
    """A guess, rounded like one."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.0f} h"
