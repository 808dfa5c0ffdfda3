"""Random small centers in which customers come again, go on, are called and stand in lanes, beside all else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ccsim.log import Outcome
from ccsim.plan import Allocation, Cause, Predictor
from tests.builders import CHAT, EMAIL, PHONE, Contact, Step, Type
from tests.customers import (
    OUTBOUND,
    Calls,
    Customer,
    Further,
    Journeys,
    Lanes,
    Move,
    recontact,
    retrial,
    transfer,
)
from tests.properties.random_centers import some

if TYPE_CHECKING:
    from random import Random

    from tests.builders import Center

AT_MOST = (1, 2, 2, 3)
"""Further visits of one customer, here: what could follow them grows fast."""


def random_journeys(random: Random, center: Center) -> Journeys:
    """All the customers' mechanisms on top of a center."""
    types = [random_channel(random, type) for type in center.types]
    moves = random_moves(random, types)
    lanes = random_lanes(random, center, types)
    return Journeys(
        **{
            **vars_of(center),
            "types": types,
            "contacts": [random_customer(random, contact, types, moves) for contact in center.contacts],
            "counted": random.choice([center.counted, (0, 100), (100, 150)]),
        },
        moves=moves,
        resolves={pool.name: random.choice([1.0, 0.7, 0.3]) for pool in center.pools},
        calls={type.name: random_calls(random, type) for type in types if is_called(random, type)},
        lanes=lanes,
        thresholds={type.name: 60 for type in types if type.channel == EMAIL},
        business={type.name: ((0, 100), (200, 10_000)) for type in types if some(random, 0.5)},
    )


def vars_of(center: Center) -> dict[str, object]:
    return {name: getattr(center, name) for name in type(center).__dataclass_fields__}


def random_channel(random: Random, type: Type) -> Type:
    """Some lists of calls become campaigns, which wait without end for their hours."""
    if type.channel == PHONE and some(random, 0.15):
        return replace(
            type,
            channel=OUTBOUND,
            priority=0,
            patience=-1,
            open=((0, 1000),),
            max_waiting=-1,
            lines="",
            disconnects=False,
        )
    return type


def random_moves(random: Random, types: list[Type]) -> dict[str, Move]:
    """Of each type in the order of causes; nobody comes again to a campaign."""
    moves: dict[str, Move] = {}
    targets = [type for type in types if type.channel != OUTBOUND]
    for type in types:
        if not targets:
            break
        for outcome in (Outcome.ABANDONED, Outcome.BALKED, Outcome.BLOCKED, Outcome.CLOSED, Outcome.DISCONNECTED):
            if some(random, 0.5):
                to = type if type in targets and some(random, 0.7) else random.choice(targets)
                moves[f"{type.name} {outcome.name}"] = retrial(
                    type.name,
                    outcome,
                    to.name,
                    chances=random.choice([(1.0,), (0.8, 0.4)]),
                    in_opening_hours=some(random, 0.3),
                )
        if some(random, 0.5):
            to = random.choice(targets)
            moves[f"{type.name} unreached"] = retrial(type.name, Outcome.UNREACHED, to.name)
        if some(random, 0.5):
            to = random.choice(targets)
            moves[f"{type.name} back"] = recontact(
                type.name, to.name, chances=(0.7,), in_opening_hours=some(random, 0.3)
            )
        for number in range(random.choice([0, 1, 2, 2])):
            to = random.choice(targets)
            moves[f"{type.name} on {number}"] = transfer(
                type.name,
                to.name,
                warm=some(random, 0.8),
                hold_limit=random.choice([5, 20, 200]),
                keeps_clock=some(random, 0.5),
                passes_on={"here": random.choice([0.4, 0.8]), "near": random.choice([0.0, 0.6]), "far": 0.5},
            )
    return moves


def random_customer(random: Random, contact: Contact, types: list[Type], moves: dict[str, Move]) -> Customer:
    left = random.choice(AT_MOST)
    return Customer(
        **{**vars(contact), **random_draws(random)}, then=random_further(random, contact.type, types, moves, left)
    )


def random_draws(random: Random) -> dict[str, object]:
    return {
        "resolution": random.random(),
        "lane": random.randint(0, 1),
        "dial": random.choice([2, 10]),
        "reached_at": random.choice([0, 1, 1, 2]),
        "accepts": some(random, 0.7),
    }


def random_further(
    random: Random, of: str, types: list[Type], moves: dict[str, Move], left: int
) -> tuple[Further, ...]:
    """Visits that may follow one of a type, at most one by each move."""
    if not left:
        return ()
    patience = {type.name: type.patience for type in types}
    return tuple(
        Further(
            name,
            work=random.choice([1, 5, 10, 20]),
            wrap_up=random.choice([0, 0, 5]),
            patience=patience[move.to],
            delay=0 if move.cause == Cause.TRANSFER else random.choice([1, 5, 30, 60]),
            uniform=random.random(),
            balks=some(random, 0.1),
            **random_draws(random),
            then=random_further(random, move.to, types, moves, left - 1),
        )
        for name, move in moves.items()
        if move.of == of and some(random, 0.7)
    )


def is_called(random: Random, type: Type) -> bool:
    return type.channel == OUTBOUND or (type.channel in (PHONE, CHAT) and some(random, 0.5))


def random_calls(random: Random, type: Type) -> Calls:
    return Calls(
        campaign=type.channel == OUTBOUND,
        over=-1 if type.channel == OUTBOUND else random.choice([0, 10, 30]),
        predictor=random.choice(list(Predictor)),
        mean=random.choice([10, 30]),
        window=random.choice([None, None, (0, 40), (20, 40), (20, 400)]),
        attempts=random.choice([1, 2, 3]),
        retry_after=random.choice([5, 30]),
    )


def random_lanes(random: Random, center: Center, types: list[Type]) -> dict[str, Lanes]:
    """Steps of some types divided between two lanes, which may share pools; by share, so that the lane is known."""
    lanes = {}
    for type in types:
        steps = center.steps(type)
        if len(steps) > 1 and some(random, 0.25):
            cut = random.randint(1, len(steps) - 1)
            divided: tuple[tuple[Step, ...], ...] = (tuple(steps[:cut]), tuple(steps[cut:]))
            lanes[type.name] = Lanes(
                divided,
                allocation=Allocation.SHARE,
            )
    return lanes
