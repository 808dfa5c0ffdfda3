"""Random small centers whose agents come late, are called in, go home early, learn, and whose sites go dark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccsim.plan import SpellKind
from tests.builders import Outage, Shift
from tests.properties.random_centers import random_center, some

if TYPE_CHECKING:
    from random import Random

    from tests.builders import Center, Pool


def random_working_center(random: Random) -> Center:
    """A random center, and on top of it each of the ways in which agents are not constant."""
    center = random_center(random)
    learns = some(random, 0.4)
    rows = len(center.pools)
    shifts = [
        part
        for shift in center.spells
        for part in (in_two(random, shift, rows + center.pool_names.index(shift.pool)) if learns else [shift])
    ]
    pools = [with_flexibility(random, pool) for pool in center.pools]
    return replace(
        center,
        pools=pools,
        shifts=[with_manners(random, shift) for shift in shifts]
        + [
            shift
            for old, new in zip(center.pools, pools, strict=True)
            for agent in range(old.agents, new.agents)
            for shift in on_call(random, new.name, agent)
        ],
        rates=(*pools, *(replace(pool, slower={center.type_names[0]: 1.4}) for pool in pools)) if learns else (),
        outages=random_outages(random, pools, center.type_names) if some(random, 0.7) else (),
    )


def with_flexibility(random: Random, pool: Pool) -> Pool:
    """Agents may go home, and one or two more may be called in."""
    leaves = (random.choice([5, 10, 30]), random.choice([0, 0, 1]), random.choice([0, 20]))
    calls = (
        random.choice([0, 0, 1, 3]), random.choice([0, 5, 20]), random.choice([20, 35]), random.choice([0, 0, 10, 25])
    )  # fmt: skip
    called = some(random, 0.4)
    return replace(
        pool,
        agents=pool.agents + (random.randint(1, 2) if called else 0),
        leaves=leaves if some(random, 0.5) else None,
        calls=calls if called else None,
    )


def in_two(random: Random, shift: Shift, learned: int) -> list[Shift]:
    """At times an agent works at other rates from the middle of a shift on."""
    middle = (shift.begins + shift.ends) // 10 * 5
    if shift.begins < middle < shift.ends and some(random, 0.5):
        early, late = (
            tuple(block for block in shift.breaks if (block[0] < middle) is is_early) for is_early in (True, False)
        )
        return [replace(shift, ends=middle, breaks=early), replace(shift, begins=middle, breaks=late, rate_row=learned)]
    return [replace(shift, rate_row=learned)] if some(random, 0.5) else [shift]


def with_manners(random: Random, shift: Shift) -> Shift:
    """Some are late, some for their whole shift; most would go home early."""
    return replace(shift, late=random.choice([5, 15, 45, 200]) if some(random, 0.15) else 0, willing=some(random, 0.7))


def on_call(random: Random, pool: str, agent: int) -> list[Shift]:
    """One or two windows, at times touching, longer than anybody stays."""
    begins = random.choice([0, 0, 20, 50])
    ends = begins + random.choice([60, 100, 300])
    windows = [(begins, ends)]
    if some(random, 0.5):
        begins = ends + random.choice([0, 0, 15])
        windows.append((begins, begins + random.choice([40, 150])))
    return [
        Shift(
            pool, agent, begins, ends, kind=SpellKind.ON_CALL, order=random.randint(0, 3), willing=some(random, 0.5),
            breaks=((begins + 25, 10),) if some(random, 0.3) else (),
        )
        for begins, ends in windows
    ]  # fmt: skip


def random_outages(random: Random, pools: list[Pool], types: list[str]) -> tuple[Outage, ...]:
    """One to three, often overlapping or touching. Where leavers are pooled all agents are back together."""
    return tuple(random_outage(random, pools, types) for _ in range(random.randint(1, 3)))


def random_outage(random: Random, pools: list[Pool], types: list[str]) -> Outage:
    begins = random.randrange(0, 200, 10)
    names = [pool.name for pool in pools]
    back: dict[str, float] = {}
    for pool in pools:
        together = random.choice([0, 5])
        for agent in range(pool.agents):
            back[f"{pool.name}-{agent}"] = together if pool.pooled_leavers else random.choice([0, 0, 5, 12])
    dark = tuple(random.sample(names, random.randint(1, len(names)))) if some(random, 0.8) else ()
    return Outage(
        begins,
        begins + random.choice([10, 20, 50, 90]),
        pools=dark,
        types=() if dark else (random.choice(types),),
        requeues=some(random, 0.5),
        back=back,
    )
