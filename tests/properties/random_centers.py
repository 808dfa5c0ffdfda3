"""Random small centers of all mechanisms, on a coarse clock so that ties abound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.plan import AgentChoice, ContactChoice
from tests.builders import CHAT, EMAIL, PHONE, Center, Contact, Pool, Shift, Step, Type

if TYPE_CHECKING:
    from random import Random

DAY = 300
"""[s]"""
RUN_END = 500
CUT_SHORT = 250
"""A run that ends so early leaves work in hand."""


def some(random: Random, share: float) -> bool:
    return random.random() < share


def random_center(random: Random) -> Center:
    """A center of two to four types, one to three pools, with everything that the rules allow."""
    types = random_types(random)
    pools = random_pools(random, types)
    types = [type for type in types if any(type.name in (pool.handles or ()) for pool in pools)]
    pools = [pool for pool in pools if set(pool.handles or ()) & {type.name for type in types}]
    run_end = CUT_SHORT if some(random, 0.25) else RUN_END
    return Center(
        types=types,
        pools=pools,
        contacts=random_contacts(random, types),
        routing={type.name: random_route(random, type, pools) for type in types},
        shifts=[
            shift for pool in pools for agent in range(pool.agents) for shift in random_shifts(random, pool, agent)
        ],
        lines={"lines": random.randint(1, 4)},
        counted=random.choice([(0, min(DAY, run_end)), (60, 240), (0, run_end)]),
        run_end=run_end,
    )


def random_types(random: Random) -> list[Type]:
    kinds = [("calls", PHONE), ("chats", CHAT), ("mail", EMAIL), ("vip", PHONE), ("claims", EMAIL)]
    chosen = random.sample(kinds, random.randint(2, 4))
    return [random_type(random, name, channel) for name, channel in chosen]


def random_type(random: Random, name: str, channel: int) -> Type:
    deferred = channel == EMAIL
    openings = [((0, 1000),), ((0, 1000),), ((20, 120), (140, 220)), ((0, 200),)]
    return Type(
        name,
        channel,
        priority=None if deferred else random.choice([1, 1, 1, 2]),
        patience=-1 if deferred else random.choice([-1, 5, 20, 60]),
        choose=random.choice([None, None, *AgentChoice]),
        open=random.choice(openings),
        disconnects=some(random, 0.4),
        max_waiting=random.choice([-1, -1, -1, 0, 2]),
        lines="lines" if channel == PHONE and some(random, 0.3) else "",
        weight=random.randint(1, 3),
        finish_if_under=random.choice([0, 0, 10, 1000]),
        hand_over=random.choice([0, 3]),
        resume=random.choice([0, 2]),
        returned=some(random, 0.4),
    )


def random_pools(random: Random, types: list[Type]) -> list[Pool]:
    names = [type.name for type in types]
    speeds = [(1.0,), (1.0,), (1.0, 1.0), (1.0, 0.6), (1.0, 0.62, 0.46)]
    return [
        Pool(
            name,
            agents=random.randint(1, 3),
            handles=tuple(random.sample(names, random.randint(1, len(names)))) if some(random, 0.3) else tuple(names),
            slower={} if some(random, 0.5) else {names[0]: 1.12},
            speed=random.choice(speeds),
            mixes=some(random, 0.5),
            interruptible=some(random, 0.7),
            pooled_leavers=some(random, 0.4),
            choose=random.choice([*ContactChoice, ContactChoice.LONGEST_WAITING]),
        )
        for name in ["here", "near", "far"][: random.randint(1, 3)]
    ]


def random_route(random: Random, type: Type, pools: list[Pool]) -> list[Step]:
    able = [pool.name for pool in pools if type.name in (pool.handles or ())]
    random.shuffle(able)
    together = some(random, 0.3)
    return [random_step(random, pool, 0 if together else rank, pools) for rank, pool in enumerate(able)]


def random_step(random: Random, pool: str, rank: int, pools: list[Pool]) -> Step:
    names = [pool.name for pool in pools]
    return Step(
        pool,
        rank,
        after=random.choice([0, 0, 0, 5, 15]) if rank else random.choice([0, 0, 0, 0, 5]),
        window=random.choice([((30, 100), (150, 1000)), ((0, 90),)]) if some(random, 0.15) else None,
        awake=random.choice(names) if some(random, 0.1) else "",
        asleep=random.choice(names) if some(random, 0.1) else "",
        keep_free=1 if some(random, 0.15) else 0,
    )


def random_shifts(random: Random, pool: Pool, agent: int) -> list[Shift]:
    """One or two spells with breaks; gaps so short at times that overtime reaches into the next."""
    begins = random.choice([0, 0, 10, 20, 40])
    ends = begins + random.choice([60, 80, 100, 250, 400])
    spells = [(begins, ends)]
    if some(random, 0.6):
        begins = ends + random.choice([2, 10, 20])
        spells.append((begins, begins + random.choice([5, 60, 120])))
    return [
        Shift(
            pool.name,
            agent,
            begins,
            ends,
            breaks=random_breaks(random, begins, ends),
            order=random.randint(0, 3),
            absent=some(random, 0.07),
        )
        for begins, ends in spells
    ]


def random_breaks(random: Random, begins: int, ends: int) -> tuple[tuple[int, int], ...]:
    due = sorted({random.randrange(begins, ends + 1, 5) for _ in range(random.choice([0, 0, 1, 2, 3]))})
    return tuple((at, random.choice([5, 10, 30])) for at in due)


def random_contacts(random: Random, types: list[Type]) -> list[Contact]:
    backlog = [type for type in types if type.channel == EMAIL and some(random, 0.3)]
    old = [Contact(type.name, -random.randint(1, 50), random.randint(1, 40)) for type in backlog]
    return old + [random_contact(random, random.choice(types)) for _ in range(random.randint(5, 40))]


def random_contact(random: Random, type: Type) -> Contact:
    return Contact(
        type.name,
        at=random.randint(0, 230),
        work=random.choice([1, 5, 10, 20, 20, 30, 60]),
        wrap_up=random.choice([0, 0, 5]),
        balks=some(random, 0.1),
        choice=random.random(),
        due=random.choice([-1, 260]),
    )
