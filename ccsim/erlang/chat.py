"""Chat: agents with several conversations at once, each slower the more are open (limited processor sharing)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ccsim.erlang.slots import SlotQueue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Spread = tuple[int, ...]

MOST_STATES = 30_000


@dataclass(frozen=True)
class Chat:
    """
    The stationary floor of agents with several chats each. Where it is not ``stable`` its numbers are NaN.
    """

    stable: bool
    """Customers give up, or all slots together end chats faster than chats come."""
    waiting_probability: float
    """Share of chats that find every slot taken. [0, 1]"""
    answered_at_once: float
    """1 - ``waiting_probability`` without loss of digits."""
    abandonment: float
    """Share of chats that give up. [0, 1]"""
    mean_wait: float
    """Mean wait of all chats, whether answered or not. [s]"""
    mean_wait_answered: float
    """Mean speed of answer: of answered chats only, those answered at once included. [s]"""
    queue_mean: float
    """Mean number of chats waiting."""
    chat_time: float
    """Mean time from answer to end of a chat. [s]"""
    open_chats: float
    """Mean number of open chats of one agent, idle ones counted. [0, concurrency]"""
    occupancy: float
    """Share of time that an agent has at least one chat open. [0, 1]"""
    slots: SlotQueue
    """The queue while every slot is taken."""

    def service_level(self, threshold: float) -> float:
        """Share of chats answered within the threshold (formula ``offered``). [threshold in s, >= 0]"""
        if not 0 <= threshold < math.inf:
            raise ValueError(f"threshold (={threshold}) must be finite and not negative")
        if not self.stable:
            return math.nan
        return min(self.answered_at_once + self.waiting_probability * self.slots.answered_within(threshold), 1.0)


def chat(arrival_rate: float, work: float, agents: int, speed: Sequence[float], patience: float = math.inf) -> Chat:
    """
    Agents who hold up to k chats each, every chat of an agent with j open at ``speed[j - 1]``; a new chat goes to an
    agent with the fewest open, a freed slot takes the longest waiting at once.

    Exact for Poisson arrivals, exponential work and exponential patience, in the steady state: J. Luo and J. Zhang,
    Staffing and control of instant messaging contact centers, Operations Research 61, 2013, describe the model. The
    state is how many agents have 0, 1, ..., k chats open; fewer coordinates do not do, since ends of chats unbalance
    what arrivals level. While chats wait, every slot is taken, so the queue hangs on a single state and is that of
    Erlang A, however long it grows. Relative error below 1e-9, but for probabilities below 1e-250. k = 1 is
    Erlang C or A.

    Parameters
    ----------
    arrival_rate
        Chats per second. [1/s, > 0]
    work
        Mean work of a chat: its length if its agent has no other. [s, > 0]
    agents
        Number of agents, whole. [>= 1]
    speed
        Speed of each chat of an agent with 1, 2, ..., k open. [> 0]
    patience
        Mean patience, or infinity. [s, > 0]

    Raises
    ------
    ValueError
        If an argument is out of its range, or there are more than 30,000 ways to spread the chats: at 3 chats each
        54 agents can be solved, at 2 chats each 243.
    """
    refuse_nonsense(arrival_rate, work, agents, speed, patience)
    k, ends = len(speed), [load * pace / work for load, pace in enumerate((0.0, *speed))]
    full = agents * ends[k]
    slots = SlotQueue(arrival_rate, full, patience)
    if arrival_rate >= full and patience == math.inf:
        nan = math.nan
        return Chat(False, nan, nan, nan, nan, nan, nan, nan, nan, nan, slots)
    states = ways_to_spread(agents, k)
    *partly, all_taken = in_balance(states, arrival_rate, ends)
    share = np.array(partly) / sum(partly)
    idle = float(sum(partly) / all_taken / slots.mass)
    waiting, at_once = 1.0 / (1.0 + idle), idle / (1.0 + idle)
    counts = share @ np.array(states[:-1], dtype=np.float64)
    opened = waiting * agents * k + at_once * float(counts @ np.arange(k + 1))
    waited_answered, waited_lost = (waiting * wait for wait in slots.waits)
    mean_wait = waited_answered + waited_lost
    lost = mean_wait / patience
    return Chat(
        stable=True,
        waiting_probability=waiting,
        answered_at_once=at_once,
        abandonment=lost,
        mean_wait=mean_wait,
        mean_wait_answered=waited_answered / (1.0 - lost),
        queue_mean=arrival_rate * mean_wait,
        chat_time=opened / (arrival_rate * (1.0 - lost)),
        open_chats=opened / agents,
        occupancy=1.0 - at_once * float(counts[0]) / agents,
        slots=slots,
    )


def multiplied_agents(
    arrival_rate: float, work: float, agents: int, speed: Sequence[float], patience: float = math.inf
) -> Chat:
    """
    What planners usually do for chat: Erlang with agents x concurrency servers who take one chat each, at the handle
    time of an agent whose slots are all taken.

    Wrong, because agents with fewer chats are faster and because a few fast agents are not many slow ones;
    ``chat`` is right. ``open_chats`` and ``occupancy`` are those of a slot. Parameters as for ``chat``.
    """
    return chat(arrival_rate, work, agents * len(speed), speed[-1:], patience)


def points_off(
    arrival_rate: float,
    work: float,
    agents: int,
    speed: Sequence[float],
    threshold: float,
    patience: float = math.inf,
) -> float:
    """
    By how many points of service level ``multiplied_agents`` promises more (or, below 0, less) than ``chat`` gives.

    A queue that is not stable counts as a service level of 0. ``threshold`` in s; other parameters as for ``chat``.
    """
    promise, truth = (
        floor.service_level(threshold) if floor.stable else 0.0
        for floor in (
            multiplied_agents(arrival_rate, work, agents, speed, patience),
            chat(arrival_rate, work, agents, speed, patience),
        )
    )
    return 100.0 * (promise - truth)


def ways_to_spread(agents: int, k: int) -> list[Spread]:
    """All (agents with 0, 1, ..., k chats open); the last has every slot taken."""
    size = math.comb(agents + k, k)
    if size > MOST_STATES:
        raise ValueError(
            f"{agents} agents with up to {k} chats each can be spread in {size:,} ways; at most {MOST_STATES:,} are "
            "solved"
        )
    spreads = []
    for bars in combinations(range(agents + k), k):
        edges = (-1, *bars, agents + k)
        spreads.append(tuple(after - before - 1 for before, after in pairwise(edges)))
    return sorted(spreads, reverse=True)


def in_balance(states: list[Spread], arrival_rate: float, ends: Sequence[float]) -> Floats:
    """
    Stationary probabilities of the states without a queue, relative to that of a state near the middle.

    Who comes while every slot is taken is left out: such an excursion returns to where it began. With one
    probability fixed the rest is a system whose elimination subtracts nothing off the diagonal, so that small
    probabilities keep their digits.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import splu

    number = {state: i for i, state in enumerate(states)}
    moves = [
        (i, number[after], rate) for state, i in number.items() for after, rate in moved(state, arrival_rate, ends)
    ]
    rows, columns, rates = (np.array(column) for column in zip(*moves, strict=True))
    size = len(states)
    flow = coo_matrix((rates, (columns, rows)), shape=(size, size)).tocsc()
    balance = (coo_matrix((flow.sum(axis=0).A1, (range(size), range(size)))) - flow).tocsc()
    fixed = number[middle(states[0], arrival_rate, ends)]
    others = np.delete(np.arange(size), fixed)
    solved = splu(
        balance[others][:, others], permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
    ).solve(flow[others][:, [fixed]].toarray()[:, 0])
    return np.insert(solved, fixed, 1.0)


def moved(state: Spread, arrival_rate: float, ends: Sequence[float]) -> Iterator[tuple[Spread, float]]:
    """Where a state goes, and how fast: a chat to the least loaded, or the end of one of those of a load."""
    least = next(load for load, count in enumerate(state) if count)
    if least < len(ends) - 1:
        yield shifted(state, least, +1), arrival_rate
    for load in range(1, len(ends)):
        if state[load]:
            yield shifted(state, load, -1), state[load] * ends[load]


def shifted(state: Spread, load: int, by: int) -> Spread:
    after = list(state)
    after[load] -= 1
    after[load + by] += 1
    return tuple(after)


def middle(empty: Spread, arrival_rate: float, ends: Sequence[float]) -> Spread:
    """Filled evenly until chats end as fast as they come, or every slot is taken: the probable state."""
    state = empty
    while sum(count * pace for count, pace in zip(state, ends, strict=True)) < arrival_rate:
        least = next(load for load, count in enumerate(state) if count)
        if least == len(ends) - 1:
            break
        state = shifted(state, least, +1)
    return state


def refuse_nonsense(arrival_rate: float, work: float, agents: int, speed: Sequence[float], patience: float) -> None:
    rules = [
        (0 < arrival_rate < math.inf, f"arrival_rate (={arrival_rate}) must be > 0"),
        (0 < work < math.inf, f"work (={work}) must be > 0"),
        (agents == int(agents) and agents >= 1, f"agents (={agents}) must be a whole number >= 1"),
        (len(speed) > 0 and all(0 < pace < math.inf for pace in speed), f"speed (={speed}) must be numbers > 0"),
        (patience > 0, f"patience (={patience}) must be > 0"),
    ]
    for holds, sentence in rules:
        if not holds:
            raise ValueError(sentence)
