"""WHAT happened: Plan and Log in, the sums behind every measure out."""
