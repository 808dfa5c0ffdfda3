"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.chat import Chat, chat, multiplied_agents, points_off
from ccsim.erlang.deferred import Backlog, agents_for_response, deferred
from ccsim.erlang.erlang_a import QueueWithPatience, erlang_a, queue_with_patience
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.offered_load import modified_offered_load, sipp_load
from ccsim.erlang.time_varying import TimeVarying, time_varying

__all__ = [
    "Backlog",
    "Chat",
    "ErlangC",
    "QueueWithPatience",
    "TimeVarying",
    "agents_for_response",
    "chat",
    "deferred",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "modified_offered_load",
    "multiplied_agents",
    "points_off",
    "queue_with_patience",
    "sipp_load",
    "time_varying",
]
