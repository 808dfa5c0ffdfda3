"""WHAT it costs."""
