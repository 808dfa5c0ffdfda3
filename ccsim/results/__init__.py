"""What a run gave: frames, tables on disk, the log as people read it."""

from ccsim.results.results import Results

__all__ = ["Results"]
