"""How many stand in each team when: interval averages rounded by a draw, or the people of the roster, sent to teams."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ccsim.plan import TICKS_PER_SECOND, Agents, Heads, Shifts, Shrinkage
from ccsim.workload import Spells

if TYPE_CHECKING:
    from ccsim.chance.streams import Streams
    from ccsim.explanation.teams import Teams
    from ccsim.plan import Floats, Ints, Plan

PURPOSE = "agents of an interval"
DAY = 86_400
FIRST_DATE = 719_163
"""Ordinal of 1 January 1970."""


def with_average_agents(plan: Plan, made: Teams, grid: Ints, streams: Streams) -> Plan:
    """The Plan of teams staffed by numbers: in each interval its average, rounded; no breaks, no absence."""
    number = rounded(made, streams)
    most = number.max(axis=1, initial=0)
    team = np.repeat(np.arange(len(most)), most)
    begins = grid[:-1]
    date = (plan.epoch + begins // TICKS_PER_SECOND) // DAY + FIRST_DATE
    none = np.zeros(len(most))
    return replace(
        plan,
        agents=Agents(team, team, np.arange(len(team)) - np.repeat(np.cumsum(most) - most, most), plan.pools.stream),
        shifts=nobody_named(),
        heads=Heads(
            np.arange(len(most) + 1) * len(begins), np.tile(begins, len(most)), number.ravel(), np.tile(date, len(most))
        ),
        shrinkage=Shrinkage(none, none, np.ones(len(most), np.int64), none > 0),
    )


def nobody_named() -> Shifts:
    """No shift at all."""
    nothing = np.empty(0, np.int64)
    return Shifts(
        agent=nothing,
        begins=nothing,
        ends=nothing,
        date=nothing,
        block_offset=np.zeros(1, np.int64),
        block_due=nothing,
        block_length=nothing,
        block_paid=nothing > 0,
        block_kind=nothing,
    )


def rounded(made: Teams, streams: Streams) -> Ints:
    """
    [C, G] whole servers of each team and interval, which on average are what was expected.

    Teams of one label are rounded together: their sum is the expected sum rounded up or down by one draw, so that a
    team out of three pools does not vary more than one out of one.
    """
    servers = made.agents * made.servers[:, None]
    number = np.zeros(servers.shape, np.int64)
    for label in sorted(set(made.label)):
        rows = np.flatnonzero([own == label for own in made.label])
        draw = streams.uniforms(PURPOSE, label, 0, servers.shape[1])
        number[rows] = np.diff(np.floor(np.cumsum(servers[rows], axis=0) + draw), axis=0, prepend=0).astype(np.int64)
    return number


def sent_to_teams(
    plan: Plan, made: Teams, grid: Ints, planned: Spells, streams: Streams, agents: Agents
) -> tuple[Plan, Spells]:
    """
    The people of the roster, with breaks and absences, each sent to one team of the pool per planning interval.

    Of those on duty in a pool each team gets its share of expected agents, by systematic sampling with a draw per
    pool and interval. A stretch in one team is a spell there; a break that is on when somebody changes goes on in
    the next team. An agent who makes several servers stands in the team that often.

    Parameters
    ----------
    plan, made
        The Plan of teams.
    planned, agents
        Spells and agents of the real Plan.
    """
    team, of_person, seat = people(made, agents)
    row, interval = in_intervals(planned, grid)
    goes_to = assigned(made, agents.pool[planned.agent[row]], interval, streams)
    starts = np.ones(len(row), np.bool_)
    starts[1:] = (row[1:] != row[:-1]) | (goes_to[1:] != goes_to[:-1])
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(row))[: len(first)] - 1
    spell, chosen = row[first], goes_to[first]
    begins = np.maximum(planned.begins[spell], grid[interval[first]])
    ends = np.minimum(planned.ends[spell], grid[interval[last] + 1])
    return (
        replace(plan, agents=Agents(team, team, seat, plan.pools.stream)),
        in_teams(planned, made, team, of_person, spell, chosen, begins, ends),
    )


def people(made: Teams, agents: Agents) -> tuple[Ints, Ints, Ints]:
    """Of each agent of the simpler world: team, person of the roster, and seat; ordered by team, person, server."""
    team, person, seat = [], [], []
    for row, (pool, servers) in enumerate(zip(made.pool.tolist(), made.servers.tolist(), strict=True)):
        own = np.repeat(np.flatnonzero(agents.pool == pool), servers)
        team.append(np.full(len(own), row))
        person.append(own)
        seat.append(np.arange(len(own)))
    return np.concatenate(team), np.concatenate(person), np.concatenate(seat)


def in_intervals(planned: Spells, grid: Ints) -> tuple[Ints, Ints]:
    """Every spell once for each planning interval that it reaches into: spell and interval, ascending."""
    first = np.searchsorted(grid, planned.begins, side="right") - 1
    count = np.searchsorted(grid, np.minimum(planned.ends, grid[-1]), side="left") - first
    row = np.repeat(np.arange(len(first)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, first[row] + nth


def assigned(made: Teams, pool: Ints, interval: Ints, streams: Streams) -> Ints:
    """The team of each of these people of a pool in an interval, in proportion to its expected agents there."""
    goes_to = np.zeros(len(pool), np.int64)
    for p in np.unique(pool).tolist():
        teams = np.flatnonzero(made.pool == p)
        mine = np.flatnonzero(pool == p)
        mine = mine[np.argsort(interval[mine], kind="stable")]
        here = interval[mine]
        number = np.bincount(here, minlength=made.agents.shape[1])
        nth = np.arange(len(here)) - (np.cumsum(number) - number)[here]
        draw = streams.uniforms(PURPOSE, f"pool {p}", 0, len(number))
        place = (nth + draw[here]) / number[here]
        goes_to[mine] = teams[(place >= shares(made.agents[teams])[:, here]).sum(axis=0).clip(max=len(teams) - 1)]
    return goes_to


def shares(agents: Floats) -> Floats:
    """[C, G] cumulative shares of teams in their pool; where nobody is expected, all go to the last one."""
    reached, total = np.cumsum(agents, axis=0), agents.sum(axis=0)
    part: Floats = np.divide(reached, total, out=np.zeros_like(reached), where=total > 0)
    return part


def in_teams(
    planned: Spells, made: Teams, team: Ints, person: Ints, spell: Ints, chosen: Ints, begins: Ints, ends: Ints
) -> Spells:
    """Stretches of spells in their teams, one for every server that the person makes there."""
    key = team * (int(person.max(initial=0)) + 1) + person
    wanted = chosen * (int(person.max(initial=0)) + 1) + planned.agent[spell]
    servers = made.servers[chosen]
    piece = np.repeat(np.arange(len(spell)), servers)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(servers) - servers, servers)
    agent = np.searchsorted(key, wanted[piece]) + nth
    order = np.lexsort((agent, begins[piece]))
    piece, agent = piece[order], agent[order]

    from_block, to_block = planned.block_offset[spell[piece]], planned.block_offset[spell[piece] + 1]
    owner = np.repeat(np.arange(len(piece)), to_block - from_block)
    block = (
        from_block[owner]
        + np.arange(len(owner))
        - np.repeat(np.cumsum(to_block - from_block) - (to_block - from_block), to_block - from_block)
    )
    due = np.maximum(planned.block_due[block], begins[piece][owner])
    until = np.minimum(planned.block_due[block] + planned.block_length[block], ends[piece][owner])
    there = due < until
    owner, block, due, until = owner[there], block[there], due[there], until[there]
    return Spells(
        agent=agent,
        begins=begins[piece],
        ends=ends[piece],
        rate_row=team[agent],
        order=planned.order[spell[piece]],
        absent=planned.absent[spell[piece]],
        kind=planned.kind[spell[piece]],
        late=planned.late[spell[piece]],
        willing=planned.willing[spell[piece]],
        block_offset=np.searchsorted(owner, np.arange(len(piece) + 1)),
        block_due=due,
        block_length=until - due,
        block_paid=planned.block_paid[block],
        block_kind=planned.block_kind[block],
        tenure=None if planned.tenure is None else planned.tenure[spell[piece]],
    )
