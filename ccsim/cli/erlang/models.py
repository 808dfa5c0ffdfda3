"""The queues that the command line knows: what each needs, how it is asked, what it assumes, what is shown of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ccsim.cli.erlang.asked import above_zero, below_one, fraction, places, speeds, variation
from ccsim.quantities import duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccsim.cli.erlang.asked import Asked

POISSON = "Poisson arrivals at a constant rate, exponential handle times, one team in which everybody takes everything"
PATIENT = "exponential patience"
GIVING_UP = ("service_level", "speed_of_answer", "waiting_probability", "abandonment")


@dataclass(frozen=True)
class Question:
    """A queue with something left out, which is solved for."""

    asked: Asked
    name: str
    """As in Erlang C."""
    model: Callable[..., Any]
    given: dict[str, Any]
    """What the model needs beside volume and agents, by its names; what is None is solved for. [SI]"""
    shown: tuple[str, ...]
    """Measures in the table."""
    assumes: str
    contacts: str = "calls"
    people: str = "agents"
    most: float = 1e7
    """Agents that the model can be solved for."""
    patient: str = "ccsim erlang a --patience"
    """Where to say that customers give up."""


def erlang_c(asked: Asked, handle_time: str | None) -> Question:
    """Everybody waits until answered."""
    from ccsim.erlang.by_rate import erlang_c_at

    seconds = asked.needs("--handle-time", handle_time, above_zero(duration), '"3 min"')
    asked.solve('--target "80% in 20 s"', "--asa", "--max-occupancy")
    return Question(
        asked,
        "Erlang C",
        erlang_c_at,
        {"handle_time": seconds},
        ("service_level", "speed_of_answer", "waiting_probability", "occupancy"),
        f"{POISSON}, nobody gives up, and the queue has settled.",
    )


def erlang_a(
    asked: Asked, handle_time: str | None, patience: str | None, room: str | None, balk: str | None
) -> Question:
    """Customers give up after an exponential patience."""
    from ccsim.erlang.erlang_a import erlang_a

    given = {
        "handle_time": asked.read("--handle-time", handle_time, above_zero(duration)),
        "patience": asked.read("--patience", patience, above_zero(duration)),
    }
    waiting_places = asked.read("--room", room, places)
    leaving = asked.read("--balk", balk, fraction)
    missing = [option for option, text in (("--handle-time", handle_time), ("--patience", patience)) if text is None]
    if missing:
        explained(asked, missing)
    else:
        asked.solve('--target "80% in 20 s"', "--asa", "--abandonment", "--max-occupancy")
    limited = waiting_places is not None
    return Question(
        asked,
        "Erlang A",
        partial(erlang_a, room=waiting_places, balk=leaving or 0.0),
        given,
        (*GIVING_UP, *(["blocking"] if limited else []), "occupancy"),
        f"{POISSON}, {PATIENT}, customers lost do not come back, and the queue has settled.",
    )


def explained(asked: Asked, missing: list[str]) -> None:
    """Leave unless patience or handle time is all that is left out, and an abandonment to find it by is given."""
    full = asked.rate is not None and asked.agents is not None and set(asked.limits) == {"abandonment"}
    if len(missing) > 1 or not full:
        example = {"--handle-time": '"3 min"', "--patience": '"2 min"'}[missing[0]]
        asked.wrong(
            missing[0],
            f"is needed; write for example {missing[0]} {example}, or leave it out alone, with --volume, --agents and "
            "the --abandonment that it has to explain",
        )
    asked.finish()


def erlang_x(
    asked: Asked,
    handle_time: str | None,
    patience: str | None,
    room: str | None,
    again: str | None,
    again_blocked: str | None,
    volume_cv: str | None,
) -> Question:
    """Who is lost may call again, or the volume itself is uncertain."""
    from ccsim.erlang.retrials import erlang_x as with_retrials
    from ccsim.erlang.uncertain_volume import erlang_a_uncertain

    given = {
        "handle_time": asked.needs("--handle-time", handle_time, above_zero(duration), '"3 min"'),
        "patience": asked.needs("--patience", patience, above_zero(duration), '"2 min"'),
    }
    waiting_places = asked.read("--room", room, places)
    back, back_blocked = (
        asked.read(option, written, below_one)
        for option, written in (("--again", again), ("--again-blocked", again_blocked))
    )
    spread = asked.read("--volume-cv", volume_cv, above_zero(variation))
    if (back is None and back_blocked is None) == (spread is None) and not asked.problems:
        asked.wrong("--again", "Erlang X is about customers who call again or about --volume-cv; write one of the two")
    asked.solve('--target "80% in 20 s"', "--asa", "--abandonment", "--max-occupancy")
    limited = ["blocking"] if waiting_places is not None else []
    if spread is not None:
        return Question(
            asked,
            "Erlang X",
            partial(erlang_a_uncertain, volume_cv=spread, room=waiting_places),
            given,
            (*GIVING_UP, *limited, "occupancy"),
            f"as Erlang A on every day ({PATIENT}, settled), days of gamma volumes; weighted by volume.",
        )
    return Question(
        asked,
        "Erlang X",
        partial(with_retrials, room=waiting_places, again=back or 0.0, again_blocked=back_blocked or 0.0),
        given,
        (*GIVING_UP, *limited, "occupancy", "calls_per_customer", "customers_lost"),
        f"as Erlang A ({PATIENT}, settled); the volume is first calls, the table counts repeated ones too; who calls "
        "again does so long after, and as patiently.",
    )


@dataclass(frozen=True)
class Loss:
    """Lines without a queue, by Erlang B."""

    stable: Any
    blocking_probability: Any
    occupancy: Any


def lines(arrival_rate: Any, handle_time: Any, agents: Any) -> Loss:
    """Erlang B as a model: an arrival rate [1/s] and a handle time [s] to as many lines."""
    import numpy as np

    from ccsim.erlang.erlang_b import erlang_b

    load = np.multiply(arrival_rate, handle_time)
    lost = erlang_b(load, agents)
    return Loss(np.ones_like(lost, dtype=bool), lost, load * (1 - lost) / agents)


def erlang_b(asked: Asked, handle_time: str | None) -> Question:
    """Who finds all lines taken is lost."""
    seconds = asked.needs("--handle-time", handle_time, above_zero(duration), '"3 min"')
    asked.solve("--blocking 1%")
    return Question(
        asked,
        "Erlang B",
        lines,
        {"handle_time": seconds},
        ("blocking", "occupancy"),
        "Poisson arrivals at a constant rate, handle times of any law, nobody waits, who is lost does not come back.",
        people="lines",
    )


def chat(asked: Asked, work: str | None, speed: str | None, patience: str | None) -> Question:
    """Agents hold several conversations."""
    from ccsim.erlang.chat import MOST_STATES
    from ccsim.erlang.chats import chats

    seconds = asked.needs("--work", work, above_zero(duration), '"6 min"')
    paces = asked.needs("--speed", speed, speeds, '"1, 0.8, 0.65"')
    mean = asked.read("--patience", patience, above_zero(duration))
    if mean is None and "abandonment" in asked.limits:
        asked.wrong("--abandonment", "nobody gives up without --patience")
    asked.solve('--target "80% in 30 s"', "--asa", "--max-occupancy")
    most = 1
    while math.comb(most + 1 + len(paces), len(paces)) <= MOST_STATES:
        most += 1
    if asked.agents is not None and asked.agents > most:
        asked.wrong(
            "--agents",
            f"{asked.agents} are more than can be solved exactly: at most {most} with up to {len(paces)} chats each; "
            "simulate such a floor with ccsim run",
        )
    asked.finish()
    return Question(
        asked,
        "Chat",
        partial(chats, speed=paces),
        {"work": seconds, "patience": math.inf if mean is None else mean},
        (*(GIVING_UP if mean is not None else GIVING_UP[:3]), "occupancy"),
        f"Poisson arrivals at a constant rate, exponential work, {'nobody gives up' if mean is None else PATIENT}, "
        "a new chat goes to an agent with the fewest open, and the floor has settled; solved as a Markov chain.",
        contacts="chats",
        patient="--patience",
        most=most,
    )
