"""Chance: one replication's Workload of a Plan, drawn before the engine runs (rules 2, 3, 8 and 9)."""

from ccsim.chance.draw import draw

__all__ = ["draw"]
