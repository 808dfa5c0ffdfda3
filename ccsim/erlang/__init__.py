"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.by_rate import at_rate, erlang_c_at, first_class, second_class
from ccsim.erlang.chat import Chat, chat, multiplied_agents, points_off
from ccsim.erlang.chats import Chats, chats
from ccsim.erlang.deferred import Backlog, agents_for_response, deferred
from ccsim.erlang.erlang_a import QueueWithPatience, erlang_a, queue_with_patience
from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.general_service import MeanWait, m_d_c, m_g_1, m_g_c
from ccsim.erlang.offered_load import modified_offered_load, sipp_load
from ccsim.erlang.priorities import TwoPriorities, two_priorities, two_priorities_one_agent
from ccsim.erlang.retrials import Retrials, erlang_x
from ccsim.erlang.solving import (
    agents_for,
    arrival_rate_for,
    handle_time_for,
    load_for_blocking,
    patience_for,
    scheduled,
    servers_for_blocking,
)
from ccsim.erlang.target import Target
from ccsim.erlang.time_varying import TimeVarying, time_varying
from ccsim.erlang.uncertain_volume import UncertainVolume, erlang_a_uncertain

__all__ = [
    "Backlog",
    "Chat",
    "Chats",
    "ErlangC",
    "MeanWait",
    "QueueWithPatience",
    "Retrials",
    "Target",
    "TimeVarying",
    "TwoPriorities",
    "UncertainVolume",
    "agents_for",
    "agents_for_response",
    "arrival_rate_for",
    "at_rate",
    "chat",
    "chats",
    "deferred",
    "erlang_a",
    "erlang_a_uncertain",
    "erlang_b",
    "erlang_c",
    "erlang_c_at",
    "erlang_x",
    "first_class",
    "handle_time_for",
    "load_for_blocking",
    "m_d_c",
    "m_g_1",
    "m_g_c",
    "modified_offered_load",
    "multiplied_agents",
    "patience_for",
    "points_off",
    "queue_with_patience",
    "scheduled",
    "second_class",
    "servers_for_blocking",
    "sipp_load",
    "time_varying",
    "two_priorities",
    "two_priorities_one_agent",
]
