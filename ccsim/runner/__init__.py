"""Scenarios x replications, on one core or many; and what has to be known to do it again."""

from ccsim.runner.asked import check
from ccsim.runner.run import run
from ccsim.runner.single import simulate

__all__ = ["check", "run", "simulate"]
