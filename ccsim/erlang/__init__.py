"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.chat import Chat, chat, multiplied_agents, points_off
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.time_varying import TimeVarying, time_varying

__all__ = [
    "Chat",
    "ErlangC",
    "TimeVarying",
    "chat",
    "erlang_b",
    "erlang_c",
    "multiplied_agents",
    "points_off",
    "time_varying",
]
