"""WHAT it costs."""

# Labor cost is a measure, and books count what measures count: whichever is asked for first, measures come first.
import ccsim.measures  # noqa: F401
