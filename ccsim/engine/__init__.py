"""HOW the center moves: Plan and Workload to Log. The only room that imports SimPy; no dice, clocks or statistics."""

from ccsim.engine.simulate import simulate

__all__ = ["simulate"]
