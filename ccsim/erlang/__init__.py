"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.chat import Chat, chat, multiplied_agents, points_off
from ccsim.erlang.chats import Chats, chats
from ccsim.erlang.deferred import Backlog, agents_for_response, deferred
from ccsim.erlang.erlang_a import QueueWithPatience, erlang_a, queue_with_patience
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.offered_load import modified_offered_load, sipp_load
from ccsim.erlang.solving import (
    agents_for,
    arrival_rate_for,
    erlang_c_at,
    handle_time_for,
    load_for_blocking,
    patience_for,
    scheduled,
    servers_for_blocking,
)
from ccsim.erlang.target import Target
from ccsim.erlang.time_varying import TimeVarying, time_varying

__all__ = [
    "Backlog",
    "Chat",
    "Chats",
    "ErlangC",
    "QueueWithPatience",
    "Target",
    "TimeVarying",
    "agents_for",
    "agents_for_response",
    "arrival_rate_for",
    "chat",
    "chats",
    "deferred",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "erlang_c_at",
    "handle_time_for",
    "load_for_blocking",
    "modified_offered_load",
    "multiplied_agents",
    "patience_for",
    "points_off",
    "queue_with_patience",
    "scheduled",
    "servers_for_blocking",
    "sipp_load",
    "time_varying",
]
