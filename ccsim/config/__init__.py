"""HOW an experiment is written: places in files, extends, change, sweep, --set, names, tables, JSON Schema."""

from ccsim.config.load import load

__all__ = ["load"]
