"""What a run gave: frames, tables on disk, the log as people read it, and promises it is held to."""

from ccsim.results.promise import assert_service_level
from ccsim.results.results import Results

__all__ = ["Results", "assert_service_level"]
