"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c
from ccsim.erlang.time_varying import TimeVarying, time_varying

__all__ = ["ErlangC", "TimeVarying", "erlang_b", "erlang_c", "time_varying"]
