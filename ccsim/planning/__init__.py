"""Experiment, scenario -> Plan: one scenario in numbers, calendars resolved to ticks, names to rows."""

from ccsim.planning.scenario import plan

__all__ = ["plan"]
