"""HOW SURE: means, intervals, differences between scenarios, verdicts; from sums over replications alone."""
