"""Erlang mathematics, alone: pure functions on arrays, without state and without simulation."""

from ccsim.erlang.erlang_b import erlang_b
from ccsim.erlang.erlang_c import ErlangC, erlang_c

__all__ = ["ErlangC", "erlang_b", "erlang_c"]
